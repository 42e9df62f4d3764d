//! The fuzz targets without libFuzzer: every seed, and some hundred mutations of seeds that are the same every time.

#![expect(clippy::unwrap_used, reason = "a target fails by panicking")]

mod targets;

const MUTATIONS: usize = 400;
/// What mutations put in: bytes that mean something to one of the readers.
const WORDS: [&[u8]; 12] =
    [b"\"", b"\\u", b"{", b"}", b"[", b",", b"{{now+1d}}", b".", b"\n", b"\xff", b"9223372036854775807", b"-----"];

/// A generator of the kind xorshift64 (Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    /// A seed with up to four changes.
    fn mutate(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(4) {
            let start = self.below(bytes.len());
            let end = start + self.below(bytes.len().min(start + 16) - start);
            match self.below(5) {
                0 => drop(bytes.splice(start..end, WORDS[self.below(WORDS.len())].iter().copied())),
                1 => drop(bytes.drain(start..end)),
                2 => bytes.extend_from_within(start..end),
                3 => bytes.truncate(end),
                _ => bytes.iter_mut().skip(start).take(1).for_each(|byte| *byte ^= 1 << self.below(8)),
            }
        }
        bytes
    }
}

#[track_caller]
fn check(name: &str) {
    let target = targets::ALL.iter().find(|target| target.name == name).unwrap();
    let seeds = (target.seeds)();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mutated: Vec<Vec<u8>> = (0..MUTATIONS).map(|_| random.mutate(&seeds)).collect();
    for input in seeds.iter().chain(&mutated) {
        let passed = std::panic::catch_unwind(|| (target.run)(input));
        assert!(passed.is_ok(), "{name}: b\"{}\"", input.escape_ascii());
    }
}

#[test]
fn tokens_are_read_and_judged_whatever_they_are() {
    check("token");
}

#[test]
fn edits_of_json_change_what_was_asked_and_nothing_else() {
    check("json_edits");
}

#[test]
fn keys_are_read_or_named_and_written_as_they_were() {
    check("key");
}

#[test]
fn templates_are_kept_and_rendered() {
    check("template");
}

#[test]
fn findings_have_a_place_and_fixes_mend_them() {
    check("findings");
}

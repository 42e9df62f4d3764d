//! What every figure means: one row for each, from which tooltips, the "what is this" of the cards and the manual draw.

use super::section::Section;

macro_rules! topics {
    ($($topic:ident, $name:literal, $section:ident, $text:literal;)+) => {
        /// A figure that the window shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Topic {
            $(#[doc = $text] $topic,)+
        }

        impl Topic {
            /// All of them, in the order of the manual.
            pub const ALL: &[Self] = &[$(Self::$topic,)+];

            /// What the figure is called.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$topic => $name,)+ }
            }

            /// What it means, in one to three sentences.
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$topic => $text,)+ }
            }

            /// The section of the manual that says more.
            pub const fn section(self) -> Section {
                match self { $(Self::$topic => Section::$section,)+ }
            }
        }
    };
}

topics! {
    TokenBytes, "Token size", Claims,
        "The length of the whole token in bytes, as it is sent: header, payload and signature in base64url, and the two periods between them.";
    Parts, "Bytes of the parts", Claims,
        "How many bytes of the token are header, payload and signature. base64url makes four characters of three bytes; the signature's length depends on the algorithm alone.";
    Budget, "Part of the budget", Claims,
        "How much of a limit the token takes: a cookie in a browser, or the request headers a server accepts. What is sent around the token counts, too.";
    Expiry, "Expires in", FirstToken,
        "The time left until exp, counted down by this computer's clock. From that second on receivers must refuse the token.";
    Instant, "Instants", FirstToken,
        "Times in a token are seconds since 1970 in UTC. Beside each stands what it means; the time of this computer's zone is shown with it.";
    Leeway, "Leeway", Refused,
        "How many seconds the receiver forgives where its clock and the issuer's differ. It is added to exp and taken from nbf and iat.";
    Lifetime, "Lifetime", Refused,
        "From iat, or nbf where there is no iat, to exp: how long the token can be used. A stolen token works just as long.";
    Check, "Checks", Refused,
        "Each line is one thing a receiver checks, with its own figures. All of them are made, so that one failure does not hide the next.";
    Verdict, "Verdict on a token", Refused,
        "Verified means that the signature matches the key and no check failed. One failed check is enough for invalid.";
    KeyDoctor, "Key doctor", Refused,
        "When no signature matches it tries what people often get wrong with keys: another encoding, a newline at the end, another key. It says which of them makes the signature match.";
    Severity, "Findings", Findings,
        "Errors are refused by a strict receiver or are insecure, warnings are probably mistakes, and notes are worth knowing. Findings never block or hide anything.";
    KeyBits, "Bits of a key", Keys,
        "The size of the key: of the secret, of the RSA modulus or of the curve. HS256 asks for 256 bits or more, RSA for 2,048 or more.";
    Thumbprint, "Thumbprint", Keys,
        "A short name that follows from the public key alone (RFC 7638), so that two people can see that they hold the same key. It tells nothing about the private half.";
    SignTime, "Sign", Timing,
        "How long minting one token takes on this machine: base64url of header and payload, and the signature. Building the key is not counted.";
    VerifyTime, "Verify", Timing,
        "How long checking one token takes: decoding its three parts, and checking the signature. Reading the claims is not counted.";
    Percentiles, "p50, p95 and p99", Timing,
        "Of a hundred samples, 50, 95 or 99 took no longer than this. p50 is the ordinary case, p99 what one in a hundred has to wait; a mean would hide it.";
    Samples, "Samples", Timing,
        "How often it was measured. Where one token is too quick for the clock, a sample is the average of a batch. With few samples p99 says little.";
    KeySetUp, "Key set-up", Timing,
        "How long it takes to make a signer and a verifier from the key. A server does that once, so it is measured apart and never part of Sign or Verify.";
    Noise, "Noise", Timing,
        "When p95 is more than 1.5 times p50, other work disturbed the samples. Close what keeps the processor busy and measure again.";
    Spread, "Median and MAD", Timing,
        "The median is the middle sample. MAD, the median absolute deviation, is how far a sample is from it in the middle case: the smaller, the steadier.";
    Drift, "Drift", Timing,
        "By how much the median of the last third of the samples differs from that of the first third. A processor that gets warm and slower shows up here.";
    TokensPerSecond, "Tokens per second", Timing,
        "How many tokens one thread, or all cores side by side, minted in a second. It was counted, not computed from a single token's time.";
    Growth, "Growth", Timing,
        "Payloads from 64 bytes to 1 MiB are signed and a line is fitted: what every token costs, and what each byte adds. The largest distance from the line says how well it fits.";
    Weight, "Light, fair, heavy", Compare,
        "Light is below 15 % of the budget and 100 µs to sign, heavy from 40 % or 1 ms on. The worse of size and time decides, and the rule that decided is told.";
    Difference, "Difference", Compare,
        "How many bytes more or fewer than the baseline, the variant marked with a star. All differences are to the same baseline.";
    FasterSlower, "Faster or slower", Compare,
        "Said only when the samples are sure: a 98 % interval of the ratio must lie beyond 3 % on one side. Otherwise it says that it cannot tell yet.";
    ClaimCost, "What a claim costs", Compare,
        "The characters of the token that this claim takes, with its name, colon, comma and brackets. All lines together are exactly the token.";
    ClaimShare, "Share", Compare,
        "The part of the whole token that this claim takes, in percent.";
    WithoutIt, "Token without it", Compare,
        "How long the token would be if this claim were taken out and the rest encoded again. It can differ by a byte or two from the size minus the cost.";
    MoreFit, "More elements fit", Compare,
        "How many more elements like the last one this list can take before the token no longer fits into the budget.";
    Ladder, "Algorithms side by side", Compare,
        "The same claims signed with every algorithm: what the signature adds in bytes, and how long signing and verifying take. Keys that you do not have are generated for it.";
    Requests, "Logins and pings per second", LoginLab,
        "How many requests arrive in a second. They come at random instants and whether or not earlier ones were answered, as users do.";
    Stall, "Longest stall", LoginLab,
        "The longest time for which the server's event loop stood still: nobody was served meanwhile. A heartbeat from outside asks it every millisecond.";
    Heartbeat, "Heartbeat", LoginLab,
        "A question to the event loop every millisecond, from a thread outside it. How late the answer comes is how long the loop was busy.";
    Ping, "/ping p99", LoginLab,
        "How long other users wait for a request that does nothing, while others log in. 99 of 100 pings were answered within this time.";
    Minting, "Processing and CPU", LoginLab,
        "How long minting took in a login, and how much of that the processor worked. Where the two differ, the thread had to wait for its turn.";
    LoginVerdict, "Verdict on a login", LoginLab,
        "Whether others notice the logins, judged by /ping and the stalls against the idle server. The rule and its bounds stand below the table.";
    Wire, "On the wire", LoginLab,
        "The bytes of a whole answer as they came over the socket: status line, header fields and body.";
    Network, "Modelled network", LoginLab,
        "How long the answer would take through a network: one round trip, then its bytes at the given rate. This is a model; the lab itself never leaves this computer.";
    Quoted, "Quoted", LoginLab,
        "What lessons about logins often quote. It was not measured here; where it disagrees with your machine, a sentence says so.";
    Run, "Progress of a run", MintMany,
        "How many tokens are complete in the file, how many are minted in a second, and how long the rest will take at that rate.";
    Estimate, "Estimated size", MintMany,
        "How large the file will be, reckoned from the length of the first tokens. Values of other lengths further on make it another.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_is_explained_in_one_to_three_sentences() {
        for topic in Topic::ALL {
            let text = topic.explanation();
            let sentences = text.matches(". ").count() + 1;
            assert!(sentences <= 3 && text.ends_with('.'), "{topic:?} has {sentences}");
            assert!(!topic.name().is_empty() && text.len() > 40, "{topic:?}");
        }
    }

    #[test]
    fn no_two_topics_share_a_name() {
        let mut names: Vec<_> = Topic::ALL.iter().map(|topic| topic.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Topic::ALL.len());
    }
}

//! The fingerprint of RSA keys made by faulty Infineon chips (CVE-2017-15361, "ROCA").
//!
//! Their primes are 65537^a modulo a product of small primes, so the modulus, too, is a power of 65537 modulo each of
//! those: M. Nemec et al., "The Return of Coppersmith's Attack", CCS 2017, §3.1. One other key in a billion looks the
//! same.

/// The largest of the small primes that all affected sizes of key share.
const LARGEST_PRIME: u32 = 167;
const GENERATOR: u32 = 65_537;

/// Whether a modulus, big-endian, has the fingerprint.
pub(super) fn is_marked(modulus: &[u8]) -> bool {
    let is_prime = |number: &u32| (2..*number).all(|divisor| !number.is_multiple_of(divisor));
    (3..=LARGEST_PRIME).filter(is_prime).all(|prime| is_power(remainder(modulus, prime), prime))
}

/// Whether `number` is a power of the generator modulo `prime`.
fn is_power(number: u32, prime: u32) -> bool {
    let mut power = 1;
    for _ in 1..prime {
        if power == number {
            return true;
        }
        power = power * (GENERATOR % prime) % prime;
    }
    false
}

fn remainder(number: &[u8], divisor: u32) -> u32 {
    number.iter().fold(0, |remainder, byte| (remainder << 8 | u32::from(*byte)) % divisor)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `base` to the power of `exponent`, big-endian.
    fn power(base: u32, exponent: u32) -> Vec<u8> {
        let mut digits = vec![1_u8];
        for _ in 0..exponent {
            let mut carry = 0;
            for digit in &mut digits {
                let sum = u32::from(*digit) * base + carry;
                *digit = sum.to_le_bytes()[0];
                carry = sum >> 8;
            }
            digits.extend(carry.to_le_bytes());
        }
        digits.reverse();
        digits
    }

    #[test]
    fn powers_of_the_generator_are_marked_and_others_are_not() {
        assert_eq!(power(10, 3)[power(10, 3).len() - 2..], [3, 232]);
        for exponent in [1, 2, 64, 128, 129] {
            let mut number = power(GENERATOR, exponent);
            assert!(is_marked(&number), "{exponent}");
            *number.last_mut().unwrap() ^= 2;
            assert!(!is_marked(&number), "{exponent}");
        }
        assert!(!is_marked(&[]) && !is_marked(&[0xff; 256]));
    }
}

//! The demo user's password. It is public; what matters is what verifying it costs.

use argon2::{Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _};

use crate::jose::error::Problem;

/// The name of the one user there is.
pub const USERNAME: &str = "demo";
/// The password of that user.
pub const PASSWORD: &str = "demo";

/// The hash of the demo user's password: argon2id with the parameters that the library recommends.
#[derive(Clone, Debug)]
pub(super) struct StoredHash(String);

impl StoredHash {
    /// Hashes the demo password, with a salt of its own.
    ///
    /// # Errors
    /// When the system gives no random bytes for the salt.
    pub(super) fn new() -> Result<Self, Problem> {
        match Argon2::default().hash_password(PASSWORD.as_bytes()) {
            Ok(hash) => Ok(Self(hash.to_string())),
            Err(error) => Err(Problem::new("lab-password", format!("The demo password could not be hashed: {error}"))
                .help("Try again, or measure without a password.")),
        }
    }

    /// Whether these are the demo user's. A wrong name costs as much as a wrong password.
    pub(super) fn verify(&self, username: &str, password: &str) -> bool {
        let Ok(hash) = PasswordHash::new(&self.0) else { return false };
        Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && username == USERNAME
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_name_and_password_pass() {
        let hash = StoredHash::new().unwrap();
        assert!(hash.0.starts_with("$argon2id$"), "{hash:?}");
        assert!(hash.verify("demo", "demo"));
        assert!(!hash.verify("demo", "Demo"));
        assert!(!hash.verify("root", "demo"));
        assert!(!hash.verify("", ""));
    }
}

//! Keys: any bytes are read or named, and a key that was read is written so that it is read again.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jwt_workbench::jose::jwa::KeyKind;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::key_read::{KeyFile, PASSPHRASE_NEEDED};
use jwt_workbench::jose::secret::Secret;
use jwt_workbench::template::recognise::recognise;

use super::input::{check_problem, corpus};
use super::token;

/// An Ed25519 key in PKCS#8, encrypted with the passphrase "secret" (PBES2 with 300 rounds of PBKDF2).
const ENCRYPTED: &str = "MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhn8vp93zMrbwICASwwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEPY0597UpyrziEfFuO2mbzYEQOeIelIKAXPrT0jc4ShMGwzyJLFYvIcLac1kC7TijDgWlAq/R+NqvDOazul34Hol0Rsvpavnixtg+FTQ1rSp6Nw=";
/// The number of rounds in DER: what asks for more would take too long here.
const ROUNDS: [u8; 4] = [2, 2, 1, 44];

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = corpus("keys.jsonl", "text").into_iter().map(String::into_bytes).collect();
    let texts = [
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"},{\"kty\":\"EC\",\"crv\":\"P-256\"}]}",
        "ssh-ed25519 AAAA me@here",
    ];
    seeds.extend(texts.map(|text| text.as_bytes().to_vec()));
    seeds.push(BASE64_STANDARD.decode(ENCRYPTED).unwrap());
    for key in token::keys() {
        for text in [true, false].into_iter().flat_map(|private| [key.to_jwk(private), key.to_pem(private)]).flatten() {
            let body: String = text.as_str().unwrap().lines().filter(|line| !line.starts_with('-')).collect();
            seeds.extend(BASE64_STANDARD.decode(body));
            seeds.push(text.bytes().to_vec());
        }
    }
    seeds
}

pub(super) fn run(bytes: &[u8]) {
    let text = str::from_utf8(bytes).unwrap_or_default();
    if let Err(problem) = recognise(bytes) {
        assert!(!problem.message.is_empty() && !problem.help.is_empty(), "{problem:?}");
    }
    match Key::read(bytes) {
        Ok(key) => check_written(&key),
        Err(problem) => check_problem(&problem, text),
    }
    match KeyFile::read(bytes) {
        Ok(file) => {
            assert!(!file.keys.is_empty());
            file.keys.iter().for_each(check_written);
            file.refused.iter().for_each(|refused| check_problem(&refused.problem, text));
        }
        Err(problem) => {
            check_problem(&problem, text);
            if problem.code == PASSPHRASE_NEEDED && bytes.windows(ROUNDS.len()).any(|window| window == ROUNDS) {
                decrypt(bytes);
            }
        }
    }
}

fn decrypt(bytes: &[u8]) {
    match Key::decrypt(bytes, &Secret::from("secret".to_owned())) {
        Ok(key) => check_written(&key),
        Err(problem) => check_problem(&problem, ""),
    }
}

/// Every form of a key is read as the same key.
fn check_written(key: &Key) {
    let is_secret = key.kind() == KeyKind::Secret;
    for private in [false, true] {
        let may_be_written = if private { key.is_private() } else { !is_secret };
        let (jwk, pem) = (key.to_jwk(private), key.to_pem(private));
        assert_eq!(jwk.is_ok(), may_be_written, "{key:?}: {jwk:?}");
        assert_eq!(pem.is_ok(), may_be_written && !is_secret, "{key:?}: {pem:?}");
        if let Ok(jwk) = jwk {
            let again = read_again(&jwk);
            assert_eq!((again.kind(), again.bits(), again.kid()), (key.kind(), key.bits(), key.kid()));
            assert!(again.to_jwk(private).as_ref() == Ok(&jwk) && again.thumbprint() == key.thumbprint());
            assert_eq!(again.is_private(), private);
        }
        if let Ok(pem) = pem {
            let again = read_again(&pem);
            assert_eq!((again.kind(), again.bits(), again.is_private()), (key.kind(), key.bits(), private));
            assert!(again.to_pem(private).as_ref() == Ok(&pem) && again.thumbprint() == key.thumbprint());
        }
    }
}

fn read_again(text: &Secret) -> Key {
    Key::read(text.bytes()).unwrap_or_else(|problem| panic!("{problem}: {:?}", text.as_str()))
}

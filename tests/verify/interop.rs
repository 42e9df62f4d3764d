//! PyJWT, and jose and jsonwebtoken for Node: their tokens verify here and ours there, with every algorithm both sides have.

use jwt_workbench::jose::compact::{decode, mint};
use jwt_workbench::jose::instant::InstantFormat;
use jwt_workbench::jose::jwa::Algorithm::{
    self, ES256, ES384, ES512, EdDSA, HS256, HS384, HS512, PS256, PS384, PS512, RS256, RS384, RS512,
};
use jwt_workbench::jose::jwa::KeyKind;
use jwt_workbench::jose::key::Key;
use jwt_workbench::jose::verify::{Expectations, Verdict, check_signature, verify};
use serde_json::{Value, json};

use super::peer::Peer;

const SECRET: &str = "a secret that is as long as the longest of the hashes wants it: 64 bytes, or more";
const CLAIMS: &str = r#"{"iss":"https://id.example","sub":"user-42","aud":["a","b"],"n":1.5,"text":"größe \"1\" €"}"#;

/// One key of each kind, with what the other side is given to sign and to verify.
struct Pair {
    key: Key,
    private: String,
    public: String,
}

fn pairs() -> Vec<Pair> {
    let pem = |key: &Key, private| key.to_pem(private).unwrap().as_str().unwrap().to_owned();
    KeyKind::ALL
        .into_iter()
        .map(|kind| match kind {
            KeyKind::Secret => {
                let key = Key::secret(SECRET.to_owned().into());
                Pair { key, private: SECRET.to_owned(), public: SECRET.to_owned() }
            }
            _ => {
                let key = Key::generate(kind, None).unwrap();
                Pair { private: pem(&key, true), public: pem(&key, false), key }
            }
        })
        .collect()
}

#[track_caller]
fn check(peer: &mut Peer, library: &str, algorithms: &[Algorithm]) {
    let pairs = pairs();
    let claims: Value = serde_json::from_str(CLAIMS).unwrap();
    for algorithm in algorithms {
        let Pair { key, private, public } = pairs.iter().find(|pair| pair.key.kind().fits(*algorithm)).unwrap();
        let ask = |what: &str, key: &str, token: &str| json!({ "library": library, "do": what, "alg": algorithm.name(), "key": key, "claims": claims, "token": token });
        let theirs =
            peer.ask(&ask("sign", private, "")).unwrap_or_else(|error| panic!("{library} {algorithm}: {error}"));
        let theirs = theirs["token"].as_str().unwrap();
        let verdict = |token: &str| {
            let decoded = decode(token);
            let key = key.public().unwrap_or_else(|| key.clone());
            let signature = check_signature(token, &decoded, Some(&key), &[*algorithm]);
            verify(&decoded, &signature, &Expectations::default(), 1_795_283_952, 0, InstantFormat::UTC)
        };
        let verification = verdict(theirs);
        assert_eq!(verification.verdict, Verdict::Verified, "{library} {algorithm}: {}", verification.reason);
        let read: Value = serde_json::from_str(decode(theirs).claims().unwrap().text()).unwrap();
        assert_eq!(read, claims, "{library} {algorithm}");

        let header = format!(r#"{{"alg":"{algorithm}","typ":"JWT"}}"#);
        let ours = mint(&key.signer(*algorithm).unwrap(), header.as_bytes(), CLAIMS.as_bytes()).unwrap().into_string();
        let read =
            peer.ask(&ask("verify", public, &ours)).unwrap_or_else(|error| panic!("{library} {algorithm}: {error}"));
        assert_eq!(read["claims"], claims, "{library} {algorithm}");

        // Both sides refuse what the other did not sign.
        let (input, signature) = ours.rsplit_once('.').unwrap();
        let changed = format!("{}A.{signature}", input.strip_suffix(|_: char| true).unwrap());
        assert!(peer.ask(&ask("verify", public, &changed)).is_err(), "{library} {algorithm}");
        assert_eq!(verdict(&changed).verdict, Verdict::Invalid, "{library} {algorithm}");
    }
    println!("{library}: {} algorithms both ways", algorithms.len());
}

const HMAC_AND_RSA: [Algorithm; 9] = [HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512];

#[test]
fn pyjwt_and_we_verify_each_other() {
    let Some(mut peer) = Peer::python() else { return };
    check(&mut peer, "PyJWT", &[HMAC_AND_RSA.as_slice(), &[ES256, ES384, ES512, EdDSA]].concat());
}

#[test]
fn jose_for_node_and_we_verify_each_other() {
    let Some(mut peer) = Peer::node() else { return };
    check(&mut peer, "jose", &[HMAC_AND_RSA.as_slice(), &[ES256, ES384, ES512, EdDSA]].concat());
    let key = Key::generate(KeyKind::Ed25519, None).unwrap();
    let pem = key.to_pem(true).unwrap();
    let question = json!({
        "library": "jose", "do": "sign", "alg": "Ed25519", "key": pem.as_str().unwrap(), "claims": { "sub": "user-42" },
    });
    let token = peer.ask(&question).unwrap()["token"].as_str().unwrap().to_owned();
    let check = check_signature(&token, &decode(&token), key.public().as_ref(), &[]);
    assert_eq!(check.verdict, Verdict::Verified, "{:?}", check.checks);
}

#[test]
fn jsonwebtoken_for_node_and_we_verify_each_other() {
    let Some(mut peer) = Peer::node() else { return };
    check(&mut peer, "jsonwebtoken", &[HMAC_AND_RSA.as_slice(), &[ES256, ES384, ES512]].concat());
}

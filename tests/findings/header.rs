//! H01 to H09.

use jwt_workbench::findings::Severity::{Error, Info, Warning};
use jwt_workbench::jose::jwa::{Algorithm, KeyKind};
use jwt_workbench::jose::key::Key;

use crate::world::{World, generated};
use crate::{Case, fires, silent};

pub(crate) fn cases() -> Vec<Case> {
    [algorithms(), extensions(), keys(), types()].into_iter().flatten().collect()
}

fn with(name: &str, value: &str) -> World {
    World::good().with_header(name, value)
}

/// A key with what a JWK says about it.
fn jwk(key: &Key, members: &str) -> Key {
    let jwk = key.to_jwk(true).unwrap();
    let text = jwk.as_str().unwrap().trim().trim_end_matches('}').trim_end().to_owned();
    Key::read(format!("{text},{members}}}").as_bytes()).unwrap()
}

fn algorithms() -> Vec<Case> {
    let rsa = || generated(KeyKind::Rsa);
    let signed = |algorithm: Algorithm, key: Key| World::good().alg(algorithm).key(key);
    vec![
        fires("H01", Error, with("alg", r#""none""#), "unsigned: anyone can change it").fixed_to(World::good().header),
        fires("H01", Error, with("alg", r#""NoNe""#), "'NoNe'").fixed_to(World::good().header),
        fires("H01", Error, with("alg", r#""none""#).received(), "unsigned").without_fix(),
        silent("H01", World::good()),
        silent("H01", with("alg", r#""None ""#)),
        silent("H01", World::good().header("{}")),
        fires("H02", Error, World::good().header(r#"{"typ":"JWT"}"#), "no alg")
            .fixed_to(r#"{"typ":"JWT","alg":"HS256"}"#),
        fires("H02", Error, with("alg", r#""hs384""#), "case-sensitive")
            .fixed_to(World::good().alg(Algorithm::HS384).header),
        fires("H02", Error, with("alg", "256"), "alg is a number").fixed_to(World::good().header),
        fires("H02", Error, with("alg", r#""HS257""#), "'HS257'").fixed_to(World::good().header),
        fires("H02", Warning, with("alg", r#""ES256K""#).received(), "ES256K").without_fix(),
        fires("H02", Error, with("alg", r#""ES256K""#), "secp256k1"),
        fires("H02", Error, with("alg", r#""Ed25519""#), "RFC 9864"),
        silent("H02", with("alg", r#""Ed25519""#).received()),
        silent("H02", World::good().alg(Algorithm::EdDSA)),
        silent("H02", with("alg", r#""none""#)),
        silent("H02", World::token("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AA.AA.AA")),
        fires("H03", Error, signed(Algorithm::HS256, rsa()), "HS256 needs a shared secret; this is an RSA key")
            .fixed_to(World::good().alg(Algorithm::RS256).header),
        fires("H03", Error, signed(Algorithm::ES256, rsa()), "ES256 needs a P-256 key"),
        fires("H03", Error, signed(Algorithm::RS256, generated(KeyKind::Ed25519)).received(), "RS256 needs an RSA key")
            .without_fix(),
        silent("H03", signed(Algorithm::PS512, rsa())),
        silent("H03", signed(Algorithm::EdDSA, generated(KeyKind::Ed25519))),
        silent("H03", signed(Algorithm::RS256, jwk(&rsa(), r#""alg":"RS256","use":"sig""#))),
        silent("H03", with("alg", r#""none""#).key(rsa())),
    ]
}

fn extensions() -> Vec<Case> {
    vec![
        fires("H04", Error, with("crit", "[]"), "crit is empty").fixed_to(World::good().header),
        fires(
            "H04",
            Error,
            with("crit", r#"["exp2"]"#).with_header("exp2", "1"),
            "crit requires 'exp2', which no verifier",
        )
        .fixed_to(with("exp2", "1").header),
        fires("H04", Error, with("crit", r#"["exp2"]"#), "does not have"),
        fires("H04", Error, with("crit", r#"["alg"]"#), "no extension"),
        fires("H04", Error, with("crit", r#""exp""#), "must be an array"),
        fires("H04", Error, with("crit", "[5]").received(), "lists names").without_fix(),
        silent("H04", World::good()),
        silent("H04", with("critical", "[]")),
        silent("H04", World::good().with("crit", "[]")),
        fires("H05", Error, with("b64", "false"), "always base64url").fixed_to(World::good().header),
        fires("H05", Error, with("b64", "false").with_header("crit", r#"["b64"]"#), "b64 is false")
            .fixed_to(World::good().header),
        fires("H05", Error, with("b64", "0").received(), "b64 is a number").without_fix(),
        silent("H05", with("b64", "true")),
        silent("H05", World::good()),
        silent("H05", World::good().with("b64", "false")),
        fires("H06", Warning, with("kid", r#""../../etc/passwd""#), "looks like a path").without_fix(),
        fires("H06", Warning, with("kid", r#""x' OR 1=1""#), "looks like SQL"),
        fires("H06", Warning, with("kid", r#""a\u0000b""#), "control character"),
        fires("H06", Warning, with("kid", r#""$(id)""#), "shell command"),
        fires("H06", Warning, with("kid", &format!("\"{}\"", "k".repeat(257))), "longer than 256"),
        fires("H06", Warning, with("kid", "7"), "kid is a number").fixed_to(with("kid", r#""7""#).header),
        silent("H06", with("kid", r#""2026-11""#)),
        silent("H06", with("kid", r#""https://keys.example/1#a=b+c""#)),
        silent("H06", with("kid", &format!("\"{}\"", "k".repeat(256)))),
    ]
}

fn keys() -> Vec<Case> {
    vec![
        fires("H07", Warning, with("jku", r#""https://a.example/keys""#), "sends the verifier to a.example")
            .fixed_to(World::good().header),
        fires("H07", Error, with("jku", r#""https://evil.example/keys""#), "evil.example, but iss is at a.example")
            .fixed_to(World::good().header),
        fires("H07", Error, with("x5u", r#""http://a.example/c""#), "over http, not https"),
        fires("H07", Error, with("x5u", r#""https://169.254.169.254/""#), "inside its own network"),
        fires("H07", Error, with("jku", r#""https://0x7f000001/""#), "127.0.0.1"),
        fires("H07", Error, with("jku", r#""https://a.localhost""#), "a.localhost"),
        fires("H07", Error, with("jku", r#""https://a.example@evil.example/""#), "evil.example"),
        fires("H07", Error, with("jku", r#""/keys""#), "not an absolute URL"),
        fires("H07", Error, with("jku", "5").received(), "jku is a number").without_fix(),
        silent("H07", World::good()),
        silent("H07", World::good().with("jku", r#""https://evil.example""#)),
        silent("H07", with("x5t", r#""https://evil.example""#)),
        fires("H08", Warning, with("jwk", r#"{"kty":"EC","x":"a"}"#), "brings its own key in jwk")
            .fixed_to(World::good().header),
        fires("H08", Error, with("jwk", r#"{"kty":"EC","d":"a"}"#), "The private key is inside the token: jwk has 'd'")
            .fixed_to(World::good().header),
        fires("H08", Error, with("jwk", r#"{"kty":"oct","k":"a"}"#), "jwk has 'k'"),
        fires("H08", Warning, with("x5c", r#"["MII"]"#).received(), "x5c").without_fix(),
        silent("H08", World::good()),
        silent("H08", with("kid", r#""jwk""#)),
        silent("H08", World::good().with("cnf", r#"{"jwk":{"kty":"EC"}}"#)),
    ]
}

fn types() -> Vec<Case> {
    let access = |claims: World| claims.with_header("typ", r#""at+jwt""#);
    vec![
        fires("H09", Info, World::good().header(r#"{"alg":"HS256"}"#), "no typ").fixed_to(World::good().header),
        fires("H09", Info, with("typ", r#""JOSE""#), "typ is 'JOSE'").fixed_to(World::good().header),
        fires("H09", Info, with("typ", "1"), "typ is a number").fixed_to(World::good().header),
        fires("H09", Warning, access(World::good()), "it must have client_id too").without_fix(),
        fires(
            "H09",
            Warning,
            access(World::good().without("sub").without("jti")).received(),
            "have sub, client_id and jti too",
        ),
        silent("H09", World::good()),
        silent("H09", with("typ", r#""jwt""#)),
        silent("H09", with("typ", r#""application/dpop+jwt""#)),
        silent("H09", access(World::good().with("client_id", r#""c""#))),
    ]
}

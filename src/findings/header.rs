//! H01 to H09: the JOSE header.

use url::{Host, Url};

use super::doc::{Doc, Entry, View};
use super::{Change, Finding, Severity};
use crate::jose::compact::TokenKind;
use crate::jose::error::Problem;
use crate::jose::json::{self, Kind, quote};
use crate::jose::jwa::Algorithm;
use crate::jose::text::shown;

/// Longer key IDs do not identify, they carry something (characters).
const LONGEST_KID: usize = 256;

/// The members of a JWK that nobody but its owner may know (RFC 7518 §6.2.2, §6.3.2, §6.4.1).
const PRIVATE_MEMBERS: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/// The names that `crit` must not list: those of RFC 7515 §4.1 and RFC 7518 §4 (RFC 7515 §4.1.11).
const NOT_EXTENSIONS: [&str; 18] = [
    "alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit", "enc", "zip", "epk", "apu",
    "apv", "iv", "tag",
];

/// What an access token must have (RFC 9068 §2.2).
const ACCESS_TOKEN_CLAIMS: [&str; 7] = ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"];

pub(super) fn find(view: &View<'_>, found: &mut Vec<Finding>) {
    let Some(header) = view.header else { return };
    let is_encrypted = view.subject.decoded.is_some_and(|decoded| decoded.kind == TokenKind::Jwe);
    if !is_encrypted {
        found.extend(algorithm(header, view));
    }
    found.extend(critical(header));
    found.extend(unencoded_payload(header));
    found.extend(key_id(header));
    found.extend(["jku", "x5u"].into_iter().filter_map(|name| key_address(header, name, view.claims)));
    found.extend(["jwk", "x5c"].into_iter().filter_map(|name| embedded_key(header, name)));
    found.extend(token_type(header, view.claims));
}

/// H01 and H02: `alg`.
fn algorithm(header: Doc<'_>, view: &View<'_>) -> Option<Finding> {
    let Some(alg) = header.get("alg") else {
        let message = "The header has no alg, so nobody can know how to verify the token.";
        let finding = header.finding("H02", Severity::Error, header.root().span(), message);
        return Some(finding.fixed_by("Sign with HS256", Change::Sign(Algorithm::HS256)));
    };
    let finding = |id, severity, message: String| header.finding(id, severity, alg.span(), message);
    let Some(name) = alg.text() else {
        let message = format!("alg is {}; it must be a text such as \"HS256\".", alg.value.kind().label());
        return Some(
            finding("H02", Severity::Error, message).fixed_by("Sign with HS256", Change::Sign(Algorithm::HS256)),
        );
    };
    let Problem { code, message, .. } = view.algorithm_of(&name).err()?;
    if code == "algorithm-none" {
        let message = format!("alg is '{}', so the token is unsigned: anyone can change it.", shown(&name));
        return Some(
            finding("H01", Severity::Error, message).fixed_by("Sign with HS256", Change::Sign(Algorithm::HS256)),
        );
    }
    // What is registered but not implemented here may well verify elsewhere.
    let is_foreign = code == "algorithm-unsupported" && !view.is_issuing();
    let severity = if is_foreign { Severity::Warning } else { Severity::Error };
    let meant = Algorithm::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(&name));
    let better = meant.unwrap_or(Algorithm::HS256);
    let fixed = format!("Sign with {better}");
    Some(finding("H02", severity, format!("{message}.")).fixed_by(fixed, Change::Sign(better)))
}

/// H04: extensions that the receiver must understand.
fn critical(header: Doc<'_>) -> Option<Finding> {
    let crit = header.get("crit")?;
    let message = match crit.value.kind() {
        Kind::Array if crit.value.is_empty() => {
            "crit is empty; without an extension to name it must be left out.".to_owned()
        }
        Kind::Array => crit.value.items().next().map(|item| match item.as_str() {
            None => format!("crit contains {}; it lists names.", item.kind().label()),
            Some(name) if NOT_EXTENSIONS.contains(&&*name) => {
                format!("crit lists '{name}', which is no extension and must not be there.")
            }
            Some(name) if !header.has(&name) => {
                format!("crit requires '{}', which the header does not have.", shown(&name))
            }
            Some(name) => {
                format!("crit requires '{}', which no verifier here understands. It must be rejected.", shown(&name))
            }
        })?,
        kind => format!("crit is {}; it must be an array of names.", kind.label()),
    };
    let finding = header.finding("H04", Severity::Error, crit.span(), message);
    Some(finding.fixed_by("Remove crit", header.without("crit")))
}

/// H05: a payload that is not base64url, which a JWT must be.
fn unencoded_payload(header: Doc<'_>) -> Option<Finding> {
    let b64 = header.get("b64")?;
    let message = match b64.value.as_bool() {
        Some(true) => return None,
        Some(false) => "b64 is false, but the payload of a JWT is always base64url.".to_owned(),
        None => format!("b64 is {}; it must be true or false, and true in a JWT.", b64.value.kind().label()),
    };
    let only_b64 = header.get("crit").is_some_and(|crit| {
        crit.value.kind() == Kind::Array
            && crit.value.items().all(|item| item.as_str().is_some_and(|name| name == "b64"))
    });
    let edit =
        json::remove_members(header.root(), |member| member.name() == "b64" || (only_b64 && member.name() == "crit"));
    let label = if only_b64 { "Remove b64 and crit" } else { "Remove b64" };
    Some(header.finding("H05", Severity::Error, b64.span(), message).fixed_by(label, header.change(edit)))
}

/// H06: a key ID that does something to a receiver that puts it into a path, a query or a command.
fn key_id(header: Doc<'_>) -> Option<Finding> {
    let kid = header.get("kid")?;
    let Some(text) = kid.text() else {
        let message = format!("kid is {}; it must be a text.", kid.value.kind().label());
        let finding = header.finding("H06", Severity::Warning, kid.span(), message);
        // Only the text of a number says the same in quotes.
        return Some(if kid.member.value.kind() == Kind::Number {
            let edit = json::set_value(kid.member.value, &quote(kid.member.value.raw()));
            finding.fixed_by("Turn into a text", header.change(edit))
        } else {
            finding
        });
    };
    let looks_like = if text.contains(['\0', '\r', '\n']) {
        "has a control character"
    } else if text.contains("../") || text.contains('\\') || text.starts_with('/') {
        "looks like a path"
    } else if text.contains(['\'', '"', ';']) {
        "looks like SQL"
    } else if text.contains(['|', '`']) || text.contains("$(") {
        "looks like a shell command"
    } else if text.chars().count() > LONGEST_KID {
        "is longer than 256 characters"
    } else {
        return None;
    };
    let message = format!("kid {looks_like}; receivers that use it unescaped can be attacked with it.");
    Some(header.finding("H06", Severity::Warning, kid.span(), message))
}

/// H07: an address to fetch the key from.
fn key_address(header: Doc<'_>, name: &str, claims: Option<Doc<'_>>) -> Option<Finding> {
    let entry = header.get(name)?;
    let (severity, message) = match entry.text().map(|text| Url::parse(&text)) {
        None => (Severity::Error, format!("{name} is {}; it must be a URL.", entry.value.kind().label())),
        Some(Err(_)) => (Severity::Error, format!("{name} is not an absolute URL.")),
        Some(Ok(url)) => judge_address(name, &url, claims),
    };
    let finding = header.finding("H07", severity, entry.span(), message);
    Some(finding.fixed_by(format!("Remove {name}"), header.without(name)))
}

fn judge_address(name: &str, url: &Url, claims: Option<Doc<'_>>) -> (Severity, String) {
    let host = shown(url.host_str().unwrap_or_default());
    let issuer = claims.and_then(|claims| claims.get("iss")).and_then(|iss| Url::parse(&iss.text()?).ok());
    let issuer = issuer.as_ref().and_then(Url::host_str).filter(|issuer| !issuer.is_empty());
    if url.scheme() != "https" {
        return (Severity::Error, format!("{name} sends the verifier to {host} over {}, not https.", url.scheme()));
    }
    if is_local(url) {
        return (Severity::Error, format!("{name} sends the verifier to {host}, an address inside its own network."));
    }
    match issuer.filter(|issuer| Some(*issuer) != url.host_str()) {
        Some(issuer) => {
            (Severity::Error, format!("{name} sends the verifier to {host}, but iss is at {}.", shown(issuer)))
        }
        None => {
            (Severity::Warning, format!("{name} sends the verifier to {host}; it must trust only addresses it knows."))
        }
    }
}

/// Whether the host is an IP address or this computer by name: no certificate vouches for those.
fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(_) | Host::Ipv6(_)) | None => true,
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
    }
}

/// H08: a key that comes along in the token.
fn embedded_key(header: Doc<'_>, name: &'static str) -> Option<Finding> {
    let entry = header.get(name)?;
    let private = PRIVATE_MEMBERS.into_iter().find(|private| entry.value.get(private).is_some());
    let (severity, message) = match private {
        Some(private) => (
            Severity::Error,
            format!("The private key is inside the token: {name} has '{private}', and everybody can read it."),
        ),
        None => (
            Severity::Warning,
            format!("The header brings its own key in {name}; a verifier that trusts it accepts any token."),
        ),
    };
    let finding = header.finding("H08", severity, entry.span(), message);
    Some(finding.fixed_by(format!("Remove {name}"), header.without(name)))
}

/// H09: `typ`, which keeps one kind of token from being taken for another.
fn token_type(header: Doc<'_>, claims: Option<Doc<'_>>) -> Option<Finding> {
    let set = json::set_member(header.root(), "typ", "\"JWT\"");
    let Some(typ) = header.get("typ") else {
        let message = "The header has no typ; \"JWT\" keeps the token from being taken for something else.";
        let finding = header.finding("H09", Severity::Info, header.root().span(), message);
        return Some(finding.fixed_by("Set typ to JWT", header.change(set)));
    };
    let media_type = typ.text().map(|text| text.to_ascii_lowercase()).unwrap_or_default();
    let media_type = media_type.strip_prefix("application/").unwrap_or(&media_type);
    if media_type == "at+jwt" {
        return access_token(header, &typ, claims?);
    }
    if media_type == "jwt" || media_type.ends_with("+jwt") {
        return None;
    }
    let message = match typ.text() {
        Some(text) => format!("typ is '{}'; that of a JWT is \"JWT\" or ends in \"+jwt\".", shown(&text)),
        None => format!("typ is {}; it must be a text such as \"JWT\".", typ.value.kind().label()),
    };
    let finding = header.finding("H09", Severity::Info, typ.span(), message);
    Some(finding.fixed_by("Set typ to JWT", header.change(set)))
}

fn access_token(header: Doc<'_>, typ: &Entry<'_>, claims: Doc<'_>) -> Option<Finding> {
    let missing: Vec<&str> = ACCESS_TOKEN_CLAIMS.into_iter().filter(|name| !claims.has(name)).collect();
    let (last, others) = missing.split_last()?;
    let list = if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) };
    let message = format!("typ says at+jwt, an access token; it must have {list} too.");
    Some(header.finding("H09", Severity::Warning, typ.span(), message))
}

//! What is written about each rule: its title, why it matters, and where that is written.

use super::Rule;

/// The rule of that identifier.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

const fn row(id: &'static str, title: &'static str, why: &'static str, basis: &'static str) -> Rule {
    Rule { id, title, why, basis }
}

/// All rules: the token and its JSON (S), header (H), key (K), times (T), claims (C), privacy (P), placeholders and variables (V), size
/// (Z).
pub const RULES: &[Rule] = &[
    row(
        "S01",
        "A token has three or five parts",
        "Parts are told by the dots between them. With another number of parts nothing can be verified or decrypted.",
        "RFC 7519 §7.2",
    ),
    row(
        "S02",
        "A token stands alone",
        "Receivers take what they are given as it is. What was removed here is not removed everywhere.",
        "RFC 7515 §7.1",
    ),
    row(
        "S03",
        "Parts are base64url without padding",
        "Two spellings of the same bytes have two signatures. Strict verifiers refuse what lenient ones let through.",
        "RFC 7515 §2",
    ),
    row(
        "S04",
        "Header and payload are JSON in UTF-8",
        "A verifier that cannot read the claims must reject the token, however good its signature is.",
        "RFC 7519 §7.2",
    ),
    row(
        "S05",
        "Header and claims are objects",
        "Claims are members of a JSON object. Encoding a value or a text twice is the usual reason for something else.",
        "RFC 7519 §7.2 (10)",
    ),
    row(
        "S06",
        "Member names are unique",
        "Some parsers take the first, some the last, some refuse. Two receivers can then see two different tokens.",
        "RFC 7515 §4, RFC 7519 §4",
    ),
    row(
        "S07",
        "Numbers survive JavaScript",
        "JavaScript and many others read every number as a double. What does not fit comes out as another number, without an error.",
        "RFC 8259 §6",
    ),
    row(
        "S08",
        "Values are not deeply nested",
        "Parsers limit the depth so as not to exhaust their stack, each at another level.",
        "RFC 8259 §9",
    ),
    row(
        "S09",
        "Names and values read as they look",
        "Characters that are not seen, or that turn the writing around, let two different texts look the same to people.",
        "RFC 8259 §8.3, RFC 8264 §12",
    ),
    row(
        "H01",
        "The token is signed",
        "Without a signature anyone can write any claims. Receivers have accepted such tokens by mistake again and again.",
        "RFC 8725 §3.1-3.2",
    ),
    row(
        "H02",
        "alg names a registered algorithm",
        "Names of algorithms are case-sensitive, and a verifier that does not know one must reject the token.",
        "RFC 7515 §4.1.1",
    ),
    row(
        "H03",
        "The key is for the algorithm",
        "A verifier must use a key only with the algorithm it was made for. The header alone must never decide.",
        "RFC 8725 §3.1",
    ),
    row(
        "H04",
        "crit names what every receiver must understand",
        "A receiver must reject a token if it does not understand every extension that crit lists.",
        "RFC 7515 §4.1.11",
    ),
    row(
        "H05",
        "The payload is encoded",
        "An unencoded payload is for detached signatures. In a JWT it must not be used.",
        "RFC 7797 §7",
    ),
    row(
        "H06",
        "kid is a plain identifier",
        "Receivers look keys up by kid. Where they put it into a path, a query or a command, it can do more than that.",
        "RFC 8725 §3.10",
    ),
    row(
        "H07",
        "No address to fetch keys from",
        "Whoever can choose where the verifier fetches its keys can sign as anybody, and can have it call inner addresses.",
        "RFC 8725 §3.10",
    ),
    row(
        "H08",
        "The token does not bring its own key",
        "A key in the token proves nothing: everybody can add one that fits.",
        "RFC 7515 §4.1.3, RFC 8725 §3.10",
    ),
    row(
        "H09",
        "typ says what kind of token it is",
        "An explicit type keeps one kind of token from being accepted as another.",
        "RFC 8725 §3.11, RFC 9068 §2.2",
    ),
    row(
        "K01",
        "The secret is as long as the hash",
        "A secret shorter than the hash is the weakest part of the signature; conforming libraries refuse it.",
        "RFC 7518 §3.2",
    ),
    row(
        "K02",
        "The secret cannot be guessed",
        "One token is enough to try billions of secrets a second without asking anyone. Words and sample secrets fall at once.",
        "RFC 8725 §3.5",
    ),
    row(
        "K03",
        "The secret is read in the encoding it was written in",
        "The text of a secret and the bytes it encodes are different keys. That is the most common cause of 'invalid signature'.",
        "RFC 7518 §3.2",
    ),
    row(
        "K04",
        "No white space around the secret",
        "It counts as part of the secret here and is trimmed elsewhere, so that signatures do not match.",
        "RFC 7518 §3.2",
    ),
    row(
        "K05",
        "A secret is not a public key",
        "If a verifier takes the public key for the secret, everybody who has that key can sign.",
        "RFC 8725 §3.1",
    ),
    row(
        "K06",
        "The RSA key is strong",
        "Short keys, odd exponents and primes of a faulty generator can be broken.",
        "RFC 7518 §3.3",
    ),
    row(
        "K07",
        "Only the half of the key that is needed",
        "Private keys sign, public keys verify. A private key on a verifier can be stolen there.",
        "RFC 8725 §3.1, RFC 7517 §9.2",
    ),
    row(
        "K08",
        "The curve belongs to the algorithm",
        "Each ECDSA algorithm of JOSE has exactly one curve.",
        "RFC 7518 §3.4",
    ),
    row(
        "K09",
        "The key is one that can be used",
        "Keys of other formats and curves are named, so that they can be converted or replaced.",
        "RFC 7518 §6.1",
    ),
    row(
        "T01",
        "Times are numbers",
        "A text or anything else in exp, nbf or iat is refused by strict libraries and ignored by lax ones, which then never expire the token.",
        "RFC 7519 §2, §4.1.4",
    ),
    row(
        "T02",
        "Times are in seconds",
        "Clocks of several languages count milliseconds. Read as seconds, they lie thousands of years ahead, and the token never expires.",
        "RFC 7519 §2",
    ),
    row(
        "T03",
        "Times are whole seconds",
        "A fraction is allowed, but libraries that read an integer fail on it, and others round it.",
        "RFC 7519 §2",
    ),
    row(
        "T04",
        "Times are within the calendar",
        "Beyond the year 9999 or before 1970 dates overflow, and what then happens differs from library to library.",
        "RFC 7519 §2",
    ),
    row("T05", "The token has not expired", "From exp on a token must not be accepted.", "RFC 7519 §4.1.4"),
    row(
        "T06",
        "The token is valid at some time",
        "A token that expires before it was issued or becomes valid is rejected at any time.",
        "RFC 7519 §4.1.4-4.1.6",
    ),
    row("T07", "The token is valid already", "Before nbf a token must not be accepted.", "RFC 7519 §4.1.5"),
    row(
        "T08",
        "The token was not issued in the future",
        "A time of issue ahead of the clock points to a wrong clock or a wrong time zone.",
        "RFC 7519 §4.1.6",
    ),
    row(
        "T09",
        "Times are UTC",
        "A local time written as if it were UTC is off by the time zone: tokens expire hours early or late.",
        "RFC 7519 §2",
    ),
    row(
        "T10",
        "The token expires soon enough",
        "A stolen token works until it expires. Short lives with renewal keep the damage small.",
        "RFC 8725 §3.8",
    ),
    row(
        "C01",
        "Issuer, audience and identity are named",
        "Without them a token made for one service can be used at another that trusts the same key.",
        "RFC 8725 §3.8-3.9",
    ),
    row(
        "C02",
        "aud names an audience",
        "A receiver that does not find itself in aud must reject the token.",
        "RFC 7519 §4.1.3",
    ),
    row(
        "C03",
        "iss and sub are StringOrURI",
        "Both are compared as text. One with a colon must be a URI.",
        "RFC 7519 §2",
    ),
    row(
        "C04",
        "Claims have their registered names",
        "A misspelt exp is no exp: receivers ignore names they do not know.",
        "RFC 7519 §4",
    ),
    row(
        "P01",
        "No secrets in the claims",
        "A signature does not hide anything: base64url is not encryption.",
        "RFC 7519 §12",
    ),
    row(
        "P02",
        "No card numbers, keys or tokens in the claims",
        "Tokens end up in logs, histories and headers. What they carry ends up there too.",
        "RFC 7519 §12",
    ),
    row(
        "P03",
        "Little personal data",
        "Every receiver, log and proxy on the way can read the claims; an identifier often is enough.",
        "RFC 7519 §12",
    ),
    row(
        "V01",
        "Placeholders can be filled in",
        "What a placeholder stands for must be known when a token is made. Until then there is none.",
        "RFC 7519 §7.1 (1): the claims are written first",
    ),
    row(
        "V02",
        "Variables are used",
        "A variable that no text names changes no token: its name may be misspelt on one side.",
        "RFC 7519 §7.1 (1): the claims are written first",
    ),
    row(
        "V03",
        "Claims keep to their schema",
        "Whoever wrote the schema relies on it. Claims that do not keep to it are refused, or misread, further on.",
        "JSON Schema; RFC 7519 §4 leaves the claims to the application",
    ),
    row(
        "Z01",
        "Fits into a cookie",
        "Browsers drop a cookie that is too large, without a word: the user is simply not logged in.",
        "RFC 6265 §6.1",
    ),
    row(
        "Z02",
        "Fits into a request header",
        "Servers answer 400 or 431 to headers over their limit, before any code of the application runs.",
        "nginx large_client_header_buffers, Apache LimitRequestFieldSize, Tomcat maxHttpHeaderSize",
    ),
    row(
        "Z03",
        "Fits into a URL",
        "Long URLs are cut or refused on the way, and they end up in logs and histories.",
        "RFC 9110 §4.1",
    ),
];

//! The public key inside an X.509 certificate (RFC 5280 §4.1) or a certificate request (RFC 2986 §4.1). Nothing else
//! of them is looked at: who issued them and how long they hold says nothing about a token's signature.

use spki::der::{Decode as _, Encode as _};
use x509_cert::Certificate;
use x509_cert::request::CertReq;

/// The `SubjectPublicKeyInfo` of a certificate; `None` for anything else.
pub(super) fn public_key(der: &[u8]) -> Option<Vec<u8>> {
    Certificate::from_der(der).ok()?.tbs_certificate().subject_public_key_info().to_der().ok()
}

/// The `SubjectPublicKeyInfo` of a certificate request; `None` for anything else.
pub(super) fn requested_key(der: &[u8]) -> Option<Vec<u8>> {
    CertReq::from_der(der).ok()?.info.public_key.to_der().ok()
}

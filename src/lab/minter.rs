//! Mints the token of a login.

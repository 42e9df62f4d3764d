//! What a token costs: bytes and time.

//! Tells how long the event loop stood still.

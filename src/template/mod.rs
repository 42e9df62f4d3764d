//! Templates: the file format, placeholders, variables and rendering.

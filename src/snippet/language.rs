//! What the draft can be written in.

use super::model::{Draft, Value};
use super::{Snippet, csharp, curl, fastapi, go, java, jose, jsonwebtoken, python, rust, unsupported};
use crate::jose::error::Problem;

/// A language and the library that signs there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Python with PyJWT.
    PyJwt,
    /// A FastAPI server that mints on its event loop.
    FastApiBlocking,
    /// A FastAPI server that mints on a worker thread.
    FastApiOffLoop,
    /// Node with jose.
    Jose,
    /// Node with jsonwebtoken.
    Jsonwebtoken,
    /// Go with golang-jwt.
    Go,
    /// Java with jjwt.
    Java,
    /// C# with System.IdentityModel.Tokens.Jwt.
    CSharp,
    /// Rust with jsonwebtoken.
    Rust,
    /// A request that bears the token.
    Curl,
}

impl Language {
    /// All of them, in the order to offer them.
    pub const ALL: [Self; 10] = [
        Self::PyJwt,
        Self::FastApiBlocking,
        Self::FastApiOffLoop,
        Self::Jose,
        Self::Jsonwebtoken,
        Self::Go,
        Self::Java,
        Self::CSharp,
        Self::Rust,
        Self::Curl,
    ];

    /// The name in lists.
    pub const fn label(self) -> &'static str {
        match self {
            Self::PyJwt => "Python, PyJWT",
            Self::FastApiBlocking => "FastAPI, blocking",
            Self::FastApiOffLoop => "FastAPI, off the loop",
            Self::Jose => "Node, jose",
            Self::Jsonwebtoken => "Node, jsonwebtoken",
            Self::Go => "Go, golang-jwt",
            Self::Java => "Java, jjwt",
            Self::CSharp => "C#, System.IdentityModel",
            Self::Rust => "Rust, jsonwebtoken",
            Self::Curl => "curl",
        }
    }

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PyJwt => "pyjwt",
            Self::FastApiBlocking => "fastapi-blocking",
            Self::FastApiOffLoop => "fastapi-off-loop",
            Self::Jose => "node-jose",
            Self::Jsonwebtoken => "node-jsonwebtoken",
            Self::Go => "go",
            Self::Java => "java",
            Self::CSharp => "csharp",
            Self::Rust => "rust",
            Self::Curl => "curl",
        }
    }

    /// What a file with the code is called, so that the command to run it is right.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::PyJwt => "mint.py",
            Self::FastApiBlocking | Self::FastApiOffLoop => "main.py",
            Self::Jose | Self::Jsonwebtoken => "mint.mjs",
            Self::Go => "mint.go",
            Self::Java => "Mint.java",
            Self::CSharp => "Program.cs",
            Self::Rust => "main.rs",
            Self::Curl => "request.sh",
        }
    }

    pub(super) fn write(self, draft: &Draft) -> Result<Snippet, Problem> {
        match self {
            Self::PyJwt => python::write(draft),
            Self::FastApiBlocking => fastapi::write(draft, false),
            Self::FastApiOffLoop => fastapi::write(draft, true),
            Self::Jose => jose::write(draft),
            Self::Jsonwebtoken => jsonwebtoken::write(draft),
            Self::Go => go::write(draft),
            Self::Java => java::write(draft),
            Self::CSharp => csharp::write(draft),
            Self::Rust => rust::write(draft),
            Self::Curl => curl::write(draft),
        }
    }
}

/// Refuses numbers that are no finite double unless `also` takes them: they would become infinity.
///
/// # Errors
/// The first such number.
pub(super) fn check_range(
    draft: &Draft,
    also: impl Fn(&super::model::Number) -> bool,
    instead: &str,
) -> Result<(), Problem> {
    let mut beyond = None;
    draft.visit(&mut |value| {
        if let Value::Number(number) = value
            && number.double().is_none()
            && !also(number)
        {
            beyond.get_or_insert_with(|| crate::jose::text::shown(number.raw()));
        }
    });
    beyond.map_or(Ok(()), |number| {
        Err(unsupported(
            format!("{number} is beyond the range of the numbers there: it would become infinity"),
            instead,
        ))
    })
}

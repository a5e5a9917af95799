//! What code declares: routes and tables, read without running anything.
//!
//! An [`extractor::Extractor`] is data and says what a declaration of one framework looks like, as
//! patterns over tokens. [`lexer`] tells comments and strings from what runs, [`outline`] knows
//! functions, imports and names, [`declared`] finds the declarations of one file, and [`link`]
//! follows routers across files to the whole path.

mod builtin;
pub mod common;
pub mod declared;
pub mod extractor;
pub mod lexer;
pub mod link;
pub mod outline;
pub mod path;
pub mod pattern;
mod read;
pub mod shape;
mod stands;

use std::collections::BTreeMap;

use crate::base::{RepoPath, Span};
pub use builtin::builtin;
pub use read::{Texts, read};

/// Everything that the code of a tree declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// In the order of files and places.
    pub routes: Vec<Route>,
    pub tables: Vec<Table>,
    pub frameworks: Vec<Framework>,
    /// The texts of the files that declare something.
    pub texts: BTreeMap<RepoPath, String>,
    /// The files that may declare something as well, in the order of their paths.
    pub unread: Vec<Unread>,
}

/// A file of code that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub file: RepoPath,
    /// As a clause: "it is larger than 1 MiB".
    pub why: String,
}

impl Code {
    /// Puts something before the paths of all routes.
    pub fn put_before(&mut self, prefix: &str) {
        for route in &mut self.routes {
            route.path = path::tidied(&path::joined(prefix, &route.path));
        }
    }
}

/// A route that a server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// `GET`; `ANY` for whatever a client sends.
    pub method: String,
    /// From the root of the server, parameters as `{name}`.
    pub path: String,
    /// Whether that is known. Where it is not, this is how the path ends.
    pub whole: bool,
    /// A parameter that may be missing is left out of it. Whoever states the longer path need not
    /// state this one.
    pub shortened: bool,
    /// It serves those who run the product: health, metrics.
    pub service: bool,
    pub file: RepoPath,
    pub span: Span,
    /// Counted from one.
    pub line: u32,
    /// Its place in [`Code::frameworks`].
    pub framework: usize,
}

/// A table of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    pub file: RepoPath,
    pub span: Span,
    /// Counted from one.
    pub line: u32,
    pub framework: usize,
}

/// What was read in the way of one extractor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Framework {
    pub id: String,
    pub title: String,
    /// How many files were read for it.
    pub files: usize,
    pub routes: usize,
    pub tables: usize,
    /// Whether its files declare routes at all.
    pub declares_routes: bool,
}

//! Extractors: what the declarations of one framework look like, as data.

mod raw;

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use super::lexer::Language;
use super::pattern::Pattern;
use super::shape::{Action, Shape};
use crate::base::Span;

/// The number of the format of extractors.
pub const SCHEMA: i64 = 1;

/// How one framework declares routes or tables. `rules/extractors/README.md` explains each key.
#[derive(Debug)]
pub struct Extractor {
    pub id: String,
    pub title: String,
    pub language: Language,
    /// How the names of files end that may declare something.
    pub endings: Vec<String>,
    /// A file that declares something holds one of these words. Without any, every file is read.
    pub hints: Vec<String>,
    /// Names that are taken for routers where nothing shows what they are.
    pub names: Vec<String>,
    /// Types whose values are routers.
    pub types: Vec<String>,
    /// Those of the names and types that are the application itself.
    pub apps: Vec<String>,
    pub routers: Vec<RouterRule>,
    pub routes: Vec<RouteRule>,
    pub mounts: Vec<MountRule>,
    pub scopes: Vec<ScopeRule>,
    pub tables: Vec<TableRule>,
    pub files: Vec<FileRule>,
    /// What stands in a path for the name of the function that follows the route.
    pub action: Option<String>,
    /// What words of the code mean as methods.
    pub methods: BTreeMap<String, String>,
    /// A file is read up to the first of these texts: what undoes a migration stands behind it.
    pub until: Vec<String>,
    /// Functions in which nothing is declared: those that undo a migration.
    pub outside: Vec<String>,
}

/// How a router is made.
#[derive(Debug)]
pub struct RouterRule {
    pub pattern: Pattern,
    /// It is the application itself: nothing is above it.
    pub root: bool,
}

/// How a route is declared.
#[derive(Debug)]
pub struct RouteRule {
    pub pattern: Pattern,
    /// The methods where the pattern captures none.
    pub methods: Vec<String>,
    /// What it is called on stands behind an `@`.
    pub decorator: bool,
    /// The path where the pattern captures none.
    pub path: Option<String>,
    pub of: Of,
    /// It is one only in files that stand where this rule says.
    pub within: Option<String>,
    pub shape: Shape,
    /// What it declares instead of one route: the actions of a resource.
    pub actions: Vec<Action>,
}

/// How a router is put below another.
#[derive(Debug)]
pub struct MountRule {
    pub pattern: Pattern,
    /// The prefix takes the place of the router's own.
    pub replaces: bool,
    /// The target is a folder: all files below it are mounted, each by the folders between.
    pub folder: bool,
    pub shape: Shape,
}

/// A stretch of code whose routes have a prefix.
#[derive(Debug)]
pub struct ScopeRule {
    pub pattern: Pattern,
    pub of: Of,
    /// It holds for every route of the framework.
    pub everywhere: bool,
    /// What stands for the name of the class in a prefix, and the end of the name that is left out.
    pub class: Option<(String, String)>,
    /// The prefix where the pattern captures none.
    pub prefix: Option<String>,
    pub shape: Shape,
    /// What stands in it declares nothing.
    pub ignores: bool,
}

/// What a declaration belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// What it is called on, else what stands around it.
    #[default]
    Around,
    /// The class that follows.
    Class,
    /// The function that follows, which something else mounts.
    Function,
    /// What stands around it, where that is no function.
    Outside,
}

/// How a table comes or goes.
#[derive(Debug)]
pub struct TableRule {
    pub pattern: Pattern,
    pub does: Does,
    /// Where no name is captured, the table is called as the class around it.
    pub plural: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Does {
    #[default]
    Create,
    Drop,
    Rename,
}

/// Files whose place says what they serve.
#[derive(Debug)]
pub struct FileRule {
    pub id: String,
    /// Matches paths from the repository root; its group `path` is what the file serves.
    pub place: Regex,
    pub prefix: String,
    /// The methods of a file in which no route is found.
    pub methods: Vec<String>,
}

/// What is wrong with an extractor.
#[derive(Debug, PartialEq, Eq)]
pub struct Mistake {
    pub span: Span,
    pub why: String,
}

impl Extractor {
    /// Whether a file may declare something, by its name.
    pub fn reads(&self, path: &str) -> bool {
        self.endings.iter().any(|ending| path.ends_with(&**ending))
    }

    /// Whether a name is one that routers have. `*Router` stands for all that end so.
    pub fn is_router_name(&self, name: &str) -> bool {
        self.names.iter().any(|known| match known.strip_prefix('*') {
            Some(end) => name.len() > end.len() && name.ends_with(end),
            None => known == name,
        })
    }

    /// Whether a name or type is one of the application itself.
    pub fn is_app(&self, word: &str) -> bool {
        self.apps.iter().any(|known| known == word)
    }

    /// The rule for files that stand where this one does, and what it serves by that.
    pub fn place(&self, path: &str) -> Option<(&FileRule, String)> {
        self.files.iter().find_map(|rule| {
            let found = rule.place.captures(path)?;
            let below = found.name("path").map_or("", |below| below.as_str());
            // Folders of Next.js that group files and slots of pages are no part of an address.
            let parts = below.split('/').filter(|part| {
                !(part.starts_with('(') && part.ends_with(')') || part.starts_with('@'))
            });
            let below = parts.collect::<Vec<_>>().join("/");
            Some((rule, super::path::joined(&rule.prefix, &below)))
        })
    }

    /// What a word means as a method; `ANY` for all of them.
    pub fn method(&self, word: &str) -> Option<String> {
        if let Some(known) = self.methods.get(word) {
            return Some(known.clone());
        }
        let upper = word.to_ascii_uppercase();
        const KNOWN: &[&str] =
            &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "WS", "TRACE", "ANY"];
        KNOWN.contains(&&*upper).then_some(upper)
    }
}

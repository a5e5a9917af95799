//! What tells the languages apart.

use serde::Deserialize;

/// A family of languages whose comments, strings and blocks look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// JavaScript and TypeScript, with JSX.
    Javascript,
    Python,
    Java,
    Kotlin,
    Csharp,
    Go,
    Rust,
    Php,
    Ruby,
    /// Any dialect of SQL.
    Sql,
    Prisma,
}

/// The strings of a language that begin with a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// To the same mark on the same line, with backslashes.
    Plain,
    /// The same over several lines.
    Long,
    /// As `Long`, with expressions in it.
    Template,
    /// To the same mark, and a backslash is one.
    Raw,
    /// A single character, else nothing of a string.
    Character,
    /// A name.
    Name,
}

impl Language {
    pub fn line_comments(self) -> &'static [&'static str] {
        match self {
            Language::Python | Language::Ruby => &["#"],
            Language::Php => &["//", "#"],
            Language::Sql => &["--", "#"],
            _ => &["//"],
        }
    }

    /// How the names of its files end.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Language::Javascript => &[".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".jsx", ".tsx"],
            Language::Python => &[".py"],
            Language::Java => &[".java"],
            Language::Kotlin => &[".kt"],
            Language::Csharp => &[".cs"],
            Language::Go => &[".go"],
            Language::Rust => &[".rs"],
            Language::Php => &[".php"],
            Language::Ruby => &[".rb"],
            Language::Sql => &[".sql"],
            Language::Prisma => &[".prisma"],
        }
    }

    pub fn has_block_comments(self) -> bool {
        !matches!(self, Language::Python | Language::Ruby)
    }

    /// Whether a block comment may hold another.
    pub fn nests_comments(self) -> bool {
        matches!(self, Language::Rust | Language::Kotlin)
    }

    /// Whether a class stands in a file of its name, which others of its package need not import.
    pub fn names_by_package(self) -> bool {
        matches!(self, Self::Java | Self::Kotlin)
    }

    /// Whether blocks are told by how far lines are indented.
    pub fn indents(self) -> bool {
        self == Language::Python
    }

    /// Whether blocks end with the word `end`.
    pub fn has_end(self) -> bool {
        self == Language::Ruby
    }

    /// What a mark begins that may begin a string.
    pub fn quote(self, mark: char) -> Option<Quote> {
        Some(match (self, mark) {
            (Language::Javascript, '`') => Quote::Template,
            (Language::Go, '`') => Quote::Raw,
            (Language::Go | Language::Java | Language::Kotlin | Language::Csharp, '\'')
            | (Language::Rust, '\'') => Quote::Character,
            (Language::Sql, '\'') => Quote::Long,
            (Language::Sql, '"' | '`') => Quote::Name,
            (Language::Php, '\'') => Quote::Long,
            (Language::Php | Language::Ruby, '"') => Quote::Template,
            (Language::Ruby, '\'') | (Language::Rust, '"') => Quote::Long,
            (Language::Kotlin, '"') => Quote::Template,
            (Language::Python | Language::Javascript, '\'') => Quote::Plain,
            (_, '"') => Quote::Plain,
            _ => return None,
        })
    }

    /// Whether three quotes begin a string of several lines.
    pub fn has_triple(self) -> bool {
        matches!(self, Language::Python | Language::Java | Language::Kotlin | Language::Csharp)
    }

    /// Whether a character may stand in a name.
    pub fn in_word(self, c: char) -> bool {
        c.is_alphanumeric() || c == '_' || c == '$' && matches!(self, Language::Javascript)
    }
}

//! Files that decide: how their bytes become values, and how their mistakes are shown.

use std::ops::Range;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::mistakes;
use crate::base::words::{closest, list};
use crate::base::{Failure, RepoPath, Span};

/// A file that decides: a workflow file or the configuration, kept whole to show its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyFile {
    /// Where it stands: a path of the repository, or `builtin:ID` for one that gatecheck brings.
    pub path: RepoPath,
    pub text: String,
}

impl PolicyFile {
    /// Policy is written by people; what is larger than this many bytes is something else.
    pub const LIMIT: usize = 1 << 20;

    /// Takes the bytes of a policy file. A byte order mark is dropped.
    ///
    /// # Errors
    /// The bytes are too many, or are not UTF-8.
    pub fn read(path: &RepoPath, bytes: Vec<u8>) -> Result<Self, Failure> {
        let cannot =
            |why: String, help: &str| Failure::new(format!("cannot use {path}"), why, help);
        if bytes.len() > Self::LIMIT {
            let why = format!("it has {} bytes, and {} are the most", bytes.len(), Self::LIMIT);
            return Err(cannot(why, "check that this is the file you mean"));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            cannot(format!("byte {at} is not UTF-8"), "save the file as UTF-8 text")
        })?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Ok(Self { path: path.clone(), text })
    }

    /// A failure at a place of this file.
    pub fn fail(
        &self,
        span: Range<usize>,
        why: impl Into<String>,
        help: impl Into<String>,
    ) -> Failure {
        let failure = Failure::new(format!("cannot use {}", self.path), why.into(), help);
        failure.at(&self.path, &self.text, Span::new(span.start, span.end))
    }
}

/// Reads the values of a policy file. A key or word that is not known fails with the nearest
/// one that is.
///
/// # Errors
/// The text is not TOML, or not of the shape that `T` wants.
pub fn read_toml<T: DeserializeOwned>(file: &PolicyFile) -> Result<T, Failure> {
    toml::from_str(&file.text).map_err(|error| {
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        let span = error.span().unwrap_or(0..0);
        let pointed = file.text.get(span.clone()).unwrap_or_default();
        let (why, help) = mistakes::explain(&message, pointed);
        file.fail(span, why, help)
    })
}

/// As [`read_toml`], for a file whose format has the number `known`; `schema` is the key that
/// states the number of a file.
///
/// # Errors
/// As [`read_toml`], or the file states another number.
pub fn read_schema<T: DeserializeOwned>(
    file: &PolicyFile,
    known: i64,
    schema: impl Fn(&T) -> &Spanned<i64>,
) -> Result<T, Failure> {
    /// What is left of a file whose other keys may be those of another schema.
    #[derive(Deserialize)]
    struct Numbered {
        schema: Spanned<i64>,
    }
    let read: Result<T, Failure> = read_toml(file);
    // A file of another schema would fail for its first new key: the number says it better.
    let stated = match &read {
        Ok(raw) => Some(schema(raw).clone()),
        Err(_) => toml::from_str::<Numbered>(&file.text).ok().map(|raw| raw.schema),
    };
    if let Some(stated) = stated.filter(|stated| *stated.get_ref() != known) {
        let why = format!("schema {} is not known to this gatecheck", stated.get_ref());
        let help = format!("use a gatecheck that knows it, or write the file for schema {known}");
        return Err(file.fail(stated.span(), why, help));
    }
    read
}

/// Advice for a word that is not known: the nearest that is, or all of them.
pub fn suggestion(word: &str, known: &[&str]) -> String {
    let quote = |word: &&str| format!("`{word}`");
    match closest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => String::from("remove it"),
        None => format!("known here: {}", list(&known.iter().map(quote).collect::<Vec<_>>())),
    }
}

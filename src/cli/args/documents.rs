//! Which documents are looked at on their own.

use std::path::PathBuf;

use clap::Args;

use super::{FormArgs, ShapeArgs};
use crate::base::words;
use crate::workflow::Kind;

#[derive(Clone, Debug, Args)]
pub struct LintArgs {
    /// Files, folders to search for *.md, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub forms: FormArgs,
}

#[derive(Clone, Debug, Args)]
pub struct InspectArgs {
    /// Files, folders to search for *.md, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Read them as this kind of document, whatever their paths say
    #[arg(long = "as", value_name = "KIND", value_parser = kind)]
    pub kind: Option<Kind>,
    #[command(flatten)]
    pub shape: ShapeArgs,
}

fn kind(word: &str) -> Result<Kind, String> {
    let known = || Kind::ALL.iter().map(|(_, word)| *word);
    if let Some((kind, _)) = Kind::ALL.iter().find(|(_, known)| *known == word) {
        return Ok(*kind);
    }
    let meant = words::closest(word, known()).map(|meant| format!("did you mean {meant}? "));
    let known: Vec<&str> = known().collect();
    Err(format!("{}the kinds are {}", meant.unwrap_or_default(), words::list(&known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_kind_is_answered_with_the_closest() {
        assert_eq!(kind("evidence"), Ok(Kind::Evidence));
        let error = kind("evidnce").unwrap_err();
        assert!(error.starts_with("did you mean evidence? "), "{error}");
    }
}

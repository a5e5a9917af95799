//! Paths that nearly match a pattern, so that a message can say what was probably meant.

use super::matching::match_components;
use super::{Captures, Pattern, fill, names};
use crate::base::words::distance;

/// How a path misses a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// The right name with another extension.
    OtherExtension,
    /// The right name in a folder where nobody looks for it.
    OtherFolder,
    /// Nearly the right name in the right folder.
    Misspelled,
}

impl Pattern {
    /// Whether a path nearly matches, whatever the captures.
    pub fn is_near(&self, path: &str) -> bool {
        self.near(&Captures::new(), path).is_some()
    }

    /// How a path that does not match nearly does, given what the captures should be.
    ///
    /// Where captures name a folder, a path counts as near only if one of its folders has that
    /// name: else the evidence of every feature would be near to that of every other.
    pub fn near(&self, captures: &Captures, path: &str) -> Option<Near> {
        if self.matches(path).is_some() {
            return None;
        }
        let (last, folders) = self.components.split_last()?;
        let wanted = fill(last.pieces()?, captures);
        let mut parts: Vec<&str> = path.split('/').collect();
        let name = parts.pop()?;
        let mut bound = Vec::new();
        let same_folder = match_components(folders, &parts, &mut bound).is_some();
        let differs = |&(name, value): &(&str, &str)| {
            captures.get(name).is_some_and(|known| plain(known) != plain(value))
        };
        let named = |value: &String| parts.iter().any(|part| plain(part) == plain(value));
        let of_others = match same_folder {
            true => bound.iter().any(differs),
            false => !names(folders).filter_map(|name| captures.get(name)).all(named),
        };
        if of_others {
            return None;
        }
        let ((wanted_stem, wanted_end), (stem, end)) = (split(&wanted), split(name));
        if wanted_stem.contains(['*', '{']) {
            return None;
        }
        let turned = words(wanted_stem) == words(stem);
        let (wanted_stem, stem) = (plain(wanted_stem), plain(stem));
        let limit = wanted_stem.chars().count() / 3;
        match wanted_stem == stem {
            true if !end.eq_ignore_ascii_case(wanted_end) => Some(Near::OtherExtension),
            true if !same_folder => Some(Near::OtherFolder),
            true => Some(Near::Misspelled),
            false if same_folder && (turned || distance(&wanted_stem, &stem) <= limit) => {
                Some(Near::Misspelled)
            }
            false => None,
        }
    }
}

/// A name without what people write differently: case, `-`, `_`, `.` and blanks.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words of a name in whatever order.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(plain).collect();
    words.sort_unstable();
    words
}

fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('.').unwrap_or((name, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(pattern: &str, path: &str) -> Option<Near> {
        let captures = Captures::from([("feature".to_owned(), "auth".to_owned())]);
        Pattern::parse(pattern).unwrap().near(&captures, path)
    }

    #[test]
    fn near_names_are_told_from_other_names() {
        let stories = "foundation/product/user-stories.md";
        assert_eq!(
            near(stories, "foundation/product/user-stories.txt"),
            Some(Near::OtherExtension)
        );
        assert_eq!(near(stories, "product/User_Stories.md"), Some(Near::OtherFolder));
        assert_eq!(near(stories, "foundation/product/user-story.md"), Some(Near::Misspelled));
        assert_eq!(near(stories, "foundation/product/UserStories.md"), Some(Near::Misspelled));
        assert_eq!(near(stories, "foundation/product/golden-paths.md"), None);
        assert_eq!(near(stories, stories), None);
    }

    #[test]
    fn a_document_of_another_feature_is_not_near() {
        let evidence = "implementation/{feature}/EVIDENCE.md";
        assert_eq!(near(evidence, "build/auth/EVIDENCE.md"), Some(Near::OtherFolder));
        assert_eq!(near(evidence, "build/todos/EVIDENCE.md"), None);
        assert_eq!(near(evidence, "implementation/auth/EVIDNCE.md"), Some(Near::Misspelled));
        assert_eq!(near(evidence, "implementation/todos/EVIDNCE.md"), None);
        let interface = "a/INTERFACE-{feature}.md";
        assert_eq!(near(interface, "a/auth-INTERFACE.md"), Some(Near::Misspelled));
        assert_eq!(near(interface, "a/todos-INTERFACE.md"), None);
        assert_eq!(near("a/INTERFACE-{feature}.md", "b/INTERFACE-todos.md"), None);
    }
}

//! Paths that stand for all that a pattern matches.

use super::{Component, Pattern, Piece};

/// A name that no pattern spells out.
const FRESH: &str = "ꙮ";

/// More folders than any pattern names.
const DEEP: usize = 24;

/// The most paths that are tried.
const MOST: usize = 4096;

impl Pattern {
    /// Paths of which another pattern that takes all of them takes whatever this one matches: each
    /// `*` is nothing and a name that nobody uses, each `**` no folder and many, and each capture
    /// what `values` says. Nothing where they would be too many.
    pub fn samples(&self, values: &dyn Fn(&str) -> Vec<String>) -> Option<Vec<String>> {
        let mut paths = vec![String::new()];
        for component in &self.components {
            let choices = match component {
                Component::Any => vec![String::new(), [FRESH; DEEP].join("/")],
                Component::Pieces(pieces) => named(pieces, values)?,
            };
            let joined = paths.iter().flat_map(|path| {
                choices.iter().map(move |choice| match (&**path, &**choice) {
                    ("", below) => below.to_owned(),
                    (above, "") => above.to_owned(),
                    (above, below) => format!("{above}/{below}"),
                })
            });
            paths = joined.collect();
            if paths.len() > MOST {
                return None;
            }
        }
        // A pattern that ends in folders only means what stands in them.
        paths.retain(|path| !path.is_empty());
        Some(paths)
    }

    /// What it means, however it is spelled: patterns that are alike match the same paths.
    pub fn spelling(&self) -> String {
        let plain = |c: char| if matches!(c, '_' | ' ') { '-' } else { c };
        self.written.to_lowercase().chars().map(plain).collect()
    }
}

/// The names that stand for all that the pieces of one component match.
fn named(pieces: &[Piece], values: &dyn Fn(&str) -> Vec<String>) -> Option<Vec<String>> {
    let mut names = vec![String::new()];
    for piece in pieces {
        let choices = match piece {
            Piece::Literal(text) => vec![text.clone()],
            Piece::Star => vec![String::new(), FRESH.to_owned()],
            Piece::Capture(name) => values(name),
        };
        let longer = names
            .iter()
            .flat_map(|name| choices.iter().map(move |choice| format!("{name}{choice}")));
        names = longer.collect();
        if names.len() > MOST {
            return None;
        }
    }
    names.retain(|name| !name.is_empty());
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether one pattern takes all that another one matches.
    fn takes(wide: &str, narrow: &str) -> bool {
        let values = |name: &str| vec![format!("some-{name}")];
        let samples = Pattern::parse(narrow).unwrap().samples(&values).unwrap();
        let wide = Pattern::parse(wide).unwrap();
        !samples.is_empty() && samples.iter().all(|path| wide.matches(path).is_some())
    }

    #[test]
    fn a_pattern_takes_another_where_it_takes_every_sample() {
        let taken = [
            ("a/{feature}.md", "a/status-*.md"),
            ("a/*.md", "a/{feature}.md"),
            ("**/*.md", "a/**/b-{role}.md"),
            ("a/**", "a/**/x.md"),
            ("A/user-*.md", "a/User_stories.md"),
        ];
        for (wide, narrow) in taken {
            assert!(takes(wide, narrow), "{wide} {narrow}");
        }
        let free = [
            ("a/status-{feature}.md", "a/status-*.md"),
            ("a/*/*.md", "a/**/*.md"),
            ("a/*/*/*.md", "a/**/x.md"),
            ("a/{feature}.md", "a/*.txt"),
            ("a/some-feature.md", "a/*.md"),
        ];
        for (wide, narrow) in free {
            assert!(!takes(wide, narrow), "{wide} {narrow}");
        }
    }

    #[test]
    fn every_sample_is_matched_by_its_own_pattern() {
        let values = |name: &str| vec![format!("some-{name}"), "x".to_owned()];
        for written in ["a/**/b-*-{role}.md", "**/*.md", "drafts/", "{feature}/**/x.md", "*"] {
            let pattern = Pattern::parse(written).unwrap();
            let samples = pattern.samples(&values).unwrap();
            assert!(!samples.is_empty(), "{written}");
            for path in samples {
                assert!(pattern.matches(&path).is_some(), "{written}: {path}");
            }
        }
    }
}

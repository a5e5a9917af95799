//! Path patterns with captures: `milestones/**/{feature}/EVIDENCE.md`.

mod matching;
mod near;
mod samples;

use std::collections::BTreeMap;

use matching::{match_components, match_pieces};
pub use near::Near;

/// What the captures of a pattern stood for in one path: `feature` → `auth`.
pub type Captures = BTreeMap<String, String>;

/// A path pattern below a folder.
///
/// `*` stands for any run within one component, `**` for any number of whole components,
/// `{name}` for a run of at least one character within a component that is captured. Letters
/// match without regard to case, and `-`, `_` and blanks match each other. A pattern that ends in `/` means everything below that folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pub written: String,
    components: Vec<Component>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Component {
    /// `**`
    Any,
    /// Literals and wildcards in turn, never two of one sort side by side.
    Pieces(Vec<Piece>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Star,
    Capture(String),
}

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPattern {
    #[error("it is empty")]
    Empty,
    #[error("it starts at `/`, and patterns count from a folder of the repository")]
    Absolute,
    #[error("`{0}` is no folder that a pattern can name")]
    Relative(String),
    #[error("folders are parted by `/`, not by `\\`")]
    Backslash,
    #[error("`{{` is never closed")]
    Unclosed,
    #[error("`}}` closes nothing")]
    Unopened,
    #[error("`{{{0}}}` is no name of a capture: lower case letters, digits and `-` are")]
    Name(String),
    #[error("`{{{0}}}` is captured twice")]
    Twice(String),
    #[error("`**` stands for whole folders and takes nothing beside it in `{0}`")]
    Mixed(String),
    #[error("nothing parts the two wildcards in `{0}`")]
    Touching(String),
}

/// How narrowly a pattern says what it wants. The greater of two is the more specific.
///
/// Literal components count before captures, captures before `*`; fewer `**` and more literal
/// characters decide between the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Specificity {
    literals: usize,
    captures: usize,
    stars: usize,
    without_any: std::cmp::Reverse<usize>,
    characters: usize,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// The text is no pattern; the error says what is wrong with it.
    pub fn parse(written: &str) -> Result<Self, BadPattern> {
        if written.starts_with('/') || written.as_bytes().get(1) == Some(&b':') {
            return Err(BadPattern::Absolute);
        }
        if written.contains('\\') {
            return Err(BadPattern::Backslash);
        }
        let below = written.strip_suffix('/').map(|folder| (folder, Component::Any));
        let (path, last) = below.map_or((written, None), |(folder, any)| (folder, Some(any)));
        if path.is_empty() {
            return Err(BadPattern::Empty);
        }
        let mut components = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for part in path.split('/') {
            let component = component(part)?;
            // Two `**` in a row mean what one means.
            if component != Component::Any || components.last() != Some(&Component::Any) {
                components.push(component);
            }
            for name in part.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)) {
                if names.contains(&name) {
                    return Err(BadPattern::Twice(name.to_owned()));
                }
                names.push(name);
            }
        }
        components.extend(last);
        Ok(Self { written: written.to_owned(), components })
    }

    /// Whether a path, counted from the pattern's folder, is meant, and what its captures are.
    pub fn matches(&self, path: &str) -> Option<Captures> {
        let parts: Vec<&str> = path.split('/').collect();
        self.matches_parts(&parts)
    }

    /// As [`Pattern::matches`], for a path that is already parted.
    pub fn matches_parts(&self, parts: &[&str]) -> Option<Captures> {
        let is_open = self.components.contains(&Component::Any);
        if !is_open && self.components.len() != parts.len() {
            return None;
        }
        let mut bound = Vec::new();
        // Most patterns name a file, and most paths are of another.
        if let (Some(Component::Pieces(pieces)), Some(name)) =
            (self.components.last(), parts.last())
            && !match_pieces(pieces, name, &mut bound)
        {
            return None;
        }
        bound.clear();
        match_components(&self.components, parts, &mut bound)?;
        let owned = bound.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        Some(owned.collect())
    }

    /// A path that the pattern would match, to propose to people. A capture without a value and
    /// `*` stay as they are; `**` is left out.
    pub fn expected(&self, captures: &Captures) -> String {
        let pieces = self.components.iter().filter_map(Component::pieces);
        let parts: Vec<String> = pieces.map(|pieces| fill(pieces, captures)).collect();
        parts.join("/")
    }

    pub fn specificity(&self) -> Specificity {
        let mut found = Specificity {
            literals: 0,
            captures: 0,
            stars: 0,
            without_any: std::cmp::Reverse(0),
            characters: 0,
        };
        for component in &self.components {
            let Some(pieces) = component.pieces() else {
                found.without_any.0 += 1;
                continue;
            };
            if pieces.contains(&Piece::Star) {
                found.stars += 1;
            } else if pieces.iter().any(|piece| matches!(piece, Piece::Capture(_))) {
                found.captures += 1;
            } else {
                found.literals += 1;
            }
            found.characters += pieces.iter().map(Piece::characters).sum::<usize>();
        }
        found
    }

    /// Whether a capture stands for a whole name: `{feature}/` or `{feature}.md`, and not
    /// `INTERFACE-{feature}.md`.
    pub fn captures_whole(&self, capture: &str) -> bool {
        let alone = |pieces: &[Piece]| match pieces {
            [Piece::Capture(name)] => name == capture,
            [Piece::Capture(name), Piece::Literal(end)] => name == capture && end.starts_with('.'),
            _ => false,
        };
        self.components.iter().filter_map(Component::pieces).any(alone)
    }

    /// The names of the captures.
    pub fn captures(&self) -> impl Iterator<Item = &str> {
        names(&self.components)
    }

    /// Whether the pattern narrows nothing but the extension: `**`, `**/*.md`.
    pub fn is_everything(&self) -> bool {
        let narrows =
            |piece: &Piece| matches!(piece, Piece::Literal(text) if !text.starts_with('.'));
        let wild =
            |pieces: &[Piece]| pieces.first() == Some(&Piece::Star) && !pieces.iter().any(narrows);
        self.components.iter().all(|component| component.pieces().is_none_or(wild))
    }

    /// Whether the pattern is one of a folder of files, whatever they are called.
    pub fn is_of_many(&self) -> bool {
        let last = self.components.last().map(|component| component.pieces());
        last.is_some_and(|pieces| pieces.is_none_or(|pieces| pieces.first() == Some(&Piece::Star)))
    }

    /// Whether the pattern means one file and no other.
    pub fn is_one_file(&self) -> bool {
        !self.is_open() && self.captures().next().is_none()
    }

    /// Whether the pattern leaves folders or names open: it holds `*` or `**`.
    pub fn is_open(&self) -> bool {
        let open = |pieces: &[Piece]| pieces.contains(&Piece::Star);
        self.components.iter().any(|component| component.pieces().is_none_or(open))
    }
}

impl Component {
    fn pieces(&self) -> Option<&[Piece]> {
        match self {
            Component::Any => None,
            Component::Pieces(pieces) => Some(pieces),
        }
    }
}

impl Piece {
    fn characters(&self) -> usize {
        if let Piece::Literal(text) = self { text.chars().count() } else { 0 }
    }
}

/// The names of the captures in these components.
fn names(components: &[Component]) -> impl Iterator<Item = &str> {
    let pieces = components.iter().filter_map(Component::pieces).flatten();
    pieces.filter_map(|piece| match piece {
        Piece::Capture(name) => Some(name.as_str()),
        Piece::Literal(_) | Piece::Star => None,
    })
}

/// One component with its captures filled in.
fn fill(pieces: &[Piece], captures: &Captures) -> String {
    let filled = pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => text.clone(),
        Piece::Star => "*".to_owned(),
        Piece::Capture(name) => {
            captures.get(name).cloned().unwrap_or_else(|| format!("{{{name}}}"))
        }
    });
    filled.collect()
}

fn component(part: &str) -> Result<Component, BadPattern> {
    match part {
        "" | "." | ".." => return Err(BadPattern::Relative(part.to_owned())),
        "**" => return Ok(Component::Any),
        _ if part.contains("**") => return Err(BadPattern::Mixed(part.to_owned())),
        _ => {}
    }
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = part;
    while let Some(first) = rest.chars().next() {
        let (piece, after) = match first {
            '*' => (Piece::Star, &rest[1..]),
            '{' => {
                let (name, after) = rest[1..].split_once('}').ok_or(BadPattern::Unclosed)?;
                let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                if name.is_empty() || !name.chars().all(fits) {
                    return Err(BadPattern::Name(name.to_owned()));
                }
                (Piece::Capture(name.to_owned()), after)
            }
            '}' => return Err(BadPattern::Unopened),
            _ => {
                let end = rest.find(['*', '{', '}']).unwrap_or(rest.len());
                (Piece::Literal(rest[..end].to_owned()), &rest[end..])
            }
        };
        let wild = |piece: &Piece| !matches!(piece, Piece::Literal(_));
        if wild(&piece) && pieces.last().is_some_and(wild) {
            return Err(BadPattern::Touching(part.to_owned()));
        }
        pieces.push(piece);
        rest = after;
    }
    Ok(Component::Pieces(pieces))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(written: &str) -> Pattern {
        Pattern::parse(written).unwrap()
    }

    fn captured(written: &str, path: &str) -> Option<String> {
        let found = pattern(written).matches(path)?;
        Some(
            found
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    #[test]
    fn captures_take_what_stands_in_their_place() {
        let found =
            captured("architecture/INTERFACE-{feature}.md", "Architecture/interface-Auth.MD");
        assert_eq!(found.as_deref(), Some("feature=Auth"));
        assert_eq!(captured("a/INTERFACE-{feature}.md", "a/INTERFACE-.md"), None);
        assert_eq!(captured("a/{feature}.md", "a/b/c.md"), None);
        let found = captured("phase-*-{role}-sign-off.md", "phase-3-product-manager-sign-off.md");
        assert_eq!(found.as_deref(), Some("role=product-manager"));
        let found = captured("a/{feature}-USER-GUIDE*.md", "a/auth_user guide-1.md");
        assert_eq!(found.as_deref(), Some("feature=auth"));
        assert_eq!(captured("Ünits/{x}.md", "üNITS/ß.md").as_deref(), Some("x=ß"));
    }

    #[test]
    fn double_stars_take_any_number_of_folders() {
        let written = "milestones/**/{feature}/EVIDENCE.md";
        assert_eq!(
            captured(written, "milestones/auth/EVIDENCE.md").as_deref(),
            Some("feature=auth")
        );
        let deep = captured(written, "milestones/epic/one/auth/EVIDENCE.md");
        assert_eq!(deep.as_deref(), Some("feature=auth"));
        assert_eq!(captured(written, "milestones/EVIDENCE.md"), None);
        let twice = captured("**/{feature}/**/tests/*.md", "a/b/tests/c/tests/d.md");
        assert_eq!(twice.as_deref(), Some("feature=a"));
        assert!(pattern("drafts/").matches("drafts/a/b.md").is_some());
        assert!(pattern("**/*.md").matches("a.md").is_some());
    }

    #[test]
    fn the_more_literal_pattern_is_the_more_specific() {
        let order = [
            "a/b/c.md",
            "a/{x}/c.md",
            "a/*/c.md",
            "a/**/c.md",
            "a/{x}/{y}.md",
            "a/*/*.md",
            "a/*/long-*.md",
            "a/**/*.md",
        ];
        let greater = |left: &str, right: &str| {
            assert!(pattern(left).specificity() > pattern(right).specificity(), "{left} {right}");
        };
        greater(order[0], order[1]);
        greater(order[1], order[2]);
        greater(order[2], order[3]);
        greater(order[4], order[5]);
        greater(order[6], order[5]);
        greater(order[5], order[7]);
    }

    #[test]
    fn proposals_fill_what_is_known() {
        let captures = Captures::from([("feature".to_owned(), "auth".to_owned())]);
        assert_eq!(pattern("m/**/{feature}/E-{x}.md").expected(&captures), "m/auth/E-{x}.md");
    }

    #[test]
    fn bad_patterns_say_what_is_wrong() {
        let why = |written| Pattern::parse(written).unwrap_err().to_string();
        assert_eq!(why("a/INTERFACE-{feature.md"), "`{` is never closed");
        assert_eq!(why("a/feature}.md"), "`}` closes nothing");
        assert_eq!(why("a/../b"), "`..` is no folder that a pattern can name");
        assert!(why("/a").contains("starts at `/`"));
        assert!(why("C:\\a").contains("starts at `/`"));
        assert!(why("a\\b").contains("parted by `/`"));
        assert!(why("a//b").contains("no folder"));
        assert!(why("{A b}").contains("no name of a capture"));
        assert!(why("{a}/{a}").contains("twice"));
        assert!(why("a**/b").contains("whole folders"));
        assert!(why("{a}*").contains("nothing parts"));
        assert_eq!(why(""), "it is empty");
    }

    #[test]
    fn many_wildcards_stay_cheap() {
        let written = format!("{}b", "*a".repeat(40));
        assert!(pattern(&written).matches(&"a".repeat(4000)).is_none());
        let written = format!("{}b", "**/a/".repeat(40));
        assert!(pattern(&written).matches(&"a/".repeat(2000)).is_none());
    }
}

//! Questions that everybody asks of a workflow.

use memchr::memchr;

use super::pattern::Specificity;
use super::{
    Captures, Deliverable, Kind, Metric, Part, Pattern, Phase, Place, PolicyFile, Role, Vocabulary,
    Within, Workflow,
};
use crate::base::RepoPath;
use crate::base::words::{flat, normalize};

/// Which deliverable a path is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classified {
    pub phase: usize,
    pub deliverable: usize,
    pub captures: Captures,
}

impl Phase {
    /// Where the documents that it asks for are expected under a root, captures left open.
    pub fn required_paths(&self, root: &RepoPath) -> impl Iterator<Item = RepoPath> {
        let required = self.deliverables.iter().filter(|one| !one.optional);
        let first = required.filter_map(|one| one.paths.first());
        first.map(|pattern| root.join(&pattern.expected(&Captures::new())))
    }
}

impl Workflow {
    /// Each deliverable with the index of its phase and of itself in that phase.
    pub fn deliverables(&self) -> impl Iterator<Item = (usize, usize, &Deliverable)> {
        let numbered = self.phases.iter().enumerate();
        numbered.flat_map(|(phase, held)| {
            held.deliverables.iter().enumerate().map(move |(index, one)| (phase, index, one))
        })
    }

    /// Whether some document is evidence of what was built, in which changes are reported.
    pub fn has_evidence(&self) -> bool {
        self.deliverables().any(|(.., one)| one.kind.is_evidence())
    }

    /// Whether documents of a kind show that the work has begun, so that what was agreed is to be
    /// kept: evidence, and where a workflow asks for none, handoffs.
    pub fn begins(&self, kind: Kind) -> bool {
        kind.is_evidence() || kind == Kind::Handoffs && !self.has_evidence()
    }

    /// Whether what a phase leaves behind is agreed before anybody builds: it comes before a phase
    /// that leaves evidence.
    pub fn is_agreed(&self, phase: usize) -> bool {
        self.agreed.contains(&phase)
    }

    /// The phases that come before one in which work begins.
    pub(super) fn before_work(&self) -> Vec<usize> {
        let evidence = self.deliverables().filter(|(.., one)| self.begins(one.kind));
        let mut found: Vec<usize> = evidence.flat_map(|(builds, ..)| self.before(builds)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The deliverable that a path below the root is: the one with the most specific pattern,
    /// the first in the file of those that are equally so. A capture that cannot be a feature or
    /// a role is no match.
    pub fn classify(&self, below_root: &str) -> Option<Classified> {
        let ((phase, deliverable, _), captures) = self.taken(below_root)?;
        Some(Classified { phase, deliverable, captures })
    }

    /// The place of the pattern that takes a path below the root, as [`Workflow::classify`] has it.
    pub(super) fn taken(&self, below_root: &str) -> Option<((usize, usize, usize), Captures)> {
        let parts: Vec<&str> = below_root.split('/').collect();
        self.narrowest.iter().find_map(|&place| {
            let (phase, deliverable, path) = place;
            let pattern = &self.phases[phase].deliverables[deliverable].paths[path];
            let captures = pattern.matches_parts(&parts)?;
            self.allows(pattern, &captures).then_some((place, captures))
        })
    }

    /// The places of all patterns, the most specific first.
    pub(super) fn by_specificity(phases: &[Phase]) -> Vec<(usize, usize, usize)> {
        let mut places: Vec<(Specificity, (usize, usize, usize))> = Vec::new();
        for (phase, held) in phases.iter().enumerate() {
            for (deliverable, one) in held.deliverables.iter().enumerate() {
                let paths = one.paths.iter().enumerate();
                places
                    .extend(paths.map(|(path, pattern)| {
                        (pattern.specificity(), (phase, deliverable, path))
                    }));
            }
        }
        places.sort_by_key(|(specificity, _)| std::cmp::Reverse(*specificity));
        places.into_iter().map(|(_, place)| place).collect()
    }

    /// A folder called `tests` sorts documents; a file called `INTERFACE-tests` names a feature.
    fn allows(&self, pattern: &Pattern, captures: &Captures) -> bool {
        let captured = |name| captures.get(name).map(|value: &String| normalize(value));
        let sorts = |feature: String| {
            let shows = SAMPLES.contains(&feature.as_str());
            shows || self.reserved.contains(&feature) && pattern.captures_whole("feature")
        };
        captured("feature").is_none_or(|feature| !sorts(feature))
            && captured("role").is_none_or(|role| self.role_in(&role).is_some())
    }

    pub fn phase(&self, id: &str) -> Option<usize> {
        self.phases.iter().position(|phase| phase.id == id)
    }

    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// The role that a normalized label, heading or file name speaks of: the one whose longest
    /// name stands in it as whole words.
    pub fn role_in(&self, normalized: &str) -> Option<&Role> {
        let longest = |role: &Role| {
            let named = role.names.iter().filter(|name| holds_words(normalized, name));
            named.map(String::len).max()
        };
        let named = self.roles.iter().filter_map(|role| Some((longest(role)?, role)));
        // Of two names of one length the role that stands first in the file wins.
        named.rev().max_by_key(|&(length, _)| length).map(|(_, role)| role)
    }

    /// The metric that a normalized label, cell or sentence speaks of: the one whose longest name
    /// stands in it as whole words.
    pub fn metric_in(&self, normalized: &str) -> Option<&Metric> {
        let longest = |metric: &Metric| {
            let named = metric.names.iter().filter(|name| holds_words(normalized, name));
            named.map(String::len).max()
        };
        let named = self.metrics.iter().filter_map(|metric| Some((longest(metric)?, metric)));
        named.rev().max_by_key(|&(length, _)| length).map(|(_, metric)| metric)
    }

    /// The file that a place is in.
    pub fn file(&self, place: Place) -> &PolicyFile {
        &self.files[place.file]
    }

    /// The path of the file that a place is in.
    pub fn path_of(&self, place: Place) -> &RepoPath {
        &self.file(place).path
    }

    /// Every phase that must hold before this one, directly or not.
    pub fn before(&self, phase: usize) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut open = self.phases[phase].after.clone();
        while let Some(next) = open.pop() {
            if !found.contains(&next) {
                found.push(next);
                open.extend(&self.phases[next].after);
            }
        }
        found.sort_unstable();
        found
    }
}

/// Files called so show how such a document is written.
const SAMPLES: &[&str] = &["template", "templates", "example", "examples", "sample"];

impl Vocabulary {
    /// Whether a text opens with one of the ways to say that there is nothing to report, and takes
    /// nothing back. A phrase may go on; behind a single word a mark or the end has to follow:
    /// "Keine." says so, "Keine Sperre nach fünf Versuchen" says something else.
    pub fn says_none(&self, text: &str) -> bool {
        const MARKS: &[char] =
            &[',', '.', ';', ':', '!', '(', '—', '–', '。', '、', '，', '；', '：', '！', '（'];
        let words = flat(text);
        let opening = text.split(MARKS).find(|part| part.contains(char::is_alphanumeric));
        let opening = flat(opening.and_then(|part| part.split(" - ").next()).unwrap_or(""));
        let says = |none: &String| match words.strip_prefix(none.as_str()) {
            Some(rest) if none.contains(' ') => rest.is_empty() || rest.starts_with(' '),
            Some(_) => opening == *none,
            None => false,
        };
        let excepted = |except: &String| holds_words(&words, except);
        self.none.iter().any(says) && !self.except.iter().any(excepted)
    }
}

impl Part {
    /// Whether a normalized heading, label or file stem is this part.
    pub fn is_named(&self, normalized: &str) -> bool {
        is_named(&self.names, normalized)
    }
}

impl Within {
    /// Whether a normalized heading or label is the section that fulfills the duty.
    pub fn is_named(&self, normalized: &str) -> bool {
        is_named(&self.names, normalized)
    }
}

/// Whether a normalized heading is meant by one of these names: teams write "Dependency Graph
/// Overview" and "Feature Dependency Graph" for one thing. A name of several words may stand
/// anywhere in the heading; a single word says too little for that and must come first.
pub fn is_named(names: &[String], heading: &str) -> bool {
    names.iter().any(|name| {
        if name.contains(' ') {
            return holds_words(heading, name);
        }
        heading.strip_prefix(name.as_str()).is_some_and(|rest| !rest.starts_with(|c| c != ' '))
    })
}

/// Whether `words` stands in `text` as whole words. Both are normalized, so that a word begins at
/// the start and behind each blank.
fn holds_words(text: &str, words: &str) -> bool {
    let (text, words) = (text.as_bytes(), words.as_bytes());
    let mut at = 0;
    while at + words.len() <= text.len() {
        let rest = &text[at..];
        if rest.starts_with(words) && rest.get(words.len()).is_none_or(|&next| next == b' ') {
            return true;
        }
        match memchr(b' ', rest) {
            Some(blank) => at += blank + 1,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_named_by_whole_words() {
        let names = ["dependency graph".to_owned(), "summary".to_owned()];
        for heading in ["dependency graph overview", "feature dependency graph", "summary of work"]
        {
            assert!(is_named(&names, heading), "{heading}");
        }
        for heading in ["dependency graphs", "test summary", "summaryless", ""] {
            assert!(!is_named(&names, heading), "{heading}");
        }
    }
}

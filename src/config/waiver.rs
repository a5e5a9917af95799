//! Exceptions: which findings a waiver covers, and whether it may.

use jiff::civil::Date;

use super::loosening::Loosening;
use super::{Config, Setting, Skip, Terms, Unmatched, Waiver};
use crate::base::{RepoPath, Span};

/// The exceptions that stand in a tree, as of a day, after a run has used them.
#[derive(Clone, Copy, Debug)]
pub struct Exceptions<'c> {
    pub config: &'c Config,
    /// The day of the run, in UTC.
    pub today: Date,
    /// The waivers that stand in documents.
    pub inline: &'c [Inline],
    /// Comments that look like waivers and cannot be read as such.
    pub unreadable: &'c [Unreadable],
    /// The waivers that covered nothing although their rule was judged.
    pub idle: &'c [Exception<'c>],
    /// The entries of the baseline that no finding answers to although their rule was judged.
    pub unmatched: &'c [Unmatched<'c>],
    /// What is easier than in the policy that governs, where that is another one.
    pub loosened: &'c [Loosening],
    /// The configuration that governs, where that is another one.
    pub governing: Option<&'c Config>,
}

/// A waiver that stands in a document, as a comment.
#[derive(Clone, Debug)]
pub struct Inline {
    pub path: RepoPath,
    /// The part of the document whose findings it covers.
    pub covers: Span,
    /// Its rule and terms; it names neither subject nor path.
    pub waiver: Waiver,
    /// Whether the tree whose policy governs holds it as well.
    pub governs: bool,
}

/// A comment that looks like a waiver and cannot be read as one.
#[derive(Clone, Debug)]
pub struct Unreadable {
    pub path: RepoPath,
    pub span: Span,
    /// What is wrong with it, as a clause.
    pub why: String,
}

/// A waiver or a skip, as the rules about exceptions see it.
#[derive(Clone, Debug)]
pub struct Exception<'c> {
    /// How a message names it: the waiver for `missing-deliverable`.
    pub title: String,
    /// As [`crate::finding::Finding::subject`].
    pub subject: String,
    pub terms: &'c Terms,
    /// The file that states it, and where.
    pub path: RepoPath,
    pub span: Span,
}

/// A waiver that covers too much.
#[derive(Clone, Debug)]
pub struct Wildcard<'c> {
    pub exception: Exception<'c>,
    /// The phase whose documents it covers all; nothing where it covers whatever a rule finds.
    pub phase: Option<&'c str>,
}

impl<'c> Exceptions<'c> {
    /// The last day of an exception that is over: its own, or the one that it has in the
    /// configuration which governs. A change that puts the day off does not bring it back.
    pub fn over(&self, one: &Exception<'c>) -> Option<&'c Setting<Date>> {
        let last = one.terms.last_day.as_ref()?;
        let of_governing = || {
            let mut all = exceptions(self.governing?);
            let same =
                all.find(|other| (&other.title, &other.subject) == (&one.title, &one.subject));
            same?.terms.last_day.as_ref()
        };
        let days = [Some(last), of_governing()];
        days.into_iter().flatten().find(|day| day.value < self.today)
    }

    /// Every waiver and every skip.
    pub fn all(&self) -> impl Iterator<Item = Exception<'c>> {
        exceptions(self.config).chain(self.inline.iter().map(Inline::exception))
    }

    /// Every waiver that is not over and covers whatever a rule finds, be it in a single phase.
    pub fn wildcards(&self) -> impl Iterator<Item = Wildcard<'c>> {
        let (today, path) = (self.today, self.config.path());
        let waivers = self.config.waivers.iter().filter(|waiver| waiver.is_wildcard());
        let waivers = waivers.map(move |waiver| Wildcard {
            exception: waiver.exception(&path),
            phase: waiver.whole_phase.as_deref(),
        });
        let inline = self.inline.iter().filter(|one| one.is_wildcard());
        let inline = inline.map(|one| Wildcard { exception: one.exception(), phase: None });
        waivers.chain(inline).filter(move |one| !one.exception.terms.expired(today))
    }
}

impl Inline {
    /// Whether it may cover anything on this day.
    pub fn holds(&self, today: Date) -> bool {
        self.governs && self.waiver.terms.hold(today) && !self.is_wildcard()
    }

    /// Whether it means a finding: of its rule, in the part of its document that it covers.
    pub fn covers(&self, rule: &str, path: &RepoPath, span: Option<Span>) -> bool {
        let within = |span: Span| self.covers.start <= span.start && span.start < self.covers.end;
        self.waiver.rule == rule && self.path == *path && span.is_some_and(within)
    }

    pub fn exception(&self) -> Exception<'_> {
        self.waiver.exception(&self.path)
    }

    /// Whether it would cover what any rule finds.
    fn is_wildcard(&self) -> bool {
        self.waiver.rule == EVERY_RULE
    }
}

/// What people write where they mean every rule.
pub const EVERY_RULE: &str = "*";

/// Every waiver and every skip of a configuration.
fn exceptions(config: &Config) -> impl Iterator<Item = Exception<'_>> {
    let path = config.path();
    let skips = config.workflows.iter().flat_map(|one| &one.skips).map({
        let path = path.clone();
        move |skip| Exception {
            title: format!("the skip of phase {}", skip.phase.value),
            subject: format!("phase {}", skip.phase.value),
            terms: &skip.terms,
            path: path.clone(),
            span: skip.phase.span,
        }
    });
    config.waivers.iter().map(move |waiver| waiver.exception(&path)).chain(skips)
}

/// A term that an exception does not state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    Reason,
    Owner,
    LastDay,
}

impl Terms {
    /// The terms that are due and not there. A word that stands for a missing reason is none.
    pub fn lacks(&self) -> Vec<Lack> {
        let says = |text: &Option<super::Setting<String>>| {
            text.as_ref().is_some_and(|text| !STAND_INS.contains(&&*plain(&text.value)))
        };
        let mut lacks = Vec::new();
        if !says(&self.reason) {
            lacks.push(Lack::Reason);
        }
        if !says(&self.owner) {
            lacks.push(Lack::Owner);
        }
        if self.last_day.is_none() {
            lacks.push(Lack::LastDay);
        }
        lacks
    }

    /// Whether the last day is over.
    pub fn expired(&self, today: Date) -> bool {
        self.last_day.as_ref().is_some_and(|last| last.value < today)
    }

    fn hold(&self, today: Date) -> bool {
        self.lacks().is_empty() && !self.expired(today)
    }
}

/// What people write where they owe a reason or a name.
const STAND_INS: &[&str] = &["", "todo", "tbd", "tbc", "fixme", "n a", "na", "none", "xxx"];

impl Skip {
    /// Whether the phase is skipped on this day.
    pub fn holds(&self, today: Date) -> bool {
        self.terms.hold(today)
    }
}

impl Waiver {
    /// Whether it may cover anything on this day: its terms are stated, it is not over, and it
    /// says which findings it means.
    pub fn holds(&self, today: Date) -> bool {
        self.terms.hold(today) && !self.is_wildcard()
    }

    /// As the rules about exceptions see it; `file` is the one that states it.
    pub fn exception(&self, file: &RepoPath) -> Exception<'_> {
        let path = self.path.as_ref().map(|path| &*path.written);
        let about = [Some(&*self.rule), self.subject.as_deref(), path];
        Exception {
            path: file.clone(),
            title: format!("the waiver for `{}`", self.rule),
            subject: about.into_iter().flatten().collect::<Vec<_>>().join(" "),
            terms: &self.terms,
            span: self.span,
        }
    }

    /// Whether it means the same findings as another one.
    pub fn covers_as(&self, other: &Waiver) -> bool {
        self.rule == other.rule && self.subject == other.subject && self.path == other.path
    }

    /// Whether it would cover whatever the rule finds, be it in a single phase.
    pub fn is_wildcard(&self) -> bool {
        let by_subject = self.subject.as_deref().is_some_and(|subject| !plain(subject).is_empty());
        let by_path = self.whole_phase.is_none()
            && self.path.as_ref().is_some_and(|path| !path.is_everything());
        !by_subject && !by_path
    }

    /// Whether it means a finding: of its rule, with its subject, at its path, as far as it states
    /// them.
    pub fn covers(&self, config: &Config, rule: &str, subject: &str, path: &RepoPath) -> bool {
        let wanted = self.subject.as_deref().map(plain).filter(|wanted| !wanted.is_empty());
        self.rule == rule
            && wanted.is_none_or(|wanted| wanted == plain(subject))
            && self.path.as_ref().is_none_or(|pattern| config.means(pattern, path))
    }
}

/// A subject as far as it matters: letters and digits in lower case, parted by single blanks.
/// Numbers stay, unlike in headings: `2 before 1` is not `3 before 1`.
fn plain(subject: &str) -> String {
    let words = subject.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workflow::Pattern;

    fn waiver(subject: Option<&str>, path: Option<&str>) -> Waiver {
        Waiver {
            rule: "missing-deliverable".to_owned(),
            subject: subject.map(str::to_owned),
            path: path.map(|path| Pattern::parse(path).unwrap()),
            terms: Terms::default(),
            span: Span::default(),
            whole_phase: None,
        }
    }

    #[test]
    fn a_waiver_covers_what_it_names_and_nothing_else() {
        let config = Config { home: RepoPath::new("apps/shop"), ..Config::default() };
        let path = RepoPath::new("apps/shop/.work/a.md");
        let covers = |waiver: &Waiver, subject| {
            waiver.covers(&config, "missing-deliverable", subject, &path)
        };
        assert!(covers(&waiver(Some("Evidence: Auth"), None), "evidence auth"));
        assert!(!covers(&waiver(Some("2 before 1"), None), "3 before 1"));
        assert!(covers(&waiver(None, Some(".work/*.md")), "any"));
        assert!(covers(&waiver(None, Some("apps/shop/.work/")), "any"));
        assert!(!covers(&waiver(Some("other"), Some(".work/")), "any"));
        let other = waiver(Some("any"), None);
        assert!(!other.covers(&config, "empty-section", "any", &path));
    }

    #[test]
    fn a_waiver_for_everything_is_a_wildcard() {
        for (subject, path) in
            [(None, None), (Some("*"), None), (None, Some("**")), (Some(" "), Some("**/*.md"))]
        {
            assert!(waiver(subject, path).is_wildcard(), "{subject:?} {path:?}");
        }
        assert!(!waiver(Some("*"), Some("a/*.md")).is_wildcard());
        assert!(!waiver(Some("auth"), Some("**")).is_wildcard());
    }
}

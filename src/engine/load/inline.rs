//! Waivers that stand in documents, and whether the tree whose policy governs holds them too (X.5).

use jiff::civil::Date;

use super::home::rule_ids;
use crate::base::{Failure, RepoPath, Span, words};
use crate::config::loosening::Loosening;
use crate::config::{EVERY_RULE, Inline, Setting, Terms, Unreadable, Waiver};
use crate::facts;
use crate::model::waivers::{self, Comment, Value, Written};
use crate::project::Project;
use crate::source::{Content, Source};

/// What the comments of all documents waive.
#[derive(Debug, Default)]
pub struct Comments {
    pub waivers: Vec<Inline>,
    pub unreadable: Vec<Unreadable>,
}

impl Comments {
    /// Adds those of a project. Where another tree governs, only those count that the same
    /// document there holds as well.
    ///
    /// # Errors
    /// The tree that governs cannot be read.
    pub fn read(
        &mut self,
        project: &Project,
        policies: Option<&dyn Source>,
    ) -> Result<(), Failure> {
        for artifact in &project.artifacts {
            let Some(facts) = artifact.facts().filter(|facts| !facts.comments.is_empty()) else {
                continue;
            };
            let path = &artifact.path;
            let known = self.waivers.iter().map(|one| &one.path);
            let mut known = known.chain(self.unreadable.iter().map(|one| &one.path));
            let comments = waivers::read(facts);
            if comments.is_empty() || known.any(|known| known == path) {
                continue;
            }
            let mut agreed = policies.map(|policies| standing(policies, path)).transpose()?;
            for Comment { span, said } in comments {
                match said.and_then(|written| Ok((waiver(&written, span)?, written))) {
                    Ok((waiver, written)) => {
                        let governs = agreed.as_mut().is_none_or(|agreed| take(agreed, &written));
                        let (path, covers) = (path.clone(), written.covers);
                        self.waivers.push(Inline { path, covers, waiver, governs });
                    }
                    Err(why) => {
                        self.unreadable.push(Unreadable { path: path.clone(), span, why });
                    }
                }
            }
        }
        Ok(())
    }

    /// The waivers that only the judged tree holds.
    pub fn added(&self) -> impl Iterator<Item = Loosening> {
        self.waivers.iter().filter(|one| !one.governs).map(|one| {
            let exception = one.exception();
            Loosening {
                told: format!("{} is added", exception.title),
                subject: format!("waiver {}", exception.subject),
                span: Some(exception.span),
                path: exception.path,
            }
        })
    }
}

/// The waivers that a document of another tree holds.
fn standing(policies: &dyn Source, path: &RepoPath) -> Result<Vec<Written>, Failure> {
    let entries = policies.list(path)?;
    let Some(entry) = entries.iter().find(|entry| entry.path == *path) else {
        return Ok(Vec::new());
    };
    match policies.reader()?.read(entry)? {
        Content::Bytes(bytes) => {
            let comments = waivers::read(&facts::extract(bytes));
            Ok(comments.into_iter().filter_map(|one| one.said.ok()).collect())
        }
        Content::Unreadable(_) => Ok(Vec::new()),
    }
}

/// Takes out one that says the same. Each one agreed on lets one stand.
fn take(agreed: &mut Vec<Written>, written: &Written) -> bool {
    let same = agreed.iter().position(|one| one.is_same_as(written));
    same.map(|at| agreed.swap_remove(at)).is_some()
}

/// A comment as a waiver, or why it is none.
fn waiver(written: &Written, comment: Span) -> Result<Waiver, String> {
    let Written { rule, reason, owner, expires, .. } = written;
    let (known, rule) = (rule_ids(), &rule.text);
    if rule != EVERY_RULE && !known.contains(&rule.as_str()) {
        let near = words::closest(rule, known).map(|near| format!("; did you mean `{near}`?"));
        return Err(format!("there is no rule `{rule}`{}", near.unwrap_or_default()));
    }
    let text = |value: &Option<Value>| {
        value.as_ref().map(|one| Setting { value: one.text.clone(), span: one.span })
    };
    let day = |one: &Value| match one.text.parse::<Date>() {
        Ok(value) => Ok(Setting { value, span: one.span }),
        Err(_) => Err(format!("`{}` is no day such as 2026-12-31", one.text)),
    };
    let last_day = expires.as_ref().map(day).transpose()?;
    Ok(Waiver {
        rule: rule.clone(),
        subject: None,
        path: None,
        terms: Terms { reason: text(reason), owner: text(owner), last_day },
        span: comment,
        whole_phase: None,
    })
}

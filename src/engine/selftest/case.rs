//! A change to a project that gatecheck brings along, as the pages of the rules tell it; the keys
//! are those of `fixtures/README.md`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::specimen::{self, broken};
use crate::base::{Failure, RepoPath};
use crate::engine::Through;
use crate::source::{Identity, Memory, Source, Tracking};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Case {
    base: Option<String>,
    through: Option<String>,
    now: Option<String>,
    pub policy_from: Option<String>,
    #[serde(flatten)]
    changes: Changes,
    past: Vec<Past>,
    lived: bool,
    commit: Vec<Commit>,
    aside: Vec<String>,
}

/// Changes to a tree, in this order.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Changes {
    delete: Vec<Delete>,
    #[serde(rename = "move")]
    moved: Vec<Move>,
    edit: Vec<Edit>,
    file: Vec<Write>,
}

#[derive(Clone, Debug, Deserialize)]
struct Delete {
    path: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Move {
    path: String,
    to: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Edit {
    path: String,
    find: String,
    replace: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Write {
    path: String,
    text: Option<String>,
    tracking: Option<String>,
    unreadable: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Past {
    path: String,
    commit: String,
}

/// A commit: a state of the project, changed.
#[derive(Clone, Debug, Deserialize)]
pub struct Commit {
    id: String,
    author: Option<String>,
    message: Option<String>,
    date: Option<String>,
    base: Option<String>,
    #[serde(default)]
    keep: Vec<String>,
    #[serde(flatten)]
    changes: Changes,
}

impl Case {
    /// Reads what the page of a rule tells.
    pub fn parse(rule: &str, text: &str) -> Result<Self, Failure> {
        toml::from_str(text).map_err(|error| broken(format!("rules/{rule}.md: {error}")))
    }

    /// A document in the place of what stands there.
    pub fn of_document(path: &str, text: String) -> Self {
        let (path, text) = (path.to_owned(), Some(text));
        let file = vec![Write { path, text, tracking: None, unreadable: None }];
        Self { changes: Changes { file, ..Changes::default() }, ..Self::default() }
    }

    /// The same change to the complete state of a workflow.
    pub fn of(self, workflow: &str) -> Self {
        Self { base: Some(specimen::complete(workflow)), ..self }
    }

    /// The workflow that it is written for.
    pub fn workflow(&self) -> &str {
        specimen::workflow_of(self.base())
    }

    pub fn through(&self) -> Through {
        self.through.as_deref().map(Through::parse).unwrap_or_default()
    }

    /// The day it is judged on, where that matters.
    pub fn date(&self) -> Result<Option<Date>, Failure> {
        let date = self.now.as_deref().map(str::parse::<Date>);
        date.transpose().map_err(|error| broken(error.to_string()))
    }

    /// The changed project, where gatecheck keeps it.
    pub fn source(&self) -> Result<Memory, Failure> {
        let mut line = Memory::default();
        if self.lived {
            line = commits(line, &specimen::history(self.base())?)?;
        }
        line = commits(line, &self.commit)?;
        let mut source = self.changes.apply(specimen::state(self.base())?)?.after(&line);
        for Past { path, commit } in &self.past {
            source = source.with_past(path, commit);
        }
        for id in &self.aside {
            source = source.with_commit(id, Some(false));
        }
        Ok(source)
    }

    fn base(&self) -> &str {
        self.base.as_deref().unwrap_or(specimen::USUAL)
    }
}

/// Commits on top of those that a source has.
fn commits(mut line: Memory, commits: &[Commit]) -> Result<Memory, Failure> {
    for commit in commits {
        let tree = match &commit.base {
            Some(name) => kept(&line, &commit.keep, specimen::state(name)?.after(&line))?,
            None => line,
        };
        let author = commit.author.as_deref().unwrap_or("A <a@example.org>");
        let (name, email) = author.split_once(" <").unwrap_or((author, ""));
        let email = email.trim_end_matches('>').to_owned();
        let author = Identity { name: name.to_owned(), email };
        line = commit.changes.apply(tree)?.committed_by(&commit.id, author);
        line = line.saying(commit.message.as_deref().unwrap_or_default());
        let date = commit.date.as_deref().and_then(|date| date.parse::<Date>().ok());
        let start = date.and_then(|date| date.to_zoned(TimeZone::UTC).ok());
        if let Some(start) = start {
            line = line.at_time(start.timestamp().as_second());
        }
    }
    Ok(line)
}

/// A tree with some of its files as another has them.
fn kept(other: &Memory, paths: &[String], mut tree: Memory) -> Result<Memory, Failure> {
    for kept in paths {
        tree = tree.without(kept);
        for entry in other.list(&RepoPath::new(kept))? {
            let bytes = other.bytes(&entry.path).unwrap_or_default().to_vec();
            tree = tree.with(entry.path.as_str(), bytes);
        }
    }
    Ok(tree)
}

impl Changes {
    fn apply(&self, mut source: Memory) -> Result<Memory, Failure> {
        for Delete { path } in &self.delete {
            source = source.without(path.trim_end_matches('/'));
        }
        for Move { path, to } in &self.moved {
            let text = text(&source, path)?;
            source = source.without(path).with(to, text);
        }
        for Edit { path, find, replace } in &self.edit {
            let before = text(&source, path)?;
            if before.matches(&**find).count() != 1 {
                return Err(broken(format!("{find:?} does not stand once in {path}")));
            }
            source = source.with(path, before.replacen(&**find, replace, 1));
        }
        for file in &self.file {
            if let Some(why) = &file.unreadable {
                source = source.with_unreadable(&file.path, why);
                continue;
            }
            let own = file.text.clone().map_or_else(|| text(&source, &file.path), Ok)?;
            let tracking = match file.tracking.as_deref() {
                Some("untracked") => Tracking::Untracked,
                Some("ignored") => Tracking::Ignored,
                _ => Tracking::Tracked,
            };
            source = source.tracked(&file.path, own, tracking);
        }
        Ok(source)
    }
}

fn text(source: &Memory, path: &str) -> Result<String, Failure> {
    let bytes = source.bytes(&RepoPath::new(path)).map(<[u8]>::to_vec);
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or_else(|| broken(format!("there is no text {path}")))
}

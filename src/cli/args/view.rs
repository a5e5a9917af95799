//! What is looked at, and how far.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{Range, ViewFormat};
use crate::engine::Through;
use crate::source::Selection;

/// Which state of which project is read, by which workflow.
#[derive(Clone, Debug, Args)]
pub struct SourceArgs {
    /// Look at the files on disk (the default)
    #[arg(long, group = "view")]
    pub worktree: bool,
    /// Look at the index: what the next commit will hold
    #[arg(long, group = "view")]
    pub staged: bool,
    /// Look at a commit
    #[arg(long, group = "view", value_name = "REV")]
    pub rev: Option<String>,
    /// Look at what merging this revision into HEAD, or into the commit that is named, would make.
    /// What is not committed is no part of it, and nothing is written
    #[arg(long, value_name = "REV", conflicts_with_all = ["worktree", "staged"])]
    pub merge_with: Option<String>,
    /// Read the configuration from this file
    #[arg(long, value_name = "PATH")]
    pub config: Option<PathBuf>,
    /// Go by this workflow only
    #[arg(long, value_name = "ID")]
    pub workflow: Option<String>,
}

/// What is judged, and how far.
#[derive(Clone, Debug, Args)]
pub struct ViewArgs {
    #[command(flatten)]
    pub source: SourceArgs,
    /// How far to judge: "previous" for every phase before one that was begun, or
    /// [WORKFLOW/][ITERATION:]PHASE for every phase up to this one. Without it, every phase up to
    /// the furthest one begun
    #[arg(long, value_name = "PHASE")]
    pub through: Option<String>,
    #[command(flatten)]
    pub agreement: AgreementArgs,
    #[command(flatten)]
    pub policy: PolicyArgs,
    /// The date to judge by, in UTC, which decides which waivers have expired [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub now: Option<Date>,
    /// Succeed where there is neither a configuration nor a workflow
    #[arg(long)]
    pub if_present: bool,
}

/// What the design is held to.
#[derive(Clone, Debug, Default, Args)]
pub struct AgreementArgs {
    /// The revision that holds what was agreed [default: the one that the configuration or the
    /// workflow names, else the last commit before the first evidence of each iteration]
    #[arg(long, value_name = "REV")]
    pub base: Option<String>,
    /// Look at the tree of B, with agreement and policy from A. A...B begins where the two parted,
    /// and A.. ends in HEAD
    #[arg(
        long,
        value_name = "A..B",
        value_parser = Range::parse,
        conflicts_with_all = ["view", "base", "config"]
    )]
    pub range: Option<Range>,
}

/// Who decides, and what is forgiven.
#[derive(Clone, Debug, Default, Args)]
pub struct PolicyArgs {
    /// Read configuration, workflow files, waivers and baseline from this revision, so that a
    /// change cannot soften the gate that judges it
    #[arg(long, value_name = "REV", conflicts_with_all = ["config", "range"])]
    pub policy_from: Option<String>,
    /// Forgive the findings that this revision has already
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Deny entries of the baseline that stand for findings which are not there, so that it gets
    /// shorter as they are repaired
    #[arg(long)]
    pub frozen_baseline: bool,
}

/// The form of a view.
#[derive(Clone, Debug, Args)]
pub struct ShapeArgs {
    /// The form of the output
    #[arg(long, value_enum, default_value_t = ViewFormat::Human)]
    pub format: ViewFormat,
}

impl ShapeArgs {
    pub fn is_json(&self) -> bool {
        self.format == ViewFormat::Json
    }
}

impl SourceArgs {
    /// The view to open.
    pub fn selection(&self) -> Selection {
        match (&self.rev, self.staged) {
            (Some(rev), _) => self.commit(rev),
            (None, true) => Selection::Index,
            (None, false) if self.merge_with.is_some() => self.commit("HEAD"),
            (None, false) => Selection::WorkingTree,
        }
    }

    /// The view of a commit, with what it is to be merged with.
    pub fn commit(&self, rev: &str) -> Selection {
        let ours = rev.to_owned();
        match self.merge_with.clone() {
            Some(theirs) => Selection::Merge { ours, theirs },
            None => Selection::Revision(ours),
        }
    }
}

impl ViewArgs {
    pub fn through(&self) -> Through {
        self.through.as_deref().map(Through::parse).unwrap_or_default()
    }

    /// Whether a revision is named by what moves without a reference to tell: a reflog, a search,
    /// the state of a merge.
    pub fn names_the_passing(&self) -> bool {
        let range = self.agreement.range.iter().flat_map(|range| [&range.from, &range.to]);
        let SourceArgs { rev, merge_with, .. } = &self.source;
        let PolicyArgs { policy_from, since, .. } = &self.policy;
        let others = [rev, merge_with, &self.agreement.base, policy_from, since];
        let mut names = others.into_iter().flatten().chain(range);
        names.any(|name| name.contains(['@', ':']) || name.contains("_HEAD"))
    }
}

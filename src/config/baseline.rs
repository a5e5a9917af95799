//! The baseline: findings that were there when a project adopted gatecheck, and that count no more.
//!
//! A baseline marks findings, it removes none: they are shown as known and fail no gate. An entry
//! means a finding by its fingerprint, so that it follows it through edits elsewhere and never
//! covers another one. Findings about the policy itself can never be known.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::{Config, Setting};
use crate::base::{Failure, RepoPath, Span};
use crate::workflow::{PolicyFile, read_schema, suggestion};

/// What the file is called, in the folder of the configuration.
pub const NAME: &str = "gatecheck-baseline.toml";

/// The number of the file format.
const SCHEMA: i64 = 1;

const HEADER: &str = "\
# Findings that were here when this baseline was made. gatecheck still shows them, as known, and
# no gate fails for them; whatever is new counts.
#
# The list is meant to get shorter. Repair what an entry tells, then take the entry out with
# `gatecheck baseline --prune`. `gatecheck baseline` compares the list with what is found today.
# An entry means its finding by `fingerprint`; `message` is there for people.

";

/// The findings that a project knows.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// Nothing where there is no such file.
    pub file: Option<PolicyFile>,
    pub entries: Vec<BaselineEntry>,
}

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineEntry {
    pub rule: String,
    /// Where the finding stood. It may move; what stays is the fingerprint.
    pub path: RepoPath,
    /// As [`crate::finding::Finding::subject`].
    pub subject: String,
    /// What a finding that speaks of several things may count.
    pub members: Vec<String>,
    pub message: String,
    pub fingerprint: String,
    /// How many findings alike are known.
    pub count: usize,
    /// The line that names the rule.
    pub span: Span,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBaseline {
    schema: Spanned<i64>,
    #[serde(default)]
    known: Vec<RawEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    rule: Spanned<String>,
    path: Spanned<String>,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    members: Vec<String>,
    #[serde(default)]
    message: String,
    fingerprint: Spanned<String>,
    #[serde(default)]
    count: Option<Spanned<usize>>,
}

/// The rules whose findings a baseline may hold, and those that it may not.
#[derive(Clone, Copy, Debug)]
pub struct Knowable<'r> {
    pub rules: &'r [&'r str],
    /// The rules about the policy itself.
    pub policy: &'r [&'r str],
}

/// Reads a baseline.
///
/// # Errors
/// Whatever is wrong with the file, with the place and what was probably meant.
pub fn parse(file: PolicyFile, knowable: Knowable<'_>) -> Result<Baseline, Failure> {
    let raw = read_schema(&file, SCHEMA, |raw: &RawBaseline| &raw.schema)?;
    let mut entries = Vec::new();
    let mut seen = HashSet::new();
    for one in raw.known {
        let again = one.fingerprint.span();
        let entry = entry(&file, one, knowable)?;
        if !seen.insert((entry.path.clone(), entry.fingerprint.clone())) {
            let help = "keep one of them, with the sum of both as `count`";
            return Err(file.fail(again, "this finding stands in the baseline twice", help));
        }
        entries.push(entry);
    }
    Ok(Baseline { file: Some(file), entries })
}

fn entry(
    file: &PolicyFile,
    raw: RawEntry,
    knowable: Knowable<'_>,
) -> Result<BaselineEntry, Failure> {
    let rule = raw.rule.get_ref();
    if knowable.policy.contains(&rule.as_str()) {
        let why = format!("no baseline can know what `{rule}` finds, which is about the policy");
        return Err(file.fail(raw.rule.span(), why, "take the entry out and repair what it tells"));
    }
    if !knowable.rules.contains(&rule.as_str()) {
        let help = match suggestion(rule, knowable.rules) {
            near if near.starts_with("did you mean") => near,
            _ => String::from("delete the entry; `gatecheck rules` lists all rules"),
        };
        return Err(file.fail(raw.rule.span(), format!("unknown rule `{rule}`"), help));
    }
    let path = RepoPath::resolve(&RepoPath::default(), raw.path.get_ref());
    let Some(path) = path.filter(|path| !path.is_root()) else {
        let why = format!("`{}` is no path below the repository root", raw.path.get_ref());
        return Err(file.fail(raw.path.span(), why, REWRITE));
    };
    let fingerprint = raw.fingerprint.get_ref();
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if fingerprint.is_empty() || !fingerprint.bytes().all(is_digit) {
        let why = format!("`{fingerprint}` is no fingerprint");
        return Err(file.fail(raw.fingerprint.span(), why, REWRITE));
    }
    let count = raw.count.as_ref().map_or(1, |count| *count.get_ref());
    if let Some(none) = raw.count.filter(|_| count == 0) {
        return Err(file.fail(none.span(), "an entry knows at least one finding", "delete it"));
    }
    let span = Span::new(raw.rule.span().start, raw.rule.span().end);
    Ok(BaselineEntry {
        rule: raw.rule.into_inner(),
        path,
        subject: raw.subject,
        members: raw.members,
        message: raw.message,
        fingerprint: raw.fingerprint.into_inner(),
        count,
        span,
    })
}

const REWRITE: &str =
    "delete the entry; `gatecheck baseline --add` writes it again where it is due";

impl Baseline {
    /// The file as it is written: sorted by place, so that the order tells nothing.
    ///
    /// # Errors
    /// A value cannot be written as TOML.
    pub fn text(entries: &[BaselineEntry]) -> Result<String, Failure> {
        let mut known: Vec<Written<'_>> = entries.iter().map(Written::of).collect();
        known.sort();
        let body = toml::to_string(&WrittenBaseline { schema: SCHEMA, known });
        let body = body.map_err(|error| {
            Failure::new("cannot write the baseline", error, "report this as a defect of gatecheck")
        })?;
        Ok(format!("{HEADER}{body}"))
    }
}

#[derive(Serialize)]
struct WrittenBaseline<'b> {
    schema: i64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    known: Vec<Written<'b>>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Written<'b> {
    #[serde(skip)]
    order: (&'b str, &'b str, &'b str, &'b str),
    rule: &'b str,
    path: &'b str,
    #[serde(skip_serializing_if = "str::is_empty")]
    subject: &'b str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    members: &'b [String],
    message: &'b str,
    fingerprint: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
}

impl<'b> Written<'b> {
    fn of(entry: &'b BaselineEntry) -> Self {
        let BaselineEntry { rule, path, subject, members, message, fingerprint, count, .. } = entry;
        Self {
            order: (path.as_str(), rule, subject, fingerprint),
            rule,
            path: path.as_str(),
            subject,
            members,
            message,
            fingerprint,
            count: (*count > 1).then_some(*count),
        }
    }
}

impl BaselineEntry {
    /// Whether it means a finding, by what stays when the finding moves.
    pub fn means(&self, rule: &str, subject: &str, fingerprint: &str) -> bool {
        self.fingerprint == fingerprint && self.rule == rule && self.subject == subject
    }
}

impl Config {
    /// Where a baseline may stand: where the file says, else beside it, else where it could stand.
    pub fn baseline_paths(&self) -> Vec<RepoPath> {
        if let Some(Setting { value, .. }) = &self.baseline_at {
            return vec![value.clone()];
        }
        let usual = super::PATHS.iter().map(|path| self.home.join(path).folder().join(NAME));
        usual.collect()
    }

    /// The note that the file names a baseline which is not there.
    pub fn lacks_baseline(&self) -> Option<String> {
        let missing = &self.baseline_at.as_ref()?.value;
        self.baseline.file.is_none().then(|| {
            format!(
                "{} names the baseline {missing}, which is not there, so that no finding is \
                 known; `gatecheck baseline` writes one",
                self.path()
            )
        })
    }

    /// Where a new baseline is written.
    pub fn baseline_path(&self) -> RepoPath {
        let file = self.baseline.file.as_ref().map(|file| file.path.clone());
        let named = || self.baseline_at.as_ref().map(|at| at.value.clone());
        let beside = || match &self.file {
            // A configuration given by hand may stand anywhere.
            Some(file) if file.path.below(&self.home).is_some() => file.path.folder().join(NAME),
            _ => self.home.join(NAME),
        };
        file.or_else(named).unwrap_or_else(beside)
    }
}

/// An entry that more findings were known by than are there.
#[derive(Clone, Copy, Debug)]
pub struct Unmatched<'b> {
    pub entry: &'b BaselineEntry,
    /// How many of those it counts are not there.
    pub gone: usize,
}

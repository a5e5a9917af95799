//! `gatecheck lint`: documents judged on their own.

use rayon::prelude::*;

use super::args::LintArgs;
use super::documents::{self, Named};
use super::notes;
use super::output::Outcome;
use crate::base::{Failure, RepoPath};
use crate::engine;
use crate::facts;
use crate::render::Look;
use crate::report::{Report, ReportFinding, Verdict};
use crate::rules::promises;

pub fn run(args: &LintArgs, color: bool) -> Result<Outcome, Failure> {
    let named = documents::find(&args.paths)?;
    let found: Vec<Vec<ReportFinding>> =
        named.par_iter().map(judge).collect::<Result<_, Failure>>()?;
    let findings: Vec<ReportFinding> = found.into_iter().flatten().collect();
    let denied = findings.iter().any(ReportFinding::denies);
    let report = Report {
        source: "files".to_owned(),
        verdict: if denied { Verdict::Fails } else { Verdict::Holds },
        rules: notes::of(findings.iter().map(|finding| finding.rule)),
        promises: promises::sentences(findings.iter().flat_map(|finding| &finding.promises)),
        findings,
        documents: named.len(),
        ..Report::default()
    };
    Ok(Outcome::judged(&report, &args.forms, Look { color, ..Look::default() }))
}

fn judge(named: &Named) -> Result<Vec<ReportFinding>, Failure> {
    let facts = facts::extract(named.read()?);
    Ok(engine::lint(&RepoPath::new(named.name()), &facts))
}

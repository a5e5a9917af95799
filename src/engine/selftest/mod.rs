//! Whether the rules would speak here: a violation of each is planted, in memory, under the
//! configuration and the workflows of the repository, and the rule has to find it.
//!
//! A gate that holds may hold because nothing is wrong, or because nothing looks. What is planted
//! is the failing example on the page of the rule, in the complete project that gatecheck brings
//! for each of its workflows, moved to where the repository keeps such documents. A rule that is
//! silent is tried again with one setting after the other left out, and the setting without which
//! it speaks is the reason. A rule that no setting explains is broken.

mod case;
mod example;
mod ground;
mod specimen;

use std::collections::HashSet;

use super::load::{self, Whole};
use super::{Request, check};
use crate::base::{Failure, Level, RepoPath};
use crate::report::selftest::{Outcome, RuleTest, SelfTest};
use crate::report::{Report, ReportFinding, Standing};
use crate::rules::{self, Rule};
use crate::source::{Memory, Source};
use case::Case;
use ground::{Ground, Lesser};

/// How a tree in memory is judged.
pub type Judge<'j> = &'j dyn Fn(&Memory, &Request) -> Result<Report, Failure>;

/// Tries every rule under the configuration of the project around the start folder.
///
/// # Errors
/// The source cannot be read, the configuration or a workflow is wrong, or there is no project.
pub fn selftest(source: &dyn Source, request: &Request) -> Result<SelfTest, Failure> {
    selftest_by(source, request, &|planted, request| check(planted, request))
}

/// As [`selftest`], by a judge of one's own: so that one which misses something can be tried.
///
/// # Errors
/// As [`selftest`].
pub fn selftest_by(
    source: &dyn Source,
    request: &Request,
    judge: Judge<'_>,
) -> Result<SelfTest, Failure> {
    let Some(whole) = load::whole(source, request)? else {
        return Err(super::nothing_here(source, request));
    };
    let mut tests = Vec::new();
    for at in 0..whole.workflows.len() {
        let ground = Ground::of(&whole, at)?;
        let trial = Trial { request, judge, whole: &whole, ground: &ground };
        let clean = trial.judged(&Case::default().of(ground.specimen()), &ground)?;
        let known = clean.findings.into_iter().map(|one| (one.rule, one.fingerprint)).collect();
        // Each evaluation runs on all threads, and waits for some of its own.
        tests.extend(rules::all().map(|rule| RuleTest {
            rule: rule.id,
            workflow: ground.workflow.id.clone(),
            root: ground.root.clone(),
            outcome: trial.outcome(rule, &known),
        }));
    }
    Ok(SelfTest { source: source.label(), tests })
}

/// Rules and fingerprints of what is found where nothing was planted.
type Known = HashSet<(&'static str, String)>;

/// One workflow under one root, about to be tried.
struct Trial<'t> {
    request: &'t Request,
    judge: Judge<'t>,
    whole: &'t Whole,
    ground: &'t Ground,
}

impl Trial<'_> {
    fn outcome(&self, rule: &'static Rule, known: &Known) -> Outcome {
        if let Some(path) = self.switched_off(rule) {
            return Outcome::Cannot { why: format!("it is switched off in {path}") };
        }
        let cases = match example::failing(rule, self.ground.specimen()) {
            Ok(cases) => cases,
            Err(failure) => return Outcome::Silent { why: failure.to_string() },
        };
        let (mut waived, mut why) = (None, "its page has no example that fails".to_owned());
        for case in &cases {
            match self.found(rule, case, self.ground, known) {
                Ok(Some(found)) if is_heard(&found) => {
                    return Outcome::Fired { path: found.path, message: found.message };
                }
                Ok(Some(found)) => waived = waived.or(Some(found)),
                Ok(None) => why = "it misses the example on its own page".to_owned(),
                Err(failure) => why = failure.to_string(),
            }
        }
        if let Some(ReportFinding { standing: Standing::Waived(reason), .. }) = waived {
            return Outcome::Cannot { why: format!("a waiver covers it: {reason}") };
        }
        let told = cases.iter().find_map(|case| {
            let lesser = self.ground.lesser(case);
            lesser.iter().find_map(|lesser| self.explained(rule, case, lesser))
        });
        told.map_or(Outcome::Silent { why }, |why| Outcome::Cannot { why })
    }

    /// Why a rule is silent, where it speaks once some setting is left out. With all settings it may
    /// say the same of what stands here anyway, so that nothing it says is known beforehand.
    fn explained(&self, rule: &Rule, case: &Case, lesser: &Lesser) -> Option<String> {
        let found = self.found(rule, case, &lesser.ground, &Known::new()).ok()??;
        is_heard(&found).then(|| lesser.because(&found))
    }

    /// Where a rule is switched off.
    fn switched_off(&self, rule: &Rule) -> Option<RepoPath> {
        let config = &self.whole.config;
        match config.level(rule.id) {
            Some(level) => (level == Level::Off).then(|| config.path()),
            None => {
                let (level, place) = self.ground.workflow.levels.get(rule.id)?;
                let path = || self.ground.workflow.path_of(*place).clone();
                (*level == Level::Off).then(path)
            }
        }
    }

    /// What a rule says of a case that it does not say where nothing is planted: what counts, if
    /// there is such.
    fn found(
        &self,
        rule: &Rule,
        case: &Case,
        ground: &Ground,
        known: &Known,
    ) -> Result<Option<ReportFinding>, Failure> {
        let report = self.judged(case, ground)?;
        let mut found: Vec<ReportFinding> = report
            .findings
            .into_iter()
            .filter(|one| one.rule == rule.id)
            .filter(|one| !known.contains(&(one.rule, one.fingerprint.clone())))
            .collect();
        found.sort_by_key(|one| !is_heard(one));
        Ok(found.into_iter().next())
    }

    fn judged(&self, case: &Case, ground: &Ground) -> Result<Report, Failure> {
        let planted = ground.planted(case)?;
        let request = Request {
            start: self.whole.folder.clone(),
            through: case.through(),
            policy_from: case.policy_from.clone(),
            ..Request::new(case.date()?.unwrap_or(self.request.today))
        };
        (self.judge)(&planted, &request)
    }
}

/// Whether somebody hears of a finding.
fn is_heard(finding: &ReportFinding) -> bool {
    matches!(finding.standing, Standing::Counted | Standing::Later)
}

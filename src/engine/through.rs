//! Which gates a run judges.

use std::collections::BTreeSet;

use super::load;
use crate::base::{Failure, words};
use crate::project::{Project, stages};
use crate::workflow::Workflow;

/// How far a run judges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Through {
    /// Every gate up to the furthest begun phase of each iteration.
    #[default]
    Begun,
    /// Every phase strictly before a begun one, so that a draft never blocks anyone and a broken
    /// earlier gate always does.
    Previous,
    /// Up to this phase, whether or not anybody has begun it.
    Phase { workflow: Option<String>, iteration: Option<String>, phase: String },
}

impl Through {
    /// Reads `previous` or `[WORKFLOW/][ITERATION:]PHASE`.
    pub fn parse(written: &str) -> Self {
        if written == "previous" {
            return Through::Previous;
        }
        let (workflow, rest) = match written.rsplit_once('/') {
            Some((workflow, rest)) => (Some(workflow.to_owned()), rest),
            None => (None, written),
        };
        let (iteration, phase) = match rest.split_once(':') {
            Some((iteration, phase)) => (Some(iteration.to_owned()), phase),
            None => (None, rest),
        };
        Through::Phase { workflow, iteration, phase: phase.to_owned() }
    }

    /// Checks that a workflow which is named is one of those that are followed.
    ///
    /// # Errors
    /// It is not.
    pub fn check(&self, followed: &BTreeSet<&str>) -> Result<(), Failure> {
        match self.workflow().filter(|id| !followed.contains(id)) {
            None => Ok(()),
            Some(id) => Err(not_followed(id, &followed.iter().collect::<Vec<_>>())),
        }
    }

    /// Checks what is named where there is no project that could say: the built-in workflows and
    /// their phases are all there is.
    ///
    /// # Errors
    /// It is none of them.
    pub fn check_builtin(&self) -> Result<(), Failure> {
        match self {
            Through::Phase { workflow: Some(id), phase, .. } => {
                find_phase(&*load::builtin(id)?, phase).map(|_| ())
            }
            _ => Ok(()),
        }
    }

    /// The workflow that is named.
    pub fn workflow(&self) -> Option<&str> {
        match self {
            Through::Phase { workflow, .. } => workflow.as_deref(),
            _ => None,
        }
    }

    /// For each stage of a project, whether its gate is judged.
    ///
    /// # Errors
    /// The phase or the iteration is not one of this project's.
    pub fn judged(&self, project: &Project) -> Result<Vec<bool>, Failure> {
        let mut judged = vec![false; project.stages.len()];
        match self {
            Through::Begun => {
                for iteration in 0..project.iterations.len() {
                    for last in stages::furthest(project, iteration) {
                        mark(project, &mut judged, iteration, last, true);
                    }
                }
            }
            Through::Previous => {
                for iteration in 0..project.iterations.len() {
                    for last in stages::furthest(project, iteration) {
                        mark(project, &mut judged, iteration, last, false);
                    }
                }
            }
            Through::Phase { workflow, iteration, phase } => {
                if workflow.as_ref().is_some_and(|id| *id != project.workflow.id) {
                    return Ok(judged);
                }
                let last = find_phase(&project.workflow, phase)?;
                for iteration in iterations(project, iteration.as_deref())? {
                    mark(project, &mut judged, iteration, last, true);
                }
            }
        }
        Ok(judged)
    }
}

fn mark(project: &Project, judged: &mut [bool], iteration: usize, last: usize, itself: bool) {
    let base = iteration * project.workflow.phases.len();
    for phase in project.workflow.before(last) {
        judged[base + phase] = true;
    }
    judged[base + last] |= itself;
}

/// The failure for a workflow that was asked for and is not followed.
pub fn not_followed(id: &str, followed: &[impl AsRef<str>]) -> Failure {
    let what = format!("cannot judge workflow \"{id}\"");
    let help = format!("it follows {}", words::list(followed));
    Failure::new(what, "this project does not follow it", help)
}

fn find_phase(workflow: &Workflow, id: &str) -> Result<usize, Failure> {
    workflow.phase(id).ok_or_else(|| {
        let known: Vec<&str> = workflow.phases.iter().map(|phase| &*phase.id).collect();
        let what = format!("cannot judge through phase \"{id}\"");
        let why = format!("workflow {} has no such phase", workflow.id);
        Failure::new(what, why, format!("its phases are {}", words::list(&known)))
    })
}

/// The iteration asked for; without one every begun iteration, and the first.
fn iterations(project: &Project, asked: Option<&str>) -> Result<Vec<usize>, Failure> {
    let all = 0..project.iterations.len();
    let Some(asked) = asked else {
        let begun =
            |&iteration: &usize| iteration == 0 || !stages::furthest(project, iteration).is_empty();
        return Ok(all.filter(begun).collect());
    };
    match project.iterations.iter().position(|iteration| iteration.id == asked) {
        Some(iteration) => Ok(vec![iteration]),
        None => {
            let known: Vec<&str> = project.iterations.iter().map(|one| &*one.id).collect();
            let what = format!("cannot judge iteration \"{asked}\"");
            let why = "the dependency graph schedules no feature in it";
            let help = format!("known iterations: {}", words::list(&known));
            Err(Failure::new(what, why, help))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_written_forms_are_read() {
        let phase = |workflow: Option<&str>, iteration: Option<&str>, phase: &str| Through::Phase {
            workflow: workflow.map(str::to_owned),
            iteration: iteration.map(str::to_owned),
            phase: phase.to_owned(),
        };
        assert_eq!(Through::parse("previous"), Through::Previous);
        assert_eq!(Through::parse("2.5"), phase(None, None, "2.5"));
        assert_eq!(Through::parse("2:1"), phase(None, Some("2"), "1"));
        assert_eq!(
            Through::parse("standard-orchestration/2:3"),
            phase(Some("standard-orchestration"), Some("2"), "3")
        );
    }
}

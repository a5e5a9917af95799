//! What each gate builds on: the duties of earlier phases.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::super::super::trees::Trees;
use super::stood::Stood;
use crate::base::Failure;
use crate::config::Adoption;
use crate::project::{Duty, DutyState, FeatureId, Project, Subject};

/// For each iteration and phase, the duties of earlier phases that are judged and done.
pub struct Before {
    phases: usize,
    /// Nothing for gates that build on nothing, and for those that are not judged.
    stages: Vec<Option<Gate>>,
}

/// What one gate builds on.
#[derive(Default)]
pub struct Gate {
    /// What every document of the phase builds on.
    pub shared: Earlier,
    /// What those about one feature build on, and those about all of them.
    pub of_feature: BTreeMap<FeatureId, Earlier>,
}

/// Duties, by their index.
#[derive(Default)]
pub struct Earlier {
    pub duties: Vec<usize>,
    since: OnceCell<Option<usize>>,
}

impl Before {
    pub fn of(trees: &Trees<'_>, adoption: Option<&Adoption>) -> Self {
        let (project, today) = (trees.project, trees.reading.request.today);
        let workflow = &project.workflow;
        let phases = workflow.phases.len();
        let is_judged =
            |phase: usize| adoption.is_none_or(|one| one.skips(workflow, phase, today).is_none());
        let before: Vec<Vec<usize>> = (0..phases)
            .map(|phase| if is_judged(phase) { workflow.before(phase) } else { Vec::new() })
            .collect();
        let begun = project.stages.iter().map(|stage| stage.entered.as_ref());
        let mut stages: Vec<Option<Gate>> =
            begun.map(|entered| entered.map(|_| Gate::default())).collect();
        for (index, duty) in project.duties.iter().enumerate() {
            if !is_done(duty) || !is_judged(duty.phase) {
                continue;
            }
            for later in (0..phases).filter(|&later| before[later].contains(&duty.phase)) {
                if let Some(gate) = &mut stages[duty.iteration * phases + later] {
                    gate.group(duty).duties.push(index);
                }
            }
        }
        let stages = stages.into_iter().map(|gate| gate.filter(|gate| !gate.is_empty())).collect();
        Self { phases, stages }
    }

    pub fn is_empty(&self) -> bool {
        self.stages.iter().all(Option::is_none)
    }

    pub fn of_stage(&self, iteration: usize, phase: usize) -> Option<&Gate> {
        self.stages[iteration * self.phases + phase].as_ref()
    }
}

impl Gate {
    fn group(&mut self, duty: &Duty) -> &mut Earlier {
        match duty.subject {
            Subject::Feature(feature) => self.of_feature.entry(feature).or_default(),
            Subject::Project | Subject::Role(_) => &mut self.shared,
        }
    }

    fn is_empty(&self) -> bool {
        self.shared.duties.is_empty() && self.of_feature.is_empty()
    }
}

/// Whether documents under the root do a duty. Of files elsewhere no journal tells.
fn is_done(duty: &Duty) -> bool {
    matches!(duty.state, DutyState::Done(_) | DutyState::Contested(_) | DutyState::Within(..))
}

impl Earlier {
    /// The oldest place of the journal from which on all of them are done in every commit; nothing
    /// where some are not committed, or where paths alone do not tell.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn all_since(
        &self,
        stood: &Stood<'_, '_>,
        project: &Project,
    ) -> Result<Option<usize>, Failure> {
        if let Some(known) = self.since.get() {
            return Ok(*known);
        }
        let mut since = Some(usize::MAX);
        for &duty in &self.duties {
            since = since.min(stood.done_since(&project.duties[duty])?);
        }
        Ok(*self.since.get_or_init(|| since))
    }
}

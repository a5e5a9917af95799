//! Reads validation documents and sign-offs: verdicts, and results of stories and journeys
//! (S2.16).

mod conditions;
mod results;
mod scope;
#[cfg(test)]
mod tests;
mod verdicts;
mod words;

use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{CheckState, DocumentFacts};
pub use crate::model::dates::Date;
use crate::model::{commits, ids};
use crate::workflow::Workflow;
pub use conditions::Condition;
pub use results::Checked;
pub use words::Decision;
pub(super) use words::{decision, is_somebody};

/// What a validation document says.
#[derive(Debug, Default)]
pub struct Validation {
    /// In document order.
    pub verdicts: Vec<Verdict>,
    /// Results of whatever the document checked.
    pub results: Vec<Checked>,
    /// The ids of the roles that speak here, whether they give a verdict or not.
    pub speaking: Vec<String>,
    pub commits: Vec<Span>,
    /// What verdicts depend on.
    pub conditions: Vec<Condition>,
    /// The marks of open boxes that mean something of their own here: a decision that was not
    /// taken, a condition, a story that was not verified.
    pub boxes: Vec<Span>,
}

/// What a role decided: a labeled field, a cell or a heading, never a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The id of the role, where the document says whose verdict it is.
    pub role: Option<String>,
    pub decision: Decision,
    /// It is called a verdict, a decision, a sign-off. What is not may be the result of one part
    /// of the role's work and stands back behind what is.
    pub formal: bool,
    /// The field, row or heading that states it.
    pub span: Span,
    pub signer: Option<Span>,
    pub date: Option<Date>,
    pub commit: Option<Span>,
    /// The document holds the verdict of this role only, so that all of it belongs to that.
    pub alone: bool,
}

impl Verdict {
    /// Whether a condition of its document keeps it from holding. What does not say whether it
    /// is met is open where the verdict depends on conditions.
    /// A term behind a label is one of a formal sign-off, even where that says "approved" only.
    pub fn waits_for(&self, condition: &Condition, formal: bool) -> bool {
        let depends = self.decision == Decision::Conditional;
        let bound = depends || formal && condition.labeled;
        (self.alone || depends) && condition.open.unwrap_or(bound)
    }
}

/// Reads a validation document or a sign-off.
pub fn read(facts: &DocumentFacts, workflow: &Workflow) -> Validation {
    let verdicts = verdicts::read(facts, workflow);
    let conditions = conditions::read(facts, &workflow.vocabulary);
    Validation {
        speaking: speaking(facts, workflow, &verdicts),
        results: results::read(facts, &workflow.vocabulary),
        commits: commits::read(facts),
        boxes: boxes(facts, workflow, &conditions),
        conditions,
        verdicts,
    }
}

fn boxes(facts: &DocumentFacts, workflow: &Workflow, conditions: &[Condition]) -> Vec<Span> {
    let mut conditions: Vec<Span> = conditions.iter().map(|one| one.span).collect();
    conditions.sort_unstable();
    let of_condition = |mark: Span| {
        let after = conditions.partition_point(|one| one.start <= mark.start);
        after > 0 && conditions[after - 1].covers(mark)
    };
    let open = facts.checks.iter().filter(|check| check.state == CheckState::Open);
    let own = open.filter(|check| {
        let text = facts.text_of(check.text);
        of_condition(check.mark)
            || words::decision(text, &workflow.vocabulary).is_some()
            || !ids::find(text).is_empty()
    });
    own.map(|check| check.mark).collect()
}

/// The roles of the verdicts, and those that a title or a label "Role" names.
fn speaking(facts: &DocumentFacts, workflow: &Workflow, verdicts: &[Verdict]) -> Vec<String> {
    let mut roles: Vec<String> =
        verdicts.iter().filter_map(|verdict| verdict.role.clone()).collect();
    let title = facts.title().map(|title| normalize(facts.text_of(title.title)));
    let labels = facts.fields.iter().filter(|field| words::names_role(&field.name));
    let labels = labels.map(|field| normalize(facts.text_of(field.value)));
    for name in title.into_iter().chain(labels) {
        roles.extend(workflow.role_in(&name).map(|role| role.id.clone()));
    }
    roles.sort_unstable();
    roles.dedup();
    roles
}

impl Validation {
    /// The ids of the roles that speak here.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.speaking.iter().map(String::as_str)
    }
}

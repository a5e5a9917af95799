//! Contracts that no agreement holds.

use super::judge::Judge;
use super::promises::{Group, Key};
use crate::ledger::changes::sides::Sides;

/// The agreements of a project, each with its judge; without one where the contracts of then and
/// now are the same.
#[derive(Clone, Copy)]
pub struct Agreements<'a, 'p> {
    pub sides: &'p [Sides<'p>],
    pub judges: &'a [Option<Judge<'p>>],
}

impl<'p> Agreements<'_, 'p> {
    /// The contracts that were added to one of the agreements.
    pub fn added<'j>(&self, judge: &'j Judge<'p>) -> Vec<Group<'j>>
    where
        'p: 'j,
    {
        let is_referred = |name: &str| judge.references().iter().any(|one| one.refer_to(name));
        let new = judge.now.groups().filter(|one| one.says_more() && self.is_new(judge, one));
        // What a name that was or is used stands for is told where it is used.
        new.filter(|one| match one.key {
            Key::Type(name) => !is_referred(name),
            _ => true,
        })
        .collect()
    }

    /// Whether a contract was added to this agreement: to that of its feature, else to the last of
    /// them where all were made.
    fn is_new(&self, judge: &Judge<'p>, one: &Group<'_>) -> bool {
        let now = judge.side.now;
        let iteration = |feature: usize| now.features[feature].iteration;
        let owners: Vec<usize> = one.features().collect();
        let (decides, mut asked) = match owners.iter().map(|&one| iteration(one)).min() {
            Some(first) => (first, owners.iter().map(|&one| iteration(one)).collect()),
            None => (now.iterations.len() - 1, (0..now.iterations.len()).collect::<Vec<_>>()),
        };
        asked.dedup();
        decides == judge.side.iteration
            && owners.iter().all(|&owner| judge.is_promising(owner) || iteration(owner) != decides)
            && asked.into_iter().all(|iteration| self.lacks(iteration, one))
    }

    /// Whether an iteration has an agreement that does not hold a contract.
    fn lacks(&self, iteration: usize, one: &Group<'_>) -> bool {
        let at = self.sides.iter().position(|known| known.iteration == iteration);
        let judge = at.and_then(|at| self.judges[at].as_ref());
        judge.is_some_and(|judge| !judge.holds(one))
    }
}

//! Reads integration reports: how each suite ended, how each deviation was resolved, what was
//! changed in the contracts (S2.15).

mod keys;
pub mod matching;
mod prose;
mod resolutions;
mod suites;

use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{DocumentFacts, SectionId};
use crate::model::commits;
use crate::model::dependencies;
use crate::model::evidence::deviations;
use crate::workflow::{Kind, Part, Workflow};
pub use resolutions::{Resolution, Way};
pub use suites::Suite;

/// What an integration report says.
#[derive(Debug, Default)]
pub struct Integration {
    /// The headings of the sections with results of suites.
    pub results: Vec<Span>,
    /// The last result of each suite, in the order of the document.
    pub suites: Vec<Suite>,
    /// The paragraphs among the results that say that suites pass.
    pub told: Vec<Span>,
    /// The heading of the first section about deviations.
    pub deviations: Option<Span>,
    pub resolutions: Vec<Resolution>,
    /// Contract changes, one span each.
    pub updates: Vec<Span>,
    pub commits: Vec<Span>,
}

/// Reads an integration report.
pub fn read(facts: &DocumentFacts, workflow: &Workflow) -> Integration {
    let words = &workflow.vocabulary;
    let (mut results, mut about, mut updates) = (Vec::new(), Vec::new(), Vec::new());
    for (id, part) in parts(facts, workflow) {
        match part {
            "test-results" => results.push(id),
            "deviations" => about.push(id),
            "contract-updates" => updates.push(id),
            _ => {}
        }
    }
    let passing = prose::read(facts, &results);
    let bare = bare_results(facts, &results);
    results.extend(&bare);
    results.sort_unstable();
    let heading = |&id: &SectionId| facts.section(id).heading;
    let told = updates.iter().flat_map(|&id| deviations::told(facts, words, facts.section(id)));
    Integration {
        results: results.iter().map(heading).collect(),
        suites: suites::read(facts, words, &results, &bare),
        told: passing,
        deviations: about.first().map(heading),
        resolutions: resolutions::read(facts, words, &about),
        updates: told.map(|entry| entry.extent).collect(),
        commits: commits::read(facts),
    }
}

/// The outermost sections that are a part of the report, by the names that the workflow knows.
fn parts<'w>(facts: &DocumentFacts, workflow: &'w Workflow) -> Vec<(SectionId, &'w str)> {
    // A title that speaks of deviations or failures does so before it speaks of results.
    const ORDER: [&str; 4] = ["deviations", "contract-updates", "failures", "test-results"];
    let reports = workflow.deliverables().filter(|(_, _, one)| one.kind == Kind::Integration);
    let known: Vec<&Part> = reports.flat_map(|(_, _, one)| &one.parts).collect();
    let named = |title: &str| {
        let mut fits = ORDER.iter().flat_map(|id| known.iter().filter(move |part| part.id == *id));
        fits.find(|part| part.is_named(title)).map(|part| part.id.as_str())
    };
    let mut found: Vec<(SectionId, &str)> = Vec::new();
    for (id, section) in facts.sections().filter(|(_, section)| section.level > 1) {
        if let Some(part) = named(&section.name)
            && !found.iter().any(|&(outer, other)| other == part && facts.is_within(id, outer))
        {
            found.push((id, part));
        }
    }
    found
}

/// The sections of iterations that hold a table of suites themselves, without a heading in between.
fn bare_results(facts: &DocumentFacts, results: &[SectionId]) -> Vec<SectionId> {
    let bare = |&id: &SectionId| {
        let own = facts.tables_within(id).any(|table| {
            let header = table.header().iter().map(|cell| normalize(facts.text_of(*cell)));
            table.section == id && suites::lists_suites(&header.collect::<Vec<_>>())
        });
        own && !results.iter().any(|&outer| facts.is_within(id, outer))
    };
    let iterations = facts.sections().filter(|(_, section)| {
        section.level > 1 && dependencies::iteration(facts.text_of(section.title)).is_some()
    });
    iterations.map(|(id, _)| id).filter(bare).collect()
}

/// The titles of the headings around a section, innermost first.
fn around(facts: &DocumentFacts, id: SectionId) -> String {
    let mut titles = Vec::new();
    let mut at = Some(id);
    while let Some(id) = at {
        let section = facts.section(id);
        if section.level > 1 {
            titles.push(facts.text_of(section.title));
        }
        at = section.parent;
    }
    titles.join(" ")
}

impl Integration {
    /// What the report claims, as text that stays the same where only the wording around it
    /// changes: a sign-off covers these.
    pub fn claims(&self, facts: &DocumentFacts) -> Vec<String> {
        let suites = self.suites.iter().map(|suite| format!("{} {:?}", suite.key, suite.outcome));
        let resolutions = self.resolutions.iter().map(|one| normalize(facts.text_of(one.extent)));
        let updates = self.updates.iter().map(|span| normalize(facts.text_of(*span)));
        let mut claims: Vec<String> = suites.chain(resolutions).chain(updates).collect();
        claims.sort_unstable();
        claims
    }
}

#[cfg(test)]
mod tests;

//! The rules: each a record and a function.
//!
//! A rule looks at facts, models and the project, and pushes findings. It reads no file, prints
//! nothing and knows no Markdown syntax. Its page under `rules/` explains it to the people it
//! stops; its fixtures under `fixtures/rules/` show both sides.

mod agreement;
mod artifacts;
mod assignments;
mod boundaries;
mod code;
mod consultation;
mod contracts;
mod coordination;
mod decisions;
mod dependencies;
mod design;
mod evidence;
mod gates;
mod handoffs;
mod integration;
mod levels;
mod metrics;
mod ownership;
mod participation;
mod placeholders;
mod policy;
mod product;
pub mod promises;
mod reviews;
mod risks;
mod status;
mod subjects;
mod tests;
mod text;
mod validation;
mod variations;

use crate::base::{Level, Span};
use crate::config::Exceptions;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::project::{Artifact, Project};
use crate::workflow::Kind;

/// The families of rules, in the order in which `gatecheck rules` lists them. Each family's
/// module lists its own rules.
#[rustfmt::skip]
static FAMILIES: &[&[&Rule]] = &[
    gates::RULES,
    product::RULES,
    design::RULES,
    contracts::RULES,
    ownership::RULES,
    dependencies::RULES,
    coordination::RULES,
    participation::RULES,
    levels::RULES,
    decisions::RULES,
    consultation::RULES,
    variations::RULES,
    status::RULES,
    artifacts::RULES,
    evidence::RULES,
    agreement::RULES,
    boundaries::RULES,
    code::RULES,
    tests::RULES,
    integration::RULES,
    placeholders::RULES,
    text::RULES,
    validation::RULES,
    assignments::RULES,
    handoffs::RULES,
    risks::RULES,
    metrics::RULES,
    reviews::RULES,
    policy::RULES,
];

/// The rules that compare with code, for whose sake it is read.
pub const OF_CODE: &[&str] = code::IDS;

/// The rule that asks the history for the code of earlier commits.
pub const CODE_BEFORE_CONTRACT: &str = code::CODE_BEFORE_CONTRACT;

/// The rule that speaks alone about a document without words.
pub const EMPTY_DOCUMENT: &str = text::EMPTY;

/// The rule that speaks alone about a heading without content.
pub const EMPTY_SECTION: &str = placeholders::EMPTY;

/// The rule about entries of the baseline that nothing answers to.
pub const UNUSED_BASELINE_ENTRY: &str = policy::UNUSED_BASELINE_ENTRY;

/// Whether nothing overrules what a rule finds: no waiver, no baseline, no level of a configuration.
pub fn is_final(id: &str) -> bool {
    id == consultation::VETO
}

/// Every rule.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

/// A named, documented check.
#[derive(Debug)]
pub struct Rule {
    /// Kebab case, says what is wrong: `empty-section`.
    pub id: &'static str,
    /// One line: what the rule finds.
    pub summary: &'static str,
    /// The promises it protects: ids of the requirements.
    pub promises: &'static [&'static str],
    /// The level unless a workflow or the configuration says otherwise.
    pub level: Level,
    /// The page, as Markdown.
    pub page: &'static str,
    pub check: Check,
}

/// What a rule may see.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// The text of any document, without path or project: also what `gatecheck lint` judges.
    Text(fn(&DocumentFacts, &mut Vec<TextFinding>)),
    /// One artifact of these kinds at a time, with the project around it. No kinds: every one.
    Artifact(&'static [Kind], fn(&Artifact, &Project, &mut Vec<Finding>)),
    /// The whole project.
    Project(fn(&Project, &mut Vec<Finding>)),
    /// As [`Check::Project`], in a working tree only: what is said depends on files that git
    /// does not have.
    WorkingTree(fn(&Project, &mut Vec<Finding>)),
    /// The project with its books: what was agreed, what changed, what was claimed.
    Ledger(fn(&Ledger, &Project, &mut Vec<Finding>)),
    /// What the repository decides for itself, after all other rules were judged.
    Policy(fn(&Exceptions<'_>, &mut Vec<Finding>)),
}

/// A finding of a text rule, placed in the one document it saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFinding {
    pub span: Span,
    pub message: String,
    pub help: String,
    /// As [`Finding::subject`].
    pub subject: String,
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

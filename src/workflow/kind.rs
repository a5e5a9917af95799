//! The kinds of documents that rules know how to judge.

use serde::Deserialize;

/// What a document is, and so which rules judge it. A workflow file names kinds by these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A document with required parts and no further meaning.
    Document,
    /// User stories, possibly with criteria and priorities.
    Stories,
    /// Acceptance criteria.
    Criteria,
    /// Golden paths: the journeys that must work.
    Journeys,
    /// The architecture: feature boundaries, contracts, integration points.
    Architecture,
    /// The contracts of one feature.
    Interface,
    /// The contracts of one feature as they were built: compared with those agreed, and owed by
    /// nobody.
    AsBuilt,
    /// What waits for what.
    Dependencies,
    /// User flows.
    Flows,
    /// Wireframes and other user experience documents.
    Experience,
    /// What one feature's implementer did and deviated from.
    Evidence,
    /// What one feature's tester wrote.
    TestEvidence,
    /// How all parallel work came together.
    Integration,
    /// A verdict of a role on the integrated system.
    Validation,
    /// A formal sign-off.
    SignOff,
    /// What was in conflict, what was decided and why.
    Decisions,
    /// Who hands what over to whom, and what can begin with it.
    Handoffs,
    /// Who takes part, and what is theirs.
    Roles,
    /// Who works on what in parallel, and what comes out.
    Workstreams,
    /// What workstreams promise each other where they meet.
    IntegrationPoints,
    /// Who agreed to a plan.
    Approval,
    /// How far the work is, and what stands in its way.
    Status,
    /// Who does which task.
    Assignments,
    /// What may go wrong, what is done against it, and how things stand in colors.
    Risks,
    /// The figures that are promised: coverage, limits.
    Standards,
    /// The figures that were measured.
    Metrics,
    /// Who looked at whose work, and with which result.
    Reviews,
    /// Who hears of what, and how soon.
    Escalations,
    /// What a feature is, and which way it takes through the phases.
    Brief,
    /// Where a consultant stands, and what is recommended.
    Consultation,
    /// What became of each recommendation.
    Answers,
    /// How a test ended.
    Result,
    /// What must be there before anybody begins, and whether it is: GO or NO-GO.
    Prerequisites,
    /// Who takes part in which phase.
    Participants,
    /// What one participant of a phase reports.
    Report,
    /// Levels of work: what blocks the next, what runs side by side, what goes from hand to hand.
    Levels,
    /// Anything else under the root.
    Unknown,
}

impl Kind {
    /// Every kind, with the word a workflow file uses for it: those of whole documents, then those
    /// of records, which begin with the decisions.
    pub const ALL: &[(Kind, &str)] = &[
        (Kind::Document, "document"),
        (Kind::Stories, "stories"),
        (Kind::Criteria, "criteria"),
        (Kind::Journeys, "journeys"),
        (Kind::Architecture, "architecture"),
        (Kind::Interface, "interface"),
        (Kind::AsBuilt, "as-built"),
        (Kind::Dependencies, "dependencies"),
        (Kind::Flows, "flows"),
        (Kind::Experience, "experience"),
        (Kind::Evidence, "evidence"),
        (Kind::TestEvidence, "test-evidence"),
        (Kind::Integration, "integration"),
        (Kind::Validation, "validation"),
        (Kind::SignOff, "sign-off"),
        (Kind::Decisions, "decisions"),
        (Kind::Handoffs, "handoffs"),
        (Kind::Roles, "roles"),
        (Kind::Workstreams, "workstreams"),
        (Kind::IntegrationPoints, "integration-points"),
        (Kind::Approval, "approval"),
        (Kind::Status, "status"),
        (Kind::Assignments, "assignments"),
        (Kind::Risks, "risks"),
        (Kind::Standards, "standards"),
        (Kind::Metrics, "metrics"),
        (Kind::Reviews, "reviews"),
        (Kind::Escalations, "escalations"),
        (Kind::Brief, "brief"),
        (Kind::Consultation, "consultation"),
        (Kind::Answers, "answers"),
        (Kind::Result, "result"),
        (Kind::Prerequisites, "prerequisites"),
        (Kind::Participants, "participants"),
        (Kind::Report, "report"),
        (Kind::Levels, "levels"),
        (Kind::Unknown, "unknown"),
    ];

    /// Whether such documents tell what was built, which begins what was agreed to be kept.
    pub fn is_evidence(self) -> bool {
        matches!(self, Kind::Evidence | Kind::TestEvidence)
    }

    /// Whether it is a list of records, which may also stand in a part of another document.
    pub fn is_record(self) -> bool {
        let whole = Self::ALL.iter().take_while(|(kind, _)| *kind != Kind::Decisions);
        !whole.into_iter().any(|(kind, _)| *kind == self) && self != Kind::Unknown
    }

    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("unknown", |(_, word)| word)
    }
}

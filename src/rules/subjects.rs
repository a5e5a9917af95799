//! Which kinds of documents a rule needs: without any of them it has nothing to say.

use super::{Check, Rule};
use crate::workflow::Kind;

/// What rules over whole projects need, any one of the kinds. A rule that is not listed looks at
/// any project, or at more than documents.
const NEEDED: &[(&[Kind], &[&str])] = &[
    (
        &[Kind::Stories, Kind::Criteria, Kind::Journeys],
        &["unknown-story", "missing-priority", "story-without-criterion", "story-not-referenced"],
    ),
    (&[Kind::Flows], &["flow-missing"]),
    (
        &[Kind::Architecture, Kind::Dependencies, Kind::Interface],
        &[
            "feature-not-in-graph",
            "critical-path",
            "dependencies-disagree",
            "parallel-dependency",
            "blocks-mismatch",
            "scheduled-too-early",
            "unknown-dependency",
            "dependency-cycle",
        ],
    ),
    (
        &[Kind::Architecture, Kind::Interface],
        &[
            "route-outside-ownership",
            "ownership-overlap",
            "table-without-owner",
            "missing-integration-point",
            "duplicate-contract",
            "incomplete-contract",
            "contract-without-auth",
            "contract-mismatch",
            "error-case-without-meaning",
        ],
    ),
    (
        &[Kind::Evidence, Kind::TestEvidence],
        &["uncited-evidence", "stale-citation", "unknown-citation", "deviation-without-contract"],
    ),
    (
        &[Kind::TestEvidence],
        &[
            "endpoint-not-tested",
            "coverage-target-low",
            "unknown-contract-tested",
            "error-case-not-tested",
            "test-kind-missing",
            "test-files-unlisted",
        ],
    ),
    (
        &[Kind::Integration],
        &[
            "missing-suite-result",
            "unresolved-deviation",
            "unknown-resolution",
            "contract-not-updated",
            "contract-update-without-deviation",
        ],
    ),
    (
        &[Kind::Validation, Kind::SignOff],
        &["undated-sign-off", "stale-sign-off", "unsigned-sign-off", "self-signed"],
    ),
    (&[Kind::Decisions], &["duplicate-decision", "decision-incomplete"]),
    (
        &[Kind::Workstreams],
        &["component-without-workstream", "workstream-without-lead", "workstream-ends-early"],
    ),
    (&[Kind::IntegrationPoints], &["integration-point-incomplete"]),
    (&[Kind::Approval], &["plan-not-approved"]),
    (
        &[Kind::Status],
        &["implausible-percentage", "blocker-without-mitigation", "workstream-file-missing"],
    ),
];

impl Rule {
    /// The kinds of documents of which it needs any one to have something to say. None: it says
    /// something in every project.
    pub fn needs(&self) -> &'static [Kind] {
        if let Check::Artifact(kinds, _) = self.check {
            return kinds;
        }
        let listed = NEEDED.iter().find(|(_, rules)| rules.contains(&self.id));
        listed.map_or(&[], |(kinds, _)| kinds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn every_listed_rule_exists_once() {
        let mut listed: Vec<&str> = NEEDED.iter().flat_map(|(_, rules)| *rules).copied().collect();
        for id in &listed {
            assert!(rules::find(id).is_some(), "{id}");
        }
        listed.sort_unstable();
        assert!(listed.windows(2).all(|two| two[0] != two[1]), "{listed:?}");
    }
}

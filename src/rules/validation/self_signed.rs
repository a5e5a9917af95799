use super::{Governing, governing, title};
use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::ledger::{Claims, Ledger};
use crate::model::people::{self, Person};
use crate::project::duties::counts_for;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "self-signed",
    summary: "whoever signed off wrote what is signed off",
    promises: &["S2.16"],
    level: Level::Deny,
    page: include_str!("../../../rules/self-signed.md"),
    check: Check::Ledger(check),
};

fn check(ledger: &Ledger, project: &Project, out: &mut Vec<Finding>) {
    for one in governing(project).into_iter().filter(|one| one.due.formal) {
        let Some(span) = one.verdict.signer else { continue };
        let signers = people::named(one.document.facts.text_of(span));
        // Each of several vouches for all of it.
        let mut works =
            signers.iter().map(|signer| (signer, work(signer, &one, &ledger.claims, project)));
        let found = works.find_map(|(signer, work)| Some((signer, work?)));
        let Some((signer, work)) = found else { continue };
        let role = title(project, one.due.role);
        let (name, path) = (&signer.name, &work.artifact.path);
        let message = match &work.by {
            By::Name(_) => format!(
                "{name} signs off as {role} and is named in {path} as one of those who did the work"
            ),
            By::Commit(commit) => {
                format!("{name} signs off as {role} and committed {path} ({commit})")
            }
        };
        let mut finding = Finding::at(&one.document.artifact.path, span, message)
            .help("have somebody validate and sign who did not do the work")
            .subject(format!("signer for the {role}"));
        if let By::Name(place) = work.by {
            finding = finding.related(path, Some(place), "named here");
        }
        out.push(one.in_gates(finding));
    }
}

/// A part that somebody had in what a sign-off covers.
struct Work<'p> {
    artifact: &'p Artifact,
    by: By,
}

enum By {
    /// As a document names its authors.
    Name(Span),
    /// As git has it, for people whom the configuration knows.
    Commit(String),
}

fn work<'p>(
    signer: &Person,
    one: &Governing<'_>,
    claims: &Claims,
    project: &'p Project,
) -> Option<Work<'p>> {
    let key = claims.people.key(&signer.key);
    for (id, artifact) in project.artifacts.iter().enumerate() {
        let Some(facts) = artifact.facts().filter(|_| covers(one, artifact, project)) else {
            continue;
        };
        let mut authors = people::authors(facts).into_iter();
        let named =
            authors.find(|(author, _)| Person::is_same(claims.people.key(&author.key), key));
        if let Some((_, place)) = named {
            return Some(Work { artifact, by: By::Name(place) });
        }
        let mut written = claims.written.iter();
        if let Some(found) = written.find(|one| one.artifact == id && Person::is_same(&one.by, key))
        {
            return Some(Work { artifact, by: By::Commit(found.commit.short.clone()) });
        }
    }
    None
}

/// Whether a sign-off covers a document: evidence of the features of its iterations, and the
/// report on their integration.
fn covers(one: &Governing<'_>, artifact: &Artifact, project: &Project) -> bool {
    let Some(deliverable) = project.deliverable(artifact) else { return false };
    let mut iterations = one.gates.iter().map(|gate| gate.0);
    match artifact.kind {
        Kind::Evidence | Kind::TestEvidence => iterations.any(|iteration| {
            let mut features = artifact.features.iter();
            features.any(|&id| project.features[id].iteration == iteration)
        }),
        Kind::Integration => iterations.any(|one| counts_for(deliverable, artifact, one)),
        _ => false,
    }
}

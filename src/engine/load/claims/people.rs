//! Who committed what sign-offs and reviews cover, as far as the configuration knows people.

use super::super::trees::Trees;
use crate::base::Failure;
use crate::ledger::{Claims, People, Written};
use crate::model::people;
use crate::project::ArtifactId;
use crate::workflow::Kind;

/// Finds the commits by people whom the configuration knows that changed evidence, handoffs or
/// integration reports. Answers also with a note where a shallow history hides some.
///
/// # Errors
/// The history cannot be read, or the configuration requires what is missing of it.
pub fn written(trees: &Trees<'_>, claims: &mut Claims) -> Result<Option<String>, Failure> {
    let project = trees.project;
    claims.people = known(trees);
    let signs = project
        .artifacts
        .iter()
        .any(|artifact| matches!(artifact.kind, Kind::SignOff | Kind::Reviews));
    if claims.people.is_empty() || !signs {
        return Ok(None);
    }
    let journal = trees.journal()?;
    for step in journal.steps.iter().filter(|step| !step.merge) {
        let covered = step.changes.iter().filter_map(|change| {
            let by_path = project.artifacts.binary_search_by(|one| one.path.cmp(&change.path));
            let kind = project.artifacts[by_path.ok()?].kind;
            let work = kind.is_evidence() || matches!(kind, Kind::Integration | Kind::Handoffs);
            work.then_some(by_path.ok()?)
        });
        let covered: Vec<ArtifactId> = covered.collect();
        if covered.is_empty() {
            continue;
        }
        let author = trees.history.author(&step.commit)?;
        let mut found = [&author.email, &author.name].into_iter();
        let found = found.find_map(|one| claims.people.known(&alias(one)));
        let Some(by) = found.map(str::to_owned) else { continue };
        claims.written.extend(covered.into_iter().map(|artifact| Written {
            artifact,
            commit: trees.named(&step.commit),
            by: by.clone(),
        }));
    }
    let what = "whether those who signed wrote what they signed";
    journal.shallow.then(|| super::super::shallow(trees.reading.config, what)).transpose()
}

/// The people of the configuration, by all their names and addresses.
fn known(trees: &Trees<'_>) -> People {
    let mut known = People::default();
    for (name, aliases) in &trees.reading.config.identities {
        for person in people::named(name) {
            for one in aliases {
                known.add(&person, alias(one));
            }
        }
    }
    known
}

/// An address as it is, a name by its key.
fn alias(written: &str) -> String {
    if written.contains('@') {
        return written.trim().to_lowercase();
    }
    people::named(written).into_iter().next().map_or_else(String::new, |person| person.key)
}

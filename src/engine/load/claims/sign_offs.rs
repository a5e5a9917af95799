//! Sign-offs and what the integration report says since the commit that they sign.

use super::super::shallow;
use super::super::trees::Trees;
use super::history::{Since, known, said_since};
use super::reports::Reports;
use crate::base::{Failure, Span};
use crate::ledger::{Claims, Outdated};
use crate::model::Model;
use crate::project::ArtifactId;
use crate::source::CommitId;
use crate::workflow::Kind;

/// Finds the sign-offs whose commit lacks what the integration report says now. Answers also with
/// a note where a shallow history leaves that open.
///
/// # Errors
/// The history cannot be read, or the configuration requires what is missing of it.
pub fn outdated(trees: &Trees<'_>, claims: &mut Claims) -> Result<Option<String>, Failure> {
    let mut reports = Reports::new(trees);
    let (mut judged, mut open) = (None, false);
    for (artifact, span) in signed(trees) {
        let signed = &trees.project.artifacts[artifact];
        let written = signed.facts().map_or("", |facts| facts.text_of(span));
        let Some(commit) = meant(trees, written)? else { continue };
        let judged = judged.get_or_insert_with(|| reports.judged());
        let then = reports.at(&commit)?;
        // What says the same is covered, wherever the commit stands: a squash or a rebase may have
        // left it aside.
        let changed = (0..judged.len()).filter(|&one| then[one] != judged[one]);
        let changed: Vec<usize> = changed.collect();
        if changed.is_empty() {
            continue;
        }
        let since = said_since(trees, &signed.path, written)?;
        for iteration in changed {
            let by = match (reports.last_change(iteration, judged)?, since) {
                (Since::Earlier, _) => {
                    open |= trees.journal()?.shallow;
                    continue;
                }
                // Where both came at once, nobody can tell which was first.
                (Since::Uncommitted, Since::Uncommitted) => continue,
                (Since::Step(last), Since::Step(since)) if last == since => continue,
                (Since::Uncommitted, _) => None,
                (Since::Step(last), _) => {
                    let last = &trees.journal()?.steps[last].commit;
                    match trees.history.descends(&commit, last)? {
                        Some(true) => continue,
                        Some(false) => Some(trees.named(last)),
                        None => {
                            open = true;
                            continue;
                        }
                    }
                }
            };
            claims.outdated.push(Outdated { artifact, span, iteration, by });
        }
    }
    let what = "whether sign-offs cover what the integration report says";
    open.then(|| shallow(trees.reading.config, what)).transpose()
}

/// The commits that formal sign-offs name, as they write them.
fn signed(trees: &Trees<'_>) -> Vec<(ArtifactId, Span)> {
    let mut signed = Vec::new();
    for (id, artifact) in trees.project.artifacts.iter().enumerate() {
        if let (Kind::SignOff, Model::Validation(model)) = (artifact.kind, &*artifact.model) {
            let commits = model.verdicts.iter().filter_map(|verdict| verdict.commit);
            signed.extend(commits.map(|span| (id, span)));
        }
    }
    signed.sort_unstable();
    signed.dedup();
    signed
}

/// The commit that a sign-off means: by its id, or by a tag or branch. Nothing for one that is not
/// here, and for an id that several begin with.
fn meant(trees: &Trees<'_>, written: &str) -> Result<Option<CommitId>, Failure> {
    let parts = |c: char| c.is_whitespace() || matches!(c, '`' | '*' | ',' | ';' | '(' | ')' | '@');
    for word in written.split(parts).map(|word| word.trim_end_matches('.')) {
        if word.len() >= 7
            && let Some(found) = known(trees, word)?
        {
            return Ok(Some(found));
        }
        let named = !word.is_empty()
            && !word.contains("..")
            && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_./+".contains(c));
        for kind in ["tags", "heads"].into_iter().filter(|_| named) {
            if let Some(found) = trees.history.resolve(&format!("refs/{kind}/{word}"))? {
                return Ok(Some(found));
            }
        }
    }
    Ok(None)
}

//! What the code declares beside what the design promises (S2.7).
//!
//! An extractor reads less than a compiler. So nothing is concluded from what it did not find
//! unless it found most of what is promised: a floor, below which a note says that nothing was
//! judged.

mod routes;
mod tables;

use std::collections::HashSet;

use super::{FeatureId, Project};
use crate::base::words::count;
use crate::code::Code;
use crate::model::contract::Subject;
use crate::workflow::Kind;
pub use tables::folded;

/// The code of a project, compared with its contracts.
#[derive(Debug, Default)]
pub struct Surface {
    pub code: Code,
    /// Offers of features whose evidence has begun that no route serves: places in
    /// [`Project::offers`].
    pub absent: Vec<usize>,
    /// Offers of such features that a route serves and spells as they do: places in
    /// [`Project::offers`] and in [`Code::routes`].
    pub spelled: Vec<(usize, usize)>,
    /// Routes that no contract states: places in [`Code::routes`].
    pub unstated: Vec<usize>,
    /// Tables of such features that no code creates: artifact, and place among its contracts.
    pub absent_tables: Vec<(usize, usize)>,
    /// Tables that no document of the design names: places in [`Code::tables`].
    pub unstated_tables: Vec<usize>,
}

/// Whether the design promises anything that code could be compared with, and somebody built it.
pub fn is_due(project: &Project) -> bool {
    let built = built(project);
    !built.is_empty()
        && project.contracts().any(|one| {
            one.feature.is_some_and(|feature| built.contains(&feature))
                && matches!(one.contract.subject, Subject::Endpoint { .. } | Subject::Table { .. })
        })
}

/// Compares a project with its code, and says what could not be judged. `floor` is a share in
/// percent.
pub fn compare(project: &Project, code: Code, floor: u32) -> (Surface, Vec<String>) {
    let mut notes = Vec::new();
    let built = built(project);
    let mut surface = Surface { code, ..Surface::default() };
    let declares: Vec<&str> = surface
        .code
        .frameworks
        .iter()
        .filter(|one| one.declares_routes)
        .map(|one| one.title.as_str())
        .collect();
    if !declares.is_empty() {
        let routes = routes::compare(project, &surface.code, &built);
        match routes.found * 100 >= floor as usize * routes.promised {
            true => {
                (surface.absent, surface.unstated) = (routes.absent, routes.unstated);
                surface.spelled = routes.spelled;
            }
            false => notes.push(note(
                "endpoints",
                count(routes.promised, "documented endpoint", "documented endpoints"),
                routes.found,
                &format!("the code of {}", crate::base::words::list(&declares)),
            )),
        }
    }
    if !surface.code.tables.is_empty() {
        let tables = tables::compare(project, &surface.code, &built);
        match tables.found * 100 >= floor as usize * tables.promised {
            true => {
                (surface.absent_tables, surface.unstated_tables) = (tables.absent, tables.unstated);
            }
            false => notes.push(note(
                "tables",
                count(tables.promised, "documented table", "documented tables"),
                tables.found,
                "the code",
            )),
        }
    }
    (surface, notes)
}

/// As [`Surface::spelled`], for the code of another tree.
pub fn spelled(project: &Project, surface: &Surface, other: &Code) -> Vec<(usize, usize)> {
    routes::spelled(project, &surface.code, other, &built(project))
}

fn note(what: &str, promised: String, found: usize, place: &str) -> String {
    let found = match found {
        0 => "none was".to_owned(),
        1 => "only 1 was".to_owned(),
        many => format!("only {many} were"),
    };
    format!(
        "not judged: {what} against the code, because of {promised} {found} found in {place}; \
         `gatecheck contracts --code` shows what was read, and [code] in the configuration can \
         help"
    )
}

/// The features whose evidence has begun.
fn built(project: &Project) -> HashSet<FeatureId> {
    let evidence = project.artifacts.iter().filter(|one| one.kind == Kind::Evidence);
    evidence.flat_map(|one| one.features.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_about_the_floor_counts_in_plain_english() {
        let told =
            |found| note("endpoints", "7 documented endpoints".to_owned(), found, "the code");
        for (found, expected) in [
            (0, "because of 7 documented endpoints none was found in the code;"),
            (1, "because of 7 documented endpoints only 1 was found in the code;"),
            (2, "because of 7 documented endpoints only 2 were found in the code;"),
        ] {
            assert!(told(found).contains(expected), "{}", told(found));
        }
    }
}

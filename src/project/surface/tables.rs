//! Tables.

use std::collections::HashSet;

use crate::code::Code;
use crate::model::contract::Subject;
use crate::project::contracts::{is_consumed, is_for_later};
use crate::project::{FeatureId, Project};
use crate::workflow::Kind;

/// How the tables of a design and of its code compare.
#[derive(Default)]
pub struct Compared {
    pub promised: usize,
    pub found: usize,
    /// Artifact, and place among its contracts.
    pub absent: Vec<(usize, usize)>,
    pub unstated: Vec<usize>,
}

pub fn compare(project: &Project, code: &Code, built: &HashSet<FeatureId>) -> Compared {
    let created: HashSet<String> = code.tables.iter().map(|one| folded(&one.name)).collect();
    let mut compared = Compared::default();
    let mut known: HashSet<String> = HashSet::new();
    // The interface is where a reader looks a table up.
    let mut stated: Vec<_> = project.contracts().collect();
    stated.sort_by_key(|one| project.artifacts[one.artifact].kind != Kind::Interface);
    for one in stated {
        let Subject::Table { name } = &one.contract.subject else { continue };
        let Some(facts) = project.artifacts[one.artifact].facts() else { continue };
        let section = one.contract.section;
        let own = one.feature.is_some_and(|feature| built.contains(&feature));
        let promised = own && !is_consumed(facts, section) && !is_for_later(facts, section);
        if !known.insert(folded(name)) || !promised {
            continue;
        }
        compared.promised += 1;
        match created.contains(&folded(name)) {
            true => compared.found += 1,
            false => compared.absent.push((one.artifact, one.place)),
        }
    }
    if compared.promised == 0 {
        return compared;
    }
    known.extend(named(project));
    let tables = code.tables.iter().enumerate();
    let unstated = tables.filter(|(_, one)| !known.contains(&folded(&one.name)));
    compared.unstated = unstated.map(|(at, _)| at).collect();
    compared
}

/// Every name in the documents of the design that may be one of a table.
fn named(project: &Project) -> HashSet<String> {
    let kinds = [Kind::Architecture, Kind::Interface];
    let documents = kinds.into_iter().flat_map(|kind| project.documents(kind));
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.filter(|word| word.len() > 2).map(folded).collect()
    };
    documents.flat_map(|(_, facts)| words(&facts.text)).collect()
}

/// A name in the form in which two are compared: `public.user_roles`, `UserRole` and `userroles`
/// are one.
pub fn folded(name: &str) -> String {
    let own = name.rsplit('.').next().unwrap_or(name);
    let mut folded: String =
        own.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    const LONG: &[&str] = &["ches", "shes", "xes", "sses", "zes"];
    if let Some(stem) = folded.strip_suffix("ies") {
        folded = format!("{stem}y");
    } else if LONG.iter().any(|ending| folded.ends_with(ending)) {
        folded.truncate(folded.len() - 2);
    } else if folded.ends_with('s') && !folded.ends_with("ss") {
        folded.pop();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_one_table_are_equal() {
        for (one, other) in
            [("public.user_roles", "UserRole"), ("categories", "category"), ("watches", "Watch")]
        {
            assert_eq!(folded(one), folded(other));
        }
        assert_ne!(folded("users"), folded("user_roles"));
    }
}

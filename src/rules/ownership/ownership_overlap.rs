use std::collections::{BTreeMap, HashMap};

use super::{Claim, drawn, table_name};
use crate::base::{Level, words};
use crate::finding::Finding;
use crate::model::architecture::Resource;
use crate::model::architecture::ownership::{RoutePattern, overlaps};
use crate::project::{FeatureId, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "ownership-overlap",
    summary: "two features own the same route, table or state",
    promises: &["S2.5", "S2.18"],
    level: Level::Deny,
    page: include_str!("../../../rules/ownership-overlap.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let all = drawn(project);
    let claims = |kind| all.iter().flat_map(move |one| one.claims(kind)).collect::<Vec<_>>();
    let routes = claims(Resource::Route);
    report(project, &routes, &same_routes(&routes), out);
    for (kind, name) in [(Resource::Table, table_name as fn(&str) -> _), (Resource::State, state)] {
        let named = claims(kind);
        report(project, &named, &same_names(&named, name), out);
    }
}

/// Two claims to one thing, the earlier one first, by their places in the list.
type Pair = (usize, usize);

fn same_routes(claims: &[Claim]) -> Vec<Pair> {
    let read = |(at, one): (usize, &Claim)| Some((at, RoutePattern::read(one.text)?));
    let (places, patterns): (Vec<usize>, Vec<RoutePattern>) =
        claims.iter().enumerate().filter_map(read).unzip();
    // What one feature's claim meets of another feature is one thing: the most exact of all.
    let mut met: BTreeMap<(usize, FeatureId), usize> = BTreeMap::new();
    overlaps(&patterns, |left, right| {
        let (left, right) = (places[left].min(places[right]), places[left].max(places[right]));
        let owner = claims[left].by.feature;
        if owner != claims[right].by.feature {
            let known = met.entry((right, owner)).or_insert(left);
            if claims[*known].text.len() < claims[left].text.len() {
                *known = left;
            }
        }
    });
    met.into_iter().map(|((later, _), earlier)| (earlier, later)).collect()
}

fn same_names(claims: &[Claim], name: fn(&str) -> Option<String>) -> Vec<Pair> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut pairs = Vec::new();
    for (at, claim) in claims.iter().enumerate() {
        let Some(name) = name(claim.text) else { continue };
        let owner = *first.entry(name).or_insert(at);
        if claims[owner].by.feature != claim.by.feature {
            pairs.push((owner, at));
        }
    }
    pairs
}

/// The name of a state where it is more than "loading": an identifier, or words of which the last
/// says what it is.
fn state(text: &str) -> Option<String> {
    const HOLDERS: &[&str] = &["context", "store", "slice", "reducer", "provider", "session"];
    const ANY: &[&str] = &["ui", "local", "loading", "error", "form", "page", "component", "react"];
    let name = words::normalize(text);
    let (first, last) = (name.split(' ').next()?, name.rsplit(' ').next()?);
    let identifier = !text.contains(' ') && text.chars().skip(1).any(char::is_uppercase);
    let held = first != last && HOLDERS.contains(&last) && !ANY.contains(&first);
    (identifier || held).then_some(name)
}

/// One finding for each thing of the one that a later feature claims, however often it does.
fn report(project: &Project, claims: &[Claim], pairs: &[Pair], out: &mut Vec<Finding>) {
    let mut met: BTreeMap<(usize, FeatureId), Vec<Claim>> = BTreeMap::new();
    for &(earlier, later) in pairs {
        let claim = claims[later];
        met.entry((earlier, claim.by.feature)).or_default().push(claim);
    }
    for ((earlier, feature), later) in met {
        let (owner, place) = (&claims[earlier], &later[0]);
        let (one, other) =
            (&project.features[owner.by.feature].name, &project.features[feature].name);
        let texts: Vec<String> = later.iter().map(|claim| format!("`{}`", claim.text)).collect();
        let message = match later[..] {
            [same] if same.text == owner.text => {
                format!("{one} and {other} both own `{}`", owner.text)
            }
            // A pattern holds what is below it, whoever of the two wrote the pattern.
            _ => format!(
                "{other} owns {}, and {one} owns `{}`: one holds the other",
                words::few(&texts, 3),
                owner.text
            ),
        };
        let mut finding = Finding::at(&place.by.artifact.path, place.span, message)
            .help(
                "give it to one of the two; where the other only reads or links it, say so behind \
                 it, as in `users (read-only)`",
            )
            .subject(format!("{other}: {}", place.text))
            .related(
                &owner.by.artifact.path,
                Some(owner.span),
                format!("{one} owns `{}` here", owner.text),
            );
        if let Some((phase, _)) = place.by.artifact.deliverable {
            finding = finding.gate(project.features[feature].iteration, phase);
        }
        out.push(finding);
    }
}

//! `gatecheck contracts`: what every feature promises.

use std::collections::HashMap;

use super::args::{ContractsArgs, ViewFormat};
use super::inspect::{Lines, shown};
use super::output::Outcome;
use super::view;
use crate::base::{Failure, words};
use crate::model::contract::compare::{Types, compare_in};
use crate::model::contract::{Shape, Subject};
use crate::project::Project;
use crate::project::contracts::Stated;
use crate::render::contracts::{self as table, Place, Promise, Promises, Stand};
use crate::render::{Shown, declared, inspect};

pub fn run(args: &ContractsArgs, color: bool) -> Result<Outcome, Failure> {
    if args.code {
        return of_code(args, color);
    }
    let (source, projects) = view::projects(&args.source)?;
    let mut promises = Promises { source: source.into(), ..Promises::default() };
    if let Some(wanted) = &args.feature {
        promises.feature = Some(wanted.into());
        check_feature(wanted, projects.iter())?;
    }
    for project in &projects {
        gather(project, args.feature.as_deref(), &mut promises);
    }
    Ok(Outcome::shown(match args.shape.format {
        ViewFormat::Human => table::render(&promises, color),
        ViewFormat::Json => table::json(&promises),
    }))
}

/// What the code declares, for whoever wants to know what the rules compare with.
fn of_code(args: &ContractsArgs, color: bool) -> Result<Outcome, Failure> {
    let (source, read) = view::code(&args.source)?;
    let framework = |at: usize| read.frameworks[at].title.as_str().into();
    let routes = read.routes.iter().map(|one| declared::Line {
        kind: one.method.as_str().into(),
        name: one.path.as_str().into(),
        whole: one.whole,
        file: one.file.as_str().into(),
        line: one.line,
        framework: framework(one.framework),
    });
    let tables = read.tables.iter().map(|one| declared::Line {
        kind: "TABLE".into(),
        name: one.name.as_str().into(),
        whole: true,
        file: one.file.as_str().into(),
        line: one.line,
        framework: framework(one.framework),
    });
    let frameworks = read.frameworks.iter().map(|one| declared::Framework {
        id: one.id.as_str().into(),
        title: one.title.as_str().into(),
        files: one.files,
        routes: one.routes,
        tables: one.tables,
    });
    let unread = read.unread.iter().map(|one| declared::Unread {
        file: one.file.as_str().into(),
        why: one.why.as_str().into(),
    });
    let found = declared::Declared {
        source: source.into(),
        routes: routes.collect(),
        tables: tables.collect(),
        frameworks: frameworks.collect(),
        unread: unread.collect(),
    };
    Ok(Outcome::shown(match args.shape.format {
        ViewFormat::Human => declared::render(&found, color),
        ViewFormat::Json => declared::json(&found),
    }))
}

/// Whether a feature is called so, by its name, the name in its files, or its letter.
pub(super) fn is_called(project: &Project, feature: usize, wanted: &str) -> bool {
    let feature = &project.features[feature];
    let label = feature.label.as_deref().is_some_and(|label| label.eq_ignore_ascii_case(wanted));
    feature.name.eq_ignore_ascii_case(wanted) || feature.slug.eq_ignore_ascii_case(wanted) || label
}

/// Checks that some feature is called so.
///
/// # Errors
/// None is; the failure offers those that there are.
pub(super) fn check_feature<'p>(
    wanted: &str,
    projects: impl Iterator<Item = &'p Project> + Clone,
) -> Result<(), Failure> {
    let known = |project: &Project| {
        (0..project.features.len()).any(|feature| is_called(project, feature, wanted))
    };
    if projects.clone().any(known) {
        return Ok(());
    }
    let features = projects.flat_map(|project| &project.features);
    let names: Vec<&str> = features.map(|feature| feature.name.as_str()).collect();
    let help = match words::closest(wanted, names.iter().copied()) {
        Some(meant) => format!("did you mean {meant}?"),
        None if names.is_empty() => "no feature is declared yet".to_owned(),
        None => format!("the features are {}", words::few(&names, 8)),
    };
    Err(Failure::new(format!("no feature is called \"{wanted}\""), "", help))
}

/// Puts the writings of one contract together, in the order of the features.
fn gather(project: &Project, wanted: Option<&str>, promises: &mut Promises) {
    let lines: HashMap<usize, Lines<'_>> = project
        .artifacts
        .iter()
        .enumerate()
        .filter_map(|(id, artifact)| Some((id, Lines::of(artifact.facts()?))))
        .collect();
    let path = |artifact: usize| Shown::from(project.artifacts[artifact].path.as_str());
    let mut groups: Vec<Vec<Stated<'_>>> = Vec::new();
    let mut known: HashMap<(Option<usize>, &Subject), usize> = HashMap::new();
    for stated in project.contracts() {
        let fits = |wanted| stated.feature.is_some_and(|one| is_called(project, one, wanted));
        if !wanted.is_none_or(fits) {
            continue;
        }
        let at = *known.entry((stated.feature, &stated.contract.subject)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[at].push(stated);
    }
    groups.sort_by_key(|group| group[0].feature.map_or(usize::MAX, |feature| feature));
    for group in groups {
        let fullest = group.iter().max_by_key(|one| said(one)).unwrap_or(&group[0]);
        let Some(of) = lines.get(&fullest.artifact) else { continue };
        let feature = fullest.feature.map_or("", |feature| project.features[feature].name.as_str());
        let place = |one: &Stated<'_>| {
            let line = lines.get(&one.artifact)?.line(one.contract.span);
            Some(Stand { document: path(one.artifact), line })
        };
        let mut differences: Vec<Shown> = Vec::new();
        for other in group.iter().filter(|one| one.artifact != fullest.artifact) {
            let (here, there) = (path(fullest.artifact), path(other.artifact));
            let (here, there) = (format!("in {here}"), format!("in {there}"));
            let types =
                |one: &Stated<'_>| Types::of(project.artifacts[one.artifact].model.contracts());
            let found = compare_in(fullest.contract, types(fullest), other.contract, types(other));
            let found = found.iter().filter(|one| one.contradicts());
            differences.extend(found.map(|one| Shown::from(one.sentence(&here, &there))));
        }
        promises.contracts.push(Promise {
            contract: shown(fullest.contract, feature, of),
            places: group.iter().filter_map(place).collect(),
            differences,
        });
    }
    if wanted.is_some() {
        return;
    }
    promises.unread.extend(project.unread_contracts().filter_map(|(artifact, one)| {
        let lines = lines.get(&artifact)?;
        let what = inspect::Unread {
            text: lines.text(one.span).into(),
            why: (&one.why).into(),
            line: lines.line(one.span),
        };
        Some(Place { document: path(artifact), what })
    }));
}

/// How many parts a writing states, and how exactly; of equals the last is taken, so the first is
/// preferred by its place.
fn said(stated: &Stated<'_>) -> (usize, usize, std::cmp::Reverse<usize>) {
    let one = stated.contract;
    let parts = [one.request.is_some(), one.query.is_some(), one.response.is_some()];
    let parts = parts.iter().filter(|said| **said).count() + one.error_cases.len();
    let bodies = [&one.request, &one.query, &one.response];
    let exact = bodies.iter().filter_map(|part| part.as_ref()).map(|part| detail(&part.shape));
    (parts, exact.sum(), std::cmp::Reverse(stated.artifact))
}

/// How many fields and types a shape gives.
fn detail(shape: &Shape) -> usize {
    match shape {
        Shape::Unsaid | Shape::Words(_) => 0,
        Shape::Nothing | Shape::Value(_) | Shape::Name(_) => 1,
        Shape::Object(object) => {
            object.members.iter().map(|member| 1 + detail(&member.shape)).sum()
        }
        Shape::List(inner) => 1 + detail(inner),
        Shape::Either(some) | Shape::Both(some) => some.iter().map(detail).sum(),
    }
}

//! Reads deliverables and their parts, new ones and changes to those of an extended file.

use super::layer::Layer;
use super::raw::{RawDeliverable, RawPart, RawPer, RawWithin, Word};
use super::{Deliverable, Kind, Part, Pattern, Per, Place, Within, Workflow};
use crate::base::Failure;

/// What paths can capture.
const CAPTURES: &[&str] = &["feature", "role", "iteration", "task"];

/// Words of one file that name roles and deliverables, which may stand further down in it.
#[derive(Default)]
pub struct References {
    pub roles: Vec<Word>,
    pub deliverables: Vec<Word>,
    /// Deliverables and parts, written `deliverable.part`.
    pub parts: Vec<Word>,
    /// Parts that tell a result, written `deliverable.part`.
    pub results: Vec<Word>,
    /// Phases, by id.
    phases: Vec<Word>,
}

impl References {
    /// Fails for the first that names nothing.
    pub fn check(&self, layer: &Layer, workflow: &Workflow) -> Result<(), Failure> {
        let roles: Vec<&str> = workflow.roles.iter().map(|role| role.id.as_str()).collect();
        for word in &self.roles {
            layer.known(word, &roles, "role")?;
        }
        let ids: Vec<&str> = workflow.deliverables().map(|(.., one)| one.id.as_str()).collect();
        for word in &self.deliverables {
            layer.known(word, &ids, "deliverable")?;
        }
        let parts = workflow.deliverables().flat_map(|(.., one)| {
            let id = &one.id;
            one.parts.iter().map(move |part| format!("{id}.{}", part.id))
        });
        let parts: Vec<String> = parts.collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        for word in &self.results {
            layer.known(word, &parts, "part")?;
        }
        let all: Vec<&str> = ids.into_iter().chain(parts).collect();
        for word in &self.parts {
            layer.known(word, &all, "deliverable or part")?;
        }
        let ids: Vec<&str> = workflow.phases.iter().map(|phase| phase.id.as_str()).collect();
        for word in &self.phases {
            layer.known(word, &ids, "phase")?;
        }
        Ok(())
    }
}

/// Adds a deliverable to a phase, or changes in it what the file states.
pub fn apply(
    workflow: &mut Workflow,
    phase: usize,
    layer: &Layer,
    raw: RawDeliverable,
    references: &mut References,
) -> Result<(), Failure> {
    let id = layer.id(&raw.id)?;
    let known = workflow.deliverables().find(|(.., one)| one.id == id);
    let at = match known.map(|(holder, index, _)| (holder, index)) {
        Some((holder, index)) if holder == phase => index,
        Some((holder, _)) => {
            let why = format!("`{id}` stands in phase `{}` already", workflow.phases[holder].id);
            let help = "change it there, or name it in `remove` first";
            return Err(layer.fail(raw.id.span(), why, help));
        }
        None => {
            let all = &mut workflow.phases[phase].deliverables;
            all.push(empty(id, layer.place(raw.id.span())));
            all.len() - 1
        }
    };
    let one = &mut workflow.phases[phase].deliverables[at];
    if let Some(paths) = &raw.paths {
        one.paths = patterns(layer, paths)?;
        one.place = layer.place(paths.first().map_or(raw.id.span(), Word::span));
    }
    one.elsewhere = or(raw.elsewhere.map(|written| patterns(layer, &written)), &one.elsewhere)?;
    one.title = raw.title.unwrap_or_else(|| one.title.clone());
    one.kind = raw.kind.unwrap_or(one.kind);
    one.several = raw.several.unwrap_or(one.several);
    one.promise = raw.promise.clone().unwrap_or(std::mem::take(&mut one.promise));
    let of_parts = std::mem::take(&mut one.parts_promise);
    one.parts_promise = raw.parts_promise.clone().unwrap_or(of_parts);
    one.optional = raw.optional.unwrap_or(one.optional);
    one.by_iteration = raw.by_iteration.unwrap_or(one.by_iteration);
    one.every = raw.every.or(one.every);
    one.in_order = raw.in_order.unwrap_or(one.in_order);
    if let Some(roles) = raw.beside {
        one.beside = roles.iter().map(|role| role.get_ref().clone()).collect();
        references.roles.extend(roles);
    }
    if let Some(phase) = raw.beside_until {
        one.beside_until = Some(phase.get_ref().clone());
        references.phases.push(phase);
    }
    one.checklists = or(raw.checklists.map(|written| layer.words(&written)), &one.checklists)?;
    if let Some(roles) = raw.verdicts {
        one.verdicts = roles.iter().map(|role| role.get_ref().clone()).collect();
        references.roles.extend(roles);
    }
    if let Some(per) = raw.per {
        one.per = match per.into_inner() {
            RawPer::Project => Per::Project,
            RawPer::Feature => Per::Feature,
            RawPer::Participant => Per::Participant,
            RawPer::Role(roles) => {
                let ids = roles.iter().map(|role| role.get_ref().clone()).collect();
                references.roles.extend(roles);
                Per::Role(ids)
            }
        };
    }
    if let Some(within) = raw.within {
        one.within = Vec::new();
        for RawWithin { deliverable, names } in within {
            let names = layer.words(&names)?;
            one.within.push(Within { deliverable: deliverable.get_ref().clone(), names });
            references.deliverables.push(deliverable);
        }
    }
    layer.unique(raw.part.iter().map(|part| &part.id), "part")?;
    for written in raw.part {
        part(one, layer, written, references)?;
    }
    check_proposal(one, layer, &raw.id)
}

fn empty(id: String, place: Place) -> Deliverable {
    Deliverable {
        title: id.replace('-', " "),
        id,
        kind: Kind::Document,
        paths: Vec::new(),
        elsewhere: Vec::new(),
        per: Per::Project,
        several: false,
        verdicts: Vec::new(),
        promise: String::new(),
        parts_promise: String::new(),
        optional: false,
        by_iteration: false,
        every: None,
        parts: Vec::new(),
        checklists: Vec::new(),
        beside: Vec::new(),
        beside_until: None,
        in_order: false,
        within: Vec::new(),
        place,
    }
}

/// What was stated, or what was there.
fn or<T: Clone>(stated: Option<Result<Vec<T>, Failure>>, known: &[T]) -> Result<Vec<T>, Failure> {
    stated.unwrap_or_else(|| Ok(known.to_vec()))
}

fn patterns(layer: &Layer, written: &[Word]) -> Result<Vec<Pattern>, Failure> {
    let mut patterns = Vec::new();
    for word in written {
        let pattern = Pattern::parse(word.get_ref()).map_err(|why| {
            let why = format!("`{}` is no path pattern: {why}", word.get_ref());
            let help = "write a path such as `architecture/INTERFACE-{feature}.md`";
            layer.fail(word.span(), why, help)
        })?;
        for name in pattern.captures() {
            layer.known(&toml::Spanned::new(word.span(), name.to_owned()), CAPTURES, "capture")?;
        }
        patterns.push(pattern);
    }
    Ok(patterns)
}

fn part(
    one: &mut Deliverable,
    layer: &Layer,
    raw: RawPart,
    references: &mut References,
) -> Result<(), Failure> {
    let id = layer.id(&raw.id)?;
    let at = one.parts.iter().position(|known| known.id == id).unwrap_or_else(|| {
        let place = layer.place(raw.id.span());
        let title = id.replace('-', " ");
        let (names, also_in) = (Vec::new(), Vec::new());
        let (per_feature, later_iterations) = (false, false);
        let kind = None;
        one.parts.push(Part {
            id,
            title,
            kind,
            names,
            per_feature,
            later_iterations,
            also_in,
            place,
        });
        one.parts.len() - 1
    });
    let part = &mut one.parts[at];
    part.title = raw.title.unwrap_or_else(|| part.title.clone());
    part.kind = raw.kind.or(part.kind);
    part.per_feature = raw.per_feature.unwrap_or(part.per_feature);
    part.later_iterations = raw.later_iterations.unwrap_or(part.later_iterations);
    if let Some(others) = raw.also_in {
        part.also_in = others.iter().map(|other| other.get_ref().clone()).collect();
        references.deliverables.extend(others);
    }
    if let Some(names) = raw.names {
        part.names = layer.words(&names)?;
        part.place = layer.place(raw.id.span());
    }
    if part.names.is_empty() {
        let why = format!("the part `{}` has no names, so no heading could be it", part.id);
        return Err(layer.fail(raw.id.span(), why, "add `names = [\"…\"]`"));
    }
    Ok(())
}

/// The first path is what messages propose for a missing document, so it must say one place.
fn check_proposal(one: &Deliverable, layer: &Layer, id: &Word) -> Result<(), Failure> {
    let Some(first) = one.paths.first() else {
        let why = format!("the deliverable `{}` has no paths", one.id);
        return Err(layer.fail(id.span(), why, "add `paths = [\"…\"]`"));
    };
    let wanted = match one.per {
        Per::Project => None,
        Per::Feature => Some("feature"),
        Per::Role(_) | Per::Participant => Some("role"),
    };
    let stray = first.captures().find(|name| Some(*name) != wanted);
    let why = match wanted {
        _ if first.is_open() => format!("`{}` is the first path and holds `*`", first.written),
        _ if stray.is_some() => {
            let stray = stray.unwrap_or_default();
            format!(
                "`{}` is the first path, and nothing says which {stray} is meant",
                first.written
            )
        }
        Some(name) if !first.captures().any(|one| one == name) => {
            format!("`{}` is the first path and would be the same for every {name}", first.written)
        }
        _ => return Ok(()),
    };
    let help = "the first path is proposed where the document is missing: put one there that says \
                one place, and keep this one behind it";
    let span = if one.place.file == layer.index { one.place.span.range() } else { id.span() };
    Err(layer.fail(span, why, help))
}

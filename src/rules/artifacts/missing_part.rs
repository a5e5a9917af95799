use std::collections::HashMap;

use rayon::prelude::*;

use crate::base::words::{count, list, normalize};
use crate::base::{Level, RepoPath};
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::architecture::Boundary;
use crate::project::{Artifact, Duty, DutyState, Project};
use crate::rules::{Check, Rule};
use crate::workflow::{Deliverable, Kind, Part};

pub static RULE: Rule = Rule {
    id: "missing-part",
    summary: "a document lacks a part that the workflow asks for",
    promises: &["S2.3", "S2.4", "S2.10", "S2.15", "S2.17", "S3.6", "S3.7"],
    level: Level::Deny,
    page: include_str!("../../../rules/missing-part.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let stems = Stems::of(project);
    let deliverables: Vec<_> = project.workflow.deliverables().collect();
    let lacking = deliverables.into_par_iter().with_max_len(1).flat_map_iter(|place| {
        let mut found = Vec::new();
        of_deliverable(project, place, &stems, &mut found);
        found
    });
    out.par_extend(lacking);
}

fn of_deliverable(
    project: &Project,
    (phase, index, deliverable): (usize, usize, &Deliverable),
    stems: &Stems,
    out: &mut Vec<Finding>,
) {
    let own = project.duties.iter().filter(|one| (one.phase, one.deliverable) == (phase, index));
    let mut done: Vec<Done<'_>> = own.filter_map(|duty| Done::of(project, duty)).collect();
    if deliverable.kind == Kind::Handoffs {
        // Each has a receiver of its own, so that none can say it for another.
        done = done.into_iter().flat_map(Done::apart).collect();
    }
    // An architecture without features has a finding of its own.
    let undeclared = project.features.is_empty() && deliverable.kind == Kind::Architecture;
    let boundaries = |part: &Part| undeclared && part.is_named("feature boundaries");
    let needed = |part: &Part| project.varied.needs_part(&project.workflow, deliverable, part);
    for part in deliverable.parts.iter().filter(|part| !boundaries(part) && needed(part)) {
        if part.per_feature {
            of_features(project, part, &done, out);
        } else {
            lacking(project, deliverable, part, &done, stems, out);
        }
    }
}

/// Reports the features whose boundary lacks a part, in one finding for each document.
fn of_features(project: &Project, part: &Part, done: &[Done<'_>], out: &mut Vec<Finding>) {
    let Some(first) = done.first() else { return };
    for (artifact, facts) in &first.documents {
        let Model::Architecture(model) = &*artifact.model else { continue };
        let named = |boundary: &&Boundary| {
            let fields = facts.fields_in(boundary.extent).map(|one| &one.name);
            let sections = facts.headings_in(boundary.extent).map(|(_, one)| &one.name);
            let mut names = fields.chain(sections);
            names.any(|name| part.is_named(name))
        };
        let lacking: Vec<&Boundary> = model.boundaries.iter().filter(|one| !named(one)).collect();
        let names: Vec<&str> = lacking.iter().map(|boundary| boundary.name.as_str()).collect();
        let Some(boundary) = lacking.first() else { continue };
        let message = format!("the boundary of {} has no part on {}", list(&names), part.title);
        out.push(
            Finding::at(&artifact.path, boundary.span, message)
                .help(format!("add \"{}\" under the feature's heading", capitalized(&part.title)))
                .subject(part.id.clone())
                .related(
                    project.workflow.path_of(part.place),
                    Some(part.place.span),
                    "asked for here",
                ),
        );
    }
}

/// A duty that is done, and the documents that do it.
struct Done<'p> {
    gate: (usize, usize),
    documents: Vec<(&'p Artifact, &'p DocumentFacts)>,
}

impl<'p> Done<'p> {
    /// Nothing for a duty that is not done by documents, or by empty ones: others report those.
    fn of(project: &'p Project, duty: &Duty) -> Option<Self> {
        let DutyState::Done(ids) = &duty.state else { return None };
        let readable = ids.iter().filter_map(|&id| {
            let artifact = &project.artifacts[id];
            Some((artifact, artifact.facts()?))
        });
        let documents: Vec<_> = readable.filter(|(_, facts)| facts.says_anything()).collect();
        let gate = (duty.iteration, duty.phase);
        (!documents.is_empty()).then_some(Self { gate, documents })
    }

    /// Each of the documents for itself.
    fn apart(self) -> impl Iterator<Item = Self> {
        let gate = self.gate;
        self.documents.into_iter().map(move |one| Self { gate, documents: vec![one] })
    }
}

/// Reports the documents that lack a part: each of them, or all at once where none has it.
fn lacking(
    project: &Project,
    deliverable: &Deliverable,
    part: &Part,
    done: &[Done<'_>],
    stems: &Stems,
    out: &mut Vec<Finding>,
) {
    let asked: Vec<&Done<'_>> =
        done.iter().filter(|one| !part.later_iterations || one.gate.0 > 0).collect();
    let mut holders = Holders::of(project, part, stems);
    let mut found: Vec<Finding> = Vec::new();
    let mut known: HashMap<&RepoPath, usize> = HashMap::new();
    let mut documents = 0;
    for one in &asked {
        let (first, facts) = one.documents[0];
        let at = known.get(&first.path).copied();
        documents += usize::from(at.is_none());
        if holders.have(one) {
            continue;
        }
        match at {
            Some(at) => found[at].gates.push(one.gate),
            None => {
                known.insert(&first.path, found.len());
                let finding = finding(project, deliverable, part, first, facts);
                found.push(finding.gate(one.gate.0, one.gate.1));
            }
        }
    }
    if found.len() > 1 && found.len() == documents {
        let all = count(documents, "document", "documents");
        let mut whole = found.swap_remove(0);
        whole.message =
            format!("{}: none of {all} has a part on {}", deliverable.title, part.title);
        for other in found {
            whole.gates.extend(other.gates);
            whole = whole.related(&other.path, None, "lacks it as well");
        }
        whole.gates.sort_unstable();
        whole.gates.dedup();
        found = vec![whole];
    }
    out.append(&mut found);
}

fn finding(
    project: &Project,
    deliverable: &Deliverable,
    part: &Part,
    artifact: &Artifact,
    facts: &DocumentFacts,
) -> Finding {
    let message = format!("no part on {} in the {}", part.title, deliverable.title);
    let titles = part.also_in.iter().filter_map(|id| {
        let mut all = project.workflow.deliverables();
        all.find(|(.., other)| other.id == *id).map(|(.., other)| other.title.clone())
    });
    let titles: Vec<String> = titles.collect();
    let where_else = match &titles[..] {
        [] => String::new(),
        titles => format!(", here or in the {}", list(titles)),
    };
    Finding::at(&artifact.path, facts.beginning(), message)
        .help(format!("add a section \"{}\"{where_else}", capitalized(&part.title)))
        .subject(part.id.clone())
        .promise(match deliverable.parts_promise.as_str() {
            "" => &deliverable.promise,
            own => own,
        })
        .related(project.workflow.path_of(part.place), Some(part.place.span), "asked for here")
}

fn capitalized(title: &str) -> String {
    let mut chars = title.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", chars.as_str())
}

/// The normalized stems of all files, by folder.
struct Stems(HashMap<RepoPath, Vec<String>>);

impl Stems {
    fn of(project: &Project) -> Self {
        let mut stems: HashMap<RepoPath, Vec<String>> = HashMap::new();
        for artifact in &project.artifacts {
            let stem = artifact.path.name().rsplit_once('.').map_or("", |(stem, _)| stem);
            stems.entry(artifact.path.folder()).or_default().push(normalize(stem));
        }
        Self(stems)
    }

    /// Whether a file in a folder is the part.
    fn have(&self, folder: &RepoPath, part: &Part) -> bool {
        let stems = self.0.get(folder);
        stems.is_some_and(|stems| stems.iter().any(|stem| part.is_named(stem)))
    }
}

/// Who has one part. Iterations share documents and documents share folders, so every answer is
/// kept.
struct Holders<'p> {
    project: &'p Project,
    part: &'p Part,
    stems: &'p Stems,
    documents: HashMap<&'p RepoPath, bool>,
    folders: HashMap<RepoPath, bool>,
    others: Option<bool>,
}

impl<'p> Holders<'p> {
    fn of(project: &'p Project, part: &'p Part, stems: &'p Stems) -> Self {
        let (documents, folders) = (HashMap::new(), HashMap::new());
        Self { project, part, stems, documents, folders, others: None }
    }

    /// Whether one of the documents has the part, a file beside it is the part, or a document of
    /// another deliverable has it that may.
    fn have(&mut self, done: &Done<'p>) -> bool {
        done.documents.iter().any(|(artifact, _)| self.has(artifact)) || self.others_have()
    }

    fn has(&mut self, artifact: &'p Artifact) -> bool {
        let says = || artifact.facts().is_some_and(|facts| says(facts, self.part));
        *self.documents.entry(&artifact.path).or_insert_with(says) || {
            let (stems, part, folder) = (self.stems, self.part, artifact.path.folder());
            *self.folders.entry(folder).or_insert_with_key(|folder| stems.have(folder, part))
        }
    }

    fn others_have(&mut self) -> bool {
        let project = self.project;
        let may = |artifact: &&Artifact| {
            let deliverable = project.deliverable(artifact);
            deliverable.is_some_and(|one| self.part.also_in.contains(&one.id))
        };
        if let Some(known) = self.others {
            return known;
        }
        let others: Vec<&Artifact> = match self.part.also_in.is_empty() {
            true => Vec::new(),
            false => project.artifacts.iter().filter(may).collect(),
        };
        let have = others.into_iter().any(|artifact| self.has(artifact));
        *self.others.insert(have)
    }
}

/// Whether a document has the part as a heading, a label or a row. Its title names the whole.
fn says(facts: &DocumentFacts, part: &Part) -> bool {
    let title = facts.title().filter(|title| title.level == 1).map(|title| title.heading);
    let several = facts.sections.iter().filter(|section| section.level == 1).count() > 1;
    let mut sections =
        facts.sections.iter().filter(|section| several || Some(section.heading) != title);
    sections.any(|section| part.is_named(&section.name))
        || facts.fields.iter().any(|field| part.is_named(&field.name))
        || facts.tables.iter().any(|table| {
            let firsts = table.rows().filter_map(|row| row.first());
            let mut cells = table.header().iter().chain(firsts);
            cells.any(|&cell| part.is_named(&normalize(facts.text_of(cell))))
        })
}

//! Workflow files on top of each other: what each adds to and takes from those it extends.

use std::ops::Range;

use super::raw::{
    Better, RawMetric, RawPhase, RawRole, RawSubjects, RawVocabulary, RawWorkflow, Word,
};
use super::{Agreed, Metric, Phase, Place, RevisionName, Role, Workflow};
use super::{boundaries, deliverable, policy::suggestion, variation};
use crate::base::words::{list, normalize};
use crate::base::{Failure, RepoPath, Span};

/// A workflow while its layers are put together, the extended file first.
pub struct Draft {
    pub workflow: Workflow,
    /// What each phase follows, by id.
    after: Vec<Vec<(String, Place)>>,
    /// The phases from which a deliverable was removed, by id, and where that is said.
    thinned: Vec<(String, Place)>,
}

/// One file while it is applied.
pub struct Layer<'a> {
    pub file: &'a super::PolicyFile,
    pub index: usize,
}

impl Layer<'_> {
    pub fn fail(&self, span: Range<usize>, why: String, help: impl Into<String>) -> Failure {
        self.file.fail(span, why, help)
    }

    pub fn place(&self, span: Range<usize>) -> Place {
        Place { file: self.index, span: Span::new(span.start, span.end) }
    }

    /// Words in the form in which they are compared.
    pub fn words(&self, written: &[Word]) -> Result<Vec<String>, Failure> {
        let mut words = Vec::new();
        for word in written {
            let normalized = normalize(word.get_ref());
            let first = word.get_ref().chars().find(|c| c.is_alphanumeric());
            let why = match first {
                None => "holds no letter or digit, so nothing could be compared with it",
                Some(c) if c.is_numeric() && !normalized.starts_with(|c: char| c.is_numeric()) => {
                    "starts with a number, which is taken for numbering and never compared"
                }
                Some(_) => {
                    if !words.contains(&normalized) {
                        words.push(normalized);
                    }
                    continue;
                }
            };
            let why = format!("`{}` {why}", word.get_ref());
            return Err(self.fail(word.span(), why, "write it as a word"));
        }
        Ok(words)
    }

    /// An id that commands and messages can name.
    pub fn id(&self, word: &Word) -> Result<String, Failure> {
        let id = word.get_ref();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        if id.is_empty() || !id.chars().all(fits) {
            let help = "use lower case letters, digits, `-` and `.`";
            return Err(self.fail(word.span(), format!("`{id}` is no id"), help));
        }
        Ok(id.clone())
    }

    /// Fails for the second of two equal ids in one file.
    pub fn unique<'w>(
        &self,
        ids: impl Iterator<Item = &'w Word>,
        noun: &str,
    ) -> Result<(), Failure> {
        let mut seen: Vec<&str> = Vec::new();
        for id in ids {
            if seen.contains(&id.get_ref().as_str()) {
                let why = format!("two {noun}s of one file have the id `{}`", id.get_ref());
                return Err(self.fail(id.span(), why, "give one of them another id"));
            }
            seen.push(id.get_ref());
        }
        Ok(())
    }

    /// Fails for a word that names nothing.
    pub fn known(&self, word: &Word, known: &[&str], noun: &str) -> Result<(), Failure> {
        if known.contains(&word.get_ref().as_str()) {
            return Ok(());
        }
        let why = format!("unknown {noun} `{}`", word.get_ref());
        Err(self.fail(word.span(), why, suggestion(word.get_ref(), known)))
    }
}

impl Draft {
    pub fn new(workflow: Workflow) -> Self {
        Self { workflow, after: Vec::new(), thinned: Vec::new() }
    }

    /// Lays one file over what is there.
    pub fn apply(&mut self, index: usize, raw: RawWorkflow, rules: &[&str]) -> Result<(), Failure> {
        let file = self.workflow.files[index].clone();
        let layer = Layer { file: &file, index };
        self.workflow.id = layer.id(&raw.id)?;
        match raw.title {
            Some(title) => self.workflow.title = title,
            None if self.workflow.title.is_empty() => {
                self.workflow.title = self.workflow.id.clone()
            }
            None => {}
        }
        match raw.root {
            Some(root) => self.workflow.root = folder(&layer, &root)?,
            None if self.workflow.root.is_empty() => {
                let help = "add `root = \".work\"`, the folder of the documents";
                return Err(layer.fail(raw.id.span(), String::from("it names no root"), help));
            }
            None => {}
        }
        for (rule, level) in raw.levels {
            layer.known(&rule, rules, "rule")?;
            let place = layer.place(rule.span());
            self.workflow.levels.insert(rule.into_inner(), (level, place));
        }
        if let Some(words) = raw.agreement {
            let names = RevisionName::read(&file, &words)?;
            self.workflow.agreement = Agreed { names, file: index };
        }
        if let Some(raw) = raw.subjects {
            self.subjects(&layer, raw)?;
        }
        extend(&mut self.workflow.reserved, layer.words(&raw.reserved.unwrap_or_default())?);
        self.vocabulary(&layer, &raw.vocabulary)?;
        boundaries::apply(&mut self.workflow.boundaries, &layer, raw.boundaries)?;
        self.roles(&layer, raw.role)?;
        self.metrics(&layer, raw.metric)?;
        self.remove(&layer, &raw.remove)?;
        let references = self.phases(&layer, raw.phase)?;
        let references = variation::apply(&mut self.workflow, &layer, raw.variation, references)?;
        references.check(&layer, &self.workflow)
    }

    fn subjects(&mut self, layer: &Layer, raw: RawSubjects) -> Result<(), Failure> {
        let subjects = &mut self.workflow.subjects;
        if let Some(name) = raw.name {
            subjects.name = layer.id(&name)?;
            subjects.plural = format!("{}s", subjects.name);
        }
        subjects.plural = raw.plural.unwrap_or(std::mem::take(&mut subjects.plural));
        subjects.from_graph = raw.from_graph.unwrap_or(subjects.from_graph);
        Ok(())
    }

    fn vocabulary(&mut self, layer: &Layer, raw: &RawVocabulary) -> Result<(), Failure> {
        let words = &mut self.workflow.vocabulary;
        let lists = [
            (&mut words.none, &raw.none),
            (&mut words.except, &raw.except),
            (&mut words.approve, &raw.approve),
            (&mut words.conditional, &raw.conditional),
            (&mut words.reject, &raw.reject),
            (&mut words.pass, &raw.pass),
            (&mut words.fail, &raw.fail),
        ];
        for (known, added) in lists {
            extend(known, layer.words(added)?);
        }
        Ok(())
    }

    fn roles(&mut self, layer: &Layer, raw: Vec<RawRole>) -> Result<(), Failure> {
        layer.unique(raw.iter().map(|role| &role.id), "role")?;
        for role in raw {
            let id = layer.id(&role.id)?;
            let names = layer.words(&role.names)?;
            let roles = &mut self.workflow.roles;
            let at = roles.iter().position(|known| known.id == id).unwrap_or_else(|| {
                let (title, names) = (id.replace('-', " "), Vec::new());
                roles.push(Role { id, title, names, veto: false, work: String::new() });
                roles.len() - 1
            });
            let known = &mut roles[at];
            known.title = role.title.unwrap_or_else(|| known.title.clone());
            known.veto = role.veto.unwrap_or(known.veto);
            known.work = role.work.unwrap_or(std::mem::take(&mut known.work));
            extend(&mut known.names, vec![normalize(&known.id), normalize(&known.title)]);
            extend(&mut known.names, names);
        }
        Ok(())
    }

    fn metrics(&mut self, layer: &Layer, raw: Vec<RawMetric>) -> Result<(), Failure> {
        layer.unique(raw.iter().map(|metric| &metric.id), "metric")?;
        for metric in raw {
            let id = layer.id(&metric.id)?;
            let names = layer.words(&metric.names)?;
            let metrics = &mut self.workflow.metrics;
            let at = metrics.iter().position(|known| known.id == id).unwrap_or_else(|| {
                let title = id.replace('-', " ");
                metrics.push(Metric { id, title, names: Vec::new(), less: false });
                metrics.len() - 1
            });
            let known = &mut metrics[at];
            known.title = metric.title.unwrap_or_else(|| known.title.clone());
            known.less = metric.better.map_or(known.less, |better| better == Better::Less);
            extend(&mut known.names, vec![normalize(&known.id), normalize(&known.title)]);
            extend(&mut known.names, names);
        }
        Ok(())
    }

    /// Drops deliverables, parts (`architecture.shared-resources`) and phases.
    fn remove(&mut self, layer: &Layer, raw: &[Word]) -> Result<(), Failure> {
        for word in raw {
            let id = word.get_ref();
            if let Some(phase) = self.workflow.phase(id) {
                self.workflow.phases.remove(phase);
                let inherited = self.after.remove(phase);
                for after in
                    self.after.iter_mut().filter(|all| all.iter().any(|(one, _)| one == id))
                {
                    after.retain(|(one, _)| one != id);
                    after.extend(inherited.iter().cloned());
                }
            } else if !self.remove_deliverable(id, layer.place(word.span())) {
                let phases = self.workflow.phases.iter();
                let mut known: Vec<String> = phases.map(|phase| phase.id.clone()).collect();
                for (_, _, one) in self.workflow.deliverables() {
                    known.push(one.id.clone());
                    known.extend(one.parts.iter().map(|part| format!("{}.{}", one.id, part.id)));
                }
                let why = format!("`{id}` is nothing that this file extends");
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                return Err(layer.fail(word.span(), why, suggestion(id, &known)));
            }
        }
        // A duty that is gone fulfills no other.
        let ids: Vec<String> =
            self.workflow.deliverables().map(|(.., one)| one.id.clone()).collect();
        for phase in &mut self.workflow.phases {
            for one in &mut phase.deliverables {
                one.within.retain(|within| ids.contains(&within.deliverable));
                for part in &mut one.parts {
                    part.also_in.retain(|other| ids.contains(other));
                }
            }
        }
        Ok(())
    }

    fn remove_deliverable(&mut self, id: &str, place: Place) -> bool {
        let mut found = false;
        for phase in &mut self.workflow.phases {
            let before = phase.deliverables.len();
            phase.deliverables.retain(|one| one.id != id);
            if phase.deliverables.len() < before {
                found = true;
                self.thinned.push((phase.id.clone(), place));
            }
            for one in &mut phase.deliverables {
                let before = one.parts.len();
                one.parts.retain(|part| format!("{}.{}", one.id, part.id) != id);
                found |= one.parts.len() < before;
            }
        }
        found
    }

    fn phases(
        &mut self,
        layer: &Layer,
        raw: Vec<RawPhase>,
    ) -> Result<deliverable::References, Failure> {
        layer.unique(raw.iter().map(|phase| &phase.id), "phase")?;
        let deliverables = raw.iter().flat_map(|phase| &phase.deliverable);
        layer.unique(deliverables.map(|one| &one.id), "deliverable")?;
        let mut followed: Vec<Word> = Vec::new();
        let mut references = deliverable::References::default();
        for phase in raw {
            let id = layer.id(&phase.id)?;
            let place = layer.place(phase.id.span());
            let at = self.workflow.phase(&id).unwrap_or_else(|| self.add_phase(id, place));
            if let Some(title) = phase.title {
                self.workflow.phases[at].title = title;
            }
            if let Some(after) = phase.after {
                let placed = |word: &Word| (word.get_ref().clone(), layer.place(word.span()));
                self.after[at] = after.iter().map(placed).collect();
                if let [(_, first), ..] = self.after[at][..] {
                    self.workflow.phases[at].order = first;
                }
                followed.extend(after);
            }
            for one in phase.deliverable {
                deliverable::apply(&mut self.workflow, at, layer, one, &mut references)?;
            }
        }
        let phases: Vec<&str> = self.workflow.phases.iter().map(|one| one.id.as_str()).collect();
        for word in &followed {
            layer.known(word, &phases, "phase")?;
        }
        Ok(references)
    }

    /// Adds a phase. Unless it says otherwise, it follows the one before it in the file.
    fn add_phase(&mut self, id: String, place: Place) -> usize {
        let before = self.workflow.phases.last().map(|phase| (phase.id.clone(), place));
        self.after.push(before.into_iter().collect());
        let title = format!("Phase {id}");
        let (after, deliverables) = (Vec::new(), Vec::new());
        self.workflow.phases.push(Phase { id, title, after, deliverables, place, order: place });
        self.workflow.phases.len() - 1
    }

    /// Puts the phases into their order.
    pub fn finish(mut self) -> Result<Workflow, Failure> {
        let mut workflow = self.workflow;
        let mut rest: Vec<(Phase, Vec<(String, Place)>)> =
            workflow.phases.drain(..).zip(self.after.drain(..)).collect();
        let mut ordered: Vec<Phase> = Vec::new();
        while !rest.is_empty() {
            let index = |id: &str| ordered.iter().position(|phase| phase.id == id);
            let ready =
                rest.iter().position(|(_, after)| after.iter().all(|(id, _)| index(id).is_some()));
            let Some(ready) = ready else {
                return Err(circle(&workflow, &rest));
            };
            let (mut phase, after) = rest.remove(ready);
            phase.after = after.iter().filter_map(|(id, _)| index(id)).collect();
            if phase.deliverables.is_empty() {
                let mut thinned = self.thinned.iter().rev();
                let removed = thinned.find(|(id, _)| *id == phase.id).map(|(_, place)| *place);
                return Err(nothing_due(&workflow, &phase, removed));
            }
            ordered.push(phase);
        }
        workflow.narrowest = Workflow::by_specificity(&ordered);
        workflow.phases = ordered;
        workflow.agreed = workflow.before_work();
        match workflow.files.first() {
            Some(file) if workflow.phases.is_empty() => {
                let help = "add a `[[phase]]` with what it must leave behind";
                Err(file.fail(0..0, "it has no phases, so it could not fail", help))
            }
            _ => Ok(workflow),
        }
    }
}

/// The failure for a phase without deliverables, at the place that took the last one away if
/// there was any.
fn nothing_due(workflow: &Workflow, phase: &Phase, removed: Option<Place>) -> Failure {
    let (place, verb) = match removed {
        Some(place) => (place, "is left with"),
        None => (phase.place, "has"),
    };
    let why = format!("phase `{}` {verb} no deliverable, so its gate could not fail", phase.id);
    let help = match removed {
        Some(_) => format!("remove the phase `{}` itself, or leave it a deliverable", phase.id),
        None => String::from("give it a `[[phase.deliverable]]`, or remove the phase"),
    };
    workflow.file(place).fail(place.span.range(), why, help)
}

fn circle(workflow: &Workflow, rest: &[(Phase, Vec<(String, Place)>)]) -> Failure {
    let waits = |id: &String| rest.iter().any(|(phase, _)| phase.id == *id);
    let blocking = rest.iter().flat_map(|(_, after)| after).find(|(id, _)| waits(id));
    let ids: Vec<String> = rest.iter().map(|(phase, _)| format!("`{}`", phase.id)).collect();
    let place = blocking.map(|(_, place)| *place).unwrap_or_default();
    let why = format!("the phases {} wait for each other", list(&ids));
    workflow.file(place).fail(place.span.range(), why, "take one of them out of `after`")
}

/// A folder below that of the project.
fn folder(layer: &Layer, written: &Word) -> Result<String, Failure> {
    let path = RepoPath::resolve(&RepoPath::default(), written.get_ref());
    match path.filter(|path| !path.is_root()) {
        Some(path) => Ok(path.as_str().to_owned()),
        None => {
            let why = format!("`{}` is no folder below that of the project", written.get_ref());
            Err(layer.fail(written.span(), why, "name a folder such as `.work`"))
        }
    }
}

/// Adds to a list what it does not hold yet.
pub fn extend(known: &mut Vec<String>, added: Vec<String>) {
    for word in added {
        if !known.contains(&word) {
            known.push(word);
        }
    }
}

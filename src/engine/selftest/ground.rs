//! Where violations are planted: the configuration and one workflow of the repository.

use std::sync::Arc;

use toml::{Table, Value};

use super::case::Case;
use super::specimen::{self, broken};
use crate::base::{Failure, RepoPath};
use crate::config::{self, Config};
use crate::engine::load::{Whole, builtin};
use crate::report::ReportFinding;
use crate::source::Memory;
use crate::workflow::{PolicyFile, Workflow};

/// A project without documents, ready to take those of another.
#[derive(Clone)]
pub struct Ground {
    folder: RepoPath,
    config_at: RepoPath,
    config: Table,
    /// Workflow files and the baseline.
    files: Vec<PolicyFile>,
    pub workflow: Arc<Workflow>,
    pub root: RepoPath,
    /// The other workflows that are followed, each with a root.
    others: Vec<(Arc<Workflow>, RepoPath)>,
    /// Index into the workflows of the configuration.
    entry: Option<usize>,
}

/// The same with one setting less.
pub struct Lesser {
    pub ground: Ground,
    /// What the setting does, as a clause; nothing where it is the workflow itself.
    because: Option<String>,
}

/// Where pages put the configuration and the baseline of their examples.
const CONFIG: &str = config::PATHS[0];
const BASELINE: &str = "gatecheck-baseline.toml";

impl Ground {
    /// The ground of one of the workflows of a project.
    ///
    /// # Errors
    /// The configuration cannot be taken apart.
    pub fn of(whole: &Whole, at: usize) -> Result<Self, Failure> {
        let Whole { folder, config, workflows } = whole;
        let (workflow, root, entry) = workflows[at].clone();
        let text = config.file.as_ref().map(|file| &*file.text).unwrap_or_default();
        let mut table = read(text)?;
        if config.workflows.is_empty() {
            let id = Value::String(workflow.id.clone());
            let entry = Table::from_iter([("id".to_owned(), id)]);
            table.insert("workflow".to_owned(), Value::Array(vec![Value::Table(entry)]));
        }
        let others = workflows.iter().enumerate().filter(|(other, _)| *other != at);
        let others = others.map(|(_, (workflow, root, _))| (workflow.clone(), root.clone()));
        let of_workflows = workflows.iter().flat_map(|(workflow, ..)| &workflow.files);
        let files = of_workflows.chain(&config.baseline.file).filter(|file| !file.is_builtin());
        Ok(Self {
            folder: folder.clone(),
            config_at: place(config, folder),
            config: table,
            files: files.cloned().collect(),
            workflow,
            root,
            others: others.collect(),
            entry,
        })
    }

    /// The workflow whose specimen is the nearest.
    pub fn specimen(&self) -> &'static str {
        specimen_for(&self.workflow)
    }

    /// A case, moved to where this project keeps such documents.
    ///
    /// # Errors
    /// The case cannot be read, or its configuration not be joined with that of the project.
    pub fn planted(&self, case: &Case) -> Result<Memory, Failure> {
        let mut always: Vec<(RepoPath, Vec<u8>)> = Vec::new();
        for (workflow, root) in &self.others {
            let other = Self { workflow: workflow.clone(), root: root.clone(), ..self.clone() };
            let specimen = Case::default().of(specimen_for(workflow));
            let of = builtin(specimen.workflow())?;
            let moved = specimen.source()?.moved(&|path, bytes| other.moved(&of, path, bytes));
            always.extend(moved.files().filter(|(path, _)| path.below(root).is_some()));
        }
        always.extend(self.files.iter().map(|file| (file.path.clone(), file.text.clone().into())));
        always.push((self.config_at.clone(), written(&self.config)?));
        let of = builtin(case.workflow())?;
        let moved = case.source()?.moved(&|path, bytes| self.moved(&of, path, bytes));
        Ok(moved.with_everywhere(&always))
    }

    /// Where a file of a specimen goes, and what it says there; nothing for a document that this
    /// workflow does not know. `of` is the workflow of the specimen.
    fn moved(&self, of: &Workflow, path: &RepoPath, bytes: &[u8]) -> Option<(RepoPath, Vec<u8>)> {
        let text = |bytes: &[u8]| -> Vec<u8> {
            let (old, new) = (format!("{}/", of.root), format!("{}/", self.root));
            match str::from_utf8(bytes) {
                Ok(text) if old != new => text.replace(&old, &new).into_bytes(),
                _ => bytes.to_owned(),
            }
        };
        match path.as_str() {
            CONFIG => {
                let mut table = self.config.clone();
                join(&mut table, read(str::from_utf8(&text(bytes)).ok()?).ok()?);
                Some((self.config_at.clone(), written(&table).ok()?))
            }
            BASELINE => Some((self.folder.join(BASELINE), text(bytes))),
            _ => match path.below(&RepoPath::new(&*of.root)) {
                Some(below) => Some((self.root.join(&self.below(of, below)?), text(bytes))),
                None => Some((self.folder.join(path.as_str()), bytes.to_owned())),
            },
        }
    }

    /// What a path below the root is called in this workflow.
    fn below(&self, of: &Workflow, below: &str) -> Option<String> {
        let Some(found) = of.classify(below) else { return Some(below.to_owned()) };
        let meant = &of.phases[found.phase].deliverables[found.deliverable];
        let own = || self.workflow.deliverables().map(|(.., one)| one);
        let same = own().find(|one| one.id == meant.id && one.kind == meant.kind);
        let target = same.or_else(|| own().find(|one| one.kind == meant.kind))?;
        let is_target = self.workflow.classify(below).is_some_and(|known| {
            self.workflow.phases[known.phase].deliverables[known.deliverable].id == target.id
        });
        if is_target {
            return Some(below.to_owned());
        }
        let path = target.paths.first()?.expected(&found.captures);
        (!path.contains(['{', '*'])).then_some(path)
    }

    /// The grounds that have one setting less each, and last the one that a case is written for.
    pub fn lesser(&self, case: &Case) -> Vec<Lesser> {
        let mut all = Vec::new();
        let mut add = |because: Option<&str>, change: &dyn Fn(&mut Ground) -> Option<()>| {
            let mut ground = self.clone();
            if change(&mut ground).is_some() {
                all.push(Lesser { ground, because: because.map(str::to_owned) });
            }
        };
        for (key, because) in [
            ("exclude", "what it was planted in is excluded"),
            ("waiver", "a waiver covers it"),
            ("levels", "a level keeps it from being seen"),
            ("baseline", "the baseline knows it"),
            ("deliverables", "what is mapped under `deliverables` keeps it from being seen"),
            ("identities", "what is mapped under `identities` keeps it from being seen"),
            ("require-history", "a whole history is required"),
        ] {
            add(Some(because), &|ground| ground.config.remove(key).map(|_| ()));
        }
        for (key, because) in [
            ("skip", "its phase is skipped"),
            ("begins", "its phase lies before the one that the workflow began with"),
            (
                "agreement",
                "what was agreed is named by the configuration, and not in a history of \
                           ours",
            ),
        ] {
            add(Some(because), &|ground| ground.adoption()?.remove(key).map(|_| ()));
        }
        add(None, &Self::take_usual);
        let is_own = specimen_for(&self.workflow) == case.workflow();
        let because = is_own.then_some("several settings together keep it from being seen");
        add(because, &|ground| ground.take_plain(case.workflow()));
        all
    }

    /// Follows a built-in workflow where that has its root, and sets nothing else.
    fn take_plain(&mut self, id: &str) -> Option<()> {
        let workflow = builtin(id).ok()?;
        let id = Value::String(id.to_owned());
        let entry = Value::Table(Table::from_iter([("id".to_owned(), id)]));
        self.config = Table::from_iter([("workflow".to_owned(), Value::Array(vec![entry]))]);
        self.root = self.folder.join(&workflow.root);
        self.workflow = workflow;
        (self.entry, self.files, self.others) = (Some(0), Vec::new(), Vec::new());
        Some(())
    }

    /// Follows the workflow of the specimen instead of the project's own.
    fn take_usual(&mut self) -> Option<()> {
        let id = specimen_for(&self.workflow);
        let is_own = self.workflow.files.iter().any(|file| !file.is_builtin());
        let workflow = builtin(id).ok().filter(|_| is_own)?;
        let root = Value::String(self.root.below(&self.folder)?.to_owned());
        let adoption = self.adoption()?;
        adoption.remove("file");
        adoption.insert("id".to_owned(), Value::String(id.to_owned()));
        adoption.entry("roots").or_insert(Value::Array(vec![root]));
        self.workflow = workflow;
        Some(())
    }

    /// The entry of the configuration that asks for the workflow.
    fn adoption(&mut self) -> Option<&mut Table> {
        let entry = self.entry.unwrap_or_default();
        self.config.get_mut("workflow")?.as_array_mut()?.get_mut(entry)?.as_table_mut()
    }
}

impl Lesser {
    /// Why a rule is silent that says this without the setting.
    pub fn because(&self, found: &ReportFinding) -> String {
        match &self.because {
            Some(because) => because.clone(),
            None => {
                let message = &found.message;
                format!("what was planted is nothing that the workflow asks for: {message}")
            }
        }
    }
}

/// Where the configuration stands, or could.
fn place(config: &Config, folder: &RepoPath) -> RepoPath {
    let usual = config::PATHS.map(|path| folder.join(path));
    let given = config.file.as_ref().map(|file| &file.path);
    given.filter(|path| usual.contains(path)).cloned().unwrap_or_else(|| usual[0].clone())
}

/// The built-in workflow whose specimen fits: the one that a workflow is or extends, else the one
/// that shares the most kinds of documents with it.
fn specimen_for(workflow: &Workflow) -> &'static str {
    let ids =
        || crate::workflow::builtins().filter(|id| specimen::is_there(&specimen::complete(id)));
    let named = |id: &&str| {
        workflow.files.iter().any(|file| PolicyFile::builtin(id).is_some_and(|one| one == *file))
    };
    let usual = specimen::workflow_of(specimen::USUAL);
    ids().find(named).or_else(|| ids().find(|id| *id == usual)).unwrap_or_default()
}

fn read(text: &str) -> Result<Table, Failure> {
    text.parse().map_err(|error: toml::de::Error| broken(error.to_string()))
}

fn written(table: &Table) -> Result<Vec<u8>, Failure> {
    let text = toml::to_string(table).map_err(|error| broken(error.to_string()))?;
    Ok(text.into_bytes())
}

/// Adds to a table what another one says: lists grow, tables are joined, the rest is taken over.
fn join(table: &mut Table, other: Table) {
    for (key, value) in other {
        match (table.get_mut(&key), value) {
            (Some(Value::Array(known)), Value::Array(more)) if key != "workflow" => {
                known.extend(more)
            }
            (Some(Value::Table(known)), Value::Table(more)) => join(known, more),
            (Some(Value::Array(_)), Value::Array(_)) => {}
            (_, value) => drop(table.insert(key, value)),
        }
    }
}

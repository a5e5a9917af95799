//! The history of one project: what changed when, and how other commits have its documents.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Reading;
use super::documents::{DesignKey, Words};
use super::past::Past;
use crate::base::{Failure, RepoPath};
use crate::ledger::Commit;
use crate::model::Model;
use crate::project::{Artifact, ArtifactId, Project};
use crate::source::{BlobId, Changed, CommitId, Content, Entry, History, Journal, Node, Tracking};
use crate::workflow::Kind;

/// The history of a project, of which everything is read once and on demand.
pub struct Trees<'r> {
    pub reading: &'r Reading<'r>,
    pub history: &'r dyn History,
    pub project: &'r Project,
    /// Where its documents stand and stood.
    pub folders: Vec<RepoPath>,
    past: &'r Past<'r>,
    touched: OnceCell<Touched<'r>>,
    removed: RefCell<HashMap<usize, Removed<'r>>>,
    kinds: RefCell<HashMap<RepoPath, Option<(Kind, bool)>>>,
    designs: HashMap<CommitId, Arc<Project>>,
    told: HashMap<CommitId, Arc<HashMap<ArtifactId, String>>>,
}

impl<'r> Trees<'r> {
    pub fn new(reading: &'r Reading<'r>, past: &'r Past<'r>, project: &'r Project) -> Self {
        let (history, folders) = (past.history(), past.folders(project));
        let (touched, removed, kinds) = (OnceCell::new(), RefCell::default(), RefCell::default());
        let (designs, told) = (HashMap::new(), HashMap::new());
        Self { reading, history, project, folders, past, touched, removed, kinds, designs, told }
    }

    /// What the commits changed where the documents stand and stood, those of other projects of
    /// the run among them.
    ///
    /// # Errors
    /// As [`Past::journal`].
    pub fn journal(&self) -> Result<&'r Journal, Failure> {
        self.past.journal()
    }

    /// The commits that changed a path, newest first: their places in the journal, each with what
    /// it changed.
    ///
    /// # Errors
    /// As [`Past::journal`].
    pub fn touching(&self, path: &RepoPath) -> Result<&[(usize, &'r Changed)], Failure> {
        Ok(self.touched()?.get(path).map_or(&[], Vec::as_slice))
    }

    /// Every path that some commit changed.
    ///
    /// # Errors
    /// As [`Past::journal`].
    pub fn paths(&self) -> Result<impl Iterator<Item = &'r RepoPath>, Failure> {
        Ok(self.touched()?.keys().copied())
    }

    fn touched(&self) -> Result<&Touched<'r>, Failure> {
        if let Some(known) = self.touched.get() {
            return Ok(known);
        }
        let mut touched = Touched::new();
        for (place, step) in self.journal()?.steps.iter().enumerate() {
            for change in &step.changes {
                touched.entry(&change.path).or_default().push((place, change));
            }
        }
        Ok(self.touched.get_or_init(|| touched))
    }

    /// Where a file stood, with the same content, before the commit at a place of the journal
    /// moved it.
    ///
    /// # Errors
    /// As [`Past::journal`].
    pub fn moved_from(
        &self,
        place: usize,
        to: &Changed,
    ) -> Result<Option<(&'r RepoPath, &'r BlobId)>, Failure> {
        let changes = &self.journal()?.steps[place].changes;
        let mut known = self.removed.borrow_mut();
        let removed = known.entry(place).or_insert_with(|| {
            let mut removed = Removed::new();
            for change in changes.iter().filter(|one| one.after.is_none()) {
                let same = change.before.iter();
                same.for_each(|blob| removed.entry(blob).or_default().push(&change.path));
            }
            removed
        });
        let found = to.after.as_ref().and_then(|blob| removed.get_key_value(blob));
        Ok(found.and_then(|(&blob, paths)| match paths[..] {
            [only] => Some((only, blob)),
            _ => None,
        }))
    }

    /// Whether a path is one of a document or of the configuration.
    pub fn is_document(&self, path: &RepoPath) -> bool {
        self.past.covers(path)
    }

    /// Whether a path, of whatever commit, is a document of the design.
    pub fn is_design(&self, path: &RepoPath) -> bool {
        self.kind(path).is_some_and(|(_, agreed)| agreed)
    }

    /// Whether a path, of whatever commit, is an integration report.
    pub fn is_report(&self, path: &RepoPath) -> bool {
        let report = self.kind(path).is_some_and(|(kind, _)| kind == Kind::Integration);
        report && super::is_markdown(path)
    }

    /// What kind of deliverable a path is, and whether that is agreed before anybody builds.
    fn kind(&self, path: &RepoPath) -> Option<(Kind, bool)> {
        if let Some(known) = self.kinds.borrow().get(path) {
            return *known;
        }
        let workflow = &self.project.workflow;
        let found = self.below(path).and_then(|below| workflow.classify(below)).map(|found| {
            let kind = workflow.phases[found.phase].deliverables[found.deliverable].kind;
            (kind, workflow.is_agreed(found.phase))
        });
        self.kinds.borrow_mut().insert(path.clone(), found);
        found
    }

    /// The project as a commit has it, as far as that is agreed before anybody builds.
    ///
    /// # Errors
    /// The commit cannot be read.
    pub fn design(&mut self, commit: &CommitId) -> Result<Arc<Project>, Failure> {
        if let Some(known) = self.designs.get(commit) {
            return Ok(known.clone());
        }
        let key = DesignKey {
            commit: commit.clone(),
            workflow: Words(self.project.workflow.clone()),
            home: self.reading.folder.clone(),
            folders: self.folders.clone(),
            config: self.reading.config.file.as_ref().map(|file| file.text.to_string()),
        };
        let read = self.reading.documents.design(key, || self.read(commit));
        let read = read.map_err(|failure| {
            let short = self.history.short(commit);
            let what = format!("cannot read what was agreed in {short}");
            Failure::new(what, &failure, &*failure.help)
        })?;
        self.designs.insert(commit.clone(), read.clone());
        Ok(read)
    }

    fn read(&self, commit: &CommitId) -> Result<Project, Failure> {
        let source = self.history.at(commit)?;
        let workflow = &self.project.workflow;
        let (mut root, mut agreed) = (&self.project.root, Vec::new());
        for folder in &self.folders {
            let mut listed = source.list_unmeasured(folder)?;
            let is_agreed = |entry: &Entry| {
                let below = entry.path.below(folder).unwrap_or_default();
                let found = workflow.classify(below);
                found.map(|found| workflow.is_agreed(found.phase))
            };
            let of_design = listed.iter().filter(|entry| is_agreed(entry) == Some(true));
            let beside: HashSet<RepoPath> = of_design.map(|entry| entry.path.folder()).collect();
            if !beside.is_empty() {
                // What stands beside a deliverable may come to say what the deliverable said.
                let stands = |entry: &Entry| beside.contains(&entry.path.folder());
                listed.retain(|entry| is_agreed(entry).unwrap_or_else(|| stands(entry)));
                (root, agreed) = (folder, listed);
                break;
            }
        }
        let reading = Reading { source: &*source, ..*self.reading };
        reading.project(workflow.clone(), root, &agreed)
    }

    /// The bytes that a commit has at a path; nothing for a file too large to be read.
    ///
    /// # Errors
    /// The commit or its file cannot be read.
    pub fn bytes(
        &self,
        commit: &CommitId,
        path: &RepoPath,
        blob: &BlobId,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let source = self.history.at(commit)?;
        let entry = Entry {
            path: path.clone(),
            node: Node::File(None),
            blob: Some(blob.clone()),
            tracking: Tracking::Tracked,
            raw: path.as_str().as_bytes().to_owned(),
        };
        let content = source.reader()?.read(&entry)?;
        Ok(match content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Unreadable(_) => None,
        })
    }

    /// What a commit has where the judged tree has documents that admit anything.
    ///
    /// # Errors
    /// The commit or one of the files cannot be read.
    pub fn told(&mut self, commit: &CommitId) -> Result<Arc<HashMap<ArtifactId, String>>, Failure> {
        if let Some(known) = self.told.get(commit) {
            return Ok(known.clone());
        }
        let told = Arc::new(self.read_told(commit)?);
        self.told.insert(commit.clone(), told.clone());
        Ok(told)
    }

    fn read_told(&self, commit: &CommitId) -> Result<HashMap<ArtifactId, String>, Failure> {
        let admits = |one: &Artifact| match &*one.model {
            Model::Evidence(evidence) => !evidence.deviations.entries.is_empty(),
            Model::Integration(report) => {
                !report.updates.is_empty() || !report.resolutions.is_empty()
            }
            _ => false,
        };
        let artifacts = self.project.artifacts.iter().enumerate();
        let admitting: HashMap<&RepoPath, ArtifactId> =
            artifacts.filter(|(_, one)| admits(one)).map(|(id, one)| (&one.path, id)).collect();
        let mut told = HashMap::new();
        if admitting.is_empty() {
            return Ok(told);
        }
        let source = self.history.at(commit)?;
        let mut reader = source.reader()?;
        // Few documents admit anything, so that each is looked up by itself.
        for (path, id) in admitting {
            let listed = source.list_unmeasured(path)?;
            let Some(entry) = listed.iter().find(|entry| entry.path == *path) else { continue };
            if let Content::Bytes(bytes) = reader.read(entry)? {
                told.insert(id, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        Ok(told)
    }

    /// A commit as reports name it.
    pub fn named(&self, commit: &CommitId) -> Commit {
        Commit { id: commit.0.clone(), short: self.history.short(commit) }
    }

    /// The part of a path below the folder of documents that it stands or stood in.
    pub fn below<'p>(&self, path: &'p RepoPath) -> Option<&'p str> {
        self.folders.iter().find_map(|folder| path.below(folder))
    }
}

/// What one commit removed: the paths of each content.
type Removed<'r> = HashMap<&'r BlobId, Vec<&'r RepoPath>>;

/// The changes of each path, with the places of their commits in the journal.
type Touched<'r> = HashMap<&'r RepoPath, Vec<(usize, &'r Changed)>>;

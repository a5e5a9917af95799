//! What each content says, read once however many files, roots, workflows or trees share it.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::base::{Failure, RepoPath};
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::project::{Project, Text};
use crate::source::{BlobId, CommitId, Content, Entry, Reader, Source};
use crate::workflow::{Kind, Workflow};

/// What was read so far.
#[derive(Default)]
pub struct Documents {
    facts: Mutex<Known<Key, DocumentFacts>>,
    models: Mutex<Known<(BlobId, Kind, Words), Model>>,
    designs: Mutex<Known<DesignKey, Project>>,
}

/// What is known of contents, and which of it was asked for since the last turn.
struct Known<K, V> {
    now: HashMap<K, Arc<V>>,
    before: HashMap<K, Arc<V>>,
}

/// Equal content has one blob id. Where a view does not know ids, a file is its own content.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Blob(BlobId),
    Path(Vec<u8>),
}

/// The text of a document, with its blob id where that is known.
pub struct Document {
    pub text: Text,
    pub blob: Option<BlobId>,
}

impl<K, V> Default for Known<K, V> {
    fn default() -> Self {
        Self { now: HashMap::new(), before: HashMap::new() }
    }
}

impl<K: Eq + Hash, V> Known<K, V> {
    fn get(&mut self, key: &K) -> Option<Arc<V>> {
        if let Some((key, value)) = self.before.remove_entry(key) {
            self.now.insert(key, value);
        }
        self.now.get(key).cloned()
    }

    fn turn(&mut self) {
        self.before = mem::take(&mut self.now);
    }
}

impl Documents {
    /// Forgets what nobody asked for since the last turn.
    pub fn turn(&self) {
        lock(&self.facts).turn();
        lock(&self.models).turn();
        lock(&self.designs).turn();
    }

    /// The text of a listed document, by what reads the facts of its bytes. `source` is given
    /// where the same content may stand in other trees and its id is worth finding out.
    ///
    /// # Errors
    /// The content cannot be read.
    pub fn read(
        &self,
        entry: &Entry,
        reader: &mut dyn Reader,
        source: Option<&dyn Source>,
        extract: fn(Vec<u8>) -> DocumentFacts,
    ) -> Result<Document, Failure> {
        let blob = entry.blob.clone();
        let known = match &blob {
            Some(blob) => Key::Blob(blob.clone()),
            None => Key::Path(entry.raw.clone()),
        };
        if let Some(known) = lock(&self.facts).get(&known) {
            return Ok(Document { text: Text::Document(known), blob });
        }
        match reader.read(entry)? {
            Content::Unreadable(why) => Ok(Document { text: Text::Unreadable(why), blob }),
            Content::Bytes(bytes) => {
                let blob = blob.or_else(|| source.map(|source| source.id_of(entry, &bytes)));
                let facts = Arc::new(extract(bytes));
                if let (Key::Path(_), Some(blob)) = (&known, &blob) {
                    lock(&self.facts).now.insert(Key::Blob(blob.clone()), facts.clone());
                }
                lock(&self.facts).now.insert(known, facts.clone());
                Ok(Document { text: Text::Document(facts), blob })
            }
        }
    }

    /// The model of a document that other trees may hold as well, made by `read` where it is not
    /// known yet.
    pub fn model(
        &self,
        blob: &BlobId,
        kind: Kind,
        workflow: &Arc<Workflow>,
        read: impl FnOnce() -> Model,
    ) -> Arc<Model> {
        let key = (blob.clone(), kind, Words(workflow.clone()));
        if let Some(known) = lock(&self.models).get(&key) {
            return known;
        }
        let model = Arc::new(read());
        lock(&self.models).now.insert(key, model.clone());
        model
    }

    /// The design of a commit, made by `read` where it is not known yet.
    ///
    /// # Errors
    /// As `read`.
    pub fn design(
        &self,
        key: DesignKey,
        read: impl FnOnce() -> Result<Project, Failure>,
    ) -> Result<Arc<Project>, Failure> {
        if let Some(known) = lock(&self.designs).get(&key) {
            return Ok(known);
        }
        let design = Arc::new(read()?);
        lock(&self.designs).now.insert(key, design.clone());
        Ok(design)
    }
}

/// All that the design of a commit follows from.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DesignKey {
    pub commit: CommitId,
    pub workflow: Words,
    /// The folder of the project, and those in which its documents stand and stood.
    pub home: RepoPath,
    pub folders: Vec<RepoPath>,
    /// The configuration, which may exclude documents.
    pub config: Option<String>,
}

/// A workflow whose words documents are read by; the same one only.
#[derive(Clone)]
pub struct Words(pub Arc<Workflow>);

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Words {}

impl Hash for Words {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

/// A thread that panicked left only whole entries behind.
fn lock<T>(known: &Mutex<T>) -> MutexGuard<'_, T> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

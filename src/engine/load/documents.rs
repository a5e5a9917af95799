//! What each content says, read once however many files, roots, workflows or trees share it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::base::Failure;
use crate::facts::DocumentFacts;
use crate::model::Model;
use crate::project::Text;
use crate::source::{BlobId, Content, Entry, Reader, Source};
use crate::workflow::Kind;

/// What was read so far.
#[derive(Default)]
pub struct Documents {
    facts: Mutex<HashMap<Key, Arc<DocumentFacts>>>,
    models: Mutex<HashMap<(BlobId, Kind), Arc<Model>>>,
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

impl Documents {
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
            return Ok(Document { text: Text::Document(known.clone()), blob });
        }
        match reader.read(entry)? {
            Content::Unreadable(why) => Ok(Document { text: Text::Unreadable(why), blob }),
            Content::Bytes(bytes) => {
                let blob = blob.or_else(|| source.map(|source| source.blob_id(&bytes)));
                let facts = Arc::new(extract(bytes));
                if let (Key::Path(_), Some(blob)) = (&known, &blob) {
                    lock(&self.facts).insert(Key::Blob(blob.clone()), facts.clone());
                }
                lock(&self.facts).insert(known, facts.clone());
                Ok(Document { text: Text::Document(facts), blob })
            }
        }
    }

    /// The model of a document that other trees may hold as well, made by `read` where it is not
    /// known yet.
    pub fn model(&self, blob: &BlobId, kind: Kind, read: impl FnOnce() -> Model) -> Arc<Model> {
        let key = (blob.clone(), kind);
        if let Some(known) = lock(&self.models).get(&key) {
            return known.clone();
        }
        let model = Arc::new(read());
        lock(&self.models).insert(key, model.clone());
        model
    }
}

/// A thread that panicked left only whole entries behind.
fn lock<T>(known: &Mutex<T>) -> MutexGuard<'_, T> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

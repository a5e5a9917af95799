//! The facts of each content, read once however many files, roots or workflows share it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::base::Failure;
use crate::facts::DocumentFacts;
use crate::project::Text;
use crate::source::{BlobId, Content, Entry, Reader};

/// What was read so far.
#[derive(Default)]
pub struct Documents {
    known: Mutex<HashMap<Key, Arc<DocumentFacts>>>,
}

/// Equal content has one blob id. Where a view does not know ids, a file is its own content.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Blob(BlobId),
    Path(Vec<u8>),
}

impl Documents {
    /// The text of a listed document, by what reads the facts of its bytes.
    ///
    /// # Errors
    /// The content cannot be read.
    pub fn read(
        &self,
        entry: &Entry,
        reader: &mut dyn Reader,
        extract: fn(Vec<u8>) -> DocumentFacts,
    ) -> Result<Text, Failure> {
        let key = match &entry.blob {
            Some(blob) => Key::Blob(blob.clone()),
            None => Key::Path(entry.raw.clone()),
        };
        if let Some(known) = self.lock().get(&key) {
            return Ok(Text::Document(known.clone()));
        }
        match reader.read(entry)? {
            Content::Unreadable(why) => Ok(Text::Unreadable(why)),
            Content::Bytes(bytes) => {
                let facts = Arc::new(extract(bytes));
                self.lock().insert(key, facts.clone());
                Ok(Text::Document(facts))
            }
        }
    }

    /// A thread that panicked left only whole entries behind.
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Arc<DocumentFacts>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

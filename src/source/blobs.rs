//! Reading contents from the object database, one connection per thread.

use std::sync::Arc;

use git2::{ObjectFormat, ObjectType, Oid};

use super::overlay::Overlay;
use super::pool::Lease;
use super::{BlobId, Content, Entry, Node, Reader, failures, tree};
use crate::base::{Failure, words};

/// The largest file whose content is read, in bytes. A document is never near it, and reading
/// stays within the memory of a small machine.
pub const LARGEST: u64 = 64 << 20;

/// Reads blobs by their ids.
pub(super) struct BlobReader {
    store: Lease,
    overlay: Arc<Overlay>,
}

impl BlobReader {
    pub(super) fn new(store: Lease, overlay: &Arc<Overlay>) -> Self {
        Self { store, overlay: overlay.clone() }
    }
}

impl Reader for BlobReader {
    fn read(&mut self, entry: &Entry) -> Result<Content, Failure> {
        if let Some(reason) = refusal(entry.node) {
            return Ok(Content::Unreadable(reason));
        }
        let cannot = || tree::cannot_read(&entry.raw);
        let id = entry.blob.as_ref().and_then(|id| Oid::from_bytes(&id.0).ok());
        let id = id.ok_or_else(|| Failure::new(cannot(), "it has no object id", ""))?;
        let objects = self.store.objects()?;
        let size = || self.overlay.size(&objects, id).unwrap_or(0) as u64;
        if entry.node == Node::File(None) && size() > LARGEST {
            return Ok(Content::Unreadable(too_large()));
        }
        let object = self.overlay.read(&objects, id);
        let object = object.map_err(|error| failures::object(cannot(), &error))?;
        if object.kind() != ObjectType::Blob {
            let help = "check the repository with `git fsck`";
            return Err(Failure::new(cannot(), format!("the object {id} is no file"), help));
        }
        Ok(Content::Bytes(object.into_data()))
    }
}

/// The id that git gives these bytes.
pub(super) fn id(format: ObjectFormat, bytes: &[u8]) -> BlobId {
    let id = Oid::hash_object_ext(ObjectType::Blob, bytes, format);
    BlobId(id.map_or_else(|_| Box::default(), |id| id.as_bytes().into()))
}

/// Why the content of such a node is not read at all.
pub(super) fn refusal(node: Node) -> Option<String> {
    Some(match node {
        Node::File(Some(size)) if size > LARGEST => too_large(),
        Node::File(_) => return None,
        Node::Folder => "it is a folder".to_owned(),
        Node::Symlink => "it is a symbolic link, and links are not followed".to_owned(),
        Node::Submodule => "it is a submodule, a repository of its own".to_owned(),
        Node::Other => "it is no regular file".to_owned(),
    })
}

pub(super) fn too_large() -> String {
    let limit = usize::try_from(LARGEST >> 20).unwrap_or(usize::MAX);
    format!("it is larger than {}", words::count(limit, "mebibyte", "mebibytes"))
}

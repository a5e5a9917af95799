//! The files on the disk, as the next `git add --all` would find them.

use std::collections::HashMap;
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::blobs::{self, BlobReader, LARGEST};
use super::index::Index;
use super::index_file::{IndexEntry, Stamp};
use super::tree::Kind;
use super::{
    BlobId, Content, Entry, History, Node, Reader, Source, SourceKind, Tracking, failures, lock,
    name,
};
use crate::base::{Failure, RepoPath};

/// The working tree. The index says what is tracked, and stands in for what a sparse checkout
/// left out of the disk.
pub(super) struct WorkingTree {
    index: Index,
    top: PathBuf,
    /// Whether the disk may answer to a name spelled in another case. Asked once something is
    /// found.
    folds_case: OnceLock<bool>,
    /// Whether a plain folder stands at each path that was asked for.
    folders: Mutex<HashMap<Vec<u8>, bool>>,
}

impl WorkingTree {
    pub(super) fn new(index: Index, top: PathBuf) -> Self {
        Self { index, top, folds_case: OnceLock::new(), folders: Mutex::default() }
    }

    fn folds_case(&self) -> bool {
        *self.folds_case.get_or_init(|| {
            lock(&self.index.store).setting("core.ignorecase").unwrap_or(cfg!(windows))
        })
    }

    /// What the disk has at a path. Nothing is there below a link or a submodule.
    fn standing(&self, raw: &[u8]) -> Result<Option<Node>, Failure> {
        if raw.is_empty() {
            return Ok(Some(Node::Folder));
        }
        let (folder, last) = parted(raw);
        if self.is_folder(folder)? { self.standing_in(folder, last) } else { Ok(None) }
    }

    /// Whether a plain folder stands at a path. Documents name many files of few folders, so the
    /// answer is kept.
    fn is_folder(&self, raw: &[u8]) -> Result<bool, Failure> {
        if raw.is_empty() {
            return Ok(true);
        }
        if let Some(&known) = lock(&self.folders).get(raw) {
            return Ok(known);
        }
        let (above, last) = parted(raw);
        let stands = self.is_folder(above)? && self.standing_in(above, last)? == Some(Node::Folder);
        lock(&self.folders).insert(raw.to_owned(), stands);
        Ok(stands)
    }

    /// What has this name in a folder that stands.
    fn standing_in(&self, folder: &[u8], part: &[u8]) -> Result<Option<Node>, Failure> {
        if is_git_folder(part) {
            return Ok(None);
        }
        let raw = name::join(folder, part);
        let path = self.top.join(name::disk(&raw));
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(failures::disk(&path, &error)),
        };
        if self.folds_case() && !spelled_so(&self.top.join(name::disk(folder)), part)? {
            return Ok(None);
        }
        self.node(|| path.clone(), &raw, metadata.file_type(), || Ok(metadata)).map(Some)
    }

    fn node(
        &self,
        path: impl Fn() -> PathBuf,
        raw: &[u8],
        kind: FileType,
        metadata: impl FnOnce() -> io::Result<Metadata>,
    ) -> Result<Node, Failure> {
        Ok(if kind.is_symlink() {
            Node::Symlink
        } else if kind.is_dir() {
            if self.is_submodule(&path, raw) { Node::Submodule } else { Node::Folder }
        } else if kind.is_file() {
            Node::File(Some(metadata().map_err(|error| failures::disk(&path(), &error))?.len()))
        } else {
            Node::Other
        })
    }

    /// A folder that the index lists as a submodule, or that is a repository of its own and
    /// holds nothing this one tracks.
    fn is_submodule(&self, path: impl Fn() -> PathBuf, raw: &[u8]) -> bool {
        let mut listed = self.index.file.entries(self.index.file.at(raw));
        listed.any(|entry| Kind::of(entry.mode) == Kind::Submodule)
            || (self.index.file.is_empty_below(raw)
                && fs::symlink_metadata(path().join(".git")).is_ok())
    }

    /// Lists everything below a folder of the disk, in no order: level by level, the folders of
    /// each level in parallel, so that no depth of folders can exhaust a stack.
    fn walk(&self, raw: &[u8]) -> Result<Vec<Entry>, Failure> {
        let mut entries = Vec::new();
        let mut level = vec![(raw.to_owned(), false)];
        while !level.is_empty() {
            let listed = level.par_iter().map(|(folder, ignored)| self.folder(folder, *ignored));
            let listed = listed.collect::<Result<Vec<_>, Failure>>()?;
            level.clear();
            for mut one in listed {
                entries.append(&mut one.entries);
                level.extend(one.folders.into_iter().map(|folder| (folder, one.ignored)));
            }
        }
        Ok(entries)
    }

    /// Lists one folder. `ignored` holds for everything below an ignored one.
    fn folder(&self, raw: &[u8], ignored: bool) -> Result<Listed, Failure> {
        let folder = self.top.join(name::disk(raw));
        let ignored = ignored
            || (!raw.is_empty() && self.index.file.is_empty_below(raw) && self.ignores(raw)?);
        let mut listed = Listed { entries: Vec::new(), folders: Vec::new(), ignored };
        for item in WalkDir::new(&folder).min_depth(1).max_depth(1) {
            let item = match item {
                Ok(item) => item,
                // Removed since it was listed.
                Err(error) if error.io_error().is_some_and(is_absent) => continue,
                Err(error) => return Err(failures::disk(&folder, &error.into())),
            };
            let part = name::raw(Path::new(item.file_name()));
            if is_git_folder(&part) {
                continue;
            }
            let below = name::join(raw, &part);
            let metadata = || item.metadata().map_err(io::Error::from);
            match self.node(|| item.path().to_owned(), &below, item.file_type(), metadata) {
                Ok(Node::Folder) => listed.folders.push(below),
                Ok(node) => listed.entries.push(self.entry(below, node, ignored)?),
                Err(_) if fs::symlink_metadata(item.path()).is_err_and(|e| is_absent(&e)) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(listed)
    }

    fn entry(&self, raw: Vec<u8>, node: Node, ignored: bool) -> Result<Entry, Failure> {
        let mut known = self.index.file.entries(self.index.file.at(&raw));
        let tracking = match known.next() {
            Some(entry) if !entry.announced => Tracking::Tracked,
            Some(_) => Tracking::Untracked,
            None if ignored || self.ignores(&raw)? => Tracking::Ignored,
            None => Tracking::Untracked,
        };
        Ok(Entry { path: name::repo_path(&raw), node, blob: None, tracking, raw })
    }

    /// Whether ignore rules cover a path that is not in the index.
    fn ignores(&self, raw: &[u8]) -> Result<bool, Failure> {
        let ignored = lock(&self.index.store).is_ignored(raw);
        ignored.map_err(|error| failures::object("cannot apply the ignore rules", &error))
    }

    /// The id of a file that git knows to be as the index has it, by what the disk says of it. As
    /// for git, that tells nothing of a file that was written in the same second as the index.
    fn unchanged(&self, raw: &[u8]) -> Option<BlobId> {
        let position = self.index.file.at(raw).start;
        let entry = (position < self.index.file.len()).then(|| self.index.file.get(position))?;
        let stamp = self.index.file.stamp(position);
        let plain = entry.path == raw && entry.stage == 0 && !entry.announced && !entry.skipped;
        let older = self.index.written.is_some_and(|written| stamp.modified.0 < written);
        let stands = || fs::symlink_metadata(self.top.join(name::disk(raw))).ok();
        let same = plain && older && stands().is_some_and(|file| stamped(&file) == Some(stamp));
        same.then(|| BlobId(entry.id.into()))
    }

    /// Entries that a sparse checkout left out of the disk, at or below a path.
    fn left_out(&self, raw: &[u8]) -> Result<Vec<IndexEntry<'_>>, Failure> {
        let mut staged = self.index.staged(self.index.file.at(raw))?;
        staged.extend(self.index.staged(self.index.file.below(raw))?);
        staged.retain(|entry| entry.skipped);
        Ok(staged)
    }
}

/// What one folder holds directly.
struct Listed {
    entries: Vec<Entry>,
    folders: Vec<Vec<u8>>,
    ignored: bool,
}

/// What the disk says of a file, as an index keeps it.
#[cfg(unix)]
fn stamped(file: &Metadata) -> Option<Stamp> {
    use std::os::unix::fs::MetadataExt;
    let time = |seconds: i64, rest: i64| (seconds as u32, rest as u32);
    Some(Stamp {
        changed: time(file.ctime(), file.ctime_nsec()),
        modified: time(file.mtime(), file.mtime_nsec()),
        inode: file.ino() as u32,
        size: file.size() as u32,
    })
}

/// Elsewhere programs differ in what they keep.
#[cfg(not(unix))]
fn stamped(_: &Metadata) -> Option<Stamp> {
    None
}

/// The folder that holds a path, and the name of the path in it.
fn parted(raw: &[u8]) -> (&[u8], &[u8]) {
    match raw.iter().rposition(|&byte| byte == b'/') {
        Some(at) => (&raw[..at], &raw[at + 1..]),
        None => (&[], raw),
    }
}

/// The folder of a repository's own data, which is no content.
fn is_git_folder(part: &[u8]) -> bool {
    part.eq_ignore_ascii_case(b".git")
}

/// Whether nothing stands at a path, be it because nothing can be named so.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::NotFound
            | ErrorKind::NotADirectory
            | ErrorKind::InvalidFilename
            | ErrorKind::InvalidInput
    )
}

/// Whether a folder lists a name in exactly this spelling.
fn spelled_so(folder: &Path, part: &[u8]) -> Result<bool, Failure> {
    let mut listing = fs::read_dir(folder).map_err(|error| failures::disk(folder, &error))?;
    Ok(listing.any(|item| item.is_ok_and(|item| name::raw(Path::new(&item.file_name())) == part)))
}

impl Source for WorkingTree {
    fn kind(&self) -> SourceKind {
        SourceKind::WorkingTree
    }

    fn label(&self) -> String {
        "working tree".to_owned()
    }

    fn look(&self, path: &RepoPath) -> Result<Option<Node>, Failure> {
        let raw = path.as_str().as_bytes();
        if let Some(node) = self.standing(raw)? {
            let tracked = !self.index.staged(self.index.file.at(raw))?.is_empty();
            // What git ignores is on this disk only: no other view of the content has it.
            let absent = matches!(node, Node::File(_)) && !tracked && self.ignores(raw)?;
            return Ok((!absent).then_some(node));
        }
        let left_out = self.left_out(raw)?;
        match self.index.listing(left_out.get(..1).unwrap_or_default())?.pop() {
            Some(entry) if entry.raw == raw => Ok(Some(entry.node)),
            below => Ok(below.map(|_| Node::Folder)),
        }
    }

    fn list(&self, folder: &RepoPath) -> Result<Vec<Entry>, Failure> {
        let raw = folder.as_str().as_bytes();
        let mut entries = match self.standing(raw)? {
            Some(Node::Folder) => self.walk(raw)?,
            Some(node) => vec![self.entry(raw.to_owned(), node, false)?],
            None => Vec::new(),
        };
        entries.sort_by(|left, right| left.raw.cmp(&right.raw));
        let mut left_out = self.left_out(raw)?;
        left_out.retain(|entry| {
            entries.binary_search_by(|known: &Entry| (*known.raw).cmp(entry.path)).is_err()
        });
        entries.extend(self.index.listing(&left_out)?);
        entries.sort_by(|left, right| left.raw.cmp(&right.raw));
        Ok(entries)
    }

    fn reader(&self) -> Result<Box<dyn Reader + '_>, Failure> {
        Ok(Box::new(FileReader { tree: self, blobs: None }))
    }

    fn names(&self) -> Result<&[RepoPath], Failure> {
        self.index.names()
    }

    fn history(&self) -> &dyn History {
        self.index.history()
    }

    fn blob_id(&self, bytes: &[u8]) -> BlobId {
        self.index.blob_id(bytes)
    }

    fn id_of(&self, entry: &Entry, bytes: &[u8]) -> BlobId {
        self.unchanged(&entry.raw).unwrap_or_else(|| self.blob_id(bytes))
    }
}

/// Reads files, and from the object database what a sparse checkout left out.
struct FileReader<'t> {
    tree: &'t WorkingTree,
    blobs: Option<BlobReader>,
}

impl Reader for FileReader<'_> {
    fn read(&mut self, entry: &Entry) -> Result<Content, Failure> {
        if let Some(reason) = blobs::refusal(entry.node) {
            return Ok(Content::Unreadable(reason));
        }
        if entry.blob.is_some() {
            if self.blobs.is_none() {
                let location = &self.tree.index.location;
                self.blobs = Some(BlobReader::new(location.open()?, &location.overlay));
            }
            return self.blobs.as_mut().map_or(Ok(Content::Bytes(Vec::new())), |r| r.read(entry));
        }
        let path = self.tree.top.join(name::disk(&entry.raw));
        match read(&path, entry.node) {
            Ok(Some(bytes)) => Ok(Content::Bytes(bytes)),
            Ok(None) => Ok(Content::Unreadable(blobs::too_large())),
            Err(error) => match error.kind() {
                ErrorKind::PermissionDenied => Ok(Content::Unreadable("permission denied".into())),
                ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory => {
                    Ok(Content::Unreadable("it was removed during the check".into()))
                }
                _ => Err(failures::disk(&path, &error)),
            },
        }
    }
}

/// The bytes of a file, or nothing where it has grown beyond the limit since it was listed.
fn read(path: &Path, listed: Node) -> io::Result<Option<Vec<u8>>> {
    let size = match listed {
        Node::File(Some(size)) => usize::try_from(size).unwrap_or_default(),
        _ => 0,
    };
    let mut file = File::open(path)?;
    let mut bytes = vec![0; size + 1];
    let length = match file.read(&mut bytes) {
        Err(error) if error.kind() == ErrorKind::Interrupted => 0,
        length => length?,
    };
    bytes.truncate(length);
    // A file gives less than was asked for at its end only: where it still has the listed size,
    // nobody needs to ask again.
    if length != size || size == 0 {
        file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    }
    Ok((bytes.len() as u64 <= LARGEST).then_some(bytes))
}

//! File names as bytes: what git stores, what the disk has, what reports show.

use std::path::{Path, PathBuf};

use crate::base::RepoPath;

/// A relative path of the disk as the bytes git would store.
#[cfg(unix)]
pub(super) fn raw(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_owned()
}

/// A relative path of the disk as the bytes git would store.
#[cfg(not(unix))]
pub(super) fn raw(path: &Path) -> Vec<u8> {
    path.to_string_lossy().replace('\\', "/").into_bytes()
}

/// The path of the disk that belongs to the bytes git stores.
#[cfg(unix)]
pub(super) fn disk(raw: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(raw))
}

/// The path of the disk that belongs to the bytes git stores.
#[cfg(not(unix))]
pub(super) fn disk(raw: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(raw).into_owned())
}

/// The form reports show.
pub(super) fn repo_path(raw: &[u8]) -> RepoPath {
    RepoPath::new(String::from_utf8_lossy(raw))
}

/// `name` below `folder`, both as bytes; the empty folder is the root.
pub(super) fn join(folder: &[u8], name: &[u8]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(folder.len() + 1 + name.len());
    joined.extend_from_slice(folder);
    if !folder.is_empty() {
        joined.push(b'/');
    }
    joined.extend_from_slice(name);
    joined
}

//! Writes new files into a working tree, for the commands whose purpose that is.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::base::{Failure, RepoPath};

/// The top of a working tree.
#[derive(Debug)]
pub struct Top(PathBuf);

impl Top {
    /// # Errors
    /// There is no such folder.
    pub fn new(folder: &str) -> Result<Self, Failure> {
        if Path::new(folder).is_dir() {
            return Ok(Self(PathBuf::from(folder)));
        }
        let why = "the name of a folder above it is no Unicode text";
        Err(Failure::new(format!("cannot write below {folder}"), why, "rename that folder"))
    }

    /// Whether anything stands at a path: a link that leads nowhere is something too.
    pub fn has(&self, path: &RepoPath) -> bool {
        fs::symlink_metadata(self.0.join(path.as_str())).is_ok()
    }

    /// The text at a path, where one can be read.
    pub fn read(&self, path: &RepoPath) -> Option<String> {
        fs::read_to_string(self.0.join(path.as_str())).ok()
    }

    /// Writes a file that was not there, with the folders above it. Gives whether it did: what
    /// stands at the path already stays as it is.
    ///
    /// # Errors
    /// The path leads out of the working tree or into the data of git, a folder above it is a link
    /// or a file, or the disk failed.
    pub fn write_new(&self, path: &RepoPath, text: &str) -> Result<bool, Failure> {
        if let Some(name) = path.as_str().split('/').find(|name| !is_content(name)) {
            let why = format!("`{name}` is no name for what a repository holds");
            return Err(cannot(path, why, "correct the path in the workflow, or the name in it"));
        }
        let mut above = self.0.clone();
        for name in path.folder().components() {
            above.push(name);
            let found = fs::symlink_metadata(&above).map(|data| data.file_type());
            if found.is_ok_and(|found| !found.is_dir()) {
                let why = format!("{} is no folder", above.display());
                return Err(cannot(path, why, "make it a folder, or move it away"));
            }
        }
        let checked = || "check that you may write there and that the disk has room";
        fs::create_dir_all(&above).map_err(|error| cannot(path, error, checked()))?;
        let target = self.0.join(path.as_str());
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&target) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(false),
            Err(error) => return Err(cannot(path, error, checked())),
        };
        file.write_all(text.as_bytes()).map_err(|error| {
            // Half a file would pass for a whole one.
            let _ = fs::remove_file(&target);
            cannot(path, error, checked())
        })?;
        Ok(true)
    }
}

/// Whether files and folders of a repository can have a name, on every system.
fn is_content(name: &str) -> bool {
    let is_strange = |c: char| c.is_control() || "\\:*?\"<>|".contains(c);
    !["", ".", ".."].contains(&name)
        && !name.eq_ignore_ascii_case(".git")
        && !name.contains(is_strange)
}

fn cannot(path: &RepoPath, why: impl std::fmt::Display, help: &str) -> Failure {
    Failure::new(format!("cannot write {path}"), why, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_where_no_content_stands() {
        let top = Top(std::env::temp_dir().join("gatecheck-writes-nothing-here"));
        for path in
            ["../x.md", "a/../../x.md", ".git/hooks/x.md", "a/.GIT/x.md", "a\\b.md", "c:x.md"]
        {
            let failure = top.write_new(&RepoPath::new(path), "x").expect_err(path);
            assert!(failure.why.ends_with("is no name for what a repository holds"), "{failure}");
        }
        assert!(!top.0.exists());
    }
}

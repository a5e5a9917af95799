//! Files of a working tree that a command writes anew because it was asked to.

use std::fs;

use super::files;
use crate::base::{Failure, RepoPath};
use crate::source::{Node, Opened};

/// Writes a file of the working tree, whole or not at all: readers see the old text or the new
/// one. Links are not followed, so that nothing outside of the repository is ever written.
///
/// # Errors
/// Something else than a plain file stands there or above, git ignores the place, or the disk
/// refuses.
pub fn whole(opened: &Opened, path: &RepoPath, text: &str) -> Result<(), Failure> {
    let cannot =
        |why: &str, help: &str| Err(Failure::new(format!("cannot write {path}"), why, help));
    let Some(top) = &opened.top else {
        return cannot("there is no working tree", "run it in a clone");
    };
    let folder = path.folder();
    match opened.source.look(&folder)? {
        Some(Node::Folder) => {}
        None => return cannot(&format!("there is no folder {folder}"), "make the folder first"),
        Some(_) => {
            let why = format!("{folder} is no plain folder, and links are not followed");
            return cannot(&why, "name another place with `baseline` in gatecheck.toml");
        }
    }
    let target = top.join(path.as_str());
    let standing = fs::symlink_metadata(&target);
    match opened.source.look(path)? {
        Some(Node::File(_)) => {}
        None if standing.is_err() => {}
        None => {
            let help = "take it out of .gitignore: the next clone needs it";
            return cannot("a file stands there that git ignores", help);
        }
        Some(_) => {
            return cannot("it is no plain file, and links are not followed", "move it away");
        }
    }
    let replaced = || {
        let file = files::aside(&target, text)?;
        if let Ok(known) = &standing {
            file.as_file().set_permissions(known.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(&target)?;
        Ok(())
    };
    replaced().map_err(|error: std::io::Error| {
        Failure::new(format!("cannot write {path}"), error, "check who may write in its folder")
    })
}

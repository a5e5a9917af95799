//! Files that a report is written to, each whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::args::Output;
use crate::base::Failure;
use crate::render::Format;

/// A file that somebody asked for.
#[derive(Debug)]
pub struct Target {
    pub format: Format,
    /// As it was given.
    name: String,
    /// The file itself, whatever links lead to it.
    path: PathBuf,
}

impl Target {
    /// The files that the arguments name, before anything is written.
    ///
    /// # Errors
    /// A folder is missing, a path is no file, or two name the same one.
    pub fn all(outputs: &[Output]) -> Result<Vec<Self>, Failure> {
        let mut targets: Vec<Self> = Vec::new();
        for output in outputs {
            let target = Self::of(output)?;
            if let Some(same) = targets.iter().find(|other| other.path == target.path) {
                let why = match same.name == target.name {
                    true => "it is named twice".to_owned(),
                    false => format!("it is the same file as {}", same.name),
                };
                return Err(unwritable(&target.name, why, "give each --output a file of its own"));
            }
            targets.push(target);
        }
        Ok(targets)
    }

    fn of(output: &Output) -> Result<Self, Failure> {
        let name = output.path.display().to_string();
        let path = resolve(&output.path)
            .map_err(|error| unwritable(&name, error, "name a file in a folder that exists"))?;
        if fs::metadata(&path).is_ok_and(|data| !data.is_file()) {
            return Err(unwritable(&name, "it is no file", "name a file"));
        }
        Ok(Self { format: output.format.into(), name, path })
    }
}

/// The bytes of a file that is kept between runs. Nothing where there is none, where it is larger
/// than what would have been written, or where something else stands there that has no end.
pub fn kept(path: &Path, largest: u64) -> Option<Vec<u8>> {
    let about = fs::metadata(path).ok()?;
    (about.is_file() && about.len() <= largest).then(|| fs::read(path).ok()).flatten()
}

/// The path without links: of a file that exists, or of one to be made in a folder that does.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    if let Ok(path) = path.canonicalize() {
        return Ok(path);
    }
    let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok(folder.unwrap_or(Path::new(".")).canonicalize()?.join(name))
}

/// Writes a text for each target. All of them are on disk before the first takes the place of what
/// stood there, so that a reader meets the old or the new one and never a part.
///
/// # Errors
/// One cannot be written.
pub fn replace(targets: &[Target], texts: &[String]) -> Result<(), Failure> {
    let failed = |target: &Target, error: io::Error| {
        unwritable(&target.name, error, "look at the permissions and the space that is left")
    };
    let mut written = Vec::new();
    for (target, text) in targets.iter().zip(texts) {
        let file = aside(&target.path, text).map_err(|error| failed(target, error))?;
        written.push((target, file));
    }
    for (target, file) in written {
        file.persist(&target.path).map_err(|error| failed(target, error.error))?;
    }
    Ok(())
}

/// The text in a file of another name in the same folder, which is gone when it is not needed.
pub fn aside(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gatecheck-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As of any new file: the mask of the process takes away what it does not want.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}

fn unwritable(name: &str, why: impl std::fmt::Display, help: &str) -> Failure {
    Failure::new(format!("cannot write the report to {name}"), why, help)
}

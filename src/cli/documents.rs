//! Reads files that were named on the command line, repository or not.

use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::base::Failure;
use crate::source::LARGEST;

/// A file to read, named as it was given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    Stdin,
    File(PathBuf),
}

impl Named {
    pub fn name(&self) -> String {
        match self {
            Named::Stdin => "-".to_owned(),
            Named::File(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// # Errors
    /// The content cannot be read, or is too large to be a document.
    pub fn read(&self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        let read = match self {
            Named::Stdin => std::io::stdin().take(LARGEST + 1).read_to_end(&mut bytes),
            Named::File(path) => std::fs::File::open(path)
                .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)),
        };
        match read {
            Err(error) => Err(unreadable(&self.name(), error)),
            Ok(_) if bytes.len() as u64 > LARGEST => {
                let why = format!("it is larger than {} MiB", LARGEST >> 20);
                Err(unreadable(&self.name(), why))
            }
            Ok(_) => Ok(bytes),
        }
    }
}

/// The files that the arguments stand for: themselves, and every `*.md` below a folder. Sorted by
/// name, each once.
///
/// # Errors
/// An argument names nothing, a folder cannot be read, or there is no file at all.
pub fn find(arguments: &[PathBuf]) -> Result<Vec<Named>, Failure> {
    let mut found = Vec::new();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            found.push(Named::Stdin);
            continue;
        }
        let name = || argument.to_string_lossy().into_owned();
        let data = std::fs::metadata(argument).map_err(|error| unreadable(&name(), error))?;
        if data.is_dir() {
            below(argument, &mut found)?;
        } else {
            found.push(Named::File(argument.clone()));
        }
    }
    found.sort();
    found.dedup();
    if found.is_empty() {
        let names: Vec<_> = arguments.iter().map(|one| one.to_string_lossy()).collect();
        let what = format!("found nothing to read in {}", crate::base::words::list(&names));
        return Err(Failure::new(
            what,
            "no file there ends in .md",
            "name a file or another folder",
        ));
    }
    Ok(found)
}

fn below(folder: &Path, found: &mut Vec<Named>) -> Result<(), Failure> {
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|entry| entry.file_name() != ".git") {
        let entry = entry.map_err(|error| {
            let name = error.path().unwrap_or(folder).to_string_lossy().into_owned();
            let cause = error.into_io_error().map_or_else(String::new, |error| error.to_string());
            unreadable(&name, cause)
        })?;
        let is_markdown = entry.path().extension().is_some_and(|e| e.eq_ignore_ascii_case("md"));
        if is_markdown && entry.file_type().is_file() {
            found.push(Named::File(entry.into_path()));
        }
    }
    Ok(())
}

fn unreadable(name: &str, why: impl std::fmt::Display) -> Failure {
    let help = "name a file that exists and that you may read";
    Failure::new(format!("cannot read {name}"), why, help)
}

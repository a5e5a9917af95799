//! What the code of a source declares.

use rayon::prelude::*;

use crate::base::{Failure, RepoPath};
use crate::code::{self, Code, Texts};
use crate::config::Config;
use crate::source::{Content, Node, Reader, Source};

/// The largest file of code that is read, in bytes. What is longer was written by a tool.
const LARGEST: u64 = 1 << 20;

/// Reads what the code declares that a source tracks.
///
/// # Errors
/// The source cannot be read.
pub fn read(source: &dyn Source, config: &Config) -> Result<Code, Failure> {
    let (extractors, common) = code::builtin().map_err(|why| {
        Failure::new("cannot use a built-in extractor", why, "report this, please")
    })?;
    let names: Vec<RepoPath> =
        source.names()?.iter().filter(|path| !config.excludes(path)).cloned().collect();
    code::read(&extractors, &common, &names, &Files { source })
}

struct Files<'s> {
    source: &'s dyn Source,
}

impl Texts<Failure> for Files<'_> {
    fn texts(&self, paths: &[RepoPath]) -> Result<Vec<Option<String>>, Failure> {
        paths
            .par_iter()
            .map_init(
                || self.source.reader(),
                |reader, path| {
                    let reader = reader.as_mut().map_err(|failure| failure.clone())?;
                    Ok(self.text(&mut **reader, path))
                },
            )
            .collect()
    }
}

impl Files<'_> {
    /// The text of a file; nothing for one that is none, or that cannot be had. A conflict outside
    /// of the documents, or an object that a partial clone lacks, is no reason to judge nothing.
    fn text(&self, reader: &mut dyn Reader, path: &RepoPath) -> Option<String> {
        let listed = self.source.list(path).ok()?;
        let entry = listed.iter().find(|entry| entry.path == *path)?;
        let Node::File(size) = entry.node else { return None };
        if size.is_some_and(|size| size > LARGEST) {
            return None;
        }
        match reader.read(entry).ok()? {
            Content::Bytes(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Content::Unreadable(_) => None,
        }
    }
}

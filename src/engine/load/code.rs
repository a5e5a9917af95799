//! What the code of a source declares.

use rayon::prelude::*;

use crate::base::{Failure, Level, RepoPath};
use crate::code::extractor::Extractor;
use crate::code::{self, Code, Texts};
use crate::config::{Config, Setting};
use crate::project::Project;
use crate::project::surface::{self, Surface};
use crate::rules;
use crate::source::{Content, Node, Reader, Source};

/// The largest file of code that is read, in bytes. What is longer was written by a tool.
const LARGEST: u64 = 1 << 20;

/// The code of a project beside its contracts, with notes on what could not be judged. No file of
/// code is read before somebody built what is promised, nor where no rule asks.
///
/// # Errors
/// The source cannot be read.
pub fn surface(
    source: &dyn Source,
    config: &Config,
    project: &Project,
) -> Result<(Option<Surface>, Vec<String>), Failure> {
    let off = |rule: &str| config.level(rule) == Some(Level::Off);
    if !surface::is_due(project) || rules::OF_CODE.iter().all(|rule| off(rule)) {
        return Ok((None, Vec::new()));
    }
    let code = read(source, config)?;
    if code.frameworks.is_empty() {
        return Ok((None, Vec::new()));
    }
    let floor = config.code.floor.as_ref().map_or(Config::FLOOR, |floor| floor.value);
    let (surface, notes) = surface::compare(project, code, floor);
    Ok((Some(surface), notes))
}

/// Reads what the code declares that a source tracks.
///
/// # Errors
/// The source cannot be read.
pub fn read(source: &dyn Source, config: &Config) -> Result<Code, Failure> {
    let (builtin, common) = code::builtin().map_err(|why| {
        Failure::new("cannot use a built-in extractor", why, "report this, please")
    })?;
    let files = Files { source };
    let named = config.code.extractors.iter().map(|named| files.extractor(config, named));
    let own: Vec<Extractor> = named.collect::<Result<_, _>>()?;
    // One that has the id of another takes its place.
    let replaced = |known: &Extractor| own.iter().any(|one| one.id == known.id);
    let kept = builtin.iter().filter(|known| !replaced(known));
    let extractors: Vec<&Extractor> = kept.chain(&own).collect();
    let names: Vec<RepoPath> =
        source.names()?.iter().filter(|path| !config.excludes_code(path)).cloned().collect();
    let mut code = code::read(&extractors, common, &names, &files)?;
    if let Some(prefix) = &config.code.prefix {
        code.put_before(prefix);
    }
    Ok(code)
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
    /// An extractor of the repository.
    fn extractor(&self, config: &Config, named: &Setting<RepoPath>) -> Result<Extractor, Failure> {
        let path = &named.value;
        let Some(text) = self.text(&mut *self.source.reader()?, path) else {
            let (why, help) = (format!("there is no file {path}"), "correct the path, or add it");
            return Err(match &config.file {
                Some(file) => file.fail(named.span.range(), why, help),
                None => Failure::new("cannot read an extractor", why, help),
            });
        };
        Extractor::parse(&text).map_err(|mistake| {
            let help = "`rules/extractors/README.md` of gatecheck explains the format";
            let what = format!("cannot use the extractor {path}");
            Failure::new(what, mistake.why, help).at(path, &text, mistake.span)
        })
    }

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

//! What the code of a source declares.

use rayon::prelude::*;

use crate::base::words::{count, few};
use crate::base::{Failure, Level, RepoPath};
use crate::code::extractor::Extractor;
use crate::code::{self, Code, Texts};
use crate::config::{Config, Setting};
use crate::project::Project;
use crate::project::surface::{self, Surface};
use crate::rules;
use crate::source::{Conflicts, Content, Node, Reader, Source};

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
    if let Some(note) = unsettled(source, &code) {
        return Ok((None, vec![note]));
    }
    if code.frameworks.is_empty() {
        return Ok((None, unread(&code).into_iter().collect()));
    }
    let floor = config.code.floor.as_ref().map_or(Config::FLOOR, |floor| floor.value);
    let unread = unread(&code);
    let (surface, mut notes) = surface::compare(project, code, floor);
    notes.extend(unread);
    Ok((Some(surface), notes))
}

/// Reads what the code declares that a source tracks.
///
/// # Errors
/// The source cannot be read.
pub fn read(source: &dyn Source, config: &Config) -> Result<Code, Failure> {
    read_with(source, config, &own(source, config)?)
}

/// The extractors of the repository.
///
/// # Errors
/// One of them is missing or wrong.
pub fn own(source: &dyn Source, config: &Config) -> Result<Vec<Extractor>, Failure> {
    let files = Files { source };
    config.code.extractors.iter().map(|named| files.extractor(config, named)).collect()
}

/// As [`read`], with extractors that another tree may hold.
///
/// # Errors
/// The source cannot be read.
pub fn read_with(source: &dyn Source, config: &Config, own: &[Extractor]) -> Result<Code, Failure> {
    let (builtin, common) = code::builtin().map_err(|why| {
        Failure::new("cannot use a built-in extractor", why, "report this, please")
    })?;
    let files = Files { source };
    // One that has the id of another takes its place.
    let replaced = |known: &Extractor| own.iter().any(|one| one.id == known.id);
    let kept = builtin.iter().filter(|known| !replaced(known));
    let extractors: Vec<&Extractor> = kept.chain(own).collect();
    let mut names: Vec<RepoPath> = source.names()?.to_vec();
    // What one side of a merge deletes and the other changes has no place in the tree.
    names.extend(source.conflicts().into_iter().flat_map(|conflicts| conflicts.paths));
    names.sort_unstable();
    names.dedup();
    // What stands beside the folder of a project is another one's.
    names.retain(|path| path.below(&config.home).is_some() && !config.excludes_code(path));
    let mut code = code::read(&extractors, common, &names, &files)?;
    if let Some(prefix) = &config.code.prefix {
        code.put_before(prefix);
    }
    Ok(code)
}

/// That files of code wait for somebody to settle a merge, if any do: what they declare then is
/// anybody's guess, and so is whether a promise is kept elsewhere.
fn unsettled(source: &dyn Source, code: &Code) -> Option<String> {
    let Conflicts { ours, theirs, paths } = source.conflicts()?;
    let waits = |file: &RepoPath| paths.iter().any(|path| file.below(path).is_some());
    let files = code.unread.iter().map(|one| &one.file).filter(|file| waits(file));
    let files: Vec<&str> = files.map(RepoPath::as_str).collect();
    (!files.is_empty()).then(|| {
        format!(
            "not judged: what the code declares, because `{ours}` and `{theirs}` conflict in {}; \
             settle the conflict first",
            few(&files, NAMED)
        )
    })
}

/// How many files of code a note names.
const NAMED: usize = 3;

/// That some files were not read, if any.
fn unread(code: &Code) -> Option<String> {
    let named = code.unread.iter().take(NAMED);
    let mut named: Vec<String> = named.map(|one| format!("{}: {}", one.file, one.why)).collect();
    let more = code.unread.len().saturating_sub(NAMED);
    named.extend((more > 0).then(|| count(more, "more file", "more files")));
    let listed = named.join("; ");
    (!named.is_empty()).then(|| format!("not read as code: {listed}; what they declare is unknown"))
}

struct Files<'s> {
    source: &'s dyn Source,
}

impl Texts<Failure> for Files<'_> {
    fn texts(&self, paths: &[RepoPath]) -> Result<Vec<Result<String, String>>, Failure> {
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

/// The text of one file, as far as it is read as code.
///
/// # Errors
/// The source cannot be opened.
pub fn text(source: &dyn Source, path: &RepoPath) -> Result<Option<String>, Failure> {
    Ok(Files { source }.text(&mut *source.reader()?, path).ok())
}

impl Files<'_> {
    /// An extractor of the repository.
    fn extractor(&self, config: &Config, named: &Setting<RepoPath>) -> Result<Extractor, Failure> {
        let path = &named.value;
        let text = self.text(&mut *self.source.reader()?, path).map_err(|why| {
            let (why, help) = (format!("{path}: {why}"), "correct the path, or the file");
            match &config.file {
                Some(file) => file.fail(named.span.range(), why, help),
                None => Failure::new("cannot read an extractor", why, help),
            }
        })?;
        Extractor::parse(&text).map_err(|mistake| {
            let help = "`rules/extractors/README.md` of gatecheck explains the format";
            let what = format!("cannot use the extractor {path}");
            Failure::new(what, mistake.why, help).at(path, &text, mistake.span)
        })
    }

    /// The text of a file, or why there is none. A conflict outside of the documents, or an object
    /// that a partial clone lacks, is no reason to judge nothing.
    fn text(&self, reader: &mut dyn Reader, path: &RepoPath) -> Result<String, String> {
        let listed = self.source.list(path).map_err(|failure| failure.why)?;
        let entry =
            listed.iter().find(|entry| entry.path == *path).ok_or("there is no such file")?;
        match entry.node {
            Node::File(Some(size)) if size > LARGEST => Err("it is larger than 1 MiB".to_owned()),
            Node::File(_) => match reader.read(entry).map_err(|failure| failure.why)? {
                Content::Unreadable(why) => Err(why),
                Content::Bytes(bytes) if bytes.contains(&0) => Err("it is no text".to_owned()),
                Content::Bytes(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            },
            // What a link leads to is read where it stands.
            Node::Symlink => Ok(String::new()),
            Node::Folder | Node::Submodule | Node::Other => Err("it is no file".to_owned()),
        }
    }
}

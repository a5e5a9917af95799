//! What git keeps of a repository: objects, references, settings, ignore rules. libgit2 reads
//! them, or git itself where libgit2 cannot; nothing outside of this file can tell which.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use git2::{ErrorClass, ErrorCode, ObjectFormat, ObjectType, Odb, OdbObject, Oid, Repository};
use memchr::memmem;

use super::plumbing::Git;
use super::{failures, name};
use crate::base::Failure;

/// An open repository.
///
/// Both readers say what went wrong in libgit2's terms: an object that is not there is
/// [`ErrorCode::NotFound`] of [`ErrorClass::Odb`], an id that begins like several is
/// [`ErrorCode::Ambiguous`].
pub(super) enum Store {
    Library(Repository),
    Git(Arc<Git>),
}

impl Store {
    pub(super) fn objects(&self) -> Result<Objects<'_>, Failure> {
        let format = self.format();
        let reader = match self {
            Self::Library(repository) => Reader::Library(
                repository
                    .odb()
                    .map_err(|error| failures::object("cannot open the objects", &error))?,
            ),
            Self::Git(git) => Reader::Git(git),
        };
        Ok(Objects { reader, format })
    }

    /// The hash function of its object ids.
    pub(super) fn format(&self) -> ObjectFormat {
        match self {
            Self::Library(repository) => repository.object_format(),
            Self::Git(git) => git.format,
        }
    }

    pub(super) fn git_dir(&self) -> &Path {
        match self {
            Self::Library(repository) => repository.path(),
            Self::Git(git) => &git.git_dir,
        }
    }

    /// The folder that linked worktrees share with their repository.
    pub(super) fn common_dir(&self) -> &Path {
        match self {
            Self::Library(repository) => repository.commondir(),
            Self::Git(git) => &git.common_dir,
        }
    }

    /// The top of the working tree; a bare repository has none.
    pub(super) fn workdir(&self) -> Option<&Path> {
        match self {
            Self::Library(repository) => repository.workdir(),
            Self::Git(git) => git.workdir.as_deref(),
        }
    }

    /// The commit the current branch is at, or nothing where it has none yet.
    pub(super) fn head(&self) -> Result<Option<Oid>, Failure> {
        let head = match self {
            Self::Library(repository) => repository.head().map(|head| head.target()),
            Self::Git(git) => git.named("HEAD").map(Some),
        };
        match head {
            Ok(head) => Ok(head),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            Err(error) => Err(failures::object("cannot read HEAD", &error)),
        }
    }

    /// The branch that HEAD names, in full; nothing where it names a commit itself.
    pub(super) fn branch(&self) -> Result<Option<String>, git2::Error> {
        match self {
            Self::Library(repository) => {
                let head = repository.find_reference("HEAD")?;
                let target = head.symbolic_target_bytes();
                Ok(target.map(|name| String::from_utf8_lossy(name).into_owned()))
            }
            Self::Git(git) => git.branch(),
        }
    }

    /// The object that a name means. Looking it up costs no object where a reference is called
    /// so, so that nothing about the object itself can be in the way.
    pub(super) fn named(&self, name: &str) -> Result<Oid, git2::Error> {
        let repository = match self {
            Self::Library(repository) => repository,
            Self::Git(git) => return git.named(name),
        };
        let name = if name == "@" { "HEAD" } else { name };
        let reference = repository.resolve_reference_from_short_name(name);
        let target = reference.and_then(|one| one.resolve()).ok().and_then(|one| one.target());
        match target {
            Some(id) => Ok(id),
            None => Ok(repository.revparse_single(name)?.id()),
        }
    }

    /// The references below a prefix that ends in a slash: the name and the id of
    /// each, the one that counts last.
    pub(super) fn references(&self, prefix: &str) -> Result<Vec<(String, String)>, git2::Error> {
        match self {
            Self::Library(repository) => Ok(stored(repository.commondir(), prefix)),
            Self::Git(git) => git.references(prefix),
        }
    }

    /// Every reference with what it points to, sorted by name.
    pub(super) fn all_references(&self) -> Result<Vec<(String, String)>, git2::Error> {
        let repository = match self {
            Self::Library(repository) => repository,
            Self::Git(git) => return git.references("refs/"),
        };
        let mut references = Vec::new();
        for reference in repository.references()? {
            let reference = reference?;
            let name = String::from_utf8_lossy(reference.name_bytes()).into_owned();
            let symbolic = reference.symbolic_target_bytes().map(String::from_utf8_lossy);
            let target = reference.target().map(|id| id.to_string());
            references.push((name, target.or(symbolic.map(Into::into)).unwrap_or_default()));
        }
        references.sort_unstable();
        Ok(references)
    }

    /// A setting that is on or off; nothing where nobody set it.
    pub(super) fn setting(&self, name: &str) -> Option<bool> {
        match self {
            Self::Library(repository) => {
                repository.config().and_then(|config| config.get_bool(name)).ok()
            }
            Self::Git(git) => git.setting(name),
        }
    }

    /// Whether ignore rules cover a path that is not in the index.
    pub(super) fn is_ignored(&self, raw: &[u8]) -> Result<bool, git2::Error> {
        match self {
            Self::Library(repository) => repository.is_path_ignored(name::disk(raw)),
            Self::Git(git) => git.is_ignored(raw),
        }
    }
}

/// The object database of a repository. Replacements are not followed here.
pub(super) struct Objects<'r> {
    reader: Reader<'r>,
    pub format: ObjectFormat,
}

enum Reader<'r> {
    Library(Odb<'r>),
    Git(&'r Git),
}

impl Objects<'_> {
    pub(super) fn read(&self, id: Oid) -> Result<Object<'_>, git2::Error> {
        match &self.reader {
            Reader::Library(odb) => odb.read(id).map(Object::Library),
            Reader::Git(git) => {
                let (kind, data) = git.contents(id)?;
                Ok(Object::Git { kind, data })
            }
        }
    }

    /// The size in bytes and the kind of an object.
    pub(super) fn header(&self, id: Oid) -> Result<(usize, ObjectType), git2::Error> {
        match &self.reader {
            Reader::Library(odb) => odb.read_header(id),
            Reader::Git(git) => git.info(&id.to_string()).map(|info| (info.size, info.kind)),
        }
    }

    pub(super) fn has(&self, id: Oid) -> bool {
        match &self.reader {
            Reader::Library(odb) => odb.exists(id),
            Reader::Git(git) => git.info(&id.to_string()).is_ok(),
        }
    }

    /// The object whose id begins like this; nothing where there is none.
    ///
    /// # Errors
    /// There are several, or the objects cannot be read.
    pub(super) fn begins(&self, digits: &str) -> Result<Option<Oid>, git2::Error> {
        let found = match &self.reader {
            Reader::Library(odb) => {
                let whole = format!("{digits:0<width$}", width = 2 * self.width());
                odb.exists_prefix(Oid::from_str_ext(&whole, self.format)?, digits.len())
            }
            Reader::Git(git) => git.begins(digits),
        };
        match found {
            Ok(id) => Ok(Some(id)),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// How many bytes an object id has.
    pub(super) fn width(&self) -> usize {
        id_width(self.format)
    }
}

/// The references below a prefix as files have them. libgit2 would parse all packed ones for it.
fn stored(folder: &Path, prefix: &str) -> Vec<(String, String)> {
    let mut references = Vec::new();
    let packed = fs::read(folder.join("packed-refs")).unwrap_or_default();
    if memmem::find(&packed, prefix.as_bytes()).is_some() {
        for line in String::from_utf8_lossy(&packed).lines() {
            let pair = line.split_once(' ').filter(|(_, name)| name.starts_with(prefix));
            references.extend(pair.map(|(id, name)| (name.to_owned(), id.to_owned())));
        }
    }
    // A loose reference is newer than a packed one.
    for entry in fs::read_dir(folder.join(prefix)).into_iter().flatten().flatten() {
        let id = fs::read_to_string(entry.path()).unwrap_or_default();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        references.push((name, id.trim().to_owned()));
    }
    references
}

/// How many bytes an object id of this hash function has.
pub(super) fn id_width(format: ObjectFormat) -> usize {
    if format == ObjectFormat::Sha256 { 32 } else { 20 }
}

/// An object that was read.
pub(super) enum Object<'r> {
    Library(OdbObject<'r>),
    Git {
        kind: ObjectType,
        data: Vec<u8>,
    },
    /// It stands in no repository.
    Made {
        kind: ObjectType,
        data: &'r [u8],
    },
}

impl Object<'_> {
    pub(super) fn kind(&self) -> ObjectType {
        match self {
            Self::Library(object) => object.kind(),
            Self::Git { kind, .. } | Self::Made { kind, .. } => *kind,
        }
    }

    pub(super) fn into_data(self) -> Vec<u8> {
        match self {
            Self::Library(object) => object.data().to_owned(),
            Self::Git { data, .. } => data,
            Self::Made { data, .. } => data.to_owned(),
        }
    }

    pub(super) fn data(&self) -> &[u8] {
        match self {
            Self::Library(object) => object.data(),
            Self::Git { data, .. } => data,
            Self::Made { data, .. } => data,
        }
    }
}

/// That the object database does not hold what was asked for.
pub(super) fn missing(name: &str) -> git2::Error {
    let message = format!("object not found - no match for id ({name})");
    git2::Error::new(ErrorCode::NotFound, ErrorClass::Odb, message)
}

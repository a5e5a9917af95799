//! What git lays over the stored objects: replacements, grafts, the boundary of a shallow clone.
//! And what this program lays there: the objects of a merge that nobody made.
//!
//! Git shows a history as these have it, so every walk here does. libgit2 does not know the first
//! at all, and looks for the others in the wrong folder of a linked worktree.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use super::failures;
use super::store::{Object, Objects, Store};
use crate::base::Failure;
use git2::{ObjectFormat, ObjectType, Oid};

/// Whether replacements and grafts are left out.
static AS_STORED: AtomicBool = AtomicBool::new(false);

/// From here on, this process reads every repository without replacements and grafts, for judges
/// of people who could make some: a push may bring `refs/replace/`, and whoever works in a
/// repository may run `git replace`. The boundary of a shallow clone still counts.
///
/// It holds for the process, as libgit2's own options do, so that no opening can miss it.
pub fn read_as_stored() {
    AS_STORED.store(true, Ordering::Relaxed);
}

/// What one repository holds of it. Empty nearly everywhere.
#[derive(Clone, Debug, Default)]
pub(super) struct Overlay {
    /// The object that stands in for another: `git replace`.
    replaced: HashMap<Oid, Oid>,
    /// The parents that a commit has instead of its own: `.git/info/grafts`.
    grafted: HashMap<Oid, Vec<Oid>>,
    /// The commits whose parents a shallow clone left out.
    boundary: HashSet<Oid>,
    /// Objects that stand in no repository.
    made: Made,
}

/// Objects that are read as if they were stored, and exist in memory only.
#[derive(Clone, Debug, Default)]
pub(super) struct Made(HashMap<Oid, (ObjectType, Vec<u8>)>);

impl Made {
    /// Takes an object in; its id is the one that git would give it.
    pub(super) fn add(
        &mut self,
        format: ObjectFormat,
        kind: ObjectType,
        data: Vec<u8>,
    ) -> Result<Oid, Failure> {
        let id = Oid::hash_object_ext(kind, &data, format)
            .map_err(|error| failures::object("cannot name an object", &error))?;
        self.0.insert(id, (kind, data));
        Ok(id)
    }

    pub(super) fn get(&self, id: Oid) -> Option<Object<'_>> {
        self.0.get(&id).map(|(kind, data)| Object::Made { kind: *kind, data })
    }
}

impl Overlay {
    /// Linked worktrees share all of it with their repository. `variable` gives the variables of
    /// the environment that speak about it.
    pub(super) fn of(
        store: &Store,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Failure> {
        let (folder, format) = (store.common_dir(), store.format());
        let ids = |line: &str| -> Option<Vec<Oid>> {
            line.split_whitespace().map(|id| Oid::from_str_ext(id, format).ok()).collect()
        };
        let read = |named: &str, usual: &str| {
            let path = variable(named).map_or_else(|| folder.join(usual), PathBuf::from);
            fs::read_to_string(path).unwrap_or_default()
        };
        let boundary = read("GIT_SHALLOW_FILE", "shallow");
        let boundary = boundary.lines().filter_map(ids).flatten().collect();
        if AS_STORED.load(Ordering::Relaxed) {
            return Ok(Self { boundary, ..Self::default() });
        }
        let grafts = read("GIT_GRAFT_FILE", "info/grafts");
        let grafted = grafts.lines().filter_map(ids).filter_map(|mut line| {
            let commit = (!line.is_empty()).then(|| line.remove(0));
            commit.map(|commit| (commit, line))
        });
        let replaced = replaced(store, &variable)?;
        Ok(Self { replaced, grafted: grafted.collect(), boundary, made: Made::default() })
    }

    /// An object as git shows it where its id is named.
    pub(super) fn read<'o>(
        &'o self,
        objects: &'o Objects<'_>,
        id: Oid,
    ) -> Result<Object<'o>, git2::Error> {
        let id = self.replacement(id);
        self.made.get(id).map_or_else(|| objects.read(id), Ok)
    }

    /// Whether there is such an object.
    pub(super) fn has(&self, objects: &Objects<'_>, id: Oid) -> bool {
        self.made.get(id).is_some() || objects.has(id)
    }

    /// The size in bytes of an object, as [`Overlay::read`] would read it.
    pub(super) fn size(&self, objects: &Objects<'_>, id: Oid) -> Result<usize, git2::Error> {
        let id = self.replacement(id);
        match self.made.get(id) {
            Some(made) => Ok(made.data().len()),
            None => objects.header(id).map(|(size, _)| size),
        }
    }

    /// The same, with objects that stand in no repository.
    pub(super) fn with(&self, made: Made) -> Self {
        Self { made, ..self.clone() }
    }

    /// Whether the objects stand as they are stored.
    pub(super) fn is_empty(&self) -> bool {
        self.replaced.is_empty() && self.grafted.is_empty() && self.boundary.is_empty()
    }

    /// The object that git reads where this one is named.
    pub(super) fn replacement(&self, mut id: Oid) -> Oid {
        // As deep as git follows replacements of replacements.
        for _ in 0..5 {
            match self.replaced.get(&id) {
                Some(&other) => id = other,
                None => break,
            }
        }
        id
    }

    /// The parents that a commit has whatever it says itself.
    pub(super) fn parents(&self, commit: Oid) -> Option<&[Oid]> {
        if self.boundary.contains(&commit) {
            return Some(&[]);
        }
        self.grafted.get(&commit).map(Vec::as_slice)
    }

    /// Whether a shallow clone left out the parents of a commit.
    pub(super) fn is_boundary(&self, commit: Oid) -> bool {
        self.boundary.contains(&commit)
    }

    pub(super) fn is_shallow(&self) -> bool {
        !self.boundary.is_empty()
    }
}

/// The replacements, which are references named by what they replace.
fn replaced(
    store: &Store,
    variable: &impl Fn(&str) -> Option<OsString>,
) -> Result<HashMap<Oid, Oid>, Failure> {
    let mut replaced = HashMap::new();
    if variable("GIT_NO_REPLACE_OBJECTS").is_some() {
        return Ok(replaced);
    }
    let base = variable("GIT_REPLACE_REF_BASE").and_then(|base| base.into_string().ok());
    let base = base.unwrap_or_else(|| "refs/replace/".to_owned());
    let references = store.references(&base);
    let references = references
        .map_err(|error| failures::object("cannot read which objects are replaced", &error))?;
    for (name, id) in references {
        let old = name.strip_prefix(&base).unwrap_or_default();
        let ids = [old, &id].map(|id| Oid::from_str_ext(id, store.format()));
        if let [Ok(old), Ok(new)] = ids {
            replaced.insert(old, new);
        }
    }
    if !replaced.is_empty() && store.setting("core.useReplaceRefs") == Some(false) {
        replaced.clear();
    }
    Ok(replaced)
}

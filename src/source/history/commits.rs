//! Commits as git shows them: read in the form git stores them, with what is laid over them.
//!
//! libgit2's own commits cost several times as much, know no replacements, and refuse what git
//! reads without a word, such as a commit without an author.

use std::cell::OnceCell;
use std::collections::HashSet;

use git2::{ObjectType, Oid};

use super::Identity;
use super::graph::{CommitGraph, Point};
use crate::base::Failure;
use crate::source::failures;
use crate::source::overlay::Overlay;
use crate::source::store::{Object, Objects, Store};

/// The commits of one repository.
pub struct Commits<'r> {
    store: &'r Store,
    objects: Objects<'r>,
    pub overlay: &'r Overlay,
    /// Looked for when the first commit is asked for by [`Commits::point`].
    graph: OnceCell<Option<CommitGraph>>,
}

/// One commit that was read.
pub struct Commit<'r> {
    pub id: Oid,
    pub tree: Oid,
    pub parents: Vec<Oid>,
    object: Object<'r>,
}

/// The objects that a walk came by, where it can come by one again.
pub struct Walked(Option<HashSet<Oid>>);

impl Walked {
    /// Whether a walk has not come by this one yet, which it does now.
    pub fn is_new(&mut self, id: Oid) -> bool {
        self.0.as_mut().is_none_or(|seen| seen.insert(id))
    }
}

impl<'r> Commits<'r> {
    pub fn of(store: &'r Store, overlay: &'r Overlay) -> Result<Self, Failure> {
        Ok(Self { store, objects: store.objects()?, overlay, graph: OnceCell::new() })
    }

    /// Where a commit stands in the history, and its tree.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn point(&self, id: Oid) -> Result<Point, Failure> {
        // What is laid over the commits is not in the graph, which git does not use either then.
        let graph = || if self.overlay.is_empty() { CommitGraph::of(self.store) } else { None };
        let graph = self.graph.get_or_init(graph).as_ref();
        if let Some(point) = graph.and_then(|graph| graph.find(id)) {
            return Ok(point);
        }
        let commit = self.read(id)?;
        let time = commit.time();
        let Commit { id, tree, parents, .. } = commit;
        Ok(Point { id, tree, parent: parents.first().copied(), merge: parents.len() > 1, time })
    }

    /// Begins a walk at an object. An object cannot name one that names it, so that no walk
    /// comes back; but what is laid over the objects may lead in a circle.
    pub fn walk(&self, first: Oid) -> Walked {
        Walked((!self.overlay.is_empty()).then(|| HashSet::from([first])))
    }

    pub fn read(&self, id: Oid) -> Result<Commit<'_>, Failure> {
        let what = || format!("cannot read the commit {id}");
        let object = self.overlay.read(&self.objects, id);
        let object = object.map_err(|error| failures::object(what(), &error))?;
        let damaged = || Failure::new(what(), "it is damaged", "check it with `git fsck`");
        let (tree, mut parents) = self.parse(&object).ok_or_else(damaged)?;
        if let Some(others) = self.overlay.parents(id) {
            parents = others.to_vec();
        }
        Ok(Commit { id, tree, parents, object })
    }

    /// The tree and the parents that a stored commit begins with.
    fn parse(&self, object: &Object<'_>) -> Option<(Oid, Vec<Oid>)> {
        if object.kind() != ObjectType::Commit {
            return None;
        }
        let format = self.objects.format;
        let id = |text: &[u8]| Oid::from_str_ext(str::from_utf8(text).ok()?, format).ok();
        let mut lines = header(object.data());
        let tree = id(lines.next()?.strip_prefix(b"tree ")?)?;
        let parents = lines.map_while(|line| line.strip_prefix(b"parent "));
        Some((tree, parents.map(id).collect::<Option<_>>()?))
    }

    /// The commit that an id means: itself, or the one that a tag of this id points to. Nothing
    /// where it means something else.
    pub fn peel(&self, mut id: Oid) -> Result<Option<Oid>, Failure> {
        let what = |id| format!("cannot read the object {id}");
        let mut walked = self.walk(id);
        loop {
            let object = self.overlay.read(&self.objects, id);
            let object = object.map_err(|error| failures::object(what(id), &error))?;
            match object.kind() {
                ObjectType::Commit => return Ok(Some(id)),
                ObjectType::Tag => {
                    let format = self.objects.format;
                    let line = header(object.data()).next().unwrap_or_default();
                    let target = line.strip_prefix(b"object ").unwrap_or_default();
                    id = Oid::from_str_ext(&String::from_utf8_lossy(target), format)
                        .map_err(|error| failures::object(what(id), &error))?;
                    if !walked.is_new(id) {
                        return Ok(None);
                    }
                }
                _ => return Ok(None),
            }
        }
    }

    /// Whether the repository holds an object with this id.
    pub fn exists(&self, id: Oid) -> bool {
        self.overlay.has(&self.objects, id)
    }

    /// Whether an id is that of a commit.
    pub fn is_commit(&self, id: Oid) -> bool {
        self.objects.header(id).is_ok_and(|(_, kind)| kind == ObjectType::Commit)
    }

    /// The object whose id begins like this; nothing where there is none.
    ///
    /// # Errors
    /// There are several, or the objects cannot be read.
    pub fn begins(&self, digits: &str) -> Result<Option<Oid>, git2::Error> {
        self.objects.begins(digits)
    }

    /// How many digits an id has.
    pub fn id_length(&self) -> usize {
        2 * self.objects.width()
    }

    /// The shortest unambiguous form of an id, seven characters or more.
    pub fn abbreviate(&self, id: Oid) -> String {
        let digits = id.to_string();
        let mut lengths = SHORT..digits.len();
        let alone = |length: &usize| matches!(self.begins(&digits[..*length]), Ok(Some(_)));
        let length = lengths.find(alone);
        digits[..length.unwrap_or(digits.len())].to_owned()
    }
}

/// The shortest form that reports show.
const SHORT: usize = 7;

impl Commit<'_> {
    /// Who made it; nobody where it does not say.
    pub fn author(&self) -> Identity {
        let mut lines = header(self.object.data());
        let Some(line) = lines.find_map(|line| line.strip_prefix(b"author ")) else {
            return Identity::default();
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        // As git reads it: the address stands between the last pair of angle brackets.
        let close = line.iter().rposition(|&byte| byte == b'>').unwrap_or(line.len());
        let open = line[..close].iter().rposition(|&byte| byte == b'<').unwrap_or(close);
        let email = line.get(open + 1..close).unwrap_or_default();
        Identity { name: text(&line[..open]), email: text(email) }
    }

    /// What its author says about it.
    pub fn message(&self) -> String {
        let data = self.object.data();
        let begins =
            data.windows(2).position(|pair| pair == b"\n\n").map_or(data.len(), |at| at + 2);
        String::from_utf8_lossy(&data[begins..]).into_owned()
    }

    /// The first line of its message.
    pub fn subject(&self) -> String {
        let data = self.object.data();
        let message = memchr::memmem::find(data, b"\n\n").map_or(&[][..], |end| &data[end + 2..]);
        let text = String::from_utf8_lossy(message);
        text.trim_start().lines().next().unwrap_or_default().trim_end().to_owned()
    }

    /// When it was committed, in seconds since 1970; nothing where it does not say.
    pub fn time(&self) -> Option<i64> {
        let mut lines = header(self.object.data());
        let line = lines.find_map(|line| line.strip_prefix(b"committer "))?;
        let close = line.iter().rposition(|&byte| byte == b'>')?;
        str::from_utf8(&line[close + 1..]).ok()?.split_whitespace().next()?.parse().ok()
    }
}

/// The lines of a stored object before its message.
fn header(object: &[u8]) -> impl Iterator<Item = &[u8]> {
    object.split(|&byte| byte == b'\n').take_while(|line| !line.is_empty())
}

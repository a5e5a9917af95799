//! Paths inside a repository: relative to its root, parted by `/`, never leaving it.

use std::fmt;

/// A path from the repository root. The empty path is the root itself.
///
/// Bytes that are not UTF-8 stand as replacement characters; a source keeps the raw name beside
/// the entry it lists, so that reading never depends on this form.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(String);

impl RepoPath {
    /// Takes a path that is already relative and normalized, as git and the sources give it.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// Resolves what a document wrote (`./a`, `a//b`, `../b`) against a folder of the repository.
    /// Nothing comes back for an absolute path or one that climbs out of the repository.
    pub fn resolve(folder: &RepoPath, written: &str) -> Option<Self> {
        if written.starts_with(['/', '\\']) || written.as_bytes().get(1) == Some(&b':') {
            return None;
        }
        let mut path = String::with_capacity(folder.0.len() + 1 + written.len());
        path.push_str(&folder.0);
        for part in written.split(['/', '\\']) {
            match part {
                "" | "." => {}
                ".." if path.is_empty() => return None,
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                name => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(name);
                }
            }
        }
        Some(Self(path))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The last component: the file or folder name.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// The folder that holds this path; the root holds itself.
    pub fn folder(&self) -> RepoPath {
        Self(self.0.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned())
    }

    /// This path with `below` appended.
    pub fn join(&self, below: &str) -> RepoPath {
        match (self.is_root(), below.is_empty()) {
            (true, _) => Self(below.to_owned()),
            (_, true) => self.clone(),
            _ => Self(format!("{}/{below}", self.0)),
        }
    }

    /// What remains of this path below `folder`, or nothing where it is not below it.
    pub fn below<'p>(&'p self, folder: &RepoPath) -> Option<&'p str> {
        if folder.is_root() {
            return Some(&self.0);
        }
        let rest = self.0.strip_prefix(&folder.0)?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }

    pub fn components(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }
}

impl fmt::Display for RepoPath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_paths_resolve_inside_the_repository_only() {
        let folder = RepoPath::new("a/b");
        let resolved = |written| RepoPath::resolve(&folder, written).map(|path| path.to_string());
        assert_eq!(resolved("./c.md").as_deref(), Some("a/b/c.md"));
        assert_eq!(resolved("../c//d.md").as_deref(), Some("a/c/d.md"));
        assert_eq!(resolved("..\\..\\c").as_deref(), Some("c"));
        assert_eq!(resolved("../..").as_deref(), Some(""));
        assert_eq!(resolved("../../../c.md"), None);
        assert_eq!(resolved("/etc/passwd"), None);
        assert_eq!(resolved("C:\\x"), None);
    }

    #[test]
    fn below_respects_component_borders() {
        let path = RepoPath::new(".work/a/b.md");
        assert_eq!(path.below(&RepoPath::new(".work")), Some("a/b.md"));
        assert_eq!(path.below(&RepoPath::new(".wor")), None);
        assert_eq!(path.below(&RepoPath::default()), Some(".work/a/b.md"));
    }
}

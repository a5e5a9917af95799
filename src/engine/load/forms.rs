//! Which files of a project are read, by their names.

use crate::base::RepoPath;
use crate::workflow::Kind;

/// Whether a file is read as Markdown: by its ending, as every tool tells it.
pub fn is_markdown(path: &RepoPath) -> bool {
    let name = path.name().to_ascii_lowercase();
    [".md", ".markdown", ".mdown", ".mkd"].iter().any(|ending| name.ends_with(ending))
}

/// Whether a file may describe an API in OpenAPI, or a graph in YAML: by its ending, where
/// contracts or dependencies stand.
pub fn may_describe(path: &RepoPath, kind: Kind) -> bool {
    let name = path.name();
    let ends = |ending: &&str| {
        let from = name.len().checked_sub(ending.len());
        from.and_then(|from| name.get(from..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
    };
    matches!(kind, Kind::Interface | Kind::Architecture | Kind::Dependencies)
        && [".yaml", ".yml", ".json"].iter().any(ends)
}

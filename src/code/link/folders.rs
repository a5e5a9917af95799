//! Files that a framework loads by itself, from a folder.

use super::{Linker, Node};
use crate::base::RepoPath;
use crate::code::lexer::Piece;

impl Linker<'_> {
    /// What the files below a folder export, with the path that the folders between give it.
    pub(super) fn loaded(&self, file: usize, folder: &str) -> Vec<(Node, String)> {
        let from = self.files[file].path.folder();
        let Some(folder) = RepoPath::resolve(&from, folder) else { return Vec::new() };
        let below = |path: &RepoPath| -> Option<String> {
            let rest = path.as_str().strip_prefix(folder.as_str())?.strip_prefix('/')?;
            Some(rest.rsplit_once('/').map_or("", |(folders, _)| folders).to_owned())
        };
        let files = self.files.iter().enumerate();
        let placed = files.filter_map(|(at, one)| Some((at, below(&one.path)?)));
        let mut found = Vec::new();
        for (at, place) in placed.filter(|(at, _)| *at != file && self.is_loaded(*at)) {
            let own = self.files[at].outline.constants.get("autoPrefix");
            let place = match own.and_then(Option::as_deref) {
                Some([Piece::Said(said)]) => said.clone(),
                _ => place.split('/').map(parameter).collect::<Vec<_>>().join("/"),
            };
            let nodes = self.exported(at);
            found.extend(nodes.into_iter().map(|node| (node, place.clone())));
        }
        found
    }

    /// Beside an index nothing else of its folder is loaded, and what only adds hooks never is.
    fn is_loaded(&self, at: usize) -> bool {
        let path = &self.files[at].path;
        let stem = |path: &RepoPath| path.name().split('.').next().unwrap_or("").to_owned();
        let own = stem(path);
        let beside = |one: &RepoPath| one.folder() == path.folder() && stem(one) == "index";
        own != "autohooks" && (own == "index" || !self.files.iter().any(|one| beside(&one.path)))
    }
}

/// A folder `_id` takes any value.
fn parameter(folder: &str) -> String {
    match folder.strip_prefix('_') {
        Some(name) if !name.is_empty() => format!("{{{name}}}"),
        _ => folder.to_owned(),
    }
}

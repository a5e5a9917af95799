//! What the built-in extractors find in small pieces of code, and what they leave alone.

mod classes;
mod groups;
mod resources;
mod tables;

use gatecheck::base::RepoPath;
use gatecheck::code::{Code, Texts, builtin, read};

struct Files<'f>(&'f [(&'f str, &'f str)]);

impl Texts<String> for Files<'_> {
    fn texts(&self, paths: &[RepoPath]) -> Result<Vec<Option<String>>, String> {
        let text = |path: &RepoPath| {
            let (_, text) = self.0.iter().find(|(known, _)| *known == path.as_str())?;
            Some((*text).to_owned())
        };
        Ok(paths.iter().map(text).collect())
    }
}

fn code(files: &[(&str, &str)]) -> Code {
    let (extractors, common) = builtin().expect("extractors");
    let all: Vec<_> = extractors.iter().collect();
    let mut names: Vec<RepoPath> = files.iter().map(|(path, _)| RepoPath::new(*path)).collect();
    names.sort();
    read(&all, &common, &names, &Files(files)).expect("code")
}

/// The routes of some files, in alphabetical order. `…` begins one of which only the end is known.
fn routes(files: &[(&str, &str)]) -> Vec<String> {
    let shown = code(files).routes.into_iter().map(|route| {
        let start = if route.whole { "" } else { "…" };
        format!("{} {start}{}", route.method, route.path)
    });
    let mut shown: Vec<String> = shown.collect();
    shown.sort();
    shown
}

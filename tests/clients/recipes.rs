//! What the README tells people to write.

use std::fs;
use std::path::Path;

use crate::client::ROOT;

/// The code block of the README that holds this line, without its fence.
pub fn recipe(line: &str) -> String {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).expect("the README");
    let blocks = readme.split("\n```").skip(1).step_by(2);
    let blocks = blocks.map(|block| block.split_once('\n').unwrap_or_default().1);
    let mut found = blocks.filter(|block| block.lines().any(|one| one == line));
    let block = found.next().unwrap_or_else(|| panic!("the README has no recipe `{line}`"));
    format!("{block}\n")
}

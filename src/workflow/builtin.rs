//! The workflows that gatecheck brings along.

use super::PolicyFile;
use crate::base::RepoPath;

static BUILTINS: &[(&str, &str)] = &[
    ("standard-orchestration", include_str!("../../rules/workflows/standard-orchestration.toml")),
    ("consultation-production", include_str!("../../rules/workflows/consultation-production.toml")),
    ("multi-persona", include_str!("../../rules/workflows/multi-persona.toml")),
    ("execution-coordination", include_str!("../../rules/workflows/execution-coordination.toml")),
    ("specialist-coordination", include_str!("../../rules/workflows/specialist-coordination.toml")),
];

/// How the paths of built-in workflows begin, as messages name them.
const BUILTIN: &str = "builtin:";

/// The text of a built-in workflow.
pub fn builtin(id: &str) -> Option<&'static str> {
    BUILTINS.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}

/// The root of a built-in workflow. Looking for a project asks for it in every folder upward, so
/// it is read from its line without parsing the whole file.
pub fn builtin_root(id: &str) -> Option<&'static str> {
    let mut lines = builtin(id)?.lines();
    lines.find_map(|line| line.strip_prefix("root = \"")?.strip_suffix('"'))
}

/// The ids of all built-in workflows.
pub fn builtins() -> impl Iterator<Item = &'static str> {
    BUILTINS.iter().map(|(id, _)| *id)
}

impl PolicyFile {
    /// A built-in workflow as a file, to be parsed like any other.
    pub fn builtin(id: &str) -> Option<Self> {
        let text = builtin(id)?.to_owned();
        Some(Self { path: RepoPath::new(format!("{BUILTIN}{id}")), text })
    }

    /// Whether gatecheck brings it along, so that no repository holds it.
    pub fn is_builtin(&self) -> bool {
        self.path.as_str().starts_with(BUILTIN)
    }
}

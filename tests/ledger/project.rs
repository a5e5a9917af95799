//! A small project in memory, agreed and then changed.

use gatecheck::base::RepoPath;
use gatecheck::engine::{self, Request};
use gatecheck::ledger::{Change, Thing, Way};
use gatecheck::source::{Memory, Source};
use jiff::civil::date;

/// A project whose documents can be changed before and after they were agreed.
#[derive(Clone)]
pub struct Project(pub Memory);

pub const ARCHITECTURE: &str = ".work/foundation/architecture/ARCHITECTURE.md";
pub const ACCOUNTS: &str = ".work/foundation/architecture/INTERFACE-accounts.md";
pub const TOOLS: &str = ".work/foundation/architecture/INTERFACE-tools.md";
const EVIDENCE: &str = ".work/milestones/EVIDENCE-accounts.md";
const COMPLETE: &str = "fixtures/workflows/standard-orchestration/complete/.work";

impl Project {
    /// Two features without a contract.
    pub fn new() -> Self {
        Project(Memory::default())
            .with(
                ARCHITECTURE,
                "# Architecture\n\n## Feature Boundaries\n\n### Feature A: Accounts\n\n**Owns**:\n\
                 - Routes: `/api/accounts/*`\n\n### Feature B: Tools\n\n**Owns**:\n\
                 - Routes: `/api/tools/*`\n\n**Depends on Feature A for**: who calls\n",
            )
            .with(ACCOUNTS, "# Interface: Accounts\n")
            .with(TOOLS, "# Interface: Tools\n")
    }

    /// The documents of the complete fixture that are agreed before anybody builds.
    pub fn complete() -> Self {
        let mut project = Project(Memory::default());
        let folder = format!("{COMPLETE}/foundation/architecture");
        for entry in std::fs::read_dir(folder).expect("the fixture is there") {
            let path = entry.expect("the folder can be read").path();
            let text = std::fs::read_to_string(&path).expect("the document can be read");
            let at = path.to_string_lossy().find(".work").expect("it stands in .work");
            project = project.with(&path.to_string_lossy()[at..], &text);
        }
        project
    }

    pub fn with(self, path: &str, text: &str) -> Self {
        Project(self.0.with(path, text))
    }

    pub fn without(self, path: &str) -> Self {
        Project(self.0.without(path))
    }

    pub fn text(&self, path: &str) -> String {
        let bytes = self.0.bytes(&RepoPath::new(path)).expect("it is there");
        String::from_utf8(bytes.to_vec()).expect("it is text")
    }

    /// With one place of a document changed, which must be there.
    pub fn edit(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.with(path, &text.replacen(from, to, 1))
    }

    /// Agrees on the documents: the first evidence follows.
    pub fn agreed(self) -> Self {
        let agreed = self.0.committed("agreed");
        Project(agreed.with(EVIDENCE, "# Evidence: Accounts\n").committed("built"))
    }

    /// With the documents of the design that another project has, and no other.
    pub fn documents_of(self, other: &Project) -> Self {
        let mut project = self.without(".work/foundation");
        for path in other.0.list(&RepoPath::new(".work/foundation")).expect("it can be listed") {
            let path = path.path.as_str();
            project = project.with(path, &other.text(path));
        }
        project
    }

    pub fn changes(&self) -> Vec<Change> {
        let request = Request::new(date(2026, 3, 1));
        let mut ledgers = engine::ledgers(&self.0, &request).expect("it can be read");
        assert_eq!(ledgers.len(), 1);
        let (_, ledger) = ledgers.remove(0);
        ledger.changes
    }

    /// The changes in a line each: `POST /api/x: error case 409 was removed`.
    pub fn told(&self) -> Vec<String> {
        let line = |one: &Change| format!("{}: {}", one.thing, one.told);
        self.changes().iter().map(line).collect()
    }

    /// What the changes are about, without their sentences.
    pub fn things(&self) -> Vec<(Thing, Way)> {
        self.changes().into_iter().map(|one| (one.thing, one.way)).collect()
    }
}

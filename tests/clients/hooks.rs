//! The hooks under the managers that install them: real commits, merges and pushes.

use std::fs;
use std::path::{Path, PathBuf};

use crate::client::{Client, ROOT, Ran, client, ran};
use crate::project::{INTERFACE, complete};
use crate::scratch::Scratch;

const CONFIG: &str = "default_install_hook_types: [pre-commit, pre-merge-commit, pre-push]
repos:
  - repo: HOOKS
    rev: v0.1.0
    hooks:
      - id: gatecheck-system
      - id: gatecheck-push-system
";

/// A complete project in which something runs gatecheck from hooks, and a repository to push to.
struct Hooked {
    scratch: Scratch,
    git: Client,
    home: PathBuf,
}

impl Hooked {
    /// With the hooks of this repository, by a manager that reads their manifest.
    fn by(manager: &Client) -> Self {
        let hooked = Self::bare();
        let published = Scratch::new();
        let manifest = Path::new(ROOT).join(".pre-commit-hooks.yaml");
        published.write(".pre-commit-hooks.yaml", fs::read(manifest).expect("the hooks"));
        published.commit("Hooks");
        published.git(&["tag", "v0.1.0"]);
        let config = CONFIG.replace("HOOKS", &published.root.display().to_string());
        hooked.scratch.write(".pre-commit-config.yaml", config).commit("Install hooks");
        hooked.install(manager, &["install", "--install-hooks"]);
        hooked
    }

    /// Without hooks.
    fn bare() -> Self {
        let scratch = complete();
        let (server, home) = (scratch.beside("server.git"), scratch.beside("home"));
        let server = server.display().to_string();
        scratch.git(&["init", "--quiet", "--bare", "--initial-branch=main", &server]);
        scratch.git(&["remote", "add", "origin", &server]);
        let git = client("git").expect("git");
        Self { scratch, git, home }
    }

    fn install(&self, manager: &Client, arguments: &[&str]) {
        let Ran { status, said } = self.run(manager, arguments);
        assert_eq!(status, Some(0), "{said}");
    }

    fn run(&self, program: &Client, arguments: &[&str]) -> Ran {
        let mut command = program.command(&self.scratch.root);
        command.env("PRE_COMMIT_HOME", &self.home).env("PREK_HOME", &self.home);
        ran(command.args(arguments))
    }

    /// Runs git, which must do what it is told.
    fn taken(&self, arguments: &[&str]) -> String {
        let Ran { status, said } = self.run(&self.git, arguments);
        assert_eq!(status, Some(0), "{arguments:?} should be taken:\n{said}");
        said
    }

    /// Runs git, which a hook must stop with a finding.
    fn refused(&self, arguments: &[&str]) {
        let tip = self.scratch.git(&["rev-parse", "HEAD"]);
        let Ran { status, said } = self.run(&self.git, arguments);
        assert_ne!(status, Some(0), "{arguments:?} should be refused:\n{said}");
        assert!(said.contains("deny[missing-deliverable]"), "{said}");
        assert_eq!(self.scratch.git(&["rev-parse", "HEAD"]), tip, "{said}");
    }

    /// As if nothing had happened since the last commit.
    fn reset(&self) {
        self.scratch.git(&["reset", "--quiet", "--hard"]);
        self.scratch.git(&["clean", "--quiet", "--force", "-d"]);
    }

    fn commits(&self) {
        let scratch = &self.scratch;
        // Only the temporary index of `commit -a` and `commit PATH` knows what they will commit.
        scratch.remove(INTERFACE);
        self.refused(&["commit", "--all", "-m", "All"]);
        self.refused(&["commit", "-m", "One", INTERFACE]);
        // What is not staged is not judged.
        scratch.write("README.md", "staged").git(&["add", "README.md"]);
        self.taken(&["commit", "-m", "Staged alone"]);
        self.reset();
        // What is staged is judged, though the file still stands on the disk.
        scratch.git(&["rm", "--quiet", "--cached", INTERFACE]);
        self.refused(&["commit", "-m", "Staged alone"]);
        self.reset();
        // A commit that only deletes has no files to give to a hook.
        scratch.git(&["rm", "--quiet", INTERFACE]);
        self.refused(&["commit", "-m", "Delete"]);
        self.reset();
        scratch.write("README.md", "more");
        self.taken(&["commit", "--all", "-m", "Unrelated"]);
    }

    fn merges(&self) {
        let scratch = &self.scratch;
        scratch.git(&["checkout", "--quiet", "-b", "topic"]);
        scratch.git(&["rm", "--quiet", INTERFACE]);
        self.taken(&["commit", "--no-verify", "-m", "Delete"]);
        scratch.git(&["checkout", "--quiet", "main"]);
        self.refused(&["merge", "--no-ff", "-m", "Merge", "topic"]);
        scratch.git(&["merge", "--abort"]);
    }

    fn pushes(&self) {
        self.taken(&["push", "origin", "main"]);
        self.scratch.git(&["rm", "--quiet", INTERFACE]);
        self.taken(&["commit", "--no-verify", "-m", "Delete"]);
        self.refused(&["push", "origin", "main"]);
        self.refused(&["push", "origin", "main:refs/heads/fresh"]);
        self.scratch.git(&["reset", "--quiet", "--hard", "HEAD~1"]);
        self.scratch.write("README.md", "even more");
        self.taken(&["commit", "--all", "-m", "Unrelated"]);
        self.taken(&["push", "origin", "main"]);
        self.taken(&["push", "origin", "main:refs/heads/fresh"]);
        self.taken(&["push", "origin", "--delete", "fresh"]);
    }
}

#[test]
fn pre_commit_stops_what_breaks_a_gate() {
    let Some(manager) = client("pre-commit") else { return };
    let hooked = Hooked::by(&manager);
    hooked.commits();
    hooked.merges();
    hooked.pushes();
}

#[test]
fn prek_stops_what_breaks_a_gate() {
    let Some(manager) = client("prek") else { return };
    let hooked = Hooked::by(&manager);
    hooked.commits();
    hooked.merges();
    hooked.pushes();
}

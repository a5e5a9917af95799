//! The hooks under the managers that install them: real commits, merges and pushes.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::client::{Client, ROOT, Ran, client, ran};
use crate::project::{INTERFACE, complete};
use crate::recipes::recipe;
use crate::scratch::Scratch;

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
        let config = recipe("# .pre-commit-config.yaml, for pre-commit and prek")
            .replace("https://github.com/OWNER/gatecheck", &published.root.display().to_string())
            .replace("id: gatecheck-push", "id: gatecheck-push-system")
            .replace("id: gatecheck\n", "id: gatecheck-system\n");
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

#[test]
fn lefthook_stops_what_breaks_a_gate() {
    let Some(manager) = client("lefthook") else { return };
    let hooked = Hooked::bare();
    hooked.scratch.write("lefthook.yml", recipe("# lefthook.yml")).commit("Install hooks");
    hooked.install(&manager, &["install"]);
    hooked.commits();
    hooked.pushes();
}

#[test]
fn husky_stops_what_breaks_a_gate() {
    let (Some(manager), Some(shell)) = (client("husky"), client("sh")) else { return };
    let hooked = Hooked::bare();
    hooked.scratch.write("package.json", "{}");
    hooked.install(&manager, &[]);
    hooked.install(&shell, &["-c", &recipe("# husky")]);
    hooked.scratch.git(&["add", "--all"]);
    hooked.taken(&["commit", "-m", "Install hooks"]);
    hooked.commits();
    hooked.pushes();
}

#[test]
fn a_server_stops_what_breaks_a_gate() {
    let hooked = Hooked::bare();
    let hook = hooked.scratch.beside("server.git/hooks/pre-receive");
    fs::write(&hook, recipe("# hooks/pre-receive")).expect("a hook");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("a program");
    hooked.taken(&["push", "origin", "main"]);
    hooked.scratch.git(&["rm", "--quiet", INTERFACE]);
    hooked.taken(&["commit", "-m", "Delete"]);
    hooked.refused(&["push", "origin", "main"]);
    hooked.refused(&["push", "origin", "main:refs/heads/release/1"]);
    hooked.taken(&["push", "origin", "main:topic"]);
}

#[test]
fn the_example_shows_what_it_says() {
    let Some(shell) = client("sh") else { return };
    let scratch = Scratch::new();
    let (script, folder) = (format!("{ROOT}/fixtures/hooks/try.sh"), scratch.beside("shown"));
    let said = shell.succeed(Path::new(ROOT), &[&script, &folder.display().to_string()]);
    assert_eq!(said.matches("deny[missing-deliverable]").count(), 3, "{said}");
    assert_eq!(said.matches("Gates 0 and 1 hold.").count(), 3, "{said}");
    assert_eq!(said.matches("(pre-receive hook declined)").count(), 1, "{said}");
}

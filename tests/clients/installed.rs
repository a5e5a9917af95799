//! Hook managers that build gatecheck from this repository, as they do for a first user.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::client::{ROOT, Ran, client, ran};
use crate::project::{INTERFACE, complete};
use crate::recipes::recipe;
use crate::scratch::Scratch;

/// This repository as it stands, in a commit with the tag `v0.1.0`.
fn published() -> Scratch {
    let published = Scratch::new();
    let list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listed = Command::new("git").current_dir(ROOT).args(list).output().expect("git");
    assert!(listed.status.success(), "{listed:?}");
    let listed = String::from_utf8(listed.stdout).expect("names in UTF-8");
    for path in listed.split_terminator('\0') {
        // A file may be deleted and still be in the index.
        if let Ok(bytes) = fs::read(Path::new(ROOT).join(path)) {
            published.write(path, bytes);
        }
    }
    published.commit("Release");
    published.git(&["tag", "v0.1.0"]);
    published
}

/// pre-commit builds with the newest dependencies, not with those of the lock file. Only how fast
/// the program becomes is left out: the build is not optimized.
#[test]
fn pre_commit_builds_the_program_that_its_hook_runs() {
    let Some(manager) = client("pre-commit") else { return };
    let (scratch, published) = (complete(), published());
    let repository = published.root.display().to_string();
    let config = recipe("# .pre-commit-config.yaml, for pre-commit and prek");
    let config = config.replace("https://github.com/OWNER/gatecheck", &repository);
    scratch.write(".pre-commit-config.yaml", config).git(&["add", "--all"]);
    let run = || {
        let mut command = manager.command(&scratch.root);
        command.args(["run", "gatecheck", "--all-files", "--verbose"]);
        command.env("PRE_COMMIT_HOME", scratch.beside("home"));
        command.env("CARGO_TARGET_DIR", Path::new(ROOT).join("target/clients/build"));
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
        command.env("CARGO_PROFILE_RELEASE_LTO", "off");
        command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        ran(&mut command)
    };
    let Ran { status, said } = run();
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("10 gates hold."), "{said}");
    scratch.git(&["rm", "--quiet", INTERFACE]);
    let Ran { status, said } = run();
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("deny[missing-deliverable]"), "{said}");
}

//! What `init` and `new` refuse, and what they say then.

use super::{CONFIG, read, run};
use crate::project::state;
use crate::scratch::Scratch;

const ARCHITECTURE: &str = ".work/foundation/architecture/ARCHITECTURE.md";

/// A refusal: no status but 2, nothing on standard output, these words in the sentence.
fn refused(scratch: &Scratch, arguments: &[&str], words: &[&str]) {
    let (status, said, error) = run(scratch, "", arguments);
    assert_eq!((status, said.as_str()), (2, ""), "{arguments:?}: {error}");
    let sentence = error.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in words {
        assert!(sentence.contains(word), "{arguments:?}: {sentence}");
    }
}

#[test]
fn without_a_repository_there_is_a_sentence() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let (status, said, error) =
        crate::project::ran(crate::project::plain(folder.path(), &["init"]));
    assert_eq!((status, said.as_str()), (2, ""));
    assert!(error.contains("there is no git repository"), "{error}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("a listing").count(), 0);
}

#[test]
fn unknown_workflows_and_deliverables_are_answered_with_the_closest() {
    let scratch = Scratch::new();
    let words = ["standard-orchestraton", "did you mean", "\"standard-orchestration\"?"];
    refused(&scratch, &["init", "--workflow", "standard-orchestraton"], &words);
    assert!(!scratch.root.join(CONFIG).exists());
    refused(&scratch, &["new"], &["nothing to check", "gatecheck init"]);

    let scratch = state("phase-1");
    refused(&scratch, &["new", "architekture"], &["did you mean architecture?"]);
    refused(&scratch, &["new", "interface", "acounts"], &["did you mean Accounts?"]);
    refused(&scratch, &["new", "evidence"], &["new evidence accounts`", "new evidence catalog`"]);
    refused(&scratch, &["new", "architecture", "accounts"], &["one for the whole project"]);
}

#[test]
fn nothing_is_written_over() {
    let scratch = state("phase-1");
    let before = read(&scratch, ARCHITECTURE);
    refused(&scratch, &["new", "architecture"], &["there already", ARCHITECTURE]);
    assert_eq!(read(&scratch, ARCHITECTURE), before);
    // Nor over what only seems to be absent.
    #[cfg(unix)]
    {
        let scratch = state("phase-0");
        let target = scratch.root.join(".work/foundation/architecture");
        std::fs::create_dir_all(&target).expect("a folder");
        let link = target.join("ARCHITECTURE.md");
        std::os::unix::fs::symlink("nowhere.md", &link).expect("a link");
        refused(&scratch, &["new", "architecture"], &["architecture"]);
        assert!(!target.join("nowhere.md").exists());
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let scratch = Scratch::new();
    let outside = scratch.beside("outside");
    std::fs::create_dir(&outside).expect("a folder");
    std::os::unix::fs::symlink(&outside, scratch.root.join(".github")).expect("a link");
    refused(&scratch, &["init"], &["cannot write .github/workflows/gatecheck.yml", "no folder"]);
    assert_eq!(std::fs::read_dir(&outside).expect("a listing").count(), 0);
}

#[test]
fn a_document_before_its_time_is_said_and_can_be_had() {
    let scratch = state("phase-0");
    let report = ".work/integration/INTEGRATION-REPORT.md";
    let words = ["too early", "phase 1 comes before phase 2.5", "gatecheck new architecture"];
    refused(&scratch, &["new", "integration-report"], &words);
    assert!(!scratch.root.join(report).exists());
    refused(&scratch, &["new", "interface"], &["no feature is declared"]);
    let (status, said, _) = run(&scratch, "", &["new", "integration-report", "--early"]);
    assert_eq!(status, 0);
    let opening = format!("Wrote {report}\nPhase 2.5, Integration reconciliation, has begun");
    assert!(said.starts_with(&opening), "{said}");
    assert!(read(&scratch, report).starts_with("# Integration report\n"));
}

#[test]
fn a_document_can_be_printed_instead() {
    let scratch = state("phase-1");
    let (status, said, _) = run(&scratch, "", &["new", "evidence", "Catalog", "--print"]);
    assert_eq!(status, 0);
    assert!(said.starts_with("# Catalog: Implementation evidence\n"), "{said}");
    assert!(!scratch.root.join(".work/implementation").exists());
}

/// Of several projects that one configuration names, the command says which.
#[test]
fn several_projects_are_told_apart_by_their_roots() {
    let scratch = Scratch::new();
    let roots = "[[workflow]]\nid = \"standard-orchestration\"\nroots = [\"a\", \"b\"]\n";
    scratch.write(CONFIG, roots);
    run(&scratch, "", &["init"]);
    let (_, said, _) = run(&scratch, "", &["new"]);
    assert!(said.contains("  gatecheck new architecture --root b  b/foundation/"), "{said}");
    let commands = ["`gatecheck new architecture --root a`", "architecture --root b`"];
    refused(&scratch, &["new", "architecture"], &commands);
    refused(&scratch, &["new", "architecture", "--root", "c"], &["known here: a and b"]);
    let (status, ..) = run(&scratch, "", &["new", "architecture", "--root", "b/"]);
    assert_eq!(status, 0);
    assert!(scratch.root.join("b/foundation/architecture/ARCHITECTURE.md").is_file());
    assert!(!scratch.root.join("a/foundation/architecture").exists());
}

/// The board names the command for what comes next.
#[test]
fn the_next_step_comes_with_its_command() {
    let scratch = state("phase-1");
    let (_, said, _) = crate::project::check(&scratch, &["status"]);
    assert!(said.contains("\n     gatecheck new evidence accounts\n"), "{said}");
    let (_, said, _) = crate::project::check(&scratch, &["status", "--format", "json"]);
    let commands = crate::project::json(&said)["next"].clone();
    let first = commands[0]["command"].as_str();
    assert_eq!(first, Some("gatecheck new evidence accounts"), "{commands}");
}

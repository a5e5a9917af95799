//! `gatecheck workflow`: mistakes in workflow files are told before a gate meets them.

use crate::project::{json, plain, ran};
use crate::scratch::Scratch;

const OWN: &str = "\
schema = 1
id = \"own\"
extends = \"../shared/base.toml\"

[[phase]]
id = \"build\"

[[phase.deliverable]]
id = \"status\"
paths = [\"STATUS.md\", \"reports/status-*.md\"]
";

const BASE: &str = "\
schema = 1
id = \"base\"
root = \"plan\"

[[phase]]
id = \"build\"

[[phase.deliverable]]
id = \"graph\"
kind = \"dependencies\"
paths = [\"GRAPH.md\"]

[[phase.deliverable]]
id = \"report\"
per = \"feature\"
paths = [\"reports/{feature}.md\"]
";

fn project() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("flows/own/flow.toml", OWN).write("flows/shared/base.toml", BASE);
    scratch
}

fn workflow(scratch: &Scratch, arguments: &[&str]) -> (i32, String, String) {
    ran(plain(&scratch.root, &[&["workflow"], arguments].concat()))
}

#[test]
fn a_mistake_is_shown_with_its_line_and_what_to_do() {
    let scratch = project();
    let (status, said, _) = workflow(&scratch, &["check", "flows/own/flow.toml"]);
    assert_eq!(status, 0, "{said}");
    let words = [
        "warn[hidden-pattern]",
        "--> flows/own/flow.toml:10:",
        "see flows/shared/base.toml:16:",
        "help: ",
        "paths = [\"STATUS.md\", \"reports/status-*.md\"]",
    ];
    for word in words {
        assert!(said.contains(word), "{word}:\n{said}");
    }
    assert!(!said.contains("gatecheck explain"), "it has no page: {said}");
    let arguments = ["check", "flows/own/flow.toml", "--format", "concise"];
    let (_, said, _) = workflow(&scratch, &arguments);
    assert!(
        said.starts_with("flows/own/flow.toml:10:23: warn[hidden-pattern] `reports/"),
        "{said}"
    );
    let (_, said, _) = workflow(&scratch, &["check", "flows/own/flow.toml", "--format", "json"]);
    let finding = &json(&said)["findings"][0];
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(10), Some(23)));
}

/// Where the program is started changes nothing, and several files are judged at once.
#[test]
fn what_is_denied_fails_and_the_rest_is_judged_all_the_same() {
    let scratch = project();
    scratch.write(
        "flows/own/wrong.toml",
        OWN.replace("id = \"status\"", "id = \"status\"\nkind = \"statu\""),
    );
    let arguments = ["workflow", "check", "flow.toml", "wrong.toml", "--format", "concise"];
    let (status, said, error) = ran(plain(&scratch.root.join("flows/own"), &arguments));
    assert_eq!((status, error.as_str()), (1, ""));
    assert!(said.contains("flows/own/flow.toml:10:23: warn[hidden-pattern]"), "{said}");
    assert!(said.contains("flows/own/wrong.toml:10:8: deny[unusable-workflow] unknown "), "{said}");
    assert!(said.contains("did you mean `status`?"), "{said}");
}

#[test]
fn what_cannot_be_read_is_no_verdict() {
    let scratch = project();
    for arguments in [&["check", "none.toml"][..], &["show", "standard"]] {
        let (status, said, error) = workflow(&scratch, arguments);
        assert_eq!((status, said.as_str()), (2, ""), "{error}");
        assert!(error.contains("help: "), "{error}");
    }
    scratch.remove("flows/shared/base.toml");
    let (status, _, error) = workflow(&scratch, &["check", "flows/own/flow.toml"]);
    assert_eq!(status, 2, "{error}");
    assert!(error.contains("base.toml"), "{error}");
}

/// What is shown can be changed and checked: a team begins from it.
#[test]
fn the_built_in_workflows_are_listed_shown_and_right() {
    let scratch = Scratch::new();
    let (status, said, _) = workflow(&scratch, &["list"]);
    assert_eq!(status, 0);
    let ids = said.lines().filter(|line| !line.starts_with(' '));
    let ids: Vec<&str> = ids.filter_map(|line| line.split("  ").next()).collect();
    assert!(ids.contains(&"standard-orchestration"), "{said}");
    for id in ids {
        assert_eq!(workflow(&scratch, &["check", id]).0, 0, "{id}");
        let (status, text, _) = workflow(&scratch, &["show", id]);
        assert_eq!(status, 0);
        let mut command = plain(&scratch.root, &["workflow", "check", "-"]);
        command.write_stdin(text);
        let (status, said, _) = ran(command);
        assert_eq!(status, 0, "{id}: {said}");
    }
}

//! 0, 1 or 2, whatever the format.

use crate::project::{
    FORMATS, INTERFACE, REPORT, broken, built, check, complete, gatecheck, json, plain, ran, state,
    uncommitted,
};
use crate::scratch::Scratch;

fn in_every_format(scratch: &Scratch, arguments: &[&str]) -> i32 {
    let statuses = FORMATS.map(|format| {
        let arguments = [arguments, &["--format", format]].concat();
        check(scratch, &arguments).0
    });
    assert!(statuses.iter().all(|status| *status == statuses[0]), "{statuses:?}");
    statuses[0]
}

#[test]
fn a_complete_project_holds() {
    let scratch = complete();
    assert_eq!(in_every_format(&scratch, &[]), 0);
    assert_eq!(check(&scratch, &["check", "--staged"]).0, 0);
    assert_eq!(check(&scratch, &["--rev", "HEAD"]).0, 0);
    let (_, text, _) = check(&scratch, &["--format", "concise"]);
    let (agreed, verdict): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.starts_with("Agreed design of iteration "));
    assert_eq!((agreed.len(), verdict.len()), (2, 1), "{text}");
}

/// Git for Windows checks texts out with other line ends than it stores.
#[test]
fn the_line_ends_of_a_checkout_change_nothing() {
    let scratch = complete();
    let before = check(&scratch, &["--format", "json"]);
    scratch.git(&["config", "core.autocrlf", "true"]);
    scratch.git(&["rm", "--quiet", "-r", "--cached", "."]);
    scratch.git(&["reset", "--quiet", "--hard"]);
    let text = std::fs::read_to_string(scratch.root.join(INTERFACE)).unwrap();
    assert!(text.contains("\r\n"), "{text}");
    assert_eq!(check(&scratch, &["--format", "json"]), before);
}

/// Whoever signs says what: once there are commits, one of them or the tag of a release.
#[test]
fn a_sign_off_without_a_commit_warns() {
    let scratch = complete();
    let path = ".work/validation/sign-offs/product-manager.md";
    let text = std::fs::read_to_string(scratch.root.join(path)).unwrap();
    scratch.write(path, text.replace("- **Release tag**: v2.0.0\n", ""));
    let (status, text, _) = check(&scratch, &["--format", "concise"]);
    assert_eq!(status, 0);
    assert!(
        text.contains(&format!("{path}:")) && text.contains("warn[undated-sign-off]"),
        "{text}"
    );
}

#[test]
fn a_broken_gate_fails_and_names_the_file() {
    let scratch = broken();
    assert_eq!(in_every_format(&scratch, &[]), 1);
    assert_eq!(check(&scratch, &["--rev", "HEAD~1"]).0, 0);
    let (status, out, error) = check(&scratch, &["--format", "concise"]);
    assert_eq!((status, error.as_str()), (1, ""));
    assert!(out.starts_with(&format!("{INTERFACE}: deny[missing-deliverable] ")), "{out}");
}

#[test]
fn the_index_is_judged_and_not_the_disk() {
    let scratch = complete();
    scratch.git(&["rm", "--quiet", "--cached", INTERFACE]);
    assert_eq!(check(&scratch, &["--staged"]).0, 1);
    assert_eq!(check(&scratch, &["--rev", "HEAD"]).0, 0);
}

#[test]
fn a_folder_without_a_workflow_is_no_pass() {
    let scratch = Scratch::new();
    scratch.write("README.md", "# Nothing\n").commit("first");
    assert_eq!(in_every_format(&scratch, &[]), 2);
    assert_eq!(in_every_format(&scratch, &["--if-present"]), 0);
    let (_, out, error) = check(&scratch, &["--format", "json"]);
    assert_eq!(json(&out)["verdict"], "none");
    assert!(error.starts_with("error: nothing to check"), "{error}");
}

#[test]
fn deleting_the_workflow_is_no_way_around_it() {
    let scratch = complete();
    std::fs::remove_dir_all(scratch.root.join(".work")).unwrap();
    assert_eq!(in_every_format(&scratch, &["--if-present"]), 2);
}

#[test]
fn before_the_first_commit_nothing_is_present() {
    let scratch = Scratch::new();
    assert_eq!(in_every_format(&scratch, &["--if-present"]), 0);
    assert_eq!(in_every_format(&scratch, &["--rev", "HEAD"]), 2);
}

#[test]
fn outside_of_a_repository_there_is_no_verdict() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut command = gatecheck(folder.path(), &[]);
    command.env("GIT_CEILING_DIRECTORIES", folder.path().parent().unwrap());
    let (status, out, error) = ran(command);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(error.starts_with("error: there is no git repository"), "{error}");
}

#[test]
fn a_bare_repository_has_revisions_only() {
    let scratch = complete();
    let bare = scratch.beside("bare.git");
    scratch.git(&["clone", "--quiet", "--bare", ".", &bare.display().to_string()]);
    assert_eq!(ran(gatecheck(&bare, &[])).0, 2);
    assert_eq!(ran(gatecheck(&bare, &["--rev", "main"])).0, 0);
}

#[test]
fn unknown_names_have_no_verdict() {
    let scratch = complete();
    for arguments in [
        &["--through", "nine"][..],
        &["--through", "7:1"],
        &["--through", "none-such/1"],
        &["--workflow", "none-such"],
        &["--rev", "none-such"],
        &["--config", "none-such.toml"],
        &["-C", "none-such"],
    ] {
        assert_eq!(in_every_format(&scratch, arguments), 2, "{arguments:?}");
    }
    let error = check(&scratch, &["--through", "none-such/1"]).2;
    assert!(error.contains("\"none-such\"") && error.contains("standard-orchestration"), "{error}");
}

#[test]
fn where_nothing_is_present_unknown_names_are_still_wrong() {
    let scratch = Scratch::new();
    scratch.write("README.md", "# Nothing\n").commit("first");
    let present = |arguments: &[&str]| {
        let arguments = [arguments, &["--if-present"]].concat();
        in_every_format(&scratch, &arguments)
    };
    assert_eq!(present(&["--workflow", "none-such"]), 2);
    assert_eq!(present(&["--through", "none-such/1"]), 2);
    assert_eq!(present(&["--through", "standard-orchestration/9"]), 2);
    assert_eq!(present(&["--through", "standard-orchestration/1"]), 0);
    let (checked, shown) = (check(&scratch, &["--if-present"]), &["status", "--if-present"]);
    assert_eq!(check(&scratch, shown).1, checked.1, "one sentence says so");
}

#[test]
fn a_configuration_that_cannot_be_read_is_named() {
    let scratch = complete();
    std::fs::create_dir(scratch.root.join("gatecheck.toml")).unwrap();
    scratch.write("gatecheck.toml/a", "");
    let (status, _, error) = check(&scratch, &[]);
    assert_eq!(status, 2);
    assert!(error.contains("gatecheck.toml: it is a folder"), "{error}");
    #[cfg(unix)]
    {
        let scratch = complete();
        std::os::unix::fs::symlink("elsewhere", scratch.root.join(".config")).unwrap();
        let (status, _, error) = check(&scratch, &[]);
        assert_eq!(status, 2);
        assert!(error.contains(".config is a symbolic link"), "{error}");
        scratch.write("gatecheck.toml", "");
        assert_eq!(check(&scratch, &[]).0, 0, "it is not looked for there any more");
    }
}

#[test]
fn phases_that_are_all_skipped_are_no_verdict() {
    let scratch = complete();
    let skip = |phase: &str| {
        format!(
            "{{ phase = \"{phase}\", reason = \"a pilot\", owner = \"R\", until = 2099-01-01 }},"
        )
    };
    let skips: String = ["0", "1", "2", "2.5", "3", "4"].map(skip).concat();
    let text = format!("[[workflow]]\nid = \"standard-orchestration\"\nskip = [{skips}]\n");
    scratch.write("gatecheck.toml", text);
    let (status, _, error) = check(&scratch, &[]);
    assert_eq!(status, 2);
    assert!(error.contains("all its phases are skipped"), "{error}");
}

#[test]
fn nobody_is_told_to_remove_a_file_that_is_no_index() {
    let scratch = complete();
    let mut command = gatecheck(&scratch.root, &[]);
    command.env("GIT_INDEX_FILE", scratch.root.join("README.md"));
    scratch.write("README.md", "# Precious\n");
    let (status, _, error) = ran(command);
    assert_eq!(status, 2);
    assert!(error.contains("GIT_INDEX_FILE") && !error.contains("remove"), "{error}");
}

#[test]
fn features_that_miss_a_document_are_named_as_people_call_them() {
    let scratch = state("phase-2");
    for feature in ["accounts", "catalog"] {
        scratch.remove(&format!(".work/implementation/{feature}/EVIDENCE.md"));
    }
    let (_, out, _) = check(&scratch, &["-v"]);
    assert!(out.contains("0 of 2 features; missing for Accounts and\n    Catalog"), "{out}");
    assert!(out.contains("= subject: evidence/accounts, evidence/catalog\n"), "{out}");
}

#[test]
fn usage_errors_have_no_verdict() {
    let scratch = complete();
    for arguments in [
        &["--nonsense"][..],
        &["--staged", "--rev", "HEAD"],
        &["--staged", "rules"],
        &["lint"],
        &["explain", "none-such-rule"],
        &["inspect", "--as", "none-such", "README.md"],
        &["--now", "yesterday"],
    ] {
        let (status, out, error) = ran(plain(&scratch.root, arguments));
        assert_eq!((status, out.as_str()), (2, ""), "{arguments:?}");
        assert!(error.starts_with("error: "), "{arguments:?}: {error}");
    }
    let (status, out, _) = ran(plain(&scratch.root, &["check", "--nonsense", "--format", "json"]));
    let answer = json(&out);
    assert_eq!((status, &answer["schema"], &answer["verdict"]), (2, &1.into(), &"none".into()));
    let message = answer["error"]["message"].as_str().unwrap_or_default();
    assert!(message.contains("--nonsense"), "{answer}");
    assert!(answer["error"]["help"].is_string(), "{answer}");
}

#[test]
fn what_was_begun_last_blocks_nobody_who_asks_for_the_gates_before() {
    // A history would show that later phases had begun.
    let scratch = uncommitted();
    for phase in ["deployment", "validation"] {
        std::fs::remove_dir_all(scratch.root.join(".work").join(phase)).unwrap();
    }
    scratch.write(REPORT, "# Integration\n\nA draft.\n").commit("without later phases");
    let run = |arguments: &[&str]| check(&scratch, arguments).0;
    assert_eq!(run(&["--through", "previous"]), 0);
    assert_eq!(run(&["--through", "2"]), 0);
    assert_eq!(run(&["--through", "4"]), 1);
}

#[test]
fn with_only_a_first_phase_begun_no_earlier_gate_is_due() {
    let scratch = Scratch::new();
    scratch.write(".work/foundation/product/user-stories.md", "# User Stories\n").commit("begin");
    let (status, out, error) = check(&scratch, &["--through", "previous"]);
    assert_eq!((status, out.as_str(), error.as_str()), (0, "no gate is due yet\n", ""));
    let (status, out, _) = check(&scratch, &["--through", "previous", "--format", "json"]);
    assert_eq!((status, &json(&out)["verdict"]), (0, &"not-due".into()));
}

#[test]
fn a_wrong_configuration_is_shown_at_its_line() {
    let scratch = complete();
    scratch.write("gatecheck.toml", "[[workflow]]\nid = \"standard-orchestration\"\nrots = []\n");
    assert_eq!(in_every_format(&scratch, &[]), 2);
    let (_, out, error) = check(&scratch, &["--format", "json"]);
    assert_eq!(json(&out)["error"]["place"]["line"], 3);
    assert!(error.contains("--> gatecheck.toml:3:1\n"), "{error}");
}

#[test]
fn views_answer_with_zero_whatever_the_verdict() {
    let scratch = broken();
    assert_eq!(check(&scratch, &["status"]).0, 0);
    let (status, out, _) = check(&scratch, &["status", "--format", "json"]);
    assert_eq!((status, &json(&out)["verdict"]), (0, &"fails".into()));
    assert_eq!(json(&out)["next"][0]["path"], INTERFACE);
    assert_eq!(ran(plain(&scratch.root, &["rules"])).0, 0);
    assert_eq!(ran(plain(&scratch.root, &["explain", "missing-deliverable"])).0, 0);
    assert_eq!(ran(plain(&scratch.root, &["inspect", REPORT])).0, 0);
    assert_eq!(ran(plain(&scratch.root, &["inspect", "none-such.md"])).0, 2);
}

/// `tests/clients` runs them under their managers; this needs none.
#[test]
fn the_hooks_run_commands_that_exist() {
    let scratch = complete();
    let hooks = include_str!("../../.pre-commit-hooks.yaml");
    let entries = hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: gatecheck "));
    let entries: Vec<&str> = entries.collect();
    assert!(entries.iter().any(|entry| entry.starts_with("check ")), "{entries:?}");
    for entry in entries {
        let words: Vec<&str> = entry.split(' ').collect();
        let (status, _, error) = ran(plain(&scratch.root, &words));
        assert_eq!(status, 0, "{entry}: {error}");
    }
}

#[test]
fn nothing_is_put_into_a_script_of_the_action() {
    let action = include_str!("../../action.yml");
    let scripts = action.split("run: ").skip(1).filter_map(|rest| rest.split("- name").next());
    let scripts: Vec<&str> = scripts.collect();
    assert!(scripts.len() > 1, "{action}");
    for script in scripts {
        assert!(!script.contains("${{"), "{script}");
    }
}

/// What the README shows is what the program prints.
#[test]
fn the_readme_shows_real_output() {
    let page = include_str!("../../README.md");
    let shown = page.split_once("$ gatecheck\n").unwrap().1.split_once("\n```").unwrap().0;
    let scratch = built("phase-2");
    let design = scratch.git(&["rev-parse", "--short", "HEAD"]);
    let path = ".work/foundation/architecture/INTERFACE-catalog.md";
    let text = std::fs::read_to_string(scratch.root.join(path)).unwrap();
    let open = text.replacen("- Error cases: 404 (no such tool)", "- Error cases: TBD", 1);
    scratch.write(path, open).commit("open");
    let (status, printed, _) = ran(gatecheck(&scratch.root, &[]));
    let evidence = scratch.git(&["rev-parse", "--short", "HEAD"]);
    let printed = printed.replace(&design, "1a2b3c4").replace(&evidence, "5d6e7f8");
    assert_eq!((status, printed.trim_end()), (1, shown));
}

#[test]
fn documents_are_read_as_the_workflow_of_the_repository_has_them() {
    let scratch = Scratch::new();
    let flow = "schema = 1\nid = \"own\"\nroot = \"plan\"\n[[phase]]\nid = \"draft\"\n\
                [[phase.deliverable]]\nid = \"log\"\nkind = \"evidence\"\npaths = [\"log.md\"]\n";
    scratch.write("flow.toml", flow).write("apps/plan/log.md", "# Log\n\n## Deviations\n\nNone.\n");
    let kind = || {
        let arguments = ["inspect", "--format", "json", "apps/plan/log.md"];
        let (status, out, error) = ran(plain(&scratch.root, &arguments));
        assert_eq!(status, 0, "{error}");
        json(&out)["documents"][0]["kind"].clone()
    };
    assert_eq!(kind(), "unknown");
    scratch
        .write("gatecheck.toml", "[[workflow]]\nfile = \"flow.toml\"\nroots = [\"apps/plan\"]\n");
    assert_eq!(kind(), "evidence");
}

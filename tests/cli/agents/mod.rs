//! The events of coding agents: what sends one back, and what never does.

mod broken;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::{Value, json};

#[cfg(unix)]
use crate::project::{ENDLESS, put_endless};
use crate::project::{INTERFACE, break_off, complete, json as parsed, plain, ran, state};
use crate::scratch::Scratch;

const ARCHITECTURE: &str = ".work/foundation/architecture/ARCHITECTURE.md";
const EVIDENCE: &str = ".work/implementation/accounts/tests/EVIDENCE.md";

/// A repository with an agent at work in it.
struct Work {
    scratch: Scratch,
}

impl Work {
    fn new(scratch: Scratch) -> Self {
        Self { scratch }
    }

    fn hook(&self, arguments: &[&str], event: &str) -> (i32, String, String) {
        let mut command = self.command(&self.scratch.root, arguments);
        command.write_stdin(event.as_bytes());
        ran(command)
    }

    fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = plain(folder, &[&["hook"], arguments].concat());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        command.envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")]);
        command.env("XDG_CACHE_HOME", self.scratch.beside("cache"));
        command.env("LOCALAPPDATA", self.scratch.beside("cache"));
        command
    }

    /// The answer to an agent that wants to stop, as Claude Code asks.
    fn stop(&self, session: &str, again: bool) -> Option<Value> {
        let (status, out, _) = self.hook(&["stop"], &stop(session, again));
        assert_eq!(status, 0);
        (!out.is_empty()).then(|| parsed(&out))
    }

    fn append(&self, path: &str, lines: &str) {
        let text = fs::read_to_string(self.scratch.root.join(path)).unwrap();
        self.scratch.write(path, format!("{text}{lines}"));
    }
}

fn stop(session: &str, again: bool) -> String {
    json!({
        "session_id": session,
        "transcript_path": "/nowhere.jsonl",
        "cwd": "/nowhere",
        "permission_mode": "default",
        "hook_event_name": "Stop",
        "stop_hook_active": again,
        "last_assistant_message": "All done",
    })
    .to_string()
}

fn edited(path: &str) -> String {
    json!({
        "session_id": "a",
        "hook_event_name": "PostToolUse",
        "tool_name": "Write",
        "tool_input": { "file_path": path, "content": "…" },
        "tool_response": { "success": true },
    })
    .to_string()
}

fn reason(answer: Option<Value>) -> String {
    let answer = answer.expect("an answer");
    let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["decision", "reason"]);
    assert_eq!(answer["decision"], "block");
    answer["reason"].as_str().unwrap().to_owned()
}

#[test]
fn an_agent_that_broke_an_earlier_gate_is_sent_back() {
    let work = Work::new(complete());
    assert_eq!(work.stop("a", false), None);
    work.scratch.remove(INTERFACE);
    let told = reason(work.stop("a", false));
    let line = format!("{INTERFACE} missing-deliverable missing interface of feature");
    assert!(told.starts_with("gatecheck: 1 finding must be resolved"), "{told}");
    assert!(told.contains(&line) && told.contains(". Fix: write "), "{told}");
    work.scratch.git(&["checkout", "--quiet", "--", "."]);
    assert_eq!(work.stop("a", true), None);
    assert_eq!(work.scratch.git(&["status", "--porcelain", "--ignored"]), "");
}

#[test]
fn what_head_has_already_is_told_once_in_a_session() {
    let work = Work::new(break_off(complete()));
    assert!(reason(work.stop("a", false)).contains(INTERFACE));
    assert_eq!(work.stop("a", true), None);
    assert_eq!(work.stop("a", false), None);
    assert!(reason(work.stop("b", false)).contains(INTERFACE));
}

#[test]
fn no_agent_can_excuse_itself() {
    let work = Work::new(complete());
    work.scratch.remove(INTERFACE);
    let (status, _, error) = ran(plain(&work.scratch.root, &["baseline"]));
    assert_eq!(status, 0, "{error}");
    assert!(reason(work.stop("a", false)).contains(INTERFACE));
    work.scratch.remove("gatecheck-baseline.toml");
    work.scratch.write("gatecheck.toml", "[levels]\nmissing-deliverable = \"off\"\n");
    assert!(reason(work.stop("b", false)).contains(INTERFACE));
    // Once that is committed, somebody has agreed to it.
    work.scratch.commit("Ask for less");
    assert_eq!(work.stop("c", false), None);
}

#[test]
fn no_agent_can_replace_what_it_is_judged_by() {
    let work = Work::new(complete());
    let scratch = &work.scratch;
    let head = scratch.git(&["rev-parse", "HEAD"]);
    scratch.write("gatecheck.toml", "[levels]\nmissing-deliverable = \"off\"\n");
    let loosened = scratch.commit("Ask for less");
    scratch.git(&["reset", "--quiet", "--hard", &head]);
    scratch.git(&["replace", &head, &loosened]);
    scratch.remove(INTERFACE);
    assert!(reason(work.stop("a", false)).contains(INTERFACE));
}

#[test]
fn a_draft_sends_nobody_back() {
    let scratch = state("phase-1");
    scratch.commit("The design is in work");
    let work = Work::new(scratch);
    work.append(ARCHITECTURE, "\n## Caching\n\nTBD\n");
    assert_eq!(work.stop("a", false), None);
    // The first evidence makes the design an earlier phase, with its hole.
    work.scratch.write(".work/implementation/accounts/EVIDENCE.md", "# Evidence: Accounts\n");
    let told = reason(work.stop("a", false));
    assert!(told.contains(ARCHITECTURE) && told.contains("placeholder-marker"), "{told}");
    assert!(!told.contains("implementation/"), "{told}");
}

#[test]
fn what_is_said_and_not_so_sends_back_in_the_phase_at_hand() {
    let scratch = state("phase-2");
    scratch.commit("Built");
    let work = Work::new(scratch);
    assert_eq!(work.stop("a", false), None);
    work.append(EVIDENCE, "\n## Test files\n\n- `tests/accounts/edge_cases.rs`\n");
    let told = reason(work.stop("a", false));
    assert!(told.contains("named-file-missing the test file tests/accounts/edge"), "{told}");
    work.scratch.git(&["checkout", "--quiet", "--", "."]);
    work.scratch.remove(EVIDENCE);
    let told = reason(work.stop("a", false));
    assert!(told.contains(&format!("{EVIDENCE} missing-deliverable")), "{told}");
}

#[test]
fn nobody_is_sent_back_for_ever() {
    let work = Work::new(complete());
    work.scratch.remove(INTERFACE);
    reason(work.stop("a", false));
    let (status, out, error) = work.hook(&["stop"], &stop("a", true));
    assert_eq!((status, &*out), (0, ""));
    assert!(error.contains("1 finding stands and nothing changed since"), "{error}");
    reason(work.stop("a", false));
    // Codex has no bound of its own: something else is wrong each time.
    let work = Work::new(complete());
    let stories = ".work/foundation/product/user-stories.md";
    let answers: Vec<bool> = (0..4)
        .map(|round| {
            work.append(stories, &format!("\n## Part {round}\n\nTBD\n"));
            work.stop("a", round > 0).is_some()
        })
        .collect();
    assert_eq!(answers, [true, true, true, false]);
}

#[test]
fn without_a_memory_an_agent_is_sent_back_once() {
    let work = Work::new(complete());
    work.scratch.remove(INTERFACE);
    fs::write(work.scratch.beside("cache"), "no folder").unwrap();
    reason(work.stop("a", false));
    assert_eq!(work.stop("a", true), None);
    let (_, out, error) = work.hook(&["stop"], r#"{"sessionId":"a","stopReason":"end_turn"}"#);
    assert_eq!(out, "");
    assert!(error.contains("cannot be remembered"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_memory_that_has_no_end_is_none() {
    let work = Work::new(complete());
    work.scratch.remove(INTERFACE);
    reason(work.stop("a", false));
    let mut files = fs::read_dir(work.scratch.beside("cache/gatecheck/sessions")).unwrap();
    let file = files.next().unwrap().unwrap().path();
    for put in ENDLESS {
        put_endless(put, &file);
        reason(work.stop("a", true));
        assert!(fs::symlink_metadata(&file).unwrap().is_file(), "{put:?}");
    }
}

#[test]
fn every_agent_is_answered_in_its_own_form() {
    let work = Work::new(complete());
    work.scratch.remove(INTERFACE);
    work.append(ARCHITECTURE, "\n## Caching\n\nTBD\n");
    for (event, key) in [
        (
            r#"{"session_id":"1","turn_id":"t","hook_event_name":"Stop","stop_hook_active":false}"#,
            "block",
        ),
        (r#"{"session_id":"2","hook_event_name":"AfterAgent","stop_hook_active":false}"#, "deny"),
        (r#"{"sessionId":"3","cwd":"/","stopReason":"end_turn"}"#, "block"),
    ] {
        let (_, out, _) = work.hook(&["stop"], event);
        let answer = parsed(&out);
        assert_eq!(answer.as_object().unwrap().len(), 2, "{event}");
        assert_eq!(answer["decision"], key, "{event}");
        assert!(answer["reason"].as_str().unwrap().contains(INTERFACE), "{event}");
    }
    let cursor = r#"{"conversation_id":"4","status":"completed","loop_count":0}"#;
    let answer = parsed(&work.hook(&["stop"], cursor).1);
    assert_eq!(answer.as_object().unwrap().len(), 1);
    assert!(answer["followup_message"].as_str().unwrap().contains(INTERFACE));
    let aborted = r#"{"conversation_id":"5","status":"aborted","loop_count":0}"#;
    assert_eq!(work.hook(&["stop"], aborted).1, "");

    let gemini = edited(ARCHITECTURE).replace("PostToolUse", "AfterTool");
    let answer = parsed(&work.hook(&["edit"], &gemini).1);
    let told = &answer["hookSpecificOutput"]["additionalContext"];
    assert!(told.as_str().unwrap().contains("placeholder-marker"), "{answer}");
    assert!(answer.get("decision").is_none());
    assert_eq!(work.hook(&["edit", "--agent", "cursor"], &edited(ARCHITECTURE)).1, "");
}

#[test]
fn after_an_edit_only_the_file_is_told() {
    let work = Work::new(complete());
    work.append(ARCHITECTURE, "\n## Old\n\nTBD\n");
    work.scratch.commit("Something old");
    work.append(ARCHITECTURE, "\n## New\n\nTo be decided\n");
    work.append(".work/foundation/product/user-stories.md", "\n## Other\n\nTBD\n");
    let absolute = work.scratch.root.join(ARCHITECTURE).display().to_string();
    let patch = format!("*** Begin Patch\n*** Update File: {ARCHITECTURE}\n@@\n+x\n*** End Patch");
    let patch =
        json!({ "turn_id": "t", "tool_name": "apply_patch", "tool_input": { "command": patch } });
    for event in [edited(ARCHITECTURE), edited(&absolute), patch.to_string()] {
        let (status, out, error) = work.hook(&["edit"], &event);
        assert_eq!((status, &*error), (0, ""));
        let told = reason(Some(parsed(&out)));
        assert!(
            told.starts_with("gatecheck: the edit is kept. 1 finding in what you edited:"),
            "{told}"
        );
        assert!(told.contains("undecided-prose") || told.contains("placeholder-marker"), "{told}");
        assert!(!told.contains("user-stories"), "{told}");
    }
    let fresh = ".work/foundation/ux/NOTES.md";
    work.scratch.write(fresh, "# Notes\n\n## Colors\n\nTBD\n");
    let told = reason(Some(parsed(&work.hook(&["edit"], &edited(fresh)).1)));
    assert!(told.contains("placeholder-marker") && !told.contains("untracked"), "{told}");

    let outside = work.scratch.beside("outside.md");
    fs::write(&outside, "TBD\n").unwrap();
    work.scratch.write("notes.md", "TBD\n").write("src/main.rs", "// TBD\n");
    for path in
        [&*outside.display().to_string(), "../outside.md", "notes.md", "src/main.rs", INTERFACE, ""]
    {
        assert_eq!(
            work.hook(&["edit"], &edited(path)),
            (0, String::new(), String::new()),
            "{path}"
        );
    }
    let relative = json!({
        "cwd": work.scratch.root.join(".work/foundation"),
        "tool_input": { "file_path": "architecture/ARCHITECTURE.md" },
    });
    assert!(!work.hook(&["edit"], &relative.to_string()).1.is_empty());
}

#[test]
fn a_failure_of_the_tool_stops_nobody() {
    let work = Work::new(complete());
    work.scratch.remove(INTERFACE);
    for (arguments, event) in [
        (&["stop"][..], ""),
        (&["stop"], "{"),
        (&["stop"], "[1]"),
        (&["edit"], "nonsense"),
        (&["stop", "--timeout", "0"], &*stop("a", false)),
    ] {
        let (status, out, error) = work.hook(arguments, event);
        assert_eq!((status, &*out), (0, ""), "{arguments:?} {event}");
        assert!(error.starts_with("gatecheck hook: "), "{error}");
    }
    work.scratch.write("gatecheck.toml", "nonsense = 1\n").commit("Broken");
    for (name, event) in [("stop", stop("a", false)), ("edit", edited(ARCHITECTURE))] {
        let (status, out, error) = work.hook(&[name], &event);
        assert_eq!((status, &*out), (0, ""));
        assert!(error.contains("unknown key `nonsense`"), "{error}");
    }
    let (status, out, error) = work.hook(&["stop", "-C", "nowhere"], &stop("a", false));
    assert_eq!((status, &*out), (0, ""));
    assert!(error.contains("cannot start in nowhere"), "{error}");
    // Status 2 would be an order to work on.
    assert_eq!(work.hook(&["stop", "--agent", "nobody"], "{}").0, 1);
    assert_eq!(work.hook(&["sotp"], "{}").0, 1);
    let folder = tempfile::TempDir::new().unwrap();
    let mut command = work.command(folder.path(), &["stop"]);
    command.env("GIT_CEILING_DIRECTORIES", folder.path().parent().unwrap());
    command.write_stdin(stop("a", false));
    let (status, out, error) = ran(command);
    assert_eq!((status, &*out), (0, ""));
    assert!(error.contains("no git repository"), "{error}");
}

#[test]
fn without_a_workflow_it_is_silent() {
    let scratch = Scratch::new();
    scratch.write("README.md", "# TBD\n").commit("first");
    let work = Work::new(scratch);
    for (name, event) in [("stop", stop("a", false)), ("edit", edited("README.md"))] {
        assert_eq!(work.hook(&[name], &event), (0, String::new(), String::new()));
    }
    assert!(!work.scratch.beside("cache").exists());
}

#[test]
fn what_documents_say_cannot_reach_the_terminal_or_overflow() {
    let work = Work::new(complete());
    let holes: String = (0..60).map(|n| format!("\n## Part \u{1b}[31m{n}\n\nTBD\n")).collect();
    work.append(".work/foundation/product/user-stories.md", &holes);
    let told = reason(work.stop("a", false));
    assert!(!told.contains('\u{1b}'), "{told}");
    assert!(told.chars().count() < 4500, "{}", told.chars().count());
    assert!(told.contains("more findings: run `gatecheck"), "{told}");
    assert!(told.lines().count() <= 24, "{told}");
}

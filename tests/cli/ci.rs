//! Jobs of GitHub Actions: the change that an event is about is judged by what stood before it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::project::{INTERFACE, break_off, complete, gatecheck, ran};
use crate::scratch::Scratch;

/// A job in a checkout, with the event that started it.
struct Job<'a> {
    scratch: &'a Scratch,
    folder: &'a Path,
}

/// How a job ended.
struct Ended {
    status: i32,
    text: String,
    error: String,
    outputs: String,
}

impl<'a> Job<'a> {
    fn of(scratch: &'a Scratch) -> Self {
        Self { scratch, folder: &scratch.root }
    }

    fn run(&self, event: &str, about: &Value, arguments: &[&str]) -> Ended {
        let (path, outputs) = (self.scratch.beside("event.json"), self.scratch.beside("outputs"));
        fs::write(&path, about.to_string()).unwrap();
        fs::write(&outputs, "before=kept\n").unwrap();
        let mut command = gatecheck(self.folder, &[&["ci"], arguments].concat());
        command.env("GITHUB_EVENT_NAME", event).env("GITHUB_EVENT_PATH", &path);
        command.env("GITHUB_OUTPUT", &outputs);
        let (status, text, error) = ran(command);
        let outputs = fs::read_to_string(outputs).unwrap();
        let outputs = outputs.strip_prefix("before=kept\n").unwrap().to_owned();
        Ended { status, text, error, outputs }
    }

    /// As a pull request of `head` into `base`.
    fn pull_request(&self, base: &str, head: &str, arguments: &[&str]) -> Ended {
        let about = json!({"pull_request": {"base": {"sha": base}, "head": {"sha": head}}});
        self.run("pull_request", &about, arguments)
    }

    /// As a push to `name` from `before`.
    fn push(&self, name: &str, before: &str, forced: bool) -> Ended {
        let about = json!({
            "ref": name, "before": before, "forced": forced,
            "repository": {"default_branch": "main"}
        });
        self.run("push", &about, &[])
    }
}

const NONE: &str = "0000000000000000000000000000000000000000";

fn id(scratch: &Scratch, name: &str) -> String {
    scratch.git(&["rev-parse", name])
}

/// Merges `topic` into `main` as GitHub does for the check of a pull request.
fn merge(scratch: &Scratch) {
    scratch.git(&["checkout", "--quiet", "--detach", "main"]);
    scratch.git(&["merge", "--quiet", "--no-ff", "-m", "Merge", "topic"]);
}

fn branch(scratch: &Scratch, name: &str) {
    scratch.git(&["checkout", "--quiet", "-b", name]);
}

#[test]
fn a_pull_request_answers_for_what_it_breaks() {
    let scratch = complete();
    branch(&scratch, "topic");
    let scratch = break_off(scratch);
    merge(&scratch);
    let job = Job::of(&scratch);
    let (base, head) = (id(&scratch, "main"), id(&scratch, "topic"));
    let ended = job.pull_request(&base, &head, &["--format", "github"]);
    assert_eq!(ended.status, 1, "{}", ended.error);
    assert!(ended.text.contains(&format!("::error file={INTERFACE},")), "{}", ended.text);
    assert!(ended.text.contains("compared with "), "{}", ended.text);
    assert!(ended.text.contains(", the base of the pull request"), "{}", ended.text);
    assert_eq!(ended.outputs, "verdict=fails\nfindings=1\n");
}

#[test]
fn a_pull_request_answers_for_nothing_that_its_base_has() {
    let scratch = complete();
    branch(&scratch, "topic");
    scratch.write("README.md", "unrelated").commit("Unrelated");
    let old = id(&scratch, "main");
    scratch.git(&["checkout", "--quiet", "main"]);
    let scratch = break_off(scratch);
    merge(&scratch);
    let (job, head) = (Job::of(&scratch), id(&scratch, "topic"));
    // The event may name an older base than the one that was merged.
    let ended = job.pull_request(&old, &head, &[]);
    assert_eq!(ended.status, 0, "{}{}", ended.text, ended.error);
    assert!(ended.outputs.starts_with("verdict=holds\n"), "{}", ended.outputs);
    let ended = job.pull_request(&old, &head, &["--through", "1"]);
    assert_eq!(ended.status, 1, "a gate that is asked for has to hold: {}", ended.text);
    scratch.git(&["checkout", "--quiet", "topic"]);
    let ended = job.pull_request(&id(&scratch, "main"), &head, &[]);
    assert_eq!(ended.status, 0, "{}{}", ended.text, ended.error);
}

#[test]
fn a_pull_request_cannot_soften_what_judges_it() {
    let scratch = complete();
    branch(&scratch, "topic");
    scratch.write("gatecheck.toml", "[levels]\nmissing-deliverable = \"off\"\n");
    let scratch = break_off(scratch);
    merge(&scratch);
    let job = Job::of(&scratch);
    let ended = job.pull_request(&id(&scratch, "main"), &id(&scratch, "topic"), &[]);
    assert_eq!(ended.status, 1, "{}", ended.error);
    assert!(ended.text.contains("missing-deliverable"), "{}", ended.text);
    assert!(ended.text.contains("loosened-policy"), "{}", ended.text);
    scratch.git(&["replace", "main", "topic"]);
    let ended = job.pull_request(&id(&scratch, "main"), &id(&scratch, "topic"), &[]);
    assert_eq!(ended.status, 1, "{}{}", ended.text, ended.error);
    assert!(ended.text.contains("loosened-policy"), "{}", ended.text);
}

#[test]
fn what_the_job_made_is_not_judged() {
    let scratch = complete();
    scratch.remove(INTERFACE);
    let job = Job::of(&scratch);
    assert_eq!(job.run("workflow_dispatch", &json!({}), &[]).status, 0);
    let ended = job.run("workflow_dispatch", &json!({}), &["--worktree"]);
    assert_eq!(ended.status, 1, "{}", ended.text);
    assert!(ended.text.contains("the event workflow_dispatch changes nothing"), "{}", ended.text);
}

#[test]
fn a_merge_group_is_judged_by_its_base() {
    let scratch = complete();
    let base = id(&scratch, "main");
    let scratch = break_off(scratch);
    let about = json!({"merge_group": {"base_sha": base}});
    let ended = Job::of(&scratch).run("merge_group", &about, &[]);
    assert_eq!(ended.status, 1, "{}", ended.error);
    assert!(ended.text.contains(", the base of the merge group"), "{}", ended.text);
    let about = json!({"merge_group": {"base_sha": id(&scratch, "main")}});
    assert_eq!(Job::of(&scratch).run("merge_group", &about, &[]).status, 0);
}

#[test]
fn a_push_is_judged_by_what_the_branch_held() {
    let scratch = complete();
    let before = id(&scratch, "main");
    let scratch = break_off(scratch);
    let (job, main) = (Job::of(&scratch), "refs/heads/main");
    assert_eq!(job.push(main, &before, false).status, 1);
    assert_eq!(job.push(main, &id(&scratch, "main"), false).status, 0);

    let ended = job.push(main, NONE, false);
    assert_eq!(ended.status, 1, "{}", ended.error);
    assert!(ended.text.contains("compared with nothing, since the branch is new"));
    let gone = "1".repeat(40);
    let ended = job.push(main, &gone, true);
    assert!(ended.text.contains("its former commits are gone"), "{}", ended.text);
    let ended = job.push(main, &gone, false);
    assert_eq!(ended.status, 2, "{}", ended.text);
    assert_eq!(ended.outputs, "verdict=none\nfindings=\n");

    let ended = job.push("refs/heads/topic", NONE, false);
    assert!(ended.text.contains("lacks the default branch"), "{}", ended.text);
    scratch.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    let ended = job.push("refs/heads/topic", NONE, false);
    assert_eq!(ended.status, 0, "{}", ended.text);
}

#[test]
fn a_shallow_checkout_says_what_to_set() {
    let scratch = complete();
    branch(&scratch, "topic");
    let scratch = break_off(scratch);
    merge(&scratch);
    scratch.git(&["branch", "merged"]);
    let (base, head) = (id(&scratch, "main"), id(&scratch, "topic"));
    let clone = |depth: &str| {
        let (from, folder) = (
            format!("file://{}", scratch.root.display()),
            scratch.beside(&format!("depth-{depth}")),
        );
        let to = folder.display().to_string();
        scratch.git(&["clone", "--quiet", "--depth", depth, "--branch", "merged", &from, &to]);
        folder
    };
    let folder = clone("1");
    let ended = Job { scratch: &scratch, folder: &folder }.pull_request(&base, &head, &[]);
    assert_eq!(ended.status, 2, "{}", ended.text);
    assert!(ended.error.contains("`fetch-depth: 0`"), "{}", ended.error);
    scratch.git_in(&folder, &["update-ref", "-d", "refs/remotes/origin/main"]);
    let ended = Job { scratch: &scratch, folder: &folder }.push("refs/heads/new", NONE, false);
    assert_eq!(ended.status, 2, "{}", ended.text);
    assert!(ended.error.contains("lacks the default branch"), "{}", ended.error);
    let folder = clone("2");
    let ended = Job { scratch: &scratch, folder: &folder }.pull_request(&base, &head, &[]);
    assert_eq!(ended.status, 1, "{}", ended.error);
    assert!(ended.text.contains("the checkout is shallow"), "{}", ended.text);
}

#[test]
fn without_an_event_there_is_no_verdict() {
    let scratch = complete();
    let job = Job::of(&scratch);
    let ended = job.run("pull_request", &json!({}), &["--format", "json"]);
    assert_eq!(ended.status, 2);
    assert!(ended.text.contains("holds no pull_request.head.sha"), "{}", ended.text);
    let ended = job.run("", &json!({}), &[]);
    assert_eq!(ended.status, 2);
    assert!(ended.error.contains("GITHUB_EVENT_NAME"), "{}", ended.error);
    let ended = job.run("push", &json!("x"), &["--through", "nonsense"]);
    assert_eq!(ended.status, 2);
}

#[test]
fn the_arguments_decide_before_the_event_does() {
    let scratch = complete();
    let before = id(&scratch, "main");
    let scratch = break_off(scratch);
    let (job, main) = (Job::of(&scratch), id(&scratch, "main"));
    let about = json!({"merge_group": {"base_sha": before}});
    assert_eq!(job.run("merge_group", &about, &["--since", &main]).status, 0);
    assert_eq!(job.run("merge_group", &about, &["--rev", &before]).status, 0);
    let range = format!("{before}..{main}");
    assert_eq!(job.run("merge_group", &json!({}), &["--range", &range]).status, 1);
}

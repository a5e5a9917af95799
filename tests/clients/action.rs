//! The action in jobs, run by act on this machine.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::client::{Client, ROOT, Ran, client, ran};
use crate::project::{COMPLETE_ROOT, INTERFACE, complete};
use crate::recipes::recipe;
use crate::scratch::Scratch;

const WORKFLOW_PATH: &str = ".github/workflows/gate.yml";
const WORKFLOW: &str = r#"
on: [push, pull_request, merge_group, workflow_dispatch]
permissions:
  contents: read
jobs:
  gate:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: acme/gatecheck@v1
        id: gate
        with:
INPUTS
      - if: always()
        env:
          SAID: "${{ steps.gate.outputs.verdict }}, ${{ steps.gate.outputs.findings }} findings"
          SARIF: "${{ steps.gate.outputs.sarif-file }}"
        run: |
          echo "it said $SAID"
          if [ -n "$SARIF" ]; then echo "SARIF in $SARIF:"; cat "$SARIF"; fi
"#;

/// A complete project whose jobs run the action.
struct Jobs {
    act: Client,
    scratch: Scratch,
    folder: PathBuf,
}

impl Jobs {
    fn new() -> Option<Self> {
        let act = client("act")?;
        let scratch = complete();
        // act copies the whole folder of an action.
        let action = scratch.beside("action");
        fs::create_dir_all(action.join(".github/action")).expect("a folder");
        for file in ["action.yml", ".github/action/install", ".github/action/judge"] {
            fs::copy(Path::new(ROOT).join(file), action.join(file)).expect("a file of the action");
        }
        let folder = scratch.root.clone();
        let jobs = Self { act, scratch, folder };
        jobs.with("");
        Some(jobs)
    }

    /// Gives the action this input from now on; it takes the program on PATH unless told otherwise.
    fn with(&self, input: &str) -> &Self {
        let install = if input.starts_with("install:") { "" } else { "install: path" };
        let inputs = [install, input].map(|line| format!("          {line}\n")).concat();
        let workflow = WORKFLOW.replace("INPUTS\n", &inputs);
        self.scratch.write(WORKFLOW_PATH, workflow).commit("A workflow");
        self
    }

    fn run(&self, event: &str, about: &Value) -> Ran {
        let path = self.scratch.beside("event.json");
        fs::write(&path, about.to_string()).expect("an event");
        let action = self.scratch.beside("action");
        let mut command = self.act.command(&self.folder);
        command.args([event, "--platform", "ubuntu-latest=-self-hosted", "--eventpath"]).arg(&path);
        command.args(["--workflows", WORKFLOW_PATH]);
        command.arg("--local-repository").arg(format!("acme/gatecheck@v1={}", action.display()));
        for name in ["HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"] {
            command.env(name, self.scratch.beside("home"));
        }
        ran(&mut command)
    }

    /// A pull request from where `main` stands to what is checked out.
    fn pull_request(&self) -> Ran {
        let (base, head) = (self.id("main"), self.id("HEAD"));
        let about = json!({"number": 5, "pull_request": {
            "number": 5,
            "base": {"sha": base, "ref": "main"},
            "head": {"sha": head, "ref": "topic"},
        }});
        self.run("pull_request", &about)
    }

    fn id(&self, name: &str) -> String {
        self.scratch.git(&["rev-parse", name])
    }

    /// Starts a branch that breaks a gate.
    fn broken(&self) -> &Self {
        self.scratch.git(&["checkout", "--quiet", "-b", "topic"]);
        self.scratch.remove(INTERFACE).commit("Delete");
        self
    }
}

impl Ran {
    #[track_caller]
    fn ends(&self, status: i32, text: &str) {
        assert_eq!(self.status, Some(status), "{}", self.said);
        assert!(self.said.contains(text), "{text} is not in:\n{}", self.said);
    }
}

#[test]
fn a_pull_request_passes_and_fails() {
    let Some(jobs) = Jobs::new() else { return };
    jobs.scratch.git(&["checkout", "--quiet", "-b", "good"]);
    jobs.scratch.write("README.md", "unrelated").commit("Unrelated");
    jobs.pull_request().ends(0, "it said holds, 0 findings");

    let failed = jobs.broken().pull_request();
    failed.ends(1, "it said fails, 1 findings");
    failed.ends(1, &format!("::error file={INTERFACE},title=missing-deliverable"));
    failed.ends(1, ", the base of the pull request");
    // act shows what a step leaves in its summary.
    failed.ends(1, "Summary - ## ✗ gatecheck");
    failed.ends(1, "### Ledger of .work (standard-orchestration) in HEAD");
    jobs.scratch.git(&["checkout", "--quiet", "main"]);
    jobs.scratch.git(&["merge", "--quiet", "topic"]);
    jobs.scratch.write("README.md", "more").commit("Unrelated");
    jobs.pull_request().ends(0, "it said holds, 0 findings");
    jobs.with("through: '1'").pull_request().ends(1, "it said fails, 1 findings");
}

#[test]
fn findings_are_written_as_sarif_too() {
    let Some(jobs) = Jobs::new() else { return };
    jobs.broken().with("sarif-file: found.sarif");
    let written = jobs.pull_request();
    written.ends(1, "SARIF in found.sarif:");
    written.ends(1, "\"ruleId\":\"missing-deliverable\"");
    jobs.scratch.write("gatecheck.toml", "nonsense").commit("A broken configuration");
    jobs.pull_request().ends(1, "\"executionSuccessful\":false");
}

#[test]
fn the_recipe_of_the_readme_works() {
    let Some(jobs) = Jobs::new() else { return };
    let job = recipe("# a job of .github/workflows/gate.yml");
    let job: String = job.lines().map(|line| format!("    {line}\n")).collect();
    let action = "OWNER/gatecheck@v0.1.0";
    assert!(job.contains(action), "{job}");
    let local = "acme/gatecheck@v1\n        with:\n          install: path";
    let job = job.replace(action, local);
    let workflow = format!("on: pull_request\njobs:\n  gate:\n{job}");
    jobs.scratch.write(WORKFLOW_PATH, workflow).commit("A workflow");
    jobs.pull_request().ends(0, "10 gates hold.");
    jobs.broken().pull_request().ends(1, &format!("::error file={INTERFACE},"));
}

#[test]
fn merge_groups_and_pushes_are_judged_by_what_stood_before() {
    let Some(jobs) = Jobs::new() else { return };
    let base = jobs.id("main");
    jobs.broken();
    let group = |base: &str| json!({"merge_group": {"base_sha": base}});
    jobs.run("merge_group", &group(&base)).ends(1, ", the base of the merge group");
    jobs.run("merge_group", &group(&jobs.id("HEAD"))).ends(0, "it said holds");
    let push = |before: &str| {
        let repository = json!({"default_branch": "main"});
        json!({"ref": "refs/heads/topic", "before": before, "repository": repository})
    };
    jobs.run("push", &push(&base)).ends(1, ", what the branch held before");
    jobs.run("push", &push(&jobs.id("HEAD"))).ends(0, "it said holds");
    jobs.run("workflow_dispatch", &json!({})).ends(1, "compared with nothing");
}

#[test]
fn a_shallow_checkout_says_what_to_set() {
    let Some(mut jobs) = Jobs::new() else { return };
    jobs.broken();
    let from = format!("file://{}", jobs.scratch.root.display());
    let shallow = jobs.scratch.beside("shallow");
    let to = shallow.display().to_string();
    jobs.scratch.git(&["clone", "--quiet", "--depth", "1", "--branch", "topic", &from, &to]);
    jobs.folder = shallow;
    let failed = jobs.pull_request();
    failed.ends(1, "set `fetch-depth: 0` under `with:` of the step that uses actions/checkout");
    failed.ends(1, "::error ");
    failed.ends(1, "## ✗ gatecheck reached no verdict");
    failed.ends(1, "it said none,  findings");
}

#[test]
fn inputs_that_mean_nothing_are_refused() {
    let Some(jobs) = Jobs::new() else { return };
    let refusals = [
        ("install: somewhere", "the input install must be auto, release, build or path"),
        ("version: latest", "the input version must be that of a release"),
        ("through: nonsense", "nonsense"),
        ("path: nowhere", "give -C a folder that exists"),
        ("since: --help", "`--help`"),
        ("policy-from: nonsense", "cannot read the policy from `nonsense`"),
        ("workflow: nonsense", "nonsense"),
        ("sarif-file: /found.sarif", "must be a path from the root of the checkout"),
        ("sarif-file: nowhere/found.sarif", "cannot write the report to"),
        ("through: '$(touch injected)`id`\"; exit 0 #'", "$(touch injected)"),
    ];
    for (input, refusal) in refusals {
        jobs.with(input).pull_request().ends(1, refusal);
    }
}

#[test]
fn what_documents_say_is_no_command() {
    let Some(jobs) = Jobs::new() else { return };
    jobs.scratch.git(&["checkout", "--quiet", "-b", "topic"]);
    let commands = [
        "::error::injected",
        "##[error]injected",
        "::set-output name=verdict::injected",
        "::add-mask::gate",
        "::stop-commands::injected",
    ];
    let path = format!("{COMPLETE_ROOT}/foundation/product/golden-paths.md");
    let text = fs::read_to_string(jobs.scratch.root.join(&path)).expect("a document");
    let hostile =
        commands.map(|one| format!("\n## {one}\n\n{one}\n\n{one} TBD %0A{one}\n")).concat();
    jobs.scratch.write(&path, format!("{text}\n{hostile}"));
    jobs.scratch.write(&format!("{COMPLETE_ROOT}/foundation/::error::injected.md"), hostile);
    jobs.scratch.commit("Hostile");
    let failed = jobs.pull_request();
    failed.ends(1, "it said fails");
    let (_, judge) = failed.said.split_once("Run Main Judge\n").expect("the step");
    let (judge, _) = judge.split_once("Failure - Main Judge").expect("its end");
    // act shows behind a bar what it only prints.
    let lines = judge.lines().map(|line| line.split_once("]   ").map_or("", |(_, rest)| rest));
    let obeyed = lines.filter(|line| !line.starts_with('|') && line.contains("::"));
    let (mut annotations, forms) = (0, ["::error file=.work/", "::notice file=.work/"]);
    for line in obeyed {
        assert!(forms.iter().any(|form| line.contains(form)), "{line}");
        annotations += usize::from(line.contains(forms[0]));
    }
    assert_eq!(annotations, commands.len(), "{judge}");
}

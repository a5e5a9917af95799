//! What a proposed policy makes easier, and what it may change without a word.

use std::sync::Arc;

use gatecheck::base::{Level, RepoPath};
use gatecheck::config::loosening::{Policy, between};
use gatecheck::config::{self, Config};
use gatecheck::workflow::Workflow;

use super::{RULES, file, parse_with};

const FLOW: &str = r#"
schema = 1
id = "flow"
root = "plan"
agreement = "frozen"
[levels]
empty-section = "warn"
[vocabulary]
none = ["none"]
except = ["except"]
approve = ["approved"]
reject = ["rejected"]
[[role]]
id = "lead"
[[role]]
id = "tester"
[[phase]]
id = "draft"
[[phase.deliverable]]
id = "idea"
paths = ["idea.md"]
checklists = ["before we build"]
[[phase.deliverable.part]]
id = "why"
names = ["why"]
[[phase]]
id = "build"
[[phase.deliverable]]
id = "evidence"
kind = "evidence"
per = "feature"
by-iteration = true
paths = ["{feature}/EVIDENCE.md"]
[[phase]]
id = "check"
[[phase.deliverable]]
id = "sign-off"
per = { role = ["lead", "tester"] }
verdicts = ["lead"]
paths = ["{role}.md"]
"#;

const CONFIG: &str = r#"
require-history = true
exclude = ["plan/drafts/"]
[levels]
missing-deliverable = "deny"
[[workflow]]
file = "flow.toml"
agreement = "gate-{iteration}"
begins = "draft"
[[workflow.skip]]
phase = "check"
reason = "the tester starts in July"
owner = "Robin"
until = 2026-07-31
[[waiver]]
rule = "empty-section"
path = "plan/*.md"
reason = "later"
owner = "Robin"
expires = 2026-07-31
"#;

struct State {
    config: Config,
    followed: Vec<(Arc<Workflow>, RepoPath, Option<usize>)>,
}

impl State {
    fn policy(&self) -> Policy<'_> {
        Policy { config: &self.config, followed: &self.followed }
    }
}

fn state(config: &str, flow: &str) -> State {
    let config = config::parse(file("gatecheck.toml", config), RepoPath::default(), RULES).unwrap();
    let flow = Arc::new(parse_with(flow, &[]).unwrap_or_else(|failure| panic!("{failure}")));
    let roots = config.workflows.iter().enumerate().flat_map(|(at, one)| {
        let roots = one.roots(&RepoPath::default(), &flow).into_iter();
        roots.map(move |root| (at, root)).collect::<Vec<_>>()
    });
    let followed = roots.map(|(at, root)| (flow.clone(), root, Some(at))).collect();
    State { config, followed }
}

/// What the second state loosens: the subjects, each with the text at its place.
fn loosened(was: &State, now: &State) -> Vec<(String, String)> {
    let levels: Vec<_> = RULES.iter().map(|rule| (*rule, Level::Deny)).collect();
    let text = |path: &str| match path {
        "gatecheck.toml" => now.config.file.as_ref().unwrap().text.clone(),
        _ => now.followed[0].0.files[0].text.clone(),
    };
    let all = between(was.policy(), now.policy(), &levels).into_iter().map(|one| {
        let place = one.span.map(|span| span.of(&text(one.path.as_str())).to_owned());
        (one.subject, place.unwrap_or_default())
    });
    all.collect()
}

/// Changes one line of a state, and expects one thing to be easier; turned around, nothing is.
fn only(config: (&str, &str), flow: (&str, &str), subject: &str, at: &str) {
    assert!(CONFIG.contains(config.0) && FLOW.contains(flow.0), "{config:?} {flow:?}");
    let was = state(CONFIG, FLOW);
    let now = state(&CONFIG.replace(config.0, config.1), &FLOW.replace(flow.0, flow.1));
    let found = loosened(&was, &now);
    assert_eq!(found, [(subject.to_owned(), at.to_owned())], "{config:?} {flow:?}");
    let moved = subject.starts_with("agreement");
    assert_eq!(loosened(&now, &was).is_empty(), !moved, "{subject} the other way round");
}

#[test]
fn whatever_a_configuration_softens_is_told_where_it_stands() {
    for (line, new, subject, at) in [
        ("\"deny\"", "\"note\"", "level missing-deliverable", "missing-deliverable = \"note\""),
        ("drafts/\"", "drafts/\", \"plan/a.md\"", "exclude plan/a.md", "\"plan/a.md\""),
        ("require-history = true", "", "require-history", ""),
        ("gate-{iteration}", "mine", "agreement flow", "\"mine\""),
        ("begins = \"draft\"", "begins = \"build\"", "begins flow", "\"build\""),
        ("until = 2026-07-31", "until = 2026-08-01", "skip check", "\"check\""),
        ("phase = \"check\"", "phase = \"build\"", "skip build", "\"build\""),
        (
            "expires = 2026-07-31",
            "expires = 2026-08-01",
            "waiver empty-section plan/*.md",
            "2026-08-01",
        ),
        ("plan/*.md", "plan/**/*.md", "waiver empty-section plan/**/*.md", "\"empty-section\""),
        (
            "file = \"flow.toml\"",
            "file = \"flow.toml\"\nroots = [\"other\"]",
            "workflow flow plan",
            "",
        ),
    ] {
        let was = state(CONFIG, FLOW);
        let now = state(&CONFIG.replacen(line, new, 1), FLOW);
        let found = loosened(&was, &now);
        assert_eq!(found, [(subject.to_owned(), at.to_owned())], "{new}");
    }
    let narrower =
        CONFIG.replace("path = \"plan/*.md\"", "path = \"plan/*.md\"\nsubject = \"why\"");
    let narrower = narrower.replace("expires = 2026-07-31", "expires = 2026-06-30");
    assert_eq!(loosened(&state(CONFIG, FLOW), &state(&narrower, FLOW)), []);
    let mapped = format!("{CONFIG}[deliverables]\nidea = [\"docs/idea.md\"]\n");
    let found = loosened(&state(CONFIG, FLOW), &state(&mapped, FLOW));
    assert_eq!(found, [("deliverable idea".to_owned(), "idea".to_owned())]);
}

#[test]
fn whatever_a_workflow_softens_is_told_where_it_stands() {
    let keep = ("[levels]", "[levels]");
    for (line, new, subject, at) in [
        ("section = \"warn\"", "section = \"off\"", "level empty-section", "empty-section"),
        ("\"frozen\"", "\"mine\"", "agreement", "\"mine\""),
        ("none = [\"none\"]", "none = [\"none\", \"well\"]", "words none", ""),
        ("except = [\"except\"]", "", "words except", ""),
        ("approve = [\"approved\"]", "approve = [\"approved\", \"ok\"]", "words approve", ""),
        ("reject = [\"rejected\"]", "", "words reject", ""),
        ("id = \"lead\"", "id = \"lead\"\nnames = [\"anybody\"]", "role lead", ""),
        ("id = \"build\"", "id = \"build\"\nafter = []", "order build", "\"build\""),
        ("[\"idea.md\"]", "[\"idea.md\", \"notes/*.md\"]", "idea paths", "\"idea.md\""),
        ("[\"idea.md\"]", "[\"idea.md\"]\noptional = true", "idea optional", "\"idea.md\""),
        (
            "[\"idea.md\"]",
            "[\"idea.md\"]\nelsewhere = [\"docs/*\"]",
            "idea elsewhere",
            "\"idea.md\"",
        ),
        ("checklists = [\"before we build\"]", "", "idea checklists", "\"idea.md\""),
        ("names = [\"why\"]", "names = [\"why\", \"notes\"]", "idea.why", "\"why\""),
        ("by-iteration = true", "", "evidence by-iteration", "\"{feature}/EVIDENCE.md\""),
        ("kind = \"evidence\"", "", "evidence kind", "\"{feature}/EVIDENCE.md\""),
        ("[\"lead\", \"tester\"]", "[\"lead\"]", "sign-off per", "\"{role}.md\""),
        ("verdicts = [\"lead\"]", "", "sign-off verdicts", "\"{role}.md\""),
    ] {
        // The other way round, these two are easier for another reason: fewer phases wait, and
        // rules of another kind judge the document.
        match subject {
            "order build" | "evidence kind" | "agreement" => {
                let now = state(CONFIG, &FLOW.replacen(line, new, 1));
                let found = loosened(&state(CONFIG, FLOW), &now);
                let first = found.iter().find(|(told, _)| told == subject);
                assert_eq!(first.map(|(_, place)| &**place), Some(at), "{found:?}");
            }
            _ => only(keep, (line, new), subject, at),
        }
    }
    let fewer = FLOW.split("[[phase]]\nid = \"check\"").next().unwrap_or_default();
    let config = CONFIG.replace("phase = \"check\"", "phase = \"draft\"");
    let found = loosened(&state(&config, FLOW), &state(&config, fewer));
    assert_eq!(found, [("phase check".to_owned(), String::new())]);
    let parts = FLOW.replace("[[phase.deliverable.part]]\nid = \"why\"\nnames = [\"why\"]\n", "");
    let found = loosened(&state(CONFIG, FLOW), &state(CONFIG, &parts));
    assert_eq!(found, [("idea.why".to_owned(), "\"idea.md\"".to_owned())]);
}

#[test]
fn whoever_may_change_more_is_told() {
    let text =
        "shared = [\"a.lock\"]\n[features.auth]\npaths = [\"src/auth/\"]\nbranches = [\"a\"]\n";
    for (line, new, subject, at) in [
        ("\"a.lock\"", "\"a.lock\", \"src/**\"", "shared", "\"src/**\""),
        ("src/auth/\"", "src/auth/\", \"src/b/\"", "feature auth", "\"src/b/\""),
        ("branches = [\"a\"]", "", "branches auth", ""),
    ] {
        let (was, now) = (state(text, FLOW), state(&text.replacen(line, new, 1), FLOW));
        assert_eq!(loosened(&was, &now), [(subject.to_owned(), at.to_owned())], "{new}");
        assert_eq!(loosened(&now, &was), [], "{new}");
    }
    let without = state("shared = [\"a.lock\"]\n", FLOW);
    let gone = ["branches auth", "feature auth"].map(|one| (one.to_owned(), String::new()));
    assert_eq!(loosened(&state(text, FLOW), &without), gone);

    let listed = FLOW.replace("[vocabulary]", "[boundaries]\nlabels = [\"where\"]\n[vocabulary]");
    let found = loosened(&state(CONFIG, &listed), &state(CONFIG, FLOW));
    assert_eq!(found, [("words labels".to_owned(), String::new())]);
    let wider = FLOW.replace("[vocabulary]", "[boundaries]\nshared = [\"*.lock\"]\n[vocabulary]");
    let found = loosened(&state(CONFIG, FLOW), &state(CONFIG, &wider));
    assert_eq!(found, [("shared".to_owned(), String::new())]);
}

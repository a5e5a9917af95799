//! `gatecheck.toml`: what it can say, and how its mistakes are shown.

use gatecheck::base::{Failure, Level, RepoPath};
use gatecheck::config::{self, Choice, Config, Lack};
use gatecheck::engine::{self, Request};
use gatecheck::report::GateVerdict;
use gatecheck::source::Memory;
use jiff::civil::date;

use super::{RULES, builtin, file, pointed};

fn parse(text: &str) -> Result<Config, Failure> {
    config::parse(file("apps/shop/gatecheck.toml", text), RepoPath::new("apps/shop"), RULES)
}

const WAIVER: &str = r#"
[[waiver]]
rule = "missing-deliverable"
subject = "api-docs"
reason = "the portal comes later"
owner = "Robin Meyer"
expires = 2026-09-30
"#;

#[test]
fn every_setting_is_read() {
    let text = r#"
exclude = ["drafts/", ".work/**/*.tmp.md"]
require-history = true

[[workflow]]
id = "standard-orchestration"
roots = ["a/.work", "b/.work"]
begins = "2"
agreement = ["design-gate-{iteration}", "frozen"]
skip = [{ phase = "4", reason = "no deployment yet", owner = "Robin", until = 2026-12-31 }]

[[workflow]]
file = "../../flows/own.toml"

[levels]
empty-section = "warn"

[deliverables]
api-docs = ["docs/api.md"]
"#;
    let config = parse(&format!("{text}{WAIVER}")).unwrap();
    let [first, second] = &config.workflows[..] else { panic!("two workflows") };
    assert_eq!(first.workflow, Choice::Builtin("standard-orchestration".to_owned()));
    assert_eq!(first.roots[1].value.as_str(), "apps/shop/b/.work");
    assert_eq!(first.begins.as_ref().unwrap().value, "2");
    let names: Vec<String> = first.agreement.iter().map(|name| name.of("2")).collect();
    assert_eq!(names, ["design-gate-2", "frozen"]);
    assert_eq!(second.workflow, Choice::File(RepoPath::new("flows/own.toml")));
    assert_eq!(config.level("empty-section"), Some(Level::Warn));
    assert!(config.require_history);
    assert!(config.excludes(&RepoPath::new("apps/shop/drafts/a/b.md")));
    assert!(!config.excludes(&RepoPath::new("apps/shop/.work/a.md")));
    assert_eq!(config.waivers[0].terms.last_day.as_ref().unwrap().value, date(2026, 9, 30));
    let span = config.levels["empty-section"].span;
    assert_eq!(span.of(&config.file.as_ref().unwrap().text), "empty-section = \"warn\"");
}

#[test]
fn every_mistake_is_shown_where_it_stands() {
    let cases = [
        ("exlcude = []", "exlcude", "unknown key `exlcude`", "`exclude`"),
        ("root = \".work\"", "root", "`root` does not belong here", "`[[workflow]]`"),
        ("roots = [\".work\"]", "roots", "`roots` does not belong here", "`[[workflow]]`"),
        ("[levels]\nempty-sektion = \"off\"", "empty-sektion", "unknown rule", "`empty-section`"),
        ("[levels]\nqwertz = \"off\"", "qwertz", "unknown rule", "gatecheck rules"),
        ("[levels]\nempty-section = \"of\"", "\"of\"", "unknown word `of`", "`off`"),
        ("exclude = [\"/tmp\"]", "\"/tmp\"", "no path pattern", "path"),
        (
            "[[workflow]]\nid = \"standart-orchestration\"",
            "\"standart-orchestration\"",
            "unknown workflow",
            "`standard-orchestration`",
        ),
        (
            "[[workflow]]\nid = \"standard-orchestration\"\nfile = \"a.toml\"",
            "\"standard-orchestration\"",
            "one would do",
            "built-in",
        ),
        ("[[workflow]]\nroots = [\"a\"]", "[[workflow]]", "neither", "built-in"),
        (
            "[[workflow]]\nfile = \"../../../a.toml\"",
            "\"../../../a.toml\"",
            "no path below",
            "path",
        ),
        (
            "[[workflow]]\nid = \"standard-orchestration\"\nroots = [\"a\", \"a\"]",
            "\"a\"",
            "named twice",
            "out",
        ),
        (
            "[[workflow]]\nid = \"standard-orchestration\"\n[[workflow]]\nid = \"standard-orchestration\"",
            "\"standard-orchestration\"",
            "followed twice",
            "roots",
        ),
        (
            "[[waiver]]\nrule = \"empty-section\"\nexpires = 2026-01-01T00:00:00",
            "2026-01-01T00:00:00",
            "no day",
            "2026-12-31",
        ),
        ("[[waiver]]\nrule = \"*\"", "\"*\"", "unknown rule", "gatecheck rules"),
        ("[[waiver]]\ngate = \"2\"", "gate", "unknown key `gate`", "known here"),
        ("[deliverables]\napi-docs = []", "api-docs", "names no path", "take the line out"),
        ("require-history = 1", "1", "`true` or `false` is needed here, not the number", "quotes"),
        ("exclude = \"a\"", "\"a\"", "a list is needed here, not the text \"a\"", "brackets"),
        ("[waiver]\nrule = \"a\"", "[waiver]", "two brackets", "[[…]]"),
        (
            "[[workflow]]\nid = \"standard-orchestration\"\nagreement = \"gate {feature}\"",
            "\"gate {feature}\"",
            "names no revision",
            "`design-gate-{iteration}`",
        ),
        (
            "[[workflow]]\nid = \"standard-orchestration\"\nagreement = true",
            "true",
            "a text or a list of texts is needed here",
            "quotes",
        ),
        ("levels = \"off\"", "\"off\"", "a table is needed here", "`key = value`"),
        (
            "[[waiver]]\nrule = \"empty-section\"\nexpires = \"2026-01-01\"",
            "\"2026-01-01\"",
            "a date is needed here",
            "`2026-12-31`",
        ),
        (
            "[[waiver]]\nrule = \"empty-section\"\nsubject = 2026-01-01",
            "2026-01-01",
            "a text is needed here, not a date",
            "quotes",
        ),
        (
            "[[workflow]]\nid = \"standard-orchestration\"\nskip = [\"4\"]",
            "\"4\"",
            "a table",
            "key",
        ),
        ("[[waiver]]", "[[waiver]]", "the key `rule` is missing", "add `rule"),
        ("exclude = [a]", "a", "must stand in quotes", "correct"),
    ];
    for (text, place, why, help) in cases {
        let found = pointed(parse(text).unwrap_err());
        assert!(found.0.starts_with(place), "{text}: {found:?}");
        assert!(found.1.contains(why) && found.2.contains(help), "{text}: {found:?}");
    }
}

#[test]
fn phases_and_deliverables_are_those_of_the_workflow() {
    let text = "[[workflow]]\nid = \"standard-orchestration\"\nbegins = \"5\"";
    let config = parse(text).unwrap();
    let failure = config.check_phases(&config.workflows[0], &builtin()).unwrap_err();
    let (place, _, help) = pointed(failure);
    assert_eq!(place, "\"5\"");
    assert_eq!(help, "known here: `0`, `1`, `2`, `2.5`, `3` and `4`");
    let config = parse("[deliverables]\napi-doc = [\"docs/api.md\"]").unwrap();
    let failure = config.check_deliverables([&builtin()].into_iter()).unwrap_err();
    let (place, why, help) = pointed(failure);
    assert_eq!((place.as_str(), why.as_str()), ("api-doc", "unknown deliverable `api-doc`"));
    assert_eq!(help, "did you mean `api-docs`?");
}

#[test]
fn two_configurations_are_none() {
    let one = Memory::default().with("a/gatecheck.toml", "");
    let two = one.with("a/.config/gatecheck.toml", "");
    let mut request = Request::new(date(2026, 6, 1));
    request.start = RepoPath::new("a/b");
    let failure = engine::check(&two, &request).unwrap_err();
    assert!(failure.why.contains("a/gatecheck.toml and a/.config/gatecheck.toml"), "{failure}");
}

/// A project in a folder of the repository that follows a workflow of its own.
#[test]
fn a_run_follows_the_configuration() {
    let flow = r#"
schema = 1
id = "small"
root = "plan"
[[phase]]
id = "draft"
[[phase.deliverable]]
id = "idea"
paths = ["idea.md"]
[[phase]]
id = "build"
[[phase.deliverable]]
id = "log"
paths = ["log.md"]
[[phase.deliverable]]
id = "guide"
paths = ["guide.md"]
"#;
    let settings = r#"
exclude = ["notes/"]
[[workflow]]
file = "flow.toml"
roots = ["x/plan"]
begins = "build"
[deliverables]
guide = ["docs/*.md"]
"#;
    let source = Memory::default()
        .with("apps/shop/gatecheck.toml", settings)
        .with("apps/shop/flow.toml", flow)
        .with("apps/shop/docs/guide.md", "# Guide\n\nTurn it on.\n")
        .with("apps/shop/x/plan/log.md", "# Log\n\nBuilt.\n");
    let mut request = Request::new(date(2026, 6, 1));
    request.start = RepoPath::new("apps/shop/docs");
    let report = engine::check(&source, &request).unwrap();
    let gates: Vec<GateVerdict> = report.workflows[0].gates.iter().map(|one| one.verdict).collect();
    assert_eq!(report.workflows[0].root.as_str(), "apps/shop/x/plan");
    assert_eq!(gates, [GateVerdict::Skipped, GateVerdict::Holds], "{:?}", report.findings);
    let unmapped = source.clone().without("apps/shop/docs/guide.md");
    let report = engine::check(&unmapped, &request).unwrap();
    assert_eq!(report.findings[0].rule, "missing-deliverable");
    let unread = source.with("apps/shop/flow.toml", "schema = 1");
    assert!(engine::check(&unread, &request).unwrap_err().why.contains("`id` is missing"));
}

#[test]
fn an_exception_without_its_terms_has_no_effect() {
    let day = date(2026, 6, 1);
    let holds = |text: &str| parse(text).unwrap().waivers[0].holds(day);
    assert!(holds(WAIVER));
    for term in
        ["reason = \"the portal comes later\"", "owner = \"Robin Meyer\"", "expires = 2026-09-30"]
    {
        assert!(!holds(&WAIVER.replace(term, "")), "{term}");
    }
    assert!(!holds(&WAIVER.replace("Robin Meyer", " TBD. ")));
    assert!(!holds(&WAIVER.replace("subject = \"api-docs\"", "")));
    let config = parse(&WAIVER.replace("owner = \"Robin Meyer\"", "")).unwrap();
    assert_eq!(config.waivers[0].terms.lacks(), [Lack::Owner]);
    let waiver = &parse(WAIVER).unwrap().waivers[0];
    assert!(waiver.holds(date(2026, 9, 30)) && !waiver.holds(date(2026, 10, 1)));
}

/// The configuration shown in the README can be used as it stands.
#[test]
fn the_documented_configuration_is_right() {
    let page = include_str!("../../README.md");
    let rest = page.split_once("```toml").expect("an example").1;
    let text = rest.split_once("```").expect("its end").0;
    let rules: Vec<&str> = gatecheck::rules::all().map(|rule| rule.id).collect();
    let config = config::parse(file("gatecheck.toml", text), RepoPath::default(), &rules);
    let config = config.unwrap_or_else(|failure| panic!("{failure}\n{text}"));
    assert_eq!((config.workflows.len(), config.waivers.len(), config.levels.len()), (1, 1, 2));
    assert!(config.waivers[0].holds(date(2026, 12, 31)));
}

#[test]
fn what_features_own_is_read_and_mistakes_are_shown() {
    let config =
        parse("shared = [\"a.lock\"]\n[features.auth]\npaths = [\"src/auth/\"]\n").unwrap();
    assert_eq!(config.shared[0].value.written, "a.lock");
    assert_eq!(config.features["auth"].value.paths[0].value.written, "src/auth/");
    for (text, why, at) in [
        ("[features.auth]\n", "`auth` has neither paths nor branches", "auth"),
        ("[features.auth]\npath = []\n", "unknown key `path`", "path"),
        ("shared = [\"/etc\"]\n", "`/etc` is no path pattern", "\"/etc\""),
        ("[features.auth]\nbranches = [\"{\"]\n", "`{` is no path pattern", "\"{\""),
    ] {
        let (place, told, _) = pointed(parse(text).unwrap_err());
        assert!(told.starts_with(why), "{told}");
        assert_eq!(place, at, "{text}");
    }
}

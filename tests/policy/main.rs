//! Workflow files: what they can say, and how their mistakes are shown.

mod config;
mod loosening;
mod paths;

use gatecheck::base::{Failure, RepoPath};
use gatecheck::workflow::{self, Pattern, Per, PolicyFile, Workflow, builtins};
use proptest::prelude::*;

const RULES: &[&str] = &["missing-deliverable", "empty-section"];

fn file(path: &str, text: &str) -> PolicyFile {
    PolicyFile { path: RepoPath::new(path), text: text.to_owned() }
}

/// Parses a workflow file, with others beside it that it may extend.
fn parse_with(text: &str, others: &[(&str, &str)]) -> Result<Workflow, Failure> {
    let mut load = |path: &RepoPath| {
        let found = others.iter().find(|(known, _)| *known == path.as_str());
        let (path, text) = found.ok_or_else(|| Failure::new("cannot read", path, ""))?;
        Ok(file(path, text))
    };
    workflow::parse(file("flows/own.toml", text), RULES, &mut load)
}

fn parse(text: &str) -> Result<Workflow, Failure> {
    parse_with(text, &[])
}

fn builtin() -> Workflow {
    let file = PolicyFile::builtin("standard-orchestration").unwrap();
    workflow::parse(file, RULES, &mut |path| Err(Failure::new("no file", path, ""))).unwrap()
}

/// A workflow that is right, to be broken in one place.
const SMALL: &str = r#"
schema = 1
id = "small"
root = "plan"

[[role]]
id = "owner"

[[phase]]
id = "draft"

[[phase.deliverable]]
id = "idea"
kind = "stories"
paths = ["idea.md"]

[[phase.deliverable.part]]
id = "why"
names = ["why"]

[[phase]]
id = "build"
after = ["draft"]

[[phase.deliverable]]
id = "log"
paths = ["build/{feature}.md"]
per = "feature"
"#;

/// The failure of [`SMALL`] with one text replaced: the place it points at, why, and the help.
fn broken(find: &str, replace: &str) -> (String, String, String) {
    assert_eq!(SMALL.matches(find).count(), 1, "{find}");
    pointed(parse(&SMALL.replace(find, replace)).unwrap_err())
}

fn pointed(failure: Failure) -> (String, String, String) {
    let place = failure.place.expect("a place");
    (place.span.of(&place.text).to_owned(), failure.why, failure.help)
}

#[test]
fn every_mistake_is_shown_where_it_stands() {
    let cases = [
        ("root = ", "rot = ", "rot", "unknown key `rot`", "did you mean `root`?"),
        ("\"stories\"", "\"storys\"", "\"storys\"", "unknown word `storys`", "`stories`"),
        ("[\"draft\"]", "[\"drift\"]", "\"drift\"", "unknown phase `drift`", "`draft`"),
        ("\"build\"", "\"draft\"", "\"draft\"", "two phases of one file", "another id"),
        ("\"log\"", "\"idea\"", "\"idea\"", "two deliverables of one file", "another id"),
        ("{feature}", "{featrue}", "\"build/{featrue}.md\"", "unknown capture", "`feature`"),
        ("{feature}", "{feature", "\"build/{feature.md\"", "`{` is never closed", "path"),
        ("\"idea.md\"", "\"/idea.md\"", "\"/idea.md\"", "starts at `/`", "path"),
        ("\"idea.md\"", "\"../idea.md\"", "\"../idea.md\"", "no folder", "path"),
        ("\"idea.md\"", "", "\"idea\"", "has no paths", "add `paths"),
        ("\"idea.md\"", "\"*.md\"", "\"*.md\"", "holds `*`", "proposed"),
        ("{feature}", "log", "\"build/log.md\"", "the same for every feature", "proposed"),
        ("schema = 1", "schema = 2", "2", "schema 2 is not known", "schema 1"),
        ("schema = 1", "", "", "the key `schema` is missing", "add `schema"),
        ("\"plan\"", "\"..\"", "\"..\"", "no folder below", "`.work`"),
        ("[\"why\"]", "[\"✅\"]", "\"✅\"", "no letter or digit", "word"),
        ("[\"why\"]", "[]", "\"why\"", "has no names", "names"),
        ("per = \"feature\"", "per = { role = [\"ower\"] }", "\"build/{feature}.md\"", "", ""),
        ("root = \"plan\"", "", "\"small\"", "names no root", "`root"),
        (
            "[[role]]",
            "[levels]\nempty-sectoin = \"off\"\n[[role]]",
            "empty-sectoin",
            "unknown rule `empty-sectoin`",
            "did you mean `empty-section`?",
        ),
        (
            "[[role]]",
            "[levels]\nempty-section = \"fatal\"\n[[role]]",
            "\"fatal\"",
            "unknown word `fatal`",
            "known here: `off`",
        ),
    ];
    for (find, replace, place, why, help) in cases {
        let found = broken(find, replace);
        assert_eq!(found.0, place, "{replace}: {found:?}");
        assert!(found.1.contains(why) && found.2.contains(help), "{replace}: {found:?}");
    }
}

#[test]
fn roles_and_duties_that_are_named_must_exist() {
    let path = "paths = [\"{role}.md\"]";
    let text =
        SMALL.replace("paths = [\"idea.md\"]", &format!("{path}\nper = {{ role = [\"ownr\"] }}"));
    let (place, why, help) = pointed(parse(&text).unwrap_err());
    assert_eq!((place.as_str(), why.as_str()), ("\"ownr\"", "unknown role `ownr`"));
    assert_eq!(help, "did you mean `owner`?");
    let within = "within = [{ deliverable = \"ideas\", names = [\"log\"] }]";
    let (place, why, _) = pointed(parse(&format!("{SMALL}{within}")).unwrap_err());
    assert_eq!((place.as_str(), why.as_str()), ("\"ideas\"", "unknown deliverable `ideas`"));
}

#[test]
fn phases_must_be_able_to_fail_and_to_begin() {
    let circle = SMALL.replace("id = \"draft\"\n", "id = \"draft\"\nafter = [\"build\"]\n");
    let (place, why, _) = pointed(parse(&circle).unwrap_err());
    assert_eq!(place, "\"build\"");
    assert_eq!(why, "the phases `draft` and `build` wait for each other");
    let (place, why, _) =
        pointed(parse(&format!("{SMALL}[[phase]]\nid = \"ship\"\n")).unwrap_err());
    assert_eq!(place, "\"ship\"");
    assert!(why.contains("no deliverable"));
    let failure = parse("schema = 1\nid = \"x\"\nroot = \"x\"\n").unwrap_err();
    assert!(failure.why.contains("no phases"));
}

#[test]
fn the_order_of_phases_follows_what_they_wait_for() {
    let text = SMALL.replace("id = \"draft\"\n", "id = \"draft\"\nafter = [\"build\"]\n");
    let text = text.replace("\nafter = [\"draft\"]", "\nafter = []");
    let found = parse(&text).unwrap();
    assert_eq!(
        found.phases.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(),
        ["build", "draft"]
    );
    assert_eq!(found.phases[1].after, [0]);
}

#[test]
fn the_builtin_workflow_is_whole() {
    assert_eq!(builtins().next(), Some("standard-orchestration"));
    let workflow = builtin();
    let phases: Vec<&str> = workflow.phases.iter().map(|phase| phase.id.as_str()).collect();
    assert_eq!(phases, ["0", "1", "2", "2.5", "3", "4"]);
    assert_eq!(workflow.before(5), [0, 1, 2, 3, 4]);
    let order = workflow.phases[3].order;
    assert_eq!(order.span.of(&workflow.file(order).text), "\"2\"");
    assert!(workflow.vocabulary.none.len() >= 20);
    assert_eq!(workflow::builtin_root("standard-orchestration"), Some(&*workflow.root));
    for (_, _, one) in workflow.deliverables() {
        let place = one.place.span.of(&workflow.file(one.place).text);
        assert_eq!(place, format!("\"{}\"", one.paths[0].written));
        assert_eq!(
            one.per == Per::Feature,
            one.paths[0].written.contains("{feature}") && !one.optional
        );
    }
}

#[test]
fn a_file_changes_what_it_extends() {
    let child = r#"
schema = 1
id = "own"
title = "Our way"
extends = "base.toml"
remove = ["log", "idea.why"]

[vocabulary]
none = ["keine"]

[levels]
empty-section = "warn"

[[phase]]
id = "draft"
[[phase.deliverable]]
id = "idea"
paths = ["thoughts.md"]
[[phase.deliverable.part]]
id = "cost"
names = ["What it costs"]

[[phase]]
id = "build"
[[phase.deliverable]]
id = "diary"
paths = ["diary.md"]

[[phase]]
id = "ship"
[[phase.deliverable]]
id = "notes"
paths = ["notes.md"]
"#;
    let found = parse_with(child, &[("flows/base.toml", SMALL)]).unwrap();
    assert_eq!((&*found.id, &*found.title, &*found.root), ("own", "Our way", "plan"));
    let ids: Vec<String> = found.deliverables().map(|(.., one)| one.id.clone()).collect();
    assert_eq!(ids, ["idea", "diary", "notes"]);
    assert_eq!(found.phases[2].after, [1], "a new phase follows the last one");
    assert_eq!(found.vocabulary.none, ["keine"]);
    assert_eq!(found.levels["empty-section"].0, gatecheck::base::Level::Warn);
    let idea = &found.phases[0].deliverables[0];
    assert_eq!(idea.kind, gatecheck::workflow::Kind::Stories, "what is not stated stays");
    assert_eq!(idea.parts.iter().map(|part| part.id.as_str()).collect::<Vec<_>>(), ["cost"]);
    assert_eq!(idea.parts[0].names, ["what it costs"]);
    assert_eq!(found.path_of(idea.place).as_str(), "flows/own.toml");
    assert_eq!(found.path_of(found.phases[0].place).as_str(), "flows/base.toml");
}

#[test]
fn a_builtin_can_be_extended() {
    let child = "schema = 1\nid = \"ours\"\nextends = \"standard-orchestration\"\nremove = [\"4\", \"wireframes\"]";
    let found = parse(child).unwrap();
    assert_eq!(found.root, ".work");
    assert!(found.phase("4").is_none() && found.phase("3").is_some());
    let flows = found.deliverables().find(|(.., one)| one.id == "user-flows").unwrap().2;
    assert!(flows.within.is_empty(), "a duty that is gone fulfills no other");
}

#[test]
fn a_removed_phase_leaves_the_order_whole() {
    let child =
        "schema = 1\nid = \"ours\"\nextends = \"standard-orchestration\"\nremove = [\"2.5\"]";
    let found = parse(child).unwrap();
    let (three, two) = (found.phase("3").unwrap(), found.phase("2").unwrap());
    assert_eq!(found.phases[three].after, [two]);
}

#[test]
fn what_cannot_be_extended_is_shown() {
    let child = |extends: &str| format!("schema = 1\nid = \"x\"\nextends = \"{extends}\"");
    let (place, why, help) = pointed(parse(&child("standard")).unwrap_err());
    assert_eq!((place.as_str(), why.as_str()), ("\"standard\"", "unknown workflow `standard`"));
    assert!(help.contains("standard-orchestration"));
    let (place, why, _) = pointed(parse(&child("own.toml")).unwrap_err());
    assert_eq!((place.as_str(), why.as_str()), ("\"own.toml\"", "`own.toml` extends itself"));
    let around = [("flows/b.toml", &*child("own.toml"))];
    assert!(parse_with(&child("b.toml"), &around).unwrap_err().why.contains("extends itself"));
    assert!(
        parse(&child("../../out.toml")).unwrap_err().why.contains("no path of this repository")
    );
    assert_eq!(parse(&child("gone.toml")).unwrap_err().what, "cannot read");
    let empties = child("base.toml") + "\nremove = [\"log\"]";
    let (place, why, help) =
        pointed(parse_with(&empties, &[("flows/base.toml", SMALL)]).unwrap_err());
    assert_eq!(place, "\"log\"");
    assert!(why.contains("`build` is left with no deliverable") && help.contains("`build`"));
    let removes = child("base.toml") + "\nremove = [\"lgo\"]";
    let (place, why, help) =
        pointed(parse_with(&removes, &[("flows/base.toml", SMALL)]).unwrap_err());
    assert_eq!(place, "\"lgo\"");
    assert!(why.contains("is nothing that this file extends") && help.contains("`log`"));
}

#[test]
fn bytes_that_are_no_policy_are_refused() {
    let read = |bytes: &[u8]| PolicyFile::read(&RepoPath::new("x.toml"), bytes.to_vec());
    assert!(read(b"a\xff").unwrap_err().why.contains("byte 1 is not UTF-8"));
    assert!(read(&vec![b'#'; PolicyFile::LIMIT + 1]).unwrap_err().why.contains("are the most"));
    assert_eq!(read("\u{feff}id".as_bytes()).unwrap().text, "id");
    for text in ["", "\0", "schema", "[[phase]]", "schema = 1\nschema = 1", &"[".repeat(100_000)] {
        let failure = parse(text).unwrap_err();
        assert!(failure.place.is_some() && !failure.help.is_empty(), "{text:.20}: {failure:?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_readers_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survive(bytes);
    }

    /// Right files with something wrong in the middle reach further than noise does.
    #[test]
    fn no_damage_makes_the_readers_panic(at in 0..SMALL.len(), cut in 0..40_usize, text in ".{0,12}") {
        let end = SMALL.len().min(at + cut);
        survive([&SMALL.as_bytes()[..at], text.as_bytes(), &SMALL.as_bytes()[end..]].concat());
    }

    #[test]
    fn no_pattern_and_path_panic(pattern in "[a*{}/.A]{0,20}", path in "[aA/.b]{0,30}") {
        if let Ok(pattern) = Pattern::parse(&pattern) {
            let captures = pattern.matches(&path).unwrap_or_default();
            let again = pattern.expected(&captures);
            prop_assert!(pattern.is_open() || pattern.matches(&path).is_none() || again.to_lowercase() == path.to_lowercase());
            pattern.near(&captures, &path);
        }
    }
}

fn survive(bytes: Vec<u8>) {
    if let Ok(file) = PolicyFile::read(&RepoPath::new("x.toml"), bytes) {
        let _ = gatecheck::config::parse(file.clone(), RepoPath::default(), RULES);
        let _ = workflow::parse(file, RULES, &mut |path| Err(Failure::new("no file", path, "")));
    }
}

/// The example in the documentation of the format is a workflow.
#[test]
fn the_documented_example_is_right() {
    let page = include_str!("../../rules/README.md");
    let examples: Vec<&str> =
        page.split("```toml").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let whole: Vec<&&str> = examples.iter().filter(|text| text.contains("schema = 1")).collect();
    assert_eq!(whole.len(), 2, "a workflow of its own and one that extends another");
    for text in whole {
        let found = parse(text).unwrap_or_else(|failure| panic!("{failure}\n{text}"));
        assert!(!found.phases.is_empty());
    }
}

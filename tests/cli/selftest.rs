//! Whether the rules would speak, as people and programs read it.

use crate::project::{complete, json, plain, ran};
use crate::scratch::Scratch;

#[test]
fn every_rule_is_listed_with_its_outcome() {
    let scratch = complete();
    scratch.write("gatecheck.toml", "[levels]\ndead-link = \"off\"\n").commit("Policy");
    let (status, out, error) = ran(plain(&scratch.root, &["selftest"]));
    assert_eq!((status, &*error), (0, ""), "{out}");
    assert!(out.starts_with(".work (standard-orchestration) in working tree\n"), "{out}");
    assert!(out.contains("  ✓ missing-deliverable "), "{out}");
    let off = "cannot fire here: it is switched off in gatecheck.toml";
    assert!(out.lines().any(|line| line.contains("· dead-link ") && line.ends_with(off)), "{out}");
    assert!(out.contains(" cannot fire here, every rule that can find something does"), "{out}");

    let json_of_head = ["selftest", "--rev", "HEAD", "--format", "json"];
    let (status, out, _) = ran(plain(&scratch.root, &json_of_head));
    assert_eq!(status, 0);
    let test = json(&out);
    assert_eq!((&test["schema"], &test["verdict"]), (&1.into(), &"holds".into()));
    let rules = test["rules"].as_array().unwrap();
    let of = |id: &str| rules.iter().find(|one| one["id"] == id).unwrap();
    assert_eq!(of("dead-link")["outcome"], "cannot-fire");
    assert_eq!(of("dead-link")["why"], "it is switched off in gatecheck.toml");
    assert_eq!(of("self-signed")["outcome"], "fired");
    assert_eq!(of("self-signed")["path"], ".work/validation/sign-offs/product-manager.md");
    assert_eq!(scratch.git(&["status", "--porcelain"]), "");
}

#[test]
fn without_a_project_nothing_is_tried() {
    let scratch = Scratch::new();
    let (status, out, error) = ran(plain(&scratch.root, &["selftest"]));
    assert_eq!((status, &*out), (2, ""));
    assert!(error.contains("nothing to check"), "{error}");
    scratch.write("gatecheck.toml", "levles = 1\n");
    let (status, _, error) = ran(plain(&scratch.root, &["selftest"]));
    assert_eq!(status, 2);
    assert!(error.contains("did you mean `levels`?"), "{error}");
}

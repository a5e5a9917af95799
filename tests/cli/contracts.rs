//! What every feature promises, gathered from the documents of the design.

use serde_json::Value;

use crate::project::{INTERFACE, plain, uncommitted};

fn contracts(scratch: &crate::scratch::Scratch, arguments: &[&str]) -> Value {
    let all = [&["contracts", "--format", "json"], arguments].concat();
    let output = plain(&scratch.root, &all).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn contracts_are_gathered_by_feature_with_every_place() {
    let scratch = uncommitted();
    let all = contracts(&scratch, &[]);
    let all = all["contracts"].as_array().unwrap();
    let of = |feature: &str| all.iter().filter(|one| one["feature"] == feature).count();
    assert!(of("Accounts") > 0 && of("Catalog") > 0 && of("") == 0, "{all:#?}");
    assert!(all.iter().all(|one| one["places"].as_array().unwrap().len() == 2), "{all:#?}");
    assert!(all.iter().all(|one| one.get("differences").is_none()), "{all:#?}");
    let event = all.iter().find(|one| one["method"] == "EVENT").unwrap();
    assert_eq!(event["path"], "member.suspended");
    let login = all.iter().find(|one| one["path"] == "/api/sessions").unwrap();
    assert_eq!(login["method"], "POST");
    assert_eq!(login["request"]["shape"], "{email: string, password: string}");
    assert_eq!(login["response"]["status"], 201);
    let codes = login["errors"].as_array().unwrap().iter().map(|case| case["code"].clone());
    assert_eq!(codes.collect::<Vec<_>>(), ["400", "401", "423"]);
}

#[test]
fn one_feature_is_shown_alone_and_an_unknown_one_is_an_error() {
    let scratch = uncommitted();
    let one = contracts(&scratch, &["--feature", "catalog"]);
    let one = one["contracts"].as_array().unwrap();
    assert!(!one.is_empty() && one.iter().all(|one| one["feature"] == "Catalog"));
    let unknown = plain(&scratch.root, &["contracts", "--feature", "catalgo"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
    let said = String::from_utf8(unknown.stderr).unwrap();
    assert!(said.contains("did you mean Catalog?"), "{said}");
}

#[test]
fn a_field_that_differs_between_two_documents_is_shown() {
    let scratch = uncommitted();
    let path = scratch.root.join(INTERFACE);
    let text = std::fs::read_to_string(&path).unwrap();
    let changed =
        text.replacen("password: string, displayName", "password: integer, displayName", 1);
    scratch.write(INTERFACE, changed);
    let output = plain(&scratch.root, &["contracts"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.matches("stated differently").count(), 1, "{said}");
    assert!(said.contains("request field password is string in"), "{said}");
    assert!(said.contains("INTERFACE-accounts.md:8"), "{said}");
}

#[test]
fn inspect_shows_contracts_of_any_document_with_their_places() {
    let scratch = uncommitted();
    scratch.write("notes.md", "# Notes\n\nGET /api/x - {a} → 200 {b: int} (no auth)\n");
    for kind in [&[][..], &["--as", "evidence"]] {
        let all = [&["inspect", "notes.md"], kind].concat();
        let output = plain(&scratch.root, &all).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("     3 │ GET /api/x"), "{said}");
        assert!(said.contains("response: 200 {b: integer}"), "{said}");
    }
}

#[test]
fn inspect_shows_the_contracts_of_an_openapi_document() {
    let scratch = uncommitted();
    let yaml = "openapi: 3.0.0\npaths:\n  /api/x:\n    get:\n      responses:\n        '200':\n          \
                description: ok\n";
    let json = r#"{"openapi": "3.0.0", "paths": {"/api/x": {"get": {"responses": {"200": {}}}}}}"#;
    for (path, text) in [("api.yaml", yaml), ("api.JSON", json)] {
        scratch.write(path, text);
        let output = plain(&scratch.root, &["inspect", "--format", "json", path]).output().unwrap();
        let said: Value = serde_json::from_slice(&output.stdout).unwrap();
        let all = &said["documents"][0]["contracts"];
        assert_eq!(
            (&all[0]["method"], &all[0]["path"]),
            (&"GET".into(), &"/api/x".into()),
            "{said}"
        );
    }
}

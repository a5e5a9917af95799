//! What the extractors find in small projects that are written like real ones.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

use std::fs;

use gatecheck::code;
use gatecheck::engine::{self, Request};
use gatecheck::source::Memory;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sample {
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    routes: Vec<String>,
    #[serde(default)]
    tables: Vec<String>,
    file: Vec<File>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    path: String,
    text: String,
}

/// What is read from some files, as the samples write it: routes, tables.
fn read(files: &[File]) -> (Vec<String>, Vec<String>) {
    let source = files
        .iter()
        .fold(Memory::default(), |source, file| source.with(&file.path, file.text.clone()));
    let today = "2026-06-01".parse().expect("a date");
    let code = engine::code(&source, &Request::new(today)).expect("code");
    let begin = |whole: bool| if whole { "" } else { "…" };
    let routes = code.routes.iter().map(|one| {
        format!("{} {}{} {}:{}", one.method, begin(one.whole), one.path, one.file, one.line)
    });
    let tables = code.tables.iter().map(|one| format!("{} {}:{}", one.name, one.file, one.line));
    let (mut routes, mut tables): (Vec<_>, Vec<_>) = (routes.collect(), tables.collect());
    routes.sort();
    tables.sort();
    (routes, tables)
}

#[test]
fn every_sample_gives_exactly_what_it_declares() {
    let mut wrong = Vec::new();
    for file in fs::read_dir("fixtures/code").expect("fixtures/code").flatten() {
        let path = file.path();
        let name = path.display();
        let text = fs::read_to_string(&path).expect("a sample");
        let mut sample: Sample =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (routes, tables) = read(&sample.file);
        sample.routes.sort();
        sample.tables.sort();
        for (found, expected) in [(routes, sample.routes), (tables, sample.tables)] {
            let missing = expected.iter().filter(|one| !found.contains(one));
            wrong.extend(missing.map(|one| format!("{name}: missing  {one}")));
            let invented = found.iter().filter(|one| !expected.contains(one));
            wrong.extend(invented.map(|one| format!("{name}: invented {one}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_read_is_named_with_the_reason() {
    let line = format!("app.get(\"/x\", h);{}", " ".repeat(20_000));
    let source = Memory::default()
        .with("src/app.js", "const app = express();\napp.get(\"/kept\", h);\n")
        .with("src/bundle.js", format!("const app = express();{line}"))
        .with("src/large.js", "app.get(\"/x\", h); // express\n".repeat(50_000))
        .with("src/wide.js", "a\0p\0p\0");
    let code = engine::code(&source, &Request::new("2026-06-01".parse().expect("a date")));
    let code = code.expect("code");
    let unread: Vec<String> =
        code.unread.iter().map(|one| format!("{}: {}", one.file, one.why)).collect();
    let expected = [
        "src/bundle.js: a tool wrote it in one long line",
        "src/large.js: it is larger than 1 MiB",
        "src/wide.js: it is no text",
    ];
    assert_eq!(unread, expected);
    let routes: Vec<&str> = code.routes.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(routes, ["/kept"]);
}

#[test]
fn every_extractor_has_a_sample() {
    let (extractors, _) = code::builtin().expect("extractors");
    let missing: Vec<&str> = extractors
        .iter()
        .map(|one| &*one.id)
        .filter(|id| !fs::exists(format!("fixtures/code/{id}.toml")).unwrap_or(false))
        .collect();
    assert!(missing.is_empty(), "no sample in fixtures/code: {missing:?}");
}

//! Judges a generated history.

use gatecheck::engine::{self, Request};
use gatecheck::project::Project;
use gatecheck::report::ReportFinding;
use gatecheck::source::Memory;

use crate::plant::Planted;
use crate::world::World;
use crate::write::Files;

/// A design, agreed; then what was built, with what the design says by now.
pub fn history(then: &Files, now: &Files, evidence: &Files) -> Memory {
    let agreed = tree(&[then]).committed("0a9eed0000000001");
    let built = tree(&[now, evidence]).after(&agreed).committed("0b0170000000002");
    tree(&[now, evidence]).after(&built)
}

fn tree(parts: &[&Files]) -> Memory {
    let files = parts.iter().flat_map(|files| files.iter());
    files.fold(Memory::default(), |tree, (path, text)| tree.with(path, text.as_bytes()))
}

fn request() -> Request {
    Request::new("2026-06-01".parse().expect("a date"))
}

/// What the gates say, each with its place.
pub fn findings(source: &Memory) -> Vec<String> {
    let told = |one: &ReportFinding| {
        let place = one.place.as_ref().map(|place| place.excerpt.join(" / ")).unwrap_or_default();
        format!("{} [{}] {}: {} | {place}", one.level.word(), one.rule, one.path, one.message)
    };
    // One commit brings everything that was built, so that nothing says whose work is whose.
    let all = reported(source);
    all.iter().filter(|one| one.rule != "unattributed-work").map(told).collect()
}

pub fn reported(source: &Memory) -> Vec<ReportFinding> {
    engine::check(source, &request()).expect("a verdict").findings
}

/// What a product holds and its documents are not understood to say.
pub fn unread(source: &Memory, world: &World) -> Vec<String> {
    let projects = engine::projects(source, &request()).expect("a project");
    let [project] = &projects[..] else { return vec!["not one project".to_owned()] };
    let read: Vec<String> = stated(project);
    let mut unread = Vec::new();
    for feature in &world.features {
        let subjects = feature
            .endpoints
            .iter()
            .map(|one| one.name())
            .chain(feature.events.iter().map(|one| one.name.clone()))
            .chain(feature.tables.iter().map(|one| one.name.clone()))
            .chain(feature.types.iter().map(|one| one.name.clone()));
        for subject in subjects {
            let known = read.iter().any(|one| {
                one.split(' ').eq(subject.split(' ')) || one.ends_with(&format!(" {subject}"))
            });
            if !known {
                unread.push(format!("{}: {subject} not among {read:?}", feature.name));
            }
        }
    }
    unread
}

fn stated(project: &Project) -> Vec<String> {
    let plain = |text: String| {
        let mut out = String::new();
        for part in text.split('/') {
            let part = if part.starts_with([':', '{']) { "{id}" } else { part };
            if !out.is_empty() {
                out.push('/');
            }
            out += part;
        }
        out
    };
    project.contracts().map(|one| plain(one.contract.subject.to_string())).collect()
}

/// A word of a message or a sign as both are compared: parameters of paths have no name.
pub fn word(word: &str) -> String {
    let word = word.to_lowercase();
    let parts = word.split('/').map(|part| match part.chars().next() {
        Some(':' | '{' | '<') => "{}",
        _ => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The words of a finding.
pub fn words(finding: &ReportFinding) -> Vec<String> {
    // Who should have reported it is not what it is about.
    let (message, who) =
        finding.message.split_once("no evidence").unwrap_or((&finding.message, ""));
    let rest = who.split_once("reports it").map_or("", |(_, rest)| rest);
    let text = format!("{message} {rest} {}", finding.subject);
    let is_mark = |c: char| !c.is_alphanumeric() && !"_/{}:.*-<>".contains(c);
    let pieces = text.split(is_mark).map(|one| one.trim_matches([':', '.', '-']));
    let mut words: Vec<String> = Vec::new();
    for piece in pieces.filter(|one| !one.is_empty()) {
        words.push(word(piece));
        if !piece.contains('/') {
            words.extend(piece.split('.').map(word));
        }
    }
    words
}

/// Whether a finding is known to be about a planted change, and by how many words.
pub fn about(words: &[String], planted: &Planted) -> Option<usize> {
    let known = planted.signs.iter().filter(|sign| sign.iter().all(|one| words.contains(one)));
    known.map(Vec::len).max()
}

/// Keeps the documents of a failure where they can be looked at, if that is asked for.
pub fn keep(number: usize, what: &str, files: &Files, evidence: &Files) {
    let Ok(folder) = std::env::var("PLANTED_KEEP") else { return };
    for (path, text) in files.iter().chain(evidence) {
        let path = std::path::Path::new(&folder).join(format!("{number} {what}")).join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
        std::fs::write(path, text).expect("a new file");
    }
}

//! Documents that try to do harm, in every format: none of them becomes anything but text, and
//! what programs read stays readable for their parsers.

use std::collections::HashSet;

use crate::formats::{PLAIN, json};
use crate::sample;

use gatecheck::base::{Failure, RepoPath};
use gatecheck::render::{self, Format, Look};
use gatecheck::report::{Report, Standing};
use pulldown_cmark::{Event, Options, Parser, Tag};
use quick_xml::XmlVersion;
use quick_xml::events::Event as Xml;
use serde_json::Value;

const FORMATS: [Format; 9] = [
    Format::Human,
    Format::Concise,
    Format::Json,
    Format::Github,
    Format::Sarif,
    Format::Junit,
    Format::Gitlab,
    Format::Summary,
    Format::Agent,
];

/// Texts that mean something to one of the readers.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        sample::HOSTILE,
        "::error file=a,line=1::pwn\n::stop-commands::tok\r\n  ::add-mask::x\u{85}::warning::y",
        "##[error]a ##[group]b ##vso[task.setvariable]c #\u{200b}#[x]",
        "<script>alert(1)</script><img src=x onerror=y></details></code><!-- a --><![CDATA[",
        "]]> & &amp; &#x3c; \u{0}\u{b}\u{c}\u{fffe}\u{ffff} \" ' </failure></testsuites>",
        "[a](https://evil.example) ![b](https://evil.example/x.png) <https://evil.example> [0](0)",
        "https://evil.example www.evil.example x@evil.example @everyone #1 org/repo#2 :rocket: $x$",
        "a | b \\| c || `d` **e** ~~f~~ _g_\n\n# h\n\n- i\n\n```\nj\n```\n\n| k |\n| - |\n[^1]: l",
        "50% off: a,b::c%0A::error::%25 'q' \"r\" {0} {{1}} %SRCROOT%",
        "../../etc/passwd?x#y%2e .work/é 漢字 \u{fffd}.md",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push(format!("{}\u{1b}{}", "long ".repeat(3_000), "x".repeat(20_000)));
    texts
}

/// The report with this text in the place of every text that somebody else writes.
fn report(text: &str) -> Report {
    let mut report = sample::report();
    let put = |into: &mut String| text.clone_into(into);
    put(&mut report.source);
    report.notes.iter_mut().for_each(put);
    for workflow in &mut report.workflows {
        workflow.id = text.to_owned();
        workflow.title = text.to_owned();
        workflow.agreements.iter_mut().for_each(|one| put(&mut one.why));
        for gate in &mut workflow.gates {
            put(&mut gate.title);
            gate.phase.push_str(text);
            gate.because.iter_mut().for_each(put);
            for deliverable in &mut gate.deliverables {
                put(&mut deliverable.title);
                for duty in &mut deliverable.duties {
                    duty.subject.iter_mut().for_each(put);
                    duty.path = RepoPath::new(text);
                }
            }
        }
    }
    for finding in &mut report.findings {
        put(&mut finding.message);
        put(&mut finding.help);
        put(&mut finding.subject);
        finding.path = RepoPath::new(text);
        finding.workflow = text.to_owned();
        finding.phase.iter_mut().for_each(|phase| phase.push_str(text));
        finding.promises = vec![text.to_owned()];
        finding.place.iter_mut().for_each(|place| place.excerpt = vec![text.to_owned()]);
        for related in &mut finding.related {
            put(&mut related.message);
            related.path = RepoPath::new(text);
        }
        if let Standing::Waived(reason) = &mut finding.standing {
            put(reason);
        }
    }
    report
}

#[test]
fn no_format_lets_hostile_text_through() {
    for text in texts() {
        let failure = Failure::new(&text, &text, &text);
        for format in FORMATS {
            for look in [PLAIN, Look { verbose: true, waived: true, ..PLAIN }] {
                assert_harmless(&render::report(&report(&text), format, look), format);
            }
            assert_harmless(&render::failure_in(&failure, format), format);
        }
        let colored = Look { color: true, verbose: true, waived: false };
        let colored = render::report(&report(&text), Format::Human, colored);
        let bare = without_colors(&colored);
        assert_ne!(bare, colored, "colors are there when asked for");
        assert_harmless(&bare, Format::Human);
        assert_harmless(&render::failure(&failure, false), Format::Human);
    }
}

/// Nothing that a terminal or a runner acts on, also after a reader took it apart.
fn assert_harmless(text: &str, format: Format) {
    let mut texts = vec![text.to_owned()];
    match format {
        Format::Json => strings(&json(text), &mut texts),
        Format::Sarif => sarif(&json(text), &mut texts),
        Format::Gitlab => gitlab(&json(text), &mut texts),
        Format::Junit => junit(text, &mut texts),
        Format::Summary => summary(text),
        Format::Agent => assert!(text.chars().count() <= 8_000, "{}", text.len()),
        Format::Human | Format::Concise | Format::Github => {}
    }
    for text in texts {
        for line in text.lines() {
            let command = format == Format::Github && is_annotation(line);
            assert!(command || !line.trim_start().starts_with("::"), "{format:?}: {line}");
        }
        assert!(!text.contains("##[") && !text.contains("##vso["), "{format:?}");
        let bad = |c: &char| {
            c.is_control() && *c != '\n'
                || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert_eq!(text.chars().find(bad), None, "{format:?}");
    }
}

fn sarif(log: &Value, texts: &mut Vec<String>) {
    strings(log, texts);
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let mut keys = HashSet::new();
    let mut locations: Vec<&Value> = Vec::new();
    for result in results {
        let key = &result["partialFingerprints"]["primaryLocationLineHash"];
        assert!(keys.insert(key), "{key}");
        assert_short(&result["message"]["text"], 1_250);
        assert!(!result["message"].to_string().contains("]("), "a link: {result}");
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        locations.extend(result["locations"].as_array().unwrap());
        locations.extend(result["relatedLocations"].as_array().into_iter().flatten());
    }
    for location in locations {
        assert!(!location["message"].to_string().contains("]("), "a link: {location}");
        let place = &location["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let path = uri.strip_prefix("file://").unwrap_or(uri);
        let plain = |c: char| c.is_ascii_alphanumeric() || "/._-%".contains(c);
        assert!(path.chars().all(plain), "{uri}");
        assert!(place["region"]["startLine"].as_u64() >= Some(1), "{place}");
    }
    for rule in run["tool"]["driver"]["rules"].as_array().unwrap() {
        assert_short(&rule["fullDescription"]["text"], 1_024);
        assert_short(&rule["help"]["text"], 1_024);
    }
}

fn assert_short(text: &Value, limit: usize) {
    let text = text.as_str().unwrap();
    assert!(!text.is_empty() && text.chars().count() <= limit, "{text}");
}

fn gitlab(violations: &Value, texts: &mut Vec<String>) {
    strings(violations, texts);
    let mut keys = HashSet::new();
    for violation in violations.as_array().unwrap() {
        assert!(keys.insert(&violation["fingerprint"]), "{violation}");
        let severity = violation["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "blocker"].contains(&severity), "{severity}");
        assert_short(&violation["description"], 1_250);
        assert!(violation["location"]["lines"]["begin"].as_u64() >= Some(1), "{violation}");
    }
}

/// Reads the document to its end, with the elements that are known and the counts that are true.
fn junit(text: &str, texts: &mut Vec<String>) {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut cases, mut said) = (0, None);
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Xml::Start(element) | Xml::Empty(element) => {
                let name = element.name().as_ref().to_owned();
                let known = ["testsuites", "testsuite", "testcase", "failure", "error", "skipped"];
                assert!(known.contains(&&*name) || name == "system-out", "{name}");
                cases += usize::from(name == "testcase");
                for attribute in element.attributes() {
                    let attribute = attribute.unwrap();
                    let value =
                        attribute.normalized_value(XmlVersion::default()).unwrap().into_owned();
                    if (&*name, attribute.key.as_ref()) == ("testsuites", "tests") {
                        said = value.parse().ok();
                    }
                    texts.push(value);
                }
            }
            Xml::Text(text) => texts.push(text.xml10_content().into_owned()),
            Xml::End(_) | Xml::Decl(_) | Xml::GeneralRef(_) => {}
            Xml::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(said, Some(cases));
    let allowed = |c: char| c == '\n' || c >= ' ' && !('\u{fffe}'..='\u{ffff}').contains(&c);
    assert!(text.chars().all(allowed));
}

/// Our own markup and nothing else, as GitHub reads it.
fn summary(text: &str) {
    assert!(text.len() < 1_000_000, "{}", text.len());
    assert!(text.starts_with("## ✗ gatecheck"), "{text}");
    for sign in ["@", "://", "www.", "`", "$", "~~", ":rocket:"] {
        assert!(!text.contains(sign), "{sign}: {text}");
    }
    for row in text.lines().filter(|line| line.starts_with('|')) {
        let bars = row.matches('|').count();
        assert_eq!(bars, 6, "{row}");
    }
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(
                Tag::Heading { .. }
                | Tag::Paragraph
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell
                | Tag::List(None)
                | Tag::Item
                | Tag::Strong
                | Tag::HtmlBlock,
            )
            | Event::End(_)
            | Event::Text(_)
            | Event::SoftBreak => {}
            Event::InlineHtml(tag) => {
                assert!(["<br>", "<code>", "</code>"].contains(&&*tag), "{tag}");
            }
            Event::Html(tag) => {
                let own = "<details><summary>2 warnings and 2 notes</summary>\n";
                assert!([own, "</details>\n"].contains(&&*tag), "{tag}");
            }
            other => panic!("{other:?}: {text}"),
        }
    }
}

/// A command of ours: known, with properties that hold no separator of their own.
fn is_annotation(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("::") else { return false };
    let Some((head, _)) = rest.split_once("::") else { return false };
    let Some((command, properties)) = head.split_once(' ') else { return false };
    ["error", "warning", "notice"].contains(&command)
        && properties.split(',').all(|property| {
            property.split_once('=').is_some_and(|(key, value)| {
                ["file", "line", "endLine", "col", "endColumn", "title"].contains(&key)
                    && !value.contains(':')
            })
        })
}

fn strings(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(text) => out.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, out)),
        Value::Object(map) => map.values().for_each(|item| strings(item, out)),
        _ => {}
    }
}

fn without_colors(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (code, rest) = part.split_once('m').unwrap();
        assert!(code.chars().all(|c| c.is_ascii_digit() || "[;".contains(c)), "{code:?}");
        out.push_str(rest);
    }
    out
}

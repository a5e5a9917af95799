//! The files that evidence says were created, changed or written as tests (S2.13).
//!
//! A path counts where a heading, a label or a column announces such files, and only where it
//! opens its line: what a sentence mentions further on may be a file that is gone, a route, an
//! output.

mod suites;
#[cfg(test)]
mod tests;

use memchr::memrchr;

use crate::base::Span;
use crate::base::words::{holds, normalize};
use crate::facts::{BlockKind, Code, DocumentFacts, NamedPath, SectionId};
use crate::model::phrases::{List, flat, has_any, listed, one_of, words};

/// A file that evidence claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// The path as written, without a line number behind it.
    pub span: Span,
    /// It holds tests, by its name or by what announces it.
    pub test: bool,
}

/// What a heading, label or column announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Announced {
    Files,
    Tests,
    /// Files that need not be there: removed, planned, logs.
    Gone,
}

/// Reads the files that a document claims to exist. A bare name without a folder is no path from
/// the root of a repository, so nobody can be held to it.
pub fn read(facts: &DocumentFacts) -> Vec<NamedFile> {
    let mut found: Vec<NamedFile> = Vec::new();
    let mut reader = Reader { facts, block: u32::MAX, reached: 0, closed: false };
    for path in &facts.paths {
        let opens = reader.opens_line(path);
        let span = without_line_number(facts, path.span);
        let text = facts.text_of(span);
        if !opens || !text.contains('/') || !is_repository_path(text) {
            continue;
        }
        let announced = announced(facts, path);
        if let Some(Announced::Files | Announced::Tests) = announced {
            let test = announced == Some(Announced::Tests) || is_test(text);
            found.push(NamedFile { span, test });
        }
    }
    for code in &facts.codes {
        let announced = by_sections(facts, code.section);
        if announced == Some(Announced::Gone) {
            continue;
        }
        let listed = listing(facts, code);
        let under = |span: &Span| suites::lists(facts, code.section, facts.text_of(*span));
        if announced.is_some() || listed.iter().all(under) {
            let test = |span| announced != Some(Announced::Files) || is_test(facts.text_of(span));
            found.extend(listed.into_iter().map(|span| NamedFile { span, test: test(span) }));
        }
    }
    found.sort_by_key(|file| file.span);
    found
}

/// The paths of a block of code that is a list of them, one on each line, and nothing else.
fn listing(facts: &DocumentFacts, code: &Code) -> Vec<Span> {
    let mut start = code.body.start;
    let mut found = Vec::new();
    for line in facts.text_of(code.body).split_inclusive('\n') {
        let (path, indent) = (line.trim(), line.len() - line.trim_start().len());
        let from = start + indent as u32;
        start += line.len() as u32;
        if path.is_empty() {
            continue;
        }
        if path.contains(char::is_whitespace) || !path.contains('/') || !is_repository_path(path) {
            return Vec::new();
        }
        found.push(Span { start: from, end: from + path.len() as u32 });
    }
    found
}

/// Whether a document names any test file at all that is not only meant to be written.
pub fn lists_tests(facts: &DocumentFacts, within: Span) -> bool {
    let inside = facts.paths.iter().filter(|path| within.covers(path.span));
    let mut named = inside.filter(|path| {
        let text = facts.text_of(path.span);
        is_test(text) && !text.contains("://") && is_file(text)
    });
    named.any(|path| !is_planned(facts, path))
        || facts.codes.iter().filter(|code| within.covers(code.span)).any(|code| {
            facts
                .text_of(code.body)
                .split_whitespace()
                .any(|word| word.contains('.') && is_test(word))
        })
}

/// Whether the line around a path says that the file is still to come.
fn is_planned(facts: &DocumentFacts, path: &NamedPath) -> bool {
    const PLANNED: &List = listed!(
        "will be written|will be added|will be created|will be implemented|will follow|will come|\
        will go|will live|will write|will add|to be written|to be added|to be created|\
        to be implemented|to follow|written later|added later|created later|later in|not written|\
        not yet|not created|planned|todo|tbd"
    );
    let (start, end) = (path.span.start as usize, path.span.end as usize);
    let from = facts.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = facts.text[end..].find('\n').map_or(facts.text.len(), |at| end + at);
    has_any(&flat(&facts.text[from..to]), PLANNED)
}

/// Whether a path ends in the name of a file. A folder lists nothing that anybody could look for.
fn is_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// Whether a path is that of a test, by its name or a folder of it.
fn is_test(path: &str) -> bool {
    // Most paths hold none of these in any form.
    if !["test", "spec", "e2e", "cypress"].iter().any(|part| holds(path, part)) {
        return false;
    }
    let words = flat(&split_camel(path));
    let stem = ["test", "tests", "spec", "specs", "e2e", "cypress"];
    words.split(' ').any(|word| stem.contains(&word))
}

/// `AuthServiceTest.java` as `Auth Service Test.java`.
fn split_camel(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    let mut lower = false;
    for c in path.chars() {
        if c.is_uppercase() && lower {
            out.push(' ');
        }
        lower = c.is_lowercase() || c.is_ascii_digit();
        out.push(c);
    }
    out
}

/// Whether a path may be one of a file that the repository keeps.
fn is_repository_path(path: &str) -> bool {
    const OUTPUT: &List = listed!(
        "log|logs|output|outputs|coverage|dist|build|target|out|node_modules|tmp|\
        temp|screenshots|test-results|playwright-report|artifacts|.git|.cache|.next|vendor"
    );
    const KINDS: &List = listed!("log|png|jpg|jpeg|gif|mp4|webm|pdf|zip|trace|tmp|out|lock");
    let rooted = path.starts_with(['/', '~', '@', '$', '%', '\\']) || path.contains(':');
    let of_template = |byte: u8| {
        matches!(
            byte,
            b'*' | b'{' | b'}' | b'<' | b'>' | b'[' | b']' | b'$' | b'%' | b'#' | b'?' | b'|'
        )
    };
    let templated = path.bytes().any(of_template)
        || !path.is_ascii() && path.contains('…')
        || path.as_bytes().windows(2).any(|pair| pair == b"XX")
        || path.as_bytes().windows(3).any(|dots| dots == b"...");
    let name = memrchr(b'/', path.as_bytes()).map_or(path, |slash| &path[slash + 1..]);
    let kind = memrchr(b'.', name.as_bytes()).map_or("", |dot| &name[dot + 1..]);
    let local = name == ".env" || name.starts_with(".env.") && !name.ends_with("example");
    if kind.is_empty() || rooted || templated || local {
        return false;
    }
    let lower = path.to_lowercase();
    let mut folders = lower.split('/');
    let kind = memrchr(b'.', lower.as_bytes()).map_or("", |dot| &lower[dot + 1..]);
    !folders.any(|part| one_of(OUTPUT, part)) && !one_of(KINDS, kind)
}

/// `src/a.rs:12-45` names `src/a.rs`.
fn without_line_number(facts: &DocumentFacts, span: Span) -> Span {
    let text = facts.text_of(span);
    let end = match text.rsplit_once(':') {
        Some((path, lines)) if lines.starts_with(|c: char| c.is_ascii_digit()) => path.len(),
        _ => text.len(),
    };
    Span { start: span.start, end: span.start + end as u32 }
}

/// Follows the paths of each block to tell those that open their line from those in a sentence.
struct Reader<'f> {
    facts: &'f DocumentFacts,
    block: u32,
    /// Up to where the block holds nothing but paths and marks.
    reached: u32,
    /// A sentence has begun.
    closed: bool,
}

impl Reader<'_> {
    fn opens_line(&mut self, path: &NamedPath) -> bool {
        const MARKS: &List = listed!(
            "new|created|create|modified|modify|added|add|updated|update|changed|\
            file|files|test|tests|and|unit|integration|contract|edge|cases|e2e|x|written"
        );
        if self.block != path.block {
            let block = &self.facts.blocks[path.block as usize];
            let first = self.facts.inlines.get(block.inlines.0 as usize);
            let start = first.map_or(block.span.start, |inline| inline.span.start);
            (self.block, self.reached, self.closed) = (path.block, start, false);
        }
        let before = Span { start: self.reached.min(path.span.start), end: path.span.start };
        let text = self.facts.text_of(before);
        if text.contains('\n') {
            self.closed = false;
        }
        let text = text.rsplit('\n').next().unwrap_or("");
        let renamed = text.contains('→') || text.contains("->");
        let words = flat(text);
        let plain = words.is_empty() || words.split(' ').all(|word| one_of(MARKS, word));
        self.closed |= !plain || renamed;
        self.reached = path.span.end;
        !self.closed && !self.is_gone(path.span)
    }

    /// Whether the rest of the line says that the file is not there any more, or not yet.
    fn is_gone(&self, path: Span) -> bool {
        let rest = &self.facts.text[path.end as usize..];
        let line = flat(rest.lines().next().unwrap_or(""));
        has_any(&line, GONE) || rest.trim_start_matches(['`', ' ']).starts_with(['→', '➜'])
    }
}

const GONE: &List = listed!(
    "removed|deleted|delete|renamed|moved|legacy|planned|deprecated|obsolete|\
    gitignored|ignored|untracked|not committed|not created|to be created|generated|superseded|\
    later|future|no longer|skipped|external|absent|missing"
);

/// What the innermost heading, label or column around a path announces.
fn announced(facts: &DocumentFacts, path: &NamedPath) -> Option<Announced> {
    let sections = by_sections(facts, path.section);
    if sections == Some(Announced::Gone) {
        return sections;
    }
    if facts.blocks[path.block as usize].kind == BlockKind::Cell {
        return by_column(facts, path, sections);
    }
    let label = facts.fields[..facts.fields.partition_point(|f| f.label.start < path.span.start)]
        .iter()
        .rev()
        .take(64)
        .find(|field| field.content.covers(path.span))
        .and_then(|field| {
            let gone = takes_away(&field.name).then_some(Announced::Gone);
            let tested = is_test(facts.text_of(path.span)) && one_of(SUITES, &field.name);
            let named = gone.or_else(|| names(&field.name, sections));
            named.or(tested.then_some(Announced::Tests))
        });
    label.or(sections).or_else(|| suites::holds(facts, path).then_some(Announced::Tests))
}

/// Labels and columns that stand for test files where a path of one is all they hold.
const SUITES: &List = listed!(
    "file|files|path|location|suite|suites|test suite|spec|script|test|tests|unit|unit tests|\
    unit test|integration|integration tests|integration test|contract|contract tests|\
    contract test|edge cases|edge case tests|e2e tests|written in"
);

/// The headings around a section, innermost first, up to one that announces files. The title of
/// the document announces nothing.
fn by_sections(facts: &DocumentFacts, section: SectionId) -> Option<Announced> {
    let mut at = Some(section);
    let mut found = None;
    let mut bare: Option<&str> = None;
    while let Some(id) = at {
        let section = facts.section(id);
        if section.level <= 1 {
            break;
        }
        if takes_away(&section.name) {
            return Some(Announced::Gone);
        }
        match names(&section.name, None) {
            Some(Announced::Gone) => return Some(Announced::Gone),
            announced => found = found.or(announced),
        }
        // "Created" below "Files".
        if let Some(below) = bare
            && has_any(&section.name, listed!("file|files"))
        {
            found = found.or_else(|| names(&format!("files {below}"), None));
        }
        bare = Some(&section.name);
        at = section.parent;
    }
    found
}

fn by_column(
    facts: &DocumentFacts,
    path: &NamedPath,
    sections: Option<Announced>,
) -> Option<Announced> {
    let after = facts.tables.partition_point(|table| table.span.start <= path.span.start);
    let table = facts.tables.get(after.checked_sub(1)?)?;
    let columns = table.columns.max(1) as usize;
    let cell = table.cells.partition_point(|cell| cell.start <= path.span.start).checked_sub(1)?;
    let header = normalize(facts.text_of(*table.header().get(cell % columns)?));
    let row = table.row(cell / columns);
    if row.iter().any(|cell| has_any(&flat(facts.text_of(*cell)), GONE)) {
        return Some(Announced::Gone);
    }
    names(&header, sections).or_else(|| {
        let plain = matches!(&*header, "file" | "files" | "path" | "file path" | "filename");
        // "| src/a.ts | created |" below "Files", which says by itself nothing of what became of them.
        let worked = plain && row.iter().any(|cell| is_work(facts.text_of(*cell)));
        let tested = is_test(facts.text_of(path.span)) && one_of(SUITES, &header);
        let by_row =
            if tested { Some(Announced::Tests) } else { worked.then_some(Announced::Files) };
        sections.filter(|_| plain).or(by_row)
    })
}

/// Whether a cell says that somebody made or changed a file.
fn is_work(cell: &str) -> bool {
    one_of(listed!("created|new|added|modified|updated|changed|written"), &flat(cell))
}

/// Whether a name announces what is there no more: "Removed", "Deleted files".
fn takes_away(name: &str) -> bool {
    const AWAY: &List =
        listed!("removed|deleted|deletions|removals|dropped|renamed|moved|retired|replaced");
    const WITH: &List = listed!("file|files|and|or|test|tests|code|source|scripts|old|legacy");
    words(name).any(|word| one_of(AWAY, word))
        && words(name).all(|word| one_of(AWAY, word) || one_of(WITH, word))
}

/// What a name announces. Below a heading that announces files, a label "File" does too.
fn names(name: &str, around: Option<Announced>) -> Option<Announced> {
    const WORK: &List = listed!(
        "created|modified|added|changed|updated|written|touched|edited|delivered|\
        new|source|implemented|implementation"
    );
    const TESTS: &List = listed!("test|tests|suite|suites|spec|specs");
    const HIDDEN: &List = listed!(
        "removed|deleted|legacy|planned|deprecated|obsolete|future|log|logs|output|\
        outputs|screenshots|proposed|unchanged|not|old|temporary|generated|reference|related|\
        configuration|architecture|read|reviewed"
    );
    let files = has_any(name, listed!("file|files|scripts"));
    let tests = has_any(name, TESTS);
    let work = has_any(name, WORK);
    if (files || work) && has_any(name, HIDDEN) {
        return Some(Announced::Gone);
    }
    match (files, tests, work) {
        (true, true, _) => Some(Announced::Tests),
        (true, false, true) => Some(Announced::Files),
        (false, true, true)
            if one_of(
                listed!("tests written|tests created|tests added|test suites written"),
                name,
            ) =>
        {
            Some(Announced::Tests)
        }
        (true, false, false) if one_of(listed!("file|files"), name) => around,
        _ => None,
    }
}

//! What the code declares, as it was read.

use serde::Serialize;

use super::json;
use super::sanitize::{Shown, inert};
use super::text::{Paint, pad, width};
use crate::base::words;

/// The routes and tables of one tree. Lines start at one.
#[derive(Debug, Default, Serialize)]
pub struct Declared {
    pub source: Shown,
    pub frameworks: Vec<Framework>,
    pub routes: Vec<Line>,
    pub tables: Vec<Line>,
    pub unread: Vec<Unread>,
}

/// A file that was not read.
#[derive(Debug, Serialize)]
pub struct Unread {
    pub file: Shown,
    /// As a clause.
    pub why: Shown,
}

/// What was read in the way of one extractor.
#[derive(Debug, Serialize)]
pub struct Framework {
    pub id: Shown,
    pub title: Shown,
    pub files: usize,
    pub routes: usize,
    pub tables: usize,
}

#[derive(Debug, Serialize)]
pub struct Line {
    /// A method, or `TABLE`.
    pub kind: Shown,
    pub name: Shown,
    /// Whether the whole path is known, or only how it ends.
    pub whole: bool,
    pub file: Shown,
    pub line: u32,
    pub framework: Shown,
}

#[derive(Serialize)]
struct Table<'d> {
    schema: u32,
    #[serde(flatten)]
    declared: &'d Declared,
}

pub fn json(declared: &Declared) -> String {
    json::write(&Table { schema: json::SCHEMA, declared })
}

/// One line for each, under the framework by which it was read.
pub fn render(declared: &Declared, color: bool) -> String {
    let paint = Paint(color);
    let mut out = String::new();
    for framework in &declared.frameworks {
        let files = words::count(framework.files, "file", "files");
        let before = if out.is_empty() { "" } else { "\n" };
        let title = paint.bold(framework.title.as_str());
        out.push_str(&format!("{before}{title} ({files} read)\n"));
        let own = |line: &&Line| line.framework == framework.title;
        let lines: Vec<&Line> =
            declared.routes.iter().chain(&declared.tables).filter(own).collect();
        let columns = lines.iter().map(|line| width(&shown(line))).max().unwrap_or(0).min(60);
        for line in &lines {
            let place = format!("{}:{}", line.file, line.line);
            out.push_str(&format!("  {}  {}\n", pad(&shown(line), columns), paint.path(&place)));
        }
        if lines.is_empty() {
            out.push_str("  nothing was found in them\n");
        }
    }
    if declared.frameworks.is_empty() {
        out.push_str("No file of a known framework is tracked here\n");
    }
    if !declared.unread.is_empty() {
        out.push_str(&format!("\n{}\n", paint.bold("Not read")));
    }
    for one in &declared.unread {
        out.push_str(&format!("  {}: {}\n", paint.path(one.file.as_str()), one.why));
    }
    inert(&out)
}

/// A path of which only the end is known begins with dots.
fn shown(line: &Line) -> String {
    let begin = if line.whole { "" } else { "…" };
    format!("{:6} {begin}{}", line.kind.as_str(), line.name)
}

//! The list of rules, and the page of one as readable text.

use serde::Serialize;

use super::json;
use super::page::caption;
use super::sanitize::inert;
use super::text::{Paint, pad, width, wrap};
use crate::base::{Level, words};
use crate::report::RuleNote;

/// One line for each rule: level, id, what it finds.
pub fn table(rules: &[(&str, RuleNote)], color: bool) -> String {
    let paint = Paint(color);
    let ids = rules.iter().map(|(id, _)| width(id)).max().unwrap_or(0);
    let mut out = String::new();
    for (id, rule) in rules {
        let level = paint.level(rule.level, rule.level.word());
        let promises = match rule.promises {
            [] => String::new(),
            promises => format!(" ({})", promises.join(", ")),
        };
        let taken = ids + 8;
        let summary = wrap(&format!("{}{promises}", rule.summary), taken, &" ".repeat(taken));
        out.push_str(&format!("{level}  {}  {summary}\n", pad(id, ids)));
    }
    let count = words::count(rules.len(), "rule", "rules");
    out.push_str(&format!("{count}; gatecheck explain RULE says more\n"));
    out
}

pub fn table_json(rules: &[(&str, RuleNote)]) -> String {
    let rules = rules.iter().map(|(id, rule)| RuleRow::of(id, rule, false)).collect();
    json::write(&RuleList { schema: json::SCHEMA, rules })
}

/// A rule's page, for reading in a terminal.
pub fn page(id: &str, rule: &RuleNote, color: bool) -> String {
    let paint = Paint(color);
    let mut out = String::new();
    let mut fence: Option<usize> = None;
    let mut paragraph: Vec<&str> = Vec::new();
    for line in rule.page.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if let Some(opened) = fence {
            if ticks >= opened && line.len() == ticks {
                fence = None;
            } else {
                out.push_str(format!("    │ {line}").trim_end());
                out.push('\n');
            }
            continue;
        }
        let plain = ticks < 3 && !line.starts_with('#') && !line.is_empty();
        let item = line.trim_start().starts_with("* ") || line.trim_start().starts_with("- ");
        if !plain || item {
            flow(&mut out, &mut paragraph);
        }
        if ticks >= 3 {
            fence = Some(ticks);
            let caption = caption(&line[ticks..]);
            if !caption.is_empty() {
                out.push_str(&paint.dim(&format!("    {caption}:\n")));
            }
        } else if let Some(title) = line.strip_prefix("# ") {
            let level = paint.level(rule.level, rule.level.word());
            let named = if title == id { title } else { id };
            out.push_str(&format!("{} ({level})\n", paint.bold(named)));
        } else if line.starts_with('#') {
            let title = line.trim_start_matches('#').trim();
            out.push_str(&format!("{}\n", paint.bold(title)));
        } else if line.is_empty() {
            if !out.ends_with("\n\n") {
                out.push('\n');
            }
        } else {
            paragraph.push(line);
        }
    }
    flow(&mut out, &mut paragraph);
    inert(&out)
}

/// Writes the lines of a paragraph as one, filled again.
fn flow(out: &mut String, paragraph: &mut Vec<&str>) {
    if paragraph.is_empty() {
        return;
    }
    let text = paragraph.join(" ");
    let indent = if text.starts_with("* ") || text.starts_with("- ") { "    " } else { "  " };
    out.push_str(&format!("  {}\n", wrap(&text, 2, indent)));
    paragraph.clear();
}

pub fn page_json(id: &str, rule: &RuleNote) -> String {
    json::write(&RulePage { schema: json::SCHEMA, rule: RuleRow::of(id, rule, true) })
}

#[derive(Serialize)]
struct RuleList<'r> {
    schema: u32,
    rules: Vec<RuleRow<'r>>,
}

#[derive(Serialize)]
struct RulePage<'r> {
    schema: u32,
    rule: RuleRow<'r>,
}

#[derive(Serialize)]
struct RuleRow<'r> {
    id: &'r str,
    level: Level,
    summary: &'r str,
    promises: &'r [&'r str],
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'r str>,
}

impl<'r> RuleRow<'r> {
    fn of(id: &'r str, rule: &'r RuleNote, whole: bool) -> Self {
        Self {
            id,
            level: rule.level,
            summary: rule.summary,
            promises: rule.promises,
            page: whole.then_some(rule.page),
        }
    }
}

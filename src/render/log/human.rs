//! The log for people, who read it in a terminal.

use super::{Change, Commit, Finding, GateName, Log, Past};
use crate::base::words;
use crate::render::Shown;
use crate::render::sanitize::{clipped, inert};
use crate::render::text::{Paint, pad, width, wrap};

/// The longest text of somebody else in a line, in characters.
const CLIP: usize = 160;
/// How many findings a change lists.
const LISTED: usize = 3;
/// Where the findings of a change stand.
const INDENT: &str = "      ";

pub fn render(log: &Log, color: bool) -> String {
    let paint = Paint(color);
    let names = Names::of(log);
    let mut parts = vec![format!("{}\n", wrap(&paint.bold(&title(log)), 0, "  "))];
    match log.by_gate {
        true => parts.extend(log.gates.iter().map(|gate| by_gate(log, gate, &names, paint))),
        false => {
            parts.extend(log.commits.iter().map(|commit| by_commit(commit, &names, paint)));
            parts.extend(closing(log, &names, paint));
        }
    }
    let notes =
        log.notes.iter().map(|note| format!("{}\n", wrap(&format!("note: {note}"), 0, "  ")));
    parts.extend(notes);
    inert(&parts.join("\n"))
}

fn title(log: &Log) -> String {
    let commits = words::count(log.examined.commits, "commit", "commits");
    match &log.after {
        Some(after) => format!("Gates in {commits} after {after} up to {}", log.source),
        None => format!("Gates in {commits} up to {}", log.source),
    }
}

/// How gates are called where only what tells them apart is said.
struct Names {
    iterations: bool,
    roots: bool,
    widest: usize,
}

impl Names {
    fn of(log: &Log) -> Self {
        let differ = |part: fn(&GateName) -> &Shown| {
            let mut all = log.gates.iter().map(|one| part(&one.gate));
            let first = all.next();
            all.any(|one| Some(one) != first)
        };
        let iterations = differ(|gate| &gate.iteration);
        let mut names = Self { iterations, roots: differ(|gate| &gate.root), widest: 0 };
        names.widest = log.gates.iter().map(|one| width(&names.name(&one.gate))).max().unwrap_or(0);
        names
    }

    /// `phase 1 Design`, with iteration and root where there are several.
    fn name(&self, gate: &GateName) -> String {
        let mut name = format!("phase {} {}", gate.phase, clipped(gate.title.as_str(), CLIP));
        if self.iterations {
            name.push_str(&format!(", iteration {}", gate.iteration));
        }
        if self.roots {
            name.push_str(&format!(", {}", gate.root));
        }
        name
    }
}

fn by_commit(commit: &Commit, names: &Names, paint: Paint) -> String {
    let mut out = format!("{}\n", head(commit, paint));
    if let Some(error) = &commit.error {
        out.push_str(&format!(
            "  {}\n",
            wrap(&format!("{} {error}", paint.bad("no verdict:")), 2, INDENT)
        ));
    } else if commit.changes.is_empty() && commit.policy.is_empty() {
        out.push_str("  judged again, and every gate is as it was before\n");
    }
    for change in &commit.changes {
        let name = pad(&names.name(&change.gate), names.widest);
        out.push_str(&format!("  {name}  {}\n", said(change, paint)));
        out.push_str(&findings(change, paint));
    }
    for finding in &commit.policy {
        out.push_str(&format!("  {}\n", told(finding, paint, 2)));
    }
    out
}

/// The line of a commit.
fn head(commit: &Commit, paint: Paint) -> String {
    let subject = clipped(commit.subject.as_str(), CLIP);
    let by = match commit.author.is_empty() {
        true => String::new(),
        false => paint.dim(&format!(" ({})", clipped(commit.author.as_str(), CLIP))),
    };
    format!("{} {} {subject}{by}", paint.path(commit.short.as_str()), commit.date)
}

/// What became of a gate, in a few words.
fn said(change: &Change, paint: Paint) -> String {
    let words = words_of(change.event);
    let words = match change.event {
        "first-held" | "held" | "held-again" => paint.good(words),
        "broke" | "fails" | "fails-by-more" | "gone" => paint.bad(words),
        _ => words.to_owned(),
    };
    match &change.because {
        Some(because) => format!("{words}: {}", clipped(because.as_str(), CLIP)),
        None => words,
    }
}

fn words_of(event: &str) -> &str {
    match event {
        "first-held" => "first held",
        "held" => "holds",
        "held-again" => "held again",
        "fails-by-more" => "fails by more",
        "not-judged" => "begun, not judged",
        "not-started" => "not begun any more",
        "gone" => "not there any more",
        other => other,
    }
}

fn findings(change: &Change, paint: Paint) -> String {
    let mut out = String::new();
    for (all, mark) in [(&change.findings, "by"), (&change.repaired, "without")] {
        for finding in all.iter().take(LISTED) {
            out.push_str(&format!("    {mark} {}\n", told(finding, paint, 5 + mark.len())));
        }
        if all.len() > LISTED {
            out.push_str(&format!("    {mark} {} more\n", all.len() - LISTED));
        }
    }
    out
}

/// A finding after so many columns of its first line.
fn told(finding: &Finding, paint: Paint, first: usize) -> String {
    let Finding { rule, message, path, line, .. } = finding;
    let place = match line {
        Some(line) => format!("{path}:{line}"),
        None => path.to_string(),
    };
    let message = clipped(message.as_str(), CLIP);
    let text = format!("{rule}: {message}");
    format!("{}\n{INDENT}{}", wrap(&text, first, INDENT), paint.path(&place))
}

/// How each gate stands in the end.
fn closing(log: &Log, names: &Names, paint: Paint) -> Option<String> {
    let stand = log.gates.iter().filter(|one| one.verdict.is_some_and(|one| one != "not-started"));
    let lines: Vec<String> = stand
        .map(|gate| {
            let name = pad(&names.name(&gate.gate), names.widest);
            format!("  {name}  {}\n", standing(log, gate, paint))
        })
        .collect();
    let title = paint.bold(&format!("As of {}", log.source));
    (!lines.is_empty()).then(|| format!("{title}\n{}", lines.concat()))
}

/// Since when a gate stands as it does, and what it was before.
fn standing(log: &Log, gate: &Past, paint: Paint) -> String {
    let verdict = gate.verdict.unwrap_or("gone");
    let mut said = match verdict {
        "holds" => paint.good(verdict),
        "fails" | "gone" => paint.bad(verdict),
        _ => words_of(verdict).to_owned(),
    };
    let named = |id: &Shown| {
        let commit = log.commits.iter().find(|commit| commit.commit == *id);
        commit.map(|commit| format!("{} ({})", commit.short, commit.date))
    };
    match gate.since.as_ref() {
        Some(since) => {
            said.push_str(&named(since).map(|one| format!(" since {one}")).unwrap_or_default());
        }
        None => said.push_str(" since before"),
    }
    if let Some(first) =
        gate.first_held.as_ref().filter(|first| Some(*first) != gate.since.as_ref())
    {
        said.push_str(&named(first).map(|one| format!(", first held {one}")).unwrap_or_default());
    }
    match gate.broke {
        0 => {}
        1 => said.push_str(", broke once"),
        times => said.push_str(&format!(", broke {times} times")),
    }
    said
}

fn by_gate(log: &Log, gate: &Past, names: &Names, paint: Paint) -> String {
    let name = names.name(&gate.gate);
    let mut out = format!("{}: {}\n", paint.bold(&name), standing(log, gate, paint));
    for commit in &log.commits {
        for change in commit.changes.iter().filter(|one| one.gate == gate.gate) {
            out.push_str(&format!("  {}\n", head(commit, paint)));
            out.push_str(&format!("    {}\n", said(change, paint)));
            out.push_str(&findings(change, paint));
        }
        if let Some(error) = &commit.error {
            let error = format!("{} {error}", paint.bad("no verdict:"));
            out.push_str(&format!("  {}\n    {}\n", head(commit, paint), wrap(&error, 4, INDENT)));
        }
    }
    out
}

//! The report for people: findings by gate, the board of gates, the verdict in one sentence.

use super::sanitize::{clean, clipped, inert};
use super::text::{Paint, width, wrap};
use super::{Look, gates, snippet};
use crate::base::{Level, RepoPath, words};
use crate::report::{Place, Report, ReportFinding, Standing, Verdict};

/// The longest message that is shown whole, in characters.
const CLIP: usize = 600;
/// How many related places are shown with their lines.
const SHOWN: usize = 2;
/// Up to how many promises are told in a sentence each.
const TOLD: usize = 2;

pub fn render(report: &Report, look: Look) -> String {
    let paint = Paint(look.color);
    let mut out = String::new();
    for group in gates::groups(report) {
        let title = group.title(report);
        if !title.is_empty() {
            let line = "─".repeat(width(&title));
            out.push_str(&format!("{}\n{}\n\n", paint.bold(&title), paint.dim(&line)));
        }
        for finding in &group.findings {
            match finding.level {
                Level::Deny | Level::Warn => out.push_str(&whole(report, finding, look)),
                Level::Note | Level::Off => out.push_str(&line(finding, paint)),
            }
        }
        if group.findings.last().is_some_and(|finding| finding.level < Level::Warn) {
            out.push('\n');
        }
    }
    if report.verdict != Verdict::NotDue || look.verbose {
        let board = gates::board(report, paint);
        out.push_str(&board);
        if !board.is_empty() {
            out.push('\n');
        }
    }
    out.push_str(&remarks(report, look));
    let verdict = wrap(&gates::verdict(report), 2, "  ");
    out.push_str(&match report.verdict {
        Verdict::Holds => format!("{} {verdict}\n", paint.good("✓")),
        Verdict::Fails => format!("{} {verdict}\n", paint.bad("✗")),
        Verdict::NotDue | Verdict::None => format!("{verdict}\n"),
    });
    inert(&out)
}

/// A finding with its lines, its cause and what to do about it.
fn whole(report: &Report, finding: &ReportFinding, look: Look) -> String {
    let paint = Paint(look.color);
    let name = format!("{}[{}]", finding.level.word(), finding.rule);
    let taken = width(&name) + 2;
    let message = wrap(&clipped(&finding.message, CLIP), taken, "    ");
    let mut out = format!("{}  {}\n", paint.level(finding.level, &name), paint.bold(&message));
    out.push_str(&format!("  --> {}\n", at(&finding.path, finding.place.as_ref(), paint)));
    if let Some(place) = &finding.place {
        out.push_str(&snippet::draw(place, finding.level, paint.0));
    }
    for (index, related) in finding.related.iter().enumerate() {
        let message = clipped(&related.message, CLIP);
        let place = at(&related.path, related.place.as_ref(), paint);
        let taken = 8 + width(&plainly(&related.path, related.place.as_ref()));
        out.push_str(&format!("  see {place}: {}\n", wrap(&message, taken, "      ")));
        if let Some(place) = related.place.as_ref().filter(|_| index < SHOWN) {
            out.push_str(&snippet::draw(place, Level::Note, paint.0));
        }
    }
    let mut say = |label: &str, text: &str| {
        let taken = 7 + label.len();
        let text = wrap(&clipped(text, CLIP), taken, &" ".repeat(taken));
        out.push_str(&format!("   = {} {text}\n", paint.bold(&format!("{label}:"))));
    };
    if !finding.help.is_empty() {
        say("help", &finding.help);
    }
    match &finding.promises[..] {
        [] => {}
        [only] => say("promise", &told(report, only)),
        some if some.len() <= TOLD => {
            let told: Vec<String> = some.iter().map(|id| told(report, id)).collect();
            say("promises", &told.join("; "));
        }
        many => say("promises", &words::list(many)),
    }
    if look.verbose && finding.can_be_waived() {
        say("subject", &finding.subject);
    }
    if report.rules.get(finding.rule).is_none_or(|note| !note.page.is_empty()) {
        say("explain", &format!("gatecheck explain {}", finding.rule));
    }
    out.push('\n');
    out
}

/// A promise by its id, with its sentence.
fn told(report: &Report, id: &str) -> String {
    match report.promises.get(id) {
        Some(sentence) => format!("{id}, {sentence}"),
        None => id.to_owned(),
    }
}

/// A finding on one line, for what needs no more room.
fn line(finding: &ReportFinding, paint: Paint) -> String {
    let name = format!("{}[{}]", finding.level.word(), finding.rule);
    let place = at(&finding.path, finding.place.as_ref(), paint);
    let plain = plainly(&finding.path, finding.place.as_ref());
    let taken = width(&name) + width(&plain) + 4;
    let message = wrap(&clipped(&finding.message, CLIP), taken, "    ");
    format!("{}  {place}: {message}\n", paint.level(finding.level, &name))
}

/// What was not counted and what could not be judged.
fn remarks(report: &Report, look: Look) -> String {
    let paint = Paint(look.color);
    let mut out = String::new();
    for uncounted in gates::uncounted(report) {
        let hint = if look.verbose { ":" } else { " (check -v lists them)" };
        out.push_str(&format!("{}\n", wrap(&format!("{uncounted}{hint}"), 0, "  ")));
    }
    for finding in report.findings.iter().filter(|_| look.verbose) {
        let why = match &finding.standing {
            Standing::Counted => continue,
            Standing::Later => "later".to_owned(),
            Standing::Waived(reason) => format!("waived: {}", clipped(reason, CLIP)),
            Standing::Known => "known".to_owned(),
        };
        out.push_str(&format!("  {}", line(finding, paint)));
        out.push_str(&format!("    {}\n", paint.dim(&wrap(&why, 4, "    "))));
    }
    for note in &report.notes {
        let note = wrap(&clipped(note, CLIP), 6, "      ");
        out.push_str(&format!("{} {note}\n", paint.bold("note:")));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn at(path: &RepoPath, place: Option<&Place>, paint: Paint) -> String {
    paint.path(&plainly(path, place))
}

/// `path:line:column`, or the path alone.
pub fn plainly(path: &RepoPath, place: Option<&Place>) -> String {
    let path = clean(path.as_str());
    match place {
        Some(place) => format!("{path}:{}:{}", place.start.line, place.start.column),
        None => path.into_owned(),
    }
}

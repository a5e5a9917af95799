//! The ledger as Markdown, for the text of a pull request.
//!
//! What it quotes was written by anybody: none of it may become markup, mention somebody, refer
//! to an issue, or link to another site.

use super::rows::{Row, remedy, tables};
use super::{Ledger, Ledgers, Only, Place};
use crate::render::markdown::text;
use crate::render::sanitize::{clipped, inert};
use crate::render::{agreements, paths};

/// The longest text of a document in a cell, in characters.
const CLIP: usize = 200;

pub fn render(ledgers: &Ledgers) -> String {
    let mut out = Vec::new();
    for ledger in &ledgers.workflows {
        let title = format!("{} ({}) in {}", ledger.root, ledger.id, ledgers.source);
        let only = ledgers.only.title();
        out.push(format!("### Ledger of {}\n", text(&format!("{title}{only}"))));
        out.push(body(ledger, &ledgers.only));
    }
    inert(&out.join("\n"))
}

fn body(ledger: &Ledger, only: &Only) -> String {
    let mut out = String::new();
    let mut paragraph = |said: &str| out.push_str(&format!("{}\n\n", text(said)));
    let agreed = agreements::sentences(&ledger.agreements, ledger.several);
    agreed.iter().for_each(|one| paragraph(one));
    ledger.obstacles().into_iter().for_each(&mut paragraph);
    for table in tables(ledger) {
        out.push_str(&format!("#### {}\n\n", text(&table.title)));
        out.push_str(&format!("| {} | Where | Reported by | Resolution |\n", table.first));
        out.push_str("| --- | --- | --- | --- |\n");
        table.rows.iter().for_each(|one| out.push_str(&row(one)));
        out.push('\n');
    }
    if !ledger.updates.is_empty() {
        out.push_str("#### Contract updates in the integration report\n\n");
        for update in &ledger.updates {
            let title = text(&clipped(update.title.as_str(), CLIP));
            let doubt = if update.called_for { "" } else { " (**no deviation calls for it**)" };
            out.push_str(&format!("- {title}, {}{doubt}\n", link(&update.place)));
        }
        out.push('\n');
    }
    for said in [ledger.closing(only), remedy(ledger)].into_iter().flatten() {
        out.push_str(&format!("{}\n\n", text(&said)));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn row(row: &Row<'_>) -> String {
    let what = text(&clipped(row.what.as_str(), CLIP));
    let mut told = vec![if row.told.is_empty() { what } else { format!("**{what}**") }];
    told.extend(row.told.iter().map(|told| text(&clipped(told.as_str(), CLIP))));
    let place = |(label, place): &(&str, &Place)| match *label {
        "in" => link(place),
        label => format!("{label} {}", link(place)),
    };
    let places: Vec<String> = row.places.iter().map(place).collect();
    let mut reported: Vec<String> = Vec::new();
    for (told, place) in &row.reporters {
        let told = text(&clipped(told, CLIP));
        reported.push(place.map_or(told.clone(), |place| format!("{told}, {}", link(place))));
    }
    if reported.is_empty() {
        reported.push("**nobody**".to_owned());
    }
    let resolved = match row.resolution {
        Some(one) => format!("{}, {}", text(row.resolved()), link(&one.place)),
        None => format!("**{}**", row.resolved()),
    };
    let cells = [told.join("<br>"), places.join("<br>"), reported.join("<br>"), resolved];
    format!("| {} |\n", cells.join(" | "))
}

/// The name of a document with the line, as a link from the top of the repository.
fn link(place: &Place) -> String {
    let name = place.path.as_str().rsplit('/').next().unwrap_or_default();
    let target = paths::encoded(place.path.as_str());
    match place.line {
        Some(line) => format!("[{}:{line}]({target}#L{line})", text(name)),
        None => format!("[{}]({target})", text(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_stay_in_the_repository() {
        let place = Place { path: "a b/javascript:x)|.md".into(), line: Some(3) };
        let link = link(&place);
        assert_eq!(link, "[javascript&#58;x)&#124;.md:3](a%20b/javascript%3Ax%29%7C.md#L3)");
    }
}

use jiff::civil;

use super::day;
use crate::base::Level;
use crate::base::words::few;
use crate::finding::Finding;
use crate::model::dates::Date;
use crate::model::records::Risks;
use crate::project::{Artifact, DutyState, Project};
use crate::rules::{Check, Rule};
use crate::workflow::{Deliverable, Rhythm};

pub static RULE: Rule = Rule {
    id: "report-missing",
    summary: "work went on for a day or a week that no report covers",
    promises: &["S4.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/report-missing.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    let days: Vec<civil::Date> =
        project.handoffs().iter().filter_map(|one| civil(one.date()?)).collect();
    let (Some(&first), Some(&last)) = (days.iter().min(), days.iter().max()) else { return };
    for (phase, index, deliverable) in project.workflow.deliverables() {
        let Some(rhythm) = deliverable.every else { continue };
        let missed = project
            .due(0, phase)
            .iter()
            .any(|duty| duty.deliverable == index && !matches!(duty.state, DutyState::Done(_)));
        let reports: Vec<&Artifact> = project
            .artifacts
            .iter()
            .filter(|one| one.deliverable == Some((phase, index)) && one.facts().is_some())
            .collect();
        // A report that nobody owes is asked for where there is one.
        let Some(&nearest) = reports.first().filter(|_| !missed) else { continue };
        let covered = covered(project, &reports, rhythm);
        let first = covered.iter().copied().chain([period(first, rhythm)]).min();
        let Some(first) = first else { continue };
        let open: Vec<civil::Date> = due(first, period(last, rhythm), rhythm)
            .into_iter()
            .filter(|one| !covered.contains(one))
            .collect();
        out.extend(finding(deliverable, rhythm, nearest, &open).map(|one| one.gate(0, phase)));
    }
}

fn finding(
    deliverable: &Deliverable,
    rhythm: Rhythm,
    nearest: &Artifact,
    open: &[civil::Date],
) -> Option<Finding> {
    let named: Vec<String> = open
        .iter()
        .map(|day| match rhythm {
            Rhythm::Day => day.to_string(),
            Rhythm::Week => {
                let week = day.iso_week_date();
                format!("week {} ({day} and after)", week.week())
            }
        })
        .collect();
    (!named.is_empty()).then(|| {
        let message = format!("no {} covers {}", deliverable.title, few(&named, 3));
        let facts = nearest.facts().map(|facts| facts.beginning());
        let finding = match facts {
            Some(span) => Finding::at(&nearest.path, span, message),
            None => Finding::about(&nearest.path, message),
        };
        finding
            .help("write the report that is missing; its day stands in its name or its date")
            .subject(format!("{} missing", deliverable.id))
            .members(named)
    })
}

fn civil(Date(year, month, day): Date) -> Option<civil::Date> {
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    let (Ok(year), Ok(month), Ok(day)) = parts else { return None };
    civil::Date::new(year, month, day).ok()
}

/// The first day of the day or week that a day is part of.
fn period(day: civil::Date, rhythm: Rhythm) -> civil::Date {
    match rhythm {
        Rhythm::Day => day,
        Rhythm::Week => {
            let back = i64::from(day.weekday().to_monday_zero_offset());
            day.checked_sub(jiff::Span::new().days(back)).unwrap_or(day)
        }
    }
}

/// Every working day or week between two.
fn due(first: civil::Date, last: civil::Date, rhythm: Rhythm) -> Vec<civil::Date> {
    const MOST: usize = 1000;
    let step = match rhythm {
        Rhythm::Day => 1,
        Rhythm::Week => 7,
    };
    let next = |day: &civil::Date| day.checked_add(jiff::Span::new().days(step)).ok();
    let days = std::iter::successors(Some(first), next).take_while(|day| *day <= last);
    let works =
        |day: &civil::Date| rhythm == Rhythm::Week || day.weekday().to_monday_zero_offset() < 5;
    days.take(MOST).filter(works).collect()
}

/// The days or weeks that reports cover: by their date, else by the number of the week in their
/// name or title.
fn covered(project: &Project, reports: &[&Artifact], rhythm: Rhythm) -> Vec<civil::Date> {
    let year = project.handoffs().iter().find_map(|one| Some(one.date()?.0));
    let mut found = Vec::new();
    for &report in reports {
        let mut records = project.records::<Risks>();
        let dated = records.find(|(artifact, ..)| std::ptr::eq(*artifact, report));
        let dated = dated.and_then(|(artifact, _, risks)| civil(day(artifact, risks)?));
        let numbered = || {
            let facts = report.facts()?;
            let title = facts.title().map_or("", |title| facts.text_of(title.title));
            let week = [report.path.name(), title].iter().find_map(|text| week(text))?;
            let year = i16::try_from(year?).ok()?;
            let monday = civil::ISOWeekDate::new(year, week, civil::Weekday::Monday).ok()?;
            Some(monday.date())
        };
        let numbered = if rhythm == Rhythm::Week { dated.or_else(numbered) } else { dated };
        found.extend(numbered.map(|day| period(day, rhythm)));
    }
    found
}

/// The number behind "week": `week-12.md`, `2026-W12`, `Week 12`.
fn week(text: &str) -> Option<i8> {
    let lower = text.to_lowercase();
    let digits = |rest: &str| -> Option<i8> {
        let rest = rest.trim_start_matches([' ', '-', '_']);
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let behind = |word: &str| lower.find(word).and_then(|at| digits(&lower[at + word.len()..]));
    behind("week").or_else(|| behind("-w")).or_else(|| behind(" w"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_named_by_number_and_days_end_on_friday() {
        assert_eq!(week("week-12.md"), Some(12));
        assert_eq!(week("2026-W09.md"), Some(9));
        assert_eq!(week("Weekly summary"), None);
        let day = |text: &str| text.parse::<civil::Date>().expect("a date");
        let days = due(day("2026-03-05"), day("2026-03-10"), Rhythm::Day);
        assert_eq!(days.len(), 4, "Thursday, Friday, Monday, Tuesday");
        assert_eq!(period(day("2026-03-06"), Rhythm::Week), day("2026-03-02"));
    }
}

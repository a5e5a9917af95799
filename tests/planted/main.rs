//! Generated histories with deviations that the generator itself has planted: every one that
//! nobody reported is found, none that was reported is, and no other way of writing the same is
//! taken for a change (S2.11).
#![allow(clippy::disallowed_methods, clippy::disallowed_macros)]

mod dice;
mod draw;
mod entries;
mod judge;
mod plant;
mod scenario;
mod stock;
mod world;
mod write;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dice::Dice;
use write::style::{NOISES, Noise, Style};

/// The seed, unless another is asked for by hand.
fn seed() -> u64 {
    std::env::var("PLANTED_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_260_601)
}

fn many(usual: usize) -> usize {
    std::env::var("PLANTED_PROJECTS").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn another_way_of_writing_is_no_change() {
    let mut told = Vec::new();
    for number in 0..many(NOISES.len()) {
        let mut dice = Dice::new(seed() + number as u64);
        let size = 2 + dice.roll(3);
        let world = draw::world(&mut dice, size);
        let style = Style::draw(&mut dice).fit(&world);
        let none = BTreeMap::new();
        let noise: Noise = NOISES[number % NOISES.len()];
        let then = write::design(&world, &style);
        let later = noise.on(style.clone(), &mut dice).fit(&world);
        let now = write::design(&world, &later);
        for (what, files) in [("as it was", &then), ("later", &now)] {
            let evidence = write::evidence(&world, &style, &none);
            let source = judge::history(&then, files, &evidence);
            let found = judge::findings(&source);
            if !found.is_empty() {
                told.push(format!("project {number} {what} ({noise:?})\n{style:?}\n{found:#?}"));
                judge::keep(number, what, files, &evidence);
                break;
            }
            let unread = judge::unread(&source, &world);
            if !unread.is_empty() {
                told.push(format!("project {number} {what} ({noise:?}): unread {unread:#?}"));
                judge::keep(number, what, files, &evidence);
                break;
            }
        }
    }
    assert!(told.is_empty(), "seed {}\n{}", seed(), told.join("\n\n"));
}

/// The rule that speaks of a change that nobody reported.
const RULE: &str = "unreported-change";

/// The rules that hold entries to their form: every entry here is whole.
const FORM: &[&str] = &["deviation-incomplete", "deviations-unstated", "deviations-contradictory"];

/// How many changes are planted in one history, where there is a place for them.
const EACH: usize = 6;

#[test]
fn every_change_that_nobody_reported_is_found_and_no_other() {
    planted(false);
}

#[test]
fn every_change_is_found_where_evidence_is_silent() {
    planted(true);
}

fn planted(silent: bool) {
    let seeds = plant::seeds();
    let histories = many(seeds.len());
    let mut count: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut told = String::new();
    // Without entries there is less that can go wrong.
    for number in (0..histories).filter(|number| !silent || number % 3 == 0) {
        // Strides of other lengths bring other kinds together.
        let stride = 1 + number / seeds.len() * 2 + 7;
        let kinds: Vec<_> = (0..EACH)
            .map(|at| (number + at * stride) % seeds.len())
            .enumerate()
            .map(|(at, kind)| (seeds[kind], (at + number) % 2 == 0))
            .collect();
        let mut scenario = scenario::scenario(seed() + 1000 + number as u64, &kinds);
        if silent {
            scenario.hush();
        }
        let wrong = judged(&scenario, &mut count);
        if !wrong.is_empty() {
            _ = writeln!(told, "{}\n{wrong}", scenario.told());
            judge::keep(number, "then", &scenario.then, &Default::default());
            judge::keep(number, "now", &scenario.now, &scenario.evidence);
        }
    }
    let mut table = String::new();
    for (kind, [planted, reported, missed, flagged]) in &count {
        _ = writeln!(
            table,
            "{kind:32} planted {planted:3}, reported {reported:3}, missed {missed}, flagged {flagged}"
        );
    }
    let sum = |at: usize| count.values().map(|one| one[at]).sum::<usize>();
    let all = format!(
        "seed {}: {} planted, {} reported, {} missed, {} flagged though reported\n{table}",
        seed(),
        sum(0),
        sum(1),
        sum(2),
        sum(3)
    );
    println!("{all}");
    assert!(told.is_empty(), "{told}\n{all}");
    assert!(silent || std::env::var("PLANTED_PROJECTS").is_ok() || sum(0) >= 240, "{all}");
    for (kind, [planted, reported, ..]) in count {
        assert!(
            silent || planted > reported && reported > 0,
            "{kind}: {planted} planted, {reported} reported"
        );
    }
}

/// What is wrong with the verdict on a history; keeps count of what was planted for each kind:
/// all, reported ones, missed ones, and ones found though they are reported.
fn judged(scenario: &scenario::Scenario, count: &mut BTreeMap<&str, [usize; 4]>) -> String {
    let source = judge::history(&scenario.then, &scenario.now, &scenario.evidence);
    let findings = judge::reported(&source);
    let mut wrong = String::new();
    for finding in findings.iter().filter(|one| FORM.contains(&one.rule)) {
        _ = writeln!(wrong, "  WRONG FORM: {} {}: {}", finding.rule, finding.path, finding.message);
    }
    let mut found = vec![Vec::new(); scenario.planted.len()];
    for finding in findings.iter().filter(|one| one.rule == RULE) {
        let words = judge::words(finding);
        let known: Vec<Option<usize>> =
            scenario.planted.iter().map(|one| judge::about(&words, &one.planted)).collect();
        // What changed in the same way is told as one.
        let open = known.iter().zip(&scenario.planted).filter(|(_, one)| !one.reported);
        let open = open.filter_map(|(many, _)| *many).max();
        for (at, many) in known.iter().enumerate().filter(|(_, many)| many.is_some()) {
            if !scenario.planted[at].reported || *many > open {
                found[at].push(finding.message.clone());
            }
        }
        if known.iter().all(Option::is_none) {
            _ = writeln!(wrong, "  FALSE ALARM: {}: {}", finding.path, finding.message);
        }
    }
    for (one, found) in scenario.planted.iter().zip(found) {
        let planted = &one.planted;
        let counted = count.entry(planted.kind).or_default();
        counted[0] += 1;
        counted[1] += usize::from(one.reported);
        let told = match (one.reported, found.is_empty()) {
            (false, true) => "MISSED",
            (true, false) => "REPORTED AND FLAGGED",
            _ => continue,
        };
        counted[if one.reported { 3 } else { 2 }] += 1;
        _ = writeln!(
            wrong,
            "  {told}: {} of {:?} ({})\n    then: {}\n    now:  {}\n    found: {found:?}",
            planted.kind, planted.feature, one.instead, planted.before, planted.after
        );
    }
    wrong
}

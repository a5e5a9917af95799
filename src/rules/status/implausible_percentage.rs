use crate::base::Level;
use crate::finding::Finding;
use crate::model::records::{State, Status};
use crate::project::Project;
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "implausible-percentage",
    summary: "a percentage contradicts its parts, or what is said beside it",
    promises: &["S0.6"],
    level: Level::Warn,
    page: include_str!("../../../rules/implausible-percentage.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for (artifact, _, status) in project.records::<Status>() {
        for one in &status.workstreams {
            let Some(percent) = one.percent else { continue };
            let why = match one.state {
                _ if percent > 100.0 => "more than all of it".to_owned(),
                Some(State::Complete) if percent < 100.0 => "and is called complete".to_owned(),
                Some(State::NotStarted) if percent > 0.0 => "and is called not started".to_owned(),
                _ => continue,
            };
            let message = format!("{} is {percent} % done, {why}", one.name);
            out.push(
                Finding::at(&artifact.path, one.place, message)
                    .help("correct the number, or what is said of it")
                    .subject(&*one.name),
            );
        }
        let Some((overall, place)) = status.overall else { continue };
        let ranges = || status.workstreams.iter().map(|one| one.range());
        let least = ranges().map(|(least, _)| least).fold(f64::INFINITY, f64::min);
        let most = ranges().map(|(_, most)| most).fold(f64::NEG_INFINITY, f64::max);
        if status.workstreams.is_empty() || (least..=most).contains(&overall) {
            continue;
        }
        let message = match overall < least {
            true => format!("{overall} % overall, but no workstream is less than {least} % done"),
            false => format!("{overall} % overall, but no workstream is more than {most} % done"),
        };
        out.push(
            Finding::at(&artifact.path, place, message)
                .help("work the overall number out of the workstreams again, or correct theirs")
                .subject("overall"),
        );
    }
}

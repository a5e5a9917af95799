use super::day;
use crate::base::Level;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::dates::Date;
use crate::model::records::{Color, Risks, Signal};
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "open-red",
    summary: "something is reported as red, and nothing says that it is over",
    promises: &["S4.5"],
    level: Level::Deny,
    page: include_str!("../../../rules/open-red.md"),
    check: Check::Project(check),
};

type Told<'p> = (&'p Artifact, &'p DocumentFacts, &'p Risks);

fn check(project: &Project, out: &mut Vec<Finding>) {
    let (reports, lists): (Vec<Told>, Vec<Told>) =
        project.records::<Risks>().partition(|(artifact, ..)| {
            project.deliverable(artifact).is_some_and(|one| one.every.is_some())
        });
    for (artifact, facts, risks) in lists {
        // A plan explains what the colors mean.
        let is_legend = |signal: &Signal| signal.labeled && risks.explains();
        say(artifact, facts, risks, &is_legend, out);
    }
    // What an earlier report called red, a later one tells the end of.
    let last: Option<Date> = reports.iter().filter_map(|(one, _, risks)| day(one, risks)).max();
    for (artifact, facts, risks) in reports {
        let own = day(artifact, risks);
        if own.is_none() || own == last {
            say(artifact, facts, risks, &|_| false, out);
        }
    }
}

fn say(
    artifact: &Artifact,
    facts: &DocumentFacts,
    risks: &Risks,
    is_legend: &dyn Fn(&Signal) -> bool,
    out: &mut Vec<Finding>,
) {
    let open = |one: &&Signal| one.color == Color::Red && !one.over && !is_legend(one);
    for signal in risks.signals.iter().filter(open) {
        let about = signal.about.map_or("", |about| facts.text_of(about).trim());
        let about = about.lines().next().unwrap_or("");
        let message = match about {
            "" => "this is red and still open".to_owned(),
            about => format!("{about}: red, and still open"),
        };
        out.push(
            Finding::at(&artifact.path, signal.place, message)
                .help(
                    "solve it before the work goes on, then say in the report that it is resolved",
                )
                .subject(format!("red {about}")),
        );
    }
}

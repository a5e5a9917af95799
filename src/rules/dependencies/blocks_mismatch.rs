use super::{in_circle, name, path_of};
use crate::base::{Level, Span};
use crate::finding::Finding;
use crate::model::dependencies::Said;
use crate::project::Project;
use crate::project::graph::{NodeId, Reach, View};
use crate::rules::{Check, Rule};

pub static RULE: Rule = Rule {
    id: "blocks-mismatch",
    summary: "what one feature blocks is not what waits for it",
    promises: &["S0.2", "S2.8", "S4.1"],
    level: Level::Warn,
    page: include_str!("../../../rules/blocks-mismatch.md"),
    check: Check::Project(check),
};

fn check(project: &Project, out: &mut Vec<Finding>) {
    for view in project.graph().views.iter().filter(|view| !view.blocks.is_empty()) {
        let needs = Reach::of(view);
        let blocks = Reach::along(view, view.blocks.iter().map(|arc| (arc.from, arc.to)));
        for arc in &view.blocks {
            if row(view, arc.from).is_some()
                && let Some(waiting) = row(view, arc.to)
                && matches!(waiting.0, Said::All | Said::None)
                && !needs.leads(arc.to, arc.from)
                && !in_circle(project, arc.from, arc.to)
            {
                let (from, to) = (name(project, arc.from), name(project, arc.to));
                let message =
                    format!("{from} blocks {to}, but {to} does not say that it needs {from}");
                let told = (waiting.2, format!("what {to} needs"));
                out.push(finding(project, view, arc.span, message, told, (arc.from, arc.to)));
            }
        }
        for arc in &view.needs {
            if row(view, arc.from).is_some()
                && let Some(blocking) = row(view, arc.to)
                && matches!(blocking.1, Said::All | Said::None)
                && !blocks.leads(arc.to, arc.from)
                && blocks_rows(view, arc.to)
                && !in_circle(project, arc.from, arc.to)
            {
                let (from, to) = (name(project, arc.from), name(project, arc.to));
                let message =
                    format!("{from} needs {to}, but {to} does not say that it blocks {from}");
                let told = (blocking.2, format!("what {to} blocks"));
                out.push(finding(project, view, arc.span, message, told, (arc.to, arc.from)));
            }
        }
    }
}

/// Whether all that a row says to block are rows: what it blocks outside says nothing of rows.
fn blocks_rows(view: &View, node: NodeId) -> bool {
    let mut own = view.blocks.iter().filter(|arc| arc.from == node);
    own.all(|arc| view.member(arc.to).is_some())
}

/// What a row of its own says of the needs of a thing and of what it blocks, and where.
fn row(view: &View, node: NodeId) -> Option<(Said, Said, Span)> {
    view.member(node).map(|member| (member.said, member.said_blocks, member.span))
}

fn finding(
    project: &Project,
    view: &View,
    span: Span,
    message: String,
    (place, told): (Span, String),
    (blocking, waiting): (NodeId, NodeId),
) -> Finding {
    let path = path_of(project, view);
    Finding::at(path, span, message)
        .help("let both rows say the same: what one blocks is what needs it")
        .related(path, Some(place), told)
        .subject(format!("{}, {}", name(project, blocking), name(project, waiting)))
}

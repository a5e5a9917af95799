//! What the kinds of documents mean, as plain data.

use super::Lines;
use crate::base::Span;
use crate::base::words::without_markup;
use crate::model::architecture::{self, Architecture};
use crate::model::evidence::Evidence;
use crate::model::ids::{Id, Mention};
use crate::model::product::{Product, Story};
use crate::model::records::Region;
use crate::model::{Model, dependencies};
use crate::project::features::Index;
use crate::project::graph::{Edge, Graph, Source};
use crate::render::Shown;
use crate::render::inspect::{Dependency, Deviation, Deviations, Inspected, Named, Recorded};
use crate::workflow::Kind;

pub fn fill(document: &mut Inspected, model: &Model, lines: &Lines<'_>) {
    match model {
        Model::Product(product) => told(document, product, lines),
        Model::Architecture(architecture) => features(document, architecture, lines),
        Model::Evidence(evidence) => departures(document, evidence, lines),
        Model::Contracts(_) | Model::Integration(_) | Model::Validation(_) | Model::None => {}
    }
}

/// What a document keeps lists of, with what each entry says.
pub fn records(document: &mut Inspected, regions: &[Region], lines: &Lines<'_>) {
    for region in regions {
        let entries = region.record.listed();
        let entries = entries.into_iter().map(|one| Named {
            id: one.id.map(Shown::from),
            title: lines.text(one.title).into(),
            line: lines.line(one.title),
            details: one
                .said
                .iter()
                .map(|(label, span)| format!("{label}: {}", lines.text(*span)).into())
                .collect(),
        });
        let entries = entries.collect();
        document.records.push(Recorded { kind: region.record.kind().word(), entries });
    }
}

fn told(document: &mut Inspected, product: &Product, lines: &Lines<'_>) {
    let named = |id: &Option<Id>, title: &str, span: Span, details: Vec<Shown>| {
        let id = id.as_ref().map(|id| (&id.written).into());
        Named { id, title: title.into(), line: lines.line(span), details }
    };
    for story in &product.stories {
        let details = said_of(story, lines);
        document.stories.push(named(&story.id, &story.title, story.span, details));
    }
    for one in &product.criteria {
        let details = mentions(one.id.as_ref(), &one.names, lines);
        document.criteria.push(named(&one.id, &lines.text(one.span), one.span, details));
    }
    for journey in &product.journeys {
        let details = mentions(journey.id.as_ref(), &journey.names, lines);
        document.journeys.push(named(&journey.id, &journey.title, journey.span, details));
    }
}

fn said_of(story: &Story, lines: &Lines<'_>) -> Vec<Shown> {
    let sentence =
        [("who", story.sentence.who), ("what", story.sentence.what), ("why", story.sentence.why)];
    let said = sentence.iter().filter_map(|(name, span)| Some((name, (*span)?)));
    let mut details: Vec<Shown> =
        said.map(|(name, span)| format!("{name}: {}", lines.text(span)).into()).collect();
    let marks = [
        (story.has_priority, "has a priority"),
        (story.has_criteria, "has criteria here"),
        (story.deferred, "kept for later"),
        (story.technical, "technical"),
    ];
    details.extend(marks.iter().filter(|(is, _)| *is).map(|(_, mark)| Shown::from(mark)));
    details
}

/// The identifiers that something names besides its own, each once.
fn mentions(own: Option<&Id>, names: &[Mention], lines: &Lines<'_>) -> Vec<Shown> {
    let mut named: Vec<String> = Vec::new();
    for mention in names.iter().filter(|mention| Some(&mention.id) != own) {
        let text = lines.text(mention.span).into_owned();
        if !named.contains(&text) {
            named.push(text);
        }
    }
    if named.is_empty() { Vec::new() } else { vec![format!("names {}", named.join(", ")).into()] }
}

fn features(document: &mut Inspected, architecture: &Architecture, lines: &Lines<'_>) {
    for boundary in &architecture.boundaries {
        let owned: Vec<_> = boundary.owned.iter().map(|owned| lines.text(owned.span)).collect();
        let owned =
            if owned.is_empty() { None } else { Some(format!("owns {}", owned.join(", "))) };
        document.features.push(Named {
            id: boundary.label.as_ref().map(Shown::from),
            title: (&boundary.name).into(),
            line: lines.line(boundary.span),
            details: owned.map(Shown::from).into_iter().collect(),
        });
    }
    for line in &architecture.scheduled {
        document.scheduled.push(Named {
            id: line.label.as_ref().map(Shown::from),
            title: (&line.name).into(),
            line: lines.line(line.span),
            details: vec![format!("in iteration {}", line.iteration).into()],
        });
    }
}

/// Where features meet: in the architecture, and in a document that is about it by its name.
pub fn points(document: &mut Inspected, file: &str, model: &Model, lines: &Lines<'_>) {
    let mut spans = Vec::new();
    match model {
        Model::Architecture(model) => spans.extend(&model.integration_points),
        Model::None if architecture::tells_points(file) => {
            document.kind = "integration points";
            let whole = Span::new(0, lines.facts.text.len());
            architecture::points(lines.facts, whole, &mut spans);
        }
        _ => {}
    }
    let said = spans.into_iter().map(|span| Named {
        id: None,
        title: lines.text(span).into(),
        line: lines.line(span),
        details: Vec::new(),
    });
    document.integration_points = said.collect();
}

/// What needs what, with names as the document lists them.
pub fn dependencies(document: &mut Inspected, kind: Kind, model: &Model, lines: &Lines<'_>) {
    let read;
    let dependencies = match model {
        Model::Architecture(architecture) => &architecture.dependencies,
        _ => {
            read = dependencies::read(lines.facts, kind);
            &read
        }
    };
    let source = Source { artifact: 0, facts: lines.facts, dependencies };
    let graph = Graph::from(&[], &Index::default(), &[source]);
    for edge in &graph.edges {
        let mut told: Vec<&'static str> = Vec::new();
        for place in &edge.places {
            let notation = graph.views[place.view].notation.word();
            if !told.contains(&notation) {
                told.push(notation);
                document.dependencies.push(Dependency {
                    from: (&graph.nodes[edge.from].name).into(),
                    to: (&graph.nodes[edge.to].name).into(),
                    line: lines.line(place.span),
                    notation,
                });
            }
        }
    }
    for view in &graph.views {
        for arc in &view.blocks {
            let known = |edge: &Edge| (edge.from, edge.to) == (arc.to, arc.from);
            if !graph.edges.iter().any(known) {
                document.dependencies.push(Dependency {
                    from: (&graph.nodes[arc.to].name).into(),
                    to: (&graph.nodes[arc.from].name).into(),
                    line: lines.line(arc.span),
                    notation: view.notation.word(),
                });
            }
        }
    }
    for drawing in &dependencies.drawings {
        let notation = drawing.notation.word();
        let everything = drawing.wide.iter().map(|&(node, span)| Dependency {
            from: (&drawing.nodes[node].name).into(),
            to: without_markup(&lines.text(span)).as_ref().into(),
            line: lines.line(span),
            notation,
        });
        document.dependencies.extend(everything);
        for group in &drawing.groups {
            document.dependencies.extend(group.after.iter().map(|(name, span)| Dependency {
                from: (&group.name).into(),
                to: name.into(),
                line: lines.line(*span),
                notation,
            }));
        }
    }
    document.dependencies.sort_by_key(|edge| edge.line);
    document.unread_dependencies =
        dependencies.unread.iter().map(|&span| lines.line(span)).collect();
}

fn departures(document: &mut Inspected, evidence: &Evidence, lines: &Lines<'_>) {
    let said = |span: Option<Span>| span.map(|span| Shown::from(lines.text(span)));
    let entries = evidence.deviations.entries.iter().map(|entry| Deviation {
        title: (&entry.title).into(),
        line: lines.line(entry.span),
        what: said(entry.what),
        why: said(entry.why),
        impact: said(entry.impact),
    });
    document.deviations = Some(Deviations {
        statement: evidence.deviations.statement.word(),
        entries: entries.collect(),
    });
}

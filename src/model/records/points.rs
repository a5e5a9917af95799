//! Integration points: what two workstreams promise each other (S0.4).

use super::entries::{Entry, entries};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::phrases::{List, listed};

/// The integration points of one plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points(pub Vec<Point>);

/// One point at which workstreams meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub title: Span,
    pub place: Span,
    /// What it says, by the words of [`Point::PARTS`].
    pub said: Vec<(&'static str, Span)>,
    /// What it does not say, in the words of [`Point::PARTS`].
    pub lacking: Vec<&'static str>,
}

impl Recorded for Points {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Points(points) => Some(points),
            _ => None,
        }
    }
}

impl Point {
    pub fn listed(&self) -> Listed {
        Listed::new(None, self.title, self.said.iter().map(|&(part, span)| (part, Some(span))))
    }

    /// What every point has to say, each with the labels that people write.
    pub const PARTS: &[(&str, &List)] = &[
        (
            "contract",
            listed!(
                "contract|contracts|api|api contract|api contracts|interface|request|endpoint|\
                endpoints|protocol|request and response|request response|requests and responses"
            ),
        ),
        (
            "data schema",
            listed!(
                "schema|schemas|data schema|data schemas|data|data model|data models|model|models|\
                payload|types|format"
            ),
        ),
        ("events", listed!("events|event|event definitions|messages|topics|notifications")),
        (
            "error codes",
            listed!(
                "error codes|errors|error|error handling|error cases|failures|error conventions"
            ),
        ),
        (
            "service level",
            listed!(
                "service level|service levels|sla|slas|slo|slos|performance|performance sla|\
                performance slas|performance target|performance targets|latency|throughput|targets"
            ),
        ),
    ];
}

const LABELS: &List = listed!(
    "contract|contracts|api contract|api contracts|schema|schemas|data schema|data schemas|events|\
    event definitions|error codes|errors|error handling|service level|service levels|sla|slas|slo|\
    slos|performance sla|performance slas"
);

/// Reads the integration points of a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span) -> Points {
    let point = |entry: Entry| {
        let (mut said, mut lacking) = (Vec::new(), Vec::new());
        for (part, labels) in Point::PARTS {
            match entry.value(labels).filter(|_| entry.text(facts, labels).is_some()) {
                Some(value) => said.push((*part, value.content)),
                None => lacking.push(*part),
            }
        }
        Point { title: entry.title, place: entry.place, said, lacking }
    };
    Points(entries(facts, extent, LABELS).into_iter().map(point).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    #[test]
    fn points_say_all_five_things() {
        let said = |text: &str| {
            let facts = extract(text.as_bytes());
            let points = read(&facts, Span::new(0, facts.text.len())).0;
            let shown = points.iter().map(|one| {
                format!("{}: {}", facts.text_of(one.title).trim(), one.lacking.join(", "))
            });
            shown.collect::<Vec<_>>()
        };
        let list = "### A to B\n- Contract: `GET /x`\n- Schema: `{}`\n- Events: none\n\
                    - Errors: 404\n- SLA: 99 %\n\n### B to C\n- Contract: `GET /y`\n- Events:\n";
        let lacking = "B to C: data schema, events, error codes, service level";
        assert_eq!(said(list), ["A to B: ", lacking]);
        let table = "| Integration | Contract | Schema | Events | Error codes | SLA |\n|-|-|-|-|-|-|\n\
                     | A to B | `GET /x` | `{}` | none | 404 | 99 % |\n| B to C | `GET /y` | | | | |\n";
        assert_eq!(said(table), ["A to B: ", lacking]);
    }
}

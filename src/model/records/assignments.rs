//! Assignments: who does which task, in every form in which a plan says so (S4.2).

use super::entries::{Entry, entries};
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::base::words::normalize;
use crate::facts::{BlockKind, DocumentFacts};
use crate::model::dependencies;
use crate::model::phrases::{List, flat, has_any, listed};

/// The assignments of one document, or of a part of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assignments(pub Vec<Assignment>);

/// Something that somebody is to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The task as written, or the phase in which somebody has something to do: `Phase 2`.
    pub subject: Span,
    pub place: Span,
    /// Nothing where the place for it is left empty.
    pub agent: Option<Span>,
    /// What is to be done, beside a phase.
    pub duty: Option<Span>,
}

impl Recorded for Assignments {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Assignments(assignments) => Some(assignments),
            _ => None,
        }
    }
}

impl Assignment {
    pub(super) fn listed(&self) -> Listed {
        Listed::new(None, self.subject, [("agent", self.agent), ("duty", self.duty)])
    }
}

const AGENT: &List = listed!(
    "agent|agents|sub agent|subagent|assigned|assigned to|assigned agent|assignee|assignment|\
    owner|responsible|who|done by|executed by|implementer"
);
const TASK: &List = listed!("task|tasks|task id|id|work|work item|work package|item|subject");

/// Reads the assignments of a part of a document.
pub fn read(facts: &DocumentFacts, extent: Span) -> Assignments {
    let mut found: Vec<Assignment> = Vec::new();
    let own = entries(facts, extent, AGENT);
    // In a table of agents the agent is no task of its own.
    let own = own.iter().map(|entry| of_entry(facts, entry));
    found.extend(own.filter(|one| one.agent != Some(one.subject)));
    of_drawings(facts, extent, &mut found);
    of_agents(facts, extent, &mut found);
    of_phase_columns(facts, extent, &mut found);
    found.sort_by_key(|one| one.place.start);
    found.dedup_by_key(|one| one.place);
    Assignments(found)
}

fn of_entry(facts: &DocumentFacts, entry: &Entry) -> Assignment {
    let subject = entry.value(TASK).map_or(entry.title, |value| value.content);
    let said = entry.text(facts, AGENT).and_then(|_| entry.value(AGENT));
    Assignment { subject, place: entry.place, agent: said.map(|value| value.line), duty: None }
}

/// Lines of drawings and items of lists that end with a name: `Task 1A: Schema (Alpha)`.
fn of_drawings(facts: &DocumentFacts, extent: Span, found: &mut Vec<Assignment>) {
    for code in facts.codes_in(extent) {
        let mut at = code.body.start as usize;
        for line in facts.text_of(code.body).split_inclusive('\n') {
            found.extend(of_line(facts, Span::new(at, at + line.trim_end().len())));
            at += line.len();
        }
    }
    for (_, block) in facts.blocks_in(extent) {
        if block.kind == BlockKind::Item {
            let own = facts.own_text(block);
            let first = facts.text_of(own).lines().next().unwrap_or("");
            let line = Span::new(own.start as usize, own.start as usize + first.len());
            found.extend(of_line(facts, line).filter(|one| one.agent.is_some()));
        }
    }
}

fn of_line(facts: &DocumentFacts, line: Span) -> Option<Assignment> {
    let text = facts.text_of(line);
    let lead = text.find(|c: char| c.is_alphanumeric())?;
    let named = &text[lead..];
    let (id, _) = dependencies::id(named)?;
    let is_phase = dependencies::kind_of(&id).is_some_and(|kind| kind == "phase");
    let numbered = id.contains(|c: char| c.is_ascii_digit());
    if is_phase || !numbered {
        return None;
    }
    // The last parenthesis of the line; an arrow or a line of the drawing may stand behind it.
    let agent = named.rfind(')').and_then(|close| {
        let open = named[..close].rfind('(')?;
        let inner = &named[open + 1..close];
        let remark = listed!(
            "depends|requires|needs|after|day|days|hour|hours|week|weeks|blocking|parallel|\
            optional|done|complete|completed|in progress|pending|critical|no dependencies"
        );
        let is_name =
            !inner.contains(|c: char| c.is_ascii_digit()) && !has_any(&flat(inner), remark);
        let start = line.start as usize + lead + open + 1;
        is_name.then(|| Span::new(start, start + inner.len()))
    });
    let end = named.find('(').unwrap_or(named.len());
    let drawn = |c: char| c == ' ' || ('\u{2500}'..='\u{259f}').contains(&c) || c == '◄';
    let subject = named[..end].trim_end_matches(drawn);
    let start = line.start as usize + lead;
    let subject = Span::new(start, start + subject.len());
    Some(Assignment { subject, place: subject, agent, duty: None })
}

/// The section of an agent with what is to be done in each phase: `**Phase 1**: the schema`.
fn of_agents(facts: &DocumentFacts, extent: Span, found: &mut Vec<Assignment>) {
    for (id, section) in facts.headings_in(extent) {
        let about_agent = section.name.split(' ').any(|word| word.ends_with("agent"));
        let fields = facts.fields_in(section.extent).filter(|field| {
            let at_home = facts.outward(field.section).find(|(_, one)| one.level < 7);
            at_home.is_some_and(|(at, _)| at == id)
        });
        let named = fields.filter(|field| {
            let label = facts.text_of(field.label);
            is_phase(&field.name) || about_agent && dependencies::id(label).is_some()
        });
        for field in named {
            // The heading of a phase holds tasks, and is nobody's name.
            if section.level > 1 && !is_phase(&section.name) {
                found.push(Assignment {
                    subject: field.label,
                    place: field.label,
                    agent: Some(section.title),
                    duty: Some(field.value),
                });
            }
        }
    }
}

/// Tables of agents with a column for each phase.
fn of_phase_columns(facts: &DocumentFacts, extent: Span, found: &mut Vec<Assignment>) {
    for table in facts.tables_in(extent) {
        let phases = |cell: &Span| is_phase(&normalize(facts.text_of(*cell)));
        if table.header().iter().filter(|cell| phases(cell)).count() < 2 {
            continue;
        }
        for row in table.rows() {
            let Some(&agent) = row.first() else { continue };
            for (&subject, &cell) in table.header().iter().zip(row).filter(|(one, _)| phases(one)) {
                if !crate::model::phrases::is_blank(facts.text_of(cell)) {
                    let (agent, duty) = (Some(agent), Some(cell));
                    found.push(Assignment { subject, place: cell, agent, duty });
                }
            }
        }
    }
}

/// Whether a label is that of a phase: `phase 2`.
fn is_phase(name: &str) -> bool {
    let rest = name.strip_prefix("phase ");
    rest.is_some_and(|rest| rest.len() <= 3 && rest.contains(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn said(text: &str) -> Vec<[String; 2]> {
        let facts = extract(text.as_bytes());
        let read = read(&facts, Span::new(0, facts.text.len()));
        let part = |span: Span| facts.text_of(span).trim().to_owned();
        read.0
            .iter()
            .map(|one| [part(one.subject), one.agent.map(part).unwrap_or_default()])
            .collect()
    }

    #[test]
    fn assignments_are_read_in_every_form() {
        let forms = [
            "# Plan\n\n| Task | Agent |\n| - | - |\n| Task 1A | Alpha |\n| Task 1B | |\n",
            "# Plan\n\n## Task 1A\n\n- Agent: Alpha\n\n## Task 1B\n\n- Agent:\n",
            "# Plan\n\n```\nPhase 1\n├── Task 1A (Alpha) ──┐\n└── Task 1B ◄──────┘\n```\n",
            "# Plan\n\n- Task 1A\n  - **Assigned to**: Alpha\n- Task 1B\n  - **Assigned to**: [name]\n",
        ];
        for form in forms {
            let expected = [["Task 1A", "Alpha"], ["Task 1B", ""]];
            assert_eq!(said(form), expected.map(|one| one.map(str::to_owned)), "{form}");
        }
    }

    #[test]
    fn agents_have_duties_in_phases() {
        let forms = [
            "# Plan\n\n### Sub-Agent Alpha (core)\n**Specialization**: core\n- **Phase 1**: schema\n\
             - **Phase 2**: importer\n",
            "# Plan\n\n| Agent | Phase 1 | Phase 2 |\n| - | - | - |\n| Sub-Agent Alpha (core) | schema \
             | importer |\n",
        ];
        for form in forms {
            let agent = "Sub-Agent Alpha (core)";
            let expected = [["Phase 1", agent], ["Phase 2", agent]];
            assert_eq!(said(form), expected.map(|one| one.map(str::to_owned)), "{form}");
        }
    }
}

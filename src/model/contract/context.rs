//! Where a document states what holds, and where it only tells of calls: tests, results, changes.

use crate::base::words::normalize;
use crate::facts::{BlockKind, DocumentFacts, Section, SectionId};

/// How much a place in the document means what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Tests, results, changes: calls are reported here.
    Told,
    /// Uses, flows, tasks: endpoints are named in passing unless their parts are stated.
    Passing,
    Neutral,
    /// Endpoints, routes, contracts: whatever is listed is meant.
    Stated,
}

/// The standing of each section, by its own heading and those above it.
pub(super) struct Context(Vec<Standing>);

impl Context {
    pub fn of(facts: &DocumentFacts) -> Context {
        let mut standings: Vec<Standing> = Vec::with_capacity(facts.sections.len());
        for (id, section) in facts.sections() {
            let own = match section.level {
                0 => Standing::Neutral,
                1 => of_title(&section.name),
                // The name of an endpoint is no word on its section: `GET /metrics`.
                _ if facts.text_of(section.title).contains(" /") => Standing::Neutral,
                _ => of_heading(&section.name),
            };
            let above = section.parent.and_then(|parent| standings.get(parent as usize)).copied();
            let title = facts.sections.get(1).filter(|one| one.level == 1 && id > 1);
            let above = above.or_else(|| title.map(|one| of_title(&one.name)));
            let logged = title.is_some_and(|one| &*one.name == "changelog");
            let listed = logged && section.name.ends_with(" endpoints") && !tells_above(facts, id);
            // What is told stays told; what is named in passing may hold a list of endpoints.
            standings.push(match (above, own) {
                // A changelog may list what there is now.
                (Some(Standing::Told), Standing::Stated) if listed => own,
                (Some(Standing::Told), _) | (_, Standing::Told) => Standing::Told,
                (_, Standing::Stated) => Standing::Stated,
                (Some(above), Standing::Neutral) => above,
                (_, own) => own,
            });
        }
        Context(standings)
    }

    pub fn at(&self, id: SectionId) -> Standing {
        self.0.get(id as usize).copied().unwrap_or(Standing::Neutral)
    }

    /// The standing of a list's item: by the words that lead it in, else by its section.
    pub fn of_item(&self, facts: &DocumentFacts, block: u32) -> Standing {
        let standing = self.at(facts.blocks[block as usize].section);
        match lead_in(facts, block) {
            Some(text) => match of_heading(&normalize(text)) {
                _ if standing == Standing::Told => Standing::Told,
                Standing::Neutral => standing,
                own => own,
            },
            None => standing,
        }
    }
}

/// Whether a heading above a section, the title aside, says that what follows is told.
fn tells_above(facts: &DocumentFacts, id: SectionId) -> bool {
    let parent = |id: &SectionId| facts.section(*id).parent;
    let above = std::iter::successors(parent(&id), parent).map(|id| facts.section(id));
    above.filter(|one| one.level > 1).any(|one| of_heading(&one.name) == Standing::Told)
}

/// The words before a list: the item that holds it, or the paragraph that it follows.
fn lead_in(facts: &DocumentFacts, item: u32) -> Option<&str> {
    let list = facts.blocks[item as usize].parent?;
    let before = match facts.blocks[list as usize].parent {
        Some(holder) => &facts.blocks[holder as usize],
        None => {
            let before = facts.blocks.get(list.checked_sub(1)? as usize)?;
            let same = before.section == facts.blocks[list as usize].section;
            (before.kind == BlockKind::Paragraph && before.parent.is_none() && same)
                .then_some(before)?
        }
    };
    let text = facts.text_of(facts.own_text(before));
    let line = text.lines().last().unwrap_or(text);
    let heads = before.kind == BlockKind::Item || line.trim_end().ends_with([':', '*']);
    (line.len() <= 120 && heads).then_some(line)
}

/// A document's title is the name of a product as often as that of its contents, so only what a
/// document can be is heard.
fn of_title(name: &str) -> Standing {
    let has = |word: &str| name.split(' ').any(|one| one == word);
    let report =
        has("report") || has("evidence") || has("plan") || has("results") || has("checklist");
    let tells =
        ["test", "tests", "testing", "validation", "verification", "review", "e2e", "bug", "qa"];
    let traced = ["acceptance", "ac", "requirements", "test", "coverage", "traceability"];
    let is_matrix = has("traceability") || has("matrix") && traced.iter().any(|word| has(word));
    if has("changelog")
        || is_matrix
        || name.ends_with("release notes")
        || report && tells.iter().any(|word| has(word))
    {
        return Standing::Told;
    }
    if ["api", "endpoints", "interface", "contract", "contracts", "routes"]
        .iter()
        .any(|word| has(word))
    {
        return Standing::Stated;
    }
    Standing::Neutral
}

pub(super) fn of_heading(name: &str) -> Standing {
    const TOLD: &[&str] = &[
        "tests",
        "testing",
        "tested",
        "coverage",
        "verification",
        "changelog",
        "benchmark",
        "benchmarks",
        "deviation",
        "deviations",
        "mismatches",
        "unreleased",
        "timings",
    ];
    const TOLD_FIRST: &[&str] = &[
        "test",
        "fixed",
        "changed",
        "added",
        "removed",
        "performance",
        "results",
        "unreleased",
        "debugging",
    ];
    const PASSING: &[&str] = &[
        "usage",
        "example",
        "examples",
        "flow",
        "flows",
        "scenario",
        "scenarios",
        "journey",
        "journeys",
        "checklist",
        "consumes",
        "consumed",
        "depends",
        "dependencies",
        "dependency",
        "needs",
        "calls",
        "uses",
        "curl",
        "troubleshooting",
        "walkthrough",
        "story",
        "stories",
        "criteria",
        "subscribes",
        "consumer",
        "migration",
        "forbidden",
    ];
    const STATED: &[&str] = &[
        "api",
        "apis",
        "endpoint",
        "endpoints",
        "routes",
        "contract",
        "contracts",
        "interface",
        "interfaces",
        "rest",
        "webhooks",
        "operations",
        "exposes",
        "provides",
        "resources",
        "http",
        "websocket",
        "websockets",
        "resource",
    ];
    let mut standing = Standing::Neutral;
    for (at, word) in name.split(' ').enumerate() {
        let last = at + 1 == name.split(' ').count();
        if TOLD.contains(&word) && (last || at == 0) || at == 0 && TOLD_FIRST.contains(&word) {
            return Standing::Told;
        }
        if PASSING.contains(&word) {
            standing = Standing::Passing;
        } else if STATED.contains(&word) && standing == Standing::Neutral {
            standing = Standing::Stated;
        }
    }
    // Calls that are shown in a row are those of one client.
    let first = name.split(' ').next().unwrap_or("");
    let last = name.rsplit(' ').next().unwrap_or("");
    let shown = matches!(first, "sample" | "example")
        && matches!(last, "interaction" | "interactions" | "session" | "sessions" | "calls");
    if shown || name.contains("release notes") { Standing::Told } else { standing }
}

/// Whether a section holds nothing but a part of a contract: "Request Body", "Responses".
pub(super) fn is_part(section: &Section, title: &str) -> bool {
    super::parts::role(&section.name, title).is_some()
}

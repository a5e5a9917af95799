use crate::base::Level;
use crate::facts::{BlockKind, DocumentFacts};
use crate::finding::Finding;
use crate::model::Model;
use crate::model::product::Product;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule, placeholders};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "nothing-told",
    summary: "a document holds nothing of what it is there for",
    promises: &["S2.2", "S2.3", "X.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/nothing-told.md"),
    check: Check::Project(check),
};

/// Headings that stand around the content of a document, or repeat its title.
const AROUND: &[&str] = &[
    "about",
    "acceptance criteria",
    "background",
    "contents",
    "context",
    "flows",
    "golden paths",
    "introduction",
    "note",
    "notes",
    "overview",
    "preface",
    "purpose",
    "references",
    "revision history",
    "scope",
    "status",
    "stories",
    "summary",
    "table of contents",
    "user flows",
    "user stories",
];
fn check(project: &Project, out: &mut Vec<Finding>) {
    let kinds = [
        (Kind::Stories, "no user story is told here", "tell who wants what, and why"),
        (
            Kind::Criteria,
            "no acceptance criterion is written here",
            "write for each story how to tell that it is done",
        ),
        (Kind::Journeys, "no golden path is told here", "tell step by step what must work"),
        (Kind::Flows, "no user flow is drawn here", "draw the ways through the pages"),
    ];
    for (kind, message, help) in kinds {
        let documents: Vec<_> = project.documents(kind).collect();
        let told = |(artifact, facts): &(&Artifact, &DocumentFacts)| tells(artifact, facts);
        if let Some((artifact, facts)) = documents.first()
            && !documents.iter().any(told)
            && !(kind == Kind::Criteria && project.stories().next().is_some())
        {
            out.extend(finding(artifact, facts, message, help));
        }
    }
}

/// Nothing for a document that holds no more than its title, or a mark of what is open: others
/// speak of that.
fn finding(
    artifact: &Artifact,
    facts: &DocumentFacts,
    message: &str,
    help: &str,
) -> Option<Finding> {
    let silent = !facts.says_anything() || placeholders::stand_in(facts);
    let finding = Finding::at(&artifact.path, facts.beginning(), message).help(help);
    (!silent).then(|| finding.subject("content"))
}

/// Whether a product document was understood, or at least has parts that people may mean as such.
/// Criteria are missed by a rule of their own wherever there are stories.
fn tells(artifact: &Artifact, facts: &DocumentFacts) -> bool {
    let Model::Product(product) = &*artifact.model else { return true };
    let Product { stories, criteria, journeys, headed, .. } = &**product;
    let understood = match artifact.kind {
        Kind::Stories => !stories.is_empty() || !headed.is_empty(),
        Kind::Criteria => !criteria.is_empty(),
        Kind::Journeys => !journeys.is_empty(),
        _ => false,
    };
    understood || has_outline(facts)
}

/// Whether a document has more than a title and paragraphs: a heading below the title, two items,
/// a row of a table, a block of code, a picture.
fn has_outline(facts: &DocumentFacts) -> bool {
    let title = facts.title().map(|title| title.heading);
    let around = |name: &str| name.is_empty() || AROUND.contains(&name);
    let own = |level: u8| (1..=6).contains(&level);
    let mut sections = facts.sections.iter().filter(|one| own(one.level));
    let blocks = |kind| facts.blocks.iter().filter(move |block| block.kind == kind);
    sections.any(|one| Some(one.heading) != title && !around(&one.name))
        || blocks(BlockKind::Item).count() > 1
        || blocks(BlockKind::Code).next().is_some()
        || facts.tables.iter().any(|table| table.rows().next().is_some())
        || facts.text.contains("![")
}

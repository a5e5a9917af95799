//! What teams write of deviations, in the styles in which they write it.

use crate::dice::Dice;
use crate::plant::Planted;
use crate::world::Endpoint;

/// One deviation as a team would tell it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: String,
    pub what: String,
    pub why: String,
    pub impact: String,
}

/// How the entries of one document are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A heading with bullets below.
    Heading,
    /// A heading that says it all, with paragraphs that begin with labels.
    Inline,
    /// **1. Name** and labeled lines.
    Numbered,
    /// A list item for each, with labeled items below.
    Bullets,
    Rows,
    /// A heading with "Specified" and "Implemented".
    Specified,
    /// A heading with one paragraph, whose labels are bold.
    Paragraph,
    /// A heading with sentences.
    Prose,
}

pub const FORMS: &[Form] = &[
    Form::Heading,
    Form::Inline,
    Form::Numbered,
    Form::Bullets,
    Form::Rows,
    Form::Specified,
    Form::Paragraph,
    Form::Prose,
];

const REASONS: &[&str] = &[
    "Because the library that we use does not offer it.",
    "The agreed way needed a second query, which was too slow.",
    "Nobody had thought of it before we built the page.",
    "The data that it needs is not there before the next release.",
    "It was simpler, and the product manager agreed to it on the phone.",
];

const IMPACTS: &[&str] = &[
    "None.",
    "None, nobody relies on it today.",
    "Callers must be told before the integration.",
    "Low: one page shows a little less.",
    "Other features are not affected.",
];

impl Entry {
    /// The entry that reports a change.
    pub fn of(planted: &Planted, names: &[String], dice: &mut Dice) -> Self {
        Self {
            name: dice.one(names).clone(),
            what: planted.what.clone(),
            why: (*dice.one(REASONS)).to_owned(),
            impact: (*dice.one(IMPACTS)).to_owned(),
        }
    }

    /// An honest entry about code, of an endpoint whose contract nobody touched.
    pub fn beside(endpoint: &Endpoint, dice: &mut Dice) -> Self {
        let what = *dice.one(&[
            "answers come from a cache of thirty seconds",
            "the rows are sorted by the database and not by the page",
            "retries twice before it gives up",
        ]);
        Self {
            name: format!("`{}`", endpoint.name()),
            what: what.to_owned(),
            why: (*dice.one(REASONS)).to_owned(),
            impact: (*dice.one(IMPACTS)).to_owned(),
        }
    }

    /// An entry about something else that names a thing where it speaks of who is affected.
    pub fn in_passing(name: &str, dice: &mut Dice) -> Self {
        Self {
            name: "Log lines".to_owned(),
            what: "they are written as JSON and not as plain text".to_owned(),
            why: (*dice.one(REASONS)).to_owned(),
            impact: format!("Whoever watches {name} has to read other log lines."),
        }
    }
}

/// The section below the heading "Deviations".
pub fn statement(entries: &[Entry], form: Form, dice: &mut Dice) -> String {
    if entries.is_empty() {
        let none = ["None.\n", "No deviations.\n", "None: built exactly as specified.\n"];
        return (*dice.one(&none)).to_owned();
    }
    let mut text = String::new();
    if form == Form::Rows {
        text += "| Deviation | What changed | Why | Impact |\n| --- | --- | --- | --- |\n";
    }
    for (number, entry) in entries.iter().enumerate() {
        let Entry { name, what, why, impact } = entry;
        let number = number + 1;
        let sentence = capital(what);
        text += &match form {
            Form::Heading => format!(
                "### DEV-{number}: {name}\n\n- **What changed**: {sentence}.\n\
                 - **Why it was necessary**: {why}\n- **Impact on other features**: {impact}\n\n"
            ),
            Form::Inline => format!(
                "### {name}: {what}\n\n**What changed:** {sentence}.\n\n**Reason:** {why}\n\n\
                 **Impact:** {impact}\n\n"
            ),
            Form::Numbered => format!(
                "**{number}. {name}**\n\n- What: {sentence}.\n- Why: {why}\n- Impact: {impact}\n\n"
            ),
            Form::Bullets => format!(
                "- **Deviation**: {name}: {what}.\n  - **Why**: {why}\n  - **Impact**: {impact}\n"
            ),
            Form::Rows => {
                let cell = |text: &str| text.replace('|', "\\|");
                format!("| {} | {}. | {why} | {} |\n", cell(name), cell(&sentence), cell(impact))
            }
            Form::Specified => format!(
                "### Deviation {number}: {name}\n\n- **Specified**: as ARCHITECTURE.md has it\n\
                 - **Implemented**: {what}\n- **Reason**: {why}\n- **Impact**: {impact}\n\n"
            ),
            Form::Paragraph => format!(
                "### {number}. {name}\n\n**What**: {sentence}. **Why**: {why} **Impact**: {impact}\n\n"
            ),
            Form::Prose => format!(
                "### {number}. {name}\n\n{sentence}. We did so because {}\nImpact on other features: {}\n\n",
                small(why.strip_prefix("Because ").unwrap_or(why)),
                small(impact)
            ),
        };
    }
    text
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

fn small(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

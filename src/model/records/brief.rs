//! Briefs: what a feature is, which way it takes through the phases, what the frontend waits for
//! (S3.4, S3.6, S3.7).

use super::entries::{Value, whole};
use super::listing::lines;
use super::{Listed, Record, Recorded};
use crate::base::Span;
use crate::facts::DocumentFacts;
use crate::model::phrases::{List, is_blank, listed, one_of};
use crate::workflow::Vocabulary;

/// The brief of a feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    pub place: Span,
    /// The variation that it declares, in its own words.
    pub variation: Option<Span>,
    /// The contract that the backend offers.
    pub contract: Option<Span>,
    /// The label or heading of the paths where the frontend is built.
    pub frontend: Option<Span>,
    /// Those paths as they stand there.
    pub paths: Vec<Span>,
}

impl Recorded for Brief {
    fn of(record: &Record) -> Option<&Self> {
        match record {
            Record::Brief(brief) => Some(brief),
            _ => None,
        }
    }
}

impl Brief {
    pub(super) fn listed(&self) -> Listed {
        let paths = self.paths.iter().map(|&path| ("frontend path", Some(path)));
        let said = [("variation", self.variation), ("contract", self.contract)];
        Listed::new(None, self.place, said.into_iter().chain(paths))
    }
}

const VARIATION: &List = listed!(
    "variation|variations|declared variation|variant|feature variation|feature type|\
    type of feature|kind of feature|workflow variation|orchestration variation|pattern variation"
);
const CONTRACT: &List = listed!(
    "api contract|api contracts|contract|contracts|interface contract|interface contracts|\
    agreed contract|api|api endpoints|endpoints|api specification|agreed api"
);
const FRONTEND: &List = listed!(
    "frontend paths|frontend path|frontend code|frontend files|frontend folders|frontend|\
    front end paths|front end|paths of the frontend|ui paths|client paths|ui code"
);

/// Reads the brief in a part of a document. What it says there is none of is not there.
pub fn read(facts: &DocumentFacts, extent: Span, words: &Vocabulary) -> Brief {
    let entry = whole(facts, extent);
    let said = |labels: &List| {
        let says = |one: &&Value| {
            let text = facts.text_of(one.content).trim();
            one_of(labels, &one.name) && !is_blank(text) && !words.says_none(text)
        };
        entry.values.iter().find(says)
    };
    let frontend = said(FRONTEND);
    Brief {
        place: entry.place,
        variation: said(VARIATION).map(|one| one.content),
        contract: said(CONTRACT).map(|one| one.content),
        frontend: frontend.map(|one| one.label),
        paths: frontend.map(|one| paths(facts, one.content)).unwrap_or_default(),
    }
}

/// The paths of a value: those in code or links, else what its lines say, up to the first blank.
fn paths(facts: &DocumentFacts, content: Span) -> Vec<Span> {
    let named: Vec<Span> = facts.paths_in(content).map(|path| path.span).collect();
    if !named.is_empty() {
        return named;
    }
    let listed = lines(facts, content).into_iter().flat_map(|line| {
        let text = facts.text_of(line.title);
        let parts = text.split([',', ' ']).map(|part| part.trim_matches(['`', '"', '*', '.']));
        let paths = parts.filter(|part| part.contains('/') || part.contains('.'));
        let place = |part: &str| {
            let start =
                line.title.start as usize + (part.as_ptr() as usize - text.as_ptr() as usize);
            Span::new(start, start + part.len())
        };
        paths.map(place).collect::<Vec<Span>>()
    });
    listed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::extract;

    fn words() -> Vocabulary {
        Vocabulary { none: vec!["none".to_owned()], ..Vocabulary::default() }
    }

    #[test]
    fn briefs_are_read_in_every_form() {
        let forms = [
            "# F\n\n- **Variation**: Simple\n\n## API contract\n\n- `GET /a`\n\n## Frontend paths\n\n- `web/a/`\n",
            "# F\n\n## Variation\n\nSimple\n\n## API contract\n\nGET /a\n\n## Frontend paths\n\nweb/a/\n",
            "# F\n\n| Field | Value |\n|-|-|\n| Variation | Simple |\n| API contract | `GET /a` |\n| Frontend paths | `web/a/` |\n",
        ];
        for form in forms {
            let facts = extract(form.as_bytes());
            let brief = read(&facts, Span::new(0, facts.text.len()), &words());
            let text = |span: Span| facts.text_of(span).trim().trim_matches(['`', '-', ' ']);
            assert_eq!(brief.variation.map(text), Some("Simple"), "{form}");
            assert!(brief.contract.is_some(), "{form}");
            let paths: Vec<&str> = brief.paths.iter().map(|&path| text(path)).collect();
            assert_eq!(paths, ["web/a/"], "{form}");
        }
    }

    #[test]
    fn what_is_left_open_is_not_said() {
        let text = "# F\n\n- **Variation**: TBD\n- **Frontend paths**: [where]\n\n## API contract\n\nNone\n";
        let facts = extract(text.as_bytes());
        let brief = read(&facts, Span::new(0, facts.text.len()), &words());
        assert!(brief.variation.is_none() && brief.paths.is_empty() && brief.contract.is_none());
    }
}

//! Results told in sentences: "All suites of Accounts pass".

use crate::base::Span;
use crate::facts::{BlockKind, DocumentFacts, SectionId};
use crate::model::phrases::{List, flat, has_any, listed, sentences};

/// The paragraphs of these sections that say that suites pass.
pub(super) fn read(facts: &DocumentFacts, sections: &[SectionId]) -> Vec<Span> {
    let blocks = sections.iter().flat_map(|&id| facts.blocks_within(id));
    let paragraphs =
        blocks.filter(|(_, block)| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item));
    let own = paragraphs.map(|(_, block)| facts.own_text(block));
    own.filter(|own| sentences(facts.text_of(*own)).any(|one| passes(&flat(one)))).collect()
}

fn passes(sentence: &str) -> bool {
    const TESTS: &List = listed!("test|tests|suite|suites|spec|specs");
    const PASS: &List = listed!(
        "pass|passes|passed|passing|green|succeed|succeeds|succeeded|no failure|no failures|\
        without failure|without failures|without a failure"
    );
    const NOT: &List = listed!(
        "not|except|fail|fails|failed|failing|will|should|must|until|unless|if|but|once|before|none"
    );
    has_any(sentence, TESTS) && has_any(sentence, PASS) && !has_any(sentence, NOT)
}

//! What a document says its arrows mean: `A --> B` means "A depends on B".

use super::{Drawing, Sense};
use crate::base::words::normalize;
use crate::facts::DocumentFacts;

const ARROWS: &[&str] = &["-->", "==>", "->", "=>", "→"];
/// Words between one that needs and what it needs.
const NEEDS: &[&str] = &[
    "depends on",
    "depend on",
    "needs",
    "need",
    "requires",
    "require",
    "waits for",
    "is blocked by",
    "is built on",
    "builds on",
];
/// Words between what is needed and the one that needs it.
const SERVES: &[&str] = &[
    "blocks",
    "unblocks",
    "enables",
    "comes before",
    "is before",
    "before",
    "is needed by",
    "is required by",
    "must come before",
    "must be built before",
    "must be done before",
];

/// Takes the arrows of drawings for what the document says they mean, if it says so.
pub(super) fn apply(facts: &DocumentFacts, drawings: &mut [Drawing]) {
    let drawn = |one: &Drawing| one.needs.iter().any(|need| need.sense == Sense::Arrow);
    if !drawings.iter().any(drawn) {
        return;
    }
    let mut said = facts.text.lines().filter_map(meaning);
    let Some(first_needs) = said.next() else { return };
    if said.any(|other| other != first_needs) {
        return;
    }
    for need in drawings.iter_mut().flat_map(|drawing| &mut drawing.needs) {
        if need.sense == Sense::Arrow {
            need.sense = Sense::Said;
            if first_needs {
                std::mem::swap(&mut need.from, &mut need.to);
            }
        }
    }
}

/// What a line says of arrows: whether the first end needs the second, or the second the first.
fn meaning(line: &str) -> Option<bool> {
    let defines = [" means", " mean ", " reads", " stands for", " = ", " says"];
    let mark = defines.iter().filter_map(|word| Some((line.find(word)?, *word))).min()?;
    let (before, after) = (&line[..mark.0], &line[mark.0 + mark.1.len()..]);
    let told = normalize(after);
    let opening = |list: &[&str], from: &str| {
        list.iter().any(|word| {
            from.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    };
    let arrow = ARROWS.iter().find_map(|arrow| before.split_once(arrow));
    if let Some((left, right)) = arrow {
        let letter = |word: &str| Some(normalize(word)).filter(|word| word.len() == 1);
        let left = left.split_whitespace().next_back().and_then(letter);
        let right = right.split_whitespace().next().and_then(letter);
        if let (Some(left), Some(right)) = (left, right) {
            let told = told.strip_prefix("that ").unwrap_or(&told);
            let (subject, rest) = told.split_once(' ')?;
            let needs = opening(NEEDS, rest);
            let object =
                rest.split(' ').any(|word| word == if subject == left { &*right } else { &*left });
            let about = (subject == left || subject == right) && object;
            return (about && (needs || opening(SERVES, rest))).then(|| needs == (subject == left));
        }
    }
    // "An arrow means 'depends on'".
    let arrows = arrow.is_some()
        || before
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word.eq_ignore_ascii_case("arrow") || word.eq_ignore_ascii_case("arrows"));
    let needs = opening(NEEDS, &told);
    (arrows && (needs || opening(SERVES, &told))).then_some(needs)
}

#[cfg(test)]
mod tests {
    use super::meaning;

    #[test]
    fn a_legend_says_which_end_needs_the_other() {
        let first =
            ["`A --> B` means \"A depends on B\".", "Arrows mean \"depends on\".", "→ = needs"];
        assert!(first.iter().all(|line| meaning(line) == Some(true)));
        let second = [
            "`A → B` means that B needs A",
            "A -> B reads \"A comes before B\"",
            "An arrow = blocks",
        ];
        assert!(second.iter().all(|line| meaning(line) == Some(false)));
        for other in [
            "Booking → Room: booking needs a room",
            "`A --> B` means A calls B",
            "A change means B depends on it",
            "A --> B",
        ] {
            assert_eq!(meaning(other), None, "{other}");
        }
    }
}

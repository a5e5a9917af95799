//! Which iterations a document speaks of.

use std::collections::HashMap;

use super::{Feature, Iteration};

/// What names an iteration in a text: its number or name, and its features. Held by the words
/// they begin with, so that one pass over a text finds all of them.
#[derive(Debug, Default)]
pub struct Phrases {
    /// What has to follow the word, and the iteration that is meant.
    by_word: HashMap<String, Vec<(String, usize)>>,
    iterations: usize,
}

impl Phrases {
    pub fn new(features: &[Feature], iterations: &[Iteration]) -> Self {
        let mut phrases = Self { iterations: iterations.len(), ..Self::default() };
        for (position, iteration) in iterations.iter().enumerate() {
            phrases.add(&format!("iteration {}", iteration.id), position);
        }
        for feature in features {
            phrases.add(&feature.name, feature.iteration);
            phrases.add(&feature.slug, feature.iteration);
        }
        phrases
    }

    fn add(&mut self, phrase: &str, iteration: usize) {
        let phrase = phrase.to_lowercase();
        let phrase = phrase.trim_start_matches(|c: char| !c.is_alphanumeric());
        let (word, rest) = phrase.split_at(word_end(phrase));
        if !word.is_empty() {
            let known = self.by_word.entry(word.to_owned()).or_default();
            known.push((rest.to_owned(), iteration));
        }
    }

    /// The iterations that a text names, itself or by one of their features, in their order.
    pub fn iterations_in(&self, text: &str) -> Vec<usize> {
        let mut named = vec![false; self.iterations];
        let mut lower = String::new();
        for line in text.lines() {
            // A report of all iterations names them long before it ends.
            if named.iter().all(|named| *named) {
                break;
            }
            lower.clear();
            match line.is_ascii() {
                true => lower.push_str(line),
                false => lower.push_str(&line.to_lowercase()),
            }
            lower.make_ascii_lowercase();
            self.mark(&lower, &mut named);
        }
        (0..self.iterations).filter(|&iteration| named[iteration]).collect()
    }

    fn mark(&self, line: &str, named: &mut [bool]) {
        let mut rest = line;
        while let Some(start) = word_start(rest) {
            rest = &rest[start..];
            let (word, after) = rest.split_at(word_end(rest));
            for (phrase, iteration) in self.by_word.get(word).into_iter().flatten() {
                let follows = || after.strip_prefix(phrase.as_str());
                if !named[*iteration]
                    && follows().is_some_and(|after| !after.starts_with(char::is_alphanumeric))
                {
                    named[*iteration] = true;
                }
            }
            rest = after;
        }
    }
}

/// Where the first word of a text begins.
fn word_start(text: &str) -> Option<usize> {
    let at = text.bytes().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    match text.as_bytes()[at].is_ascii() {
        true => Some(at),
        false => text[at..].find(char::is_alphanumeric).map(|more| at + more),
    }
}

/// Where the word ends that a text begins with.
fn word_end(text: &str) -> usize {
    let ends = |byte: u8| !byte.is_ascii_alphanumeric();
    let at = text.bytes().position(ends).unwrap_or(text.len());
    match text.as_bytes().get(at).is_none_or(u8::is_ascii) {
        true => at,
        false => text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;

    #[test]
    fn iterations_are_named_by_themselves_and_by_their_features() {
        let feature = |name: &str, slug: &str, iteration| Feature {
            id: None,
            name: name.to_owned(),
            slug: slug.to_owned(),
            label: None,
            iteration,
            declared: (0, Span::default()),
        };
        let features =
            [feature("User Accounts", "accounts", 0), feature("Übersicht (neu)", "overview", 1)];
        let iterations = ["1", "2", "12"].map(|id| Iteration { id: id.to_owned() });
        let phrases = Phrases::new(&features, &iterations);
        for (text, expected) in [
            ("About USER accounts", &[0][..]),
            ("src/accounts/**", &[0]),
            ("no accounts_x, xaccounts", &[0]),
            ("subaccounts and accountsx", &[]),
            ("ÜBERSICHT (NEU)\nIteration 12.", &[1, 2]),
            ("Iteration 2 of 3", &[1]),
            ("Iteration 1.2", &[0]),
            ("iterations 2", &[]),
        ] {
            assert_eq!(phrases.iterations_in(text), expected, "{text}");
        }
    }
}

//! Which reported deviations a resolution speaks of.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::phrases::{List, flat, listed, one_of};

/// A deviation as evidence reports it.
#[derive(Clone, Debug)]
pub struct Reported {
    pub title: String,
    /// Which one of its document it is, counted from one.
    pub number: usize,
    /// The features of its evidence, as positions among the declared ones.
    pub features: Vec<usize>,
}

/// A resolution, ready to be compared.
#[derive(Clone, Debug)]
pub struct Speaking {
    pub title: String,
    /// All its text with the headings around it.
    pub context: String,
    /// The features that it names.
    pub features: Vec<usize>,
}

/// For each resolution, the deviations that it speaks of: those whose id it names, else those
/// whose number it names with their feature, else those with which it shares the most.
pub fn assign(resolutions: &[Speaking], reported: &[Reported]) -> Vec<Vec<usize>> {
    let index = Index::of(reported);
    resolutions.iter().map(|one| index.spoken_of(one, reported)).collect()
}

/// The deviations by what tells them apart, so that the cost grows with both sides and not with
/// their product.
#[derive(Default)]
struct Index {
    by_id: HashMap<String, Vec<usize>>,
    by_number: HashMap<usize, Vec<usize>>,
    by_route: HashMap<String, Vec<usize>>,
    by_word: HashMap<String, Vec<usize>>,
    /// How many weighty words each title has.
    words: Vec<usize>,
    /// All come from one set of features.
    alone: bool,
}

impl Index {
    fn of(reported: &[Reported]) -> Self {
        let mut index = Self::default();
        for (at, one) in reported.iter().enumerate() {
            let words = weighty(&one.title);
            index.words.push(words.len());
            if let Some(id) = leading_id(&one.title) {
                index.by_id.entry(id).or_default().push(at);
            }
            index.by_number.entry(one.number).or_default().push(at);
            for route in routes(&one.title) {
                index.by_route.entry(route).or_default().push(at);
            }
            for word in words {
                index.by_word.entry(word).or_default().push(at);
            }
        }
        let mut features = reported.iter().map(|one| &one.features);
        let first = features.next();
        index.alone = features.all(|other| Some(other) == first);
        index
    }

    fn spoken_of(&self, one: &Speaking, reported: &[Reported]) -> Vec<usize> {
        let fits = |at: &usize| {
            let own = &reported[*at].features;
            one.features.is_empty()
                || own.is_empty()
                || own.iter().any(|feature| one.features.contains(feature))
        };
        let text = one.context.to_lowercase();
        let named = tokens(&text).filter_map(|token| self.by_id.get(token)).flatten();
        let named: BTreeSet<usize> = named.copied().collect();
        if !named.is_empty() {
            // An id that several features use needs the feature beside it.
            let own: Vec<usize> = named.iter().copied().filter(fits).collect();
            return if own.is_empty() { named.into_iter().collect() } else { own };
        }
        let numbers = numbers(&one.context);
        let numbered = numbers.iter().filter_map(|number| self.by_number.get(number)).flatten();
        let certain = self.alone || !one.features.is_empty();
        let numbered: BTreeSet<usize> =
            numbered.copied().filter(fits).filter(|_| certain).collect();
        if !numbered.is_empty() {
            return numbered.into_iter().collect();
        }
        self.likest(one, fits)
    }

    /// The deviations of which the resolution holds the most: a route, or at least half of the
    /// weighty words of the title.
    fn likest(&self, one: &Speaking, fits: impl Fn(&usize) -> bool) -> Vec<usize> {
        let mut scores: BTreeMap<usize, usize> = BTreeMap::new();
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for at in weighty(&one.context).iter().filter_map(|word| self.by_word.get(word)).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        for (&at, &count) in &shared {
            let share = count * 100 / self.words[at].max(1);
            if share >= 50 && (count >= 2 || self.words[at] == 1) {
                scores.insert(at, share);
            }
        }
        for at in routes(&one.context).iter().filter_map(|route| self.by_route.get(route)).flatten()
        {
            *scores.entry(*at).or_default() += 100;
        }
        // Text that names other features only may still be about this one, if it says enough.
        if scores.keys().any(&fits) {
            scores.retain(|at, _| fits(at));
        } else {
            scores.retain(|_, score| *score >= CERTAIN);
        }
        let best = scores.values().copied().max().unwrap_or(0);
        scores.into_iter().filter(|(_, score)| *score == best).map(|(at, _)| at).collect()
    }
}

/// A share of words that leaves little doubt.
const CERTAIN: usize = 75;

/// `DEV-CAT-1: …` → `dev-cat-1`.
fn leading_id(title: &str) -> Option<String> {
    let lower = title.to_lowercase();
    let first =
        tokens(&lower).next().filter(|first| lower.find(first).is_some_and(|at| at <= 2))?;
    let digits = first.bytes().any(|byte| byte.is_ascii_digit());
    let letters = first.starts_with(|c: char| c.is_ascii_alphabetic());
    (digits && letters && first.len() <= 24).then(|| first.to_owned())
}

/// The words of a text with the marks that ids are made of.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let parted = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')));
    parted.map(|token| token.trim_matches(['-', '.', '_'])).filter(|token| !token.is_empty())
}

/// The numbers in `deviation 3`, `deviation #3`, `#3`.
fn numbers(text: &str) -> Vec<usize> {
    let lower = text.to_lowercase();
    let marked = lower
        .split('#')
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
    let words = flat(&lower);
    let words: Vec<&str> = words.split(' ').collect();
    let named = words.windows(2).filter(|pair| one_of(listed!("deviation|deviations|no"), pair[0]));
    marked.chain(named.filter_map(|pair| pair[1].parse().ok())).collect()
}

/// `POST /api/tools`: the routes that a text names, with their methods where it has them.
fn routes(text: &str) -> Vec<String> {
    let bare = text.to_lowercase().replace(['`', '*', ',', ';', '|'], " ");
    let words: Vec<&str> = bare.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let route = word.trim_end_matches(['.', ':', ')', '(']);
        if !route.starts_with('/') || route.len() < 3 {
            continue;
        }
        let method = at.checked_sub(1).map(|at| words[at]);
        let method = method.filter(|word| one_of(listed!("get|post|put|patch|delete|head"), word));
        found.push(method.map_or(route.to_owned(), |method| format!("{method} {route}")));
    }
    found
}

/// The words of a text that say what it is about, cut to their stems.
pub fn weighty(text: &str) -> BTreeSet<String> {
    const LIGHT: &List = listed!(
        "deviation|deviations|changed|change|changes|instead|from|with|that|this|\
        than|implementation|implemented|implement|uses|used|using|added|architecture|feature|\
        specified|updated|contract|contracts|code|accepted|resolved|resolution|fixed|only|into|\
        were|have|been|when|where|which|their|same|also|more|rule|issue|missing"
    );
    const STEM: usize = 5;
    let words = flat(text);
    let weighty = words.split(' ').filter(|word| word.chars().count() >= 4 && !one_of(LIGHT, word));
    weighty.map(|word| word.chars().take(STEM).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(title: &str, number: usize, feature: usize) -> Reported {
        Reported { title: title.into(), number, features: vec![feature] }
    }

    fn assigned(resolutions: &[(&str, &[usize])], reported: &[Reported]) -> Vec<Vec<usize>> {
        let speaking = |&(text, features): &(&str, &[usize])| Speaking {
            title: text.into(),
            context: text.into(),
            features: features.to_vec(),
        };
        assign(&resolutions.iter().map(speaking).collect::<Vec<_>>(), reported)
    }

    #[test]
    fn ids_decide_where_they_are_used() {
        let known = [
            reported("DEV-CAT-1: `GET /api/tools` by cursor", 1, 0),
            reported("DEV-CAT-11: other", 2, 0),
        ];
        assert_eq!(
            assigned(&[("DEV-CAT-1, Catalog, `GET /api/tools`: contract updated", &[])], &known),
            [[0]]
        );
        assert_eq!(assigned(&[("DEV-CAT-7: accepted", &[])], &known), [[0usize; 0]]);
    }

    #[test]
    fn numbers_decide_together_with_the_feature() {
        let known = [reported("Deviation 1: Storage", 1, 0), reported("Deviation 1: Expiry", 1, 1)];
        assert_eq!(assigned(&[("Accounts, deviation 1: accepted", &[0])], &known), [[0]]);
        assert_eq!(assigned(&[("Deviation 1: accepted", &[])], &known), [[0usize; 0]]);
        assert_eq!(assigned(&[("Deviation #1: accepted", &[])], &known[..1]), [[0]]);
    }

    #[test]
    fn words_and_routes_decide_else() {
        let known = [
            reported("Credential storage in the registry", 1, 0),
            reported("`POST /api/tools` gives an id", 2, 0),
        ];
        let told = [
            ("Credentials are stored in the registry: accepted", &[][..]),
            ("POST /api/tools: code changed", &[]),
        ];
        assert_eq!(assigned(&told, &known), [[0], [1]]);
        assert_eq!(assigned(&[("GET /api/tools: fixed", &[])], &known), [[0usize; 0]]);
        let other = [reported("Credential storage in the registry", 1, 1)];
        let both: Vec<_> = known.iter().chain(&other).cloned().collect();
        assert_eq!(assigned(&[("Credential storage in the registry", &[1])], &both), [[2]]);
        assert_eq!(assigned(&[("Storage in the catalog", &[1])], &known), [[0usize; 0]]);
    }
}

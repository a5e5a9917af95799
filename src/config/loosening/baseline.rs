//! What a proposed baseline would forgive that the one which governs does not.

use std::collections::BTreeMap;

use super::Loosening;
use crate::base::{Span, words};
use crate::config::{Baseline, BaselineEntry};

/// The findings that only `proposed` knows, told once for each rule at the first of its entries.
pub fn compare(governing: &Baseline, proposed: &Baseline) -> Vec<Loosening> {
    let Some(file) = &proposed.file else { return Vec::new() };
    let mut added: BTreeMap<&str, (usize, Span)> = BTreeMap::new();
    for entry in &proposed.entries {
        let more = entry.count.saturating_sub(known(governing, entry));
        if more > 0 {
            added.entry(&entry.rule).or_insert((0, entry.span)).0 += more;
        }
    }
    let told = added.into_iter().map(|(rule, (count, span))| Loosening {
        path: file.path.clone(),
        span: Some(span),
        told: format!(
            "the baseline knows {} of `{rule}`",
            words::count(count, "more finding", "more findings")
        ),
        subject: format!("baseline {rule}"),
    });
    told.collect()
}

/// How many findings a baseline knows that an entry of another one stands for.
fn known(baseline: &Baseline, entry: &BaselineEntry) -> usize {
    let same = baseline.entries.iter().filter(|known| {
        known.path == entry.path && known.means(&entry.rule, &entry.subject, &entry.fingerprint)
    });
    same.map(|known| known.count).sum()
}

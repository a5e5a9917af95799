//! What features may change that they could not before (S2.14).

use super::Found;
use crate::base::words::list;
use crate::config::{Config, Setting};
use crate::workflow::Pattern;

/// Compares what is shared and what each feature has.
pub fn compare(governing: &Config, proposed: &Config, found: &mut Found) {
    if let Some(added) = Added::between(&governing.shared, &proposed.shared) {
        let told = format!("{} may be changed by every feature", added.written);
        found.push(Some(added.first.span), told, "shared".to_owned());
    }
    for (name, share) in &proposed.features {
        let known = governing.features.get(name).map_or(&[][..], |known| &known.value.paths);
        if let Some(added) = Added::between(known, &share.value.paths) {
            let told = format!("{} may be changed by {name}", added.written);
            found.push(Some(added.first.span), told, format!("feature {name}"));
        }
    }
    for (name, share) in &governing.features {
        let now = proposed.features.get(name).map_or(&[][..], |now| &now.value.branches);
        let gone = share.value.branches.iter().filter(|one| !now.contains(one));
        let gone: Vec<String> = gone.map(|one| format!("`{}`", one.written)).collect();
        if !gone.is_empty() {
            let told = format!("work on {} is not taken for that of {name} any more", list(&gone));
            found.push(None, told, format!("branches {name}"));
        }
        if !share.value.paths.is_empty() && !proposed.features.contains_key(name) {
            let told = format!("the configuration says no more what {name} owns");
            found.push(None, told, format!("feature {name}"));
        }
    }
}

/// Patterns that were not there before.
struct Added<'c> {
    written: String,
    first: &'c Setting<Pattern>,
}

impl<'c> Added<'c> {
    fn between(known: &[Setting<Pattern>], now: &'c [Setting<Pattern>]) -> Option<Self> {
        let is_new = |one: &&Setting<Pattern>| !known.iter().any(|known| known.value == one.value);
        let added: Vec<&Setting<Pattern>> = now.iter().filter(is_new).collect();
        let written: Vec<String> =
            added.iter().map(|one| format!("`{}`", one.value.written)).collect();
        Some(Self { written: list(&written), first: *added.first()? })
    }
}

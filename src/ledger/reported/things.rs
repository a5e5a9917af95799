//! Whether an entry names what is no contract: features, needs, ownership, stories, thresholds.

use super::Told;
use crate::ledger::naming::{Names, bare};
use crate::ledger::{Change, Thing, Way};
use crate::model::contract::mentions;
use crate::model::ids;
use crate::model::integration::matching::weighty;
use crate::model::phrases::{List, flat, has, listed};
use crate::project::Project;

const WHEN: &List = listed!(
    "iteration|iterations|phase|phases|batch|batches|wave|waves|level|schedule|scheduled|order|\
    earlier|later|after|before|sprint|milestone|postponed|deferred|brought forward|moved up|pulled forward"
);
/// What tells of a schedule without anything besides.
const STAGES: &List = listed!(
    "iteration|iterations|phase|phases|batch|batches|wave|waves|schedule|scheduled|sprint|\
    milestone|postponed|deferred|brought forward|moved up|pulled forward"
);
const NEEDS: &List = listed!(
    "needs|need|needed|depends|depend|dependency|dependencies|requires|require|relies|uses|calls|\
    independent|blocked|blocks|waits|prerequisite"
);
const CAME: &List = listed!(
    "feature|added|new|introduced|removed|dropped|cut|descoped|postponed|deferred|split|merged|\
    renamed|abandoned|left out|out of scope|not built"
);
const OWNS: &List = listed!(
    "owns|own|owned|owner|ownership|belongs|boundary|boundaries|takes over|took over|route|routes|\
    table|tables|path|paths|moved|state"
);

/// Whether a voice names what a change is about.
pub(super) fn covers(told: &Told<'_>, change: &Change, project: &Project) -> bool {
    let names = &told.names[1];
    let feature = |name: &str| names_feature(told, project, name);
    let own = |name: &str| {
        let own = told.voice.features.iter().flatten();
        own.into_iter().any(|&id| project.features[id].name == name)
    };
    match &change.thing {
        Thing::Contract { .. } => false,
        Thing::Feature { name } => {
            let built = change.way == Way::Added && own(name) && !told.contracts.is_empty();
            feature(name) && (told.is_general() || names.say(CAME)) || built && names.say(CAME)
        }
        Thing::Owned { feature, what } => {
            let general =
                told.is_general() && (names.say(OWNS) || !names.say(NEEDS) && !names.say(WHEN));
            is_written(told, what)
                || general && names_feature(told, project, feature)
                || own(feature) && told.is_general() && names.say(OWNS) && shares(told, what)
        }
        Thing::Need { from, to } => {
            let needs = names.say(NEEDS);
            (feature(from) || feature(to)) && (needs || told.is_general())
                || own(from) && needs && told.is_general()
        }
        Thing::Schedule { feature } => {
            names_feature(told, project, feature) && (told.is_general() || names.say(WHEN))
                || own(feature) && told.is_general() && names.say(STAGES)
        }
        Thing::Story { name } | Thing::Journey { name } => is_titled(told, name),
        Thing::Criterion { story, text } => {
            is_titled(told, text) || resembles(told, text) || names_only_story(told, story, text)
        }
        Thing::Item { text, .. } => is_titled(told, text) || resembles(told, text),
        // What a number is of takes few words, which a reason may hold as well.
        Thing::Threshold { name } => {
            let said = names.words.join(" ");
            is_titled_in(told, name, &said) || resembles_in(&said, name)
        }
    }
}

/// Whether a feature is named in full.
fn names_feature(told: &Told<'_>, project: &Project, name: &str) -> bool {
    let words = told.names[1].words.join(" ");
    told.features.iter().any(|&id| project.features[id].name == name)
        || has(&flat(&words), &flat(name))
}

/// Whether a route pattern, table or path stands in the text as written.
fn is_written(told: &Told<'_>, what: &str) -> bool {
    let routes = mentions(what, 0);
    let same = |names: &Names| {
        routes.iter().any(|route| {
            names.routes.iter().any(|own| own.route == route.route && own.open == route.open)
        })
    };
    let text = &told.voice.said.text;
    let border =
        |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '/' | '-'));
    let stands = text.match_indices(what).any(|(at, _)| {
        border(text[..at].chars().next_back()) && border(text[at + what.len()..].chars().next())
    });
    let denied = same(&told.voice.said.denied) || told.voice.said.denied.bare.contains(&bare(what));
    let plain = what.chars().all(char::is_alphanumeric);
    let named = same(&told.names[1]) || told.names[1].bare.contains(&bare(what));
    (named || stands && !plain) && !denied
}

fn shares(told: &Told<'_>, what: &str) -> bool {
    has(&told.voice.said.flat, &flat(what))
}

/// Whether the id that a name begins with is in the text, or all of its words are.
fn is_titled(told: &Told<'_>, name: &str) -> bool {
    is_titled_in(told, name, &told.voice.said.text)
}

/// As [`is_titled`], where the words of the name have to be in a part of the text.
fn is_titled_in(told: &Told<'_>, name: &str, said: &str) -> bool {
    let id = ids::find(name).into_iter().next().filter(|one| name.starts_with(&*one.id.written));
    match id {
        Some(own) => {
            let named = ids::find(&told.voice.said.text).iter().any(|one| one.covers(&own.id));
            let title = &name[own.span.end as usize..];
            named || weighty(title).len() > 1 && resembles_in(said, title)
        }
        None => has(&told.voice.said.flat, &flat(name)),
    }
}

/// Whether the story of a criterion is named, and no other criterion by its id.
fn names_only_story(told: &Told<'_>, story: &str, text: &str) -> bool {
    let own = ids::find(text).into_iter().next();
    let other = own.is_some_and(|own| {
        let all = ids::find(&told.voice.said.text);
        all.iter().any(|one| one.id.is_like(&own.id))
    });
    is_titled(told, story) && !other
}

/// Whether most of the words of weight of a text are said.
fn resembles(told: &Told<'_>, text: &str) -> bool {
    resembles_in(&told.voice.said.text, text)
}

fn resembles_in(said: &str, text: &str) -> bool {
    const SHARE: usize = 60;
    let (own, said) = (weighty(text), weighty(said));
    let shared = own.intersection(&said).count();
    shared * 100 >= own.len() * SHARE && (shared > 1 || own.len() == 1 && shared == 1)
}

//! Which elements of a contract an entry names.

use super::{GENERIC, SHAPES, Told};
use crate::ledger::naming::{Names, bare};
use crate::ledger::{Change, Thing, Way};
use crate::model::contract::compare::Element;
use crate::model::phrases::{List, has_any, listed, one_of};

/// Words for what a caller sends, and for what comes back.
const REQUEST: &List = listed!("request|requests|query|parameter|parameters|sends|takes|accepts");
const RESPONSE: &List = listed!(
    "response|responses|answer|answers|returns|returned|reply|replies|responds|gives|carries"
);
const ERRORS: &List = listed!(
    "error case|error cases|error|errors|error code|error codes|error response|error responses|\
    failure|failures"
);
/// Words that tell that a body is another one: "answers come from a cache" does not.
const DIFFERS: &List = listed!(
    "simplified|shorter|slimmer|smaller|bigger|larger|flattened|trimmed|shape|shapes|field|fields|\
    no longer|without|only|just|less|fewer|more|lacks|lost|instead|renamed|removed|dropped|added|\
    extended|leaves|leave|left|omits|omitted|missing|new|carries|carry|holds|contains|differs|\
    different|changed|returns|gives|reduced|cut|stripped|has no|have no"
);
const AUTH: &List = listed!(
    "auth|authentication|authenticated|authorization|unauthenticated|anonymous|public|publicly|\
    token|bearer|login|session|sign in|signing in|logged in|logging in|guest|guests|credentials"
);

/// What says of something that it is not there any more.
const GONE: &List = listed!(
    "gone|removed|dropped|deleted|replaced|renamed|moved|merged|withdrawn|not built|no longer|\
    out of scope|instead|missing|absent|omitted|left out|cut|abandoned|not there|not implemented|\
    not part|no such|folded|given up|any more|anymore|descoped|postponed|deferred|without|lacks|\
    lack|does not exist|not exist|retired|split|superseded"
);
/// What says that one error is told as another.
const MERGED: &List =
    listed!("merged|folded|mapped|combined|collapsed|unified|instead|becomes|became|into");
/// What says of a body as a whole that it has another shape.
const RESHAPED: &List = listed!(
    "simplified|shorter|slimmer|smaller|larger|flattened|trimmed|extended|reduced|shape|structure|\
    envelope|wrapped|unwrapped|bare|flat|nested"
);

/// Of these changes of one contract, and of the types behind it after the first `own`, those that a
/// voice covers which names the contract. One that names particulars covers what changed of those;
/// else it covers all but what it says is as it was, and types only where it speaks of a body. One
/// that is narrow covers nothing that it does not name.
pub(super) fn covered(
    told: &Told<'_>,
    group: &[usize],
    changes: &[Change],
    own: usize,
    particulars: Particulars,
) -> Vec<usize> {
    let element = |at: usize| match &changes[at].thing {
        Thing::Contract { element, .. } => element.as_ref(),
        _ => None,
    };
    let said = &told.voice.said;
    let is_denied = |at: usize| {
        let denied = |one| is_named(one, &said.denied) && !is_named(one, &said.told);
        element(at).is_some_and(denied)
    };
    let elements: Vec<&Element> = group.iter().filter_map(|&at| element(at)).collect();
    let named_by = |names: &Names| -> Vec<&Element> {
        elements.iter().copied().filter(|one| is_named(one, names)).collect()
    };
    for names in &told.names {
        let mut named = named_by(names);
        let told_apart = particulars.errors && !names.say(MERGED);
        if !named.iter().any(|one| is_error(one)) && names.say(ERRORS) && !told_apart {
            named.extend(elements.iter().copied().filter(|one| is_error(one)));
        }
        // The title names a field as it was, and the account as it is.
        if !named.is_empty() {
            named.extend(named_by(&told.names[1]));
        }
        let holds = |at: usize| {
            element(at).is_none_or(|one| {
                named.contains(&one)
                    || is_within(one, &named, names)
                    || is_of_whole(one, &named, names)
            })
        };
        if elements.iter().any(|one| named.contains(one) || is_within(one, &named, names)) {
            return group.iter().copied().filter(|&at| holds(at) && !is_denied(at)).collect();
        }
    }
    let whole = |at: usize| element(at).is_none();
    let wide = &told.names[1];
    if particulars.any() {
        let reshaped = wide.say(RESHAPED);
        let holds = |at: &usize| match element(*at) {
            None => changes[*at].way != Way::Removed || wide.say(GONE),
            Some(one) => path(one).is_some() && reshaped || is_of_whole(one, &[], &told.names[0]),
        };
        return group.iter().copied().filter(|at| holds(at) && !is_denied(*at)).collect();
    }
    let shaped = wide.say(SHAPES) && wide.say(DIFFERS);
    let own = if shaped { group.len() } else { own };
    let open = !said.denies_contracts && !told.voice.narrow;
    let general = |at: &usize| (open || whole(*at)) && !is_denied(*at);
    group[..own].iter().copied().filter(general).collect()
}

/// Whether a voice that names a contract names particulars of it, changed or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Particulars {
    pub errors: bool,
    pub members: bool,
}

impl Particulars {
    /// `has` tells whether the contract has a member or error code of a bare name.
    pub fn of(names: &Names, has: impl Fn(&str) -> bool) -> Self {
        let error = |number: &String| number.starts_with(['4', '5']);
        let own = |field: &String| has(field) && !one_of(GENERIC, field);
        Self { errors: names.numbers.iter().any(error), members: names.fields.iter().any(own) }
    }

    fn any(self) -> bool {
        self.errors || self.members
    }
}

/// The name of the member that an element is, from the body inward.
pub(super) fn path(element: &Element) -> Option<&str> {
    match element {
        Element::Request(name) | Element::Query(name) | Element::Response(name) => Some(name),
        _ => None,
    }
}

/// Whether an element is named by itself.
pub(super) fn is_named(element: &Element, names: &Names) -> bool {
    let holds = |name: &str| names.fields.contains(&bare(name));
    match element {
        Element::Request(name) | Element::Query(name) | Element::Response(name) => {
            let last = name.rsplit('.').next().unwrap_or(name);
            let named = match name.is_empty() {
                true => names.say(body_words(element)),
                false => holds(last) || name.contains('.') && names.bare.contains(&bare(name)),
            };
            named && is_on_side(element, names)
        }
        Element::Status => {
            let success = |number: &String| number.starts_with(['2', '3']);
            names.say(listed!("status|status code")) || names.numbers.iter().any(success)
        }
        Element::ErrorCase(code) => {
            names.numbers.contains(code) || holds(code) || names.bare.contains(&bare(code))
        }
        Element::Header(name) => {
            let spelled = holds(name) || names.bare.contains(&bare(name));
            spelled || name == "authorization" && names.say(AUTH)
        }
        Element::Auth => names.say(AUTH) || holds("authorization"),
    }
}

/// Whether a voice says of an answer that it is not given any more.
pub(super) fn tells_loss(told: &Told<'_>) -> bool {
    const ANSWERS: &List = listed!("answered|answers|answer|returned|returns|given|status");
    told.names.iter().any(|names| names.say(GONE) && (names.say(ERRORS) || names.say(ANSWERS)))
}

/// Whether a change is one of an error case.
pub(super) fn is_error_case(change: &Change) -> bool {
    matches!(&change.thing, Thing::Contract { element: Some(element), .. } if is_error(element))
}

fn is_error(element: &Element) -> bool {
    matches!(element, Element::ErrorCase(_))
}

fn body_words(element: &Element) -> &'static List {
    match element {
        Element::Response(_) => {
            listed!("response|answer|answers|returns|returned|reply|body|payload|gives|list|array")
        }
        Element::Query(_) => listed!("query|parameters|filters|search"),
        _ => listed!("request|body|payload|takes|accepts|sends|expects|input"),
    }
}

/// Whether the side that an element is on may be meant. A text about responses alone says nothing
/// of a field of the request.
fn is_on_side(element: &Element, names: &Names) -> bool {
    let (sent, given) = (names.say(REQUEST), names.say(RESPONSE));
    match element {
        Element::Response(_) => given || !names.say(listed!("request|requests|query")),
        _ => sent || !given,
    }
}

/// Whether something that holds the element is named, and nothing else that it holds: "the `user`
/// object is gone" covers `user.email`.
fn is_within(element: &Element, named: &[&Element], names: &Names) -> bool {
    let Some(own) = path(element) else { return false };
    let holders = own.match_indices('.').map(|(at, _)| &own[..at]);
    let mut said = holders.filter(|holder| {
        let last = holder.rsplit('.').next().unwrap_or(holder);
        names.fields.contains(&bare(last))
    });
    said.any(|holder| {
        let below = |one: &&&Element| {
            path(one)
                .is_some_and(|path| path.strip_prefix(holder).is_some_and(|r| r.starts_with('.')))
        };
        !named.iter().any(|one| below(&one))
    })
}

/// Whether a sentence about the whole body that holds the element names a changed part of it:
/// "answers with the `id` only" covers all that is gone.
fn is_of_whole(element: &Element, named: &[&Element], names: &Names) -> bool {
    if path(element).is_none() {
        return false;
    }
    names.wholes.iter().any(|whole| {
        let given = has_any(&whole.words, RESPONSE);
        let sent = has_any(&whole.words, REQUEST);
        let fits = |one: &Element| match one {
            Element::Response(_) => given || !sent,
            _ => sent || !given,
        };
        let last =
            |one: &Element| path(one).map(|path| bare(path.rsplit('.').next().unwrap_or(path)));
        let tells = |one: &&Element| {
            fits(one) && last(one).is_some_and(|name| whole.fields.contains(&name))
        };
        fits(element) && (whole.only && (given || sent) || named.iter().any(tells))
    })
}

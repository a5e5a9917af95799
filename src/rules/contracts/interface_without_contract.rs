use crate::base::words::{List, flat, listed};
use crate::base::{Level, Span};
use crate::facts::{DocumentFacts, InlineKind};
use crate::finding::Finding;
use crate::model::Model;
use crate::project::{Artifact, DutyState, Project};
use crate::rules::{Check, Rule, placeholders};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "interface-without-contract",
    summary: "an interface document holds nothing that another team could build against",
    promises: &["S2.5", "X.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/interface-without-contract.md"),
    check: Check::Artifact(&[Kind::Interface], check),
};

fn check(artifact: &Artifact, project: &Project, out: &mut Vec<Finding>) {
    let (Model::Architecture(model), Some(facts)) = (&*artifact.model, artifact.facts()) else {
        return;
    };
    let read = !model.contracts.list.is_empty() || !model.contracts.unread.is_empty();
    let blank = || !facts.says_anything() || placeholders::stand_in(facts);
    // Whose interface it is, or which of several is the one, is another question.
    let settled = || artifact.features.len() == 1 && !is_contested(artifact, project);
    let says = || has_signature(facts) || offers_nothing(facts);
    if read || blank() || says() || !settled() || refers(artifact, facts, project) {
        return;
    }
    out.push(
        Finding::at(
            &artifact.path,
            facts.beginning(),
            "this interface states no contract: no endpoint, event, table, type or signature",
        )
        .help(
            "write each thing that others can use, exactly: method and path with request, \
             response and error cases, the fields of an event, the signature of a function; or \
             say that the feature offers nothing to others",
        )
        .subject(artifact.path.name()),
    );
}

fn is_contested(artifact: &Artifact, project: &Project) -> bool {
    project.duties.iter().any(|duty| match &duty.state {
        DutyState::Contested(several) => {
            several.iter().any(|&id| project.artifacts[id].path == artifact.path)
        }
        _ => false,
    })
}

/// Whether it refers to a description of its interface in a form for programs, which states it.
fn refers(artifact: &Artifact, facts: &DocumentFacts, project: &Project) -> bool {
    const FORMS: &[&str] = &["yaml", "yml", "json"];
    let described = |one: &Artifact| {
        let name = one.path.name();
        name.rsplit_once('.').is_some_and(|(_, form)| FORMS.contains(&form))
            && facts.text.contains(name)
            && !one.model.contracts().is_empty()
    };
    project.artifacts.iter().any(|one| one.path != artifact.path && described(one))
}

/// Whether it shows anything in an exact form: code in a fence, a table of fields or properties,
/// a call such as `useSession()`.
fn has_signature(facts: &DocumentFacts) -> bool {
    let shown = |span: Span| facts.text_of(span).contains(['(', '{', ':', '=', '<']);
    let calls = |text: &str| {
        let inner = text.trim_matches('`');
        let open = inner.find('(').filter(|_| inner.contains(')'));
        open.is_some_and(|open| inner[..open].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    const HEADS: &[&str] = &[
        "field",
        "fields",
        "property",
        "prop",
        "props",
        "type",
        "parameter",
        "parameters",
        "argument",
        "option",
        "flag",
        "command",
        "method",
        "function",
        "signature",
        "column",
        "event",
        "input",
        "output",
        "component",
        "topic",
        "message",
        "key",
        "variable",
    ];
    facts.codes.iter().any(|code| shown(code.body))
        || facts.tables.iter().any(|table| {
            let heads = table.header().iter().map(|&cell| flat(facts.text_of(cell)));
            heads.into_iter().any(|head| head.split(' ').any(|word| HEADS.contains(&word)))
        })
        || facts
            .inlines
            .iter()
            .any(|inline| inline.kind == InlineKind::Code && calls(facts.text_of(inline.span)))
}

/// Whether it says plainly that there is nothing for others here.
fn offers_nothing(facts: &DocumentFacts) -> bool {
    const PLAIN: &[&str] = &[
        "no api",
        "no public api",
        "no apis",
        "no endpoint",
        "no http",
        "no server",
        "no backend",
        "no interface",
        "no public interface",
        "no contract",
        "no external interface",
        "no event",
        "nothing to other",
        "nothing for other",
        "offers nothing",
        "exposes nothing",
        "exposes no ",
        "provides no ",
        "offers no ",
        "publishes no ",
        "ui only",
        "ui-only",
        "frontend only",
        "front end only",
        "frontend-only",
        "client-side only",
        "presentation only",
        "not called by",
        "does not expose",
        "does not offer",
        "does not provide",
        "consumes only",
        "only consumes",
    ];
    let text = facts.text.to_ascii_lowercase();
    let ends = |phrase: &'static str| {
        let lower = &text;
        lower.match_indices(phrase).map(move |(at, _)| &lower[at + phrase.len()..])
    };
    PLAIN.iter().any(|phrase| ends(phrase).any(|rest| !is_about_writing(rest)))
        || facts.sections.iter().any(|section| {
            let promised = [
                "api",
                "endpoints",
                "interface",
                "contract",
                "contracts",
                "exposes",
                "provides",
                "offers",
                "public api",
                "exports",
                "events",
            ];
            let none = flat(facts.text_of(section.body));
            promised.contains(&&*section.name)
                && ["none", "n a", "not applicable", "nothing"]
                    .iter()
                    .any(|word| none.starts_with(word))
        })
}

/// Whether a denial goes on to deny what is written about a thing instead of the thing: "no API
/// documentation yet".
fn is_about_writing(rest: &str) -> bool {
    const WRITING: &List = listed!(
        "description|descriptions|doc|docs|document|documentation|page|reference|section|spec|\
         specification|yet"
    );
    let sentence = rest.split(['.', ';', '\n']).next().unwrap_or("");
    let mut words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1);
    words.any(|word| WRITING.has(word))
}

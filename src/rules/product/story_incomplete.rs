use super::named;
use crate::base::Level;
use crate::base::words::list;
use crate::facts::DocumentFacts;
use crate::finding::Finding;
use crate::model::Model;
use crate::model::product::Story;
use crate::project::{Artifact, Project};
use crate::rules::{Check, Rule};
use crate::workflow::Kind;

pub static RULE: Rule = Rule {
    id: "story-incomplete",
    summary: "a user story does not say who wants what, and why",
    promises: &["S2.2"],
    level: Level::Deny,
    page: include_str!("../../../rules/story-incomplete.md"),
    check: Check::Artifact(&[Kind::Stories], check),
};

const HELP: &str = "say it in one sentence: As a …, I want …, so that …";

fn check(artifact: &Artifact, _: &Project, out: &mut Vec<Finding>) {
    let (Model::Product(product), Some(facts)) = (&*artifact.model, artifact.facts()) else {
        return;
    };
    let stories = || product.stories.iter().filter(|story| !story.deferred);
    let told = stories().filter(|story| !story.sentence.is_absent()).count();
    // A document that tells stories in another form promises no sentences.
    let uses_sentences = told * 2 > stories().count();
    let lacking: Vec<(&Story, Vec<&str>)> = stories()
        .filter(|story| !story.sentence.is_absent() || (uses_sentences && !story.technical))
        .map(|story| (story, lacks(story)))
        .filter(|(_, parts)| !parts.is_empty())
        .collect();
    if let [(_, parts), _, _, ..] = &lacking[..]
        && lacking.len() == stories().count()
        && lacking.iter().all(|(_, others)| others == parts)
    {
        out.push(everywhere(artifact, facts, parts));
        return;
    }
    for (story, parts) in lacking {
        let name = named(story);
        let message = format!("{name} does not say {}", list(&parts));
        let finding = Finding::at(&artifact.path, story.span, message);
        out.push(finding.help(HELP).subject(name));
    }
}

fn everywhere(artifact: &Artifact, facts: &DocumentFacts, parts: &[&str]) -> Finding {
    let message = format!("no story says {}", list(parts));
    Finding::at(&artifact.path, facts.beginning(), message).help(HELP).subject("stories")
}

/// What a story does not say.
fn lacks(story: &Story) -> Vec<&'static str> {
    let sentence = &story.sentence;
    let parts = [
        (sentence.who.is_none(), "who wants it"),
        (sentence.what.is_none(), "what is wanted"),
        (sentence.why.is_none(), "why"),
    ];
    parts.iter().filter(|(lacks, _)| *lacks).map(|(_, part)| *part).collect()
}

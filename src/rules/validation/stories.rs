//! Which stories and journeys are due for validation, and what became of them.

use std::collections::{BTreeMap, HashMap};

use super::{Document, document, documents};
use crate::base::Span;
use crate::base::words::{list, normalize};
use crate::facts::{DocumentFacts, SectionId};
use crate::finding::Finding;
use crate::model::ids::{Id, Mention, Named};
use crate::model::outcome::Outcome;
use crate::model::product;
use crate::model::validation::{Checked, Date};
use crate::project::features::{Match, Name};
use crate::project::{Duty, DutyState, Project};
use crate::workflow::Kind;

/// Something with an identifier that has to work.
pub struct Wanted<'p> {
    pub id: &'p Id,
    /// Its title, normalized.
    pub name: String,
    /// The iteration that plans it, where the documents say. One that no graph schedules yet
    /// comes after those of the project, and nothing of it is due.
    pub iteration: Option<usize>,
}

/// The stories that have identifiers.
pub fn stories(project: &Project) -> Vec<Wanted<'_>> {
    // What no user asks for, no user can try out.
    let stories = project.stories_to_design().filter(|(_, story)| !story.technical);
    let stories = stories.filter_map(|(artifact, story)| {
        let facts = artifact.facts()?;
        let iteration = planned(project, facts, story.section, story.extent);
        Some(Wanted { id: story.id.as_ref()?, name: story.name.clone(), iteration })
    });
    stories.collect()
}

/// The journeys that have identifiers. One belongs to the newest iteration of its stories.
pub fn journeys<'p>(project: &'p Project, stories: &[Wanted<'p>]) -> Vec<Wanted<'p>> {
    let told = project.products().flat_map(|(_, facts, product)| {
        product.journeys.iter().map(move |journey| (facts, journey))
    });
    let mut iterations: BTreeMap<&Id, Option<usize>> = BTreeMap::new();
    let unscheduled = project.stories().filter_map(|(artifact, story)| {
        let iteration = planned(project, artifact.facts()?, story.section, story.extent);
        let later = iteration.filter(|&one| one >= project.iterations.len());
        Some((story.id.as_ref()?, Some(later?)))
    });
    let scheduled = stories.iter().map(|story| (story.id, story.iteration));
    for (id, iteration) in scheduled.chain(unscheduled) {
        let known = iterations.entry(id).or_default();
        *known = (*known).max(iteration);
    }
    told.filter_map(|(facts, journey)| {
        let own = facts.section(journey.section).extent;
        let named = journey.names.iter().flat_map(|name| {
            let last = name.until.as_deref().unwrap_or(&name.id);
            let spelled = name.id <= *last;
            let range = spelled.then(|| iterations.range::<Id, _>(&name.id..=last));
            range.into_iter().flatten().filter(|(id, _)| name.covers(id))
        });
        let newest = named.filter_map(|(_, iteration)| *iteration).max();
        let iteration = planned(project, facts, journey.section, own).or(newest);
        Some(Wanted { id: journey.id.as_ref()?, name: normalize(&journey.title), iteration })
    })
    .collect()
}

/// The iteration that a heading above, or a label beside, plans something for.
fn planned(
    project: &Project,
    facts: &DocumentFacts,
    section: SectionId,
    extent: Span,
) -> Option<usize> {
    let by_id = |id: &str| {
        let id = id.split(' ').next()?;
        let number: Option<u32> = id.parse().ok();
        let last = project.iterations.last().and_then(|one| one.id.parse().ok());
        let unscheduled = number.zip(last).is_some_and(|(number, last): (_, u32)| number > last);
        project.iteration_called(id).or(unscheduled.then_some(project.iterations.len()))
    };
    let headed =
        product::above(facts, section).find_map(|name| by_id(name.strip_prefix("iteration ")?));
    headed.or_else(|| {
        facts.fields_in(extent).find_map(|field| {
            let value = facts.text_of(field.value);
            match &*field.name {
                "iteration" => by_id(normalize(value).trim_start_matches("iteration ")),
                "feature" | "epic" => match project.names.find(&Name::new(value, None)) {
                    Match::One(feature) => Some(project.features[feature].iteration),
                    _ => None,
                },
                _ => None,
            }
        })
    })
}

/// The duties to sign off that are done, each with the first of its documents.
pub fn signed<'p>(project: &'p Project) -> impl Iterator<Item = (&'p Duty, Document<'p>)> {
    project.duties.iter().filter_map(|duty| {
        let deliverable = &project.workflow.phases[duty.phase].deliverables[duty.deliverable];
        let DutyState::Done(several) = &duty.state else { return None };
        let first = project.artifacts.get(*several.first()?)?;
        let signs = deliverable.kind == Kind::SignOff;
        Some((duty, document(first)?)).filter(|_| signs)
    })
}

/// Those that an iteration has to validate: its own, and in the newest one also what no document
/// plans for any.
fn due_in<'w>(
    wanted: &'w [Wanted<'w>],
    iteration: usize,
    newest: bool,
) -> impl Iterator<Item = &'w Wanted<'w>> {
    wanted.iter().filter(move |one| one.iteration.map_or(newest, |planned| planned == iteration))
}

/// One finding for everything of a sort that no document gives a result for.
pub fn unverified(
    project: &Project,
    wanted: &[Wanted<'_>],
    sort: (&str, &str),
    out: &mut Vec<Finding>,
) {
    let checked: Vec<&Checked> =
        documents(project).flat_map(|document| &document.model.results).collect();
    let about = Named::by(checked.iter().flat_map(|one| &one.about));
    let passes = Named::by(checked.iter().flat_map(|one| &one.passes));
    let named = Named::by(checked.iter().flat_map(|one| &one.names));
    // Where some have lines of their own, all have; else a line that names them in passing will do.
    let single = wanted.iter().any(|wanted| about.covers(wanted.id));
    let in_passing = |wanted: &Wanted<'_>| {
        named.covers(wanted.id) || checked.iter().any(|one| is_titled(one, wanted))
    };
    let own = |wanted: &Wanted<'_>| about.covers(wanted.id) || passes.covers(wanted.id);
    let verified = |wanted: &Wanted<'_>| own(wanted) || !single && in_passing(wanted);
    let newest = signed(project).map(|(duty, _)| duty.iteration).max();
    for (duty, document) in signed(project) {
        let due = due_in(wanted, duty.iteration, Some(duty.iteration) == newest);
        let left: Vec<String> =
            due.filter(|one| !verified(one)).map(|one| one.id.to_string()).collect();
        if left.is_empty() {
            continue;
        }
        let noun = if left.len() == 1 { sort.0 } else { sort.1 };
        let message =
            format!("no validation document gives a result for the {noun} {}", list(&left));
        let finding = Finding::at(&document.artifact.path, document.facts.beginning(), message)
            .help("add a line for each with its result on the integrated system")
            .subject(format!("results of {}", sort.1))
            .gate(duty.iteration, duty.phase);
        out.push(finding);
    }
}

/// Whether a result names something by its title.
fn is_titled(checked: &Checked, wanted: &Wanted<'_>) -> bool {
    const TELLING: usize = 3;
    wanted.name.split(' ').count() >= TELLING && checked.name.contains(&wanted.name)
}

/// Results by what they are about.
pub struct Results<'p> {
    by_id: HashMap<&'p Id, Vec<Told<'p>>>,
    /// Those that are about a range.
    ranges: Vec<(&'p Mention, Told<'p>)>,
}

/// One result, with the date of its document.
type Told<'p> = (Option<Date>, Document<'p>, &'p Checked);

impl<'p> Results<'p> {
    pub fn of(project: &'p Project) -> Self {
        let mut results = Self { by_id: HashMap::new(), ranges: Vec::new() };
        for document in documents(project) {
            let date = document.model.verdicts.iter().filter_map(|verdict| verdict.date).max();
            for checked in &document.model.results {
                let told = (date, document, checked);
                for mention in &checked.about {
                    match mention.until {
                        None => results.by_id.entry(&mention.id).or_default().push(told),
                        Some(_) => results.ranges.push((mention, told)),
                    }
                }
            }
        }
        results
    }

    /// The last result of something, where that is a failure.
    pub fn failed(&self, wanted: &Wanted<'_>) -> Option<(Document<'p>, &'p Checked)> {
        let single = self.by_id.get(wanted.id).into_iter().flatten();
        let ranges = self.ranges.iter().filter(|(mention, _)| mention.covers(wanted.id));
        let all = single.chain(ranges.map(|(_, told)| told));
        let (_, document, checked) = all.max_by_key(|(date, document, checked)| {
            (*date, &document.artifact.path, checked.span)
        })?;
        (checked.outcome == Outcome::Fail).then_some((*document, *checked))
    }
}

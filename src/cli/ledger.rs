//! `gatecheck ledger`: what was agreed, what became of it, who reported that and how it was
//! resolved.

use std::collections::{HashMap, HashSet};

use super::args::LedgerArgs;
use super::contracts::{check_feature, is_called};
use super::inspect::Lines;
use super::output::Outcome;
use super::view;
use crate::base::words::without_markup;
use crate::base::{Failure, RepoPath, Span, words};
use crate::engine;
use crate::ledger::{self, Reporter, Settlement, Way};
use crate::model::{integration, people};
use crate::project::{ArtifactId, FeatureId, Project};
use crate::render::Shown;
use crate::render::ledger::{
    self as table, Change, Entry, Ledger, Ledgers, Only, Place, Reported, Resolution, Update,
};

pub fn run(args: &LedgerArgs, color: bool) -> Result<Outcome, Failure> {
    let (source, found) = view::ledgers(&args.source, &args.agreement)?;
    let projects = found.iter().map(|(project, _)| project);
    if let Some(feature) = &args.feature {
        check_feature(feature, projects.clone())?;
    }
    if let Some(iteration) = &args.iteration {
        check_iteration(iteration, projects)?;
    }
    let shown = found.iter().map(|(project, ledger)| Wanted::new(args, project, ledger).shown());
    let ledgers = Ledgers {
        source: source.into(),
        workflows: shown.collect(),
        only: Only {
            feature: args.feature.as_ref().map(Into::into),
            iteration: args.iteration.as_ref().map(Into::into),
            open: args.open,
        },
    };
    Ok(Outcome::shown(table::render(&ledgers, args.format.into(), color)))
}

fn check_iteration<'p>(
    wanted: &str,
    projects: impl Iterator<Item = &'p Project>,
) -> Result<(), Failure> {
    let known: Vec<&str> =
        projects.flat_map(|project| &project.iterations).map(|one| one.id.as_str()).collect();
    if known.contains(&wanted) {
        return Ok(());
    }
    let help = format!("the iterations are {}", words::few(&known, 8));
    Err(Failure::new(format!("there is no iteration {wanted}"), "", help))
}

/// What is asked for of one project, with its ledger.
struct Wanted<'a> {
    args: &'a LedgerArgs,
    project: &'a Project,
    ledger: &'a ledger::Ledger,
    lines: HashMap<&'a RepoPath, Lines<'a>>,
}

impl<'a> Wanted<'a> {
    fn new(args: &'a LedgerArgs, project: &'a Project, ledger: &'a ledger::Ledger) -> Self {
        let documents = project.artifacts.iter();
        let lines = documents.filter_map(|one| Some((&one.path, Lines::of(one.facts()?))));
        Self { args, project, ledger, lines: lines.collect() }
    }

    fn shown(&self) -> Ledger {
        let (project, ledger) = (self.project, self.ledger);
        let mut agreements = engine::agreements(project, ledger);
        agreements.retain(|one| self.args.iteration.as_ref().is_none_or(|it| *it == one.iteration));
        let fits = |change: &ledger::Change| {
            self.is_of_iteration(change.iteration) && self.is_of_feature(&change.concerns)
        };
        let changes = (0..ledger.changes.len()).filter(|&at| fits(&ledger.changes[at]));
        let open = |open: bool| open || !self.args.open;
        Ledger {
            id: (&project.workflow.id).into(),
            root: project.root.as_str().into(),
            several: project.iterations.len() > 1,
            agreements,
            changes: changes.map(|at| self.change(at)).filter(|one| open(one.open)).collect(),
            entries: self.entries().filter(|one| open(one.open)).collect(),
            updates: self.updates().filter(|one| open(!one.called_for)).collect(),
        }
    }

    fn is_of_iteration(&self, iteration: usize) -> bool {
        let id = &self.project.iterations[iteration].id;
        self.args.iteration.as_ref().is_none_or(|wanted| wanted == id)
    }

    fn is_of_feature(&self, features: &[FeatureId]) -> bool {
        let is = |wanted: &String| features.iter().any(|&one| is_called(self.project, one, wanted));
        self.args.feature.as_ref().is_none_or(is)
    }

    fn change(&self, at: usize) -> Change {
        let (change, settled) = (&self.ledger.changes[at], self.ledger.settled(at));
        let features = &self.project.features;
        let reporters = self.ledger.reporters(at);
        Change {
            iteration: (&self.project.iterations[change.iteration].id).into(),
            thing: change.thing.to_string().into(),
            kind: change.thing.word(),
            way: way(change.way),
            told: (&change.told).into(),
            place: self.place(&change.place.path, change.place.span),
            then: change
                .then
                .as_ref()
                .map(|then| Place { path: then.path.as_str().into(), line: Some(then.line) }),
            concerns: change.concerns.iter().map(|&one| (&features[one].name).into()).collect(),
            reported: self.reported(reporters),
            open: settled.is_none(),
            resolution: settled.map(|one| self.resolution(one)),
        }
    }

    /// Who reports a change: the evidence, or else the integration report.
    fn reported(&self, reporters: &[Reporter]) -> Vec<Reported> {
        let entries = reporters.iter().filter_map(|reporter| match *reporter {
            Reporter::Entry(at) => Some(self.entry(at)),
            Reporter::Update(_) | Reporter::Resolution(_) => None,
        });
        let mut reported: Vec<Reported> = entries.collect();
        if reported.is_empty() {
            let books = &self.ledger.books;
            reported.extend(reporters.iter().filter_map(|reporter| {
                let (artifact, title, span) = match *reporter {
                    Reporter::Entry(_) => return None,
                    Reporter::Update(at) => {
                        let one = &books.updates[at];
                        (one.artifact, &one.title, one.span)
                    }
                    Reporter::Resolution(at) => {
                        let one = &books.resolutions[at];
                        (one.artifact, &one.title, one.span)
                    }
                };
                let place = self.place_in(artifact, span);
                Some(Reported { place, title: plain(title), by: "integration report".into() })
            }));
        }
        reported
    }

    fn entry(&self, at: usize) -> Reported {
        let entry = &self.ledger.books.entries[at];
        let features = entry.features.iter().map(|&one| self.project.features[one].name.as_str());
        let features: Vec<&str> = features.collect();
        let artifact = &self.project.artifacts[entry.artifact];
        let authors = artifact.facts().map(people::authors).unwrap_or_default();
        let authors: Vec<&str> = authors.iter().map(|(author, _)| author.name.as_str()).collect();
        let by = match (&authors[..], &features[..]) {
            ([], []) => artifact.path.folder().name().to_owned(),
            ([], features) => words::list(features),
            (authors, []) => words::few(authors, 2),
            (authors, features) => {
                format!("{} ({})", words::few(authors, 2), words::list(features))
            }
        };
        Reported {
            place: self.place_in(entry.artifact, entry.span),
            title: plain(&entry.title),
            by: by.into(),
        }
    }

    /// What is reported and is no change of what was agreed.
    fn entries(&self) -> impl Iterator<Item = Entry> {
        let all = self.ledger.account.reporters.iter().flatten();
        let changing: HashSet<&Reporter> = all.collect();
        let entries = self.ledger.books.entries.iter().enumerate();
        let iteration = |feature: &FeatureId| self.project.features[*feature].iteration;
        let of_iteration = move |features: &[FeatureId]| {
            features.is_empty() || features.iter().any(|one| self.is_of_iteration(iteration(one)))
        };
        let fits = move |at: usize, features: &[FeatureId]| {
            !changing.contains(&Reporter::Entry(at))
                && self.is_of_feature(features)
                && of_iteration(features)
        };
        entries.filter(move |(at, entry)| fits(*at, &entry.features)).map(|(at, _)| {
            let settled = self.ledger.entry_settled(at);
            let resolution = settled.map(|one| self.resolution(one));
            Entry { reported: self.entry(at), open: resolution.is_none(), resolution }
        })
    }

    /// What the integration report says was updated, which belongs to no feature alone.
    fn updates(&self) -> impl Iterator<Item = Update> {
        let all = self.args.feature.is_none() && self.args.iteration.is_none();
        self.ledger.books.updates.iter().filter(move |_| all).map(|one| Update {
            title: plain(&self.whole(one)),
            place: self.place_in(one.artifact, one.span),
            called_for: one.called_for,
        })
    }

    /// The title of an update with the lines that it goes on in.
    fn whole(&self, update: &ledger::Update) -> String {
        let facts = self.project.artifacts[update.artifact].facts();
        let text = facts.map_or("", |facts| facts.text_of(update.extent));
        let goes_on = |line: &&str| line.trim_start().starts_with(char::is_alphanumeric);
        let rest = text.lines().skip(1).take_while(goes_on).map(str::trim);
        let lines: Vec<&str> = std::iter::once(&*update.title).chain(rest).collect();
        lines.join(" ")
    }

    fn resolution(&self, settled: Settlement) -> Resolution {
        let way = match settled.way {
            integration::Way::Code => "code changed",
            integration::Way::Contract => "contract updated",
            integration::Way::Accepted => "accepted",
            integration::Way::Other => "resolved",
        };
        Resolution { way, place: self.place_in(settled.artifact, settled.span) }
    }

    fn place_in(&self, artifact: ArtifactId, span: Span) -> Place {
        self.place(&self.project.artifacts[artifact].path, Some(span))
    }

    fn place(&self, path: &RepoPath, span: Option<Span>) -> Place {
        let line = span.and_then(|span| Some(self.lines.get(path)?.line(span)));
        Place { path: path.as_str().into(), line }
    }
}

/// A title without its marks of code and emphasis, and without a full stop.
fn plain(title: &str) -> Shown {
    without_markup(title).trim_end_matches('.').into()
}

fn way(way: Way) -> &'static str {
    match way {
        Way::Added => "added",
        Way::Removed => "removed",
        Way::Changed => "changed",
    }
}

//! Which findings the baseline knows, and how it compares with what is found today.

mod ended;

use std::collections::{BTreeMap, HashMap};

use super::judgment::{self, Judgment, Said, Told};
use super::load::{self, Loaded};
use super::places::Places;
use super::settings::Settings;
use super::{Request, nothing_here, report};
use crate::base::{Failure, Level, RepoPath};
use crate::config::{Baseline, BaselineEntry, Unmatched};
use crate::report::{RelatedPlace, ReportFinding, Standing};
use crate::rules::{self, Check, Rule};
use crate::source::{Source, SourceKind};

/// How many findings each entry of a baseline can still stand for.
pub struct Allowance<'b> {
    baseline: &'b Baseline,
    /// For each entry, the root it belongs to; nothing where it stands under none of them.
    roots: Vec<Option<&'b RepoPath>>,
    left: Vec<usize>,
    by_fingerprint: HashMap<&'b str, Vec<usize>>,
}

impl<'b> Allowance<'b> {
    pub fn new(baseline: &'b Baseline, loaded: &'b Loaded) -> Self {
        let mut by_fingerprint: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, entry) in baseline.entries.iter().enumerate() {
            by_fingerprint.entry(&entry.fingerprint).or_default().push(index);
        }
        let roots = baseline.entries.iter().map(|entry| root_of(entry, loaded)).collect();
        let left = baseline.entries.iter().map(|entry| entry.count).collect();
        Self { baseline, roots, left, by_fingerprint }
    }

    /// The entry that stands for a finding of this root, by its place in the baseline. It stands
    /// for as many as it counts.
    fn take(&mut self, root: &RepoPath, finding: &ReportFinding) -> Option<usize> {
        let same = self.by_fingerprint.get(&*finding.fingerprint).into_iter().flatten();
        let mut fitting = same.copied().filter(|&index| {
            let entry = &self.baseline.entries[index];
            self.left[index] > 0
                && entry.means(finding.rule, &finding.subject, &finding.fingerprint)
                && finding.members.iter().all(|one| entry.members.contains(one))
                && self.roots[index].is_none_or(|own| own == root)
        });
        let index = fitting.next()?;
        self.left[index] -= 1;
        Some(index)
    }
}

/// The innermost root that an entry stands under.
fn root_of<'l>(entry: &BaselineEntry, loaded: &'l Loaded) -> Option<&'l RepoPath> {
    let roots = loaded.projects.iter().map(|one| &one.project.root);
    let around = roots.filter(|root| entry.path.below(root).is_some());
    around.max_by_key(|root| root.as_str().len())
}

/// Marks the findings that the governing baseline knows. Of a document that was written since and
/// is gone again, nothing is known any more. Answers with a note where a shallow history leaves
/// that open.
///
/// # Errors
/// The history of the tree that governs cannot be read, or the configuration requires what is
/// missing of it.
pub fn apply(
    governing: &dyn Source,
    loaded: &Loaded,
    projects: &mut [Said],
    places: &mut Places<'_>,
) -> Result<Option<String>, Failure> {
    let baseline = &loaded.config.baseline;
    let Some(file) = &baseline.file else { return Ok(None) };
    let mut allowance = Allowance::new(baseline, loaded);
    let mut known: Vec<(&mut Told, usize)> = Vec::new();
    for (followed, said) in loaded.projects.iter().zip(projects) {
        for told in said.told.iter_mut().filter(|one| may_be_known(one)) {
            if let Some(index) = allowance.take(&followed.project.root, &told.finding) {
                known.push((told, index));
            }
        }
    }
    let ended = ended::ended(governing, loaded, known.iter().map(|(_, index)| *index))?;
    for (told, index) in known {
        let Some(commit) = ended.by_entry.get(&index) else {
            told.finding.standing = Standing::Known;
            continue;
        };
        let entry = &baseline.entries[index];
        told.was_known = true;
        told.finding.related.push(RelatedPlace {
            path: file.path.clone(),
            place: places.place(&file.path, Some(entry.span)),
            message: format!("known only until it was written: it stood in {commit}"),
        });
    }
    Ok(ended.open)
}

/// Whether a baseline may know a finding.
fn may_be_known(told: &Told) -> bool {
    told.finding.counted() && !rules::is_final(told.finding.rule)
}

/// The entries of the judged tree's own baseline that nothing answers to, as far as this run can
/// tell: their rule was judged under their root.
///
/// A finding answers to an entry also where a waiver covers it, or where its gate is judged later
/// or not at all: it is still there.
pub fn unmatched<'l>(
    source: &dyn Source,
    request: &Request,
    loaded: &'l Loaded,
    projects: &[Said],
) -> Vec<Unmatched<'l>> {
    let config = loaded.proposal.as_ref().map_or(&loaded.config, |proposal| &proposal.config);
    let baseline = &config.baseline;
    if baseline.entries.is_empty() || request.workflow.is_some() {
        return Vec::new();
    }
    let mut allowance = Allowance::new(baseline, loaded);
    for (followed, said) in loaded.projects.iter().zip(projects) {
        let root = &followed.project.root;
        for finding in said.told.iter().map(|one| &one.finding).chain(&said.closed) {
            allowance.take(root, finding);
        }
    }
    let sight = Sight {
        view: source.kind(),
        whole: !source.history().shallow(),
        agreed: request.base.is_none(),
    };
    let is_judged = |rule: &'static Rule, root: Option<&RepoPath>| {
        let projects = loaded.projects.iter();
        let mut own = projects.filter(|one| root.is_none_or(|root| one.project.root == *root));
        sight.reaches(rule)
            && own.all(|one| Settings::new(loaded, one, request.today).level(rule) != Level::Off)
    };
    let entries = baseline.entries.iter().zip(&allowance.left).zip(&allowance.roots);
    let gone = entries.filter(|((entry, left), root)| {
        **left > 0 && rules::find(&entry.rule).is_some_and(|rule| is_judged(rule, **root))
    });
    gone.map(|((entry, left), _)| Unmatched { entry, gone: *left }).collect()
}

/// What a run can see at all.
struct Sight {
    view: SourceKind,
    /// Whether the whole history is there.
    whole: bool,
    /// Whether what stands is held to what was agreed, and to no other revision.
    agreed: bool,
}

impl Sight {
    /// Whether a rule finds all that there is. A shallow history hides something from rules that
    /// look beyond a document, another agreement from those that compare with it.
    fn reaches(&self, rule: &Rule) -> bool {
        match rule.check {
            Check::Text(_) | Check::Artifact(..) => true,
            Check::Project(_) => self.whole,
            Check::Ledger(_) => self.whole && self.agreed,
            Check::WorkingTree(_) => self.whole && self.view == SourceKind::WorkingTree,
            Check::Policy(_) => false,
        }
    }
}

/// The baseline of a project beside what is found there today.
#[derive(Debug)]
pub struct Comparison {
    /// Where it stands, or where a first one is written.
    pub path: RepoPath,
    pub exists: bool,
    /// The entries that it has.
    pub entries: Vec<BaselineEntry>,
    /// How many findings they stand for today.
    pub known: usize,
    /// For each entry by its place in `entries`, how many of those it counts are not there.
    pub gone: BTreeMap<usize, usize>,
    /// Findings that count and could be known.
    pub new: Vec<ReportFinding>,
    /// Findings that count and that the baseline cannot know: those about the policy itself, and
    /// of documents that were written since they were known to be missing.
    pub unknowable: Vec<ReportFinding>,
}

impl Comparison {
    /// How many entries stand for less than they count.
    pub fn idle(&self) -> usize {
        self.gone.len()
    }

    /// The entries with those of the new findings, or without what is not there any more, or both.
    pub fn entries(&self, add: bool, prune: bool) -> Vec<BaselineEntry> {
        let mut entries = self.entries.clone();
        if prune {
            for (&index, gone) in &self.gone {
                entries[index].count = entries[index].count.saturating_sub(*gone);
            }
        }
        for finding in self.new.iter().filter(|_| add) {
            let same = |entry: &&mut BaselineEntry| {
                entry.path == finding.path
                    && entry.means(finding.rule, &finding.subject, &finding.fingerprint)
            };
            match entries.iter_mut().find(same) {
                // It grew, and is known as it is now.
                Some(entry) if !finding.members.is_empty() => {
                    entry.members.clone_from(&finding.members);
                    entry.message.clone_from(&finding.message);
                    entry.count = entry.count.max(1);
                }
                Some(entry) => entry.count += 1,
                None => entries.push(entry_for(finding)),
            }
        }
        entries.retain(|entry| entry.count > 0);
        entries
    }
}

fn entry_for(finding: &ReportFinding) -> BaselineEntry {
    BaselineEntry {
        rule: finding.rule.to_owned(),
        path: finding.path.clone(),
        subject: finding.subject.clone(),
        members: finding.members.clone(),
        message: finding.message.clone(),
        fingerprint: finding.fingerprint.clone(),
        count: 1,
        span: crate::base::Span::default(),
    }
}

/// Compares the baseline with all that a check would count.
///
/// # Errors
/// As [`super::check`]: without a verdict there is nothing to compare with.
pub fn compare(source: &dyn Source, request: &Request) -> Result<Comparison, Failure> {
    let Some(loaded) = load::load(source, None, request)? else {
        return Err(nothing_here(source, request));
    };
    let judgment = judgment::judge(source, source, request, &loaded)?;
    let config = &loaded.config;
    let unmatched = unmatched(source, request, &loaded, &judgment.projects);
    let place = |one: &Unmatched<'_>| {
        config.baseline.entries.iter().position(|entry| std::ptr::eq(entry, one.entry))
    };
    let gone = unmatched.iter().filter_map(|one| Some((place(one)?, one.gone))).collect();
    let Judgment { projects, policy, .. } = &judgment;
    let told = || projects.iter().flat_map(|said| &said.told);
    let counted = || told().filter(|one| one.finding.counted() && one.finding.level >= Level::Warn);
    let of = |was_known: bool| counted().filter(move |one| one.was_known == was_known);
    let mut new: Vec<ReportFinding> = of(false).map(|one| one.finding.clone()).collect();
    new.sort_by_cached_key(|one| {
        (one.path.clone(), one.place.as_ref().map(|place| place.start), one.rule)
    });
    let comparison = Comparison {
        path: config.baseline_path(),
        exists: config.baseline.file.is_some(),
        entries: config.baseline.entries.clone(),
        known: told().filter(|one| one.finding.standing == Standing::Known).count(),
        gone,
        new,
        unknowable: policy
            .iter()
            .filter(|one| one.denies())
            .chain(of(true).map(|one| &one.finding))
            .cloned()
            .collect(),
    };
    // What gives no verdict is nothing to make a baseline of.
    report::report(source, request, &loaded, judgment, super::known::Known::default())?;
    Ok(comparison)
}

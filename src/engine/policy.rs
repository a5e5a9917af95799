//! Judging what a repository decides for itself, once all that its exceptions might cover is
//! judged.

use super::load::Loaded;
use super::{Request, fingerprint, judgment::protected, places::Places};
use crate::base::Level;
use crate::config::{Config, Exception, Exceptions, Unmatched, Waiver};
use crate::finding::Finding;
use crate::report::{ReportFinding, Standing};
use crate::rules::{self, Check, Rule};
use crate::source::SourceKind;

/// What the rules about the policy say. `used` marks the waivers that covered a finding,
/// `unmatched` are the entries of the baseline that stand for none.
///
/// Where another tree governs, its exceptions count and those of the judged tree are judged: it is
/// they that will stand, and a change that puts them in order must be able to pass.
pub fn judge(
    request: &Request,
    loaded: &Loaded,
    view: SourceKind,
    used: &[bool],
    unmatched: &[Unmatched<'_>],
    places: &mut Places<'_>,
) -> Vec<ReportFinding> {
    let (config, loosened, governing) = match &loaded.proposal {
        Some(proposal) => (&proposal.config, &proposal.loosened[..], Some(&loaded.config)),
        None => (&loaded.config, &[][..], None),
    };
    let idle = idle(request, loaded, config, view, used);
    let (inline, unreadable) = (&loaded.comments.waivers[..], &loaded.comments.unreadable[..]);
    let today = request.today;
    let idle = &idle;
    let exceptions =
        Exceptions { config, today, inline, unreadable, idle, unmatched, loosened, governing };
    let mut told = Vec::new();
    for rule in rules::all() {
        let Check::Policy(check) = rule.check else { continue };
        let level = match request.frozen_baseline && rule.id == rules::UNUSED_BASELINE_ENTRY {
            true => Level::Deny,
            false => loaded.config.level(rule.id).unwrap_or(rule.level),
        };
        if level == Level::Off {
            continue;
        }
        let mut found = Vec::new();
        check(&exceptions, &mut found);
        told.extend(found.into_iter().map(|finding| ReportFinding {
            rule: rule.id,
            level,
            fingerprint: fingerprint(rule.id, about(config, &finding), &finding.subject, ""),
            place: places.place(&finding.path, finding.span),
            message: finding.message,
            help: finding.help,
            subject: finding.subject,
            members: finding.members,
            path: finding.path,
            workflow: String::new(),
            phase: None,
            iteration: None,
            also: Vec::new(),
            standing: Standing::Counted,
            related: Vec::new(),
            promises: protected(rule, finding.promises, None),
        }));
    }
    told
}

/// What a finding is about besides its subject: nothing in the configuration, which may move, else
/// the document.
fn about<'f>(config: &Config, finding: &'f Finding) -> &'f str {
    if finding.path == config.path() { "" } else { finding.path.as_str() }
}

/// The waivers that covered nothing though their rule was judged everywhere and they count.
/// `config` is that of the judged tree.
fn idle<'l>(
    request: &Request,
    loaded: &'l Loaded,
    config: &'l Config,
    view: SourceKind,
    used: &[bool],
) -> Vec<Exception<'l>> {
    let is_judged = |rule: &Rule| {
        let here = !matches!(rule.check, Check::WorkingTree(_)) || view == SourceKind::WorkingTree;
        here && loaded.config.level(rule.id) != Some(Level::Off)
    };
    let governing = &loaded.config.waivers;
    let place = |at: usize, waiver: &Waiver| match &loaded.proposal {
        Some(_) => governing.iter().position(|known| known.covers_as(waiver)),
        None => Some(at),
    };
    let path = config.path();
    let waivers = config.waivers.iter().enumerate().filter(|(_, one)| one.holds(request.today));
    let waivers = waivers.map(|(at, one)| (place(at, one), one, one.exception(&path)));
    let inline = loaded.comments.waivers.iter().enumerate();
    let inline = inline.filter(|(_, one)| one.holds(request.today));
    let inline = inline.map(|(at, one)| (Some(governing.len() + at), &one.waiver, one.exception()));
    let idle = waivers.chain(inline).filter(|(at, waiver, _)| {
        let judged = request.workflow.is_none() && rules::find(&waiver.rule).is_some_and(is_judged);
        judged && at.and_then(|at| used.get(at)) == Some(&false)
    });
    idle.map(|(.., exception)| exception).collect()
}

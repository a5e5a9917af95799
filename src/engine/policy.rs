//! Judging the exceptions of the configuration, once everything that they might cover is judged.

use super::load::Loaded;
use super::{Request, fingerprint, places::Places, report::protected};
use crate::base::Level;
use crate::config::Exceptions;
use crate::report::{ReportFinding, Standing};
use crate::rules::{self, Check, Rule};
use crate::source::SourceKind;

/// What the rules about exceptions say. `used` marks the waivers that covered a finding.
pub fn judge(
    request: &Request,
    loaded: &Loaded,
    view: SourceKind,
    used: &[bool],
    places: &mut Places<'_>,
) -> Vec<ReportFinding> {
    let idle = idle(request, loaded, view, used);
    let exceptions = Exceptions { config: &loaded.config, today: request.today, idle: &idle };
    let mut told = Vec::new();
    for rule in rules::all() {
        let Check::Policy(check) = rule.check else { continue };
        let level = loaded.config.level(rule.id).unwrap_or(rule.level);
        if level == Level::Off {
            continue;
        }
        let mut found = Vec::new();
        check(&exceptions, &mut found);
        told.extend(found.into_iter().map(|finding| ReportFinding {
            rule: rule.id,
            level,
            fingerprint: fingerprint(rule.id, "", &finding.subject, ""),
            place: places.place(&finding.path, finding.span),
            message: finding.message,
            help: finding.help,
            subject: finding.subject,
            path: finding.path,
            workflow: String::new(),
            phase: None,
            iteration: None,
            also: Vec::new(),
            standing: Standing::Counted,
            related: Vec::new(),
            promises: protected(rule, finding.promises),
        }));
    }
    told
}

/// The waivers that covered nothing though their rule was judged everywhere.
fn idle(request: &Request, loaded: &Loaded, view: SourceKind, used: &[bool]) -> Vec<usize> {
    let is_judged = |rule: &Rule| {
        let here = !matches!(rule.check, Check::WorkingTree(_)) || view == SourceKind::WorkingTree;
        here && loaded.config.level(rule.id) != Some(Level::Off)
    };
    let waivers = loaded.config.waivers.iter().enumerate();
    let idle = waivers.filter(|(at, waiver)| {
        let judged = request.workflow.is_none() && rules::find(&waiver.rule).is_some_and(is_judged);
        judged && waiver.holds(request.today) && !used.get(*at).copied().unwrap_or(true)
    });
    idle.map(|(at, _)| at).collect()
}

//! What the configuration says for one workflow.

use jiff::civil::Date;

use super::load::{Followed, Loaded};
use crate::base::{Level, RepoPath, Span};
use crate::config::{Adoption, Config, Inline};
use crate::finding::Finding;
use crate::project::Project;
use crate::rules::{self, Rule};

/// The settings that govern one project.
pub struct Settings<'c> {
    config: &'c Config,
    adoption: Option<&'c Adoption>,
    inline: &'c [Inline],
    project: &'c Project,
    today: Date,
}

impl<'c> Settings<'c> {
    pub fn new(loaded: &'c Loaded, followed: &'c Followed, today: Date) -> Self {
        let (config, project) = (&loaded.config, &followed.project);
        let adoption = followed.entry.and_then(|entry| config.workflows.get(entry));
        Self { config, adoption, inline: &loaded.comments.waivers, project, today }
    }

    /// The configuration decides, then the workflow, then the rule itself. What nothing overrules
    /// is no matter of the configuration.
    pub fn level(&self, rule: &Rule) -> Level {
        let of_workflow = || self.project.workflow.levels.get(rule.id).map(|(level, _)| *level);
        let of_config = || self.config.level(rule.id).filter(|_| !rules::is_final(rule.id));
        of_config().or_else(of_workflow).unwrap_or(rule.level)
    }

    /// The line of the configuration that sets the level of a rule.
    pub fn level_line(&self, rule: &Rule) -> Option<(&RepoPath, Span)> {
        let set = self.config.levels.get(rule.id)?;
        Some((&self.config.file.as_ref()?.path, set.span))
    }

    /// As [`Adoption::skips`]; nothing where no entry of the configuration names the workflow.
    pub fn skipped(&self, phase: usize) -> Option<String> {
        self.adoption?.skips(&self.project.workflow, phase, self.today)
    }

    /// The waiver that covers a finding, with its index: those of documents come after those of
    /// the configuration. Nothing covers what nothing overrules.
    pub fn waiver(&self, rule: &str, finding: &Finding) -> Option<(usize, String)> {
        if rules::is_final(rule) {
            return None;
        }
        let waivers = self.config.waivers.iter().map(|waiver| {
            let covers = waiver.covers(self.config, rule, &finding.subject, &finding.path);
            (waiver, covers && waiver.holds(self.today))
        });
        let inline = self.inline.iter().map(|one| {
            let covers = one.covers(rule, &finding.path, finding.span);
            (&one.waiver, covers && one.holds(self.today))
        });
        let mut all = waivers.chain(inline).enumerate();
        let (index, (waiver, _)) = all.find(|(_, (_, applies))| *applies)?;
        let reason = waiver.terms.reason.as_ref().map(|reason| reason.value.clone());
        Some((index, reason.unwrap_or_default()))
    }
}

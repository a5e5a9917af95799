//! Reads the configuration.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::{
    Adoption, Baseline, Choice, CodeSettings, Config, Setting, Share, Skip, Terms, Waiver,
};
use crate::base::{Failure, Level, RepoPath, Span};
use crate::workflow::{Pattern, PolicyFile, RevisionName, Words, builtins, read_toml, suggestion};

type Word = Spanned<String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawConfig {
    #[serde(default)]
    workflow: Vec<Spanned<RawAdoption>>,
    #[serde(default)]
    levels: BTreeMap<Word, Spanned<Level>>,
    #[serde(default)]
    exclude: Vec<Word>,
    #[serde(default)]
    waiver: Vec<RawWaiver>,
    #[serde(default)]
    require_history: bool,
    #[serde(default)]
    deliverables: BTreeMap<Word, Vec<Word>>,
    #[serde(default)]
    identities: BTreeMap<Word, Vec<Word>>,
    #[serde(default)]
    features: BTreeMap<Word, RawShare>,
    #[serde(default)]
    shared: Vec<Word>,
    #[serde(default)]
    code: RawCode,
    baseline: Option<Word>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCode {
    floor: Option<Spanned<u32>>,
    prefix: Option<Word>,
    #[serde(default)]
    exclude: Vec<Word>,
    #[serde(default)]
    extractors: Vec<Word>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawShare {
    #[serde(default)]
    paths: Vec<Word>,
    #[serde(default)]
    branches: Vec<Word>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawAdoption {
    id: Option<Word>,
    file: Option<Word>,
    #[serde(default)]
    roots: Vec<Word>,
    begins: Option<Word>,
    agreement: Option<Words>,
    #[serde(default)]
    skip: Vec<RawSkip>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawSkip {
    phase: Word,
    reason: Option<Word>,
    owner: Option<Word>,
    until: Option<Spanned<Datetime>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawWaiver {
    rule: Word,
    subject: Option<String>,
    path: Option<Word>,
    reason: Option<Word>,
    owner: Option<Word>,
    expires: Option<Spanned<Datetime>>,
}

/// Reads a configuration for the project in the folder `home`. `rules` are the ids of all rules.
///
/// # Errors
/// Whatever is wrong with the file, with the place and what was probably meant.
pub fn parse(file: PolicyFile, home: RepoPath, rules: &[&str]) -> Result<Config, Failure> {
    let raw: RawConfig = read_toml(&file)?;
    let reader = Reader { file: &file, home: &home, rules };
    let mut levels = BTreeMap::new();
    for (rule, level) in raw.levels {
        reader.rule(&rule)?;
        let span = span(rule.span()).to(span(level.span()));
        levels.insert(rule.into_inner(), Setting { value: level.into_inner(), span });
    }
    let mut deliverables = BTreeMap::new();
    for (id, paths) in raw.deliverables {
        let value = reader.patterns(&paths)?;
        if value.is_empty() {
            let help = "name the files that do its duty, or take the line out";
            let why = format!("`{}` names no path", id.get_ref());
            return Err(file.fail(id.span(), why, help));
        }
        let span = span(id.span());
        deliverables.insert(id.into_inner(), Setting { value, span });
    }
    let workflows = raw.workflow.into_iter().map(|one| reader.adoption(one));
    let workflows = workflows.collect::<Result<Vec<_>, _>>()?;
    once(&file, &workflows)?;
    let waivers = raw.waiver.into_iter().map(|one| reader.waiver(one));
    let waivers = waivers.collect::<Result<Vec<_>, _>>()?;
    let exclude = reader.settings(&raw.exclude)?;
    let shared = reader.settings(&raw.shared)?;
    let mut features = BTreeMap::new();
    for (name, share) in raw.features {
        let (paths, branches) = (reader.settings(&share.paths)?, reader.patterns(&share.branches)?);
        if paths.is_empty() && branches.is_empty() {
            let why = format!("`{}` has neither paths nor branches", name.get_ref());
            let help = "list `paths` that the feature owns or `branches` of its work";
            return Err(file.fail(name.span(), why, help));
        }
        let span = span(name.span());
        features.insert(name.into_inner(), Setting { value: Share { paths, branches }, span });
    }
    let code = reader.code(&raw.code)?;
    let require_history = raw.require_history;
    let identities = identities(&file, raw.identities)?;
    let named = |word: &Word| Ok(Setting { value: reader.path(word)?, span: span(word.span()) });
    let baseline_at = raw.baseline.as_ref().map(named).transpose()?;
    let file = Some(file);
    Ok(Config {
        file,
        home,
        workflows,
        levels,
        exclude,
        waivers,
        require_history,
        deliverables,
        identities,
        features,
        shared,
        code,
        baseline_at,
        baseline: Baseline::default(),
    })
}

/// The names and addresses of people, each of one person only.
fn identities(
    file: &PolicyFile,
    raw: BTreeMap<Word, Vec<Word>>,
) -> Result<BTreeMap<String, Vec<String>>, Failure> {
    let mut identities: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, aliases) in raw {
        if aliases.is_empty() {
            let why = format!("`{}` has neither address nor other name", name.get_ref());
            let help = "list what git and documents call this person, or take the line out";
            return Err(file.fail(name.span(), why, help));
        }
        for alias in &aliases {
            let same = |known: &String| known.eq_ignore_ascii_case(alias.get_ref());
            if let Some((other, _)) = identities.iter().find(|(_, known)| known.iter().any(same)) {
                let why = format!("`{}` stands for {other} already", alias.get_ref());
                let help = "give each address and name to one person";
                return Err(file.fail(alias.span(), why, help));
            }
        }
        let aliases = aliases.into_iter().map(Spanned::into_inner).collect();
        identities.insert(name.into_inner(), aliases);
    }
    Ok(identities)
}

/// Fails where one workflow is followed twice at one root.
fn once(file: &PolicyFile, adoptions: &[Adoption]) -> Result<(), Failure> {
    for (index, later) in adoptions.iter().enumerate() {
        let clashes = |earlier: &Adoption| {
            let has =
                |root: &Setting<RepoPath>| earlier.roots.iter().any(|one| one.value == root.value);
            let same_roots =
                later.roots.iter().any(has) || (later.roots.is_empty() && earlier.roots.is_empty());
            earlier.workflow == later.workflow && same_roots
        };
        if adoptions[..index].iter().any(clashes) {
            let help = "give each `roots` of its own, or keep one of them";
            return Err(file.fail(later.span.range(), "this is followed twice", help));
        }
    }
    Ok(())
}

fn span(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

fn setting(word: Word) -> Setting<String> {
    Setting { span: span(word.span()), value: word.into_inner() }
}

struct Reader<'a> {
    file: &'a PolicyFile,
    home: &'a RepoPath,
    rules: &'a [&'a str],
}

impl Reader<'_> {
    fn rule(&self, id: &Word) -> Result<(), Failure> {
        if self.rules.contains(&id.get_ref().as_str()) {
            return Ok(());
        }
        let help = match suggestion(id.get_ref(), self.rules) {
            near if near.starts_with("did you mean") => near,
            _ => String::from("`gatecheck rules` lists all of them"),
        };
        Err(self.file.fail(id.span(), format!("unknown rule `{}`", id.get_ref()), help))
    }

    fn pattern(&self, word: &Word) -> Result<Pattern, Failure> {
        Pattern::parse(word.get_ref()).map_err(|why| {
            let why = format!("`{}` is no path pattern: {why}", word.get_ref());
            self.file.fail(word.span(), why, "write a path such as `.work/drafts/**/*.md`")
        })
    }

    fn patterns(&self, words: &[Word]) -> Result<Vec<Pattern>, Failure> {
        words.iter().map(|word| self.pattern(word)).collect()
    }

    fn settings(&self, words: &[Word]) -> Result<Vec<Setting<Pattern>>, Failure> {
        let read =
            |word: &Word| Ok(Setting { value: self.pattern(word)?, span: span(word.span()) });
        words.iter().map(read).collect()
    }

    fn code(&self, raw: &RawCode) -> Result<CodeSettings, Failure> {
        if let Some(floor) = raw.floor.as_ref().filter(|floor| *floor.get_ref() > 100) {
            let help = "write a share in percent, from 0 to 100";
            return Err(self.file.fail(floor.span(), "no share is larger than the whole", help));
        }
        if let Some(prefix) = raw.prefix.as_ref().filter(|word| !word.get_ref().starts_with('/')) {
            let why = format!("`{}` is no path of a server", prefix.get_ref());
            return Err(self.file.fail(prefix.span(), why, "begin it with `/`: `/api/v1`"));
        }
        let floor = raw.floor.as_ref();
        let floor = floor.map(|one| Setting { value: *one.get_ref(), span: span(one.span()) });
        let named = |word: &Word| Ok(Setting { value: self.path(word)?, span: span(word.span()) });
        Ok(CodeSettings {
            floor,
            prefix: raw.prefix.as_ref().map(|word| word.get_ref().clone()),
            exclude: self.settings(&raw.exclude)?,
            extractors: raw.extractors.iter().map(named).collect::<Result<_, Failure>>()?,
        })
    }

    /// A path of the repository that is written from the folder of the project.
    fn path(&self, word: &Word) -> Result<RepoPath, Failure> {
        let path = RepoPath::resolve(self.home, word.get_ref()).filter(|path| path != self.home);
        path.ok_or_else(|| {
            let why = format!("`{}` is no path below the repository root", word.get_ref());
            self.file.fail(word.span(), why, "write a path from the folder of the project")
        })
    }

    fn adoption(&self, raw: Spanned<RawAdoption>) -> Result<Adoption, Failure> {
        let place = raw.span();
        let raw = raw.into_inner();
        let (workflow, place) = match (raw.id, raw.file) {
            (Some(id), None) => {
                if !builtins().any(|known| known == id.get_ref()) {
                    let known: Vec<&str> = builtins().collect();
                    let why = format!("unknown workflow `{}`", id.get_ref());
                    let help = suggestion(id.get_ref(), &known);
                    return Err(self.file.fail(id.span(), why, help));
                }
                (Choice::Builtin(id.get_ref().clone()), id.span())
            }
            (None, Some(file)) => (Choice::File(self.path(&file)?), file.span()),
            (id, _) => {
                let (place, why) = match id {
                    Some(id) => (id.span(), "a workflow has `id` and `file`, and one would do"),
                    None => (place, "a workflow has neither `id` nor `file`"),
                };
                let help = "`id` names a built-in workflow, `file` one of this repository";
                return Err(self.file.fail(place, why, help));
            }
        };
        let mut roots: Vec<Setting<RepoPath>> = Vec::new();
        for word in &raw.roots {
            let value = self.path(word)?;
            if roots.iter().any(|known| known.value == value) {
                let why = format!("`{}` is named twice", word.get_ref());
                return Err(self.file.fail(word.span(), why, "take one of them out"));
            }
            roots.push(Setting { value, span: span(word.span()) });
        }
        let skips = raw.skip.into_iter().map(|one| self.skip(one));
        let skips = skips.collect::<Result<Vec<_>, _>>()?;
        let begins = raw.begins.map(setting);
        let agreement = raw.agreement.map(|words| RevisionName::read(self.file, &words));
        let agreement = agreement.transpose()?.unwrap_or_default();
        Ok(Adoption { workflow, roots, begins, skips, agreement, span: span(place) })
    }

    fn skip(&self, raw: RawSkip) -> Result<Skip, Failure> {
        let terms = self.terms(raw.reason, raw.owner, raw.until)?;
        Ok(Skip { phase: setting(raw.phase), terms })
    }

    fn waiver(&self, raw: RawWaiver) -> Result<Waiver, Failure> {
        self.rule(&raw.rule)?;
        let path = raw.path.as_ref().map(|word| self.pattern(word)).transpose()?;
        let terms = self.terms(raw.reason, raw.owner, raw.expires)?;
        let Setting { value: rule, span } = setting(raw.rule);
        Ok(Waiver { rule, subject: raw.subject, path, terms, span, whole_phase: None })
    }

    fn terms(
        &self,
        reason: Option<Word>,
        owner: Option<Word>,
        last_day: Option<Spanned<Datetime>>,
    ) -> Result<Terms, Failure> {
        let last_day = last_day.map(|day| self.day(&day)).transpose()?;
        Ok(Terms { reason: reason.map(setting), owner: owner.map(setting), last_day })
    }

    fn day(&self, written: &Spanned<Datetime>) -> Result<Setting<Date>, Failure> {
        let Datetime { date, time, .. } = *written.get_ref();
        let date = date.filter(|_| time.is_none());
        let number = |part: u8| i8::try_from(part).ok();
        let value = date.and_then(|date| {
            let (year, month, day) = (i16::try_from(date.year).ok()?, date.month, date.day);
            Date::new(year, number(month)?, number(day)?).ok()
        });
        let value = value.ok_or_else(|| {
            let help = "write a day without a time, such as `2026-12-31`";
            self.file.fail(written.span(), "this is no day", help)
        })?;
        Ok(Setting { value, span: span(written.span()) })
    }
}

//! `gatecheck pre-push` and `gatecheck pre-receive`: what a push would change, judged before it
//! does.

mod pattern;
mod update;

use std::io::{IsTerminal, Read};

use super::args::{PrePushArgs, PreReceiveArgs, PushArgs};
use super::output::{self, Outcome};
use super::view::{self, Change};
use crate::base::{Failure, words};
use crate::engine::Through;
use crate::render::{self, Format, Look};
use crate::report::{Report, Verdict};
use crate::source;
pub use pattern::RefPattern;
use update::Update;

/// What may be known of the default branch of a remote: git writes `HEAD` down when it clones, but
/// not always where a remote is added.
const TRACKED: [&str; 3] = ["HEAD", "main", "master"];
/// The rule that tells what a push makes easier for those that follow.
const LOOSENED: &str = "loosened-policy";

/// Before a push leaves: every pushed branch, by what the remote has.
pub fn pre_push(args: &PrePushArgs, color: bool) -> Result<Outcome, Failure> {
    let variable = |name: &str| std::env::var(name).ok();
    let updates = match update::of_pre_commit(variable) {
        Some(update) => vec![update],
        None => update::sent(&input()?)?,
    };
    let remote = args.remote.clone().or_else(|| variable("PRE_COMMIT_REMOTE_NAME"));
    // Git gives the URL where the remote has no name, and a URL may hold a password.
    let remote = remote.filter(|name| !name.contains(':'));
    let refs = args.push.refs_or(|| Ok(RefPattern::branches()))?;
    let tracked = |remote: &String| TRACKED.map(|name| format!("refs/remotes/{remote}/{name}"));
    let standing = remote.as_ref().map(tracked).into_iter().flatten().collect();
    let alone = format!(
        "nothing is known of what {} has, so that the branch is judged by its own policy",
        remote.as_deref().unwrap_or("the remote")
    );
    let (passed, through) = (String::new(), args.push.through());
    Push { refs, standing, kept: None, passed, alone: Some(alone), through }.judge(&updates, color)
}

/// Before a push is taken: the references that are governed, by what stands on the server.
pub fn pre_receive(args: &PreReceiveArgs, color: bool) -> Result<Outcome, Failure> {
    let updates = update::received(&input()?)?;
    let standing = source::branch(".".as_ref())?;
    let refs = args.push.refs_or(|| match &standing {
        Some(branch) => Ok(RefPattern::exactly(branch)),
        None => Err(Failure::new(
            "cannot tell which branch is governed",
            "HEAD of this repository names a commit and no branch",
            "name the branches with --ref",
        )),
    })?;
    let passed = match &standing {
        Some(branch) if args.push.refs.is_empty() => passed(&updates, branch),
        _ => String::new(),
    };
    let kept = standing.clone();
    let standing = standing.into_iter().collect();
    let through = args.push.through();
    Push { refs, standing, kept, passed, alone: None, through }.judge(&updates, color)
}

/// Which branches are not judged where nobody said which are.
fn passed(updates: &[Update], default: &str) -> String {
    let passed = updates.iter().filter(|update| {
        update.new.is_some() && update.name.starts_with("refs/heads/") && update.name != default
    });
    let names: Vec<&str> = passed.map(|update| &*update.name).collect();
    let are = match names.len() {
        0 => return String::new(),
        1 => "is",
        _ => "are",
    };
    let why = format!("without --ref the default branch is, which is {default} here");
    plain(&format!("{} {are} not judged: {why}", words::list(&names)))
}

impl PushArgs {
    fn refs_or(
        &self,
        default: impl FnOnce() -> Result<RefPattern, Failure>,
    ) -> Result<Vec<RefPattern>, Failure> {
        if self.refs.is_empty() { Ok(vec![default()?]) } else { Ok(self.refs.clone()) }
    }

    fn through(&self) -> Through {
        Through::parse(&self.through)
    }
}

/// How the updates of one push are judged.
struct Push {
    /// Those that are judged.
    refs: Vec<RefPattern>,
    /// What governs a branch of which the other side has nothing yet: the first that there is.
    standing: Vec<String>,
    /// The branch that must not be deleted, since its policy governs every new one.
    kept: Option<String>,
    /// Which branches are not judged, for people.
    passed: String,
    /// What to say where nothing governs.
    alone: Option<String>,
    through: Through,
}

/// What became of one update, as text and exit status.
struct Judged {
    text: String,
    status: u8,
}

impl Push {
    /// Judges every update that is governed: one that is denied is enough to refuse the push.
    fn judge(&self, updates: &[Update], color: bool) -> Result<Outcome, Failure> {
        let governed = |update: &&Update| self.refs.iter().any(|one| one.matches(&update.name));
        let mut all = Vec::new();
        for update in updates.iter().filter(governed) {
            all.push(self.update(update, color));
        }
        let told = all.iter().map(|one| one.text.as_str());
        let text = std::iter::once(&*self.passed).chain(told).collect();
        let worst = [output::FAILS, output::NO_VERDICT].into_iter();
        let mut worst = worst.filter(|status| all.iter().any(|one| one.status == *status));
        Ok(Outcome::with_status(text, worst.next().unwrap_or(output::HOLDS)))
    }

    /// A failure to judge is told like a finding, so that the other updates are judged too.
    fn update(&self, update: &Update, color: bool) -> Judged {
        self.judged(update, color).unwrap_or_else(|failure| {
            let refused = plain(&format!("{} is refused: there is no verdict.", update.name));
            let text = format!("{}{refused}", render::failure(&failure, color));
            Judged { text, status: output::NO_VERDICT }
        })
    }

    fn judged(&self, update: &Update, color: bool) -> Result<Judged, Failure> {
        let name = &update.name;
        let Some(to) = &update.new else { return Ok(self.deletion(name)) };
        let from = update.old.iter().chain(&self.standing).cloned().collect();
        let change = Change { to: to.clone(), from, replaces: update.old.is_some() };
        let Some((report, terms)) = view::change(&change, &self.through)? else {
            let text = plain(&format!("{name}: no workflow is here, and nothing was judged."));
            return Ok(Judged { text, status: output::HOLDS });
        };
        let look = Look { color, ..Look::default() };
        let alone = self.alone.as_ref().filter(|_| terms.policy_from.is_none());
        let alone = alone.map(|why| plain(&format!("{name}: {why}"))).unwrap_or_default();
        Ok(match report.verdict {
            Verdict::Holds | Verdict::NotDue => {
                let held = plain(&format!("{name}: {}", render::verdict(&report)));
                let text = format!("{alone}{}{held}", loosened(&report));
                Judged { text, status: output::HOLDS }
            }
            Verdict::Fails => {
                let report = render::report(&report, Format::Human, look);
                let refused = plain(&format!("{name} is refused."));
                Judged { text: format!("{alone}{report}{refused}"), status: output::FAILS }
            }
            Verdict::None => {
                let report = render::report(&report, Format::Human, look);
                let refused = plain(&format!("{name} is refused: there is no verdict."));
                Judged { text: format!("{alone}{report}{refused}"), status: output::NO_VERDICT }
            }
        })
    }

    /// A deletion leaves nothing to judge. Only the branch whose policy governs all the others
    /// stays: whoever could delete it and push it anew would be judged by a policy of his own.
    fn deletion(&self, name: &str) -> Judged {
        if self.kept.as_deref() != Some(name) {
            let text = plain(&format!("{name}: deleted, and nothing was judged."));
            return Judged { text, status: output::HOLDS };
        }
        let why = "its policy governs every branch that is pushed anew";
        let help = "Make another branch the default first.";
        let text = plain(&format!("{name} is refused: it cannot be deleted, since {why}. {help}"));
        Judged { text, status: output::FAILS }
    }
}

/// What makes the policy easier to satisfy, by which the next push is judged.
fn loosened(report: &Report) -> String {
    let told = report.findings.iter().filter(|finding| finding.rule == LOOSENED);
    told.map(|finding| format!("{}\n", render::finding(finding))).collect()
}

/// A line that names something of the push.
fn plain(text: &str) -> String {
    render::plain(text)
}

/// What git tells a hook on standard input.
fn input() -> Result<String, Failure> {
    let cannot = "cannot read what is pushed";
    let mut input = std::io::stdin();
    if input.is_terminal() {
        let help = "let git run this command as a hook; `gatecheck check` judges without a push";
        return Err(Failure::new(cannot, "standard input is a terminal", help));
    }
    let mut text = Vec::new();
    input
        .read_to_end(&mut text)
        .map_err(|error| Failure::new(cannot, error, "let git run this command as a hook"))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

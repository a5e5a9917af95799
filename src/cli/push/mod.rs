//! `gatecheck pre-push` and `gatecheck pre-receive`: what a push would change, judged before it
//! does.

mod pattern;
mod update;

use std::io::{IsTerminal, Read};

use super::args::{PrePushArgs, PreReceiveArgs, PushArgs};
use super::output::{self, Outcome};
use super::view::{self, Change};
use crate::base::Failure;
use crate::engine::Through;
use crate::render::{self, Format, Look};
use crate::report::Verdict;
use crate::source;
pub use pattern::RefPattern;
use update::Update;

/// Before a push leaves: every pushed branch, by what the remote has.
pub fn pre_push(args: &PrePushArgs, color: bool) -> Result<Outcome, Failure> {
    let variable = |name: &str| std::env::var(name).ok();
    let updates = match update::of_pre_commit(variable) {
        Some(update) => vec![update],
        None => update::sent(&input()?)?,
    };
    let remote = args.remote.clone().or_else(|| variable("PRE_COMMIT_REMOTE_NAME"));
    let refs = args.push.refs_or(|| Ok(RefPattern::branches()))?;
    let standing = remote.map(|remote| format!("refs/remotes/{remote}/HEAD"));
    Push { refs, standing, kept: None, through: args.push.through() }.judge(&updates, color)
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
    let kept = standing.clone();
    Push { refs, standing, kept, through: args.push.through() }.judge(&updates, color)
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
    /// What governs a branch of which the other side has nothing yet.
    standing: Option<String>,
    /// The branch that must not be deleted, since its policy governs every new one.
    kept: Option<String>,
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
        let text = all.iter().map(|one| one.text.as_str()).collect();
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
        let from = [&update.old, &self.standing].into_iter().flatten().cloned().collect();
        let change = Change { to: to.clone(), from };
        let Some(report) = view::change(&change, &self.through)? else {
            let text = plain(&format!("{name}: no workflow is here, and nothing was judged."));
            return Ok(Judged { text, status: output::HOLDS });
        };
        let look = Look { color, ..Look::default() };
        Ok(match report.verdict {
            Verdict::Holds | Verdict::NotDue => {
                let text = plain(&format!("{name}: {}", render::verdict(&report)));
                Judged { text, status: output::HOLDS }
            }
            Verdict::Fails => {
                let report = render::report(&report, Format::Human, look);
                let refused = plain(&format!("{name} is refused."));
                Judged { text: format!("{report}{refused}"), status: output::FAILS }
            }
            Verdict::None => {
                let report = render::report(&report, Format::Human, look);
                let refused = plain(&format!("{name} is refused: there is no verdict."));
                Judged { text: format!("{report}{refused}"), status: output::NO_VERDICT }
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

//! Which trees the iterations are held to, as lines and for programs.

use serde::Serialize;

use super::sanitize::{Shown, clipped};
use crate::base::words;
use crate::report::{AgreementReport, AgreementStanding};

/// The longest reason that is shown whole, in characters.
const CLIP: usize = 400;

/// One sentence for each distinct agreement, with the iterations that it holds for where there
/// are several.
pub fn sentences(agreements: &[AgreementReport], several: bool) -> Vec<String> {
    let mut told: Vec<(&AgreementReport, Vec<Shown>)> = Vec::new();
    for one in agreements {
        let same = |(other, _): &&mut (&AgreementReport, _)| {
            (other.standing, &other.commit, &other.why) == (one.standing, &one.commit, &one.why)
        };
        let iteration = Shown::from(&one.iteration);
        match told.iter_mut().find(same) {
            Some((_, iterations)) => iterations.push(iteration),
            None => told.push((one, vec![iteration])),
        }
    }
    told.iter().map(|(one, iterations)| sentence(one, iterations, several)).collect()
}

fn sentence(agreement: &AgreementReport, iterations: &[Shown], several: bool) -> String {
    let iterations: Vec<&str> = iterations.iter().map(Shown::as_str).collect();
    let whose = match &iterations[..] {
        _ if !several => String::new(),
        [only] => format!(" of iteration {only}"),
        some => format!(" of iterations {}", words::list(some)),
    };
    let why = clipped(&agreement.why, CLIP);
    match (agreement.standing, &agreement.commit) {
        (AgreementStanding::Agreed | AgreementStanding::Unknown, _) => {
            format!("Agreed design{whose}: {why}")
        }
        (AgreementStanding::Nothing, None) => format!("No agreed design{whose}: {why}"),
        (AgreementStanding::Nothing, Some(_)) => {
            let of_whom = match &iterations[..] {
                _ if !several => "",
                [_] => " of its features",
                _ => " of their features",
            };
            format!("No agreed design{whose}: {why}, holds no contract{of_whom}")
        }
    }
}

/// An agreement for programs.
#[derive(Debug, Serialize)]
pub struct AgreementJson {
    pub iteration: Shown,
    /// The full id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<Shown>,
    pub why: Shown,
    pub standing: &'static str,
}

impl AgreementJson {
    pub fn of(agreement: &AgreementReport) -> Self {
        Self {
            iteration: (&agreement.iteration).into(),
            commit: agreement.commit.as_ref().map(|commit| commit.into()),
            why: (&agreement.why).into(),
            standing: agreement.standing.word(),
        }
    }
}

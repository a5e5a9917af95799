//! Why there is no verdict, for people.

use super::sanitize::{clipped, inert};
use super::text::{Paint, wrap};
use super::{human, snippet};
use crate::base::{Failure, Level, LineIndex};
use crate::report::Place;

/// The longest message that is shown whole, in characters.
const CLIP: usize = 600;

pub fn render(failure: &Failure, color: bool) -> String {
    let paint = Paint(color);
    let message = wrap(&clipped(&failure.to_string(), CLIP), 7, "    ");
    let mut out = format!("{} {}\n", paint.bad("error:"), paint.bold(&message));
    if let Some(place) = &failure.place {
        let index = LineIndex::new(&place.text);
        let (start, end) = (index.position(place.span.start), index.position(place.span.end));
        let excerpt = (start.line..=end.line).take(4).map(|line| index.line(line).to_owned());
        let shown = Place { start, end, excerpt: excerpt.collect() };
        let at = human::plainly(&place.path, Some(&shown));
        out.push_str(&format!("  --> {}\n", paint.path(&at)));
        out.push_str(&snippet::draw(&shown, Level::Deny, color));
    }
    if !failure.help.is_empty() {
        let help = wrap(&clipped(&failure.help, CLIP), 11, "           ");
        out.push_str(&format!("   = {} {help}\n", paint.bold("help:")));
    }
    inert(&out)
}

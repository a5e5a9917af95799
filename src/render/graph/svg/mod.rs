//! The graph as a picture.
//!
//! One SVG without scripts, fonts or links: it looks the same in a document, a browser and a
//! review, and follows a reader who prefers a dark page. It has a title and a description for those
//! who listen, and each box and edge says in words what it is.

mod labels;
mod legend;
mod letters;
mod marks;

use std::fmt::Write;

use super::layout::{self, Area, Drawing, Sizes};
use super::{Batch, Graph, Node, human};
use letters::{balanced, clipped, escape, lines, width};

/// Sizes of texts in pixels.
const NAME: f64 = 14.0;
const SMALL: f64 = 11.0;
const TITLE: f64 = 18.0;
/// The widest line of a name in a box, and how many lines it may have.
const NAME_WIDTH: f64 = 168.0;
const NAME_LINES: usize = 4;
const NAME_STEP: f64 = 18.0;
const SMALL_STEP: f64 = 15.0;
/// The room around the text of a box.
const PADDING: (f64, f64) = (14.0, 10.0);
/// The room around the whole drawing.
const FRAME: f64 = 20.0;
/// The height of the titles of bands, which have two lines.
const HEAD: f64 = 44.0;
const NARROWEST: f64 = 360.0;

const STYLE: &str = include_str!("style.css");

pub fn render(graph: &Graph) -> String {
    let batches = graph.batches();
    let heads = heads(graph, &batches);
    let texts: Vec<Text> = graph.nodes.iter().map(Text::of).collect();
    let named = graph.known_edges().filter_map(|edge| edge.label.as_ref());
    let sizes = Sizes {
        boxes: texts.iter().map(Text::size).collect(),
        titles: heads.iter().map(Head::width).collect(),
        head: HEAD,
        label: named.map(|label| labels::width_of(label.as_str())).fold(0.0, f64::max),
    };
    let drawing = layout::lay(graph, &batches, &sizes);
    let legend = legend::of(graph);
    let wide = drawing.width.max(NARROWEST).max(legend::narrowest(&legend)).ceil();
    let title = lines(graph.title.as_str(), wide / TITLE, 3);
    let top = FRAME + title.len() as f64 * (TITLE + 8.0) + if title.is_empty() { 0.0 } else { 6.0 };
    let body = if graph.nodes.is_empty() { 30.0 } else { drawing.height };
    let key = legend::height(&legend, wide);
    let height = (top + body + key + FRAME).ceil();
    let full = wide + 2.0 * FRAME;

    let mut out = String::new();
    open(&mut out, graph, full, height);
    for (row, line) in title.iter().enumerate() {
        let y = FRAME + (row as f64 + 1.0) * (TITLE + 8.0) - 8.0;
        let _ =
            writeln!(out, "<text class=\"title\" x=\"{FRAME}\" y=\"{y}\">{}</text>", escape(line));
    }
    if graph.nodes.is_empty() {
        let y = top + 18.0;
        let _ = writeln!(
            out,
            "<text class=\"name\" x=\"{FRAME}\" y=\"{y}\">No features are declared.</text>"
        );
    }
    let left = FRAME + ((wide - drawing.width) / 2.0).floor();
    let _ = writeln!(out, "<g transform=\"translate({left} {top})\">");
    bands(&mut out, &drawing, &heads);
    marks::edges(&mut out, graph, &drawing);
    for ((node, text), area) in graph.nodes.iter().zip(&texts).zip(&drawing.boxes) {
        boxed(&mut out, node, text, area);
    }
    labels::draw(&mut out, graph, &drawing);
    out.push_str("</g>\n");
    legend::draw(&mut out, &legend, (FRAME, top + body), wide);
    out.push_str("</g>\n</svg>\n");
    out
}

fn open(out: &mut String, graph: &Graph, width: f64, height: f64) {
    let title = match graph.title.as_str() {
        "" => "Dependency graph",
        title => title,
    };
    let title = escape(title);
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{title}\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">"
    );
    let _ = writeln!(out, "<title>{title}</title>");
    let _ = writeln!(out, "<desc>{}</desc>", escape(human::render(graph, false).trim_end()));
    let _ = writeln!(out, "<style>\n{STYLE}</style>");
    out.push_str("<g class=\"gatecheck-graph\">\n");
    let _ = writeln!(out, "<rect class=\"page\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>");
}

/// What stands above a band.
struct Head {
    title: String,
    note: String,
    class: &'static str,
}

impl Head {
    fn width(&self) -> f64 {
        (width(&self.title) * NAME).max(width(&self.note) * SMALL) + 16.0
    }
}

/// The heads of the batches, then those of given things and of things in no order.
fn heads(graph: &Graph, batches: &[Batch]) -> Vec<Head> {
    let several = graph.has_iterations();
    let of_batch = |batch: &Batch| {
        let mut notes = Vec::new();
        if several {
            notes.push(clipped(&format!("Iteration {}", batch.iteration), 14.0));
        }
        if batch.nodes.len() > 1 {
            notes.push(format!("{} in parallel", batch.nodes.len()));
        }
        Head { title: format!("Batch {}", batch.number), note: notes.join(" · "), class: "band" }
    };
    let mut heads: Vec<Head> = batches.iter().map(of_batch).collect();
    let free = || graph.nodes.iter().filter(|node| node.batch.is_none());
    let words = |cyclic: bool| match cyclic {
        true => Head {
            title: "No order".into(),
            note: "until the cycle is cut".into(),
            class: "band wrong",
        },
        false if free().all(|node| node.external) => {
            Head { title: "Outside".into(), note: String::new(), class: "band outer" }
        }
        false => Head { title: "Given".into(), note: String::new(), class: "band outer" },
    };
    heads.push(words(false));
    let cyclic = free().any(|node| node.in_cycle);
    heads.push(match cyclic {
        true => words(true),
        false => Head { title: "Later".into(), note: String::new(), class: "band outer" },
    });
    heads
}

fn bands(out: &mut String, drawing: &Drawing, heads: &[Head]) {
    let ends = [drawing.given, drawing.open];
    let areas = drawing.bands.iter().map(|area| Some(*area)).chain(ends);
    let y = if heads.iter().all(|head| head.note.is_empty()) { 28 } else { 22 };
    for (area, head) in areas.zip(heads) {
        let Some(area) = area else { continue };
        let middle = area.x + area.width / 2.0;
        let _ = writeln!(out, "<g class=\"{}\">{}", head.class, rect(&area, 10));
        let _ = writeln!(
            out,
            "<text class=\"head\" x=\"{middle}\" y=\"{y}\">{}</text>",
            escape(&head.title)
        );
        if !head.note.is_empty() {
            let _ = writeln!(
                out,
                "<text class=\"note\" x=\"{middle}\" y=\"38\">{}</text>",
                escape(&head.note)
            );
        }
        out.push_str("</g>\n");
    }
}

/// The text of a box, in lines.
struct Text {
    name: Vec<String>,
    detail: Vec<String>,
}

impl Text {
    fn of(node: &Node) -> Self {
        let detail = node.detail.as_ref().map(|detail| detail.as_str()).unwrap_or_default();
        Self {
            name: balanced(node.name.as_str(), NAME_WIDTH / NAME, NAME_LINES),
            detail: lines(detail, NAME_WIDTH / SMALL, 2),
        }
    }

    fn size(&self) -> (f64, f64) {
        let widest = |lines: &[String], size: f64| {
            lines.iter().map(|line| width(line) * size).fold(0.0, f64::max)
        };
        let wide = widest(&self.name, NAME).max(widest(&self.detail, SMALL)).max(52.0);
        (wide.ceil() + 2.0 * PADDING.0, self.height() + 2.0 * PADDING.1)
    }

    fn height(&self) -> f64 {
        self.name.len().max(1) as f64 * NAME_STEP + self.detail.len() as f64 * SMALL_STEP
    }
}

fn boxed(out: &mut String, node: &Node, text: &Text, area: &Area) {
    let mut class = match node {
        Node { in_cycle: true, .. } => "box wrong",
        Node { critical: true, .. } => "box critical",
        _ => "box",
    }
    .to_owned();
    if node.external {
        class.push_str(" outer");
    }
    let _ = write!(out, "<g class=\"{class}\"><title>{}</title>", escape(node.name.as_str()));
    let _ = writeln!(out, "{}", rect(area, 6));
    let middle = area.x + area.width / 2.0;
    let mut y = area.y + (area.height - text.height()) / 2.0;
    for line in &text.name {
        let _ = writeln!(
            out,
            "<text class=\"name\" x=\"{middle}\" y=\"{}\">{}</text>",
            y + 14.0,
            escape(line)
        );
        y += NAME_STEP;
    }
    for line in &text.detail {
        let _ = writeln!(
            out,
            "<text class=\"note\" x=\"{middle}\" y=\"{}\">{}</text>",
            y + 10.0,
            escape(line)
        );
        y += SMALL_STEP;
    }
    out.push_str("</g>\n");
}

fn rect(area: &Area, round: u8) -> String {
    let Area { x, y, width, height } = area;
    format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\"/>")
}

//! Reads pictures back, and holds what is promised of them.

use std::sync::LazyLock;

use regex::Regex;

use super::layout::{Area, Point};
use super::{Edge, Graph};

/// An edge as it is drawn: points along its way, and the tip of its arrow.
pub struct Line {
    title: String,
    points: Vec<Point>,
    tip: Point,
}

/// Everything stands inside the picture, no boxes overlap, edges go from box to box and meet no
/// other, and the text is well-formed.
pub fn check(graph: &Graph, svg: &str) {
    well_formed(svg);
    assert!(svg.starts_with("<svg ") && svg.contains(" role=\"img\" ") && svg.contains("<title>"));
    let boxes = boxes(svg);
    assert_eq!(boxes.len(), graph.nodes.len());
    let page = page(svg);
    for (place, area) in boxes.iter().enumerate() {
        let inside = area.x >= 0.0 && area.y >= 0.0;
        assert!(inside && area.x + area.width <= page.width && area.y + area.height <= page.height);
        for other in &boxes[..place] {
            assert!(!area.meets(other), "{area:?} {other:?}\n{svg}");
        }
    }
    let mut lines = lines(svg);
    assert_eq!(lines.len(), graph.known_edges().count());
    for edge in graph.known_edges() {
        let (from, to) = (&boxes[edge.before], &boxes[edge.after]);
        let fits = |line: &Line| {
            line.title.ends_with(&*title(graph, edge))
                && touches(from, line.points[0])
                && touches(to, line.tip)
        };
        let found = lines.iter().position(fits);
        let line =
            lines.swap_remove(found.unwrap_or_else(|| panic!("{edge:?} is not drawn\n{svg}")));
        for point in &line.points {
            assert!(point.x >= 0.0 && point.x <= page.width && point.y <= page.height);
            let hit = boxes.iter().find(|area| holds(area, *point));
            assert!(hit.is_none(), "{edge:?} runs through {hit:?} at {point:?}\n{svg}");
        }
    }
}

/// How often edges cross that share no end.
pub fn crossings(graph: &Graph, svg: &str) -> usize {
    let lines = lines(svg);
    let side = |a: Point, b: Point, c: Point| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    let cross = |a: &[Point], b: &[Point]| {
        side(a[0], a[1], b[0]) * side(a[0], a[1], b[1]) < 0.0
            && side(b[0], b[1], a[0]) * side(b[0], b[1], a[1]) < 0.0
    };
    assert_eq!(lines.len(), graph.edges.len());
    let mut count = 0;
    for (place, line) in lines.iter().enumerate() {
        for other in &lines[..place] {
            let pairs =
                line.points.windows(2).flat_map(|a| other.points.windows(2).map(move |b| (a, b)));
            count += usize::from(pairs.filter(|(a, b)| cross(a, b)).count() > 0);
        }
    }
    count
}

/// The boxes of the nodes, in their order.
pub fn boxes(svg: &str) -> Vec<Area> {
    static BOX: LazyLock<Regex> = LazyLock::new(|| {
        let number = r#""([-\d.]+)""#;
        let rect = format!("x={number} y={number} width={number} height={number}");
        Regex::new(&format!("(?s)<g class=\"box[^\"]*\"><title>[^<]*</title>\\s*<rect {rect}"))
            .unwrap()
    });
    let found = BOX.captures_iter(svg).map(|found| {
        let [x, y, width, height] = [1, 2, 3, 4].map(|group| found[group].parse().unwrap());
        Area { x, y, width, height }
    });
    found.collect()
}

fn page(svg: &str) -> Area {
    static PAGE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"viewBox="0 0 ([\d.]+) ([\d.]+)""#).unwrap());
    let found = PAGE.captures(svg).unwrap();
    let [width, height] = [1, 2].map(|group| found[group].parse().unwrap());
    Area { x: 0.0, y: 0.0, width, height }
}

fn title(graph: &Graph, edge: &Edge) -> String {
    let escaped = graph.sentence(edge).replace('&', "&amp;").replace('<', "&lt;");
    escaped.replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn lines(svg: &str) -> Vec<Line> {
    static EDGE: LazyLock<Regex> = LazyLock::new(|| {
        let edge = r#"<g class="edge[^"]*"><title>([^<]*)</title><path d="([^"]*)"/><polygon points="([-\d.,]+) "#;
        Regex::new(edge).unwrap()
    });
    let found = EDGE.captures_iter(svg).map(|found| Line {
        title: found[1].to_owned(),
        points: along(&found[2]),
        tip: point(&found[3]),
    });
    found.collect()
}

/// Points close to each other along a path.
fn along(path: &str) -> Vec<Point> {
    static STEP: LazyLock<Regex> = LazyLock::new(|| Regex::new("([MLC])([^MLC]*)").unwrap());
    let mut points: Vec<Point> = Vec::new();
    for step in STEP.captures_iter(path) {
        let to: Vec<Point> = step[2].split(' ').map(point).collect();
        let from = *points.last().unwrap_or(&to[0]);
        let bends = if to.len() == 3 { [to[0], to[1]] } else { [from, to[0]] };
        let end = to[to.len() - 1];
        for part in (0..=60).map(|part| f64::from(part) / 60.0) {
            let rest = 1.0 - part;
            let mix = |get: fn(Point) -> f64| {
                rest.powi(3) * get(from)
                    + 3.0 * rest * rest * part * get(bends[0])
                    + 3.0 * rest * part * part * get(bends[1])
                    + part.powi(3) * get(end)
            };
            points.push(Point { x: mix(|point| point.x), y: mix(|point| point.y) });
        }
    }
    points
}

fn point(text: &str) -> Point {
    let (x, y) = text.split_once(',').unwrap();
    Point { x: x.parse().unwrap(), y: y.parse().unwrap() }
}

/// Whether a point is on a vertical side of a box.
fn touches(area: &Area, point: Point) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.2;
    let beside = near(point.x, area.x) || near(point.x, area.x + area.width);
    beside && point.y > area.y && point.y < area.y + area.height
}

fn holds(area: &Area, point: Point) -> bool {
    const LINE: f64 = 0.5;
    point.x > area.x + LINE
        && point.x < area.x + area.width - LINE
        && point.y > area.y + LINE
        && point.y < area.y + area.height - LINE
}

fn well_formed(svg: &str) {
    let mut open = Vec::new();
    for piece in svg.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if tag.ends_with('/') => {}
            None => open.push(tag.split([' ', '\n']).next().unwrap()),
        }
        if open.last() != Some(&"style") {
            assert!(!text.contains('>'), "{text}");
        }
        for entity in piece.split('&').skip(1) {
            assert!(
                ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|one| entity.starts_with(one))
            );
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

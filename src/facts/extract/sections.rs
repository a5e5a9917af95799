//! The outline: which heading holds what.

use crate::base::{Span, words};
use crate::facts::{Section, SectionId};

/// The sections found so far and those still open, outermost first.
pub(super) struct Outline {
    pub sections: Vec<Section>,
    open: Vec<SectionId>,
}

impl Outline {
    /// An outline that holds only the preamble, which begins at `start`.
    pub fn new(start: usize) -> Self {
        let at = Span::new(start, start);
        let preamble = Section {
            level: 0,
            parent: None,
            heading: at,
            title: at,
            name: "".into(),
            body: at,
            extent: Span::new(0, start),
        };
        Self { sections: vec![preamble], open: vec![0] }
    }

    /// The section that a block beginning now belongs to.
    pub fn current(&self) -> SectionId {
        (self.sections.len() - 1) as SectionId
    }

    /// Begins a section. Its title comes when the heading ends.
    pub fn begin(&mut self, level: u8, start: u32) {
        self.close_down_to(level, start);
        let at = Span { start, end: start };
        let parent = self.open.last().copied();
        let (name, id) = ("".into(), self.sections.len() as SectionId);
        let section = Section { level, parent, heading: at, title: at, name, body: at, extent: at };
        self.sections.push(section);
        self.open.push(id);
    }

    /// Names the section begun last.
    pub fn name(&mut self, text: &str, heading: Span, title: Span) {
        if let Some(section) = self.sections.last_mut() {
            section.heading = heading;
            section.title = title;
            section.name = words::normalize(&words::without_markup(title.of(text))).into();
            section.body = Span { start: heading.end, end: heading.end };
        }
    }

    pub fn finish(mut self, end: u32) -> Vec<Section> {
        self.close_down_to(1, end);
        self.sections
    }

    /// Ends every section that a heading of this level at `end` ends. The body of the section
    /// before it ends in any case.
    fn close_down_to(&mut self, level: u8, end: u32) {
        if let Some(last) = self.sections.last_mut() {
            last.body.end = end.max(last.body.start);
        }
        // Headings never stand below the preamble, but a bold label before them does.
        let ends =
            |open: &Section| open.level >= level || (open.level == 0 && level < Section::PSEUDO);
        while let Some(&id) = self.open.last() {
            let open = &mut self.sections[id as usize];
            if !ends(open) {
                break;
            }
            open.extent.end = end;
            self.open.pop();
        }
    }
}

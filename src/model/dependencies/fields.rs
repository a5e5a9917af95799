//! Labeled values: `**Depends on**: A, B`, `Dependencies: None`, `**Depends on Feature A for**: …`.

use super::context::{self, About};
use super::names::{self, Named};
use super::tables::days;
use super::{Dependencies, Drawing, End, Group, Need, Node, Notation, Said};
use crate::base::Span;
use crate::base::words::{listed, normalize, without_markup};
use crate::facts::{BlockKind, DocumentFacts, Field, SectionId};
use crate::model::{children, part_of};
use crate::workflow::Kind;

/// What a label asks for.
enum Label {
    Needs,
    Blocks,
    /// `Depends on Feature A for`: the label names it.
    Inside(Vec<Named>),
}

/// The one who is spoken of.
struct Holder {
    name: String,
    span: Span,
    section: SectionId,
}

pub(super) fn read(facts: &DocumentFacts, kind: Kind, about: &About, found: &mut Dependencies) {
    let mut drawing = Drawing::new(Notation::Field, Span::default());
    let front = facts.front_matter;
    for field in &facts.fields {
        if front.is_some_and(|front| front.covers(field.label)) {
            continue;
        }
        let Some(label) = label(facts, about, field) else { continue };
        let Some(holder) = holder(facts, field) else { continue };
        // Under "Dependencies" a class lists what its code calls at run time, which nobody waits for.
        let called = kind == Kind::Interface || describes_code(facts, holder.section);
        if called && field.name.ends_with("dependencies") {
            continue;
        }
        let from = node(facts, holder, &mut drawing);
        drawing.span = if drawing.span.is_empty() { field.label } else { drawing.span };
        drawing.span = drawing.span.to(field.content);
        say(facts, field, label, from, &mut drawing);
    }
    // A long document is no single statement of levels: they stand in the sections around.
    found.drawings.push(drawing);
}

fn label(facts: &DocumentFacts, about: &About, field: &Field) -> Option<Label> {
    let needs = listed!(
        "depends on|depends upon|depends|dependencies|dependency|requires|prerequisites|\
         prerequisite|blocked by|feature dependencies|component dependencies|task dependencies|\
         waits for|predecessors|hard dependencies|internal dependencies|depends on features"
    );
    if needs.has(&field.name) {
        return Some(Label::Needs);
    }
    // "Needs" is said of visitors and machines as well, but not below the features of a plan.
    let planned = listed!("needs|deps|need").has(&field.name);
    if planned && is_nested(facts, field) && about.orders_text(facts, field.section) {
        return Some(Label::Needs);
    }
    if listed!("blocks|unblocks|required by|needed by|dependents").has(&field.name) {
        return Some(Label::Blocks);
    }
    let written = facts.text_of(field.label);
    let opens = |lead: &&&str| {
        written.get(..lead.len()).is_some_and(|head| head.eq_ignore_ascii_case(lead))
    };
    let start = ["depends on ", "requires "].iter().find(opens)?.len();
    let end = written.to_ascii_lowercase().rfind(" for");
    let end = end.filter(|end| *end > start && *end + 4 == written.len());
    let name = written.get(start..end?)?.trim();
    let from = field.label.start as usize + start;
    let span = Span::new(from, from + name.len());
    (!name.is_empty()).then(|| Label::Inside(names::read(name, span).names()))
}

/// Whether a field stands in an item below another item.
fn is_nested(facts: &DocumentFacts, field: &Field) -> bool {
    let block = &facts.blocks[field.block as usize];
    block.kind == BlockKind::Item && facts.is_inside(block, BlockKind::Item)
        || block.parent.is_some_and(|id| {
            let item = &facts.blocks[id as usize];
            item.kind == BlockKind::Item && facts.is_inside(item, BlockKind::Item)
        })
}

/// The item or section that a field speaks of.
fn holder(facts: &DocumentFacts, field: &Field) -> Option<Holder> {
    let block = &facts.blocks[field.block as usize];
    let mut at = Some(block);
    let mut own_item = true;
    while let Some(one) = at {
        if one.kind == BlockKind::Item {
            if !own_item {
                let line = facts.text_of(one.span).lines().next().unwrap_or("");
                return item(line, one.span, one.section);
            }
            // "**Auth** … Depends on: X" inside one item names the item itself.
            let line = facts.text_of(one.span).lines().next().unwrap_or("");
            let offset = field.label.start.saturating_sub(one.span.start) as usize;
            if offset > line.len() {
                return item(line, one.span, one.section);
            }
            own_item = false;
        }
        at = one.parent.map(|id| &facts.blocks[id as usize]);
    }
    under_label(facts, field).or_else(|| section(facts, field.section, &field.name))
}

/// A label of its own line that the list with the field belongs to: "**Session service:**".
fn under_label(facts: &DocumentFacts, field: &Field) -> Option<Holder> {
    let extent = facts.section(field.section).body;
    let above = facts.fields_in(extent).filter(|one| {
        one.value.is_empty()
            && one.label.end < field.label.start
            && one.content.covers(field.label)
            && !is_general(&one.name)
    });
    let label = above.last()?;
    let name = without_markup(facts.text_of(label.label)).into_owned();
    Some(Holder { name, span: label.label, section: field.section })
}

fn item(line: &str, span: Span, section: SectionId) -> Option<Holder> {
    let bare = line.trim_start_matches(|c: char| " -*+•".contains(c));
    let bare = bare.strip_prefix("[ ] ").or_else(|| bare.strip_prefix("[x] ")).unwrap_or(bare);
    let bare = bare.strip_prefix("[X] ").unwrap_or(bare);
    let text = without_markup(bare);
    let name = names::cut(&text)?;
    let start = span.start as usize + line.find(bare).unwrap_or(0);
    let span = Span::new(start, start + bare.trim_end().len());
    let fits =
        name.split(' ').count() <= 7 && !context::is_level(&crate::base::words::normalize(name));
    fits.then(|| Holder { name: name.to_owned(), span, section })
}

fn section(facts: &DocumentFacts, id: SectionId, label: &str) -> Option<Holder> {
    let mut at = Some(id);
    while let Some(id) = at {
        let section = facts.section(id);
        let general = section.name.is_empty() || is_general(&section.name);
        if !general {
            // The title of a document speaks of the whole, and its needs are tools and machines.
            let title = section.level == 1 && label.starts_with("requires");
            let text = without_markup(facts.text_of(section.title));
            let name = title_name(&text);
            let named = !title && !name.is_empty() && name.split(' ').count() <= 9;
            return named.then_some(Holder { name, span: section.title, section: id });
        }
        at = section.parent;
    }
    None
}

/// A title without numbering and marks around it, with its label.
fn title_name(title: &str) -> String {
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let title = title.trim_end_matches([':', ' ', '#', '*']);
    // "NEW: E1.4: Pipeline": a mark before an id is no part of the name.
    let marked = title.split_once(": ").filter(|(mark, rest)| {
        mark.bytes().all(|byte| byte.is_ascii_uppercase()) && super::id(rest).is_some()
    });
    let title = marked.map_or(title, |(_, rest)| rest);
    let title = match title.strip_suffix(')').and_then(|inner| inner.rfind(" (")) {
        Some(open) => title[..open].trim_end(),
        None => title,
    };
    // "Stream A: Slack Integration" and "3. Catalog" carry a place in a list.
    let numbered = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')');
    let numbered = numbered.strip_prefix(' ').filter(|rest| rest.len() < title.len());
    let title = numbered.map_or(title, str::trim_start);
    let title = match title.split_once(": ") {
        Some((head, rest)) if is_place(head) && super::id(rest).is_none() => rest,
        _ => title,
    };
    title.to_owned()
}

fn is_place(head: &str) -> bool {
    let name = crate::base::words::normalize(head);
    context::level(&name).is_some_and(|(kind, _)| !context::follow_each_other(kind))
}

/// Headings that sort what is said about the thing above them.
fn is_general(name: &str) -> bool {
    let general = listed!(
        "dependencies|dependency|requirements|overview|details|technical details|notes|summary|\
         description|scope|metadata|info|information|prerequisites|status|context|api contract|\
         api contracts|contract|contracts|owns|data models|data model|integration|risks|tasks|\
         depends on|boundaries|goal|goals|interface|interfaces|implementation|constructor|\
         constructors|state management|acceptance criteria|testing|phase details|design"
    );
    general.has(name)
}

/// Whether a section tells of a class: how it is constructed, and its methods.
fn describes_code(facts: &DocumentFacts, id: SectionId) -> bool {
    let code = |name: &str| {
        name.split(' ')
            .any(|word| listed!("constructor|constructors|methods|injection|signatures").has(word))
    };
    let extent = facts.section(id).extent;
    children(facts, id).any(|(_, child)| code(&child.name))
        || part_of(&facts.fields, extent, |field| field.label).iter().any(|one| code(&one.name))
}

/// The place of the holder among the nodes, with the level that it stands in.
fn node(facts: &DocumentFacts, holder: Holder, drawing: &mut Drawing) -> usize {
    let same = |node: &Node| node.span == holder.span;
    if let Some(known) = drawing.nodes.iter().rposition(same) {
        return known;
    }
    let mut node = Node::new(holder.name, holder.span);
    node.group = group(facts, holder.section, drawing);
    let extent = facts.section(holder.section).body;
    let named = |field: &&Field| matches!(&*field.name, "duration" | "estimate" | "effort");
    let own = facts.fields_in(extent).find(named);
    node.days = own.and_then(|field| days(facts.text_of(field.value)));
    drawing.nodes.push(node);
    drawing.nodes.len() - 1
}

/// The level that a section stands in, by the headings above it.
fn group(facts: &DocumentFacts, section: SectionId, drawing: &mut Drawing) -> Option<usize> {
    let mut at = facts.section(section).parent;
    while let Some(id) = at {
        let above = facts.section(id);
        if let Some((kind, _)) = context::level(&above.name) {
            let known = drawing.groups.iter().position(|group| group.span == above.title);
            let place = known.unwrap_or_else(|| {
                let title = facts.text_of(above.title);
                let group = super::levels::group(title, above.title, kind, None);
                drawing.groups.push(Group { after: Vec::new(), ..group });
                drawing.groups.len() - 1
            });
            return Some(place);
        }
        at = above.parent;
    }
    None
}

fn say(facts: &DocumentFacts, field: &Field, label: Label, from: usize, drawing: &mut Drawing) {
    let need = |one: Named| Need {
        from: End::Node(from),
        sense: one.sense(),
        to: End::Named(one.name),
        span: one.span,
    };
    let blocks = match label {
        Label::Inside(named) => {
            drawing.needs.extend(named.into_iter().map(need));
            return;
        }
        Label::Needs => false,
        Label::Blocks => true,
    };
    let mut named = Vec::new();
    let mut said: Option<Said> = None;
    for value in values(facts, field) {
        let Some(span) = value else {
            said = Some(said.map_or(Said::Some, |said| said.and(Said::Some)));
            continue;
        };
        let listed = names::read(facts.text_of(span), span);
        if !blocks && names::is_all_of_a_kind(facts.text_of(span)) {
            drawing.wide.push((from, span));
        }
        said = Some(said.map_or(listed.said(), |said| said.and(listed.said())));
        named.extend(listed.names());
    }
    let said = said.unwrap_or_default();
    if blocks {
        drawing.nodes[from].said_blocks = said;
        drawing.blocks.extend(named.into_iter().map(need));
        return;
    }
    drawing.needs.extend(named.into_iter().map(need));
    let node = &mut drawing.nodes[from];
    node.said = if node.said == Said::Some { said } else { node.said };
}

/// The value on the label's line, or the items below it. Nothing stands for what names no thing.
fn values(facts: &DocumentFacts, field: &Field) -> Vec<Option<Span>> {
    if !field.value.is_empty() {
        return vec![Some(field.value)];
    }
    let mut items = facts
        .blocks_in(field.content)
        .filter(|(id, block)| block.kind == BlockKind::Item && *id != field.block)
        .map(|(_, block)| block)
        .peekable();
    let mut found = Vec::new();
    let mut end = 0;
    while let Some(block) = items.next() {
        if block.span.start < end {
            continue;
        }
        let inner = items.peek().filter(|next| next.span.start < block.span.end);
        let own = own_lines(facts, block.span, inner.map(|inner| inner.span.start));
        let text = facts.text_of(own);
        let sorting = text.split_once(':').filter(|(head, _)| is_sort(head));
        match sorting {
            // "External:" over a list, "Internal: Accounts" in one.
            Some((_, rest)) if rest.contains(char::is_alphanumeric) => {
                let rest = rest.trim_start_matches(['*', ' ']);
                found.push(Some(Span { start: own.end - rest.len() as u32, ..own }));
            }
            Some(_) if inner.is_some() => continue,
            // Boxes to tick are work to do before, and name nothing.
            _ => found.push((!text.starts_with('[') || text.contains("](")).then_some(own)),
        }
        end = block.span.end;
    }
    found
}

/// What an item says itself, without its sign: up to its first paragraph's end or inner item.
fn own_lines(facts: &DocumentFacts, item: Span, inner: Option<u32>) -> Span {
    let item = Span { end: inner.unwrap_or(item.end), ..item };
    let text = facts.text_of(item);
    // A label right below the last item begins something else.
    let text = text.split("\n\n").next().unwrap_or("").split("\n**").next().unwrap_or("");
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "-*+•".contains(c));
    let numbered = text.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
    let bare = match numbered.strip_prefix(['.', ')']) {
        Some(rest) => rest,
        None => {
            let bare = text.trim_start();
            let sign = bare.find(' ').filter(|at| matches!(&bare[..*at], "-" | "*" | "+" | "•"));
            sign.map_or(bare, |at| &bare[at..])
        }
    };
    let bare = bare.trim_start();
    let start = item.start as usize + text.len() - bare.len();
    Span::new(start, start + bare.len())
}

/// Words that sort needs and name none.
fn is_sort(head: &str) -> bool {
    let sorts = listed!(
        "components|external|features|hard|infrastructure|internal|libraries|other features|\
         packages|services|soft|technical|third party|external services|internal features"
    );
    sorts.has(&normalize(head))
}

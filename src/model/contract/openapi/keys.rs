//! Where the keys of a YAML or JSON document stand, found by a look at its lines.

use crate::base::Span;

/// The keys of a document in their order, each with how deep it stands.
#[derive(Debug, Default)]
pub(super) struct Keys<'t> {
    list: Vec<Key<'t>>,
}

#[derive(Debug)]
struct Key<'t> {
    name: &'t str,
    span: Span,
    level: u32,
    /// Where its value ends.
    end: u32,
    /// The place in the list behind the keys below it.
    after: usize,
}

/// The place of a key in [`Keys`].
pub(super) type KeyId = usize;

impl<'t> Keys<'t> {
    /// Finds the keys in a part of a text.
    pub fn of(text: &'t str, part: Span) -> Self {
        let body = part.of(text);
        let mut keys = Self::default();
        match body.trim_start().starts_with('{') {
            true => keys.json(body, part.start),
            false => keys.yaml(body, part.start),
        }
        keys.nest(part.end);
        keys
    }

    fn add(&mut self, name: &'t str, start: u32, level: u32) {
        let span = Span { start, end: start + name.len() as u32 };
        self.list.push(Key { name, span, level, end: 0, after: 0 });
    }

    /// In JSON, a key is a text before a colon, as deep as the brackets around it.
    fn json(&mut self, body: &'t str, offset: u32) {
        let bytes = body.as_bytes();
        let (mut at, mut level) = (0, 0u32);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'{' | b'[' => level += 1,
                b'}' | b']' => level = level.saturating_sub(1),
                b'"' => {
                    let start = at + 1;
                    at = start;
                    while !matches!(bytes.get(at), None | Some(b'"')) {
                        at += if bytes[at] == b'\\' { 2 } else { 1 };
                    }
                    let rest = body.get(at + 1..).unwrap_or("");
                    let name = body.get(start..at).unwrap_or("");
                    if rest.trim_start().starts_with(':') {
                        self.add(name, offset + start as u32, level);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// In YAML, a key begins a line, as deep as it is indented.
    fn yaml(&mut self, body: &'t str, offset: u32) {
        let mut start = 0;
        for line in body.split_inclusive('\n') {
            let mut bare = line.trim_start();
            while let Some(item) = bare.strip_prefix("- ") {
                bare = item.trim_start();
            }
            let indent = line.len() - bare.len();
            let name = match bare.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = &bare[1..];
                    let end = inner.find(quote).filter(|end| inner[end + 1..].starts_with(':'));
                    end.map(|end| (&inner[..end], indent + 1))
                }
                Some('#') | None => None,
                Some(_) => {
                    let end =
                        bare.find(": ").or_else(|| bare.trim_end().strip_suffix(':').map(str::len));
                    end.map(|end| (&bare[..end], indent))
                }
            };
            if let Some((name, at)) = name {
                self.add(name, offset + (start + at) as u32, indent as u32);
            }
            start += line.len();
        }
    }

    /// Finds where each value ends: at the next key that stands no deeper.
    fn nest(&mut self, end: u32) {
        let mut open: Vec<KeyId> = Vec::new();
        for at in 0..=self.list.len() {
            let (level, start) =
                self.list.get(at).map_or((0, end), |key| (key.level, key.span.start));
            while let Some(&last) = open.last()
                && (at == self.list.len() || self.list[last].level >= level)
            {
                self.list[last].end = start;
                self.list[last].after = at;
                open.pop();
            }
            open.push(at);
        }
    }

    /// The key of this name directly below another, or at the top.
    pub fn below(&self, parent: Option<KeyId>, name: &str) -> Option<KeyId> {
        self.children(parent).find(|&key| self.list[key].name == name)
    }

    /// The keys directly below another, or at the top.
    pub fn children(&self, parent: Option<KeyId>) -> impl Iterator<Item = KeyId> {
        let first = parent.map_or(0, |parent| parent + 1);
        let end = parent.map_or(self.list.len(), |parent| self.list[parent].after);
        let mut next = first;
        std::iter::from_fn(move || {
            let at = next;
            let key = self.list.get(at).filter(|_| at < end)?;
            next = key.after.max(at + 1);
            Some(at)
        })
    }

    /// The key of this name anywhere below another, the first one.
    pub fn within(&self, parent: KeyId, name: &str) -> Option<KeyId> {
        let end = self.list[parent].after;
        (parent + 1..end).find(|&key| self.list[key].name == name)
    }

    pub fn name(&self, key: KeyId) -> &'t str {
        self.list[key].name
    }

    pub fn span(&self, key: KeyId) -> Span {
        self.list[key].span
    }

    /// A key with its value.
    pub fn extent(&self, key: KeyId) -> Span {
        let key = &self.list[key];
        Span { start: key.span.start, end: key.end.max(key.span.end) }
    }
}

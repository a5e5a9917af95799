//! Lists of words and phrases that texts are searched for.

/// Words or phrases that a text is searched for, parted by `|`: `listed!("instead|rather than")`.
///
/// Texts are asked for many lists word by word, and nearly always in vain. The first byte and the
/// length of a word, which the program knows of its lists when it is built, say so at a glance.
#[derive(Debug)]
pub struct List {
    text: &'static str,
    /// The lengths of the members that begin with each byte, up to five bits of it.
    lengths: [u64; 32],
    /// The same by the byte that members end with.
    endings: [u64; 32],
}

impl List {
    /// A member is at most 63 bytes long; a longer one stops the program from being built.
    pub const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let (mut lengths, mut endings) = ([0; 32], [0; 32]);
        let (mut start, mut at) = (0, 0);
        while at <= bytes.len() {
            if at == bytes.len() || bytes[at] == b'|' {
                assert!(at > start && at - start < 64, "a member is empty or too long");
                lengths[(bytes[start] & 31) as usize] |= 1 << (at - start);
                endings[(bytes[at - 1] & 31) as usize] |= 1 << (at - start);
                start = at + 1;
            }
            at += 1;
        }
        Self { text, lengths, endings }
    }

    /// Whether a word or phrase is a member.
    pub fn has(&self, word: &str) -> bool {
        let (Some(first), Some(last)) = (word.as_bytes().first(), word.as_bytes().last()) else {
            return false;
        };
        let lengths = self.lengths[usize::from(first & 31)] & self.endings[usize::from(last & 31)];
        word.len() < 64 && lengths >> word.len() & 1 == 1 && self.holds(word.as_bytes())
    }

    /// Whether a word is a member, in any case of the letters of ASCII.
    pub fn has_in_any_case(&self, word: &[u8]) -> bool {
        let (Some(first), Some(last)) = (word.first(), word.last()) else { return false };
        // What the bits are of does not tell capitals from small letters.
        let lengths = self.lengths[usize::from(first & 31)] & self.endings[usize::from(last & 31)];
        if word.len() >= 64 || lengths >> word.len() & 1 == 0 {
            return false;
        }
        let mut lower = [0; 64];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        self.holds(lower)
    }

    fn holds(&self, word: &[u8]) -> bool {
        let text = self.text.as_bytes();
        let is_border = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == b'|');
        memchr::memchr_iter(word[0], text).any(|start| {
            is_border(start.checked_sub(1).map(|before| &text[before]))
                && text[start..].starts_with(word)
                && is_border(text.get(start + word.len()))
        })
    }

    /// The lengths of the members that begin with the same byte as a text, and some others.
    pub fn lengths_like(&self, text: &str) -> impl Iterator<Item = usize> {
        let first = text.as_bytes().first();
        let mut left = first.map_or(0, |first| self.lengths[usize::from(first & 31)]);
        std::iter::from_fn(move || {
            let length = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (length < 64).then_some(length)
        })
    }
}

/// A [`List`] that is made when the program is built.
macro_rules! listed {
    ($text:expr) => {
        const { &$crate::base::words::List::new($text) }
    };
}
pub(crate) use listed;

#[cfg(test)]
mod tests {
    #[test]
    fn lists_hold_their_members_and_nothing_else() {
        let known = listed!("instead|rather than|ab");
        assert!(known.has("ab") && known.has("instead") && known.has("rather than"));
        for other in ["", "a", "abc", "rather", "rather thaz", "instead|rather than", "|", "than"] {
            assert!(!known.has(other), "{other}");
        }
        assert!(!known.has(&"a".repeat(70)));
        assert!(known.has_in_any_case(b"Instead") && !known.has_in_any_case(b"Insteap"));
        assert_eq!(known.lengths_like("rabbit").collect::<Vec<_>>(), [11]);
    }
}

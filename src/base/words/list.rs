//! Lists of words and phrases that texts are searched for.

/// Words or phrases that a text is searched for, parted by `|`: `listed!("instead|rather than")`.
///
/// Texts are asked for many lists word by word, and nearly always in vain. The first byte and the
/// length of a word, which the program knows of its lists when it is built, say so at a glance.
#[derive(Debug)]
pub struct List {
    text: &'static str,
    /// Where each member stands in the text, the shortest first.
    members: &'static [u16],
    /// How many members are shorter than each length.
    shorter: [u16; LONGEST + 2],
    /// The lengths of the members that begin with each byte, up to five bits of it.
    lengths: [u64; 32],
    /// The same by the byte that members end with.
    endings: [u64; 32],
}

/// No member is longer, in bytes, so that their lengths are bits of a number.
const LONGEST: usize = 63;

impl List {
    /// A list with the places that [`List::places`] gives. A member that is longer than a list can
    /// tell, or empty, stops the program from being built.
    pub const fn new(text: &'static str, members: &'static [u16]) -> Self {
        let bytes = text.as_bytes();
        let (mut lengths, mut endings) = ([0; 32], [0; 32]);
        let mut shorter = [0; LONGEST + 2];
        let mut member = 0;
        while member < members.len() {
            let start = members[member] as usize;
            let length = length_at(bytes, start);
            assert!(length > 0 && length <= LONGEST, "a member is empty or too long");
            lengths[(bytes[start] & 31) as usize] |= 1 << length;
            endings[(bytes[start + length - 1] & 31) as usize] |= 1 << length;
            let mut longer = length + 1;
            while longer < shorter.len() {
                shorter[longer] += 1;
                longer += 1;
            }
            member += 1;
        }
        Self { text, members, shorter, lengths, endings }
    }

    /// How many members a text has.
    pub const fn count(text: &str) -> usize {
        let bytes = text.as_bytes();
        let (mut count, mut at) = (1, 0);
        while at < bytes.len() {
            if bytes[at] == b'|' {
                count += 1;
            }
            at += 1;
        }
        count
    }

    /// Where the members of a text begin, the shortest first.
    pub const fn places<const COUNT: usize>(text: &str) -> [u16; COUNT] {
        let bytes = text.as_bytes();
        let mut places = [0; COUNT];
        let (mut start, mut member) = (0, 0);
        while member < COUNT {
            let length = length_at(bytes, start);
            let mut at = member;
            while at > 0 && length_at(bytes, places[at - 1] as usize) > length {
                places[at] = places[at - 1];
                at -= 1;
            }
            places[at] = start as u16;
            start += length + 1;
            member += 1;
        }
        places
    }

    /// Whether a word or phrase is a member.
    pub fn has(&self, word: &str) -> bool {
        let (Some(first), Some(last)) = (word.as_bytes().first(), word.as_bytes().last()) else {
            return false;
        };
        let lengths = self.lengths[usize::from(first & 31)] & self.endings[usize::from(last & 31)];
        word.len() <= LONGEST && lengths >> word.len() & 1 == 1 && self.holds(word.as_bytes())
    }

    /// Whether a word is a member, in any case of the letters of ASCII.
    pub fn has_in_any_case(&self, word: &[u8]) -> bool {
        let (Some(first), Some(last)) = (word.first(), word.last()) else { return false };
        // What the bits are of does not tell capitals from small letters.
        let lengths = self.lengths[usize::from(first & 31)] & self.endings[usize::from(last & 31)];
        if word.len() > LONGEST || lengths >> word.len() & 1 == 0 {
            return false;
        }
        let mut lower = [0; LONGEST];
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        self.holds(lower)
    }

    fn holds(&self, word: &[u8]) -> bool {
        let [first, last] = [word.len(), word.len() + 1].map(|it| usize::from(self.shorter[it]));
        self.members[first..last].iter().any(|&start| {
            let member = &self.text.as_bytes()[usize::from(start)..][..word.len()];
            member[0] == word[0] && member == word
        })
    }

    /// The lengths of the members that begin with the same byte as a text, and some others.
    pub fn lengths_like(&self, text: &str) -> impl Iterator<Item = usize> {
        let first = text.as_bytes().first();
        let mut left = first.map_or(0, |first| self.lengths[usize::from(first & 31)]);
        std::iter::from_fn(move || {
            let length = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (length <= LONGEST).then_some(length)
        })
    }
}

/// The length of the member that begins at a place.
const fn length_at(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < bytes.len() && bytes[end] != b'|' {
        end += 1;
    }
    end - start
}

/// A [`List`] that is made when the program is built.
macro_rules! listed {
    ($text:expr) => {
        const {
            const PLACES: [u16; $crate::base::words::List::count($text)] =
                $crate::base::words::List::places($text);
            &$crate::base::words::List::new($text, &PLACES)
        }
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

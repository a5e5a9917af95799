//! Whether one file became another, as git tells it: most lines are the same.

use std::collections::HashMap;

/// Whether two contents share at least half of the lines of the longer one. Blank lines tell
/// nothing.
pub fn alike(one: &[u8], other: &[u8]) -> bool {
    let (one, other) = (lines(one), lines(other));
    let mut open: HashMap<&[u8], usize> = HashMap::new();
    for line in &one {
        *open.entry(line).or_default() += 1;
    }
    let mut shared = 0;
    for line in &other {
        if let Some(left) = open.get_mut(line).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    shared > 0 && shared * 2 >= one.len().max(other.len())
}

fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split(|&byte| byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|one| !one.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn half_of_the_lines_tell_a_renamed_file() {
        assert!(alike(b"# A\n\none\ntwo\n", b"# B\r\n\r\none\r\ntwo\r\n"));
        assert!(!alike(b"# A\none\ntwo\n", b"# A\nthree\nfour\n"));
        assert!(!alike(b"a\na\na\na\n", b"a\nb\nc\nd\n"), "a line counts as often as it stands");
        assert!(!alike(b"", b""), "empty files say nothing");
    }
}

//! Steps over the bytes of a text.

/// The last number or tick of a line. No identifier is without a number or goes on in the next
/// line, so that most words need no look.
pub(super) fn last_telling(line: &[u8]) -> Option<usize> {
    let tells = |byte: &u8| byte.is_ascii_digit() | (*byte == b'`');
    let any = line.iter().fold(false, |seen, byte| seen | tells(byte));
    if any { line.iter().rposition(tells) } else { None }
}

pub(super) fn after_letters(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

pub(super) fn after_digits(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or(&[]);
    at + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

pub(super) fn after_word(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// The end of the inline code that opens here; just past the ticks where nothing closes it.
pub(super) fn after_code(bytes: &[u8], at: usize) -> usize {
    let ticks = bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
    let mut search = at + ticks;
    while search < bytes.len() {
        let run = bytes[search..].iter().take_while(|&&byte| byte == b'`').count();
        if run == ticks {
            return search + run;
        }
        search += run.max(1);
    }
    at + ticks
}

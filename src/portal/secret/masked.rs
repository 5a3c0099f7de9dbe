//! Texts between whose letters the same signs stand: `h-u-n-t-e-r`, `h * u * n`, `'h'+'u'+'n'`.

/// Shorter runs are words.
const FEWEST: usize = 4;

/// The most bytes of the signs between two letters.
const LONGEST: usize = 8;

/// Adds the letters of all such texts, one text a line. Two neighbours must be letters or digits; the others may be signs.
pub(super) fn letters(text: &str, all: &mut String) {
    // The place to go on from, and the end of the run before.
    let (mut at, mut after) = (0, 0);
    while let Some(Neighbours { first, second, between }) = pair(text, at) {
        let mut run = Vec::new();
        let mut end = first;
        while let Some((letter, next)) = step(text, end, between) {
            run.push(letter);
            end = next;
        }
        // Nothing needs to stand after the last letter.
        let last = text.get(end..).and_then(|rest| rest.chars().next());
        run.extend(last);
        if run.len() < FEWEST {
            at = second;
            continue;
        }
        let mut before = Vec::new();
        let mut begin = first;
        while let Some((letter, place)) = back(text, begin, between).filter(|(_, place)| *place >= after) {
            before.push(letter);
            begin = place;
        }
        all.extend(before.into_iter().rev().chain(run));
        all.push('\n');
        at = end + last.map_or(0, char::len_utf8);
        after = at;
    }
}

/// Two letters or digits with signs between them, by their places.
struct Neighbours<'t> {
    first: usize,
    second: usize,
    between: &'t str,
}

/// The first pair at or after a place.
fn pair(text: &str, from: usize) -> Option<Neighbours<'_>> {
    let mut letters = text.get(from..)?.char_indices().filter(|(_, one)| one.is_alphanumeric());
    let (mut first, mut letter) = letters.next()?;
    for (second, next) in letters {
        let between = text.get(from + first + letter.len_utf8()..from + second)?;
        if (1..=LONGEST).contains(&between.len()) {
            return Some(Neighbours { first: from + first, second: from + second, between });
        }
        (first, letter) = (second, next);
    }
    None
}

/// The letter at a place, and the place after the signs that follow it.
fn step(text: &str, at: usize, between: &str) -> Option<(char, usize)> {
    let letter = text.get(at..)?.chars().next()?;
    let after = at + letter.len_utf8();
    text.get(after..)?.starts_with(between).then_some((letter, after + between.len()))
}

/// The letter that stands with its signs before a place, and its own place.
fn back(text: &str, at: usize, between: &str) -> Option<(char, usize)> {
    let before = text.get(..at)?.strip_suffix(between)?;
    let letter = before.chars().next_back()?;
    Some((letter, before.len() - letter.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        let mut all = String::new();
        letters(text, &mut all);
        all.replace('\n', "|")
    }

    #[test]
    fn letters_are_put_together_whatever_stands_between_them() {
        for text in [
            "p-!-a-s-s---7",
            "wrong: p*!*a*s*s*-*7.",
            "p - ! - a - s - s - - - 7",
            r#"["p", "!", "a", "s", "s", "-", "7"]"#,
            "'p'+'!'+'a'+'s'+'s'+'-'+'7'",
            "p** !** a** s** s** -** 7**",
            "p!a-p-!-a-s-s---7",
        ] {
            assert!(found(text).contains("p!ass-7|"), "{text}: {}", found(text));
        }
        assert_eq!(found("!-p-a-s-s x-y-z 1.2.3.4 ab-cd-ef-gh"), "!pass|1234|");
        assert_eq!(found("x, p~a~s~s, h_u_n_t and a-b_c.d"), "pass|hunt|");
        assert_eq!(found("\u{e9}\u{b7}t\u{b7}\u{e9}\u{b7}s"), "\u{e9}t\u{e9}s|");
        assert_eq!(found(""), "");
    }

    #[test]
    fn no_more_is_added_than_there_was() {
        for unit in ["a-", "a-b", "--", "a--------", "\u{e9}*\u{4e09}", "-a b"] {
            let text = unit.repeat(20_000);
            assert!(found(&text).len() <= text.len() + 1, "{unit}");
        }
    }
}

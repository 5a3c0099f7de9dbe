//! Letters and signs that look like others.

/// The character of ASCII that looks like this one: a letter of the Cyrillic or the Greek alphabet, small or as its capital, a
/// small capital, or a letter without its dot; a dash, a quotation mark or another sign. Any other character stays.
pub(super) const fn plain(character: char) -> char {
    match character {
        '\u{430}' | '\u{3b1}' | '\u{251}' | '\u{1d00}' => 'a',
        '\u{432}' | '\u{3b2}' | '\u{299}' => 'b',
        '\u{441}' | '\u{3f2}' | '\u{1d04}' => 'c',
        '\u{501}' | '\u{1d05}' => 'd',
        '\u{435}' | '\u{3b5}' | '\u{1d07}' => 'e',
        '\u{a730}' => 'f',
        '\u{261}' | '\u{262}' => 'g',
        '\u{43d}' | '\u{3b7}' | '\u{4bb}' | '\u{29c}' => 'h',
        '\u{456}' | '\u{3b9}' | '\u{131}' | '\u{269}' | '\u{26a}' => 'i',
        '\u{458}' | '\u{3f3}' | '\u{237}' | '\u{1d0a}' => 'j',
        '\u{43a}' | '\u{3ba}' | '\u{1d0b}' => 'k',
        '\u{4cf}' | '\u{29f}' => 'l',
        '\u{43c}' | '\u{3bc}' | '\u{1d0d}' => 'm',
        '\u{3bd}' | '\u{274}' => 'n',
        '\u{43e}' | '\u{3bf}' | '\u{1d0f}' => 'o',
        '\u{440}' | '\u{3c1}' | '\u{1d18}' => 'p',
        '\u{51b}' => 'q',
        '\u{280}' => 'r',
        '\u{455}' | '\u{a731}' => 's',
        '\u{442}' | '\u{3c4}' | '\u{1d1b}' => 't',
        '\u{3c5}' | '\u{1d1c}' => 'u',
        '\u{475}' | '\u{1d20}' => 'v',
        '\u{51d}' | '\u{1d21}' => 'w',
        '\u{445}' | '\u{3c7}' => 'x',
        '\u{443}' | '\u{28f}' => 'y',
        '\u{3b6}' | '\u{1d22}' => 'z',
        '\u{437}' => '3',
        '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2014}' | '\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{2223}' => '|',
        '\u{2217}' => '*',
        '\u{223c}' => '~',
        '\u{1c3}' => '!',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_alike_are_one() {
        let plain = |text: &str| text.chars().map(plain).collect::<String>();
        assert_eq!(plain("\u{441}\u{430}r\u{3bf}\u{2013}\u{26a}\u{4e09}\u{e9}"), "caro-i\u{4e09}\u{e9}");
        assert!((' '..='~').all(|one| super::plain(one) == one));
    }
}

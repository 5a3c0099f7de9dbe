//! What must not be seen: passwords and tokens.

mod coded;
mod escapes;
mod guises;
#[cfg(test)]
mod properties;

use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

use memchr::memmem;
use zeroize::Zeroizing;

/// A password or a token. It has no way to be printed by accident, and leaves memory when it is dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// Stands where text is left out because a secret occurs in it.
pub(super) const WITHHELD: &str = "[not shown: a password or token is in it]";

/// A shorter secret may be part of any word: it counts only where no letter or digit stands beside it.
const SHORT: usize = 8;

/// A still shorter one stands alone by chance in what comes of undoing base64 where there is none.
const TINY: usize = 5;

/// In longer texts base64 is not undone, only looked for.
const DECODED: usize = 1 << 20;

impl Secret {
    /// Takes a secret.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The secret itself, for the one place that sends it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether a header can carry it, as it carries tokens: printable ASCII without blanks.
    #[must_use]
    pub fn can_be_sent(&self) -> bool {
        !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }

    /// Whether it occurs in a text, as it is or escaped: in other case, in base64 or hexadecimal digits, as in URLs, forms,
    /// HTML, JSON or a program, several of these on top of each other.
    #[must_use]
    pub fn occurs_in(&self, text: &str) -> bool {
        Secrets::from(self.clone()).occur_in(text)
    }
}

/// Tells nothing, not even the length.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// All secrets of a session.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    all: Vec<Secret>,
    /// Made once they are looked for: an answer comes for each page of a list.
    needles: OnceCell<Rc<Needles>>,
}

impl From<Secret> for Secrets {
    fn from(secret: Secret) -> Self {
        Self { all: vec![secret], needles: OnceCell::new() }
    }
}

/// Tells nothing of them.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets").field("all", &self.all).finish_non_exhaustive()
    }
}

impl Secrets {
    pub(super) fn add(&mut self, secret: &Secret) {
        if !self.all.iter().any(|known| known.0 == secret.0) {
            self.all.push(secret.clone());
            self.needles.take();
        }
    }

    /// Whether one of them occurs in a text, as [`Secret::occurs_in`] says.
    pub(super) fn occur_in(&self, text: &str) -> bool {
        let needles = self.needles.get_or_init(|| Rc::new(self.needles()));
        let decodings = if text.len() <= DECODED { coded::DEPTH } else { 0 };
        needles.are_in(text, true, decodings, text.len() <= DECODED)
    }

    fn needles(&self) -> Needles {
        let secrets = self.all.iter().filter(|secret| !secret.0.is_empty());
        let (short, long): (Vec<_>, Vec<_>) = secrets.partition(|secret| escapes::fold(&secret.0).len() < SHORT);
        let needles = |secrets: &[&Secret], fold: fn(&str) -> String| -> Vec<Zeroizing<String>> {
            let all = secrets.iter().flat_map(|secret| guises::of(&secret.0, fold));
            all.filter(|needle| !needle.is_empty()).collect()
        };
        let is_tiny = |secret: &&&Secret| escapes::fold(&secret.0).len() < TINY;
        let (tiny, short): (Vec<_>, Vec<_>) = short.iter().partition(is_tiny);
        Needles {
            tiny: needles(&tiny, escapes::fold_words),
            short: needles(&short, escapes::fold_words),
            long: needles(&long, escapes::fold),
        }
    }

    /// The text, or a word that it is not shown.
    pub(super) fn withheld(&self, text: String) -> String {
        if self.occur_in(&text) { WITHHELD.to_owned() } else { text }
    }
}

/// All texts to look for.
struct Needles {
    tiny: Vec<Zeroizing<String>>,
    short: Vec<Zeroizing<String>>,
    long: Vec<Zeroizing<String>>,
}

impl Needles {
    /// Whether one is there, after undoing escapes, and after undoing base64 and hexadecimal digits so many times. What comes
    /// of that is mostly noise, in which a tiny one stands by chance. `quoted`: whether it may be in quoted-printable.
    fn are_in(&self, text: &str, plain: bool, decodings: usize, quoted: bool) -> bool {
        let are_here = |text: &str| {
            let unquoted = || if quoted { escapes::unquoted(text).map(Zeroizing::new) } else { None };
            self.are_at(text, plain, decodings)
                || unquoted().is_some_and(|unquoted| self.are_in(&unquoted, plain, decodings, false))
        };
        if are_here(text) {
            return true;
        }
        escapes::KINDS.into_iter().any(|kinds| {
            let mut layer = Zeroizing::new(text.to_owned());
            (0..escapes::LAYERS).any(|_| match escapes::undone(&layer, kinds) {
                Some(next) => {
                    layer = Zeroizing::new(next);
                    are_here(&layer)
                }
                None => false,
            })
        })
    }

    /// The same without undoing escapes.
    fn are_at(&self, text: &str, plain: bool, decodings: usize) -> bool {
        let only_tiny = self.long.is_empty() && self.short.is_empty();
        let decoded = || if decodings > 0 && !only_tiny { coded::decoded(text) } else { None };
        found(&self.long, text, escapes::fold, |_, _| true)
            || found(&self.short, text, escapes::fold_words, alone)
            || (plain && found(&self.tiny, text, escapes::fold_words, alone))
            || (decodings > 0 && self.are_spread(text))
            || decoded().is_some_and(|decoded| self.are_in(&Zeroizing::new(decoded), false, decodings - 1, true))
    }
}

impl Needles {
    /// Whether a long one is there in pieces: digits as in `C3:A9`, `0xc3, 0xa9`.
    fn are_spread(&self, text: &str) -> bool {
        let is_between = |character: char| matches!(character, ':' | ',' | ';' | '-');
        text.contains(is_between)
            && found(
                &self.long,
                &Zeroizing::new(text.replace("0x", "").replace(is_between, "")),
                escapes::fold,
                |_, _| true,
            )
    }
}

fn found(
    needles: &[Zeroizing<String>],
    text: &str,
    fold: fn(&str) -> String,
    counts: fn(&str, std::ops::Range<usize>) -> bool,
) -> bool {
    if needles.is_empty() {
        return false;
    }
    let text = Zeroizing::new(fold(text));
    needles.iter().any(|needle| {
        memmem::find_iter(text.as_bytes(), needle.as_bytes()).any(|at| counts(&text, at..at + needle.len()))
    })
}

/// Whether no letter and no digit stands beside it.
fn alone(text: &str, at: std::ops::Range<usize>) -> bool {
    let before = text.get(..at.start).and_then(|before| before.chars().next_back());
    let after = text.get(at.end..).and_then(|after| after.chars().next());
    [before, after].into_iter().flatten().all(|beside| !beside.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_prints_a_secret() {
        let secret = Secret::new("hunter2".to_owned());
        assert_eq!(format!("{secret:?} {:#?}", Some(&secret)), "[secret] Some(\n    [secret],\n)");
    }

    #[test]
    fn what_is_added_later_is_looked_for_too() {
        let mut secrets = Secrets::from(Secret::new("a-first-password".to_owned()));
        assert!(secrets.occur_in("a-first-password") && !secrets.occur_in("a-later-token"));
        secrets.add(&Secret::new("a-later-token".to_owned()));
        assert!(secrets.occur_in("a-first-password") && secrets.occur_in("a-later-token"));
        assert_eq!(format!("{secrets:?}"), "Secrets { all: [[secret], [secret]], .. }");
    }

    #[test]
    fn a_secret_is_found_in_every_guise() {
        let secret = Secret::new("Tk+/AbC=\u{e9}<\"x".to_owned());
        for text in [
            "...Tk+/AbC=\u{e9}<\"x...",
            "TK+/ABC=\u{c9}<\"X",
            r#"Tk+\/AbC=\u00e9\u003c\"x"#,
            r"Tk\x2b/AbC\x3d\xe9<\x22x",
            "?token=Tk%2B%2FAbC%3D%C3%A9%3C%22x&f",
            "?token=tk%2b%2fAbC%3d%E9%3c%22x",
            "Tk%252B%252FAbC%253D%25C3%25A9%253C%2522x",
            "Tk+/AbC=&eacute;&lt;&quot;x",
            "Tk&#43;&#x2f;AbC&#61;&#233;&lt;&#34;x",
            "Tk+/AbC=&amp;eacute;&amp;lt;&amp;quot;x",
            r#"{\"password\": \"Tk+\/AbC=\\u00e9<\\\"x\"}"#,
            "Tk+/AbC=\u{c3}\u{a9}<\"x",
            "Basic am9lOlRrKy9BYkM9w6k8Ing=",
            "xx am9lOlRrKy9BYkM9\nw6k8Ing=",
            "VGsrL0FiQz3DqTwieA",
            "546B2B2F4162433DC3A93C2278",
            // In Latin-1, in UTF-16, read as Windows-1252.
            "VGsrL0FiQz3pPCJ4",
            "VABrACsALwBBAGIAQwA9AOkAPAAiAHgA",
            "AFQAawArAC8AQQBiAEMAPQDpADwAIgB4",
            "Tk+/AbC=\u{c3}\u{a9}<\"x",
            "Tk&#00000000043;/AbC=&#x000000000e9;<\"x",
            "Tk+/AbC%3d%u00E9%U003c\"x",
            r#"Tk\053/AbC\075\303\251\074\042x"#,
            r#"Tk\2b /AbC\00003d\0000e9<\22 x"#,
            "Tk+/AbC=3D=C3=A9<=22x",
            "Tk+/A=\r\nbC=3D=E9<=22x",
            "54:6B:2B:2F:41:62:43:3D:C3:A9:3C:22:78",
            "0x54, 0x6b, 0x2b, 0x2f, 0x41, 0x62, 0x43, 0x3d, 0xc3, 0xa9, 0x3c, 0x22, 0x78",
            "KRVSWL2BMJBT3Q5JHQRHQ",
            "x\"<\u{e9}=CbA/+kT",
            "Tk+/AbC=e\u{301}<\"x",
            r#"Tk\\2b /AbC\\00003d\\0000e9<\\22 x"#,
            "Tk+/\u{200b}AbC=\u{e9}\u{feff}<\"x",
        ] {
            assert!(secret.occurs_in(text), "{text}");
        }
        for text in ["", "Tk+/AbC=", "Tk", "Tk+/AbC=f<\"x", "%", "&#x;", "\\u00", "&#xffffffff;%zz\\ud800"] {
            assert!(!secret.occurs_in(text), "{text}");
        }
    }

    #[test]
    fn a_short_one_is_found_where_it_stands_alone() {
        let secret = Secret::new("abc".to_owned());
        for text in ["abc", "no ABC, no", "\"abc\"", "abc\u{2e}", "%61%62%63", "x=YWJj;", "616263", "&#97;bc"] {
            assert!(secret.occurs_in(text), "{text}");
        }
        // A plus sign may be a blank: this one counts as short, and its last letter in base64 is made of two bits of it.
        assert!(Secret::new("AAA0AaA+".to_owned()).occurs_in("|QUFBMEFhQSs=|"));
        for text in ["abcd", "fabc", "a b c", "ab"] {
            assert!(!secret.occurs_in(text), "{text}");
        }
        // In base64 of itself, of more than itself, and of itself escaped.
        let secret = Secret::new("aaaa0A+".to_owned());
        for text in ["YWFhYTBBKw==", "YWFhYTBBKw", "WVdGaFlUQkJLdz09", "am9lOmFhYWEwQSs=", "YWFhYTBBJiM0Mzs="] {
            assert!(secret.occurs_in(text), "{text}");
        }
        assert!(!Secret::new(String::new()).occurs_in("anything"));
    }

    #[test]
    fn html_may_name_any_character() {
        for (secret, text) in [
            ("5\u{20ac}\u{160}ecret\u{153}", "5&euro;&Scaron;ecret&oelig;"),
            ("pass{word|1}", "pass&lbrace;word&vert;1&rbrace;"),
            ("pass{word|1}", "PASS&LCUB;WORD&VERBAR;1&RCUB;"),
            ("a_b^c`d\u{2026}e", "a&UnderBar;b&Hat;c&DiacriticalGrave;d&hellip;e"),
        ] {
            assert!(Secret::new(secret.to_owned()).occurs_in(text), "{text}");
        }
    }

    #[test]
    fn a_secret_that_looks_escaped_is_found() {
        let secret = Secret::new("a%41&amp;b\\x42 +c".to_owned());
        for text in [
            r"a%41&amp;b\x42 +c",
            "a%2541%26amp%3Bb%5Cx42+%2Bc",
            "a%41&amp;amp;b\\x42 +c",
            r"a%41&amp;b\\x42 +c",
            "a%41&amp;b&#92;x42&nbsp;&plus;c",
        ] {
            assert!(secret.occurs_in(text), "{text}");
        }
    }
}

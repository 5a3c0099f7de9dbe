//! The texts to look for.

use zeroize::Zeroizing;

use crate::portal::secret::{broken, escapes, guises};

/// Below this length, a secret may be part of any word.
const SHORT: usize = 8;

/// Below this length, a secret stands alone by chance in the noise that decoding base64 gives.
const TINY: usize = 5;

/// The length from which on a coded short secret stands nowhere by chance.
const CODE: usize = 12;

/// The length from which on a secret counts as a token. A portal may shorten a token, so most of it is looked for
/// too.
const TOKEN: usize = 24;

/// The length from which on most of a password is looked for in the words that are shown. Most of it may be a common
/// word, and stand in a user name, so an answer that holds it is kept.
const CUT: usize = 12;

/// All texts to look for.
pub(super) struct Needles {
    pub(super) tiny: Vec<Zeroizing<String>>,
    pub(super) short: Vec<Zeroizing<String>>,
    /// Short secrets that are no words, and so occur in none.
    pub(super) odd: Vec<Zeroizing<String>>,
    pub(super) long: Vec<Zeroizing<String>>,
    /// The first and last parts of passwords with letters and digits.
    pub(super) cut: Vec<Zeroizing<String>>,
    /// What is left of secrets where letters got lost.
    pub(super) broken: Vec<broken::Remains>,
    /// The letters and digits of secrets, where these are enough to tell.
    pub(super) letters: Vec<Zeroizing<String>>,
}

impl Needles {
    pub(super) fn of(secrets: &[&str]) -> Self {
        let has_both =
            |text: &str| text.contains(char::is_alphabetic) && text.contains(|one: char| one.is_ascii_digit());
        let secrets = || secrets.iter().copied().filter(|secret| !secret.is_empty());
        let length = |secret: &str| escapes::fold(secret).len();
        let needles = |wanted: &dyn Fn(&str) -> bool, fold: fn(&str) -> String| -> Vec<Zeroizing<String>> {
            let all = secrets().filter(|secret| wanted(secret)).flat_map(|secret| guises::of(secret, fold));
            all.filter(|needle| !needle.is_empty()).collect()
        };
        let mut long = needles(&|secret| length(secret) >= SHORT, escapes::fold);
        long.extend(secrets().filter(|secret| length(secret) >= TOKEN).flat_map(most_of));
        // A short secret in base64 of base64 is no part of a word by chance.
        let codes = needles(&|secret| (TINY..SHORT).contains(&length(secret)), escapes::fold);
        long.extend(codes.into_iter().filter(|code| code.len() >= CODE));
        let cut = secrets().filter(|secret| (CUT..TOKEN).contains(&length(secret))).flat_map(most_of);
        let odd = secrets().filter(|secret| length(secret) < SHORT && is_odd(secret));
        let letters = secrets().map(|secret| letters(&escapes::fold(secret)));
        Self {
            tiny: needles(&|secret| length(secret) < TINY, escapes::fold_words),
            short: needles(&|secret| (TINY..SHORT).contains(&length(secret)), escapes::fold_words),
            odd: odd.map(|secret| Zeroizing::new(escapes::fold_words(secret))).collect(),
            long,
            cut: cut.filter(|part| has_both(part)).collect(),
            broken: secrets().filter_map(broken::Remains::of).collect(),
            letters: letters.filter(|text| text.len() > SHORT && has_both(text)).map(Zeroizing::new).collect(),
        }
    }
}

/// The letters and digits of a text.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).collect()
}

/// The first and the last three quarters of a token.
fn most_of(token: &str) -> Vec<Zeroizing<String>> {
    let folded = Zeroizing::new(escapes::fold(token));
    let count = folded.chars().count();
    let first = folded.chars().take(count * 3 / 4).collect();
    let last = folded.chars().skip(count / 4).collect();
    [first, last].map(Zeroizing::new).to_vec()
}

/// Whether a short secret is no word: it has digits beside letters, or signs.
fn is_odd(secret: &str) -> bool {
    let has = |is: fn(char) -> bool| secret.contains(is);
    let (letters, digits) = (has(char::is_alphabetic), has(|one| one.is_ascii_digit()));
    let is_sign = |one: char| !one.is_alphanumeric() && !one.is_whitespace() && !"-_.,:+".contains(one);
    let count = secret.chars().count();
    (count >= 6 && letters && digits) || (count >= 4 && (letters || digits) && has(is_sign))
}

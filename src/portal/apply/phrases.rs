//! Phrases by which a reason is known.

/// A text with this reason has a phrase of each group, and no phrase of the others.
///
/// A phrase is a sequence of words. `a|b` is one of several words, `[a|b]` one of them or none, `_` any word or none, and `a*`
/// a word that begins so.
pub(super) struct KnownReason {
    /// The groups of phrases, of each of which one must be there.
    pub(super) says: &'static [&'static [&'static str]],
    /// The phrases that must not be there.
    pub(super) not: &'static [&'static str],
    pub(super) advice: &'static str,
}

/// The words of a text, in small letters.
pub(super) fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace('\u{2019}', "'");
    let is_between = |character: char| !(character.is_alphanumeric() || "'-".contains(character));
    let words = lower.split(is_between).map(|word| word.trim_matches(['\'', '-'])).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

impl KnownReason {
    /// Whether a text, as [`words`] splits it, says this reason.
    pub(super) fn is_said_in(&self, words: &[&str]) -> bool {
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| is_in(phrase, words));
        self.says.iter().all(|phrases| says(phrases)) && !says(self.not)
    }
}

/// Whether a phrase stands anywhere in a text.
fn is_in(phrase: &str, words: &[&str]) -> bool {
    let phrase: Vec<&str> = phrase.split_whitespace().collect();
    (0..words.len()).any(|start| begins(&phrase, words.get(start..).unwrap_or_default()))
}

fn begins(phrase: &[&str], words: &[&str]) -> bool {
    let Some((first, phrase)) = phrase.split_first() else { return true };
    let rest = words.get(1..).unwrap_or_default();
    let is_word = |choices: &str| {
        words.first().is_some_and(|word| {
            choices.split('|').any(|choice| match choice.strip_suffix('*') {
                Some(beginning) => word.starts_with(beginning),
                None => *word == choice,
            })
        })
    };
    match first.strip_prefix('[').and_then(|choices| choices.strip_suffix(']')) {
        Some(choices) => begins(phrase, words) || (is_word(choices) && begins(phrase, rest)),
        None if *first == "_" => begins(phrase, words) || (!words.is_empty() && begins(phrase, rest)),
        None => is_word(first) && begins(phrase, rest),
    }
}

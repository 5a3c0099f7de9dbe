//! Words, which need no code, and the punctuation around them.

/// The punctuation that may follow a word.
pub(super) const CLOSING: [char; 9] = ['.', ',', ';', ':', '!', '?', ')', '"', '\''];

/// The punctuation before a word, the word, and the punctuation after it.
pub(super) fn without_punctuation(word: &str) -> (&str, &str, &str) {
    let core = word.trim_start_matches(['(', '"', '\'']);
    let (opening, core) = word.split_at(word.len() - core.len());
    let end = core.trim_end_matches(CLOSING).len();
    let (core, closing) = core.split_at(end);
    (opening, core, closing)
}

/// Whether this is a word of letters, a number, a date or a time: none of these is a link, mention, emoji, HTML,
/// emphasis or commit.
pub(super) fn is_only_a_word(core: &str) -> bool {
    let letter = |character: char| character.is_ascii_alphabetic() || !character.is_ascii();
    let word = core.split(['-', '\'']).all(|part| !part.is_empty() && part.chars().all(letter));
    let core =
        core.strip_prefix('-').filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit())).unwrap_or(core);
    // `:100:` is an emoji; the minutes of a time have no colon after them.
    let two = |part: &str| part.len() == 2;
    let time = core.matches(':').count() < 2 || (core.matches(':').count() == 2 && core.split(':').all(two));
    let number = core.starts_with(|first: char| first.is_ascii_digit())
        && core.bytes().all(|byte| byte.is_ascii_digit() || b".:-,%".contains(&byte))
        && time;
    let commit = core.len() >= 7 && core.bytes().all(|byte| byte.is_ascii_hexdigit());
    core.is_empty() || core == "%" || ((word || number) && !commit)
}

//! The library says what is wrong; only `src/cli` says which option of the command line helps.

use proc_macro2::{TokenStream, TokenTree};

use super::module::{after_test_item, is, word};
use super::rust_files;

/// Texts of the library that may name an option, each with the reason. They are commands for readers to run, not errors.
const ALLOWED: [(&str, &str, &str); 3] = [
    ("answers/words.rs", "seatline why", "answers name the whole command that shows where seats come from"),
    ("answers/words.rs", " --kind {kind}", "the same command"),
    (
        "answers/moves/python.rs",
        "plan again with --last",
        "the script runs without the command that wrote it, and can only name it",
    ),
];

/// The part of the program whose texts may name options.
const PROGRAM: &str = "cli/";

/// The string literals of a file, outside of tests and doc comments and with the texts of `#[error]`.
fn literals(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if is(&tokens, at, '#') {
            if let Some(after) = after_test_item(&tokens, at) {
                at = after;
                continue;
            }
            let group = at + if is(&tokens, at + 1, '!') { 2 } else { 1 };
            if let Some(TokenTree::Group(attribute)) = tokens.get(group) {
                let inner: Vec<TokenTree> = attribute.stream().into_iter().collect();
                if word(&inner, 0).as_deref() == Some("error") {
                    literals(attribute.stream(), found);
                }
                at = group + 1;
                continue;
            }
        }
        match &tokens[at] {
            TokenTree::Group(group) => literals(group.stream(), found),
            TokenTree::Literal(literal) if literal.to_string().contains('"') => found.push(literal.to_string()),
            _ => {}
        }
        at += 1;
    }
}

/// Whether a text names an option: two hyphens and a small letter, after something that is no hyphen.
fn names_an_option(text: &str) -> bool {
    text.match_indices("--")
        .any(|(at, _)| !text[..at].ends_with('-') && text[at + 2..].starts_with(|next: char| next.is_ascii_lowercase()))
}

#[test]
fn only_the_command_line_names_its_options() {
    let mut found = Vec::new();
    let mut used = Vec::new();
    for (file, text) in rust_files().into_iter().filter(|(file, _)| !file.starts_with(PROGRAM)) {
        let mut texts = Vec::new();
        literals(text.parse().unwrap(), &mut texts);
        for text in texts.into_iter().filter(|text| names_an_option(text)) {
            match ALLOWED.iter().find(|(allowed, part, _)| *allowed == file && text.contains(part)) {
                Some(allowed) => used.push(allowed),
                None => found.push(format!("{file}: {text}")),
            }
        }
    }
    assert_eq!(found, [""; 0], "texts of the library that name an option of the command line");
    let unused: Vec<_> = ALLOWED.iter().filter(|allowed| !used.contains(allowed)).collect();
    assert!(unused.is_empty(), "nothing needs these any more: {unused:?}");
}

#[test]
fn texts_are_found_and_tests_are_not_looked_at() {
    let text = r##"//! --inner
        /// Doc of --doc.
        #[derive(Debug)] #[error("no complete answer; {0}")] struct A;
        fn f() { g("a--b", r#"say --x"#, '-'); }
        #[cfg(test)] mod tests { const T: &str = "--test"; }
        #[test] fn t() { h("--t") }
        const LAST: &[&str] = &["last"];"##;
    let mut found = Vec::new();
    literals(text.parse().unwrap(), &mut found);
    assert_eq!(found, [r#""no complete answer; {0}""#, r#""a--b""#, r##"r#"say --x"#"##, r#""last""#]);
    let named: Vec<_> = found.iter().map(|text| names_an_option(text)).collect();
    assert_eq!(named, [false, true, true, false]);
    assert!(!names_an_option("-----begin, -- and --"));
}

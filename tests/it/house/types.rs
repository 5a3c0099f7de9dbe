//! No two types have one name.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::module::{after_test_item, is, word};
use super::rust_files;

/// Names that several private types share. Each type is known to its own file only, and means the same in each.
const SAME_NOTION: [(&str, &str); 2] =
    [("Layout", "which columns a table has at a width"), ("Row", "a row of a table before it is written")];

/// The types of a file outside of tests, each with whether other files can use it.
fn types(tokens: TokenStream, found: &mut Vec<(String, bool)>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if is(&tokens, at, '#')
            && let Some(after) = after_test_item(&tokens, at)
        {
            at = after;
            continue;
        }
        let keyword = word(&tokens, at);
        if let (Some("struct" | "enum" | "union" | "trait" | "type"), Some(name)) =
            (keyword.as_deref(), word(&tokens, at + 1))
        {
            // In `pub(super) struct` the parenthesis stands before the keyword.
            let is_public = at > 0
                && match &tokens[at - 1] {
                    TokenTree::Ident(ident) => *ident == "pub",
                    TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
                    _ => false,
                };
            found.push((name, is_public));
        }
        match (keyword.as_deref(), &tokens[at]) {
            // `members! { Entry { … } }` defines `Entry`.
            (Some("members" | "table"), _) if is(&tokens, at + 1, '!') => {
                if let Some(TokenTree::Group(call)) = tokens.get(at + 2) {
                    let inner: Vec<TokenTree> = call.stream().into_iter().collect();
                    let bodies = (1..inner.len()).filter(|at| is_body(&inner[*at]));
                    found.extend(bodies.filter_map(|at| word(&inner, at - 1)).map(|name| (name, true)));
                }
                at += 2;
            }
            // The types in a trait, or in an implementation of it, belong to the trait.
            (Some("impl" | "trait"), _) => {
                let body = tokens[at..].iter().position(is_body);
                if let Some(TokenTree::Group(group)) = body.map(|more| &tokens[at + more]) {
                    functions(group.stream(), found);
                }
                at += body.unwrap_or(0);
            }
            (None, TokenTree::Group(group)) => types(group.stream(), found),
            _ => {}
        }
        at += 1;
    }
}

fn is_body(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// The types within the functions of a trait or of an implementation.
fn functions(tokens: TokenStream, found: &mut Vec<(String, bool)>) {
    for token in tokens {
        if let TokenTree::Group(group) = &token
            && is_body(&token)
        {
            types(group.stream(), found);
        }
    }
}

#[test]
fn of_one_name_there_is_one_type() {
    let mut all: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
    for (file, text) in rust_files() {
        let mut found = Vec::new();
        types(text.parse().unwrap(), &mut found);
        for (name, is_public) in found {
            all.entry(name).or_default().push((file.clone(), is_public));
        }
    }
    assert!(all.len() > 300, "only {} types", all.len());
    all.retain(|_, places| places.len() > 1);
    let allowed = |name: &str, places: &[(String, bool)]| {
        let same = SAME_NOTION.iter().any(|(same, _)| *same == name);
        same && places.iter().all(|(_, is_public)| !is_public)
    };
    let wrong: Vec<_> =
        all.iter().filter(|(name, places)| !allowed(name, places)).map(|one| format!("{one:?}")).collect();
    assert!(wrong.is_empty(), "names of more than one type:\n{}", wrong.join("\n"));
    let unused: Vec<_> = SAME_NOTION.iter().filter(|(name, _)| !all.contains_key(*name)).collect();
    assert!(unused.is_empty(), "these are no names of several types any more: {unused:?}");
}

#[test]
fn types_are_found_wherever_they_stand() {
    let text = "pub struct A; struct B; pub(crate) enum C {} pub trait D { type Not; }
        impl Iterator for A { type Item = u8; fn f() { struct E; } } type F = u8; fn g() { enum H {} }
        #[cfg(test)] mod tests { struct I; } mod inner { pub(in crate::a) union J {} }
        members! { /// Doc.
            K { \"a\" => a: Raw<'a>, } }";
    let mut found = Vec::new();
    types(text.parse().unwrap(), &mut found);
    let found: Vec<_> = found.iter().map(|(name, is_public)| (name.as_str(), *is_public)).collect();
    let expected = [
        ("A", true),
        ("B", false),
        ("C", true),
        ("D", true),
        ("E", false),
        ("F", false),
        ("H", false),
        ("J", true),
        ("K", true),
    ];
    assert_eq!(found, expected);
}

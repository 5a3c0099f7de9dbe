//! A public type that may grow says so with `#[non_exhaustive]`: else a further variant or field would break every caller.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::module::{is, word};
use super::names::public_names;
use super::rust_files;

/// The types that anyone may build or match in full, each with the reason.
const OPEN: [(&str, &[&str]); 4] = [
    (
        "callers build the question, or a part of it",
        &[
            "AdminsQuestion",
            "Clock",
            "Credentials",
            "DiffQuestion",
            "DocumentPlace",
            "Filter",
            "FitQuestion",
            "InUse",
            "LeftOut",
            "LicenseFile",
            "Limits",
            "Machine",
            "Member",
            "Move",
            "MovesQuestion",
            "Plan",
            "Planned",
            "PreflightQuestion",
            "ReportQuestion",
            "TimelineQuestion",
            "Trust",
            "UseThresholds",
            "Wanted",
            "WantedMoves",
            "WantedOperation",
            "WhyQuestion",
        ],
    ),
    ("callers give counts to the planner, and compare its plans", &["Batch", "Last", "NoOrder", "Pool", "Transfer"]),
    ("two numbers that are the whole of it", &["Position", "SeatEntry", "Step"]),
    ("callers tell all of them apart; another one would be another model", &["Compatible", "Severity", "Status"]),
];

/// Whether a type can grow without breaking a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Growth {
    /// It is `#[non_exhaustive]`, or has a field that no caller can name.
    Free,
    /// A further variant or field breaks callers.
    Fixed,
}

/// The public types that a file defines.
fn types(text: &str) -> BTreeMap<String, Growth> {
    let tokens: Vec<TokenTree> = text.parse::<TokenStream>().unwrap().into_iter().collect();
    let mut found = BTreeMap::new();
    for at in 0..tokens.len() {
        let keyword = word(&tokens, at + 1);
        if word(&tokens, at).as_deref() != Some("pub") || !matches!(keyword.as_deref(), Some("struct" | "enum")) {
            continue;
        }
        let body = tokens[at + 3..].iter().find_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() != Delimiter::Bracket => Some(group.stream()),
            TokenTree::Punct(end) if end.as_char() == ';' => Some(TokenStream::new()),
            _ => None,
        });
        let body: Vec<TokenTree> = body.unwrap().into_iter().collect();
        let is_open = keyword.as_deref() == Some("enum") || all_public(&body);
        let growth = if is_open && !is_non_exhaustive(&tokens[..at]) { Growth::Fixed } else { Growth::Free };
        found.insert(word(&tokens, at + 2).unwrap(), growth);
    }
    found
}

/// Whether the attributes at the end of these tokens say that a type may grow.
fn is_non_exhaustive(before: &[TokenTree]) -> bool {
    let mut end = before.len();
    while end > 1 && is(before, end - 2, '#') {
        if before[end - 1].to_string().contains("non_exhaustive") {
            return true;
        }
        end -= 2;
    }
    false
}

/// Whether a struct has fields, and each of them is `pub`: as many as there are colons after a name, or commas in a tuple.
fn all_public(body: &[TokenTree]) -> bool {
    let is_path = |at: usize| is(body, at + 1, ':') || (at > 0 && is(body, at - 1, ':'));
    let named = (0..body.len()).filter(|at| is(body, *at, ':') && !is_path(*at)).count();
    let public = (0..body.len())
        .filter(|at| word(body, *at).as_deref() == Some("pub"))
        .filter(|at| !matches!(body.get(at + 1), Some(TokenTree::Group(_))))
        .count();
    if named == 0 { public > 0 } else { public == named }
}

#[test]
fn a_public_type_that_may_grow_says_so() {
    let public = public_names();
    let public: BTreeSet<_> = public.iter().map(|name| name.rsplit("::").next().unwrap()).collect();
    let fixed: BTreeSet<_> = rust_files()
        .iter()
        .flat_map(|(_, text)| types(text))
        .filter(|(name, growth)| *growth == Growth::Fixed && public.contains(name.as_str()))
        .map(|(name, _)| name)
        .collect();
    let listed: BTreeSet<_> = OPEN.iter().flat_map(|(_, names)| *names).map(|name| (*name).to_owned()).collect();
    let shown = |names: std::collections::btree_set::Difference<'_, String>| names.cloned().collect::<Vec<_>>();
    assert_eq!(shown(fixed.difference(&listed)), [""; 0], "#[non_exhaustive] is missing, or a line in OPEN");
    assert_eq!(shown(listed.difference(&fixed)), [""; 0], "OPEN names these, which can grow or are not there");
}

#[test]
fn types_that_cannot_grow_are_found() {
    let text = "pub struct A { pub a: std::vec::Vec<u8>, pub b: u8 } pub struct B { pub a: u8, b: u8 } pub enum C { One }
        #[non_exhaustive] #[derive(Debug)] pub enum D { One } pub struct E(pub u8); pub struct F(u8); pub struct G;
        pub struct H { pub(crate) a: u8, pub b: u8 } #[derive(Debug)] pub struct I<'a> { #[serde(skip)] pub a: &'a u8 }";
    let fixed: Vec<_> =
        types(text).into_iter().filter(|(_, growth)| *growth == Growth::Fixed).map(|(name, _)| name).collect();
    assert_eq!(fixed, ["A", "C", "E", "I"]);
}

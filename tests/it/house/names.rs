//! The public names of the library. A snapshot shows each name that is added or removed.

use std::collections::BTreeSet;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use super::module::{is, tree, word};

/// The public names of a module and of the public modules in it; `hidden` modules are left out.
fn names(text: &str, path: &str, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = text.parse::<TokenStream>().unwrap().into_iter().collect();
    for at in 0..tokens.len() {
        if word(&tokens, at).as_deref() != Some("pub") {
            continue;
        }
        let before: String = tokens[at.saturating_sub(2)..at].iter().map(ToString::to_string).collect();
        if before.contains("hidden") {
            continue;
        }
        let is_function = matches!(word(&tokens, at + 1).as_deref(), Some("const" | "async" | "unsafe"))
            && word(&tokens, at + 2).as_deref() == Some("fn");
        let keyword = at + 1 + usize::from(is_function);
        let name = word(&tokens, keyword + 1);
        match (word(&tokens, keyword).as_deref(), name, tokens.get(keyword + 2)) {
            (Some("use"), ..) => {
                let length = (keyword..).position(|end| is(&tokens, end, ';')).unwrap();
                let mut leaves = Vec::new();
                tree(&tokens[keyword + 1..keyword + length], &[], &mut leaves);
                found.extend(leaves.into_iter().map(|(name, _)| format!("{path}{name}")));
            }
            (Some("mod"), Some(name), Some(TokenTree::Group(group))) => {
                names(&group.stream().to_string(), &format!("{path}{name}::"), found);
            }
            (Some("mod"), Some(name), _) => {
                let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(path.replace("::", "/"));
                let files = [source.join(format!("{name}.rs")), source.join(&name).join("mod.rs")];
                let text = files.iter().find_map(|file| std::fs::read_to_string(file).ok()).unwrap();
                names(&text, &format!("{path}{name}::"), found);
            }
            (Some("struct" | "enum" | "trait" | "type" | "fn" | "const" | "static"), Some(name), _) => {
                found.insert(format!("{path}{name}"));
            }
            // `pub(crate)` is not public, and fields are no names.
            _ => {}
        }
    }
}

/// The names that the library offers, with the modules in which they stand.
pub(super) fn public_names() -> BTreeSet<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let mut found = BTreeSet::new();
    names(&text, "", &mut found);
    found
}

#[test]
fn the_public_names_are_these() {
    let found = public_names();
    let root = found.iter().filter(|name| !name.contains("::")).count();
    assert!((20..=40).contains(&root), "{root} names at the root of the library");
    insta::assert_snapshot!(found.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn names_of_every_sort_are_found() {
    let mut found = BTreeSet::new();
    let text = "pub use a::{B, c as D,}; pub(crate) use e::F; pub struct G { pub h: u8 } struct I; pub const fn j() {}
        pub mod k { pub enum L { M } } mod n { } #[doc(hidden)] pub mod o { pub struct P; }";
    names(text, "", &mut found);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["B", "D", "G", "j", "k::L"]);
}

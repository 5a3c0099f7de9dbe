//! A module of `src/`, by its text: what it defines, imports and names, outside of tests.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path by its parts, as `crate::moves::Order`; the last part of a glob is `*`.
pub(super) type Path = Vec<String>;

#[derive(Debug, Default)]
pub(super) struct Module {
    /// The names of modules in files of their own.
    pub(super) children: Vec<String>,
    /// Modules in the same file.
    pub(super) inline: BTreeMap<String, Module>,
    /// The names that are defined here, except modules.
    pub(super) defined: BTreeSet<String>,
    /// The path that each imported name stands for, without globs.
    pub(super) imports: BTreeMap<String, Path>,
    pub(super) globs: Vec<Path>,
    /// The names that `pub use` re-exports; private imports are not among them.
    pub(super) handed_on: BTreeSet<String>,
    /// Paths of two or more parts in the code.
    pub(super) paths: BTreeSet<Path>,
    /// Single names in the code, and the first parts of paths.
    pub(super) words: BTreeSet<String>,
}

impl Module {
    pub(super) fn read(text: &str) -> Self {
        let mut module = Self::default();
        let tokens: TokenStream = text.parse().unwrap();
        module.tokens(tokens, true);
        module
    }

    /// Reads tokens; `outermost` is whether they are items, and not the inside of an item.
    fn tokens(&mut self, tokens: TokenStream, outermost: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = match word(&tokens, at).as_deref() {
                _ if is(&tokens, at, '#') => self.attribute(&tokens, at),
                // The name of a lifetime is no keyword.
                _ if is(&tokens, at, '\'') => at + 2,
                Some("use") => self.import(&tokens, at),
                Some("mod") if outermost => self.child(&tokens, at),
                Some(keyword) if outermost && DEFINES.contains(&keyword) => self.definition(&tokens, at),
                Some(_) => {
                    if outermost && is(&tokens, at + 1, '!') {
                        self.declared_by_macro(&tokens[at + 2]);
                    }
                    self.path(&tokens, at)
                }
                None => {
                    if let TokenTree::Group(group) = &tokens[at] {
                        self.tokens(group.stream(), false);
                    }
                    at + 1
                }
            };
        }
    }

    /// Skips an attribute, and the item after `#[cfg(test)]`.
    fn attribute(&self, tokens: &[TokenTree], at: usize) -> usize {
        let group = if is(tokens, at + 1, '!') { at + 2 } else { at + 1 };
        after_test_item(tokens, at).unwrap_or(group + 1)
    }

    fn import(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let Some(length) =
            tokens[at..].iter().position(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ';'))
        else {
            return at + 1;
        };
        let is_public = (at > 0 && word(tokens, at - 1).as_deref() == Some("pub"))
            || (at > 1 && word(tokens, at - 2).as_deref() == Some("pub"));
        let mut leaves = Vec::new();
        tree(&tokens[at + 1..at + length], &[], &mut leaves);
        for (name, path) in leaves {
            if name == "*" {
                self.globs.push(path);
            } else {
                if is_public {
                    self.handed_on.insert(name.clone());
                }
                self.imports.insert(name, path);
            }
        }
        at + length + 1
    }

    fn child(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let name = word(tokens, at + 1).unwrap();
        match &tokens[at + 2] {
            TokenTree::Group(group) => self.inline.entry(name).or_default().tokens(group.stream(), true),
            _ => self.children.push(name),
        }
        at + 3
    }

    fn definition(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        // The name of `const fn name` is that of the function; in `macro_rules! name` an exclamation mark stands
        // before it.
        let name_at = if is(tokens, at + 1, '!') { at + 2 } else { at + 1 };
        if let Some(name) = word(tokens, name_at).filter(|name| !DEFINES.contains(&name.as_str())) {
            self.defined.insert(name);
            return name_at + 1;
        }
        at + 1
    }

    /// `members! { pub Entry { … } }` defines `Entry`.
    fn declared_by_macro(&mut self, call: &TokenTree) {
        let TokenTree::Group(call) = call else { return };
        let tokens: Vec<TokenTree> = call.stream().into_iter().collect();
        let is_body =
            |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        let names = (1..tokens.len()).filter(|at| is_body(&tokens[*at])).filter_map(|at| word(&tokens, at - 1));
        self.defined.extend(names);
    }

    /// Reads a word and the path that continues it with `::`.
    fn path(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let mut path = vec![word(tokens, at).unwrap()];
        let mut end = at + 1;
        while let (true, Some(next)) = (is(tokens, end, ':') && is(tokens, end + 1, ':'), word(tokens, end + 2)) {
            path.push(next);
            end += 3;
        }
        // `value.word` and `<Type as Trait>::word` are no names of a module.
        let goes_on =
            at > 0 && (is(tokens, at - 1, '.') || (at > 1 && is(tokens, at - 1, ':') && is(tokens, at - 2, ':')));
        if !goes_on {
            self.words.insert(path[0].clone());
            if path.len() > 1 {
                self.paths.insert(path);
            }
        }
        end
    }
}

/// The place after a test item, for an attribute that makes the item a test.
pub(super) fn after_test_item(tokens: &[TokenTree], at: usize) -> Option<usize> {
    let group = if is(tokens, at + 1, '!') { at + 2 } else { at + 1 };
    let Some(TokenTree::Group(attribute)) = tokens.get(group) else { return None };
    let text: String = attribute.stream().to_string().split_whitespace().collect();
    if text != "test" && !text.starts_with("cfg(test") && !text.starts_with("cfg(all(test") {
        return None;
    }
    let ends = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        _ => false,
    };
    let after = group + 1;
    Some(tokens.iter().skip(after).position(ends).map_or(tokens.len(), |more| after + more + 1))
}

const DEFINES: [&str; 9] = ["struct", "enum", "union", "trait", "type", "fn", "const", "static", "macro_rules"];

pub(super) fn word(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string().trim_start_matches("r#").to_owned()),
        _ => None,
    }
}

pub(super) fn is(tokens: &[TokenTree], at: usize, character: char) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

/// The names and paths of a tree such as `a::{b, c as d, e::*, self}`.
pub(super) fn tree(tokens: &[TokenTree], before: &[String], leaves: &mut Vec<(String, Path)>) {
    let branches = tokens.split(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','));
    // After a last comma there is no name.
    for branch in branches.filter(|branch| !branch.is_empty()) {
        let mut path = before.to_vec();
        let mut name = None;
        let mut at = 0;
        while at < branch.len() {
            match &branch[at] {
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    tree(&inner, &path, leaves);
                    path.clear();
                }
                TokenTree::Punct(punct) if punct.as_char() == '*' => path.push("*".to_owned()),
                TokenTree::Ident(ident) if *ident == "as" => {
                    name = word(branch, at + 1);
                    at += 1;
                }
                // `a::{self}` is `a`.
                TokenTree::Ident(ident) if *ident == "self" && !path.is_empty() => {}
                TokenTree::Ident(_) => path.extend(word(branch, at)),
                _ => {}
            }
            at += 1;
        }
        if let Some(last) = path.last() {
            leaves.push((name.unwrap_or_else(|| last.clone()), path));
        }
    }
}

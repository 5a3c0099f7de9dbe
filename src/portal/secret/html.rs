//! The characters that HTML writes by name or by number.

use std::collections::HashMap;
use std::sync::LazyLock;

use entities::{ENTITIES, Entity};

use crate::portal::secret::number::number;

/// The named characters of HTML.
static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { exact: HashMap::new(), in_any_case: HashMap::new() };
    for Entity { entity, characters, .. } in &ENTITIES {
        let Some(name) = entity.strip_prefix('&').and_then(|name| name.strip_suffix(';')) else { continue };
        names.exact.insert(name, characters);
        let known = names.in_any_case.entry(name.to_ascii_lowercase()).or_insert(characters);
        if characters.is_ascii() {
            *known = characters;
        }
    }
    names
});

struct Names {
    exact: HashMap<&'static str, &'static str>,
    /// The characters by their names in small letters, for a text in capitals. A name that fits several characters
    /// stands for the ASCII one.
    in_any_case: HashMap<String, &'static str>,
}

impl Names {
    fn characters(&self, name: &str) -> Option<&'static str> {
        self.exact.get(name).or_else(|| self.in_any_case.get(&name.to_ascii_lowercase())).copied()
    }
}

/// `&quot;`, `&#34;`, `&#x22;`, with any number of zeros; also without the semicolon where a number ends.
pub(super) fn entity(text: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 8;
    const LONGEST_NAME: usize = 33;
    let body = text.strip_prefix('&')?;
    if let Some(body) = body.strip_prefix('#') {
        let (digits, radix, before) = match body.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 3),
            None => (body, 10, 2),
        };
        let significant = digits.trim_start_matches('0');
        let zeros = digits.len() - significant.len();
        let count = significant.bytes().take(LONGEST).take_while(|byte| char::from(*byte).is_digit(radix)).count();
        let character = number(significant, count, radix).and_then(char::from_u32)?;
        let closed = usize::from(significant.as_bytes().get(count) == Some(&b';'));
        return Some((character.to_string(), before + zeros + count + closed));
    }
    let end = body.bytes().take(LONGEST_NAME).position(|byte| byte == b';')?;
    let characters = NAMES.characters(body.get(..end)?)?;
    Some((characters.to_owned(), end + 2))
}

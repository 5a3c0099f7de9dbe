//! Writes a document in an unusual form: members in any order, odd white space, needless escapes.

use serde_json::Value;

use super::random::Random;

pub(super) fn write(random: &mut Random, value: &Value) -> String {
    let mut text = String::new();
    append(random, value, &mut text);
    text.push('\n');
    text
}

fn append(random: &mut Random, value: &Value, text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            random.shuffle(&mut members);
            text.push('{');
            for (index, (key, member)) in members.into_iter().enumerate() {
                separate(random, index, text);
                string(random, key, text);
                text.push(':');
                append(random, member, text);
            }
            text.push('}');
        }
        Value::Array(elements) => {
            text.push('[');
            for (index, element) in elements.iter().enumerate() {
                separate(random, index, text);
                append(random, element, text);
            }
            text.push(']');
        }
        Value::String(it) => string(random, it, text),
        other => text.push_str(&other.to_string()),
    }
}

fn separate(random: &mut Random, index: usize, text: &mut String) {
    text.push_str(if index == 0 { "" } else { "," });
    text.push_str(random.pick::<&str>(&["", "", " ", "\n", "\r\n", "\t"]));
}

fn string(random: &mut Random, it: &str, text: &mut String) {
    text.push('"');
    for character in it.chars() {
        if character.is_control() || "\"\\".contains(character) || random.chance(4) {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            text.push(character);
        }
    }
    text.push('"');
}

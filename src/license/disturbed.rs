//! Licenses for tests: published ones in which a few things are odd.

use proptest::prelude::*;
use serde_json::{Value, json};

/// Licenses as they are published.
pub(crate) const SAMPLES: [&str; 2] =
    [include_str!("../../samples/portal-10.8.json"), include_str!("../../samples/enterprise-11.4.json")];

/// The values that may stand in place of another value.
pub(crate) fn odd() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(0),
        json!(7),
        json!(2.0),
        json!(2.5),
        json!(1e300),
        json!("7"),
        json!(""),
        json!("x"),
        json!(1_542_672_000_000_i64),
        json!(1_542_672_000_i64),
        json!(5_000_000_000_000_i64),
        json!([]),
        json!([null, 1, "a"]),
        json!({}),
        json!({"id": "creatorUT"}),
    ])
}

/// The values inside a value, in the order in which they stand.
fn each<'v>(value: &'v mut Value, visit: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(|element| each(element, visit)),
        Value::Object(members) => members.values_mut().for_each(|member| each(member, visit)),
        _ => {}
    }
    visit(value);
}

/// A sample with these changes: the number of a value, what happens to it, and what may stand in its place.
pub(crate) fn disturbed(sample: &str, changes: &[(usize, u8, Value)]) -> String {
    let mut document: Value = serde_json::from_str(sample).unwrap();
    for (place, how, other) in changes {
        let mut count = 0;
        each(&mut document, &mut |_| count += 1);
        let mut left = place % count;
        each(&mut document, &mut |value| {
            if left == 0 {
                match (how % 3, &mut *value) {
                    (0, Value::Array(elements)) if !elements.is_empty() => elements.push(elements[0].clone()),
                    (1, Value::Object(members)) => _ = members.remove("id"),
                    _ => *value = other.clone(),
                }
            }
            left = left.wrapping_sub(1);
        });
    }
    document.to_string()
}

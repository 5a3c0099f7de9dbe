//! Whether every member that is read has a documented form, and the document as a plain value for its schema.

use serde_json::{Map, Value};

use crate::json::{JsonKind, Place, Raw};
use crate::license::{Entry, LicenseDocument};

use JsonKind::{Array, Boolean, Null, Number, Object, String as Text};

/// Whether every member that is read has the sort of value that is documented. Counts and dates have rules of their own.
#[must_use]
pub fn understood(document: &LicenseDocument<'_>) -> bool {
    let my_esri = &document.my_esri;
    is(my_esri.version, &[Text, Number])
        && is(my_esri.capabilities, &[Text, Null])
        && object(&my_esri.definitions, |definitions| {
            list(&definitions.user_types, |one| {
                is(one.id, &[Text])
                    && is(one.name, &[Text, Null])
                    && is(one.description, &[Text, Null])
                    && is(one.level, &[Text, Number, Null])
                    && is(one.is_esri_default, &[Boolean, Null])
                    && list(&one.extensions, |extension| is(extension.id, &[Text]) && strings(extension.entitlements))
            }) && list(&definitions.app_bundles, |one| {
                is(one.id, &[Text]) && is(one.name, &[Text, Null]) && is(one.description, &[Text, Null])
            })
        })
        && object(&my_esri.provision, |provision| {
            [&provision.user_types, &provision.app_bundles, &provision.extensions, &provision.apps]
                .into_iter()
                .all(|entries| list(entries, entry))
        })
        && list(&my_esri.portal_capabilities, |one| {
            is(one.id, &[Text]) && is(one.start_date, &[Number]) && is(one.end_date, &[Number, Null])
        })
}

fn entry(entry: &Entry<'_>) -> bool {
    is(entry.id, &[Text])
        && is(entry.max_users, &[Number])
        && is(entry.start_date, &[Number])
        && is(entry.apps, &[Array, Null])
        && list(&entry.entitlements, |one| is(one.num, &[Number]) && is(one.api_name, &[Text]))
}

fn is(raw: Raw<'_>, kinds: &[JsonKind]) -> bool {
    raw.kind().is_none_or(|kind| kinds.contains(&kind))
}

fn strings(raw: Raw<'_>) -> bool {
    let elements: Result<Vec<Raw<'_>>, _> = serde_json::from_str(raw.text().unwrap_or("[]"));
    elements.is_ok_and(|elements| elements.into_iter().all(|element| element.kind() == Some(Text)))
}

fn object<T>(place: &Place<T>, holds: impl Fn(&T) -> bool) -> bool {
    match place {
        Place::Here(value) => holds(value),
        Place::Missing => true,
        Place::Other(_) => false,
    }
}

fn list<T>(place: &Place<Vec<Place<T>>>, holds: impl Fn(&T) -> bool) -> bool {
    match place {
        Place::Here(elements) => elements.iter().all(|element| element.here().is_some_and(&holds)),
        Place::Missing | Place::Other(Null) => true,
        Place::Other(_) => false,
    }
}

/// The members that are read, and nothing else, as a plain value. Where something else stands than an object or a list
/// that is expected, an empty value of its sort does: nothing that is not documented gets in.
#[must_use]
pub fn to_value(document: &LicenseDocument<'_>) -> Value {
    let my_esri = &document.my_esri;
    let definitions = place(&my_esri.definitions, |definitions| {
        let user_types = array(&definitions.user_types, |one| {
            let extensions = array(&one.extensions, |extension| {
                members([("id", raw(extension.id)), ("entitlements", raw(extension.entitlements))])
            });
            members([
                ("id", raw(one.id)),
                ("name", raw(one.name)),
                ("description", raw(one.description)),
                ("level", raw(one.level)),
                ("isEsriDefault", raw(one.is_esri_default)),
                ("extensions", extensions),
            ])
        });
        let app_bundles = array(&definitions.app_bundles, |one| {
            let (name, description) = (raw(one.name), raw(one.description));
            members([("appBundleItemId", raw(one.id)), ("name", name), ("description", description)])
        });
        members([("userTypes", user_types), ("appBundles", app_bundles)])
    });
    let provision = place(&my_esri.provision, |provision| {
        members([
            ("userTypes", array(&provision.user_types, entry_value)),
            ("appBundles", array(&provision.app_bundles, entry_value)),
            ("extensions", array(&provision.extensions, entry_value)),
            ("apps", array(&provision.apps, entry_value)),
        ])
    });
    let capabilities = array(&my_esri.portal_capabilities, |one| {
        members([("id", raw(one.id)), ("startDate", raw(one.start_date)), ("endDate", raw(one.end_date))])
    });
    let my_esri = members([
        ("version", raw(my_esri.version)),
        ("capabilities", raw(my_esri.capabilities)),
        ("definitions", definitions),
        ("provision", provision),
        ("portalCapabilities", capabilities),
    ]);
    members([("MyEsri", Some(my_esri))])
}

fn entry_value(entry: &Entry<'_>) -> Value {
    let entitlements =
        array(&entry.entitlements, |one| members([("num", raw(one.num)), ("apiName", raw(one.api_name))]));
    members([
        ("id", raw(entry.id)),
        ("maxUsers", raw(entry.max_users)),
        ("startDate", raw(entry.start_date)),
        ("apps", raw(entry.apps)),
        ("entitlements", entitlements),
    ])
}

fn members<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let there = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(there.collect::<Map<_, _>>())
}

fn place<T>(place: &Place<T>, value: impl Fn(&T) -> Value) -> Option<Value> {
    match place {
        Place::Missing => None,
        Place::Other(kind) => Some(empty(*kind)),
        Place::Here(here) => Some(value(here)),
    }
}

fn array<T>(list: &Place<Vec<Place<T>>>, value: impl Fn(&T) -> Value) -> Option<Value> {
    place(list, |elements| elements.iter().map(|element| place(element, &value).unwrap_or(Value::Null)).collect())
}

/// The value itself; too deep or too large a one becomes an empty one of its sort.
fn raw(raw: Raw<'_>) -> Option<Value> {
    let kind = raw.kind()?;
    Some(serde_json::from_str(raw.text()?).unwrap_or_else(|_| empty(kind)))
}

fn empty(kind: JsonKind) -> Value {
    match kind {
        Null => Value::Null,
        Boolean => Value::Bool(false),
        Number => Value::from(0),
        Text => Value::from(""),
        Array => Value::Array(Vec::new()),
        Object => Value::Object(Map::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn the_published_example_is_understood_and_comes_back() {
        let text = include_str!("../../samples/portal-10.8.json");
        let source = Source::from_text("portal-10.8.json", text);
        let document = source.license().unwrap();
        assert!(understood(&document));
        assert_eq!(to_value(&document), serde_json::from_str::<Value>(text).unwrap());
    }

    #[test]
    fn odd_members_are_not_understood() {
        for text in [
            r#"{"MyEsri": {"version": {}}}"#,
            r#"{"MyEsri": {"definitions": []}}"#,
            r#"{"MyEsri": {"definitions": {"userTypes": [{"level": {}}]}}}"#,
            r#"{"MyEsri": {"definitions": {"userTypes": [{"extensions": [{"entitlements": [1]}]}]}}}"#,
            r#"{"MyEsri": {"provision": {"apps": [{"maxUsers": "5"}]}}}"#,
            r#"{"MyEsri": {"portalCapabilities": [null]}}"#,
        ] {
            let source = Source::from_text("test", text);
            assert!(!understood(&source.license().unwrap()), "{text}");
        }
    }
}

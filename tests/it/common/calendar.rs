//! Reads calendars with an independent parser.

use std::collections::BTreeMap;

use calcard::icalendar::{ICalendar, ICalendarProperty};

/// The events by identifier, each with its properties as text.
#[track_caller]
pub(crate) fn events(text: &str) -> BTreeMap<String, BTreeMap<&'static str, String>> {
    assert!(text.ends_with("\r\n") && text.split("\r\n").all(|line| line.len() <= 75), "lines of at most 75 octets");
    let mut events = BTreeMap::new();
    for component in ICalendar::parse(text).unwrap().components {
        let value = |property: ICalendarProperty| {
            let entry = component.property(&property)?;
            Some(entry.values.first()?.as_text().map_or_else(|| format!("{:?}", entry.values), str::to_owned))
        };
        let Some(uid) = value(ICalendarProperty::Uid) else { continue };
        let properties = [
            ("day", ICalendarProperty::Dtstart),
            ("stamp", ICalendarProperty::Dtstamp),
            ("sequence", ICalendarProperty::Sequence),
            ("summary", ICalendarProperty::Summary),
            ("description", ICalendarProperty::Description),
            ("transparent", ICalendarProperty::Transp),
        ];
        let event = properties.into_iter().map(|(name, property)| (name, value(property).unwrap())).collect();
        assert!(events.insert(uid, event).is_none(), "no identifier stands twice");
    }
    events
}

/// The revision of an event.
pub(crate) fn sequence(event: &BTreeMap<&'static str, String>) -> u64 {
    event["sequence"].chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

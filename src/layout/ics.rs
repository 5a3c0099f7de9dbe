//! Calendars (RFC 5545) of all-day events that leave the day free.
//!
//! Written by hand: the crates for it fold lines at the wrong octet, or in quadratic time.

use chrono::NaiveDate;

use crate::time::Instant;

/// An event of a whole day.
#[derive(Clone, Debug)]
pub(crate) struct CalendarEvent {
    /// The identity of the event. It stays when other properties change, and no other event has it.
    pub(crate) uid: String,
    pub(crate) day: NaiveDate,
    pub(crate) summary: String,
    pub(crate) description: String,
}

/// The time zone UTC as a component (RFC 5545, section 3.6.5).
const UTC: [(&str, &str); 9] = [
    ("BEGIN", "VTIMEZONE"),
    ("TZID", "Etc/UTC"),
    ("BEGIN", "STANDARD"),
    ("DTSTART", "19700101T000000"),
    ("TZOFFSETFROM", "+0000"),
    ("TZOFFSETTO", "+0000"),
    ("TZNAME", "UTC"),
    ("END", "STANDARD"),
    ("END", "VTIMEZONE"),
];

/// A calendar in the state of an instant. A calendar of a later instant replaces its events.
pub(crate) fn calendar(name: &str, as_of: Instant, events: &[CalendarEvent]) -> String {
    const HOUR: i64 = 3_600_000;
    /// 2020-01-01T00:00:00Z.
    const YEAR_2020: i64 = 1_577_836_800_000;
    let stamp = as_of.to_utc().map_or_else(String::new, |utc| utc.format("%Y%m%dT%H%M%SZ").to_string());
    let sequence = (as_of.epoch_ms().saturating_sub(YEAR_2020) / HOUR).max(0).to_string();
    let mut text = String::new();
    let mut line = |name: &str, value: &str| fold(&mut text, name, value);
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//seatline//seatline//EN");
    line("CALSCALE", "GREGORIAN");
    line("X-WR-CALNAME", &escape(name));
    for event in events {
        line("BEGIN", "VEVENT");
        line("UID", &event.uid);
        line("DTSTAMP", &stamp);
        line("SEQUENCE", &sequence);
        line("DTSTART;VALUE=DATE", &event.day.format("%Y%m%d").to_string());
        line("SUMMARY", &escape(&event.summary));
        line("DESCRIPTION", &escape(&event.description));
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    if events.is_empty() {
        // A calendar holds at least one component (section 3.6), and a time zone is no event.
        for (name, value) in UTC {
            line(name, value);
        }
    }
    line("END", "VCALENDAR");
    text
}

/// Escapes a text (section 3.3.11).
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// Folds a line into lines of at most 75 octets (section 3.1). The line break does not count, and the blank that
/// begins each further line does.
fn fold(text: &mut String, name: &str, value: &str) {
    const MOST: usize = 75;
    let mut length = 0;
    for character in name.chars().chain([':']).chain(value.chars()) {
        if length + character.len_utf8() > MOST {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(character);
        length += character.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_an_event_it_still_holds_a_component() {
        let event = CalendarEvent {
            uid: "a".into(),
            day: NaiveDate::from_ymd_opt(2027, 1, 1).unwrap(),
            summary: "b".into(),
            description: "c".into(),
        };
        for (events, component) in [(&[][..], "VTIMEZONE"), (&[event][..], "VEVENT")] {
            let text = calendar("x", Instant::from_epoch_ms(1_800_000_000_000), events);
            let begins: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("BEGIN:")).collect();
            assert!(begins[..2] == ["VCALENDAR", component] && !text.contains("\r\n\r\n"), "{text}");
        }
    }

    #[test]
    fn lines_have_at_most_75_octets() {
        for letter in ["a", "é", "名", "🌍", ",", "\\"] {
            let value = escape(&letter.repeat(1000));
            let mut text = String::new();
            fold(&mut text, "SUMMARY", &value);
            let longest = text.split("\r\n").map(str::len).max().unwrap();
            assert!((72..=75).contains(&longest), "{letter}: {longest}");
            assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{value}\r\n"));
        }
    }
}

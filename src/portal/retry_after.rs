//! When a portal asks to be asked again.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime};
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// The wait that the headers ask for: a number of seconds, or a date. A date is compared with the portal's own clock
/// if the headers tell it, and else with `now`, in milliseconds.
pub(super) fn retry_after(headers: &HeaderMap, now: i64) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let after = text(RETRY_AFTER)?;
    if !after.is_empty() && after.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(after.parse().unwrap_or(u64::MAX)));
    }
    let now = text(DATE).and_then(date).unwrap_or(now);
    let ms = date(after)?.saturating_sub(now);
    Some(Duration::from_millis(u64::try_from(ms).unwrap_or(0)))
}

/// Reads a date of HTTP (RFC 9110, section 5.6.7) in today's form or one of the two old ones, all in GMT, as
/// milliseconds. The day of the week is ignored.
fn date(text: &str) -> Option<i64> {
    const FORMS: [&str; 3] = ["%d %b %Y %H:%M:%S GMT", "%d-%b-%y %H:%M:%S GMT", "%b %e %H:%M:%S %Y"];
    let (_, rest) = text.split_once([',', ' '])?;
    let rest = rest.trim();
    let plain = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(rest, form).ok());
    let ms = plain.map(|date| date.and_utc().timestamp_millis());
    // Some servers write another zone, as in mails.
    ms.or_else(|| DateTime::parse_from_rfc2822(text).ok().map(|date| date.timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn after(value: &str, date: &str) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(value).unwrap());
        if !date.is_empty() {
            headers.insert(DATE, HeaderValue::from_str(date).unwrap());
        }
        retry_after(&headers, 784_111_770_000).map(|after| after.as_secs())
    }

    #[test]
    fn seconds_and_every_form_of_a_date_are_read() {
        for (value, expected) in [
            ("7", Some(7)),
            (" 7 ", Some(7)),
            ("99999999999999999999", Some(u64::MAX)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(7)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(7)),
            ("Sun Nov  6 08:49:37 1994", Some(7)),
            ("Mon, 06 Nov 1994 08:49:37 GMT", Some(7)),
            ("Sun, 06 Nov 1994 10:49:37 +0200", Some(7)),
            ("Sun, 06 Nov 1994 08:49:29 GMT", Some(0)),
            ("1.5", None),
            ("-7", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(after(value, ""), expected, "{value}");
        }
        let clocks = ["Sun, 06 Nov 1994 08:49:35 GMT", "Sunday, 06-Nov-94 08:49:35 GMT", "Sun Nov  6 08:49:35 1994"];
        for clock in clocks {
            assert_eq!(after("Sun Nov  6 08:49:37 1994", clock), Some(2), "{clock}");
        }
    }
}

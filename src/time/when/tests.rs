use super::*;

const NOW: Instant = Instant::from_epoch_ms(1_546_300_800_000); // 2019-01-01T00:00:00Z
const AS_OF: Instant = Instant::from_epoch_ms(1_580_385_600_000); // 2020-01-30T12:00:00Z

fn shown(text: &str, zone: &str, edge: Edge) -> String {
    let clock = Clock { now: NOW, as_of: AS_OF };
    let found = parse(text, clock, zone.parse().unwrap(), edge);
    found.map_or_else(|error| error.to_string(), |instant| instant.to_string())
}

fn begins(text: &str, zone: &str) -> String {
    shown(text, zone, Edge::Begins)
}

#[test]
fn every_form_is_read() {
    for (text, expected) in [
        ("now", "2019-01-01T00:00:00Z"),
        ("today", "2019-01-01T00:00:00Z"),
        ("+90d", "2020-04-29T12:00:00Z"),
        ("-1d", "2020-01-29T12:00:00Z"),
        ("+0d", "2020-01-30T12:00:00Z"),
        ("+12w", "2020-04-23T12:00:00Z"),
        ("+1mo", "2020-02-29T12:00:00Z"),
        ("-11mo", "2019-02-28T12:00:00Z"),
        ("+1y", "2021-01-30T12:00:00Z"),
        ("-2Y", "2018-01-30T12:00:00Z"),
        ("2018-11-20", "2018-11-20T00:00:00Z"),
        ("2018-11-20 12:00", "2018-11-20T12:00:00Z"),
        ("2018-11-20T12:00", "2018-11-20T12:00:00Z"),
        ("2018-11-20t12:00:01", "2018-11-20T12:00:01Z"),
        ("2018-11-20 12:00:01.5", "2018-11-20T12:00:01.500Z"),
        ("2018-11-20 12:00+02:00", "2018-11-20T10:00:00Z"),
        ("2018-11-20 12:00 +02:00", "2018-11-20T10:00:00Z"),
        ("2018-11-20 12:00:00-00:44:30", "2018-11-20T12:44:30Z"),
        ("2018-11-19T23:59:59.999Z", "2018-11-19T23:59:59.999Z"),
        ("2018-11-19t23:59:59.999z", "2018-11-19T23:59:59.999Z"),
        ("2018-11-20T00:00:00.9999+02:00", "2018-11-19T22:00:00.999Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("1542672000000", "2018-11-20T00:00:00Z"),
        ("4102444800000", "2100-01-01T00:00:00Z"),
        ("9999-12-31 23:59:59.999", "9999-12-31T23:59:59.999Z"),
    ] {
        assert_eq!(begins(text, "UTC"), expected, "{text}");
    }
}

#[test]
fn a_date_alone_begins_or_ends() {
    for (text, zone, first, last) in [
        ("2018-11-20", "UTC", "2018-11-20T00:00:00Z", "2018-11-20T23:59:59.999Z"),
        ("2018-07-01", "America/New_York", "2018-07-01T04:00:00Z", "2018-07-02T03:59:59.999Z"),
        // It is the last day of 2018 there.
        ("today", "America/New_York", "2018-12-31T05:00:00Z", "2019-01-01T04:59:59.999Z"),
        ("2018-11-20 00:00", "UTC", "2018-11-20T00:00:00Z", "2018-11-20T00:00:00Z"),
        ("+1d", "UTC", "2020-01-31T12:00:00Z", "2020-01-31T12:00:00Z"),
        ("now", "UTC", "2019-01-01T00:00:00Z", "2019-01-01T00:00:00Z"),
        ("9999-12-31", "America/New_York", "9999-12-31T05:00:00Z", "9999-12-31T23:59:59.999Z"),
    ] {
        assert_eq!(shown(text, zone, Edge::Begins), first, "{text}");
        assert_eq!(shown(text, zone, Edge::Ends), last, "{text}");
    }
}

#[test]
fn days_are_those_of_the_zone() {
    assert_eq!(begins("2019-07-01", "America/New_York"), "2019-07-01T04:00:00Z");
    assert_eq!(begins("2019-07-01 12:00", "America/New_York"), "2019-07-01T16:00:00Z");
    assert_eq!(begins("+120d", "America/New_York"), "2020-05-29T11:00:00Z", "the clocks have changed");
}

#[test]
fn what_is_no_point_in_time_says_what_was_meant() {
    for (text, hint) in [
        ("1546300800", "did you mean 1546300800000?"),
        ("20190101", "did you mean 2019-01-01?"),
        ("20190101120000", "did you mean 2019-01-01 12:00?"),
        ("2019", "did you mean 2019-01-01?"),
        ("0", "not between 1999 and 2100"),
        ("-5", "did you mean -5d?"),
        ("+90", "did you mean +90d?"),
        ("4102444800001", "not between 1999 and 2100"),
        ("99999999999999999999", "not between 1999 and 2100"),
        ("+3m", "did you mean +3mo?"),
        ("-3M", "did you mean -3mo?"),
        ("+3h", "expected +90d, +12w, +3mo or +1y"),
        ("+1y3mo", "expected +90d"),
        ("2019-02-30", "there is no day 2019-02-30"),
        ("2019-02-30 12:00", "there is no day 2019-02-30"),
        ("2019-02-28 24:00", "there is no time 24:00"),
        ("2019-02-28T12:60Z", "there is no time 12:60Z"),
        ("2019-02-28T12:00+24:00", "further from UTC"),
        ("2019-01-01T12", "expected 2027-06-30,"),
        ("2019-01-01 ", "expected"),
        ("2019-01-01 12:00 ", "expected"),
        ("2019-01-01  12:00", "expected"),
        ("2019-01-01 12:00.5", "expected"),
        ("2019-1-1", "expected"),
        ("tomorrow", "expected"),
        ("1/31/2027", "or epoch milliseconds; a date in another order can mean two days: in Excel give"),
        ("10.01.2027 12:00", "format yyyy-mm-dd"),
        ("", "expected"),
        ("+d", "expected"),
        ("+99999999999999999999d", "beyond the end"),
        ("+999999999d", "beyond the end"),
        ("+9999999d", "not between the years 0 and 9999"),
        ("9999-12-31T23:59:59-01:00", "not between the years 0 and 9999"),
    ] {
        assert!(begins(text, "UTC").contains(hint), "{text}: {}", begins(text, "UTC"));
    }
}

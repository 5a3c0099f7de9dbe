use super::*;

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

fn day(zone: Zone, year: i32, month: u32, day: u32) -> String {
    zone.start_of_day(NaiveDate::from_ymd_opt(year, month, day).unwrap()).unwrap().to_string()
}

#[test]
fn the_edition_of_the_database_is_as_the_docs_say() {
    let changelog = include_str!("../../../docs/changelog.md");
    let guide = include_str!("../../../docs/guide.md");
    let edition = format!("the IANA database {}", tzdb_data::VERSION);
    assert!(changelog.contains(&edition) && guide.contains(&edition), "{edition}");
}

#[test]
fn a_day_begins_when_its_zone_says() {
    assert_eq!(day(Zone::UTC, 2019, 1, 1), "2019-01-01T00:00:00Z");
    assert_eq!(day(zone("America/New_York"), 2019, 1, 1), "2019-01-01T05:00:00Z");
}

#[test]
fn a_day_without_midnight_begins_at_its_first_instant() {
    assert_eq!(day(zone("America/Sao_Paulo"), 2018, 11, 4), "2018-11-04T03:00:00Z");
    assert_eq!(day(zone("Pacific/Apia"), 2011, 12, 30), "2011-12-30T10:00:00Z", "Samoa skipped this day");
}

#[test]
fn of_two_midnights_the_first_counts() {
    assert_eq!(day(zone("America/Havana"), 2019, 11, 3), "2019-11-03T04:00:00Z");
}

#[test]
fn days_are_those_of_the_calendar() {
    let berlin = zone("Europe/Berlin");
    let noon = Instant::from_epoch_ms(1_553_943_600_000); // 2019-03-30T12:00+01:00
    assert_eq!(berlin.plus_days(noon, 1).unwrap().to_string(), "2019-03-31T10:00:00Z");
    assert_eq!(berlin.plus_days(noon, -1).unwrap().to_string(), "2019-03-29T11:00:00Z");
    let night = Instant::from_epoch_ms(1_553_986_800_000); // 2019-03-31T00:00+01:00
    assert_eq!(berlin.days_between(noon, night), 1);
    assert_eq!(Zone::UTC.days_between(noon, night), 0);
    assert_eq!(berlin.plus_days(noon, i64::MAX), None);
}

#[test]
fn a_day_ends_with_its_last_millisecond() {
    let end = |name: &str, year, month, day| {
        let date = NaiveDate::from_ymd_opt(year, month, day).unwrap();
        zone(name).end_of_day(date).unwrap().to_string()
    };
    assert_eq!(end("UTC", 2019, 12, 31), "2019-12-31T23:59:59.999Z");
    assert_eq!(end("America/Havana", 2019, 11, 2), "2019-11-03T03:59:59.999Z", "the next midnight comes twice");
    assert_eq!(end("America/Sao_Paulo", 2019, 2, 16), "2019-02-17T02:59:59.999Z", "23:00 to 24:00 came twice");
    assert_eq!(end("America/St_Johns", 2010, 11, 6), "2010-11-07T03:29:59.999Z", "back at 00:01 to 23:01");
    assert_eq!(end("Pacific/Apia", 2011, 12, 30), "2011-12-30T10:00:00Z", "Samoa skipped this day");
}

#[test]
fn a_day_that_is_part_of_it_is_shown_alone() {
    let berlin = zone("Europe/Berlin");
    let last = berlin.end_of_day(NaiveDate::from_ymd_opt(2026, 12, 31).unwrap()).unwrap();
    assert_eq!(berlin.show_last(last), "2026-12-31");
    assert_eq!(Zone::UTC.show_last(last), "2026-12-31 22:59:59.999");
}

#[test]
fn a_time_that_comes_twice_is_shown_with_its_offset() {
    let berlin = |ms| zone("Europe/Berlin").show(Instant::from_epoch_ms(ms));
    assert_eq!(berlin(1_792_888_199_999), "2026-10-25 02:29:59.999+02:00");
    assert_eq!(berlin(1_792_891_800_000), "2026-10-25 02:30+01:00");
    assert_eq!(berlin(1_792_893_600_000), "2026-10-25 03:00");
    let cape_verde = zone("Africa/Monrovia").show(Instant::from_epoch_ms(-1_604_359_012_000 - 1));
    assert_eq!(cape_verde, "1919-02-28 23:59:59.999-00:43:08");
}

#[test]
fn a_year_beyond_four_digits_is_shown_in_utc() {
    let last = Instant::from_epoch_ms(Instant::YEAR_10000.epoch_ms() - 1);
    assert_eq!(zone("Europe/Berlin").show(last), "9999-12-31T23:59:59.999Z");
    assert_eq!(Zone::UTC.show(last), "9999-12-31 23:59:59.999");
}

#[test]
fn shows_no_more_than_there_is() {
    let show = |ms| Zone::UTC.show(Instant::from_epoch_ms(ms));
    assert_eq!(show(1_542_672_000_000), "2018-11-20 00:00");
    assert_eq!(show(1_542_715_200_000), "2018-11-20 12:00");
    assert_eq!(show(1_603_225_394_000), "2020-10-20 20:23:14");
    assert_eq!(show(1_603_225_394_001), "2020-10-20 20:23:14.001");
    assert_eq!(show(-1), "1969-12-31 23:59:59.999");
}

#[test]
fn an_unknown_zone_has_a_likely_one() {
    let error = |name: &str| name.parse::<Zone>().unwrap_err().to_string();
    assert!(error("New York").contains("America/New_York"), "{}", error("New York"));
    assert!(error("Europe/Berlni").contains("Europe/Berlin"));
    assert!(!error("xyzzy").contains("mean"));
    assert_eq!(zone("europe/berlin").to_string(), "Europe/Berlin");
}

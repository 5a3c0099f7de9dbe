use super::*;

fn seats(text: &str) -> Reading<u64> {
    count(serde_json::from_str(text).unwrap())
}

#[test]
fn plain_counts() {
    assert_eq!(seats("0"), Reading::Plain(0));
    assert_eq!(seats("-0"), Reading::Plain(0));
    assert_eq!(seats("9007199254740991"), Reading::Plain(MAX_SEATS));
}

#[test]
fn lenient_counts() {
    for text in ["200.0", "2e2", "2E+2", "2000e-1", "20.00e1", "200.000000000000000000000000"] {
        assert_eq!(seats(text), Reading::Lenient(200, Leniency::Float), "{text}");
    }
    for text in ["\"200\"", "\"0200\"", r#""\u0032\u0030\u0030""#] {
        assert_eq!(seats(text), Reading::Lenient(200, Leniency::Digits), "{text}");
    }
    assert_eq!(seats("0e999999999999999999999"), Reading::Lenient(0, Leniency::Float));
}

#[test]
fn unreadable_counts() {
    use Unreadable::{Fraction, Kind, Negative, Text, TooLarge};
    for (text, why) in [
        ("-1", Negative),
        ("-1e400", Negative),
        ("-1.0", Negative),
        ("1.5", Fraction),
        ("9007199254740990.5", Fraction),
        ("1e-99999999999999999999", Fraction),
        ("9007199254740992", TooLarge),
        ("18446744073709551616", TooLarge),
        ("1e400", TooLarge),
        ("1e99999999999999999999", TooLarge),
        ("\"9007199254740992\"", TooLarge),
        ("\"99999999999999999999\"", TooLarge),
        ("\"-1\"", Text),
        ("\"1.0\"", Text),
        ("\"\"", Text),
        ("\" 1\"", Text),
        ("\"١\"", Text),
        ("null", Kind(JsonKind::Null)),
        ("[1]", Kind(JsonKind::Array)),
        ("true", Kind(JsonKind::Boolean)),
    ] {
        assert_eq!(seats(text), Reading::Unreadable(why), "{text}");
    }
    assert_eq!(count(Raw::default()), Reading::Unreadable(Unreadable::Missing));
}

#[test]
fn what_may_mean_never() {
    let read = |text: &str, can_expire: &str| {
        expiration(serde_json::from_str(text).unwrap(), serde_json::from_str(can_expire).unwrap())
    };
    let huge = "9".repeat(50);
    for text in ["-1", "0", "null", "-1.0", "4102444800000", "\"4102444800000\"", "4.1024448e12", &huge, "1e999"] {
        assert_eq!(read(text, "true"), Expiration::Never, "{text}");
    }
    assert_eq!(read("1801396800000", "false"), Expiration::Never);
    assert_eq!(expiration(Raw::default(), serde_json::from_str("false").unwrap()), Expiration::Never);
    let end = Instant::from_epoch_ms(1_801_396_800_000);
    assert_eq!(read("1801396800000", "null"), Expiration::At(end));
    assert_eq!(read("4102444799999", "true"), Expiration::At(Instant::from_epoch_ms(4_102_444_799_999)));
    for text in ["-2", "1", "1801396800", "1.5", "\"never\"", "\"-1\"", "true", "{}", "20270101120000", "-1e999"] {
        assert!(matches!(read(text, "true"), Expiration::Unreadable(_)), "{text}");
    }
    assert_eq!(expiration(Raw::default(), Raw::default()), Expiration::Unreadable(Unreadable::Missing));
}

#[test]
fn dates_end_with_the_readable_calendar() {
    let read = |text: &str| date(serde_json::from_str(text).unwrap());
    assert_eq!(read("915148800000"), Reading::Plain(Instant::EARLIEST_READABLE));
    assert_eq!(read("4102444800000"), Reading::Plain(Instant::YEAR_2100));
    assert_eq!(read("1542672000"), Reading::Unreadable(Unreadable::OutsideCalendar(Some(1_542_672_000))));
    for distant in [4_102_444_800_001, 32_503_680_000_000, 253_402_300_799_999] {
        let instant = Instant::from_epoch_ms(distant);
        assert_eq!(read(&distant.to_string()), Reading::Lenient(instant, Leniency::Distant));
    }
    for outside in [253_402_300_800_000, 20_270_101_120_000, 99_991_231_235_959] {
        assert_eq!(read(&outside.to_string()), Reading::Unreadable(Unreadable::OutsideCalendar(Some(outside))));
    }
    assert_eq!(read("1.542672e12"), Reading::Lenient(Instant::from_epoch_ms(1_542_672_000_000), Leniency::Float));
}

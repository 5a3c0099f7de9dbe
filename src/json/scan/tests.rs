use super::*;
use proptest::prelude::*;
use serde::de::IgnoredAny;

fn is_taken(text: &str) -> bool {
    let Some(mut scan) = JsonScan::new(text) else { return false };
    let _ = scan.is_at_end();
    scan.skip().is_some() && scan.is_at_end()
}

#[test]
fn the_usual_forms_are_taken() {
    for text in [
        r#"{"id": "creatorUT", "maxUsers": 200, "startDate": 1542672000000, "apps": null}"#,
        " \t\r\n[true,false , {} ,[ ], \"Büro 🌍, a longer one\" , 0, 999999999999999]\n",
    ] {
        assert!(is_taken(text), "{text}");
    }
}

#[test]
fn other_forms_are_left_to_others() {
    for text in [
        "",
        "nul",
        "tru",
        "-1",
        "1.0",
        "1e2",
        "01",
        "1000000000000000",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\" 1}",
        "{1:1}",
        "{\"a\":1,}",
        "\"a",
        "\"a\\n\"",
        "\"a\tb\"",
        "\"a long string with \u{1} in it\"",
        "[[[[[[[[[]]]]]]]]]",
        "1 2",
        "\u{FEFF}1",
    ] {
        assert!(!is_taken(text), "{text}");
    }
}

#[test]
fn a_string_ends_at_its_quote_wherever_that_stands() {
    for length in 0..40 {
        let inside: String = "abcé\u{7f}~!]{".chars().cycle().take(length).collect();
        for end in ["\"", "\"\"", "\",\"", "\"\u{1}aaaaaaaaaaaa"] {
            let text = format!("\"{inside}{end}");
            assert_eq!(JsonScan::new(&text).unwrap().string(), Some(inside.as_str()), "{text}");
        }
        for bad in ["\\", "\u{1f}", "\n", "\0"] {
            let text = format!("\"{inside}{bad}\"");
            assert_eq!(JsonScan::new(&text).and_then(|mut scan| scan.string()), None, "{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn what_is_taken_is_json(text in r#"([\[\]{},:" \n]|"[a-z\\\x00-\x20é]{0,9}"|-?[0-9]{0,17}|[.e]|null|true|false){0,12}"#) {
        if is_taken(&text) {
            prop_assert!(serde_json::from_str::<IgnoredAny>(&text).is_ok(), "{}", text);
        }
    }

    #[test]
    fn numbers_are_what_they_say(number in any::<u64>(), shift in 0_u32..64) {
        let number = number >> shift;
        let text = number.to_string() + &",        ".repeat(usize::from(shift % 2 == 0));
        let length = number.to_string().len();
        prop_assert_eq!(JsonScan::new(&text).unwrap().number(), Some(number).filter(|_| length <= 15));
    }
}

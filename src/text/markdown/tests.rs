use super::*;
use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use proptest::prelude::*;

#[test]
fn names_are_code() {
    for (name, paragraph, cell) in [
        ("creatorUT", "`creatorUT`", "`creatorUT`"),
        ("1. item", "`1. item`", "`1. item`"),
        ("    code", "`    code`", "`    code`"),
        (" a ", "`  a  `", "`  a  `"),
        ("a`b", "``a`b``", "``a`b``"),
        ("`a", "`` `a ``", "`` `a ``"),
        ("a|b", "`a|b`", "`a\\|b`"),
        ("a\\|b", "`a\\|b`", "`a`\\\\`\\|b`"),
        ("a\\\\|b", "`a\\\\|b`", "`a\\\\\\|b`"),
        ("", "", ""),
    ] {
        let in_cell = crate::text::name(name).markdown_cell();
        assert_eq!((code(name).as_str(), in_cell.as_str()), (paragraph, cell), "{name}");
    }
}

#[test]
fn in_a_sentence_only_what_could_be_more_than_a_word_is_code() {
    for (text, prose) in [
        ("fits until 2026-12-31 12:00, 3 user types (85%).", "fits until 2026-12-31 12:00, 3 user types (85%)."),
        ("see HTTPS://x or Www.y.", "see `HTTPS://x` or `Www.y`."),
        ("by @me, <i> *z* [x](y)", "by `@me`, `<i>` `*z*` `[x](y`)"),
        ("1. item", "1\\. item"),
        ("a fall of -5 at 12:00:01", "a fall of -5 at 12:00:01"),
        ("    code: gone", "`    code`: gone"),
        ("by (   x) y  ", "by (`   x`) y`  `"),
        ("@a  @b c", "`@a  @b` c"),
        ("www.x.y|` ", "``www.x.y|` ``"),
        ("- item #1 :smile: a5c3785", "`-` item `#1` `:smile`: `a5c3785`"),
        ("the over-assigned user's: `seatline why` tells", "the over-assigned user's: `seatline why` tells"),
    ] {
        assert_eq!(escape_markdown(text), prose);
    }
}

#[test]
fn names_in_sentences_are_code_by_their_place() {
    use crate::text::{name, phrase};
    for (said, markdown) in [
        (phrase![name("is"), " is full"], "`is` is full"),
        (phrase!["no seats of ", name("no seats"), ", and ", name("@me")], "no seats of `no seats`, and `@me`"),
        (phrase![name("1. item"), " and ", name("`")], "`1. item` and `` ` ``"),
        (phrase!["the role ", name("a"), " (", name("b: c"), ") of ", name("c")], "the role `a` (`b: c`) of `c`"),
        (phrase!["by ", name(" "), ": 3 seats"], "by ` `: 3 seats"),
    ] {
        assert_eq!(said.markdown(), markdown);
    }
}

/// The text that GitHub's Markdown shows, and all in it that is neither text nor code.
fn read(markdown: &str) -> (String, Vec<String>) {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    let arena = Arena::new();
    let (mut text, mut other) = (String::new(), Vec::new());
    for node in parse_document(&arena, markdown, &options).descendants() {
        match &node.data().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::Document | NodeValue::Paragraph | NodeValue::Table(_) => {}
            NodeValue::TableRow(_) | NodeValue::TableCell => {}
            value => other.push(format!("{value:?}")),
        }
    }
    (text, other)
}

fn in_table(cell: &str) -> String {
    format!("| a | b |\n| --- | --- |\n| {cell} | z |\n")
}

fn any_text() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "a",
        "B",
        "é",
        " ",
        "  ",
        "|",
        "\\",
        "`",
        "``",
        "*",
        "_",
        "[",
        "](",
        ")",
        "<",
        ">",
        "&lt;",
        "@x",
        "www.x.y",
        "https://x.y",
        "x@y.z",
        "1.",
        "-",
        "#",
        "~~",
        "$",
        "!",
        ":",
        "=",
        "\u{200d}",
        "\t",
        "\n",
    ]);
    prop::collection::vec(parts, 0..12).prop_map(|parts| parts.concat())
}

fn any_name() -> impl Strategy<Value = String> {
    any_text().prop_filter("a name is not empty", |text| !text.is_empty())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_reader_shows_a_name_as_it_is(text in any_text()) {
        let shown = visible(&text).into_owned();
        prop_assert_eq!(read(&code(&text)), (shown.clone(), Vec::new()));
        let in_cell = crate::text::name(&text).markdown_cell();
        prop_assert_eq!(read(&in_table(&in_cell)), (format!("ab{shown}z"), Vec::new()));
    }

    #[test]
    fn a_reader_shows_the_names_of_a_sentence_as_they_are(names in prop::collection::vec(any_name(), 1..4)) {
        let phrase = Phrase::join(names.iter().map(|text| crate::text::name(text)), " or ");
        let shown = names.iter().map(|text| visible(text).into_owned()).collect::<Vec<_>>().join(" or ");
        let (read_text, other) = read(&format!("Says {} or", phrase.markdown()));
        prop_assert_eq!((read_text, other), (format!("Says {shown} or"), Vec::new()));
        let (read_text, other) = read(&in_table(&format!("{} or", phrase.markdown_cell())));
        prop_assert_eq!((read_text, other), (format!("ab{shown} orz"), Vec::new()));
    }

    #[test]
    fn a_reader_shows_a_sentence_as_it_is(text in any_text()) {
        let words = |text: &str| text.replace(['`', ' '], "");
        let shown = words(&visible(&text));
        let (read_text, other) = read(&format!("Says {}", escape_markdown(&text)));
        prop_assert_eq!((words(&read_text), other), (format!("Says{shown}"), Vec::new()));
        let (read_text, other) = read(&in_table(&Phrase::from(&text).markdown_cell()));
        prop_assert_eq!((words(&read_text), other), (format!("ab{shown}z"), Vec::new()));
    }
}

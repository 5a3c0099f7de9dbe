use super::*;
use crate::answers::report::plain_row;
use crate::answers::{LicenseReport, ReportQuestion};
use crate::license::disturbed::{SAMPLES, disturbed, odd};
use crate::license::{ItemKind, LicenseDocument};
use crate::seats::Status;
use crate::source::{Document, License};
use crate::text::Fields;
use crate::time::Instant;
use proptest::prelude::*;

/// What the rows have and leave out.
#[derive(Clone, Debug)]
struct Wanted {
    inline: bool,
    fields: Option<Vec<&'static str>>,
    filter: Filter,
    as_of: Instant,
}

impl Wanted {
    const ALL: Self = Self {
        inline: true,
        fields: None,
        filter: Filter { kinds: Vec::new(), ids: Vec::new(), statuses: Vec::new() },
        as_of: Instant::from_epoch_ms(1_600_000_000_000),
    };

    fn rows(&self) -> Rows {
        let names = self.fields.as_ref().map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        let fields = names.map_or_else(Fields::default, Fields::only);
        Rows::new(RowForm::Jsonl { inline: self.inline }, fields, self.as_of)
    }
}

/// The rows of the quick way; `None` where it is not gone.
fn quick(text: &str, wanted: &Wanted) -> Option<String> {
    let (source, rows) = (Source::from_text("license.json", text), wanted.rows());
    let plain = PlainRows::new(&rows, &wanted.filter)?;
    let report = plain.of(&source)?;
    let (mut all, mut items) = (Vec::new(), 0);
    for (lines, count) in report.shares().map(|share| report.rows_of(share)) {
        all.extend(lines);
        items += count;
    }
    all.extend(report.after(items).unwrap());
    Some(String::from_utf8(all).unwrap())
}

/// The rows of the usual way, which must find one license, and nothing to say about reading it.
fn usual(text: &str, wanted: &Wanted) -> String {
    let (source, rows) = (Source::from_text("license.json", text), wanted.rows());
    let documents: Vec<_> = source.documents().collect();
    let [found] = documents.as_slice() else { panic!("not one document: {text}") };
    let Ok(Document::License(license)) = &found.document else { panic!("no license: {text}") };
    let license: &LicenseDocument<'_> = license;
    let question = ReportQuestion { as_of: wanted.as_of, administrators: None };
    let mut report =
        LicenseReport::with_parts(License::new(&source, &found.place, license), question, rows.report_parts());
    assert!(report.findings.is_empty(), "there are findings: {text}");
    wanted.filter.apply(&mut report);
    String::from_utf8(rows.report(&report).unwrap()).unwrap()
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let mut names: Vec<_> = FIELDS.iter().map(|(name, _)| *name).collect();
    names.extend(["record", "asOf", "source", "document", "version", "itemCount"]);
    let fields = prop::option::of(prop::sample::subsequence(names, 1..8));
    let kinds = prop::sample::subsequence(ItemKind::ALL.to_vec(), 0..3);
    let statuses = prop::sample::subsequence(Status::ALL.to_vec(), 0..2);
    let as_of =
        prop::sample::select(vec![0, 1_542_672_000_000, 1_570_000_000_123, 1_603_225_394_000, 1_790_000_000_000]);
    (any::<bool>(), fields, kinds, statuses, as_of).prop_map(|(inline, fields, kinds, statuses, as_of)| Wanted {
        inline,
        fields,
        filter: Filter { kinds, ids: Vec::new(), statuses },
        as_of: Instant::from_epoch_ms(as_of),
    })
}

/// A text that is put somewhere into a document, or takes the place of what stands there.
const PIECES: [&str; 30] = [
    "",
    " ",
    "\n",
    "\t",
    "\u{FEFF}",
    "\"",
    "\\",
    "\\n",
    "\\u0041",
    "\\ud800",
    "é",
    "🌍",
    "##vso[",
    "::error",
    "\u{7f}",
    "\u{202e}",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "0",
    "1",
    "-",
    ".5",
    "e3",
    "null",
    "\"id\":\"x\",",
    "\"x\":{\"y\":[1,true,\"z\"]},",
];

fn edited(text: &str, edits: &[(usize, usize, usize)]) -> String {
    let mut text = text.to_owned();
    for (at, length, piece) in edits {
        let mut start = at % (text.len() + 1);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.chars().take(length % 3).map(char::len_utf8).sum::<usize>();
        text.replace_range(start..end, PIECES[piece % PIECES.len()]);
    }
    text
}

fn spaced(text: &str, space: &str) -> String {
    let mut is_string = false;
    let put = |character: char| {
        is_string ^= character == '"';
        let is_sign = !is_string && "{}[],:".contains(character);
        if is_sign { format!("{space}{character}{space}") } else { character.to_string() }
    };
    text.chars().map(put).collect()
}

/// A member for every object, or for none.
fn with_member(text: &str, member: &str) -> String {
    text.replace('{', &format!("{{{member}")).replace(",}", "}")
}

fn same_rows(text: &str, wanted: &Wanted) -> Result<bool, TestCaseError> {
    match quick(text, wanted) {
        Some(rows) => {
            prop_assert_eq!(rows, usual(text, wanted), "{}", text);
            Ok(true)
        }
        None => Ok(false),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_rows_of_the_quick_way_are_those_of_the_usual_way(
        sample in 0..2_usize,
        changes in prop::collection::vec((any::<usize>(), any::<u8>(), odd()), 0..3),
        member in prop::sample::select(vec!["", "\"x\":1,", "\"x\":[{\"x\":null}],", "\"level\":\"7\",", "\"name\":\"é::error\","]),
        space in prop::sample::select(vec!["", "", " ", "\n  "]),
        edits in prop::collection::vec(any::<(usize, usize, usize)>(), 0..3),
        wanted in wanted(),
    ) {
        let text = with_member(&disturbed(SAMPLES[sample], &changes), member);
        same_rows(&edited(&spaced(&text, space), &edits), &wanted)?;
    }

    #[test]
    fn entries_in_any_order_and_number_give_the_same_rows(
        entries in prop::collection::vec((0..25_u32, 0..40_u64, 0..9_u64, 0..4_usize), 0..120),
        defined in prop::collection::vec(0..30_u32, 0..25),
        wanted in wanted(),
    ) {
        let entry = |(id, day, seats, extra): &(u32, u64, u64, usize)| {
            let extra = ["", ",\"apps\":[\"a\",\"é\"]", ",\"apps\":null,\"entitlements\":[{\"num\":3,\"apiName\":\"x\"},{}]",
                ",\"entitlements\":[]"][*extra];
            let start = 1_560_000_000_000 + day * 1_000_000_000;
            format!("{{\"id\":\"type{id}\",\"maxUsers\":{seats},\"startDate\":{start}{extra}}}")
        };
        let definition = |id: &u32| format!(
            "{{\"id\":\"type{id}\",\"name\":\"N{id}\",\"extensions\":[{{\"id\":\"type{}\",\"entitlements\":[\"e\"]}},{{\"id\":\"z\"}}]}}",
            id / 2
        );
        let list = |texts: Vec<String>| texts.join(",");
        let entries = list(entries.iter().map(entry).collect());
        let text = format!(
            "{{\"MyEsri\":{{\"version\":\"11.4\",\"definitions\":{{\"userTypes\":[{}]}},\"provision\":{{\"extensions\":[{entries}],\"userTypes\":[{entries}]}}}}}}",
            list(defined.iter().map(definition).collect())
        );
        same_rows(&text, &wanted)?;
    }
}

#[test]
fn licenses_as_they_are_published_go_the_quick_way() {
    for sample in SAMPLES {
        for text in
            [sample.to_owned(), spaced(sample, "\r\n\t"), sample.replacen('{', r#"{"signature": "x", "port": 1, "#, 1)]
        {
            assert!(same_rows(&text, &Wanted::ALL).unwrap(), "{text}");
        }
    }
}

#[test]
fn what_is_not_plain_goes_the_usual_way() {
    for (plain, other) in [
        ("\"maxUsers\": 200", "\"maxUsers\": -1"),
        ("\"maxUsers\": 200", "\"maxUsers\": \"200\""),
        ("\"maxUsers\": 200,", ""),
        ("\"startDate\": 1603225394000", "\"startDate\": 1542672000000"),
        ("\"startDate\": 1542672000000", "\"startDate\": 4102444800001"),
        ("\"startDate\": 1542672000000", "\"startDate\": 915148799999"),
        ("\"id\": \"creatorUT\"", "\"id\": \"\""),
        ("\"id\": \"creatorUT\"", "\"id\": \"creatorUT\", \"id\": \"creatorUT\""),
        ("\"provision\": {", "\"provision\": null, \"x\": {"),
        ("\"definitions\": {", "\"x\": 1, \"x\": 2, \"definitions\": {"),
        ("\"provision\": {", "\"provision\": {\"extensions\": 5, "),
    ] {
        let text = SAMPLES[0].replacen(plain, other, 1);
        assert_ne!(text, SAMPLES[0], "{plain}");
        assert_eq!(quick(&text, &Wanted::ALL), None, "{other}");
    }
    let text = format!("{} {{}}", SAMPLES[0]);
    assert_eq!(quick(&text, &Wanted::ALL), None);
}

#[test]
fn the_fields_are_those_of_an_item() {
    let names: Vec<_> = plain_row::FIELDS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, super::super::rows::FIELDS);
}

#[test]
fn a_large_license_comes_in_shares() {
    let entry = |number| format!("{{\"id\":\"type{number}\",\"maxUsers\":{number},\"startDate\":1542672000000}}");
    let entries: Vec<_> = (0..20_000).map(entry).collect();
    let text = format!("{{\"MyEsri\":{{\"provision\":{{\"userTypes\":[{}]}}}}}}", entries.join(","));
    let (source, rows, filter) =
        (Source::from_text("license.json", text.as_str()), Wanted::ALL.rows(), Filter::default());
    let plain = PlainRows::new(&rows, &filter).unwrap();
    let report = plain.of(&source).unwrap();
    let items: Vec<_> = report.shares().map(|share| report.rows_of(share).1).collect();
    assert!(items.len() > 5 && items.iter().sum::<usize>() == 20_000, "{items:?}");
    assert!(same_rows(&text, &Wanted::ALL).unwrap());
}

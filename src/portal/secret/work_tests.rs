//! How much work a search is, and what it does not finish.

use base64::Engine;

use super::needles::Needles;
use super::search::{FoundIn, HoldsSecret, Search, WORK, WORK_PER_BYTE};
use super::{SEARCHED, Secret, Secrets, UNSEARCHED, first};

/// Every kind of escape, over and over, and no secret.
fn escaped(length: usize) -> String {
    let all = r"%41%2541\u0041\x42=43&#68;&amp;#69;\\u0046%u0047QWxhZGRpbjpvcGVuIHNlc2FtZQ== 71,72,73,74 %25253d\101\\\134102;";
    all.chars().cycle().take(length).collect()
}

#[test]
fn a_search_takes_no_more_work_than_its_text_allows() {
    let needles = Needles::of(&["Tr0ub4dor&3xQ", "tok-Zx9_Secret.Token.123456", "gis12!"]);
    let work = |text: &str| Search::with_work(&needles, text, FoundIn::Words);
    // So much is searched of the longest message of a portal.
    let (found, bytes) = work(first(&escaped(50_000), SEARCHED));
    assert!(found == HoldsSecret::No && bytes < 150 * SEARCHED, "{found:?}: {bytes}");
    // It grows with the length, and not with its square.
    let (_, twice) = work(&escaped(2 * SEARCHED));
    assert!(twice < 3 * bytes, "{twice}, {bytes}");
    // The answers of a portal take far less than they may.
    for sample in ["samples/portal-10.8.json", "samples/enterprise-11.4.json", "samples/kubernetes-11.0.json"] {
        let text = std::fs::read_to_string(sample).unwrap();
        let (found, bytes) = Search::with_work(&needles, &text, FoundIn::Answer);
        assert!(found == HoldsSecret::No && bytes < 20 * text.len(), "{sample}: {bytes}, {}", text.len());
    }
}

#[test]
fn what_nobody_can_search_is_not_shown() {
    // Escapes within escapes, and lists and base64 of such texts within them: each order of undoing them gives another text.
    let unit = r"%25252541 &amp;amp;amp;#66; \\\\\\\\u0043 =3D43 =2541 &#x26;#x41; \\x2541 %26%2365; ";
    let many = |count: usize| unit.repeat(count);
    let coded = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let secret = Secret::new("Tr0ub4dor&3xQ".to_owned());
    let needles = Needles::of(&[secret.expose()]);
    for text in [
        format!("{} {}", many(10), coded(&many(80))),
        format!("{} {:?}", many(10), format!("{} {}", many(5), coded(&many(10))).as_bytes()),
    ] {
        let (found, bytes) = Search::with_work(&needles, &text, FoundIn::Words);
        // The last text that is looked at may be longer than this one.
        let most = WORK + WORK_PER_BYTE * text.len();
        assert!(found == HoldsSecret::Unknown && bytes < most + 10 * text.len(), "{found:?}: {bytes} of {most}");
        assert_eq!(Secrets::from(secret.clone()).withheld(text.clone()), UNSEARCHED);
        assert!(secret.occurs_in(&text), "nobody can say that it does not");
        // A secret that stands there plainly is found all the same.
        let (found, _) = Search::with_work(&needles, &format!("{text} tr0ub4dor&3xq"), FoundIn::Words);
        assert_eq!(found, HoldsSecret::Yes);
    }
}

/// Base64 of bytes without meaning: an image in an answer.
fn image(length: usize) -> String {
    let mut state = 1_u64;
    let bytes = std::iter::from_fn(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(state.to_be_bytes()[3])
    });
    base64::engine::general_purpose::STANDARD.encode(bytes.take(length * 3 / 4).collect::<Vec<_>>())
}

#[test]
fn a_long_image_takes_little_work_and_hides_nothing() {
    let secret = "Tr0ub4dor&3xQ";
    let needles = Needles::of(&[secret, "tok-Zx9_Secret.Token.123456", "gis12!"]);
    let encode = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    for length in [10_000, 100_000, 250_000] {
        let text = image(length);
        let (found, bytes) = Search::with_work(&needles, &text, FoundIn::Answer);
        assert!(found == HoldsSecret::No && bytes < 8 * length, "{length}: {found:?}: {bytes}");
        let digits: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        let (found, bytes) = Search::with_work(&needles, &digits, FoundIn::Answer);
        assert!(found == HoldsSecret::No && bytes < 16 * length, "{length} in digits: {found:?}: {bytes}");
    }
    // As it stands, in capitals, and escaped, between bytes that are no text.
    let image = encode(b"\x01\x02\x03").repeat(30_000);
    for hidden in [secret.to_owned(), secret.to_uppercase(), "Tr0ub4dor%263xQ".to_owned()] {
        let bytes = [&[1_u8, 200, 2, 0, 255][..], hidden.as_bytes(), &[0, 1, 254]].concat();
        for text in [format!("{image}.{}", encode(&bytes)), encode(&[&vec![7; 90_001], &bytes[..]].concat())] {
            let (found, _) = Search::with_work(&needles, &text, FoundIn::Answer);
            assert_eq!(found, HoldsSecret::Yes, "{hidden}");
        }
    }
}

#[test]
fn a_secret_over_two_coded_lines_is_found_where_one_of_them_was_searched_before() {
    let needles = Needles::of(&["Tr0ub4dor&3xQ"]);
    let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let (first, second) = (encode("0123456789Tr0ub4do"), encode("r%263xQ and so on "));
    assert!(!first.contains('=') && !second.contains('='));
    // The second line is decoded only after an escape in it is undone; the first one is known by then.
    let (letter, rest) = second.split_at(1);
    let text = format!("{first}\n%{:02X}{rest}", letter.as_bytes()[0]);
    assert_eq!(Search::with_work(&needles, &text, FoundIn::Answer).0, HoldsSecret::Yes);
    let without = text.replace('%', "");
    assert_eq!(Search::with_work(&needles, &without, FoundIn::Answer).0, HoldsSecret::No);
}

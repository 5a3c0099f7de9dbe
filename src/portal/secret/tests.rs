use super::*;

#[test]
fn nothing_prints_a_secret() {
    let secret = Secret::new("hunter2".to_owned());
    assert_eq!(format!("{secret:?} {:#?}", Some(&secret)), "[secret] Some(\n    [secret],\n)");
}

#[test]
fn what_is_added_later_is_looked_for_too() {
    let mut secrets = Secrets::from(Secret::new("a-first-password".to_owned()));
    assert!(secrets.occur_in("a-first-password") && !secrets.occur_in("a-later-token"));
    secrets.add(&Secret::new("a-later-token".to_owned()));
    assert!(secrets.occur_in("a-first-password") && secrets.occur_in("a-later-token"));
    assert_eq!(format!("{secrets:?}"), "Secrets { all: [[secret], [secret]], .. }");
}

#[test]
fn a_secret_is_found_in_every_guise() {
    let secret = Secret::new("Tk+/AbC=\u{e9}<\"x".to_owned());
    for text in [
        "...Tk+/AbC=\u{e9}<\"x...",
        "TK+/ABC=\u{c9}<\"X",
        r#"Tk+\/AbC=\u00e9\u003c\"x"#,
        r"Tk\x2b/AbC\x3d\xe9<\x22x",
        "?token=Tk%2B%2FAbC%3D%C3%A9%3C%22x&f",
        "?token=tk%2b%2fAbC%3d%E9%3c%22x",
        "Tk%252B%252FAbC%253D%25C3%25A9%253C%2522x",
        "Tk+/AbC=&eacute;&lt;&quot;x",
        "Tk&#43;&#x2f;AbC&#61;&#233;&lt;&#34;x",
        "Tk+/AbC=&amp;eacute;&amp;lt;&amp;quot;x",
        r#"{\"password\": \"Tk+\/AbC=\\u00e9<\\\"x\"}"#,
        "Tk+/AbC=\u{c3}\u{a9}<\"x",
        "Basic am9lOlRrKy9BYkM9w6k8Ing=",
        "xx am9lOlRrKy9BYkM9\nw6k8Ing=",
        "VGsrL0FiQz3DqTwieA",
        "546B2B2F4162433DC3A93C2278",
        // In Latin-1, in UTF-16, read as Windows-1252.
        "VGsrL0FiQz3pPCJ4",
        "VABrACsALwBBAGIAQwA9AOkAPAAiAHgA",
        "AFQAawArAC8AQQBiAEMAPQDpADwAIgB4",
        "Tk+/AbC=\u{c3}\u{a9}<\"x",
        "Tk&#00000000043;/AbC=&#x000000000e9;<\"x",
        "Tk+/AbC%3d%u00E9%U003c\"x",
        r#"Tk\053/AbC\075\303\251\074\042x"#,
        r#"Tk\2b /AbC\00003d\0000e9<\22 x"#,
        "Tk+/AbC=3D=C3=A9<=22x",
        "Tk+/A=\r\nbC=3D=E9<=22x",
        "54:6B:2B:2F:41:62:43:3D:C3:A9:3C:22:78",
        "0x54, 0x6b, 0x2b, 0x2f, 0x41, 0x62, 0x43, 0x3d, 0xc3, 0xa9, 0x3c, 0x22, 0x78",
        "KRVSWL2BMJBT3Q5JHQRHQ",
        "x\"<\u{e9}=CbA/+kT",
        "Tk+/AbC=e\u{301}<\"x",
        r#"Tk\\2b /AbC\\00003d\\0000e9<\\22 x"#,
        "Tk+/\u{200b}AbC=\u{e9}\u{feff}<\"x",
    ] {
        assert!(secret.occurs_in(text), "{text}");
    }
    for text in ["", "Tk+/AbC=", "Tk", "Tk+/AbC=f<\"x", "%", "&#x;", "\\u00", "&#xffffffff;%zz\\ud800"] {
        assert!(!secret.occurs_in(text), "{text}");
    }
}

/// Base64 is read by nobody in another case, but who knows the password recognizes it.
#[test]
fn a_short_one_in_base64_of_base64_is_found_in_any_case_and_beside_other_letters() {
    let secret = Secret::new("!AaaA0+A".to_owned());
    assert!(secret.occurs_in("|SVVGAFLVRXDLMEU9|") && secret.occurs_in("xSVVGaFlVRXdLMEU9x"));
    assert!(!secret.occurs_in("|SVVGAFLVRXDL|"));
}

#[test]
fn a_short_one_is_found_where_it_stands_alone() {
    let secret = Secret::new("abc".to_owned());
    for text in ["abc", "no ABC, no", "\"abc\"", "abc\u{2e}", "%61%62%63", "x=YWJj;", "616263", "&#97;bc"] {
        assert!(secret.occurs_in(text), "{text}");
    }
    // A plus sign may be a blank: this one counts as short, and its last letter in base64 is made of two bits of it.
    assert!(Secret::new("AAA0AaA+".to_owned()).occurs_in("|QUFBMEFhQSs=|"));
    for text in ["abcd", "fabc", "a b c", "ab"] {
        assert!(!secret.occurs_in(text), "{text}");
    }
    // In base64 of itself, of more than itself, and of itself escaped.
    let secret = Secret::new("aaaa0A+".to_owned());
    for text in ["YWFhYTBBKw==", "YWFhYTBBKw", "WVdGaFlUQkJLdz09", "am9lOmFhYWEwQSs=", "YWFhYTBBJiM0Mzs="] {
        assert!(secret.occurs_in(text), "{text}");
    }
    assert!(!Secret::new(String::new()).occurs_in("anything"));
}

#[test]
fn html_may_name_any_character() {
    for (secret, text) in [
        ("5\u{20ac}\u{160}ecret\u{153}", "5&euro;&Scaron;ecret&oelig;"),
        ("pass{word|1}", "pass&lbrace;word&vert;1&rbrace;"),
        ("pass{word|1}", "PASS&LCUB;WORD&VERBAR;1&RCUB;"),
        ("a_b^c`d\u{2026}e", "a&UnderBar;b&Hat;c&DiacriticalGrave;d&hellip;e"),
    ] {
        assert!(Secret::new(secret.to_owned()).occurs_in(text), "{text}");
    }
}

#[test]
fn a_secret_that_looks_escaped_is_found() {
    let secret = Secret::new("a%41&amp;b\\x42 +c".to_owned());
    for text in [
        r"a%41&amp;b\x42 +c",
        "a%2541%26amp%3Bb%5Cx42+%2Bc",
        "a%41&amp;amp;b\\x42 +c",
        r"a%41&amp;b\\x42 +c",
        "a%41&amp;b&#92;x42&nbsp;&plus;c",
    ] {
        assert!(secret.occurs_in(text), "{text}");
    }
}

#[test]
fn letters_that_came_out_wrong_hide_nothing() {
    let secret = Secret::new("Gr\u{fc}\u{df}e-aus-K\u{f6}ln".to_owned());
    let cp850 = "Gr\u{81}\u{e1}e-aus-K\u{201d}ln";
    let twice = "Gr\u{c3}\u{192}\u{c2}\u{bc}\u{c3}\u{192}\u{178}e-aus-K\u{c3}\u{192}\u{c2}\u{b6}ln";
    for text in [
        "Gr??e-aus-K?ln",
        "Gr\u{fffd}\u{fffd}e-aus-K\u{fffd}ln",
        "Gre-aus-Kln",
        "xGruesse-aus-Koelnx",
        "https://xn--gre-aus-kln-9db2vxb.example/x",
        cp850,
        twice,
        "Gr_x00FC__x00DF_e-aus-K_x00F6_ln",
        r"Gr\U000000fc\U000000dfe-aus-K\U000000f6ln",
        "GrU+00FC U+00DF e-aus-KU+00F6 ln",
    ] {
        assert!(secret.occurs_in(text), "{text}");
    }
    let short = Secret::new("M\u{fc}ller".to_owned());
    assert!(
        short.occurs_in("M?ller")
            && short.occurs_in("xM\u{fffd}llerx")
            && !short.occurs_in("M\u{f6}ller, Miller, mller")
    );
    assert!(
        Secret::new("Geheim-Wort7".to_owned()).occurs_in(
            "\u{ff27}\u{ff45}\u{ff48}\u{ff45}\u{ff49}\u{ff4d}\u{ff0d}\u{ff37}\u{ff4f}\u{ff52}\u{ff54}\u{ff17}"
        )
    );
}

#[test]
fn lists_of_numbers_and_of_letters_hide_nothing() {
    let secret = Secret::new("Ge\u{fc}\"im, 7x".to_owned());
    for text in [
        r#"{"bytes":[71,101,195,188,34,105,109,44,32,55,120]}"#,
        r#"{"bytes":["71","101","195","188","34","105","109","44","32","55","120"]}"#,
        "[71, 101, -61, -68, 34, 105, 109, 44, 32, 55, 120]",
        "[71, 101, 252, 34, 105, 109, 44, 32, 55, 120]",
        "47 65 c3 bc 22 69 6d 2c 20 37 78",
        "47.65.c3.bc.22.69.6d.2c.20.37.78",
        "0x47 0x65 0xC3 0xBC 0x22 0x69 0x6D 0x2C 0x20 0x37 0x78",
        r#"["G","e","\u{fc}","\"","i","m",","," ","7","x"]"#.replace(r"\u{fc}", "\u{fc}").as_str(),
    ] {
        assert!(secret.occurs_in(text), "{text}");
    }
    let token = Secret::new("tok-Zx9_Secret.Token.123456".to_owned());
    for text in [
        "tok-Zx9_Secret.Token.12345...",
        "...x9_Secret.Token.123456",
        "tok-Zx9_ Sec/ret.\nToken.123456",
        "tok.Zx9.Secret.Token.123456",
    ] {
        assert!(token.occurs_in(text), "{text}");
    }
}

#[test]
fn a_password_that_is_cut_or_between_tags_is_found() {
    let secret = Secret::new("Tr0ub4dor&3xQ".to_owned());
    let secrets = Secrets::from(secret.clone());
    for text in ["wrong password: Tr0ub4dor&3x...", "...0ub4dor&3xQ"] {
        assert_eq!(secrets.withheld(text.to_owned()), WITHHELD, "{text}");
    }
    for text in [
        "<b>T</b><b>r</b><b>0</b><i>u</i>b4<br>dor&amp;3xQ",
        "Chr(84)+Chr(114)+Chr(48)+Chr(117)+Chr(98)+Chr(52)+Chr(100)+Chr(111)+Chr(114)+Chr(38)+Chr(51)+Chr(120)+Chr(81)",
    ] {
        assert!(secret.occurs_in(text), "{text}");
    }
    // A user name may be most of a password: the answer with the members is kept.
    let year = Secrets::from(Secret::new("Summer2026!!".to_owned()));
    assert!(!year.occur_in(r#"{"username":"summer2026"}"#) && year.occur_in("Summer2026!!"));
    let word = Secret::new("administrators".to_owned());
    assert!(!word.occurs_in("the administrator of <b>this</b> portal: administrat..."));
}

#[test]
fn a_short_one_that_is_no_word_is_found_within_words() {
    for (secret, text) in [("gis12!", "passwordgis12!wrong"), ("a1b2c3", "xa1b2c3y"), ("ab!2", "xab!2y")] {
        assert!(Secret::new(secret.to_owned()).occurs_in(text), "{text}");
    }
    // A secret that is an everyday word occurs in answers by chance, and nevertheless is not shown in words.
    let secrets = Secrets::from(Secret::new("viewer".to_owned()));
    assert!(!secrets.occur_in(r#"{"id":"viewerUT"}"#) && secrets.occur_in("viewer: no"));
    assert_eq!(secrets.withheld("wrong:passwortviewer!".to_owned()), WITHHELD);
}

#[test]
fn letters_of_another_font_hide_nothing() {
    let secret = Secret::new("Geheim-Wort7".to_owned());
    for text in [
        // Mathematical letters, bold and in a monospaced font; letters in circles; small capitals are other letters.
        "\u{1d406}\u{1d41e}\u{1d421}\u{1d41e}\u{1d422}\u{1d426}-\u{1d416}\u{1d428}\u{1d42b}\u{1d42d}\u{1d7d5}",
        "\u{1d676}\u{1d68e}\u{1d691}\u{1d68e}\u{1d692}\u{1d696}-\u{1d686}\u{1d698}\u{1d69b}\u{1d69d}\u{1d7fd}",
        "\u{24bc}\u{24d4}\u{24d7}\u{24d4}\u{24d8}\u{24dc}-\u{24cc}\u{24de}\u{24e1}\u{24e3}\u{2466}",
        "&#x1d406;&#x1d41e;&#x1d421;&#x1d41e;&#x1d422;&#x1d426;-&#x1d416;&#x1d428;&#x1d42b;&#x1d42d;&#x1d7d5;",
        "G\u{301}e\u{301}h\u{301}e\u{301}i\u{301}m\u{301}-W\u{301}o\u{301}r\u{301}t7",
        "Geh\u{e9}im-W\u{f6}rt\u{2077}",
    ] {
        assert!(secret.occurs_in(text), "{text}");
    }
    assert!(Secret::new("o\u{fb03}ce-Wort7".to_owned()).occurs_in("office-wort7"));
    assert!(!secret.occurs_in("Geheim-W\u{4e09}rt7"));
}

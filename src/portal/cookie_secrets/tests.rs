use super::*;
use crate::portal::cookies::parts;

fn found(header: &str) -> Vec<String> {
    let (name, value) = parts(header);
    secrets_of(name, value).iter().map(|secret| secret.expose().to_owned()).collect()
}

#[test]
fn a_token_is_found_however_it_stands_in_a_cookie() {
    for header in [
        "esri_auth=OTHERtokenOTHERtoken99; path=/",
        "token=OTHERtokenOTHERtoken99",
        "x=\"OTHERtokenOTHERtoken99\"; Secure",
        "esri_auth=%7B%22email%22%3A%22x%22%2C%22token%22%3A%22OTHERtokenOTHERtoken99%22%7D; path=/",
        "esri_auth=%257B%2522token%2522%253A%2522OTHERtokenOTHERtoken99%2522%257D",
        r#"esri_auth={"token":"OTHERtokenOTHERtoken99"}"#,
        r#"esri_auth="{\"a\":{\"refresh_token\":[\"OTHERtokenOTHERtoken99\"]}}"; HttpOnly"#,
        "s=eyJ1c2VyIjoieCIsInRva2VuIjoiT1RIRVJ0b2tlbk9USEVSdG9rZW45OSJ9",
        "AGSAUTH=user=x&token=OTHERtokenOTHERtoken99&y",
    ] {
        assert!(found(header).contains(&"OTHERtokenOTHERtoken99".to_owned()), "{header}: {:?}", found(header));
    }
    // Without digits a token is told by its name.
    let words = "esri_auth=%7B%22token%22%3A%22an-uncommon-token%22%7D";
    assert!(found(words).contains(&"an-uncommon-token".to_owned()), "{:?}", found(words));
}

#[test]
fn a_session_is_a_secret_and_the_name_of_a_machine_is_none() {
    for header in [
        "JSESSIONID=0A1B2C3D4E5F60718293A4B5C6D7E8F9.node1; Path=/; HttpOnly",
        "AGS_ROLES=\"419jqfa+uOZgYod4xPOQ8Q==\"",
        "AWSALB=Zx81mKqP0aU2bV7cW9dX3eY5fZ1gA6hB",
        "sid=550e8400-e29b-41d4-a716-446655440000",
        "PHPSESSID=a1b2c3d4e5",
        "remember=correct-horse-battery-staple",
    ] {
        assert!(!found(header).is_empty(), "{header}");
    }
    for header in [
        "LB=node1; path=/",
        "ROUTEID=.portal-machine2",
        "SERVERID=portal01.internal.example.com",
        "backend=10.0.112.134:7443",
        "BIGipServerpool=1677787402.20480.0000",
        "esri_locale=en-US",
        "org=0123456789ABCDEF",
        "seen=2026-11-27T10:22:05Z",
        "x=",
        "",
        // Whose cookie it is stands in answers too.
        "esri=%7B%22id%22%3A%220123456789ABCDEF%22%2C%22user%22%3A%22a-name-of-a-member-of-the-portal%22%7D",
        r#"esri="{\"id\":\"0a1b2c3d4e5f60718293a4b5c6d7e8f9\"}""#,
    ] {
        assert!(found(header).is_empty(), "{header}: {:?}", found(header));
    }
}

#[test]
fn a_token_is_found_in_every_form_in_which_programs_write_it() {
    use base64::engine::general_purpose::STANDARD;
    let token = "OTHERtokenOTHERtoken99";
    let percent =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let payload = URL_SAFE_NO_PAD.encode(format!(r#"{{"sub":"joe","token":"{token}"}}"#));
    let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#);
    for value in [
        format!("{head}.{payload}.c2lnbmF0dXJlLW9mLWl0"),
        format!("joe|{token}|1"),
        format!("a|b|{token}"),
        STANDARD.encode(format!("joe:{token}")),
        percent(&STANDARD.encode(format!("joe:{token}"))),
        STANDARD.encode(format!("token={token}")),
        STANDARD.encode(format!("user=joe&token={token}")),
        format!("{{'user': 'joe', 'token': '{token}'}}"),
        percent(&format!("{{'user': 'joe', 'token': u'{token}'}}")),
        format!("\"{{'token': '{token}'}}\""),
        percent(&format!(r#"a:2:{{s:4:"user";s:3:"joe";s:5:"token";s:22:"{token}";}}"#)),
        percent(&format!(r#"a:1:{{s:5:"token";s:22:"{token}";}}"#)),
        STANDARD.encode(format!(r#"O:4:"User":1:{{s:5:"token";s:22:"{token}";}}"#)),
        format!(r#"token|s:22:"{token}";"#),
        format!("{{:token=>\"{token}\"}}"),
        format!("s%3A{token}.c2lnbmF0dXJlLW9mLWl0"),
        format!("j%3A%7B%22token%22%3A%22{token}%22%7D"),
        format!("{}{token}", "a1,".repeat(2_000)),
        URL_SAFE_NO_PAD.encode(format!(r#"{{"x":"{}","token":"{token}"}}"#, "-".repeat(9_000))),
    ] {
        let found = found(&format!("x={value}"));
        assert!(found.contains(&token.to_owned()), "{value}: {found:?}");
    }
    // A token without digits is told by its name.
    let words = "an-uncommon-token";
    for value in [format!("{{'token': '{words}'}}"), percent(&format!(r#"a:1:{{s:5:"token";s:17:"{words}";}}"#))] {
        assert_eq!(found(&format!("x={value}")), [words], "{value}");
    }
    assert!(found(&format!("x={}", STANDARD.encode(format!("joe:{words}")))).contains(&words.to_owned()));
    // Of a value that is longer than any cookie some parts are enough.
    let long: String = (0..2_000).map(|count| format!("{count:x}Z")).collect();
    let found = found(&format!("session={long}"));
    assert!(found.len() >= 3 && found.iter().all(|part| part.len() == PIECE && long.contains(part)), "{found:?}");
}

#[test]
fn what_stands_beside_a_token_is_none() {
    for value in [
        "{'user': 'a-name-of-a-member-of-the-portal', 'id': '0a1b2c3d4e5f60718293a4b5c6d7e8f9'}",
        "a%3A1%3A%7Bs%3A4%3A%22user%22%3Bs%3A33%3A%22a-name-of-a-member-of-the-portal7%22%3B%7D",
        "joe|node1|en-US",
        "portal01.example.com:7443",
        "12:30:00",
        "machine:10443",
    ] {
        assert_eq!(found(&format!("x={value}")), [""; 0], "{value}");
    }
}

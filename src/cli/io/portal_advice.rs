//! The options that help with a problem at a portal: the library says what happened, and knows no options.

use crate::portal::{AddressError, IdentityError, PortalFailure, Problem, TlsRemedy, TrustError, Way};

/// The message of a failure, with the options that help; also with those that help where a sign-in failed after it.
pub(crate) fn with_options(failure: &PortalFailure) -> String {
    failure.in_words(&|failure| {
        let there = match (failure.problem.is_not_there(), failure.kubernetes) {
            (true, true) => " (--org ID, --kubernetes)",
            (true, false) => " (--kubernetes)",
            (false, _) => "",
        };
        format!("{}{there}{}", options(failure), ways(failure))
    })
}

/// The message of a wrong address, to follow `--url`.
pub(crate) fn address_with_options(error: &AddressError) -> String {
    let option = match error {
        AddressError::PlainHttp => ", or --allow-http",
        AddressError::HasUser => ": --user and --password-file are for them",
        AddressError::Org => " (--org)",
        _ => "",
    };
    format!("{error}{option}")
}

/// The message of a certificate or a header that cannot be used, after the options that gave it.
pub(crate) fn trust_with_options(error: &TrustError) -> String {
    let options = match error {
        TrustError::NoAuthority => "--ca-cert: ",
        TrustError::Client(_) => "--client-cert and --client-key: ",
        TrustError::Referer => "--referer: ",
        TrustError::Other(_) => "",
    };
    format!("{options}{error}")
}

/// The message of a client certificate that cannot be read, after the option that gave it.
pub(crate) fn identity_with_options(error: &IdentityError) -> String {
    let (option, advice) = match error {
        IdentityError::NoCertificate | IdentityError::Pkcs12 | IdentityError::Keys(_) => ("--client-cert: ", ""),
        IdentityError::KeyIsStore => ("--client-key: ", " (--client-cert)"),
        IdentityError::KeyTwice => ("--client-key: ", " (leave --client-key out)"),
        IdentityError::NoKey | IdentityError::OldForm | IdentityError::UnknownForm | IdentityError::TooCostly => {
            ("--client-key: ", "")
        }
        _ => ("", ""),
    };
    format!("{option}{error}{advice}")
}

/// The options for the ways of signing in that the advice names.
fn ways(failure: &PortalFailure) -> String {
    let has_password = failure.taken.contains(&Way::Password);
    let options = failure.ways().into_iter().map(|way| match way {
        Way::Browser => "--oauth ID",
        Way::Itself if has_password => "--url",
        Way::Itself => "--url, --user and --password-file",
        Way::Token => "--token-file and --referer",
        Way::Certificate => "--client-cert",
        _ => "--user and --password-file",
    });
    let options: Vec<_> = options.collect();
    if options.is_empty() { String::new() } else { format!(" ({})", options.join("; ")) }
}

fn options(failure: &PortalFailure) -> &'static str {
    let taken = |way: Way| failure.taken.contains(&way);
    let is_own = taken(Way::Password) || taken(Way::Browser);
    match &failure.problem {
        Problem::Timeout(_) => "; --timeout allows more",
        Problem::TooLarge(_) => "; --max-answer allows more",
        Problem::TooMany { .. } => " (--max-members): if there are so many, raise it",
        Problem::ListTime(_) => "; --max-time allows more",
        Problem::Redirect(_) => " (--url; --oauth ID)",
        Problem::TokenRequired => " (--user, --token-file or SEATLINE_TOKEN)",
        Problem::TokenInvalid if taken(Way::Token) => " (--referer)",
        Problem::TokenInvalid if !is_own => " (--user, --token-file or SEATLINE_TOKEN)",
        Problem::TokenInvalid | Problem::TokenIgnored if is_own && !taken(Way::Itself) => " (--url)",
        Problem::RedirectLoop | Problem::NotHttp => " (--url)",
        Problem::SignIn(refusal) if refusal.is_about_browser() => " (--oauth ID)",
        Problem::SignIn(refusal) if refusal.is_about_https() => " (--url)",
        Problem::SignIn(refusal) if refusal.is_about_referer() => " (--url, --referer)",
        Problem::SignIn(refusal) if refusal.is_about_token() => " (--token-file)",
        Problem::Tls(tls) => tls.remedy.map_or("", option),
        Problem::NoProxy { remedy: Some(remedy), .. } => option(*remedy),
        _ => "",
    }
}

const fn option(remedy: TlsRemedy) -> &'static str {
    match remedy {
        TlsRemedy::TrustedCertificate => " (--ca-cert FILE)",
        TlsRemedy::ClientCertificate => " (--client-cert FILE, and --client-key FILE if the key is in another file)",
        TlsRemedy::HostName => " (--url)",
    }
}

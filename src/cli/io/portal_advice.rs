//! The options that help with a problem at a portal: the library says what happened, and knows no options.

use crate::portal::{AddressError, PortalFailure, Problem};

/// The ways to sign in where a name and a password are not enough.
const WAYS: &str = " (--oauth ID; --user and --password-file; --token-file and --referer; --client-cert)";

/// The message of a failure, with the options that help; also with those that help where a sign-in failed after it.
pub(crate) fn told(failure: &PortalFailure) -> String {
    failure.told(&|failure| {
        let there = match (failure.problem.is_not_there(), failure.kubernetes) {
            (true, true) => " (--org ID, --kubernetes)",
            (true, false) => " (--kubernetes)",
            (false, _) => "",
        };
        format!("{}{there}", options(&failure.problem))
    })
}

/// The message of a wrong address, to follow `--url`.
pub(crate) fn told_of_address(error: &AddressError) -> String {
    let option = match error {
        AddressError::PlainHttp => ", or --allow-http",
        AddressError::HasUser => ": --user and --password-file are for them",
        AddressError::Org => " (--org)",
        _ => "",
    };
    format!("{error}{option}")
}

fn options(problem: &Problem) -> &'static str {
    match problem {
        Problem::Timeout(_) => "; --timeout allows more",
        Problem::TooLarge(_) => "; --max-answer allows more",
        Problem::TooMany { .. } => " (--max-members): if there are so many, raise it",
        Problem::ListTime(_) => "; --max-time allows more",
        Problem::Login(_) | Problem::LoginPage | Problem::SignsInAt(_) | Problem::OtherHost(_) => WAYS,
        Problem::WindowsSignIn => " (--token-file and --referer)",
        Problem::Redirect(_) => " (--url; --oauth ID)",
        Problem::TokenRequired => " (--user, --token-file or SEATLINE_TOKEN)",
        Problem::TokenInvalid => " (--referer)",
        Problem::Status { status: 401, .. } => " (--client-cert)",
        _ => "",
    }
}

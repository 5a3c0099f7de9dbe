//! Judges whether an answer is what was asked for, in the same way as a file.

use std::borrow::Cow;

use reqwest::StatusCode;
use serde::Deserialize;

use crate::json::{Raw, Text};
use crate::portal::secret::{HoldsSecret, Secrets, WITHHELD};
use crate::portal::{Operation, Problem, challenge};
use crate::source::{Document, DocumentKind, Failure, FailureCode, PortalError, Source};
use crate::usage::read_resource;

/// An answer as it was received.
pub(super) struct HttpAnswer {
    pub(super) status: u16,
    pub(super) bytes: Vec<u8>,
    /// The schemes of sign-in that the portal offers.
    pub(super) challenges: Vec<String>,
    /// The page on which one signs in, as a challenge names it.
    pub(super) signs_in_at: Option<String>,
    /// The address that a redirect led to, if one was followed.
    pub(super) redirected: Option<String>,
    /// The number of requests until the answer came.
    pub(super) tries: u32,
}

/// Judges an answer.
///
/// # Errors
/// A [`Problem`] where the answer is an error, or not the one document of the kind that the operation answers, and
/// where a secret occurs in an answer that would be kept.
pub(super) fn judge(operation: Operation, answer: &HttpAnswer, secrets: &Secrets) -> Result<(), Problem> {
    let source = Source::decode(operation.as_str(), answer.bytes.clone());
    let text = match &source {
        Ok(source) => Cow::Borrowed(source.text()),
        Err(_) => String::from_utf8_lossy(&answer.bytes),
    };
    let judged = match &source {
        source if !(200..300).contains(&answer.status) => Err(refused(answer, source.as_ref().ok()).into()),
        Ok(source) => check(operation, source, answer.redirected.as_deref()),
        Err(_) if is_login_page(&text) => Err(Problem::LoginPage.into()),
        Err(failure) => Err(AnswerFault::Unread(failure.message.clone())),
    };
    match judged {
        Ok(()) => match secrets.search(&text) {
            HoldsSecret::No => Ok(()),
            HoldsSecret::Yes => Err(Problem::RepeatsSecret),
            HoldsSecret::Unknown => Err(Problem::Unsearched),
        },
        // A secret may lack its end in such a message.
        Err(AnswerFault::Unread(_)) if secrets.occur_in(&text) => {
            Err(Problem::NotWanted(format!("it cannot be read, and why is {WITHHELD}")))
        }
        Err(AnswerFault::Unread(message)) => Err(Problem::NotWanted(message)),
        Err(AnswerFault::Known(problem)) => Err(problem),
    }
}

/// What is wrong with an answer.
enum AnswerFault {
    /// It is this problem, whose own words show nothing of the answer.
    Known(Problem),
    /// It cannot be read. The message may show a part of it.
    Unread(String),
}

impl From<Problem> for AnswerFault {
    fn from(problem: Problem) -> Self {
        Self::Known(problem)
    }
}

fn check(operation: Operation, source: &Source, redirected: Option<&str>) -> Result<(), AnswerFault> {
    let mut documents = source.documents();
    let first = documents.next().map(|found| found.document);
    let wanted = operation.kind();
    if let Some(error) = beside(source) {
        return Err(said_no(error).into());
    }
    match first {
        Some(Ok(Document::PortalError(error))) => return Err(said_no(error).into()),
        // A redirect that ends at a page has led to a sign-in, whatever the path is.
        Some(Ok(Document::Other(DocumentKind::Html))) => {
            let page = || if is_login_page(source.text()) { Problem::LoginPage } else { Problem::Html };
            return Err(redirected.map_or_else(page, |page| Problem::Login(page.to_owned())).into());
        }
        Some(Ok(document)) => match wanted {
            Some(wanted) if !is(&document, wanted) => return Err(Problem::NotWanted(document.not(wanted).1).into()),
            // What no command would read is not kept.
            Some(DocumentKind::LicenseResource | DocumentKind::FutureLicense) => {
                read_resource(source).map_err(unread)?
            }
            _ => {}
        },
        // The answers of other operations are documents of no known kind.
        Some(Err(failure)) if wanted.is_none() && failure.code == FailureCode::UnknownKind => {}
        Some(Err(failure)) => return Err(unread(failure)),
        None => {}
    }
    if documents.next().is_some() {
        return Err(Problem::NotWanted("more follows the document".to_owned()).into());
    }
    Ok(())
}

fn unread(failure: Failure) -> AnswerFault {
    let place = failure.position.map(|at| format!(" (line {}, column {})", at.line, at.column));
    AnswerFault::Unread(format!("{}{}", failure.message, place.unwrap_or_default()))
}

/// The marks of a page for signing in: a form of SAML or WS-Federation that a browser would send on at once, or a
/// field for a password.
const SIGNS_IN: [&str; 8] = [
    "samlrequest",
    "samlresponse",
    "wsignin1.0",
    "name=\"wresult\"",
    "type=\"password\"",
    "type='password'",
    "type=password",
    "/oauth2/authorize",
];

/// Whether a page of HTML is one on which one signs in.
fn is_login_page(text: &str) -> bool {
    let text = text.trim_start();
    let lower = || text.to_ascii_lowercase();
    text.starts_with('<') && Some(lower()).is_some_and(|text| SIGNS_IN.iter().any(|mark| text.contains(mark)))
}

/// Whether the document is of this kind. A license without any user type looks like a list without any administrator
/// type.
fn is(document: &Document<'_>, wanted: DocumentKind) -> bool {
    let empty =
        |kind| matches!(document, Document::AdministratorList(list) if list.ids().next().is_none() && kind == wanted);
    document.kind() == wanted || empty(DocumentKind::FutureLicense)
}

/// An error that stands in the answer beside a document; the document cannot be relied on then.
fn beside(source: &Source) -> Option<PortalError> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Beside<'a> {
        #[serde(borrow)]
        error: Raw<'a>,
        #[serde(borrow)]
        status: Raw<'a>,
        #[serde(borrow)]
        messages: Raw<'a>,
        #[serde(borrow)]
        success: Raw<'a>,
        #[serde(borrow)]
        message: Raw<'a>,
        #[serde(borrow)]
        code: Raw<'a>,
    }
    let Beside { error, status, messages, success, message, code } = serde_json::from_str(source.text()).ok()?;
    let is_error = !matches!(error.text(), None | Some("null" | "false"));
    let members = [
        ("error", error),
        ("status", status),
        ("messages", messages),
        ("success", success),
        ("message", message),
        ("code", code),
    ];
    let members = members.into_iter().filter(|(name, raw)| raw.text().is_some() && (*name != "error" || is_error));
    let members: Vec<_> = members.map(|(name, raw)| (Text(Cow::Borrowed(name)), raw)).collect();
    // Any value of the member `error` counts as an error.
    PortalError::from_members(&members).or_else(|| is_error.then(PortalError::default))
}

/// The problem of an error answer with HTTP status 200.
fn said_no(error: PortalError) -> Problem {
    match error.code.as_deref() {
        Some("498") => Problem::TokenInvalid,
        Some("499") => Problem::TokenRequired,
        Some("401" | "403") => Problem::Forbidden(error),
        _ => Problem::Rejected(error),
    }
}

/// The error in an answer of any kind.
pub(super) fn error(source: &Source) -> Option<PortalError> {
    match source.documents().next()?.document.ok()? {
        Document::PortalError(error) => Some(error),
        _ => None,
    }
}

/// The problem of an answer whose HTTP status is no success. Some portals use their own error codes as status.
fn refused(answer: &HttpAnswer, source: Option<&Source>) -> Problem {
    let status = answer.status;
    let error = source.and_then(|source| error(source).or_else(|| beside(source)));
    let code = error.as_ref().and_then(|error| error.code.clone());
    match (status, code.as_deref()) {
        (498, _) | (400..=599, Some("498")) => Problem::TokenInvalid,
        (499, _) | (400..=599, Some("499")) => Problem::TokenRequired,
        (401, _) if challenge::is_windows(&answer.challenges) => Problem::WindowsSignIn,
        (401 | 403, _) if answer.signs_in_at.is_some() => {
            Problem::SignsInAt(answer.signs_in_at.clone().unwrap_or_default())
        }
        (401 | 403, None) if source.is_some_and(|source| is_login_page(source.text())) => Problem::LoginPage,
        // The code in the text says more than the status, which is that of a wrong request or of a portal in trouble.
        (400 | 402 | 404..=599, Some("401" | "403")) => Problem::Forbidden(error.unwrap_or_default()),
        _ => match error.filter(|error| error.code.is_some() || !error.messages.is_empty()) {
            Some(error) if is_rejection(status, &error) => Problem::Rejected(error),
            said => Problem::Status { status, said },
        },
    }
}

/// Whether the portal itself rejects the request, rather than a proxy or a server in trouble. A portal may give its error codes
/// as the HTTP status too.
fn is_rejection(status: u16, error: &PortalError) -> bool {
    let is_of_portal =
        !matches!(status, 0..=399 | 401 | 403..=405 | 407 | 408 | 411 | 413 | 414 | 429 | 431 | 502..=504 | 511..);
    // Servers of any kind repeat the name of the status, and no more.
    let name = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    let is_name = |text: &String| name.is_some_and(|name| text.trim().trim_end_matches('.').eq_ignore_ascii_case(name));
    is_of_portal && !error.messages.iter().all(is_name)
}

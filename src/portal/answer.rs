//! Whether an answer is what was asked for: by the same door as a file.

use std::borrow::Cow;

use serde::Deserialize;

use crate::json::{Raw, Text};
use crate::portal::secret::{Secrets, WITHHELD};
use crate::portal::{Operation, Problem};
use crate::source::{Document, DocumentKind, FailureCode, PortalError, Source};

/// A whole answer, whatever it says.
pub(super) struct Answer {
    /// The HTTP status.
    pub(super) status: u16,
    pub(super) bytes: Vec<u8>,
    /// How it wants to be signed in to, as its headers say.
    pub(super) challenges: String,
    /// How often was asked until it came.
    pub(super) tries: u32,
}

/// Judges an answer.
///
/// # Errors
/// Where it is an error answer, or not the one document of the kind that the operation answers; and where a secret occurs in
/// it. Then nothing of it is told but its code.
pub(super) fn judge(operation: Operation, answer: &Answer, secrets: &Secrets) -> Result<(), Problem> {
    let source = Source::decode(operation.as_str(), answer.bytes.clone());
    let repeats = match &source {
        Ok(source) => secrets.occur_in(source.text()),
        Err(_) => secrets.occur_in(&String::from_utf8_lossy(&answer.bytes)),
    };
    let judged = match source {
        source if !(200..300).contains(&answer.status) => Err(refused(answer, source.ok().as_ref())),
        Ok(source) => check(operation, &source),
        Err(failure) => Err(Problem::NotWanted(failure.message)),
    };
    match judged {
        Ok(_) if repeats => Err(Problem::RepeatsSecret),
        Err(problem) if repeats => Err(problem.without_words(WITHHELD)),
        judged => judged,
    }
}

fn check(operation: Operation, source: &Source) -> Result<(), Problem> {
    let mut documents = source.documents();
    let first = documents.next().map(|found| found.document);
    let wanted = operation.kind();
    if let Some(error) = beside(source) {
        return Err(said_no(error));
    }
    match first {
        Some(Ok(Document::PortalError(error))) => return Err(said_no(error)),
        Some(Ok(Document::Other(DocumentKind::Html))) => {
            let html = "an HTML page: does it come from the portal, and not from a proxy or a sign-in page?";
            return Err(Problem::NotWanted(html.to_owned()));
        }
        Some(Ok(document)) => match wanted {
            Some(wanted) if !is(&document, wanted) => return Err(Problem::NotWanted(document.not(wanted).1)),
            _ => {}
        },
        // What other operations answer is no document of a known kind.
        Some(Err(failure)) if wanted.is_none() && failure.code == FailureCode::UnknownKind => {}
        Some(Err(failure)) => {
            let place = failure.position.map(|at| format!(" (line {}, column {})", at.line, at.column));
            return Err(Problem::NotWanted(format!("{}{}", failure.message, place.unwrap_or_default())));
        }
        None => {}
    }
    if documents.next().is_some() {
        return Err(Problem::NotWanted("more follows the document".to_owned()));
    }
    Ok(())
}

/// A license without any user type looks like a list without any administrator type.
fn is(document: &Document<'_>, wanted: DocumentKind) -> bool {
    let empty =
        |kind| matches!(document, Document::AdministratorList(list) if list.ids().next().is_none() && kind == wanted);
    document.kind() == wanted || empty(DocumentKind::FutureLicense)
}

/// An error that stands beside a document, which then is not to be relied on.
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
        code: Raw<'a>,
    }
    let Beside { error, status, messages, code } = serde_json::from_str(source.text()).ok()?;
    let members = [("error", error), ("status", status), ("messages", messages), ("code", code)];
    let members = members.into_iter().filter(|(_, raw)| raw.text().is_some());
    let members: Vec<_> = members.map(|(name, raw)| (Text(Cow::Borrowed(name)), raw)).collect();
    PortalError::from_members(&members)
}

/// What an error answer with HTTP status 200 means.
fn said_no(error: PortalError) -> Problem {
    match error.code.as_deref() {
        Some("498") => Problem::TokenInvalid,
        Some("499") => Problem::TokenRequired,
        Some("403") => Problem::Forbidden(error),
        _ => Problem::Rejected(error),
    }
}

/// The error in an answer, whatever its kind.
pub(super) fn error(source: &Source) -> Option<PortalError> {
    match source.documents().next()?.document.ok()? {
        Document::PortalError(error) => Some(error),
        _ => None,
    }
}

/// What an answer with an HTTP status that is no success means. Some portals use their own codes as status.
fn refused(answer: &Answer, source: Option<&Source>) -> Problem {
    let status = answer.status;
    let error = source.and_then(error);
    let code = error.as_ref().and_then(|error| error.code.as_deref());
    match (status, code) {
        (498, _) | (400..=599, Some("498")) => Problem::TokenInvalid,
        (499, _) | (400..=599, Some("499")) => Problem::TokenRequired,
        (401, None) if windows(&answer.challenges) => Problem::WindowsSignIn,
        _ => {
            let said = error.filter(|error| error.code.is_some() || !error.messages.is_empty());
            Problem::Status { status, said }
        }
    }
}

/// Whether it wants the sign-in of a Windows domain.
fn windows(challenges: &str) -> bool {
    let schemes = challenges.split(',').filter_map(|challenge| challenge.split_whitespace().next());
    let mut schemes = schemes.map(str::to_ascii_lowercase);
    schemes.any(|scheme| ["negotiate", "ntlm", "kerberos"].contains(&scheme.as_str()))
}

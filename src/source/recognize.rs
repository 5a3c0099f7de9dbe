//! Recognizes which kind of document a JSON value is.

use serde::de::{Error, MapAccess, SeqAccess};

use crate::json::{Container, MemberName, Pass, Place, Raw, Seed, Text, message_and_place};
use crate::license::{AdministratorList, LicenseDocument, MyEsri};
use crate::source::shape::{self, Element, READ};
use crate::source::{DocumentKind, Envelope, FailureCode, PortalError, WantedKind};

/// A document of a known kind.
#[derive(Debug)]
#[non_exhaustive]
pub enum Document<'a> {
    /// A license document.
    License(Box<LicenseDocument<'a>>),
    /// An administrator list.
    AdministratorList(AdministratorList),
    /// An error answer of the portal.
    PortalError(PortalError),
    /// Any other known kind.
    Other(DocumentKind),
}

impl Document<'_> {
    /// What the document is, also where only its kind is known ([`Self::Other`]).
    #[must_use]
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::License(_) => DocumentKind::License,
            Self::AdministratorList(_) => DocumentKind::AdministratorList,
            Self::PortalError(_) => DocumentKind::PortalError,
            Self::Other(kind) => *kind,
        }
    }

    /// Why this document does not serve where `wanted` is needed.
    #[must_use]
    pub(crate) fn not(&self, wanted: impl Into<WantedKind>) -> (FailureCode, String) {
        let wanted = wanted.into();
        match self {
            Self::PortalError(error) => (
                FailureCode::PortalError,
                format!("this is the portal's error answer {error}, not {wanted}: {}", error.advice()),
            ),
            Self::Other(DocumentKind::Html) => (
                FailureCode::Html,
                format!("this is an HTML page, not {wanted}: the request lacked f=json, or was sent to a sign-in page"),
            ),
            other => (FailureCode::WrongKind, wanted.missed_by(other.kind())),
        }
    }
}

/// A root value. Members other than `MyEsri` are looked at only where `MyEsri` is missing.
#[derive(Default)]
pub(super) struct Root<'a> {
    my_esri: Place<MyEsri<'a>>,
    others: Vec<(Text<'a>, Raw<'a>)>,
    /// The elements, where the root is a list and no object.
    elements: Option<Vec<Place<Element<'a>>>>,
}

impl<'de: 'a, 'a> Container<'de> for Root<'a> {
    fn from_map<A: MapAccess<'de>>(mut map: A, pass: Pass) -> Result<Place<Self>, A::Error> {
        let mut my_esri = None;
        let mut others = Vec::new();
        while let Some(key) = map.next_key_seed(MemberName(pass))? {
            if key != "MyEsri" {
                others.push((Text(key), map.next_value()?));
            } else if my_esri.is_some() {
                return Err(Error::custom("\"MyEsri\" stands twice"));
            } else {
                my_esri = Some(map.next_value_seed(Seed::new(pass))?);
            }
        }
        Ok(Place::Here(Self { my_esri: my_esri.unwrap_or_default(), others, elements: None }))
    }

    fn from_seq<A: SeqAccess<'de>>(seq: A, pass: Pass) -> Result<Place<Self>, A::Error> {
        let list = <Vec<Place<Element<'a>>> as Container<'de>>::from_seq(seq, pass)?;
        Ok(Place::Here(Self { elements: list.here().cloned(), ..Self::default() }))
    }
}

/// Why a value cannot be read as a document.
pub(super) struct RefusedDocument<'a> {
    pub(super) code: FailureCode,
    pub(super) message: String,
    /// The part of the text that the message is about, if there is one.
    pub(super) at: Option<&'a str>,
    /// The envelope around the document, if it could be read.
    pub(super) envelope: Option<Envelope>,
}

impl<'a> RefusedDocument<'a> {
    fn new(code: FailureCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at: None, envelope: None }
    }

    fn unknown(what: &str) -> Self {
        let message = format!("this is JSON, but no document of a portal that seatline knows: {what}");
        Self::new(FailureCode::UnknownKind, message)
    }

    fn at(self, raw: Raw<'a>) -> Self {
        Self { at: raw.text(), ..self }
    }
}

/// A document, and its envelope with the text of the document within it.
pub(super) type Recognized<'a> = (Document<'a>, Option<(Envelope, &'a str)>);

/// Recognizes the kind of a root value, and reads it.
///
/// # Errors
/// Where the kind is not known.
pub(super) fn recognize(root: Place<Root<'_>>) -> Result<Recognized<'_>, RefusedDocument<'_>> {
    let Root { my_esri, others, elements } = match root {
        Place::Here(root) => root,
        Place::Other(kind) => return Err(RefusedDocument::unknown(&format!("its root is {kind}"))),
        Place::Missing => return Err(RefusedDocument::unknown("its root is missing")),
    };
    if let Some(elements) = elements {
        return bare_list(&elements).map(|document| (document, None));
    }
    if let Some(license) = license(my_esri, &others)? {
        return Ok((license, None));
    }
    let member = |name: &str| others.iter().find(|(Text(key), _)| key == name).map(|(_, raw)| *raw);
    match member(Envelope::DOCUMENT) {
        Some(document) => {
            once(&others, &[Envelope::DOCUMENT, Envelope::SOURCE, Envelope::FETCHED_AT])?;
            let beside = |name: &str| member(name).unwrap_or_default();
            let envelope = Envelope::read(beside(Envelope::SOURCE), beside(Envelope::FETCHED_AT))
                .map_err(|(message, raw)| RefusedDocument::new(FailureCode::Unreadable, message).at(raw))?;
            match in_envelope(document) {
                Ok(license) => Ok((license, Some((envelope, document.text().unwrap_or_default())))),
                Err(refused) => Err(RefusedDocument { envelope: Some(envelope), ..refused }),
            }
        }
        None => bare(&others).map(|document| (document, None)),
    }
}

/// Reads the license under `MyEsri`, if there is one.
fn license<'a>(
    my_esri: Place<MyEsri<'a>>,
    others: &[(Text<'a>, Raw<'a>)],
) -> Result<Option<Document<'a>>, RefusedDocument<'a>> {
    match my_esri {
        Place::Here(my_esri) => {
            let others = others.iter().map(|(Text(key), _)| key.clone()).collect();
            Ok(Some(Document::License(Box::new(LicenseDocument { my_esri, others }))))
        }
        Place::Other(kind) => Err(RefusedDocument::unknown(&format!("MyEsri is {kind}, not an object"))),
        Place::Missing => Ok(None),
    }
}

/// Reads the license in an envelope; any other document there is refused.
fn in_envelope(document: Raw<'_>) -> Result<Document<'_>, RefusedDocument<'_>> {
    let text = document.text().unwrap_or_default();
    let root = match serde_json::from_str::<Place<Root<'_>>>(text) {
        Ok(Place::Here(root)) if root.elements.is_none() => root,
        Ok(Place::Here(_)) => {
            let message = format!("the document in this envelope is a list, not {}", DocumentKind::License);
            return Err(RefusedDocument::new(FailureCode::WrongKind, message).at(document));
        }
        Ok(Place::Other(kind)) => {
            let message = format!("the document in this envelope is {kind}, not {}", DocumentKind::License);
            return Err(RefusedDocument::new(FailureCode::WrongKind, message).at(document));
        }
        Ok(Place::Missing) => return Err(RefusedDocument::unknown("its document is missing")),
        Err(error) => {
            let (message, at) = message_and_place(&error, text);
            let message = format!("{message}: the document says two things, and only its author knows which one holds");
            let at = at.and_then(|at| text.get(at..));
            return Err(RefusedDocument { at, ..RefusedDocument::new(FailureCode::RepeatedKey, message) });
        }
    };
    let Root { my_esri, others, .. } = root;
    let refused = match license(my_esri, &others) {
        Ok(Some(license)) => return Ok(license),
        Ok(None) => match bare(&others) {
            Ok(other) => {
                let (code, message) = other.not(DocumentKind::License);
                RefusedDocument::new(code, format!("{message}; only a license may stand in an envelope"))
            }
            Err(refused) => refused,
        },
        Err(refused) => refused,
    };
    Err(RefusedDocument { at: refused.at.or(document.text()), ..refused })
}

/// Reads a document that is no license and in no envelope.
fn bare<'a>(others: &[(Text<'a>, Raw<'a>)]) -> Result<Document<'a>, RefusedDocument<'a>> {
    once(others, &READ)?;
    if let Some(error) = PortalError::from_members(others) {
        return Ok(Document::PortalError(error));
    }
    match shape::of_object(others) {
        Some(DocumentKind::AdministratorList) => {
            let list = others.first().map(|(_, raw)| *raw).unwrap_or_default();
            AdministratorList::from_raw(list)
                .map(Document::AdministratorList)
                .map_err(|message| RefusedDocument::new(FailureCode::UnreadableList, message))
        }
        Some(kind) => Ok(Document::Other(kind)),
        None if shape::is_by_columns(others) => Err(RefusedDocument::unknown(
            "this is a table by columns: save it by rows, as `to_json(orient=\"records\")` of pandas does, or as CSV",
        )),
        None => Err(RefusedDocument::unknown(
            "a license document has the member MyEsri, an administrator list only userTypes",
        )),
    }
}

/// Reads a document whose root is a list.
fn bare_list<'a>(elements: &[Place<Element<'a>>]) -> Result<Document<'a>, RefusedDocument<'a>> {
    if let Some(kind) = shape::of_list(elements) {
        return Ok(Document::Other(kind));
    }
    let licenses = elements.iter().filter_map(Place::here).any(|element| element.my_esri.text().is_some());
    let advice = "these are licenses in a list: put them in files of their own, or in a .jsonl file, each on a line";
    Err(if licenses {
        RefusedDocument::new(FailureCode::UnknownKind, advice)
    } else {
        RefusedDocument::unknown("its root is a list")
    })
}

/// Refuses a root in which a member that decides the kind of the document occurs twice.
fn once<'a>(others: &[(Text<'a>, Raw<'a>)], read: &[&str]) -> Result<(), RefusedDocument<'a>> {
    for name in read {
        if let Some((_, second)) = others.iter().filter(|(Text(key), _)| key == name).nth(1) {
            let message = format!(
                "\"{name}\" stands twice: the document says two things, and only its author knows which one holds"
            );
            return Err(RefusedDocument::new(FailureCode::RepeatedKey, message).at(*second));
        }
    }
    Ok(())
}

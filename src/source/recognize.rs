//! What a JSON value is a document of.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Error, MapAccess};

use crate::json::{Container, Place, Raw, Text};
use crate::license::{AdministratorList, LicenseDocument, MyEsri};
use crate::source::kind::kind;
use crate::source::{DocumentKind, FailureCode, PortalError};

/// A document of a known kind.
#[derive(Debug)]
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
    /// The kind of document.
    #[must_use]
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::License(_) => DocumentKind::License,
            Self::AdministratorList(_) => DocumentKind::AdministratorList,
            Self::PortalError(_) => DocumentKind::PortalError,
            Self::Other(kind) => *kind,
        }
    }

    /// Why this cannot serve where `wanted` is asked for.
    #[must_use]
    pub fn not(&self, wanted: impl fmt::Display) -> (FailureCode, String) {
        match self {
            Self::PortalError(error) => (
                FailureCode::PortalError,
                format!("this is the portal's error answer {error}, not {wanted}: {}", error.advice()),
            ),
            Self::Other(DocumentKind::Html) => (
                FailureCode::Html,
                format!("this is an HTML page, not {wanted}: the request lacked f=json, or was sent to a sign-in page"),
            ),
            other => (FailureCode::WrongKind, format!("this is {}, not {wanted}", other.kind())),
        }
    }
}

/// A root object. The values beside `MyEsri` are only looked at where it is missing.
pub(super) struct Root<'a> {
    my_esri: Place<MyEsri<'a>>,
    others: Vec<(Text<'a>, Raw<'a>)>,
}

impl<'de: 'a, 'a> Container<'de> for Root<'a> {
    fn from_map<A: MapAccess<'de>>(mut map: A) -> Result<Place<Self>, A::Error> {
        let mut my_esri = None;
        let mut others = Vec::new();
        while let Some(key) = map.next_key::<Text<'de>>()? {
            if key.0 != "MyEsri" {
                others.push((key, map.next_value()?));
            } else if my_esri.is_some() {
                return Err(Error::custom("\"MyEsri\" stands twice"));
            } else {
                my_esri = Some(map.next_value()?);
            }
        }
        Ok(Place::Here(Self { my_esri: my_esri.unwrap_or_default(), others }))
    }
}

/// Tells what kind of document a root is.
///
/// # Errors
/// Where it is none that is known.
pub(super) fn recognize(root: Place<Root<'_>>) -> Result<Document<'_>, (FailureCode, String)> {
    let unknown = |what: &str| {
        let message = format!("this is JSON, but no document of a portal that seatline knows: {what}");
        (FailureCode::UnknownKind, message)
    };
    let Root { my_esri, others } = match root {
        Place::Here(root) => root,
        Place::Other(kind) => return Err(unknown(&format!("its root is {kind}"))),
        Place::Missing => return Err(unknown("its root is missing")),
    };
    match my_esri {
        Place::Here(my_esri) => {
            let others = others.into_iter().map(|(Text(key), _)| key).collect();
            return Ok(Document::License(Box::new(LicenseDocument { my_esri, others })));
        }
        Place::Other(kind) => return Err(unknown(&format!("MyEsri is {kind}, not an object"))),
        Place::Missing => {}
    }
    let mut seen = HashSet::new();
    if let Some((key, _)) = others.iter().find(|(key, _)| !seen.insert(key)) {
        return Err((FailureCode::RepeatedKey, format!("\"{}\" stands twice: the document says two things", key.0)));
    }
    if let Some(error) = PortalError::from_members(&others) {
        return Ok(Document::PortalError(error));
    }
    match (kind(&others), others.first()) {
        (Some(DocumentKind::AdministratorList), Some((_, raw))) => AdministratorList::from_raw(*raw)
            .map(Document::AdministratorList)
            .map_err(|message| (FailureCode::UnreadableList, message)),
        (Some(kind), _) => Ok(Document::Other(kind)),
        (None, _) => Err(unknown("a license document has the member MyEsri, an administrator list only userTypes")),
    }
}

//! Lists that come in pages. This is the only reader of pages, for those in files and those that a portal sends.
//!
//! A list that lacks someone would be worse than none: a plan would give away seats that are taken. So pages are
//! trusted only if each begins where the page before ended, and if in the end there are as many elements as the portal
//! counts.

use crate::json::{JsonKind, Pointer, Raw};
use crate::license::whole_number;
use crate::source::Failure;
use crate::usage::origin::DocumentOrigin;

/// The numbers in the head of a page; elements are counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageHead {
    /// How many elements all pages have together.
    pub(super) total: Option<u64>,
    /// The number of the first element on this page.
    pub(super) start: Option<u64>,
    /// The number of the first element on the next page; `None` on the last page.
    pub(super) next: Option<u64>,
}

impl PageHead {
    /// Reads `total`, `start` and `nextStart`: whole numbers, which may also be floats or strings of digits. A
    /// `nextStart` that is -1, 0, null or missing says that this page is the last.
    ///
    /// # Errors
    /// The name of the member that is there and holds no such number.
    pub(crate) fn read(total: Raw<'_>, start: Raw<'_>, next_start: Raw<'_>) -> Result<Self, &'static str> {
        let number = |name, raw: Raw<'_>| match raw.kind() {
            None | Some(JsonKind::Null) => Ok(None),
            Some(JsonKind::Number) => raw.text().and_then(whole_number).map(Some).ok_or(name),
            Some(_) => raw.string().and_then(|text| text.trim().parse::<i64>().ok()).map(Some).ok_or(name),
        };
        let count =
            |name, raw: Raw<'_>| number(name, raw)?.map(|number| u64::try_from(number).map_err(|_| name)).transpose();
        let next = match number("nextStart", next_start)? {
            None | Some(-1 | 0) => None,
            Some(next) => Some(u64::try_from(next).map_err(|_| "nextStart")?),
        };
        Ok(Self { total: count("total", total)?, start: count("start", start)?, next })
    }
}

/// A page of a list, and its numbers.
#[derive(Clone, Debug)]
pub(crate) struct ListPage<T> {
    /// The name of the input, and the number of the document unless the input holds one document.
    pub(super) name: String,
    pub(super) head: PageHead,
    pub(super) elements: Vec<T>,
}

impl<T> ListPage<T> {
    /// A page with `total`, `start` and `nextStart`.
    ///
    /// # Errors
    /// Where one of them holds no number.
    pub(super) fn new(
        origin: DocumentOrigin<'_>,
        [total, start, next]: [Raw<'_>; 3],
        elements: Vec<T>,
    ) -> Result<Self, Failure> {
        let head = PageHead::read(total, start, next).map_err(|member| {
            let message = format!("{member} is no whole number, so nobody knows whether a page is missing");
            origin.unreadable(Pointer::of(&[member]), message)
        })?;
        Ok(Self { name: origin.name(), head, elements })
    }

    /// A page that holds the whole list.
    pub(super) fn whole(name: String, elements: Vec<T>) -> Self {
        Self { name, head: PageHead::default(), elements }
    }

    pub(crate) fn elements(&self) -> &[T] {
        &self.elements
    }
}

/// An element of a list that comes in pages.
pub(crate) trait Listed {
    /// Whether the elements are accounts. Accounts come and go while a list is read, and some are built in.
    const ACCOUNTS: bool;

    /// The text that identifies an element.
    fn key(&self) -> &str;
}

/// Why several pages do not make one list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PageFault {
    /// The pages do not belong to one list.
    Broken(String),
    /// The list changed while it was read. Read again, it may be complete.
    Changed(String),
}

impl PageFault {
    pub(crate) fn into_message(self) -> String {
        match self {
            Self::Broken(message) | Self::Changed(message) => message,
        }
    }
}

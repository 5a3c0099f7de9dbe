//! Reads lists that come in pages, until they are complete.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::time::Instant as Stopwatch;

use crate::portal::events::{Event, FetchError};
use crate::portal::{Operation, PortalFailure, Problem, Request, Session};
use crate::source::{Failure, Source};
use crate::usage::{Chain, ListPage, Listed, NOBODY, PageFault, counts_page, members_page};

/// The most elements that a portal gives in a page.
const PAGE: usize = 100;

/// How often a list is read that changes while it is read.
const READINGS: u32 = 2;

/// Takes a page: its number and its bytes. Where a list is read again the number is 1 again, and the pages before
/// must be dropped.
pub(super) type TakePage<'a> = dyn FnMut(usize, &[u8]) -> Result<(), FetchError> + 'a;

/// A list that was read completely.
#[derive(Clone, Copy, Debug)]
pub(super) struct WholeList {
    /// The number of elements.
    pub(super) length: u64,
    /// The number of further accounts that the portal counts and does not list: no more than it has built-in accounts.
    pub(super) unnamed: u64,
}

/// Reads all pages of a list; a second time where the list changed meanwhile.
///
/// # Errors
/// A [`FetchError`] where a page does not come, cannot be read or is missing, and where the list is longer than the
/// limit.
pub(super) fn read_pages(
    session: &mut Session,
    operation: Operation,
    take: &mut TakePage<'_>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<WholeList, FetchError> {
    let started = Stopwatch::now();
    let mut readings = 1;
    loop {
        match read_once(session, operation, started, take, tell) {
            Err(Interrupted::Fault(PageFault::Changed(why))) if readings < READINGS => {
                readings += 1;
                tell(Event::Again(operation, &why));
            }
            Err(Interrupted::Fault(fault)) => {
                let is_changing = matches!(fault, PageFault::Changed(_));
                let mut message = fault.into_message();
                if readings > 1 {
                    message.push_str(&format!(" (read {readings} times)"));
                }
                // A page that cannot be read is the same the next time.
                if is_changing {
                    message.push_str("; run it again");
                }
                return Err(session.failure(operation, Problem::Pages(message)).into());
            }
            Err(Interrupted::Failed(error)) => return Err(error),
            Ok(list) => return Ok(list),
        }
    }
}

/// Why a reading ended early.
enum Interrupted {
    Fault(PageFault),
    Failed(FetchError),
}

impl From<FetchError> for Interrupted {
    fn from(error: FetchError) -> Self {
        Self::Failed(error)
    }
}

impl From<PortalFailure> for Interrupted {
    fn from(failure: PortalFailure) -> Self {
        Self::Failed(failure.into())
    }
}

impl From<PageFault> for Interrupted {
    fn from(fault: PageFault) -> Self {
        Self::Fault(fault)
    }
}

fn read_once(
    session: &mut Session,
    operation: Operation,
    started: Stopwatch,
    take: &mut TakePage<'_>,
    tell: &mut dyn FnMut(Event<'_>),
) -> Result<WholeList, Interrupted> {
    let limits = session.limits();
    let mut progress = PagesRead::default();
    let mut number = 0;
    while let Some(start) = progress.chain.ask_from() {
        if started.elapsed() >= limits.list_time {
            return Err(session.failure(operation, Problem::ListTime(limits.list_time)).into());
        }
        number += 1;
        let bytes = session.ask(operation, Request::Get(&parameters(operation, start)))?;
        let source = Source::decode(operation.as_str(), bytes.clone()).map_err(broken)?;
        if operation == Operation::Members {
            progress.take(&members_page(&source).map_err(broken)?, true)?;
        } else {
            progress.take(&counts_page(&source).map_err(broken)?, false)?;
        }
        let (read, total) = (progress.chain.read(), progress.chain.total());
        let most = read.max(total.unwrap_or(0));
        if most > limits.max_members {
            let problem = Problem::TooMany { found: most, limit: limits.max_members };
            return Err(session.failure(operation, problem).into());
        }
        take(number, &bytes)?;
        if let (Operation::Members, Some(total)) = (operation, total) {
            tell(Event::Members(read, total));
        }
    }
    if operation == Operation::Members && progress.chain.read() == 0 {
        return Err(PageFault::Broken(NOBODY.to_owned()).into());
    }
    Ok(WholeList { length: progress.chain.read(), unnamed: progress.chain.unnamed() })
}

fn parameters(operation: Operation, start: u64) -> Vec<(&'static str, String)> {
    let page = [("start", start.to_string()), ("num", PAGE.to_string())];
    let own = match operation {
        Operation::Members => ("excludeSystemUsers", "true"),
        _ => ("type", "userLicenseType"),
    };
    [(own.0, own.1.to_owned())].into_iter().chain(page).collect()
}

fn broken(failure: Failure) -> Interrupted {
    Interrupted::Fault(PageFault::Broken(failure.to_string()))
}

/// The pages that were read so far.
#[derive(Default)]
struct PagesRead {
    chain: Chain,
    /// The names read so far, as 64 bits each. A name that comes twice means that another one is missing.
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl PagesRead {
    fn take<T: Listed>(&mut self, page: &ListPage<T>, counted: bool) -> Result<(), PageFault> {
        let repeated = self.chain.take_asked(page)?;
        if counted && self.chain.total().is_none() {
            return Err(PageFault::Broken("a page does not say the total".to_owned()));
        }
        for element in page.elements().iter().skip(repeated) {
            if !self.seen.insert(self.hasher.hash_one(element.key())) {
                let message = format!("{} stands in it twice, so somebody else may be missing", element.key());
                return Err(PageFault::Changed(message));
            }
        }
        Ok(())
    }
}

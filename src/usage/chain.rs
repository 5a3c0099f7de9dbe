//! How far a list that comes in pages has been read, and whether a page follows from those before.

use crate::usage::built_in::{BUILT_IN, is_built_in};
use crate::usage::pages::{ListPage, Listed, PageFault, PageHead};

/// How much of a list has been read.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    /// The number of the first element of the next page, from 1; `None` at the end.
    pub(super) next: Option<u64>,
    read: u64,
    total: Option<u64>,
    /// How many of the accounts that were read are built-in accounts.
    built_in: u64,
    /// How many elements the last page lacks by its numbers: a portal may leave built-in accounts out after it cut the pages.
    lacks: u64,
    /// The keys of its last elements, if the next page can be asked to repeat them: one more than it lacks.
    tail: Vec<String>,
}

impl Default for Chain {
    fn default() -> Self {
        Self { next: Some(1), read: 0, total: None, built_in: 0, lacks: 0, tail: Vec::new() }
    }
}

impl Chain {
    /// The number of the element from which to ask for the next page: the last that the page before really held. If the answer
    /// does not begin with the last ones of that page, the list changed between the two pages. `None` at the end.
    pub(crate) fn ask_from(&self) -> Option<u64> {
        let next = self.next?;
        Some(if self.tail.is_empty() { next } else { self.tail_from(next) })
    }

    /// The number of the last element of the page before, counted by the elements that it held. So elements that `nextStart`
    /// skips are asked for too.
    fn tail_from(&self, next: u64) -> u64 {
        next.saturating_sub(self.lacks).saturating_sub(1)
    }

    /// Adds the next page, which was asked for from [`Self::ask_from`] on.
    ///
    /// # Errors
    /// Those of [`Self::take`]; and a page that does not begin at the requested number although the page before was short.
    pub(crate) fn take_asked<T: Listed>(&mut self, page: &ListPage<T>) -> Result<usize, PageFault> {
        if let Some(asked) = self.ask_from().filter(|_| self.lacks > 0 && !self.tail.is_empty()) {
            let lacks = self.lacks;
            if page.head.start.is_some_and(|start| start != asked) {
                return Err(PageFault::Broken(format!(
                    "nextStart skips {lacks} on the page before, and the answer from {asked} on does not name them"
                )));
            }
            if self.repeated(page) == 0 {
                return Err(PageFault::Changed(changed_at(asked)));
            }
        }
        self.take(page)
    }

    /// How many elements at the beginning of a page are the last ones of the page before.
    fn repeated<T: Listed>(&self, page: &ListPage<T>) -> usize {
        let Some(first) = page.elements.first() else { return 0 };
        let Some(at) = self.tail.iter().position(|key| key == first.key()) else { return 0 };
        let tail = self.tail.get(at..).unwrap_or_default();
        let same =
            tail.len() <= page.elements.len() && tail.iter().zip(&page.elements).all(|(key, one)| key == one.key());
        if same { tail.len() } else { 0 }
    }

    /// The number of elements that were read.
    pub(crate) fn read(&self) -> u64 {
        self.read
    }

    /// The number of elements that the portal counts, if it says so.
    pub(crate) fn total(&self) -> Option<u64> {
        self.total
    }

    /// How many elements the portal counts and does not name, once the list is complete. They are no more than its built-in
    /// accounts; whether they are those, nobody says.
    pub(crate) fn unnamed(&self) -> u64 {
        self.total.map_or(0, |total| total.saturating_sub(self.read))
    }

    /// Adds the next page. It returns how many elements at the beginning of the page repeat earlier ones.
    ///
    /// # Errors
    /// Where the page does not begin where the page before ended.
    pub(crate) fn take<T: Listed>(&mut self, page: &ListPage<T>) -> Result<usize, PageFault> {
        use PageFault::{Broken, Changed};
        let PageHead { total, start, next } = page.head;
        let Some(expected) = self.next else {
            return Err(Broken(format!("this page begins with {}, after the last one", start.unwrap_or(1))));
        };
        let (repeats, tail_from) = (self.repeated(page), self.tail_from(expected));
        let start = start.unwrap_or(if repeats > 0 { tail_from } else { expected });
        let repeated = match start {
            start if start == expected && self.lacks > 0 && !self.tail.is_empty() => {
                let (lacks, from) = (self.lacks, self.tail_from(expected));
                return Err(Broken(format!(
                    "nextStart skips {lacks} on the page before, and no page names them: whether they are built-in accounts or members \
                     nobody knows; ask for this page from {from} on, as `seatline fetch` does"
                )));
            }
            start if start == expected => 0,
            start if start == tail_from && repeats > 0 => repeats,
            start if start == tail_from && !self.tail.is_empty() => return Err(Changed(changed_at(start))),
            start => {
                return Err(Broken(format!(
                    "this page begins with {start}, and the one that begins with {expected} is missing"
                )));
            }
        };
        if let (Some(before), Some(now)) = (self.total, total)
            && before != now
        {
            let message = format!("total is {now} here, and {before} before: the list was changed while it was read");
            return Err(Changed(message));
        }
        self.total = self.total.or(total);
        let count = |elements: usize| u64::try_from(elements).unwrap_or(u64::MAX);
        let new = page.elements.get(repeated..).unwrap_or_default();
        self.read = self.read.saturating_add(count(new.len()));
        self.built_in += count(new.iter().filter(|element| T::ACCOUNTS && is_built_in(element.key())).count());
        if let Some(next) = next {
            if next <= expected || new.is_empty() {
                let came = new.len();
                return Err(Broken(format!(
                    "nextStart is {next} in a page that begins with {start} and has {came} new ones"
                )));
            }
            if self.total.is_none() && next != self.read + 1 {
                return Err(Broken(format!("nextStart is {next}, and up to here there are {}", self.read)));
            }
        }
        // A page with fewer elements than its numbers say leaves elements out, and nobody knows which. The next page is asked
        // to repeat elements only if it can hold more than these: otherwise reading would not go on.
        let length = count(page.elements.len());
        let lacks = next.and_then(|next| next.checked_sub(start)?.checked_sub(length));
        self.lacks = lacks.unwrap_or(0);
        self.tail = Vec::new();
        if T::ACCOUNTS && lacks.is_some_and(|lacks| length > 1 || lacks > 0) {
            let kept = usize::try_from(self.lacks).unwrap_or(usize::MAX).saturating_add(1);
            let from = page.elements.len().saturating_sub(kept);
            self.tail = page.elements.iter().skip(from).map(|element| element.key().to_owned()).collect();
        }
        self.next = next;
        self.counted(T::ACCOUNTS)?;
        Ok(repeated)
    }

    /// Compares the number of elements that were read with the number that the portal counts. Whether the portal counts
    /// its built-in accounts is not published.
    fn counted(&self, accounts: bool) -> Result<(), PageFault> {
        let Some(total) = self.total else { return Ok(()) };
        let read = self.read;
        if read > total + self.built_in {
            return Err(PageFault::Changed(format!("total is {total}, and there are {read}")));
        }
        let all = if accounts { u64::try_from(BUILT_IN.len()).unwrap_or(0) } else { 0 };
        let built_in = all.saturating_sub(self.built_in);
        if self.next.is_none() && read + built_in < total {
            return Err(PageFault::Changed(format!("total is {total}, and there are {read}: a page is missing")));
        }
        Ok(())
    }
}

fn changed_at(start: u64) -> String {
    format!(
        "the page from {start} on does not begin with the one who was last on the page before: the list was changed while it was \
         read"
    )
}

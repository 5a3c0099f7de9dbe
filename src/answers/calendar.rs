//! The parts that all calendars share: the name of the portal, and the identifiers of events.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use chrono::{Datelike, Days, NaiveDate};
use uuid::Uuid;

use crate::answers::{Filter, Page, words};
use crate::layout::ics::CalendarEvent;
use crate::text::visible;
use crate::time::{Instant, Zone};

/// The settings of a calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The name of the portal; without it, a portal is called by the source or the file of its license.
    pub name: Option<String>,
    /// How many days before each event a reminder stands. Reminders are events, since subscribed calendars drop alarms.
    pub reminders: Vec<u32>,
    /// The working directory. The absolute path of a file tells its portal from others.
    pub folder: PathBuf,
    /// The items in the calendar. A calendar of some items may be imported beside one of all items: if its events had the
    /// same identifiers, the import would remove the other items.
    pub filter: Filter,
}

impl Calendar {
    /// The title of the calendar.
    pub(super) fn title(&self) -> String {
        self.name.as_deref().map_or_else(|| "ArcGIS Enterprise license".to_owned(), |name| visible(name).into_owned())
    }

    /// The name of the portal that a license from this source belongs to.
    pub(super) fn portal(&self, source: &str) -> String {
        visible(self.name.as_deref().unwrap_or(source)).into_owned()
    }

    /// The facts that the events of one license share.
    pub(super) fn license(&self, source: &str, file: &str, fetched: Option<&str>, document: usize) -> Rc<EventLicense> {
        let path = absolute(&self.folder, Path::new(file));
        let portal = match &self.name {
            Some(name) => format!("name {name:?}"),
            None if absolute(&self.folder, Path::new(source)) != path => format!("source {source:?}"),
            None => format!("file {path:?}"),
        };
        let portal = portal + &self.asked_for();
        Rc::new(EventLicense { portal, path, fetched: fetched.map(str::to_owned), document })
    }

    /// The filter as text. It does not depend on the order in which, nor on how often, items were named.
    fn asked_for(&self) -> String {
        if self.filter.is_empty() {
            return String::new();
        }
        let kinds: BTreeSet<_> = self.filter.kinds.iter().map(|kind| kind.as_str()).collect();
        let ids: BTreeSet<_> = self.filter.ids.iter().flat_map(|ids| ids.split(',')).collect();
        let statuses: BTreeSet<_> = self.filter.statuses.iter().map(|status| status.as_str()).collect();
        format!(" only {kinds:?} {ids:?} {statuses:?}")
    }

    /// The events of these happenings, and their reminders. The identifier of an event is made of the portal, the cause and
    /// the day. Where several licenses of one portal share all three, the further events are numbered, in an order
    /// that does not depend on the order of the inputs. A reminder on a day before the as-of would remind of nothing.
    pub(super) fn events(&self, happenings: Vec<Happening>, page: &Page) -> Vec<CalendarEvent> {
        let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (index, Happening { license, cause, on, .. }) in happenings.iter().enumerate() {
            alike.entry((license.portal.as_str(), *cause, on.as_str())).or_default().push(index);
        }
        let mut numbers = vec![0; happenings.len()];
        for mut indexes in alike.into_values().filter(|indexes| indexes.len() > 1) {
            indexes.sort_by_key(|index| happenings.get(*index).map(Happening::rank));
            for (number, index) in indexes.into_iter().enumerate() {
                if let Some(of_event) = numbers.get_mut(index) {
                    *of_event = number;
                }
            }
        }
        let today = day(page, page.as_of);
        let events = |(one, number): (Happening, usize)| one.events(number, &self.reminders, today);
        happenings.into_iter().zip(numbers).flat_map(events).collect()
    }
}

/// The day of an instant in the zone of the page; in UTC where the zone's day has a year of five digits, which calendars
/// do not know.
pub(super) fn day(page: &Page, at: Instant) -> Option<NaiveDate> {
    [page.zone, Zone::UTC].into_iter().find_map(|zone| zone.day(at).filter(|day| (0..=9999).contains(&day.year())))
}

/// The facts that the events of one license share.
pub(super) struct EventLicense {
    /// The part of identifiers that tells the events of this portal from those of others.
    portal: String,
    path: PathBuf,
    fetched: Option<String>,
    document: usize,
}

/// What happens on a day, from which an event is made.
pub(super) struct Happening {
    pub(super) license: Rc<EventLicense>,
    /// The word for the cause, as part of the event's identifier.
    pub(super) cause: &'static str,
    /// The day in UTC as text. No other event of this cause and this license is on this day, and another count of one item at
    /// another time of the day changes nothing of it.
    pub(super) on: String,
    pub(super) day: NaiveDate,
    pub(super) summary: String,
    pub(super) description: String,
}

impl Happening {
    /// The order of happenings that would have the same identifier; the number of the document counts last.
    fn rank(&self) -> impl Ord + use<'_> {
        let EventLicense { path, fetched, document, .. } = &*self.license;
        (path, fetched, &self.summary, &self.description, *document)
    }

    /// The reminders of the event, and the event itself.
    fn events(self, number: usize, reminders: &[u32], today: Option<NaiveDate>) -> Vec<CalendarEvent> {
        let number = if number == 0 { String::new() } else { format!(" #{}", number + 1) };
        let name = format!("{} {} {}{number}", self.license.portal, self.cause, self.on);
        let uid = |name: &str| Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).to_string();
        let reminder = |days: &u32| {
            let count = words::count((*days).into(), "day");
            let before = self.day.checked_sub_days(Days::new((*days).into()))?;
            (today.is_none_or(|today| before >= today)).then(|| CalendarEvent {
                uid: uid(&format!("{name} {days}")),
                day: before,
                summary: format!("in {count}: {}", self.summary),
                description: self.description.clone(),
            })
        };
        let mut events: Vec<_> = reminders.iter().filter_map(reminder).collect();
        events.push(CalendarEvent {
            uid: uid(&name),
            day: self.day,
            summary: self.summary,
            description: self.description,
        });
        events
    }
}

/// The absolute path of a file, without asking the file system.
fn absolute(folder: &Path, file: &Path) -> PathBuf {
    let mut absolute = PathBuf::new();
    for component in folder.join(file).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                absolute.pop();
            }
            other => absolute.push(other),
        }
    }
    absolute
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(name: Option<&str>) -> Calendar {
        let (folder, filter) = (PathBuf::from("/home/a"), Filter::default());
        Calendar { name: name.map(str::to_owned), reminders: Vec::new(), folder, filter }
    }

    #[test]
    fn a_portal_is_told_by_its_name_its_source_or_its_path() {
        let of = |source: &str, file: &str| calendar(None).license(source, file, None, 0).portal.clone();
        for same in ["./b/../x.json", "/home/a/x.json", "./x.json"] {
            assert_eq!(of("x.json", "x.json"), of(same, same));
            assert_eq!(of("x.json", "x.json"), of("x.json", same), "an envelope that names its own file");
        }
        assert_ne!(of("x.json", "x.json"), of("y.json", "y.json"));
        assert_eq!(of("prod", "x.json"), of("prod", "y.json"));
        assert_ne!(of("prod", "x.json"), of("x.json", "x.json"));
        let named = |file: &str| calendar(Some("a")).license(file, file, None, 0).portal.clone();
        assert_eq!(named("x"), named("y"));
    }

    #[test]
    fn what_is_asked_for_is_the_same_in_any_order() {
        let of = |ids: &[&str]| {
            let ids = ids.iter().map(|id| (*id).to_owned()).collect();
            Calendar { filter: Filter { ids, ..Filter::default() }, ..calendar(None) }.asked_for()
        };
        assert_eq!(of(&["a,b"]), of(&["b", "a", "b"]));
        assert_ne!(of(&["a"]), of(&["b"]));
        assert_eq!(of(&[]), "");
    }

    #[test]
    fn only_what_would_clash_is_numbered_and_in_any_order_the_same() {
        let calendar = calendar(None);
        let happening = |file: &str, document: usize, on: &str, summary: &str| Happening {
            license: calendar.license(file, file, None, document),
            cause: "end",
            on: on.to_owned(),
            day: NaiveDate::default(),
            summary: summary.to_owned(),
            description: String::new(),
        };
        let page = Page { as_of: Instant::MIN, zone: Zone::UTC, width: None, color: false };
        let uids = |happenings: Vec<Happening>| {
            let events = calendar.events(happenings, &page).into_iter();
            events.map(|event| (event.summary, event.uid)).collect::<BTreeMap<_, _>>()
        };
        let alone = uids(vec![happening("x", 0, "1", "a")]);
        let all = || {
            [
                happening("x", 0, "1", "a"),
                happening("x", 1, "1", "b"),
                happening("x", 1, "2", "c"),
                happening("y", 0, "1", "d"),
            ]
        };
        let together = uids(all().into());
        assert_eq!(together["a"], alone["a"]);
        let among_others =
            uids(vec![happening("x", 1, "1", "b"), happening("x", 0, "3", "e"), happening("x", 2, "2", "c")]);
        assert_eq!(among_others["b"], alone["a"], "the number of a document that clashes with none does not count");
        assert_eq!(among_others["c"], together["c"]);
        let mut turned: Vec<_> = all().into();
        turned.reverse();
        assert_eq!(uids(turned), together);
        let lines = uids(vec![happening("x", 0, "1", "b"), happening("x", 1, "1", "a")]);
        assert_eq!((&lines["a"], &lines["b"]), (&together["a"], &together["b"]), "nor do the lines of a file");
        let distinct: BTreeSet<_> = together.values().collect();
        assert_eq!(distinct.len(), 4);
    }

    #[test]
    fn a_day_has_a_year_of_four_digits() {
        let page = |zone: &str| Page { as_of: Instant::MIN, zone: zone.parse().unwrap(), width: None, color: false };
        let last = Instant::from_epoch_ms(253_402_257_600_000);
        assert_eq!(day(&page("Pacific/Auckland"), last), day(&page("UTC"), last));
        assert!(day(&page("UTC"), last).is_some());
    }
}

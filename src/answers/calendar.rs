//! What all calendars share: the name of the portal, and the identifiers of events.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use crate::answers::words;
use crate::layout::ics::CalendarEvent;
use crate::text::visible;

/// The settings of a calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The name of the portal; without it, a portal is called by the source or the file of its license.
    pub name: Option<String>,
    /// How many days before each event a reminder stands. Reminders are events, since subscribed calendars drop alarms.
    pub reminders: Vec<u32>,
    /// The working directory. The absolute path of a file tells its portal from others.
    pub folder: PathBuf,
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
}

/// The portals of one calendar. It gives each license an identity that no other license of the calendar has.
pub(super) struct Portals<'c> {
    calendar: &'c Calendar,
    taken: HashSet<String>,
}

impl<'c> Portals<'c> {
    pub(super) fn of(calendar: &'c Calendar) -> Self {
        Self { calendar, taken: HashSet::new() }
    }

    /// The text that tells the events of a license from those of others: its portal, and which of the portal's licenses
    /// it is.
    pub(super) fn identity(&mut self, source: &str, file: &str, document: usize) -> String {
        let path = absolute(&self.calendar.folder, Path::new(file));
        let portal = match &self.calendar.name {
            Some(name) => format!("name {name:?}"),
            None if source != file => format!("source {source:?}"),
            None => format!("file {path:?}"),
        };
        let number = if document == 0 { String::new() } else { format!(" document {document}") };
        let mut identity = portal.clone() + &number;
        if self.taken.contains(&identity) {
            identity = format!("{portal} file {path:?} document {document}");
        }
        self.taken.insert(identity.clone());
        identity
    }
}

/// What happens on a day, from which an event is made.
pub(super) struct Happening {
    /// The identity of the license, from [`Portals::identity`].
    pub(super) identity: String,
    /// The word for the cause, as part of the event's identifier.
    pub(super) cause: &'static str,
    /// The first instant as text. No other event of this cause and this license begins at this instant.
    pub(super) first: String,
    pub(super) day: NaiveDate,
    pub(super) summary: String,
    pub(super) description: String,
}

impl Happening {
    /// The reminders of the event, and the event itself.
    pub(super) fn events(self, reminders: &[u32]) -> Vec<CalendarEvent> {
        let name = format!("{} {} {}", self.identity, self.cause, self.first);
        let uid = |name: &str| Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).to_string();
        let reminder = |days: &u32| {
            let count = words::count((*days).into(), "day");
            Some(CalendarEvent {
                uid: uid(&format!("{name} {days}")),
                day: self.day.checked_sub_days(Days::new((*days).into()))?,
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

    #[test]
    fn a_portal_is_told_by_its_name_its_source_or_its_path() {
        let calendar = |name: Option<&str>| Calendar {
            name: name.map(str::to_owned),
            reminders: Vec::new(),
            folder: PathBuf::from("/home/a"),
        };
        let unnamed = calendar(None);
        let of = |file: &str| Portals::of(&unnamed).identity(file, file, 0);
        assert_eq!(of("x.json"), of("./b/../x.json"));
        assert_eq!(of("x.json"), of("/home/a/x.json"));
        assert_ne!(of("x.json"), of("y.json"));
        let mut portals = Portals::of(&unnamed);
        let all =
            [("prod", "h.jsonl", 0), ("h.jsonl", "h.jsonl", 0), ("h.jsonl", "h.jsonl", 1), ("prod", "i.jsonl", 0)];
        let all: HashSet<_> = all.map(|(source, file, document)| portals.identity(source, file, document)).into();
        assert_eq!(all.len(), 4, "{all:?}");
        let named = calendar(Some("a"));
        assert_eq!(Portals::of(&named).identity("x", "x", 0), Portals::of(&named).identity("y", "z", 0));
    }
}

//! The options of calendars.

use std::collections::HashSet;

use clap::Args;

use crate::answers::{Calendar, Filter};
use crate::cli::io::exit::Stop;
use crate::cli::io::messages::Messages;
use crate::source::STDIN;

#[derive(Debug, Args)]
pub(crate) struct CalendarArgs {
    /// In a calendar, the name of the portal [default: the source or the file of its license]
    #[arg(long, value_name = "TEXT")]
    pub(crate) name: Option<String>,
    /// In a calendar, remind this many days before, as in 90,30,7
    #[arg(long, value_name = "DAYS", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..=3660))]
    pub(crate) remind: Vec<u32>,
}

impl CalendarArgs {
    /// The calendar that the user asked for, with these items; `None` where the format is another one.
    pub(crate) fn calendar(&self, is_ics: bool, filter: Filter) -> Result<Option<Calendar>, Stop> {
        if !is_ics {
            let option = self.name.as_ref().map(|_| "--name").or((!self.remind.is_empty()).then_some("--remind"));
            return match option {
                Some(option) => Err(Stop::usage(format!("{option} is for the format ics"))),
                None => Ok(None),
            };
        }
        if self.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
            return Err(Stop::usage("--name: this is empty; it is what the portal is called"));
        }
        let mut reminders = self.remind.clone();
        reminders.sort_unstable_by(|one, next| next.cmp(one));
        reminders.dedup();
        let folder = std::env::current_dir().unwrap_or_default();
        Ok(Some(Calendar { name: self.name.clone(), reminders, folder, filter }))
    }
}

/// Notes that nothing stands in a calendar: an import that brings nothing is easily taken for one that failed.
pub(crate) fn note_empty(text: &str, why: &str, messages: &Messages) {
    if !text.contains("\r\nBEGIN:VEVENT\r\n") {
        messages.note(&format!("{why}: the calendar has no events"));
    }
}

/// Notes that a portal has no name, so that events of one file do not replace those of another, and that several
/// licenses share the name of one portal. `licenses` are their sources and files.
pub(crate) fn note_path<'l>(
    calendar: &Calendar,
    licenses: impl IntoIterator<Item = (&'l str, &'l str)>,
    messages: &Messages,
) {
    let licenses: Vec<_> = licenses.into_iter().collect();
    let portals: HashSet<_> = licenses.iter().map(|(source, file)| (source, source == file)).collect();
    let shared = match &calendar.name {
        Some(_) => (licenses.len() > 1).then_some("--name stands"),
        None => {
            let named = licenses.iter().filter(|(source, file)| source != file).count();
            let apart = portals.iter().filter(|(_, is_file)| !is_file).count();
            (named > apart).then_some("the source of an envelope stands")
        }
    };
    if let Some(shared) = shared {
        messages.note(&format!(
            "{shared} for the portal of several licenses: where they have events at one time, which identifier an event has \
             depends on what else is in the run; give each license a run of its own"
        ));
    }
    let mut files = licenses.into_iter().filter(|(source, file)| source == file).map(|(_, file)| file).peekable();
    if calendar.name.is_some() || files.peek().is_none() {
        return;
    }
    messages.note(if files.any(|file| file == STDIN) {
        "without --name all licenses from standard input are taken for those of one portal: the events of one replace those \
         of another"
    } else {
        "without --name the path of a file stands for its portal: by another path it is another calendar"
    });
}

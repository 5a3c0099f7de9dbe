//! The options of calendars.

use clap::Args;

use crate::answers::{Calendar, Filter};
use crate::cli::exit::Stop;

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

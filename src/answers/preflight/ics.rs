//! A calendar of the actions.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::answers::calendar::{Calendar, EventLicense, Happening, day};
use crate::answers::preflight::action_value::{Action, Cause};
use crate::answers::preflight::value::PreflightReport;
use crate::answers::{Origin, Page};
use crate::layout::ics;
use crate::text::visible;

/// An event for each day and cause. Its identifier stays the same from run to run: what must be done at the import is
/// the same event even where the import moves to another day.
#[must_use]
pub fn preflight_ics(report: &PreflightReport, page: &Page, calendar: &Calendar) -> String {
    let mut days: BTreeMap<(i64, Cause), Vec<&Action>> = BTreeMap::new();
    for action in &report.actions {
        days.entry((action.due.utc_day(), action.cause)).or_default().push(action);
    }
    let happenings = report.new.as_ref().map_or_else(Vec::new, |new| {
        let portal = report.portal().unwrap_or(&new.source);
        let of_license = calendar.license(portal, &new.file, new.fetched_at.as_deref(), new.document);
        let days = days.into_iter();
        let of_day = |cause, actions: &[&Action]| of_day(&of_license, new, portal, cause, actions, page, calendar);
        days.filter_map(|((_, cause), actions)| of_day(cause, &actions)).collect()
    });
    ics::calendar(&calendar.title(), page.as_of, &calendar.events(happenings, page))
}

impl PreflightReport {
    /// The text that stands for the portal in identifiers: the source that an envelope names, of OLD before that of
    /// NEW, since NEW may be one file for several portals; else the file of NEW.
    #[must_use]
    pub(crate) fn portal(&self) -> Option<&str> {
        let old = self.old.as_ref().map(|old| &old.origin).filter(|old| old.source != old.file);
        old.or(self.new.as_ref()).map(|origin| origin.source.as_str())
    }
}

fn of_day(
    of_license: &Rc<EventLicense>,
    new: &Origin,
    portal: &str,
    cause: Cause,
    actions: &[&Action],
    page: &Page,
    calendar: &Calendar,
) -> Option<Happening> {
    let first = actions.first()?;
    let day = day(page, first.due)?;
    let at_import = first.due == page.as_of;
    let more = match actions.len() - 1 {
        0 => String::new(),
        later => format!("; {later} more on this day"),
    };
    // The title has the worst numbers, since nobody reads further where the title sounds harmless.
    let short = |action: &Action| action.items.iter().filter_map(|item| item.short).fold(0, u64::saturating_add);
    let weight = |action: &Action| (action.locked_out, short(action));
    let worst = actions.iter().copied().reduce(|worst, next| if weight(next) > weight(worst) { next } else { worst });
    let worst = worst.unwrap_or(first);
    let messages = actions.iter().map(|action| visible(&action.message).into_owned());
    let version = new.version.as_deref().unwrap_or("unknown");
    let about = format!("{}, license version {version}", new.file);
    let import = page.zone.show(page.as_of);
    let about = format!("{}; times in {}, imported {import}", visible(&about), page.zone);
    Some(Happening {
        license: Rc::clone(of_license),
        cause: cause.as_str(),
        on: if at_import { "import".to_owned() } else { first.due.utc_day().to_string() },
        day,
        summary: format!("{}: {}{more}", calendar.portal(portal), visible(&worst.to_do)),
        description: messages.chain([about]).collect::<Vec<_>>().join("\n"),
    })
}

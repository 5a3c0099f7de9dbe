//! Whether the answer depends on the portal's built-in accounts, of which nobody has published that they hold no seat.

use crate::answers::preflight::value::{PreflightReport, Verdict};
use crate::answers::words::list;
use crate::usage::Usage;

/// What counting them would change; nothing where it changes nothing.
pub(super) fn built_in(usage: &Usage, without: &PreflightReport, with: &PreflightReport) -> Option<String> {
    let accounts = usage.built_in.iter().filter_map(|account| {
        account.user_type.as_ref().map(|user_type| format!("{} ({user_type})", account.username))
    });
    let accounts: Vec<_> = accounts.collect();
    let fits = |report: &PreflightReport| -> Vec<_> {
        report.items.iter().filter(|item| item.fits == Some(false)).map(|item| (item.kind, item.id.clone())).collect()
    };
    let change = if with.verdict == without.verdict {
        let before = fits(without);
        let ids: Vec<_> = fits(with).into_iter().filter(|one| !before.contains(one)).map(|(_, id)| id).collect();
        if ids.is_empty() {
            return None;
        }
        format!("{} would not fit", list(&ids))
    } else {
        format!("the verdict would be {}", with.verdict.map_or("not known", Verdict::as_str))
    };
    Some(format!(
        "were the portal's built-in accounts counted, {change}: {}; as far as is known they hold no seat, and are left out \
         (--include-built-in counts them)",
        list(&accounts)
    ))
}

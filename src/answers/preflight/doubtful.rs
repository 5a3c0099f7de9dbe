//! What of the old license can be read in more than one way, and nobody counted.

use crate::answers::preflight::replaced::ReplacedLicense;
use crate::answers::preflight::subject::ImportSubject;
use crate::answers::words::{count, list, plural};
use crate::license::ItemKind;
use crate::seats::SeatTimeline;

/// So many ids are named.
const MOST: usize = 10;

/// Items of one kind of which the old license perhaps gives more than is needed by its cautious reading.
#[derive(Clone, Debug)]
pub(super) struct Doubtful {
    kind: ItemKind,
    ids: Vec<String>,
    /// Whether it may give any item of the kind.
    any: bool,
}

impl Doubtful {
    /// Kind by kind. What somebody counted is needed as it was counted, whatever the old license says.
    pub(super) fn all(subject: &ImportSubject<'_>) -> Vec<Self> {
        let Some(replaced) = &subject.replaced else { return Vec::new() };
        ItemKind::ALL.into_iter().filter_map(|kind| Self::of(subject, replaced, kind)).collect()
    }

    fn of(subject: &ImportSubject<'_>, replaced: &ReplacedLicense<'_>, kind: ItemKind) -> Option<Self> {
        let is_doubtful = |timeline: &SeatTimeline| replaced.is_doubtful(timeline, subject.as_of, subject.until);
        let items = replaced.items.iter().filter(|item| item.kind == kind && is_doubtful(&item.timeline));
        let items = items.filter(|item| subject.usage.assigned(kind, &item.id).is_none());
        let ids: Vec<_> = items.map(|item| item.id.clone().into_owned()).collect();
        let unnamed = replaced.unnamed.iter().find(|(other, _)| *other == kind);
        let any = !subject.usage.is_counted(kind) && unnamed.is_some_and(|(_, timeline)| is_doubtful(timeline));
        (any || !ids.is_empty()).then_some(Self { kind, ids, any })
    }

    /// "what the old license gives of the user type creatorUT can be read in more than one way: …".
    pub(super) fn clause(&self) -> String {
        let kinds = plural(self.kind.noun());
        let which = match self.ids.as_slice() {
            _ if self.any => kinds,
            [id] => format!("the {} {id}", self.kind.noun()),
            ids => {
                let mut named: Vec<_> = ids.iter().take(MOST).cloned().collect();
                named.extend(ids.len().checked_sub(MOST).filter(|more| *more > 0).map(|more| format!("{more} more")));
                format!("the {kinds} {}", list(&named))
            }
        };
        let counting =
            if self.kind == ItemKind::Capability { "" } else { ", and counting the members tells who needs them" };
        format!(
            "what the old license gives of {which} can be read in more than one way, and perhaps more is needed than is \
             taken here: `seatline diff` shows the lines{counting}"
        )
    }

    /// "2 user types of the old license cannot be read plainly".
    pub(super) fn phrase(&self) -> String {
        let number = u64::try_from(self.ids.len()).unwrap_or(u64::MAX);
        let which = if self.any { plural(self.kind.noun()) } else { count(number, self.kind.noun()) };
        format!("{which} of the old license cannot be read plainly")
    }
}

//! Items of the old license that can be read in more than one way, where nobody counted.

use crate::answers::preflight::old_license::OldLicense;
use crate::answers::preflight::subject::ImportSubject;
use crate::answers::words::plural;
use crate::license::ItemKind;
use crate::seats::SeatTimeline;
use crate::text::{Phrase, name, phrase};

/// The most ids that are named, and the most in the first line.
const MOST: usize = 10;
const MOST_AT_FIRST: usize = 3;

/// Items of one kind that the old license may give more seats of than its cautious reading does.
#[derive(Clone, Debug)]
pub(super) struct Doubtful {
    kind: ItemKind,
    ids: Vec<String>,
    /// Whether the old license may give any item of the kind.
    any: bool,
}

impl Doubtful {
    /// The doubtful items by kind. Where somebody counted, the count is the need, whatever the old license says.
    pub(super) fn all(subject: &ImportSubject<'_>) -> Vec<Self> {
        let Some(old_license) = &subject.old_license else { return Vec::new() };
        ItemKind::ALL.into_iter().filter_map(|kind| Self::of(subject, old_license, kind)).collect()
    }

    fn of(subject: &ImportSubject<'_>, old_license: &OldLicense<'_>, kind: ItemKind) -> Option<Self> {
        let is_doubtful = |timeline: &SeatTimeline| old_license.is_doubtful(timeline, subject.as_of, subject.until);
        let items = old_license.items.iter().filter(|item| item.kind == kind && is_doubtful(&item.timeline));
        let items = items.filter(|item| subject.usage.assigned(kind, &item.id).is_none());
        let ids: Vec<_> = items.map(|item| item.id.clone().into_owned()).collect();
        let any = !subject.usage.is_counted(kind) && old_license.unnamed(kind).is_some_and(is_doubtful);
        (any || !ids.is_empty()).then_some(Self { kind, ids, any })
    }

    /// The clause for `unknown`: "what the old license gives of the user type creatorUT can be read in more than one
    /// way: …".
    pub(super) fn clause(&self) -> Phrase {
        let which = self.which(MOST);
        let counting =
            if self.kind == ItemKind::Capability { "" } else { ", and counting the members tells who needs them" };
        phrase![
            "what the old license gives of ",
            which,
            " can be read in more than one way, and perhaps more is needed than is taken here: `seatline diff` shows the lines",
            counting
        ]
    }

    /// The clause for the first line: "the user types creatorUT and viewerUT and apps of the old license cannot be
    /// read plainly"; nothing where all can.
    pub(super) fn phrase(all: &[Self]) -> Option<Phrase> {
        let which: Vec<_> = all.iter().map(|one| one.which(MOST_AT_FIRST)).collect();
        (!all.is_empty()).then(|| phrase![Phrase::list(which), " of the old license cannot be read plainly"])
    }

    /// The items in words: "the user type creatorUT", or "user types" where it may be any.
    fn which(&self, most: usize) -> Phrase {
        let kinds = plural(self.kind.noun());
        match self.ids.as_slice() {
            _ if self.any => kinds.into(),
            [id] => phrase!["the ", self.kind.noun(), " ", name(id)],
            ids => {
                let mut named: Vec<_> = ids.iter().take(most).map(|id| name(id)).collect();
                if ids.len() > most {
                    named.push(format!("{} more", ids.len() - most).into());
                }
                phrase!["the ", kinds, " ", Phrase::list(named)]
            }
        }
    }
}

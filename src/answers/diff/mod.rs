//! `diff`: what NEW gives less than OLD, and when. It compares two documents and judges nothing else: neither the
//! assigned seats nor whether an import is wise.

mod build;
mod costs;
mod csv;
mod extras;
mod falls;
mod findings;
mod given;
mod html;
mod item;
mod kept;
mod loss;
mod pair;
mod phrase;
mod side;
mod text;
mod unclear;
mod value;
mod verdict;
mod xlsx;

pub use csv::diff_csv;
pub use given::Given;
pub use html::diff_html;
pub use item::{DiffAdministrator, DiffGap, DiffItem, ExtraChange, ExtraLoss, Lost, Presence, Renamed, Replacement};
pub use loss::{Comparison, Loss};
pub use side::Side;
pub use text::{diff_markdown, diff_table};
pub use value::{
    CapabilitiesChange, DiffFall, DiffFinding, DiffQuestion, DiffReport, DiffSide, DiffSum, Reason, SideDocument,
};
pub(crate) use xlsx::diff_xlsx;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::answers::FailureReport;
use crate::answers::schema_name::NamedForm;
use crate::answers::why::explanations_by_id;
use crate::license::ItemKind;
use crate::source::License;
use crate::time::{Instant, Zone};

impl NamedForm for DiffReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl DiffReport {
    /// The `schema` member of this answer.
    pub const SCHEMA: &'static str = "seatline/diff/v1";

    /// Compares OLD, the license in force, with NEW, the license that is to be imported.
    #[must_use]
    pub fn new(old: &Side<'_>, new: &Side<'_>, question: DiffQuestion) -> Self {
        let DiffQuestion { as_of, zone } = question;
        let comparison = Comparison::new(old, new, as_of);
        let old_ended = old.ended_by(as_of);
        let mut report = Self { old_ended, ..Self::empty(as_of) };
        report.old = Some(old.described());
        report.new = Some(new.described());
        report.falls = falls::falls(new, as_of, zone);
        if old.license().is_none() {
            report.not_judged = NOT_TOLD.to_vec();
        }
        report.old_tells = ItemKind::SEATED.into_iter().filter(|kind| old.tells(*kind)).collect();
        report.capabilities = capabilities(old, new);
        let pairs = comparison.pairs();
        let mut places = [old.places(), new.places()];
        let mut all_losses = Vec::new();
        let mut kinds: HashMap<&str, usize> = HashMap::new();
        pairs.iter().for_each(|pair| *kinds.entry(pair.id).or_default() += 1);
        for pair in &pairs {
            // Once OLD has ended, nothing that it gives can be lost.
            let losses = if old_ended.is_none() { comparison.losses_of(pair) } else { Vec::new() };
            let shared = kinds.get(pair.id).is_some_and(|kinds| *kinds > 1);
            report.findings.extend(findings::of_pair(&comparison, pair, &losses, (zone, shared), &mut places));
            report.items.push(build::item(&comparison, pair, &losses, zone));
            all_losses.extend(losses);
        }
        if old_ended.is_none() {
            let losses = comparison.administrator_losses();
            report.findings.extend(findings::of_administrators(&comparison, &losses, zone, &mut places));
            all_losses.extend(losses);
            let [old_places, new_places] = &mut places;
            let of_old = unclear::of_side(old, as_of, old_places).into_iter();
            report.findings.extend(of_old.map(|(finding, at)| DiffFinding { old: Some(at), ..finding }));
            let of_new = unclear::of_side(new, as_of, new_places).into_iter();
            report.findings.extend(of_new.map(|(finding, at)| DiffFinding { new: Some(at), ..finding }));
            report.looks_swapped = falls::look_swapped(&pairs, as_of);
        }
        report.unchanged = report.items.iter().filter(|item| !item.changed).count();
        report.sums = ItemKind::SEATED.into_iter().filter_map(|kind| sum(kind, &report.items)).collect();
        report.nothing_lost = Some(report.findings.is_empty());
        report.verdict = Some(verdict::verdict(&report, findings::first(&all_losses, zone), zone));
        report
    }

    /// Adds to every item the entries of NEW that its seats come from, for a page.
    pub fn add_entries(&mut self, new: &Side<'_>, zone: Zone) {
        let Some(document) = new.license() else { return };
        let license = License::new(new.source(), new.place(), document);
        let mut explanations = explanations_by_id(license, self.as_of, zone);
        for item in &mut self.items {
            item.explanation = explanations.remove(&(item.kind, item.id.clone())).unwrap_or_default();
        }
    }

    /// The answer where an input could not be read: `nothingLost` is null.
    #[must_use]
    pub fn unread(question: DiffQuestion, failures: Vec<FailureReport>) -> Self {
        Self { failures, ..Self::empty(question.as_of) }
    }

    fn empty(as_of: Instant) -> Self {
        Self {
            schema: Self::SCHEMA.into(),
            as_of,
            old: None,
            new: None,
            nothing_lost: None,
            verdict: None,
            old_ended: None,
            looks_swapped: false,
            not_judged: Vec::new(),
            old_tells: Vec::new(),
            items: Vec::new(),
            unchanged: 0,
            sums: Vec::new(),
            costs: None,
            falls: Vec::new(),
            capabilities: None,
            findings: Vec::new(),
            failures: Vec::new(),
        }
    }
}

/// The sorts of things that a license resource does not tell.
const NOT_TOLD: [Given; 6] = [
    Given::Capability,
    Given::Definition,
    Given::Inclusion,
    Given::IncludedEntitlement,
    Given::Entitlement,
    Given::App,
];

/// `MyEsri.capabilities` of both licenses; `None` where they are equal.
fn capabilities(old: &Side<'_>, new: &Side<'_>) -> Option<CapabilitiesChange> {
    let [old, new] = [old.license()?, new.license()?];
    let [old, new] = [old, new].map(|license| license.my_esri.capabilities.as_written().map(Cow::into_owned));
    (old != new).then_some(CapabilitiesChange { old, new })
}

fn sum(kind: ItemKind, items: &[DiffItem]) -> Option<DiffSum> {
    let of_kind = || items.iter().filter(|item| item.kind == kind);
    of_kind().next()?;
    let total = |seats: fn(&DiffItem) -> Option<u64>| of_kind().filter_map(seats).map(u128::from).sum::<u128>();
    let (old, new) = (total(|item| item.old), total(|item| item.new));
    let delta = i128::try_from(new).unwrap_or(i128::MAX) - i128::try_from(old).unwrap_or(i128::MAX);
    Some(DiffSum { kind, old, new, delta })
}

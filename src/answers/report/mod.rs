//! `report`: from a license document to the seats that it gives.

mod costs;
mod html;
mod plain_row;
mod plain_rows;
mod rows;
mod text;
mod value;
mod xlsx;

pub use html::report_html;
pub(crate) use plain_rows::{PlainReport, PlainRows};
pub use text::{report_markdown, report_table};
pub(crate) use value::ReportParts;
pub use value::{Change, Entitlement, Included, ItemReport, LicenseReport, Report};
pub(crate) use xlsx::report_xlsx;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::answers::why::explanations;
use crate::answers::{ItemEntries, Origin, findings};
use crate::json::Place;
use crate::license::catalog::known_as;
use crate::license::{
    Administrator, AdministratorList, Compatible, IncludedExtension, Item, ItemKind, LicenseDocument, Version,
    foreign_list, id, usable_administrator_types,
};
use crate::rules::reading;
use crate::seats::Step;
use crate::source::License;
use crate::time::{Instant, Zone};

/// The question that `report` asks of a license.
///
/// ```
/// use seatline::parts::LicenseReport;
/// use seatline::{Document, Instant, License, Report, ReportQuestion, Source};
///
/// let source = Source::decode("license.json", std::fs::read("samples/portal-10.8.json")?)?;
/// let as_of = Instant::from_epoch_ms(1_546_300_800_000); // 2019-01-01
/// let question = ReportQuestion { as_of, administrators: None };
/// let (mut licenses, mut failures) = (Vec::new(), Vec::new());
/// for found in source.documents() {
///     match found.document {
///         Ok(Document::License(document)) => {
///             let license = License::new(&source, &found.place, &document);
///             licenses.push(LicenseReport::new(license, question));
///         }
///         Ok(_) => {} // a document of another kind
///         Err(failure) => failures.push(failure.into()),
///     }
/// }
/// let report = Report::new(as_of, licenses, failures);
/// let creator = report.licenses[0].items.iter().find(|item| item.id == "creatorUT").ok_or("no Creator")?;
/// assert_eq!((creator.usable_seats, creator.certain), (Some(200), true));
/// let json = serde_json::to_string(&report)?;
/// assert_eq!(serde_json::from_str::<Report>(&json)?.as_of, as_of);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ReportQuestion<'q> {
    /// The instant at which the seats are counted.
    pub as_of: Instant,
    /// The administrator list of the license, where there is one.
    pub administrators: Option<&'q AdministratorList>,
}

impl LicenseReport {
    /// The items that a license document gives, with the findings about reading it.
    #[must_use]
    pub fn new(license: License<'_>, question: ReportQuestion<'_>) -> Self {
        Self::with_parts(license, question, ReportParts::ALL)
    }

    /// As [`Self::new`], but items have only the members that are asked for; the others are empty.
    #[must_use]
    pub(crate) fn with_parts(license: License<'_>, question: ReportQuestion<'_>, parts: ReportParts) -> Self {
        let document = license.document;
        let (items, is_plain) = Item::all_and_plain(document);
        let unclear = if is_plain { Vec::new() } else { reading(document, &items, question.as_of) };
        let version = license.version();
        let mut included_by = IncludedBy::new();
        items.iter().filter(|_| parts.included).for_each(|item| add_included(&mut included_by, item));
        let foreign = question.administrators.map_or_else(Vec::new, |list| list.foreign_to(&items));
        let foreign = foreign.into_iter().map(str::to_owned).collect();
        let usable = usable_administrator_types(&items, question.administrators, question.as_of);
        let administrators = usable.map(|item| item.id.clone().into_owned()).collect();
        let parsed = version.as_deref().and_then(|version| version.parse().ok());
        let items: Vec<_> =
            items.into_iter().map(|item| item_report(item, document, parsed, &included_by, question, parts)).collect();
        Self {
            origin: Origin::of(license),
            administrators,
            foreign,
            items,
            costs: None,
            findings: findings(license, unclear),
            compatible: Vec::new(),
            not_asked_for: Vec::new(),
        }
    }
}

impl LicenseReport {
    /// As [`Self::with_parts`] for a document that is large and plain, some items at a time, so that not all items are
    /// in memory. For a document that is not plain it gives no items, and false. The user types for administrators are
    /// left out.
    pub(crate) fn in_portions(
        license: License<'_>,
        question: ReportQuestion<'_>,
        parts: ReportParts,
        portion: &mut dyn FnMut(Self),
    ) -> bool {
        const ITEMS: usize = 1 << 10;
        let document = license.document;
        let mut included_by = IncludedBy::new();
        if !Item::each_and_plain(document, &mut |item| add_included(&mut included_by, &item)) {
            return false;
        }
        let version = license.version();
        let parsed = version.as_deref().and_then(|version| version.parse().ok());
        let empty = Self {
            origin: Origin::of(license),
            administrators: Vec::new(),
            foreign: Vec::new(),
            items: Vec::new(),
            costs: None,
            findings: Vec::new(),
            compatible: Vec::new(),
            not_asked_for: Vec::new(),
        };
        let mut items = Vec::with_capacity(ITEMS);
        let _ = Item::each_and_plain(document, &mut |item| {
            items.push(item_report(item, document, parsed, &included_by, question, parts));
            if items.len() == ITEMS {
                let full = std::mem::replace(&mut items, Vec::with_capacity(ITEMS));
                portion(Self { items: full, ..empty.clone() });
            }
        });
        portion(Self { items, ..empty });
        true
    }

    /// Adds to every item the entries that its seats come from, for a page. Call it before filtering.
    pub fn add_entries(&mut self, license: License<'_>, as_of: Instant, zone: Zone) {
        let all = explanations(license, as_of, zone);
        self.items.iter_mut().zip(all).for_each(|(item, explanation)| item.explanation = explanation);
        let compatible = |item: &&ItemReport| item.administrator.is_some_and(|one| one.compatible == Compatible::Yes);
        let compatible = self.items.iter().filter(compatible);
        self.compatible = compatible.map(|item| (item.id.clone(), item.timeline.clone())).collect();
    }

    /// The remark that the administrator list probably belongs to another license; `None` where it fits.
    #[must_use]
    pub fn foreign_list(&self) -> Option<String> {
        foreign_list(&self.foreign).map(String::from)
    }
}

fn item_report(
    item: Item<'_>,
    document: &LicenseDocument<'_>,
    version: Option<Version>,
    included_by: &IncludedBy<'_>,
    question: ReportQuestion<'_>,
    parts: ReportParts,
) -> ItemReport {
    let ReportQuestion { as_of, administrators } = question;
    let holding = if parts.holding { item.holding_at(&document.my_esri, as_of) } else { None };
    let Item { kind, id, definition, timeline, .. } = item;
    let has_seats = kind != ItemKind::Capability;
    let user_type = definition.and_then(|definition| definition.user_type());
    let included = user_type.filter(|_| parts.included).map_or(&[][..], |user_type| user_type.extensions.elements());
    let definition = definition.filter(|_| parts.definition);
    let user_type = user_type.filter(|_| parts.definition);
    let change = |step: Step| Change { at: step.at, seats: has_seats.then_some(step.seats) };
    ItemReport {
        kind,
        name: definition.and_then(|definition| definition.name()).map(Cow::into_owned),
        known_as: if parts.definition { known_as(kind, &id, version).map(str::to_owned) } else { None },
        level: user_type.and_then(|user_type| user_type.level.as_written()).map(Cow::into_owned),
        usable_seats: has_seats.then(|| timeline.seats_at(as_of)),
        status: timeline.status_at(as_of),
        certain: timeline.is_certain_at(as_of),
        certain_until: timeline.certain_until(as_of),
        since: timeline.step_at(as_of).map(|step| step.at),
        ends_at: timeline.end_after(as_of),
        final_end: timeline.final_end(),
        next_change: timeline.next_change(as_of).map(change),
        administrator: (kind == ItemKind::UserType).then(|| Administrator::of(&id, administrators)),
        includes: included.iter().filter_map(included_id).map(Cow::into_owned).collect(),
        included_by: match kind {
            ItemKind::Extension => included_by.get(id.as_ref()).cloned().unwrap_or_default(),
            _ => Vec::new(),
        },
        description: definition.and_then(|definition| definition.description()).map(Cow::into_owned),
        is_esri_default: user_type.and_then(|user_type| user_type.is_esri_default.boolean()),
        included_entitlements: included.iter().filter_map(included_entitlements).collect(),
        entitlements: holding.as_ref().map_or_else(Vec::new, |holding| {
            let entitlements = holding.entitlements().into_iter();
            entitlements.map(|(api_name, num)| Entitlement { api_name: api_name.map(Cow::into_owned), num }).collect()
        }),
        apps: holding.and_then(|holding| holding.apps()),
        id: id.into_owned(),
        timeline,
        explanation: ItemEntries::default(),
    }
}

fn included_id<'d>(extension: &'d Place<IncludedExtension<'d>>) -> Option<Cow<'d, str>> {
    id(extension.here()?.id).ok()
}

fn included_entitlements(extension: &Place<IncludedExtension<'_>>) -> Option<Included> {
    let entitlements = extension.here()?.entitlements.strings()?;
    Some(Included { extension: included_id(extension)?.into_owned(), entitlements })
}

/// The ids of the user types that include each extension, in the license's order.
type IncludedBy<'d> = HashMap<Cow<'d, str>, Vec<String>>;

fn add_included<'d>(included_by: &mut IncludedBy<'d>, item: &Item<'d>) {
    let Some(user_type) = item.definition.and_then(|definition| definition.user_type()) else { return };
    for extension in user_type.extensions.elements().iter().filter_map(included_id) {
        let by = included_by.entry(extension).or_default();
        if by.last().is_none_or(|last| *last != item.id) {
            by.push(item.id.clone().into_owned());
        }
    }
}

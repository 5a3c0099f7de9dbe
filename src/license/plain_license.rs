//! Reads a plain license in one pass over its text.

use std::num::NonZero;

use crate::json::{JsonScan, once, scan_object};
use crate::license::ItemKind;
use crate::license::plain_items::PlainItems;
use crate::license::plain_mentions::PlainMentions;
use crate::license::reading::plain_date;
use crate::seats::{Window, WindowEnd};

/// A license of which every member that is read has its documented form, and about whose reading nothing is to be said.
/// Nearly every license is one, and this is all that the rows of a report need of it.
#[derive(Default)]
pub(crate) struct PlainLicense<'a> {
    pub(crate) version: Option<&'a str>,
    pub(crate) user_types: Vec<PlainDefinition<'a>>,
    pub(crate) app_bundles: Vec<PlainDefinition<'a>>,
    /// The items with seats, in the order of [`ItemKind::SEATED`].
    pub(crate) seated: [PlainItems<'a>; 4],
    pub(crate) capabilities: Vec<(&'a str, Vec<Window>)>,
    /// What entries hold besides seats.
    pub(crate) extras: Vec<PlainExtra<'a>>,
}

/// A definition of a user type or an app bundle.
#[derive(Default)]
pub(crate) struct PlainDefinition<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
    pub(crate) level: Option<&'a str>,
    pub(crate) is_esri_default: Option<bool>,
    /// The text of the list of included extensions.
    pub(crate) extensions: Option<&'a str>,
}

/// The texts of two lists.
#[derive(Default)]
pub(crate) struct PlainExtra<'a> {
    pub(crate) apps: Option<&'a str>,
    pub(crate) entitlements: Option<&'a str>,
}

impl<'a> PlainLicense<'a> {
    /// Reads a text that is one license and nothing else. `None` where it is not, or not plain, or has a form that is not usual:
    /// then the text is to be read as any other.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        let mut place = JsonScan::new(text)?;
        let scan = &mut place;
        let (mut reader, mut is_read) = (PlainReader::default(), None);
        let _ = scan.is_at_end();
        scan_object!(scan, {
            "MyEsri" => once(&mut is_read, scan.apart(|scan| reader.my_esri(scan))),
        })?;
        is_read?;
        if !scan.is_at_end() {
            return None;
        }
        let PlainReader { mut license, mentions } = reader;
        for (items, mentions) in license.seated.iter_mut().zip(mentions) {
            *items = mentions.items()?;
        }
        Some(license)
    }

    pub(crate) fn item_count(&self) -> usize {
        self.seated.iter().map(|items| items.items().len()).sum::<usize>() + self.capabilities.len()
    }

    /// The definition of an item of this kind.
    pub(crate) fn definition(&self, kind: ItemKind, number: u32) -> Option<&PlainDefinition<'a>> {
        let definitions = if kind == ItemKind::UserType { &self.user_types } else { &self.app_bundles };
        definitions.get(usize::try_from(number).ok()?)
    }
}

/// A license while its text is read.
#[derive(Default)]
struct PlainReader<'a> {
    license: PlainLicense<'a>,
    /// The items with seats, in the order of [`ItemKind::SEATED`].
    mentions: [PlainMentions<'a>; 4],
}

impl<'a> PlainReader<'a> {
    fn my_esri(&mut self, scan: &mut JsonScan<'a>) -> Option<()> {
        let (mut version, mut capabilities, mut definitions, mut provision, mut dates) = (None, None, None, None, None);
        scan_object!(scan, {
            "version" => once(&mut version, scan.nullable(JsonScan::string)),
            "capabilities" => once(&mut capabilities, scan.apart(JsonScan::skip)),
            "definitions" => {
                // Defined items come first, so their definitions must.
                if provision.is_some() {
                    return None;
                }
                once(&mut definitions, scan.nullable(|scan| scan.apart(|scan| self.definitions(scan))))
            },
            "provision" => once(&mut provision, scan.apart(|scan| self.provision(scan))),
            "portalCapabilities" => once(&mut dates, scan.nullable(|scan| scan.apart(|scan| self.capabilities(scan)))),
        })?;
        self.license.version = version.flatten();
        provision
    }

    fn definitions(&mut self, scan: &mut JsonScan<'a>) -> Option<()> {
        let (mut user_types, mut app_bundles) = (None, None);
        let [of_user_types, of_app_bundles, ..] = &mut self.mentions;
        scan_object!(scan, {
            "userTypes" => once(&mut user_types, definitions(scan, user_type, &mut self.license.user_types, of_user_types)),
            "appBundles" => once(&mut app_bundles, definitions(scan, app_bundle, &mut self.license.app_bundles, of_app_bundles)),
        })
    }

    fn provision(&mut self, scan: &mut JsonScan<'a>) -> Option<()> {
        let (mut user_types, mut app_bundles, mut extensions, mut apps) = (None, None, None, None);
        let ([of_user_types, of_app_bundles, of_extensions, of_apps], extras) =
            (&mut self.mentions, &mut self.license.extras);
        scan_object!(scan, {
            "userTypes" => once(&mut user_types, entries(scan, of_user_types, extras)),
            "appBundles" => once(&mut app_bundles, entries(scan, of_app_bundles, extras)),
            "extensions" => once(&mut extensions, entries(scan, of_extensions, extras)),
            "apps" => once(&mut apps, entries(scan, of_apps, extras)),
        })?;
        // A license must provide user types.
        user_types.flatten()
    }

    fn capabilities(&mut self, scan: &mut JsonScan<'a>) -> Option<()> {
        /// More than any license has; they are found one after the other.
        const MOST: usize = 32;
        scan.list(|scan| {
            let (id, window) = capability(scan)?;
            let known = self.license.capabilities.iter_mut().find(|(known, _)| *known == id);
            match known {
                Some((_, windows)) => windows.push(window),
                None => self.license.capabilities.push((id, vec![window])),
            }
            (self.license.capabilities.len() <= MOST).then_some(())
        })
    }
}

/// A list of definitions, or `null`.
fn definitions<'a>(
    scan: &mut JsonScan<'a>,
    read: fn(&mut JsonScan<'a>) -> Option<PlainDefinition<'a>>,
    definitions: &mut Vec<PlainDefinition<'a>>,
    items: &mut PlainMentions<'a>,
) -> Option<Option<()>> {
    scan.nullable(|scan| {
        scan.list(|scan| {
            let definition = scan.apart(read)?;
            items.define(definition.id, definitions.len())?;
            definitions.push(definition);
            Some(())
        })
    })
}

fn user_type<'a>(scan: &mut JsonScan<'a>) -> Option<PlainDefinition<'a>> {
    let (mut id, mut name, mut description, mut level, mut is_default, mut extensions) = Default::default();
    scan_object!(scan, {
        "id" => once(&mut id, some_text(scan)),
        "name" => once(&mut name, scan.nullable(JsonScan::string)),
        "description" => once(&mut description, scan.nullable(JsonScan::string)),
        "level" => once(&mut level, scan.nullable(JsonScan::string)),
        "isEsriDefault" => once(&mut is_default, scan.nullable(JsonScan::boolean)),
        "extensions" => once(&mut extensions, scan.nullable(|scan| scan.apart(included_extensions))),
    })?;
    Some(PlainDefinition {
        id: id?,
        name: Option::flatten(name),
        description: Option::flatten(description),
        level: Option::flatten(level),
        is_esri_default: Option::flatten(is_default),
        extensions: Option::flatten(extensions),
    })
}

fn app_bundle<'a>(scan: &mut JsonScan<'a>) -> Option<PlainDefinition<'a>> {
    let (mut id, mut name, mut description) = Default::default();
    scan_object!(scan, {
        "appBundleItemId" => once(&mut id, some_text(scan)),
        "name" => once(&mut name, scan.nullable(JsonScan::string)),
        "description" => once(&mut description, scan.nullable(JsonScan::string)),
    })?;
    let (name, description) = (Option::flatten(name), Option::flatten(description));
    Some(PlainDefinition { id: id?, name, description, ..PlainDefinition::default() })
}

/// The text of a list of included extensions.
fn included_extensions<'a>(scan: &mut JsonScan<'a>) -> Option<&'a str> {
    scan.text_of(|scan| scan.list(|scan| included(scan).map(drop)))
}

/// An included extension: its id, and the text of the list of its entitlements.
pub(crate) fn included<'a>(scan: &mut JsonScan<'a>) -> Option<(&'a str, Option<&'a str>)> {
    let (mut id, mut entitlements) = (None, None);
    scan_object!(scan, {
        "id" => once(&mut id, some_text(scan)),
        "entitlements" => once(&mut entitlements, scan.nullable(strings)),
    })?;
    Some((id?, entitlements.flatten()))
}

/// A list of entries, or `null`.
fn entries<'a>(
    scan: &mut JsonScan<'a>,
    items: &mut PlainMentions<'a>,
    extras: &mut Vec<PlainExtra<'a>>,
) -> Option<Option<()>> {
    scan.nullable(|scan| scan.list(|scan| scan.apart(|scan| entry(scan, items, extras))))
}

fn entry<'a>(scan: &mut JsonScan<'a>, items: &mut PlainMentions<'a>, extras: &mut Vec<PlainExtra<'a>>) -> Option<()> {
    let (mut id, mut seats, mut start, mut apps, mut entitlements) = (None, None, None, None, None);
    scan_object!(scan, {
        "id" => once(&mut id, some_text(scan)),
        "maxUsers" => once(&mut seats, scan.number()),
        "startDate" => once(&mut start, scan.number().and_then(plain_date)),
        "apps" => once(&mut apps, scan.nullable(|scan| scan.apart(strings))),
        "entitlements" => once(&mut entitlements, scan.nullable(|scan| scan.apart(entitlements_of_entry))),
    })?;
    let extra = PlainExtra { apps: apps.flatten(), entitlements: entitlements.flatten() };
    let mut number = None;
    if extra.apps.is_some() || extra.entitlements.is_some() {
        extras.push(extra);
        number = NonZero::new(u32::try_from(extras.len()).ok()?);
    }
    items.add(id?, start?, seats?, number)
}

/// The text of a list of entitlements.
fn entitlements_of_entry<'a>(scan: &mut JsonScan<'a>) -> Option<&'a str> {
    scan.text_of(|scan| scan.list(|scan| entitlement(scan).map(drop)))
}

/// An entitlement of an entry: its name, and its number of seats.
pub(crate) fn entitlement<'a>(scan: &mut JsonScan<'a>) -> Option<(Option<&'a str>, Option<u64>)> {
    let (mut num, mut api_name) = (None, None);
    scan_object!(scan, {
        "num" => once(&mut num, scan.number()),
        "apiName" => once(&mut api_name, scan.nullable(JsonScan::string)),
    })?;
    Some((api_name.flatten(), num))
}

fn capability<'a>(scan: &mut JsonScan<'a>) -> Option<(&'a str, Window)> {
    let (mut id, mut start, mut end) = (None, None, None);
    let date = |scan: &mut JsonScan<'a>| scan.number().and_then(plain_date);
    scan_object!(scan, {
        "id" => once(&mut id, some_text(scan)),
        "startDate" => once(&mut start, date(scan)),
        "endDate" => once(&mut end, scan.nullable(date)),
    })?;
    let end = end.flatten().map_or(WindowEnd::Open, WindowEnd::At);
    Some((id?, Window { start: Some(start?), end }))
}

/// The text of a list of strings.
fn strings<'a>(scan: &mut JsonScan<'a>) -> Option<&'a str> {
    scan.text_of(|scan| scan.list(|scan| scan.string().map(drop)))
}

/// A string that is not empty.
#[inline(always)]
fn some_text<'a>(scan: &mut JsonScan<'a>) -> Option<&'a str> {
    scan.string().filter(|text| !text.is_empty())
}

//! `preflight`: the day of an import, case by case and against a naive computation.

mod calendar;
mod case;
mod demands;
mod doubt;
mod eases;
mod files;
mod first_line;
mod formats;
mod mail;
mod mail_changes;
mod many;
mod naive;
mod over;
mod pack;
mod portal;
mod property;
mod qualified;
mod second;
mod stories;
pub(crate) mod told;

/// The story of the renewal, on a day when it must be acted upon.
const RENEWAL: [&str; 7] = [
    "samples/renewal/new.json",
    "--over",
    "samples/renewal/old.json",
    "--usage",
    "samples/renewal/members.csv",
    "--as-of",
    "2026-12-01",
];

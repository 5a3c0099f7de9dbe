//! `preflight`: imports case by case, and random ones against a naive computation.

mod calendar;
mod case;
mod counts_of_old;
mod demands;
mod doubt;
mod eases;
mod files;
mod first_line;
mod formats;
mod lost_once;
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

/// The renewal of the samples, on a day when an action is due.
const RENEWAL: [&str; 7] = [
    "samples/renewal/new.json",
    "--over",
    "samples/renewal/old.json",
    "--usage",
    "samples/renewal/members.csv",
    "--as-of",
    "2026-12-01",
];

//! `preflight`: the day of an import, case by case and against a naive computation.

mod calendar;
mod case;
mod demands;
mod files;
mod first_line;
mod formats;
mod mail;
mod many;
mod naive;
mod pack;
mod portal;
mod property;
mod stories;

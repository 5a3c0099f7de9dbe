//! `preflight`: the day of an import, case by case and against a naive computation.

mod calendar;
mod case;
mod formats;
mod mail;
mod naive;
mod pack;
mod property;
mod stories;

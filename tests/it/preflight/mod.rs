//! `preflight`: the day of an import, case by case and against a naive computation.

mod calendar;
mod case;
mod demands;
mod files;
mod formats;
mod naive;
mod portal;
mod property;
mod stories;

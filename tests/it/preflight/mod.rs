//! `preflight`: the day of an import, case by case and against a naive computation.

mod calendar;
mod naive;
mod stories;

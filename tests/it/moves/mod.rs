//! Orders of moves against searches that try everything, and `seatline moves` as users run it.

mod case;
mod few;
mod formats;
mod inputs;
mod named;
mod oracle;
mod parking;
mod plans;
mod portal;
mod reasons;
mod refusals;

//! `seatline report`: its words and its rows.

mod rows;
mod words;

//! `seatline why`: the entries of an item, and which of them holds.

mod every_item;
mod stories;

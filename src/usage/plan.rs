//! Seats that are planned to be assigned: `kind,id,count[,from]`.

use crate::license::{ItemKind, MAX_SEATS};
use crate::source::{Columns, Failure, Source, sheet};
use crate::time::when::{self, Clock, Edge};
use crate::time::{Instant, Zone};

/// Seats that will be assigned in addition to those of today.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The name of the input; empty where there is no plan.
    pub source: String,
    /// The lines of the plan, in their order.
    pub rows: Vec<Planned>,
}

/// A line of a plan: from an instant on, more seats are assigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The kind of the item; never a capability, which has no seats.
    pub kind: ItemKind,
    /// As the license writes it.
    pub id: String,
    /// The number of seats, in addition to those assigned today and to other lines.
    pub count: u64,
    /// The instant from which on the seats are assigned; `None` for at once.
    pub from: Option<Instant>,
}

const COLUMNS: Columns = Columns { required: &["kind", "id", "count"], optional: &["from"], others: false };

impl Plan {
    /// Reads a plan. A `from` without a time begins in `zone`.
    ///
    /// # Errors
    /// Where the source is no such CSV, a kind, count or date cannot be read, or all counts together exceed what a
    /// license can give: the line, and what was expected.
    pub fn read(source: &Source, clock: Clock, zone: Zone) -> Result<Self, Failure> {
        let mut rows = Vec::new();
        let mut sum = 0_u64;
        for row in sheet::rows(source, COLUMNS)? {
            let text = |column: usize| row.cell(column).unwrap_or_default();
            let kind = ItemKind::seated(text(0)).map_err(|message| row.failure_at(source, 0, message))?;
            let digits = !text(2).is_empty() && text(2).bytes().all(|byte| byte.is_ascii_digit());
            let count = text(2).parse().ok().filter(|count| digits && *count <= MAX_SEATS).ok_or_else(|| {
                let message = format!("count is to be a whole number of seats that are added, and is {:?}", text(2));
                row.failure_at(source, 2, message)
            })?;
            sum = sum.saturating_add(count);
            if sum > MAX_SEATS {
                return Err(row.failure_at(
                    source,
                    2,
                    format!("with this line more than {MAX_SEATS} seats are added in all"),
                ));
            }
            let from = row.cell(3).map(|from| when::parse(from, clock, zone, Edge::Begins)).transpose();
            let from = from.map_err(|error| row.failure_at(source, 3, format!("from {:?}: {error}", text(3))))?;
            rows.push(Planned { kind, id: text(1).to_owned(), count, from });
        }
        Ok(Self { source: source.name().to_owned(), rows })
    }

    /// The latest instant at which a line with seats begins.
    #[must_use]
    pub fn latest(&self) -> Option<Instant> {
        self.rows.iter().filter(|row| row.count > 0).filter_map(|row| row.from).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Plan, String> {
        let as_of = Instant::from_epoch_ms(1_546_300_800_000);
        let clock = Clock { now: as_of, as_of };
        Plan::read(&Source::from_text("plan.csv", text), clock, Zone::UTC).map_err(|failure| failure.to_string())
    }

    #[test]
    fn lines_say_what_is_added_and_from_when() {
        let plan = read("kind,id,count,from\nuserType,creatorUT,5,\napp,tracker,2,2019-03-01\n").unwrap();
        assert_eq!(plan.rows.len(), 2);
        assert_eq!(plan.rows[0], Planned { kind: ItemKind::UserType, id: "creatorUT".into(), count: 5, from: None });
        assert_eq!(plan.latest().unwrap().to_string(), "2019-03-01T00:00:00Z");
    }

    #[test]
    fn what_cannot_be_read_is_pointed_at() {
        for (line, message) in [
            (
                "usertype,creatorUT,5,",
                "plan.csv:2:1: no kind with seats is called \"usertype\" (did you mean userType?)",
            ),
            ("capability,indoors,5,", "no kind with seats is called \"capability\""),
            ("app,tracker,-2,", "count is to be a whole number of seats that are added, and is \"-2\""),
            ("app,tracker,+2,", "and is \"+2\""),
            ("app,tracker,2.5,", "and is \"2.5\""),
            ("app,tracker,9007199254740992,", "and is \"9007199254740992\""),
            (
                "app,tracker,9007199254740991,\napp,survey123,1,",
                "plan.csv:3:15: with this line more than 9007199254740991",
            ),
            ("app,tracker,2,tomorrow", "from \"tomorrow\": expected 2027-06-30"),
        ] {
            let found = read(&format!("kind,id,count,from\n{line}\n")).unwrap_err();
            assert!(found.contains(message), "{line}: {found}");
        }
    }
}

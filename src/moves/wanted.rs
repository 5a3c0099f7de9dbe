//! The user types that members are to have, by a CSV `username,userType` or for all members of a user type.

use std::collections::BTreeSet;

use crate::source::{Columns, Failure, Source, sheet};
use crate::usage::{NoType, TypeNames};

/// The moves that a user asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The moves of single members, one for each line of the CSV.
    pub moves: Vec<Move>,
    /// The moves of all members of a user type: the id of this user type, and the id of the one they are to have.
    pub maps: Vec<(String, String)>,
    /// The names of the inputs that the moves come from.
    pub sources: Vec<String>,
}

/// A member who is to have a user type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The user name, as the portal writes it.
    pub username: String,
    /// The id or the name of the new user type.
    pub user_type: String,
    /// The place that asks for the move: `moves.csv:3`.
    pub place: String,
}

const COLUMNS: Columns =
    Columns { required: &["username", "userType"], optional: &["batch", "from", "applied"], others: false };

impl Wanted {
    /// Adds the moves in a CSV `username,userType`. Its columns `batch`, `from` and `applied`, as in the CSV of a plan, are not
    /// looked at.
    ///
    /// # Errors
    /// Where the source is no such CSV.
    pub fn read(&mut self, source: &Source) -> Result<(), Failure> {
        self.sources.push(source.name().to_owned());
        for row in sheet::rows(source, COLUMNS)? {
            let cell = |column: usize| row.cell(column).unwrap_or_default().to_owned();
            let place = format!("{}:{}", source.name(), row.line);
            self.moves.push(Move { username: cell(0), user_type: cell(1), place });
        }
        Ok(())
    }

    /// The moves with ids in place of the names of user types; which names stood for which ids; and the texts that are
    /// neither an id nor a name, with their places. These texts stay as they are.
    #[must_use]
    pub(crate) fn with_ids(&self, names: &TypeNames) -> (Self, Vec<String>, Vec<(String, NoType)>) {
        let (mut named, mut unknown) = (BTreeSet::new(), Vec::new());
        let mut found = |text: &str, id: String| {
            if id != text {
                named.insert(format!("{text:?} is {id}"));
            }
            id
        };
        let mut find = |place: &str, text: &str, may_be_unknown: bool| match names.find(text) {
            Ok(id) => found(text, id),
            Err(why) => {
                if !may_be_unknown || matches!(why, NoType::Ambiguous(_)) {
                    unknown.push((format!("{place}: the user type {text:?}"), why));
                }
                text.to_owned()
            }
        };
        let moves =
            self.moves.iter().map(|one| Move { user_type: find(&one.place, &one.user_type, false), ..one.clone() });
        let moves = moves.collect();
        let maps = self.maps.iter().map(|(from, to)| {
            let place = format!("map {from}={to}");
            // Members may have a user type that the license no longer has.
            (find(&place, from, true), find(&place, to, false))
        });
        let maps = maps.collect();
        (Self { moves, maps, sources: self.sources.clone() }, named.into_iter().collect(), unknown)
    }
}

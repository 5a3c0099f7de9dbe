//! Which members are to have which user type: `username,userType`, or all members of a type.

use crate::source::{Columns, Failure, Source, sheet};

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Members one by one.
    pub moves: Vec<Move>,
    /// All members of a user type: its id, and that of the type they are to have.
    pub maps: Vec<(String, String)>,
    /// The names of the inputs that say so.
    pub sources: Vec<String>,
}

/// A member who is to have a user type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The user name.
    pub username: String,
    /// The id of the user type.
    pub user_type: String,
    /// Where it is said: `moves.csv:3`.
    pub place: String,
}

const COLUMNS: Columns = Columns { required: &["username", "userType"], optional: &["batch", "from"], others: false };

impl Wanted {
    /// Adds what a CSV `username,userType` wants; `batch` and `from`, as in the CSV of a plan, are not looked at.
    ///
    /// # Errors
    /// Where it is not such a CSV.
    pub fn read(&mut self, source: &Source) -> Result<(), Failure> {
        self.sources.push(source.name().to_owned());
        for row in sheet::rows(source, COLUMNS)? {
            let cell = |column: usize| row.cell(column).unwrap_or_default().to_owned();
            let place = format!("{}:{}", source.name(), row.line);
            self.moves.push(Move { username: cell(0), user_type: cell(1), place });
        }
        Ok(())
    }
}

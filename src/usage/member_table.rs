//! Members and counts in tables: those that programs write, those of people, and the portal's own member report.

use crate::source::plain_text::plain_title;
use crate::source::sheet::table::{Record, Table};
use crate::source::{Failure, Source};
use crate::usage::account::{Account, LeftOut, TypeText, UserTypeForm};
use crate::usage::counts::KeyCount;
use crate::usage::words::{is_disabled, is_nothing, yes_or_no};

/// The titles that a column may have, in small letters and without separators; the first title that is found counts.
/// Titles of user types come with the form in which the column names them.
const USERNAME: &[&str] = &["username"];
const USER_TYPE: &[(&str, UserTypeForm)] = &[
    ("userlicensetypeid", UserTypeForm::IdColumn),
    ("userlicensetype", UserTypeForm::Column),
    ("licensetypeid", UserTypeForm::IdColumn),
    ("licensetype", UserTypeForm::Column),
    ("usertypeid", UserTypeForm::IdColumn),
    // The user type in the member report. In an answer of the portal, `userType` is the way in which a member signs
    // in.
    ("usertype", UserTypeForm::Column),
    ("type", UserTypeForm::Column),
];
/// The titles that programs give to the two columns of a table of frequencies: the value, and how often it occurs.
const KEY: &[&str] = &["key"];
const OTHER_KEY: &[&str] = &["var1", "name", "value"];
const COUNT: &[&str] = &["count", "n", "freq", "frequency", "members", "numberofmembers"];
const ROLE: &[&str] = &["role"];
const DISABLED: &[&str] = &["disabled"];
const STATUS: &[&str] = &["memberaccountstatus", "accountstatus", "memberstatus", "status"];

/// The members or counts in a table.
pub(super) enum TableContents {
    Members(Vec<Account>),
    Counts(Vec<KeyCount>),
}

/// The columns of a table: each title in small letters, and its index.
struct ColumnTitles<'t> {
    source: &'t Source,
    table: &'t Table,
    plain: Vec<String>,
}

impl<'t> ColumnTitles<'t> {
    fn new(source: &'t Source, table: &'t Table) -> Self {
        Self { source, table, plain: table.titles.iter().map(|title| plain_title(title)).collect() }
    }

    /// The index of the column with one of these titles.
    ///
    /// # Errors
    /// Where two columns have the same title.
    fn place(&self, names: &[&str]) -> Result<Option<usize>, Failure> {
        for name in names {
            let mut places = self.plain.iter().enumerate().filter(|(_, title)| title == name).map(|(place, _)| place);
            match (places.next(), places.next()) {
                (Some(first), Some(second)) => {
                    let title = |place: usize| self.table.titles.get(place).map_or("", String::as_str);
                    let message =
                        format!("two columns are called {:?} and {:?}: leave one", title(first), title(second));
                    return Err(self.table.failure_at(self.source, second, message));
                }
                (Some(place), None) => return Ok(Some(place)),
                (None, _) => {}
            }
        }
        Ok(None)
    }

    /// The column of the user type. A portal's answer that was saved as a table has a `userType` that is not the user
    /// type; such a column counts only where there is no better one.
    fn user_type(&self) -> Result<Option<(usize, UserTypeForm)>, Failure> {
        for (name, given) in USER_TYPE {
            if let Some(place) = self.place(&[*name])? {
                return Ok(Some((place, *given)));
            }
        }
        Ok(None)
    }

    /// Whether the table has a column without a title and one other column, and the other holds whole numbers.
    fn are_index_and_counts(&self) -> bool {
        let is_number = |record: &Record| record.cell(1).is_some_and(|cell| cell.parse::<u64>().is_ok());
        let is_key = |record: &Record| record.cell(0).is_some_and(|cell| cell.parse::<u64>().is_err());
        matches!(self.plain.as_slice(), [index, _] if index.is_empty())
            && self.table.records.iter().all(|record| is_number(record) && is_key(record))
    }

    fn failure(&self, message: String) -> Failure {
        self.table.failure_at(self.source, 0, message)
    }

    fn missing(&self, what: &str) -> Failure {
        let titles: Vec<_> = self.table.titles.iter().filter(|title| !title.is_empty()).take(12).cloned().collect();
        self.failure(format!(
            "the first line is to name the columns, and none of them is the {what}; a list of members has username and \
             userLicenseTypeId (or \"User Type\", LicenseType, type), and if known role and disabled (or \"Member Account \
             Status\"), a list of counts has key and count; here are: {}",
            titles.join(", ")
        ))
    }
}

/// Reads a table of members or of counts.
///
/// # Errors
/// Where the columns are missing, or a cell cannot be read.
pub(super) fn read(source: &Source, left_out: &LeftOut) -> Result<TableContents, Failure> {
    let table = Table::read(source)?;
    let titles = ColumnTitles::new(source, &table);
    let (username, user_type) = (titles.place(USERNAME)?, titles.user_type()?);
    match (username, user_type, titles.place(COUNT)?) {
        (Some(username), Some(user_type), _) => {
            let columns = MemberColumns {
                username,
                user_type,
                role: titles.place(ROLE)?,
                disabled: titles.place(DISABLED)?,
                status: titles.place(STATUS)?,
            };
            let accounts = table.records.iter().map(|record| columns.account(source, record, left_out));
            Ok(TableContents::Members(accounts.collect::<Result<_, _>>()?))
        }
        (Some(_), None, _) => Err(titles.missing("user type")),
        (None, user_type, Some(count)) => {
            let known = titles.place(KEY)?.or(user_type.map(|(place, _)| place));
            let key = known.map_or_else(|| titles.place(OTHER_KEY), |place| Ok(Some(place)))?;
            let Some(key) = key else { return Err(titles.missing("key")) };
            let counted = table.records.iter().map(|record| counted(source, record, key, count));
            Ok(TableContents::Counts(counted.collect::<Result<_, _>>()?))
        }
        // The form in which pandas before 2.0 writes `value_counts`: the ids are the index, and their column has the
        // counts.
        (None, Some((1, _)), None) if titles.are_index_and_counts() => {
            let counted = table.records.iter().map(|record| counted(source, record, 0, 1));
            Ok(TableContents::Counts(counted.collect::<Result<_, _>>()?))
        }
        (None, _, None) => Err(titles.missing("username")),
    }
}

/// The indices of the columns of a table of members.
struct MemberColumns {
    username: usize,
    user_type: (usize, UserTypeForm),
    role: Option<usize>,
    disabled: Option<usize>,
    status: Option<usize>,
}

impl MemberColumns {
    fn account(&self, source: &Source, record: &Record, left_out: &LeftOut) -> Result<Account, Failure> {
        let cell = |column: usize| record.cell(column).filter(|cell| !is_nothing(cell));
        let Some(username) = record.cell(self.username) else {
            return Err(record.failure_at(source, self.username, "there is no username in this line"));
        };
        let (column, given) = self.user_type;
        let user_type = match cell(column) {
            Some(text) => Some(TypeText { text: text.to_owned(), given }),
            None if left_out.holds(username) => None,
            None => {
                let message =
                    format!("there is no user type of {username} in this line, so nobody knows whose seat it is");
                return Err(record.failure_at(source, column, message));
            }
        };
        let disabled = match self.disabled.and_then(|column| Some((column, cell(column)?))) {
            Some((column, text)) => Some(yes_or_no(text).or_else(|| is_disabled(text)).ok_or_else(|| {
                record.failure_at(source, column, format!("disabled is true or false, yes or no, and not {text:?}"))
            })?),
            None => self.status.and_then(cell).and_then(is_disabled),
        };
        let role = self.role.and_then(cell).map(str::to_owned);
        let (username, at) = (username.to_owned(), Some(record.position(source, column)));
        Ok(Account { username, user_type, role, disabled, extensions: None, at })
    }
}

fn counted(source: &Source, record: &Record, key: usize, column: usize) -> Result<KeyCount, Failure> {
    let at = Some(record.position(source, key));
    let Some(key) = record.cell(key) else {
        return Err(record.failure_at(source, key, "there is no key in this line"));
    };
    let text = record.cell(column).unwrap_or_default();
    let number = text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).unwrap_or(text);
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let count = number.parse().ok().filter(|count| digits && *count <= crate::license::MAX_SEATS);
    let count = count.ok_or_else(|| {
        record.failure_at(
            source,
            column,
            format!("the count of {key} is to be a whole number of members, and is {text:?}"),
        )
    })?;
    Ok(KeyCount { key: TypeText { text: key.to_owned(), given: UserTypeForm::Column }, count, at })
}

//! How many members a shortage locks out: certainly, and perhaps.

use std::fmt;

/// How many members of a user type are locked out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct LockedOut {
    /// Members who are locked out under every assumption.
    pub certainly: u64,
    /// Further members who are perhaps locked out: their roles are not known, they are only planned, or it is not certain
    /// that seats are missing.
    pub perhaps: u64,
}

impl LockedOut {
    /// All who are certainly or perhaps locked out.
    #[must_use]
    pub const fn at_most(self) -> u64 {
        self.certainly.saturating_add(self.perhaps)
    }

    /// Whether fewer than [`at_most`](Self::at_most) may be locked out.
    #[must_use]
    pub const fn is_upper_bound(self) -> bool {
        self.perhaps > 0
    }

    /// The members locked out, by the two numbers of an answer: at most `at_most`, and `certainly` of them for
    /// certain.
    #[must_use]
    pub const fn of_counts(at_most: u64, certainly: u64) -> Self {
        Self { certainly, perhaps: at_most.saturating_sub(certainly) }
    }

    /// Those of two user types.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            certainly: self.certainly.saturating_add(other.certainly),
            perhaps: self.perhaps.saturating_add(other.perhaps),
        }
    }

    /// "387 members", "up to 1 member", "387 members (perhaps 3 more)".
    #[must_use]
    pub fn members(self) -> String {
        let number = if self.certainly == 0 { self.perhaps } else { self.certainly };
        self.words(if number == 1 { " member" } else { " members" })
    }

    fn words(self, noun: &str) -> String {
        match (self.certainly, self.perhaps) {
            (certainly, 0) => format!("{certainly}{noun}"),
            (0, perhaps) => format!("up to {perhaps}{noun}"),
            (certainly, perhaps) => format!("{certainly}{noun} (perhaps {perhaps} more)"),
        }
    }
}

/// "387", "up to 3", "387 (perhaps 3 more)".
impl fmt::Display for LockedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(""))
    }
}

#[cfg(test)]
mod tests {
    use super::LockedOut;

    #[test]
    fn certain_and_possible_numbers_have_different_words() {
        let words_of = |certainly, perhaps| {
            let locked_out = LockedOut { certainly, perhaps };
            (locked_out.to_string(), locked_out.members())
        };
        let words = |number: &str, members: &str| (number.to_owned(), members.to_owned());
        assert_eq!(words_of(387, 0), words("387", "387 members"));
        assert_eq!(words_of(1, 0), words("1", "1 member"));
        assert_eq!(words_of(0, 1), words("up to 1", "up to 1 member"));
        assert_eq!(words_of(15, 3), words("15 (perhaps 3 more)", "15 members (perhaps 3 more)"));
        assert_eq!(words_of(0, 0), words("0", "0 members"));
    }
}

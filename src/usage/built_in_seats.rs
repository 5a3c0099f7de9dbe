//! Whether the portal's built-in accounts hold seats is not published: the usage if they do, and if they do not.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::license::ItemKind;
use crate::time::Instant;
use crate::usage::{Usage, count};

/// What follows from too many members with a user type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Harm {
    /// The first instant of it.
    pub(crate) at: Instant,
    /// The number of members who are locked out then.
    pub(crate) locked_out: u64,
    /// The number of seats that are missing then.
    pub(crate) short: u64,
}

/// The harm of each user type that has some.
pub(crate) type Harms = HashMap<String, Harm>;

impl Usage {
    /// The usage if the built-in accounts that were left out hold seats; `None` if no count changes. An account whose user type
    /// is not known gets the one of `user_types`, or of those in use, that does most harm, as `harms` computes it.
    #[must_use]
    pub(crate) fn with_built_in<'i>(
        &'i self,
        user_types: impl IntoIterator<Item = &'i str>,
        mut harms: impl FnMut(&Self) -> Harms,
    ) -> Option<Self> {
        let typed = self.built_in.iter().filter(|account| account.user_type.is_some()).count();
        let untyped = count(self.built_in.len() - typed).saturating_add(self.unnamed);
        let in_use = self.in_use().filter(|(kind, ..)| *kind == ItemKind::UserType).map(|(_, id, _)| id);
        let ids: BTreeSet<_> = in_use.chain(user_types).collect();
        let mut chosen = BTreeMap::new();
        if untyped > 0 {
            let each = |more: u64| self.with_accounts(&ids.iter().map(|id| (*id, more)).collect());
            let harms: Vec<_> = (0..=untyped).map(|more| harms(&each(more))).collect();
            chosen = worst(&ids.iter().copied().collect::<Vec<_>>(), &harms);
        }
        let with = self.with_accounts(&chosen);
        (with.counts != self.counts).then_some(with)
    }

    /// Every usage in which the built-in accounts that were left out hold seats: one for each way to give the accounts without a
    /// known user type one of `user_types`, or another one. If there are more than `most` ways, only those that give all of them
    /// one user type.
    pub(crate) fn ways_with_built_in(&self, user_types: &[&str], most: usize) -> Vec<Self> {
        let typed = self.built_in.iter().filter(|account| account.user_type.is_some()).count();
        let untyped = count(self.built_in.len() - typed).saturating_add(self.unnamed);
        let mut ways = vec![(BTreeMap::new(), untyped)];
        for id in user_types {
            let more = ways.iter().flat_map(|(way, left)| {
                (1..=*left).map(move |more| {
                    let mut way: BTreeMap<&str, u64> = way.clone();
                    way.insert(id, more);
                    (way, left - more)
                })
            });
            let more: Vec<_> = more.take(most).collect();
            ways.extend(more);
        }
        if ways.len() > most {
            let all_in_one = user_types.iter().map(|id| (BTreeMap::from([(*id, untyped)]), 0));
            ways = std::iter::once((BTreeMap::new(), untyped)).chain(all_in_one).take(most).collect();
        }
        let usages = ways.iter().map(|(way, _)| self.with_accounts(way));
        usages.filter(|with| with.counts != self.counts).collect()
    }

    /// The usage with the accounts whose user type is known, and with `more` accounts of some user types.
    fn with_accounts(&self, more: &BTreeMap<&str, u64>) -> Self {
        let mut all = more.clone();
        for id in self.built_in.iter().filter_map(|account| account.user_type.as_deref()) {
            *all.entry(id).or_default() += 1;
        }
        let mut counts = self.counts.clone();
        for (id, more) in all {
            let members = self.roles.get(id).map_or(0, |roles| roles.values().sum::<u64>());
            let counted = counts.entry((ItemKind::UserType, id.to_owned())).or_default();
            // A source that counts more than the listed members already counts some of these accounts.
            *counted = (*counted).max(members.saturating_add(more));
        }
        Self { counts, built_in: Vec::new(), unnamed: 0, fewest: BTreeMap::new(), ..self.clone() }
    }

    /// The usage if the built-in accounts hold no seat; `None` where no count may hold some of them. Two sources count
    /// differently then, and the larger count was taken.
    #[must_use]
    pub(crate) fn without_built_in(&self) -> Option<Self> {
        let mut counts = self.counts.clone();
        let fewer = self.fewest.iter().map(|(id, fewest)| ((ItemKind::UserType, id.clone()), *fewest));
        counts.extend(fewer);
        let larger_counts = Vec::new();
        let without =
            Self { counts, larger_counts, built_in: Vec::new(), unnamed: 0, fewest: BTreeMap::new(), ..self.clone() };
        (without.counts != self.counts).then_some(without)
    }

    /// The beginning of a note: "if the portal's built-in accounts that were left out hold seats (esri_nav, 2 without a
    /// name)", with "at worst" where the user type of an account is not known.
    #[must_use]
    pub(crate) fn if_built_in_counted(&self) -> String {
        let names = self.built_in.iter().map(|account| account.username.clone());
        let unnamed = (self.unnamed > 0).then(|| format!("{} without a name", self.unnamed));
        let names: Vec<_> = names.chain(unnamed).collect();
        let untyped = self.unnamed > 0 || self.built_in.iter().any(|account| account.user_type.is_none());
        let worst = if untyped { ", at worst" } else { "" };
        format!("if the portal's built-in accounts that were left out hold seats ({}){worst}", names.join(", "))
    }

    /// The beginning of a note about [`Usage::without_built_in`].
    #[must_use]
    pub(crate) fn if_built_in_not_counted(&self) -> String {
        let ids: Vec<_> = self.fewest.keys().map(String::as_str).collect();
        format!(
            "if the members of {} whom only one source counts are built-in accounts, and hold no seat",
            ids.join(", ")
        )
    }
}

/// The number of accounts that each user type has in the worst case. `harms` are those with 0, 1, 2, … accounts in every user
/// type; the last number is that of all accounts. The worst harm is the earliest; of these, the one that locks out most members;
/// of these, the largest shortage.
fn worst<'i>(ids: &[&'i str], harms: &[Harms]) -> BTreeMap<&'i str, u64> {
    let first = harms.iter().flat_map(HashMap::values).map(|harm| harm.at).min();
    let value = |id: &str, more: usize| {
        let harm = harms.get(more).and_then(|harms| harms.get(id)).filter(|harm| Some(harm.at) == first);
        harm.map_or((0, 0), |harm| (harm.locked_out, harm.short))
    };
    let all = harms.len().saturating_sub(1);
    let matters = |id: &&&str| (1..=all).any(|more| value(id, more) != value(id, 0));
    let ids: Vec<_> = ids.iter().filter(matters).collect();
    // For each number of accounts, the most that they can do to the user types so far.
    let mut best: Vec<(u64, u64)> = vec![(0, 0); all + 1];
    let mut choices: Vec<Vec<usize>> = Vec::new();
    for id in &ids {
        let choose = |accounts: usize| {
            let with = (0..=accounts).filter_map(|more| {
                let (locked_out, short) = value(id, more);
                let rest = best.get(accounts - more)?;
                Some(((rest.0.saturating_add(locked_out), rest.1.saturating_add(short)), more))
            });
            // Of equals the fewest accounts.
            with.fold(((0, 0), 0), |best, next| if next.0 > best.0 { next } else { best })
        };
        let chosen: Vec<_> = (0..=all).map(choose).collect();
        best = chosen.iter().map(|(value, _)| *value).collect();
        choices.push(chosen.into_iter().map(|(_, more)| more).collect());
    }
    let mut left = all;
    let mut worst = BTreeMap::new();
    for (id, choice) in ids.iter().zip(&choices).rev() {
        let more = choice.get(left).copied().unwrap_or(0);
        if more > 0 {
            worst.insert(**id, count(more));
        }
        left -= more;
    }
    worst
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What one user type suffers with 0, 1, 2, … accounts: a date, members locked out, and missing seats.
    type Row = Vec<Option<(i64, u64, u64)>>;

    /// The harm of all user types, with 0, 1, 2, … accounts in each.
    fn harms(table: &[Row], ids: &[&str]) -> Vec<Harms> {
        let harm = |(at, locked_out, short)| Harm { at: Instant::from_epoch_ms(at), locked_out, short };
        let most = table.first().map_or(1, Vec::len);
        let with = |more: usize| {
            ids.iter().zip(table).filter_map(|(id, row)| Some(((*id).to_owned(), harm(row[more]?)))).collect()
        };
        (0..most).map(with).collect()
    }

    /// How bad a way is: the earliest date, then members, then seats.
    fn badness(harms: &[Harms], way: &[(&str, usize)]) -> (i64, u64, u64) {
        let all: Vec<_> = way.iter().filter_map(|(id, more)| harms[*more].get(*id)).collect();
        let Some(first) = all.iter().map(|harm| harm.at.epoch_ms()).min() else { return (i64::MIN, 0, 0) };
        let then = || all.iter().filter(|harm| harm.at.epoch_ms() == first);
        (-first, then().map(|harm| harm.locked_out).sum(), then().map(|harm| harm.short).sum())
    }

    /// All ways to give `accounts` to the user types, or to leave some out.
    fn ways<'i>(ids: &[&'i str], accounts: usize) -> Vec<Vec<(&'i str, usize)>> {
        let Some((first, rest)) = ids.split_first() else { return vec![Vec::new()] };
        let with = |more: usize| {
            let others = ways(rest, accounts - more).into_iter();
            others.map(move |others| std::iter::once((*first, more)).chain(others).collect::<Vec<_>>())
        };
        (0..=accounts).flat_map(with).collect()
    }

    /// Rows that grow worse with every account, as seats do.
    fn row(accounts: usize) -> impl Strategy<Value = Row> {
        let first = prop::option::weighted(0.8, (0..=accounts, prop::collection::vec(1..4_i64, accounts + 1)));
        (first, 0..5_u64).prop_map(move |(first, members)| {
            let mut row = vec![None; accounts + 1];
            let Some((first, dates)) = first else { return row };
            let mut at = i64::MAX;
            for (more, date) in (first..=accounts).zip(dates) {
                at = at.min(date);
                row[more] = Some((at, members, u64::try_from(more - first).unwrap() + 1));
            }
            row
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn no_other_way_to_give_the_accounts_user_types_is_worse(
            (accounts, table) in (1..4_usize).prop_flat_map(|accounts| {
                (Just(accounts), prop::collection::vec(row(accounts), 1..5))
            })
        ) {
            let ids: Vec<_> = ["a", "b", "c", "d"].into_iter().take(table.len()).collect();
            let harms = harms(&table, &ids);
            let chosen = worst(&ids, &harms);
            let way: Vec<_> =
                ids.iter().map(|id| (*id, usize::try_from(chosen.get(id).copied().unwrap_or(0)).unwrap())).collect();
            prop_assert!(way.iter().map(|(_, more)| more).sum::<usize>() <= accounts, "{:?}", chosen);
            let most = ways(&ids, accounts).iter().map(|way| badness(&harms, way)).max().unwrap();
            prop_assert_eq!(badness(&harms, &way), most, "{:?} {:?}", table, chosen);
        }
    }
}

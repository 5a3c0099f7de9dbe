//! Usage as its sources give it. A source may name a user type, and only a license shows which id the name means.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::json::Position;
use crate::license::{ItemKind, LicenseDocument};
use crate::source::{Failure, FailureCode};
use crate::text::nearest;
use crate::usage::account::{Account, LeftOut, TypeText, at_place};
use crate::usage::built_in::is_built_in;
use crate::usage::count_gap::CountGap;
use crate::usage::counts::KeyCount;
use crate::usage::gathered::{Gathered, Meant};
use crate::usage::item_ids::{ItemIds, is_item_id};
use crate::usage::lists::{List, unnamed};
use crate::usage::members::{self, Member, NOBODY};
use crate::usage::merge::{differ, merge};
use crate::usage::names::TypeNames;
use crate::usage::tally::{BuiltIn, KindCounts, Tally, agree, fewest};
use crate::usage::{BuiltInAccount, Usage};

/// The usage of all sources, whose user types may still be names.
#[derive(Debug, Default)]
pub struct GivenUsage {
    left_out: LeftOut,
    sources: Vec<String>,
    resources: Vec<Tally>,
    counts: Vec<(ItemKind, List<KeyCount>)>,
    lists: Vec<List<Account>>,
    /// Accounts that sources gave one by one, each with the name of its source.
    alone: Vec<(String, Account)>,
    names: Vec<(String, String)>,
    item_ids: ItemIds,
    /// Notes about license resources that count more user types than members.
    larger_counts: Vec<String>,
    /// Where these sources may have gaps: those that were found while they were read.
    gaps: Option<Vec<CountGap>>,
    /// The ids that the texts of user types meant last, and the usage that resulted.
    last: RefCell<Option<(Meant, Rc<Usage>)>>,
}

impl GivenUsage {
    pub(super) fn new(
        left_out: LeftOut,
        sources: Vec<String>,
        resources: Vec<Tally>,
        counts: Vec<(ItemKind, List<KeyCount>)>,
        lists: Vec<List<Account>>,
        alone: Vec<(String, Account)>,
    ) -> Self {
        Self { left_out, sources, resources, counts, lists, alone, ..Self::default() }
    }

    pub(super) fn with_names(self, names: Vec<(String, String)>, item_ids: ItemIds) -> Self {
        Self { names, item_ids, ..self }
    }

    pub(super) fn with_notes(self, larger_counts: Vec<String>, gaps: Option<Vec<CountGap>>) -> Self {
        Self { larger_counts, gaps, ..self }
    }

    /// The names of the inputs, in order; empty where no usage was given.
    #[must_use]
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// An account to leave out that no list has, and the most similar user name in the lists.
    #[must_use]
    pub fn excluded_nobody(&self) -> Option<(&str, Option<&str>)> {
        let lists = self.lists.iter().flat_map(|list| &list.elements).chain(self.alone.iter().map(|(_, one)| one));
        let usernames: BTreeSet<_> = lists.map(|account| account.username.as_str()).collect();
        let nobody = self.left_out.exclude.iter().find(|name| !usernames.contains(name.as_str()))?;
        Some((nobody, nearest(nobody, usernames.into_iter())))
    }

    /// The usage, with the ids of user types looked up in a license.
    ///
    /// # Errors
    /// Those of `GivenUsage::usage`.
    pub fn in_license(&self, document: &LicenseDocument<'_>) -> Result<Rc<Usage>, Failure> {
        self.usage(TypeNames::of(document))
    }

    /// The usage, with the ids of user types looked up in `names`.
    ///
    /// # Errors
    /// Where no user type has the text as its id or name, a member stands in a list twice, or two sources disagree: a
    /// count that is too small is worse than none.
    pub(crate) fn usage(&self, mut names: TypeNames) -> Result<Rc<Usage>, Failure> {
        if !self.names.is_empty() {
            names.extend(&self.names);
        }
        let meant = self.meant(&names)?;
        if let Some((_, usage)) = self.last.borrow().as_ref().filter(|(last, _)| *last == meant) {
            return Ok(Rc::clone(usage));
        }
        let usage = Rc::new(self.with(&meant, &names)?);
        *self.last.borrow_mut() = Some((meant, Rc::clone(&usage)));
        Ok(usage)
    }

    fn meant(&self, names: &TypeNames) -> Result<Meant, Failure> {
        let mut meant = Meant::new();
        let mut find = |source: &str, at: Option<Position>, text: &TypeText| {
            if meant.contains_key(text) {
                return Ok(());
            }
            let id = text.find(names).map_err(|why| {
                let message = format!("the user type {:?} {why}", text.text);
                at_place(source, at, FailureCode::Unreadable, message)
            })?;
            meant.insert(text.clone(), id);
            Ok(())
        };
        let lists =
            self.lists.iter().flat_map(|list| list.elements.iter().map(|account| (list.name.as_str(), account)));
        let alone = self.alone.iter().map(|(name, account)| (name.as_str(), account));
        for (name, account) in lists.chain(alone).filter(|(_, account)| !self.left_out.holds(&account.username)) {
            if let Some(text) = &account.user_type {
                find(name, account.at, text)?;
            }
        }
        for (_, list) in self.counts.iter().filter(|(kind, _)| *kind == ItemKind::UserType) {
            for counted in list.elements.iter().filter(|counted| !is_item_id(&counted.key.text)) {
                find(&list.name, counted.at, &counted.key)?;
            }
        }
        Ok(meant)
    }

    fn with(&self, meant: &Meant, names: &TypeNames) -> Result<Usage, Failure> {
        let mut gathered = Gathered { tallies: self.resources.clone(), ..Gathered::default() };
        let mut gaps = self.gaps.clone().unwrap_or_default();
        let mut usable = |done: Result<(), Failure>| match done {
            Err(failure) if self.gaps.is_some() && failure.code == FailureCode::Incomplete => {
                gaps.push(CountGap::unusable(&failure));
                Ok(())
            }
            done => done,
        };
        for (kind, list) in &self.counts {
            usable(self.count(*kind, list, meant, &mut gathered))?;
        }
        for list in &self.lists {
            if list.unnamed > 0 {
                gathered.notes.push(format!("{}: {}", list.name, unnamed(list.unnamed)));
            }
            usable(self.list(&list.name, &list.elements, true, meant, names, &mut gathered))?;
        }
        usable(self.one_by_one(meant, names, &mut gathered))?;
        let mut larger_counts = agree(&gathered.tallies)?;
        larger_counts.extend(self.larger_counts.iter().cloned());
        gathered.notes.extend(larger_counts.iter().cloned());
        let members = merge(std::mem::take(&mut gathered.members))?;
        gathered.count_extensions(members.as_deref());
        gathered.notes.splice(0..0, gathered.not_taken_as_it_stands(meant));
        let left_out = gathered.left_out();
        let built_in =
            gathered.built_in.into_iter().map(|(username, user_type)| BuiltInAccount { username, user_type });
        let built_in = built_in.collect();
        Ok(Usage {
            left_out,
            built_in,
            unnamed: self.unnamed(),
            larger_counts,
            fewest: fewest(&gathered.tallies),
            gaps,
            ..Usage::new(&gathered.tallies, members, self.sources.clone(), gathered.notes)
        })
    }

    /// How many built-in accounts no list names. An account that one list does not name may be named by another.
    fn unnamed(&self) -> u64 {
        let built_in = |list: &List<Account>| -> BTreeSet<String> {
            let all = list.elements.iter().filter(|account| is_built_in(&account.username));
            all.map(|account| account.username.to_ascii_lowercase()).collect()
        };
        let number = |names: &BTreeSet<String>| u64::try_from(names.len()).unwrap_or(u64::MAX);
        let each: Vec<_> = self.lists.iter().map(|list| (built_in(list), list.unnamed)).collect();
        let counted = each.iter().map(|(names, unnamed)| number(names).saturating_add(*unnamed)).max().unwrap_or(0);
        counted.saturating_sub(number(&each.into_iter().flat_map(|(names, _)| names).collect()))
    }

    fn list(
        &self,
        name: &str,
        accounts: &[Account],
        complete: bool,
        meant: &Meant,
        names: &TypeNames,
        gathered: &mut Gathered,
    ) -> Result<(), Failure> {
        let mut members = Vec::new();
        let mut left_out = BuiltIn::default();
        for account in accounts {
            if let Some(extensions) = &account.extensions {
                gathered.extensions.insert(account.username.clone(), extensions.iter().cloned().collect());
            }
            if !self.left_out.holds(&account.username) {
                members.extend(member(account, meant));
                continue;
            }
            let user_type = account.user_type.as_ref().and_then(|text| text.find(names).ok());
            match &user_type {
                Some(id) => *left_out.by_type.entry(id.clone()).or_default() += 1,
                None => left_out.untyped += 1,
            }
            if is_built_in(&account.username) {
                gathered.built_in.insert(account.username.clone(), user_type);
            } else {
                gathered.excluded.insert(account.username.clone());
            }
        }
        if !accounts.iter().any(|account| is_built_in(&account.username)) {
            left_out.untyped += BuiltIn::unseen().untyped;
        }
        gathered.tallies.push(Tally { left_out, ..members::tally(name, &members, complete)? });
        gathered.members.push((name.to_owned(), members));
        Ok(())
    }

    /// Adds the members that were given one by one: they add roles to the members of a list, or are all that is known.
    fn one_by_one(&self, meant: &Meant, names: &TypeNames, gathered: &mut Gathered) -> Result<(), Failure> {
        let Some((first, _)) = self.alone.first() else { return Ok(()) };
        if gathered.members.is_empty() {
            let accounts: Vec<_> = self.alone.iter().map(|(_, account)| account.clone()).collect();
            let name = match self.alone.last() {
                Some((last, _)) if last != first => format!("{first} to {last}"),
                _ => first.clone(),
            };
            let count = accounts.len();
            gathered.notes.push(format!(
                "{name}: {count} member{} given one by one: other members were not counted",
                if count == 1 { " was" } else { "s were" }
            ));
            return self.list(&name, &accounts, false, meant, names, gathered);
        }
        let known: HashMap<&str, &str> = gathered.members.first().map_or_else(HashMap::new, |(_, members)| {
            members.iter().map(|member| (member.username.as_str(), member.user_type.as_str())).collect()
        });
        let list = gathered.members.first().map_or_else(String::new, |(name, _)| name.clone());
        let mut extensions_of = Vec::new();
        for (name, account) in self.alone.iter().filter(|(_, account)| !self.left_out.holds(&account.username)) {
            let user_type = account.user_type.as_ref().and_then(|text| meant.get(text)).map(String::as_str);
            if known.get(account.username.as_str()).copied() != user_type {
                return Err(differ(name, &list, &account.username));
            }
            if let Some(extensions) = &account.extensions {
                extensions_of.push((account.username.clone(), extensions.iter().cloned().collect()));
            }
        }
        gathered.extensions.extend(extensions_of);
        Ok(())
    }

    fn count(
        &self,
        kind: ItemKind,
        list: &List<KeyCount>,
        meant: &Meant,
        gathered: &mut Gathered,
    ) -> Result<(), Failure> {
        if list.elements.is_empty() && kind == ItemKind::UserType {
            return Err(Failure::new(&list.name, FailureCode::Incomplete, NOBODY));
        }
        let mut counts = KindCounts { complete: true, ..KindCounts::default() };
        for KeyCount { key, count, at } in &list.elements {
            let id = match meant.get(key).filter(|_| kind == ItemKind::UserType) {
                Some(id) => id.clone(),
                None if is_item_id(&key.text) => self.item_ids.find(&list.name, kind, &key.text)?,
                None => key.text.clone(),
            };
            if is_item_id(&key.text) {
                gathered.notes.push(format!("{}: the item {} is the {} {id}", list.name, key.text, kind.noun()));
            }
            if counts.by_id.insert(id.clone(), *count).is_some() {
                let message = format!("{id} is counted twice, so another may be missing");
                return Err(at_place(&list.name, *at, FailureCode::Contradiction, message));
            }
        }
        gathered.tallies.push(Tally::new(&list.name, kind, counts));
        Ok(())
    }
}

fn member(account: &Account, meant: &Meant) -> Option<Member> {
    Some(Member {
        username: account.username.clone(),
        user_type: meant.get(account.user_type.as_ref()?)?.clone(),
        role: account.role.clone(),
        disabled: account.disabled,
    })
}

//! What is assigned, as it was given: user types may be names, whose ids only a license tells.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use crate::license::{ItemKind, LicenseDocument};
use crate::source::{Failure, FailureCode};
use crate::text::nearest;
use crate::usage::account::{Account, LeftOut, TypeText, at_line};
use crate::usage::built_in::is_built_in;
use crate::usage::counts::Counted;
use crate::usage::item_ids::{ItemIds, is_item_id};
use crate::usage::members::{self, Member, NOBODY};
use crate::usage::merge::{differ, merge};
use crate::usage::names::TypeNames;
use crate::usage::pages::{List, unnamed};
use crate::usage::tally::{BuiltIn, Counts, Tally, agree};
use crate::usage::{BuiltInAccount, Usage};

/// Everything that tells of usage, put together.
#[derive(Debug, Default)]
pub struct GivenUsage {
    left_out: LeftOut,
    sources: Vec<String>,
    resources: Vec<Tally>,
    counts: Vec<(ItemKind, List<Counted>)>,
    lists: Vec<List<Account>>,
    /// Accounts that were given one by one.
    alone: Vec<(String, Account)>,
    names: Vec<(String, String)>,
    item_ids: ItemIds,
    /// What the texts of user types meant last, and the usage that this made.
    last: RefCell<Option<(Meant, Rc<Usage>)>>,
}

/// The id that each text of a user type means.
type Meant = BTreeMap<TypeText, String>;

/// Lists of members, each with its name, and what they leave out.
#[derive(Default)]
struct Gathered {
    tallies: Vec<Tally>,
    members: Vec<(String, Vec<Member>)>,
    extensions: HashMap<String, BTreeSet<String>>,
    built_in: BTreeMap<String, Option<String>>,
    excluded: BTreeSet<String>,
    notes: Vec<String>,
}

impl GivenUsage {
    pub(super) fn new(
        left_out: LeftOut,
        sources: Vec<String>,
        resources: Vec<Tally>,
        counts: Vec<(ItemKind, List<Counted>)>,
        lists: Vec<List<Account>>,
        alone: Vec<(String, Account)>,
    ) -> Self {
        Self { left_out, sources, resources, counts, lists, alone, ..Self::default() }
    }

    pub(super) fn with_names(self, names: Vec<(String, String)>, item_ids: ItemIds) -> Self {
        Self { names, item_ids, ..self }
    }

    /// The names of the inputs, in order; none where nothing was given.
    #[must_use]
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// An account that was to be left out and that nobody has, with the most similar name that is there.
    #[must_use]
    pub fn excluded_nobody(&self) -> Option<(&str, Option<&str>)> {
        let lists = self.lists.iter().flat_map(|list| &list.elements).chain(self.alone.iter().map(|(_, one)| one));
        let there: BTreeSet<_> = lists.map(|account| account.username.as_str()).collect();
        let nobody = self.left_out.exclude.iter().find(|name| !there.contains(name.as_str()))?;
        Some((nobody, nearest(nobody, there.into_iter())))
    }

    /// What is assigned, with the user types of a license.
    ///
    /// # Errors
    /// As `GivenUsage::usage`.
    pub fn in_license(&self, document: &LicenseDocument<'_>) -> Result<Rc<Usage>, Failure> {
        self.usage(TypeNames::of(document))
    }

    /// What is assigned, with user types by these names.
    ///
    /// # Errors
    /// Where a user type has none of these names, a member is there twice, or two sources disagree: a count that is too small
    /// is worse than none.
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
        let mut find = |source: &str, line: Option<u64>, text: &TypeText| {
            if meant.contains_key(text) {
                return Ok(());
            }
            let id = text.find(names).map_err(|why| {
                let message = format!("the user type {:?} {why}", text.text);
                at_line(source, line, FailureCode::Unreadable, message)
            })?;
            meant.insert(text.clone(), id);
            Ok(())
        };
        let lists =
            self.lists.iter().flat_map(|list| list.elements.iter().map(|account| (list.name.as_str(), account)));
        let alone = self.alone.iter().map(|(name, account)| (name.as_str(), account));
        for (name, account) in lists.chain(alone).filter(|(_, account)| !self.left_out.holds(&account.username)) {
            if let Some(text) = &account.user_type {
                find(name, account.line, text)?;
            }
        }
        for (_, list) in self.counts.iter().filter(|(kind, _)| *kind == ItemKind::UserType) {
            for counted in list.elements.iter().filter(|counted| !is_item_id(&counted.key.text)) {
                find(&list.name, counted.line, &counted.key)?;
            }
        }
        Ok(meant)
    }

    fn with(&self, meant: &Meant, names: &TypeNames) -> Result<Usage, Failure> {
        let mut gathered = Gathered { tallies: self.resources.clone(), ..Gathered::default() };
        for (kind, list) in &self.counts {
            self.count(*kind, list, meant, &mut gathered)?;
        }
        for list in &self.lists {
            if list.unnamed > 0 {
                gathered.notes.push(format!("{}: {}", list.name, unnamed(list.unnamed)));
            }
            self.list(&list.name, &list.elements, true, meant, names, &mut gathered)?;
        }
        self.one_by_one(meant, names, &mut gathered)?;
        gathered.notes.extend(agree(&gathered.tallies)?);
        let members = merge(std::mem::take(&mut gathered.members))?;
        gathered.count_extensions(members.as_deref());
        gathered.notes.splice(0..0, self.told(&gathered, meant));
        let built_in =
            gathered.built_in.into_iter().map(|(username, user_type)| BuiltInAccount { username, user_type });
        let built_in = built_in.collect();
        let unnamed = self.lists.iter().map(|list| list.unnamed).max().unwrap_or(0);
        Ok(Usage { built_in, unnamed, ..Usage::new(&gathered.tallies, members, self.sources.clone(), gathered.notes) })
    }

    /// Takes in a list of accounts.
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

    /// Members that were given one by one: they tell more of those of a list, or are all that is known.
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
                "{name}: {count} member{} given one by one: whoever else there is was not counted",
                if count == 1 { " was" } else { "s were" }
            ));
            return self.list(&name, &accounts, false, meant, names, gathered);
        }
        let known: HashMap<&str, &str> = gathered.members.first().map_or_else(HashMap::new, |(_, members)| {
            members.iter().map(|member| (member.username.as_str(), member.user_type.as_str())).collect()
        });
        let list = gathered.members.first().map_or_else(String::new, |(name, _)| name.clone());
        let mut told = Vec::new();
        for (name, account) in self.alone.iter().filter(|(_, account)| !self.left_out.holds(&account.username)) {
            let user_type = account.user_type.as_ref().and_then(|text| meant.get(text)).map(String::as_str);
            if known.get(account.username.as_str()).copied() != user_type {
                return Err(differ(name, &list, &account.username));
            }
            if let Some(extensions) = &account.extensions {
                told.push((account.username.clone(), extensions.iter().cloned().collect()));
            }
        }
        gathered.extensions.extend(told);
        Ok(())
    }

    /// Takes in a list of counts.
    fn count(
        &self,
        kind: ItemKind,
        list: &List<Counted>,
        meant: &Meant,
        gathered: &mut Gathered,
    ) -> Result<(), Failure> {
        if list.elements.is_empty() && kind == ItemKind::UserType {
            return Err(Failure::new(&list.name, FailureCode::Incomplete, NOBODY));
        }
        let mut counts = Counts { complete: true, ..Counts::default() };
        for Counted { key, count, line } in &list.elements {
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
                return Err(at_line(&list.name, *line, FailureCode::Contradiction, message));
            }
        }
        gathered.tallies.push(Tally::new(&list.name, kind, counts));
        Ok(())
    }

    /// What was not taken as it stands.
    fn told(&self, gathered: &Gathered, meant: &Meant) -> Vec<String> {
        let mut notes = Vec::new();
        let named: Vec<_> = meant.iter().filter(|(text, id)| text.text != **id).collect();
        if !named.is_empty() {
            let named: BTreeSet<_> = named.iter().map(|(text, id)| format!("{:?} is {id}", text.text)).collect();
            notes.push(format!("user types by name: {}", named.into_iter().collect::<Vec<_>>().join(", ")));
        }
        if !gathered.built_in.is_empty() {
            let names: Vec<_> = gathered.built_in.keys().map(String::as_str).collect();
            notes.push(format!(
                "left out as built-in accounts of the portal: {} (as far as is known they hold no seat; --include-built-in \
                 counts them)",
                names.join(", ")
            ));
        }
        if !gathered.excluded.is_empty() {
            let names: Vec<_> = gathered.excluded.iter().map(String::as_str).collect();
            notes.push(format!("left out as --exclude says: {}", names.join(", ")));
        }
        notes
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

impl Gathered {
    /// Counts extensions, if it is told of every member which ones are assigned.
    fn count_extensions(&mut self, members: Option<&[Member]>) {
        let members = members.unwrap_or_default();
        let told: Vec<_> = members.iter().filter_map(|member| self.extensions.get(&member.username)).collect();
        if told.is_empty() {
            return;
        }
        if told.len() < members.len() {
            self.notes.push(format!(
                "extensions are not counted: they are told of {} of {} members (userLicenseTypeExtensions)",
                told.len(),
                members.len()
            ));
            return;
        }
        let complete =
            self.tallies.iter().any(|tally| tally.kinds.get(&ItemKind::UserType).is_some_and(|counts| counts.complete));
        let mut counts = Counts { complete, ..Counts::default() };
        for id in told.into_iter().flatten() {
            *counts.by_id.entry(id.clone()).or_default() += 1;
        }
        self.tallies.push(Tally::new("userLicenseTypeExtensions", ItemKind::Extension, counts));
    }
}

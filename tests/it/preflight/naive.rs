//! The expected answer of `preflight`, computed from the entries themselves at every instant at which anything
//! changes. It shares no code with the program.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use chrono::{DateTime, Months};

use super::case::{APP, BUNDLE, Case, DAY, Entry, ITEMS, License, RETIRED, SUCCESSOR, USER_TYPES};

/// The seats at an instant by the cautious reading, and whether every reading gives as many.
pub(super) fn seats(license: &License, item: usize, at: i64) -> (u64, bool) {
    let own = || license.entries.iter().filter(|entry| entry.item == Some(item));
    let latest = own().filter_map(|entry| entry.start).filter(|start| *start <= at).max();
    let counts: BTreeSet<_> =
        own().filter(|entry| latest.is_some() && entry.start == latest).map(|one| one.seats).collect();
    let least = counts.iter().map(|seats| seats.unwrap_or(0)).min().unwrap_or(0);
    let plain = counts.iter().all(|seats| *seats == Some(least));
    let differs = |entry: &&Entry| entry.seats != Some(least);
    let undated = own().filter(|entry| entry.start.is_none()).any(|entry| differs(&entry));
    let kind = Case::id(item).0;
    let mut strays = license.entries.iter().filter(|entry| entry.item.is_none() && ITEMS[entry.like].0 == kind);
    let stray = strays.any(|entry| {
        let begins = |start: i64| start <= at && latest.is_none_or(|latest| latest <= start);
        entry.start.is_none_or(begins) && differs(&entry)
    });
    (least, plain && !undated && !stray)
}

/// The entries that hold at an instant.
fn holding(license: &License, item: usize, at: i64) -> Vec<&Entry> {
    let own = || license.entries.iter().filter(|entry| entry.item == Some(item));
    let latest = own().filter_map(|entry| entry.start).filter(|start| *start <= at).max();
    let there = || own().filter(|entry| latest.is_some() && entry.start == latest);
    let least = there().map(|entry| entry.seats.unwrap_or(0)).min();
    there().filter(|entry| Some(entry.seats.unwrap_or(0)) == least).collect()
}

fn is_there(license: &License, at: i64) -> bool {
    license.windows.iter().any(|(start, end)| *start <= at && end.is_none_or(|end| at < end))
}

/// What a license gives besides seats: a name and an amount.
fn extras(license: &License, item: usize, at: i64) -> BTreeMap<String, u64> {
    let mut extras = BTreeMap::new();
    let holding = holding(license, item, at);
    if seats(license, item, at).0 == 0 {
        return extras;
    }
    for name in ["a", "b"] {
        let least =
            |entry: &&Entry| entry.entitlements.iter().filter(|(other, _)| *other == name).map(|one| one.1).min();
        let numbers: Option<Vec<_>> = holding.iter().map(least).collect();
        extras.extend(
            numbers.and_then(|numbers| numbers.into_iter().min()).map(|num| (format!("entitlement {name}"), num)),
        );
    }
    for app in ["collector", "workforce"] {
        if holding.iter().all(|entry| entry.apps.contains(&app)) {
            extras.insert(format!("the app {app}"), 1);
        }
    }
    extras
}

/// What definitions say of an item. It counts whenever the item has seats.
fn defined(license: &License, item: usize) -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    let plain = |what: &str| (what.to_owned(), String::new());
    if item == BUNDLE && license.bundle_defined {
        all.insert(plain("its definition"));
    }
    if let Some(Some(included)) = license.defined.get(item) {
        all.insert(plain("its definition"));
        for (extension, names) in included {
            all.insert((format!("the included extension {extension}"), (*extension).to_owned()));
            for name in names {
                all.insert((format!("the included entitlement {extension}: {name}"), (*extension).to_owned()));
            }
        }
    }
    all
}

/// Whether the definition of an item in OLD is also in NEW.
fn is_kept(new: &License, item: usize, what: &(String, String)) -> bool {
    let there = defined(new, item);
    let includes = |id: &str| there.contains(&(format!("the included extension {id}"), id.to_owned()));
    let is_retired = RETIRED.iter().any(|retired| ITEMS[*retired].1 == what.1 && !has_entries(new, *retired));
    let replaced = is_retired && new.version == "11.4" && includes(ITEMS[SUCCESSOR].1);
    there.contains(what)
        || (what.0.starts_with("the included extension") && replaced)
        || (what.0.starts_with("the included entitlement") && !includes(&what.1))
}

fn has_entries(license: &License, item: usize) -> bool {
    license.entries.iter().any(|entry| entry.item == Some(item))
}

/// A row of an action: id, assigned seats, seats of OLD, seats, short, to, and what is lost besides seats.
pub(super) type Row = (String, Option<u64>, Option<u64>, Option<u64>, Option<u64>, Option<i64>, BTreeSet<String>);
/// The actions by due date and cause: the rows, the members locked out at most, and those certainly locked out.
pub(super) type Actions = BTreeMap<(i64, &'static str), (BTreeSet<Row>, u64, u64)>;

type Extras = Rc<BTreeMap<String, u64>>;

/// What a license gives of an item at an instant. Each value is computed once.
struct Asked<'c> {
    license: &'c License,
    seats: RefCell<HashMap<(usize, i64), (u64, bool)>>,
    extras: RefCell<HashMap<(usize, i64), Extras>>,
}

impl<'c> Asked<'c> {
    fn new(license: &'c License) -> Self {
        Self { license, seats: RefCell::default(), extras: RefCell::default() }
    }

    fn seats(&self, item: usize, at: i64) -> (u64, bool) {
        *self.seats.borrow_mut().entry((item, at)).or_insert_with(|| seats(self.license, item, at))
    }

    fn extras(&self, item: usize, at: i64) -> Extras {
        let mut extras = self.extras.borrow_mut();
        Rc::clone(extras.entry((item, at)).or_insert_with(|| Rc::new(self::extras(self.license, item, at))))
    }
}

/// An import, and all instants from the as-of on at which something changes.
pub(super) struct Import<'c> {
    pub(super) case: &'c Case,
    new: Asked<'c>,
    old: Option<Asked<'c>>,
    /// For each item, the items whose needs count for it.
    pools: Vec<Vec<usize>>,
    pub(super) instants: Vec<i64>,
    pub(super) until: i64,
    /// Where OLD has ended: the last instant before its end began.
    pub(super) last: Option<i64>,
    /// Whether OLD has ended by every reading.
    surely_ended: bool,
}

impl<'c> Import<'c> {
    pub(super) fn new(case: &'c Case) -> Self {
        let licenses = || std::iter::once(&case.new).chain(&case.old);
        let entries = licenses().flat_map(|license| &license.entries).filter_map(|entry| entry.start);
        let windows = licenses().flat_map(|license| &license.windows).flat_map(|(start, end)| [Some(*start), *end]);
        let dates: BTreeSet<_> = entries.chain(windows.flatten()).chain(case.plan.iter().map(|line| line.2)).collect();
        let instants = dates.into_iter().filter(|at| *at > case.as_of);
        let instants: Vec<_> = std::iter::once(case.as_of).chain(instants).collect();
        let (new, old) = (Asked::new(&case.new), case.old.as_ref().map(Asked::new));
        let pools = Vec::new();
        let mut import = Self { case, new, old, pools, instants, until: 0, last: None, surely_ended: false };
        let pool = |item| (0..=ITEMS.len()).filter(|other| import.counts_as(*other) == item).collect();
        import.pools = (0..=ITEMS.len()).map(pool).collect();
        import.until = import.look();
        if let Some(old) = &import.old {
            import.last = ends(old.license, case.as_of);
            let none = |at: &i64| USER_TYPES.into_iter().all(|item| old.seats(item, *at) == (0, true));
            let unnamed = |at: &i64| old.seats(ITEMS.len(), *at).1;
            import.surely_ended = import.last.is_some() && import.instants.iter().all(|at| none(at) && unnamed(at));
        }
        import
    }

    pub(super) fn lead_end(&self) -> i64 {
        self.case.as_of + self.case.lead_days * DAY
    }

    /// The last instant looked at.
    fn look(&self) -> i64 {
        if let Some(until) = self.case.until {
            return until;
        }
        let plan = self.case.plan.iter().filter(|line| line.1 > 0).map(|line| line.2).max();
        [Some(self.horizon()), Some(self.lead_end()), plan].into_iter().flatten().max().unwrap()
    }

    fn horizon(&self) -> i64 {
        let (new, as_of) = (&self.case.new, self.case.as_of);
        let year = DateTime::from_timestamp_millis(as_of).unwrap().checked_add_months(Months::new(12)).unwrap();
        let year = year.timestamp_millis();
        let Some(end) = license_end(new).filter(|end| *end > as_of) else { return year };
        let certain = |item: usize, from: i64| {
            self.instants.iter().copied().chain([from]).filter(|at| *at >= from).all(|at| self.new.seats(item, at).1)
        };
        let with_it: Vec<_> = (0..ITEMS.len())
            .filter_map(|item| Some((item, final_end(new, item)?)))
            .filter(|(_, own)| *own <= end && end - own < DAY)
            .collect();
        let sure = with_it.iter().all(|(item, _)| certain(*item, as_of))
            && USER_TYPES.filter(|item| new.has(*item)).all(|item| certain(item, end));
        let capability = final_window(new).filter(|own| *own <= end && end - own < DAY);
        let first = with_it.iter().map(|(_, own)| *own).chain(capability).filter(|own| *own > as_of).min();
        if sure { first.unwrap_or(end) - 1 } else { year }
    }

    /// The amount that is needed later, from the amounts that OLD gives over time.
    fn given_by_old(&self, at: i64, given: impl Fn(i64) -> u64) -> u64 {
        let kept = given(self.last.unwrap_or(self.case.as_of));
        if self.last.is_some() && self.surely_ended { kept } else { kept.max(given(at)) }
    }

    /// The item whose seats an item uses: its successor's, or its own.
    fn counts_as(&self, item: usize) -> usize {
        let new = &self.case.new;
        let replaced =
            RETIRED.contains(&item) && new.version == "11.4" && !has_entries(new, item) && has_entries(new, SUCCESSOR);
        if replaced { SUCCESSOR } else { item }
    }

    /// The items that use the seats of an item.
    pub(super) fn pool(&self, item: usize) -> &[usize] {
        &self.pools[item]
    }

    fn old_has(&self, item: usize) -> bool {
        self.case.old.as_ref().is_some_and(|old| item < ITEMS.len() && old.has(item))
    }

    fn planned(&self, item: usize, at: i64) -> u64 {
        let lines = self.case.plan.iter().filter(|line| line.0 == item && line.2 <= self.until);
        let lines = lines.filter(|line| line.2.max(self.case.as_of) <= at);
        lines.map(|line| line.1).sum()
    }

    /// The need of an item at an instant, and whether all of it was counted; `None` where it is unknown.
    pub(super) fn needed(&self, item: usize, at: i64) -> Option<(u64, bool)> {
        // That nobody has a retired id says nothing about its successor.
        let is_known = |one: &usize| match self.case.assigned(*one) {
            Some(0) if *one != item => self.old_has(*one) || self.case.plan.iter().any(|line| line.0 == *one),
            Some(_) => true,
            None => self.old_has(*one),
        };
        let known: Vec<_> = self.pool(item).iter().copied().filter(is_known).collect();
        if known.is_empty() {
            return None;
        }
        let (counted, others): (Vec<usize>, Vec<usize>) =
            known.into_iter().partition(|one| self.case.assigned(*one).is_some());
        let assigned = |one: &usize| self.case.assigned(*one).unwrap() + self.planned(*one, at);
        let mut sum: u64 = counted.iter().map(assigned).sum();
        if let Some(old) = &self.old {
            sum += self.given_by_old(at, |at| others.iter().map(|one| old.seats(*one, at).0).sum());
        }
        Some((sum, others.is_empty()))
    }

    /// The part of the need of an item that was counted, and the part that OLD gives of what nobody counted. Where both sorts are
    /// in the pool, nothing is said of the first if it is never anything.
    pub(super) fn parts(&self, item: usize, at: i64) -> (Option<u64>, Option<u64>) {
        let (needed, counted) = self.needed(item, at).unwrap();
        let of_pool = || self.pool(item).iter().filter(|one| self.case.assigned(**one).is_some());
        let assigned = |at: i64| of_pool().map(|one| self.case.assigned(*one).unwrap() + self.planned(*one, at)).sum();
        let ever: u64 = assigned(i64::MAX);
        let assigned: u64 = assigned(at);
        match counted {
            true => (Some(needed), None),
            false => ((ever > 0).then_some(assigned), Some(needed - assigned)),
        }
    }

    /// The spans in which `what` gives a value, from the as-of on. A span that begins after the last instant looked at
    /// is left out.
    fn spans<T: PartialEq + Copy>(&self, what: impl Fn(i64) -> Option<T>) -> Vec<(T, i64, Option<i64>)> {
        let mut spans: Vec<(T, i64, Option<i64>)> = Vec::new();
        let mut open: Option<(T, i64)> = None;
        for at in &self.instants {
            let now = what(*at);
            if let Some((is, from)) = open.filter(|(is, _)| now != Some(*is)) {
                spans.push((is, from, Some(*at)));
                open = None;
            }
            open = open.or(now.map(|now| (now, *at)));
        }
        spans.extend(open.map(|(is, from)| (is, from, None)));
        spans.retain(|(_, from, _)| *from <= self.until);
        spans
    }

    pub(super) fn within(&self, from: i64, to: Option<i64>) -> impl Iterator<Item = i64> {
        let end = to.unwrap_or(i64::MAX);
        self.instants.iter().copied().filter(move |at| from <= *at && *at < end && *at <= self.until)
    }

    pub(super) fn actions(&self) -> Actions {
        let mut actions = Actions::new();
        for item in 0..=ITEMS.len() {
            self.seats_of(item, &mut actions);
        }
        for item in 0..ITEMS.len() {
            self.lost_of(item, &mut actions);
        }
        self.capability(&mut actions);
        let usable = |at: i64| {
            USER_TYPES
                .into_iter()
                .any(|item| self.case.is_compatible(item) && matches!(self.new.seats(item, at), (1.., true)))
        };
        for ((), from, to) in self.spans(|at| (!usable(at)).then_some(())) {
            let action = actions.entry((from, "no-administrator")).or_default();
            for item in USER_TYPES.filter(|item| self.case.is_compatible(*item) && self.case.new.has(*item)) {
                let seats = self.new.seats(item, from).0;
                let assigned = self.case.assigned(item);
                action.0.insert((ITEMS[item].1.to_owned(), assigned, None, Some(seats), None, to, BTreeSet::new()));
            }
        }
        actions
    }

    fn seats_of(&self, item: usize, actions: &mut Actions) {
        let (new, case) = (&self.new, self.case);
        let cause = |at| {
            let (needed, _) = self.needed(item, at)?;
            let (seats, certain) = new.seats(item, at);
            if needed > 0 && !certain { Some("unreadable") } else { (seats < needed).then_some("shortage") }
        };
        for (cause, from, to) in self.spans(cause) {
            let short = |at: i64| self.needed(item, at).unwrap().0.saturating_sub(new.seats(item, at).0);
            let most = self.within(from, to).map(short).max().unwrap();
            let worst = self.within(from, to).find(|at| short(*at) == most).unwrap();
            let (need, _) = self.needed(item, worst).unwrap();
            let (assigned, old) = self.parts(item, worst);
            let there = new.seats(item, worst).0;
            let id = Case::id(item).1.to_owned();
            let row = (id, assigned, old, Some(there), Some(most), to, BTreeSet::new());
            let is_user_type = Case::id(item).0 == "userType";
            let (at_most, certainly) = match (case.user_types(), is_user_type) {
                (_, false) => (0, 0),
                (None, true) => (need, 0),
                (Some(members), true) => {
                    let held = if item == ITEMS.len() { 4 } else { item };
                    let of_type = || members.iter().filter(|(one, _)| *one == held);
                    let others = of_type().filter(|(_, administrator)| *administrator != Some(true));
                    let known = of_type().filter(|(_, administrator)| *administrator == Some(false)).count() as u64;
                    let planned = need - of_type().count() as u64;
                    // Where seats are in doubt, nobody is certainly locked out.
                    (others.count() as u64 + planned, if cause == "shortage" { known } else { 0 })
                }
            };
            let action = actions.entry((from, cause)).or_default();
            action.0.insert(row);
            action.1 += at_most;
            action.2 += certainly;
        }
    }

    /// What an item loses besides seats.
    fn lost_of(&self, item: usize, actions: &mut Actions) {
        let (Some(old), new) = (&self.old, &self.new) else { return };
        if !old.license.has(item) {
            return;
        }
        let counted = |at: i64| self.needed(item, at).filter(|(_, counted)| *counted);
        let matters = |at: i64| new.seats(item, at).0 > 0 && counted(at).is_none_or(|(needed, _)| needed > 0);
        let mut lost: Vec<(i64, Option<i64>, String)> = Vec::new();
        let all = old.license.entries.iter().filter_map(|entry| entry.start).chain(self.instants.iter().copied());
        let names: BTreeSet<_> = all.flat_map(|at| old.extras(item, at).keys().cloned().collect::<Vec<_>>()).collect();
        for name in names {
            let given = |at: i64| self.given_by_old(at, |at| old.extras(item, at).get(&name).copied().unwrap_or(0));
            let there = |at: i64| new.extras(item, at).get(&name).copied().unwrap_or(0);
            // An entitlement that falls exactly with the seats is told as seats.
            let is_seats = |at: i64| {
                let seats = self.given_by_old(at, |at| old.seats(item, at).0);
                name.starts_with("entitlement") && (given(at), there(at)) == (seats, new.seats(item, at).0)
            };
            let is_lost = |at: i64| matters(at) && there(at) < given(at) && !is_seats(at);
            for ((), from, to) in self.spans(|at| is_lost(at).then_some(())) {
                let short = |at: i64| given(at) - there(at);
                let most = self.within(from, to).map(short).max().unwrap();
                let worst = self.within(from, to).find(|at| short(*at) == most).unwrap();
                let numbers = |at: i64| format!("{} → {}", given(at), there(at));
                let words = match name.starts_with("entitlement") {
                    true if numbers(from) == numbers(worst) => format!("{name} {}", numbers(from)),
                    true => format!("{name} {} ({}", numbers(from), numbers(worst)),
                    false => name.clone(),
                };
                lost.push((from, to, words));
            }
        }
        let lost_by_definition =
            defined(old.license, item).into_iter().filter(|what| !is_kept(new.license, item, what));
        for what in lost_by_definition {
            let given = |at: i64| self.given_by_old(at, |at| old.seats(item, at).0) > 0;
            let spans = self.spans(|at| (matters(at) && given(at)).then_some(()));
            lost.extend(spans.into_iter().map(|((), from, to)| (from, to, what.0.clone())));
        }
        let mut rows: BTreeMap<(i64, Option<i64>), BTreeSet<String>> = BTreeMap::new();
        for (from, to, words) in lost {
            rows.entry((from, to)).or_default().insert(words);
        }
        for ((from, to), words) in rows {
            let assigned = counted(from).map(|(needed, _)| needed);
            let row = (ITEMS[item].1.to_owned(), assigned, None, None, None, to, words);
            actions.entry((from, "lost")).or_default().0.insert(row);
        }
    }

    fn capability(&self, actions: &mut Actions) {
        let (Some(old), new) = (&self.case.old, &self.case.new) else { return };
        let given = |at: i64| self.given_by_old(at, |at| is_there(old, at).into()) > 0;
        for ((), from, to) in self.spans(|at| (given(at) && !is_there(new, at)).then_some(())) {
            let words = BTreeSet::from(["all of it".to_owned()]);
            let row = ("indoors".to_owned(), None, None, None, None, to, words);
            actions.entry((from, "lost")).or_default().0.insert(row);
        }
    }

    pub(super) fn seats(&self, item: usize, at: i64) -> u64 {
        self.new.seats(item, at).0
    }

    /// The seats that OLD gives of an item, and of the retired ids that it replaces, at the import or before OLD's
    /// end.
    pub(super) fn old(&self, item: usize) -> Option<u64> {
        let given = self.given_at_first(item)?;
        (!given.is_empty()).then(|| given.iter().map(|(seats, _)| seats).sum())
    }

    /// The instants at which the seats of OLD matter.
    fn looked_at_of_old(&self) -> Vec<i64> {
        let kept = self.last.unwrap_or(self.case.as_of);
        let is_over = self.last.is_some() && self.surely_ended;
        let later = self.instants.iter().copied().filter(|at| *at <= self.until && !is_over);
        later.chain([kept]).collect()
    }

    /// Whether OLD can be read in more than one way about an item that nobody counted.
    fn is_doubtful(&self, item: usize) -> bool {
        let Some(old) = self.old.as_ref().filter(|_| self.old_has(item)) else { return false };
        self.case.assigned(item).is_none() && self.looked_at_of_old().iter().any(|at| !old.seats(item, *at).1)
    }

    /// Whether the need of an item is in doubt, perhaps because of a retired id that it replaces.
    pub(super) fn need_is_doubtful(&self, item: usize) -> bool {
        self.pool(item).iter().any(|one| self.is_doubtful(*one))
    }

    /// Whether [`Self::old`] is certain.
    pub(super) fn old_is_certain(&self, item: usize) -> Option<bool> {
        let given = self.given_at_first(item)?;
        (!given.is_empty()).then(|| given.iter().all(|(_, certain)| *certain))
    }

    /// The seats that OLD gives at the import, or before its end, of an item or of each retired id that it replaces.
    fn given_at_first(&self, item: usize) -> Option<Vec<(u64, bool)>> {
        let (old, own) = (self.old.as_ref()?, [item]);
        let pool = if self.pool(item).is_empty() { &own[..] } else { self.pool(item) };
        let at = self.last.unwrap_or(self.case.as_of);
        Some(pool.iter().filter(|one| self.old_has(**one)).map(|one| old.seats(*one, at)).collect())
    }

    /// The kinds about which OLD can be read in more than one way where nobody counted, each with the ids; without ids
    /// where any may be concerned.
    pub(super) fn doubtful(&self) -> BTreeMap<&'static str, Vec<&'static str>> {
        let Some(old) = &self.case.old else { return BTreeMap::new() };
        let looked_at = self.looked_at_of_old();
        let mut doubtful: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (kind, id) in (0..ITEMS.len()).filter(|item| self.is_doubtful(*item)).map(Case::id) {
            doubtful.entry(kind).or_default().push(id);
        }
        for stray in old.entries.iter().filter(|entry| entry.item.is_none() && entry.seats != Some(0)) {
            let kind = ITEMS[stray.like].0;
            let is_complete =
                (kind == "userType" && self.case.members.is_some()) || (kind == "app" && self.case.apps.is_some());
            let begins = looked_at.iter().any(|at| stray.start.is_none_or(|start| start <= *at));
            if !is_complete && begins {
                doubtful.insert(kind, Vec::new());
            }
        }
        doubtful
    }

    /// Whether OLD states an item, or somebody counted it.
    pub(super) fn is_known(&self, item: usize) -> bool {
        let complete = match Case::id(item).0 {
            "userType" => self.case.members.is_some(),
            "app" => item != APP || self.case.apps.is_some(),
            _ => false,
        };
        let told = self.case.portal.as_ref().is_none_or(|portal| portal.tells(Case::id(item).0));
        complete || (self.case.old.is_some() && told)
    }
}

/// The instant from which on an item never has seats again, if it had some.
pub(super) fn final_end(license: &License, item: usize) -> Option<i64> {
    let dates: BTreeSet<_> = license.entries.iter().filter_map(|entry| entry.start).collect();
    let last = dates.iter().rev().find(|at| seats(license, item, **at).0 > 0)?;
    dates.iter().find(|at| *at > last).copied()
}

fn final_window(license: &License) -> Option<i64> {
    let dates: BTreeSet<_> = license.windows.iter().flat_map(|(start, end)| [Some(*start), *end]).flatten().collect();
    let last = dates.iter().rev().find(|at| is_there(license, **at))?;
    dates.iter().find(|at| *at > last).copied()
}

/// The instant from which on no user type has seats, if some had any and none goes on.
pub(super) fn license_end(license: &License) -> Option<i64> {
    let dates = || license.entries.iter().filter_map(|entry| entry.start);
    let with_seats = USER_TYPES.filter(|item| dates().any(|at| seats(license, *item, at).0 > 0));
    let ends: Option<Vec<_>> = with_seats.map(|item| final_end(license, item)).collect();
    ends?.into_iter().max()
}

/// From when on no user type has seats by any reading, if there is such an instant and the license ends.
pub(super) fn latest_end(license: &License) -> Option<i64> {
    let end = license_end(license)?;
    let dates = license.entries.iter().filter_map(|entry| entry.start).filter(|at| *at > end);
    let dates: BTreeSet<_> = std::iter::once(end).chain(dates).collect();
    // After the items comes a user type that no license names.
    let is_over = |at: &i64| USER_TYPES.chain([ITEMS.len()]).all(|item| seats(license, item, *at) == (0, true));
    dates.iter().rev().take_while(|at| is_over(at)).last().copied()
}

/// Where a license has ended by an instant: the last instant before the first of the ends that make its end.
fn ends(license: &License, as_of: i64) -> Option<i64> {
    let end = license_end(license).filter(|end| *end <= as_of)?;
    let ends = (0..ITEMS.len()).filter_map(|item| final_end(license, item)).chain(final_window(license));
    ends.filter(|own| *own <= end && end - own < DAY).min().map(|first| first - 1)
}

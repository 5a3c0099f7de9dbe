//! Notes for readers who rely on the costs.

use std::collections::{HashMap, HashSet};

use crate::answers::costs::cells::{seats, shows_true_up};
use crate::answers::costs::few::{FEW, few, key};
use crate::answers::costs::value::{CostOf, Costs, ItemCosts};
use crate::answers::words::count;
use crate::license::ItemKind;
use crate::license::catalog::is_known;
use crate::prices::Prices;
use crate::text::{Phrase, name, nearest, phrase};

/// All notes about these costs. `others` are items that the license has and the answer does not show.
pub(super) fn notes(prices: &Prices, costs: &Costs, others: &[(ItemKind, String)]) -> Vec<Phrase> {
    let mut notes: Vec<_> = nothing_priced(prices, costs).into_iter().collect();
    notes.extend(short_without_price(costs));
    notes.extend(left_out(costs));
    notes.extend(perhaps_meant(prices, costs, others));
    notes
}

/// The note that no item has a price, and why.
fn nothing_priced(prices: &Prices, costs: &Costs) -> Option<Phrase> {
    if !costs.items.is_empty() {
        return None;
    }
    let why = match (costs.without_price.is_empty(), prices.items().is_empty()) {
        (true, _) => "there is no user type, app bundle, extension or app among the items".into(),
        (false, true) => phrase![name(&prices.source), " names no price"],
        (false, false) => phrase![name(&prices.source), " has no price for any of these items that is valid then"],
    };
    Some(phrase!["nothing is priced: ", why])
}

/// The note about missing seats that the true-up leaves out.
fn short_without_price(costs: &Costs) -> Option<Phrase> {
    let short = costs.without_price.iter().filter_map(|item| {
        let true_up = item.true_up.filter(|true_up| true_up.seats > 0)?;
        let certainly = item.true_up_certainly.filter(|cost| !true_up.certain && cost.seats > 0);
        let certainly = certainly.map_or_else(String::new, |cost| format!(" (certainly {})", cost.seats));
        Some(phrase![seats(true_up.seats, true_up.certain), " of ", name(&item.id), certainly])
    });
    // The price of an item may begin after the day from which on some of its seats are certainly missing.
    let before_price = costs.without_price.iter().filter(|item| item.true_up.is_none()).filter_map(|item| {
        let certainly = item.true_up_certainly.filter(|cost| cost.seats > 0)?;
        Some(phrase![
            seats(certainly.seats, true),
            " of ",
            name(&item.id),
            ", certainly missing before their price begins"
        ])
    });
    let short: Vec<_> = short.chain(before_price).collect();
    (!short.is_empty()).then(|| phrase!["in no true-up, because they have no price: ", few(short)])
}

/// The notes about items with a price that only some of the sums contain.
fn left_out(costs: &Costs) -> Vec<Phrase> {
    let known = |what: CostOf| -> HashSet<_> {
        let all = costs.items.iter().chain(&costs.without_price);
        all.filter(|item| item.of(what).is_some()).map(key).collect()
    };
    let left_out = |what: CostOf| -> Vec<&str> {
        let known = known(what);
        let priced = costs.items.iter().filter(|item| item.owned.is_some());
        // Where nobody counted, the seats of the old license are the seats that are needed.
        let is_told = |item: &&ItemCosts| what == CostOf::TrueUp && item.old.is_some();
        let left = priced.filter(|item| !known.is_empty() && !known.contains(&key(item)) && !is_told(item));
        left.map(|item| item.id.as_str()).collect()
    };
    let note = |what: &str, ids: &[&str], why: &str| {
        let items = count(u64::try_from(ids.len()).unwrap_or(u64::MAX), "item");
        (!ids.is_empty())
            .then(|| phrase![format!("{what} out {items} {why}: "), few(ids.iter().copied().map(name).collect())])
    };
    let (untold, nobody) = ("of which the old license does not tell", "that nobody counted");
    let [delta, unassigned, mut true_up] = [CostOf::Delta, CostOf::Unassigned, CostOf::TrueUp].map(left_out);
    if !shows_true_up(costs) {
        true_up.clear();
    }
    let mut notes = vec![note("the sums of new less old leave", &delta, untold)];
    if unassigned == true_up {
        notes.push(note("the sums of unassigned and of true-up leave", &unassigned, nobody));
    } else {
        notes.push(note("the sums of unassigned leave", &unassigned, nobody));
        notes.push(note("the sums of true-up leave", &true_up, nobody));
    }
    notes.into_iter().flatten().collect()
}

/// The note about lines of the list that match no item, each with a near id of an item without a price. A line with a
/// known id is no typing error: a list may serve several licenses.
fn perhaps_meant(prices: &Prices, costs: &Costs, others: &[(ItemKind, String)]) -> Vec<Phrase> {
    let mut unpriced: HashMap<ItemKind, Vec<&str>> = HashMap::new();
    for item in &costs.without_price {
        unpriced.entry(item.kind).or_default().push(&item.id);
    }
    if unpriced.is_empty() {
        return Vec::new();
    }
    let known = costs.items.iter().chain(&costs.without_price).map(key);
    let known: HashSet<_> = known.chain(others.iter().map(|(kind, id)| (*kind, id.as_str()))).collect();
    let unused =
        prices.items().into_iter().filter(|(kind, id, _)| !known.contains(&(*kind, *id)) && !is_known(*kind, id));
    let meant = unused.take(FEW).filter_map(|(kind, id, line)| {
        let source = &prices.source;
        let of_kind = unpriced.get(&kind).into_iter().flatten().copied();
        if let Some(near) = nearest(id, of_kind) {
            let place = name(&format!("{source}:{line}"));
            let no = format!(": no {} here has the id ", kind.noun());
            return Some(phrase![place, no, name(id), "; did you mean ", name(near), "?"]);
        }
        let other =
            ItemKind::SEATED.into_iter().find(|other| unpriced.get(other).is_some_and(|ids| ids.contains(&id)))?;
        Some(phrase![
            name(&format!("{source}:{line}")),
            format!(": no {} here has the id ", kind.noun()),
            name(id),
            format!(", but the {} ", other.noun()),
            name(id),
            " has no price"
        ])
    });
    meant.collect()
}

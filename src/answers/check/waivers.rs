//! Which waivers of a policy accept a finding, found without a search through all of them.

use std::collections::HashMap;

use crate::expect::Waiver;
use crate::license::ItemKind;
use crate::time::Instant;

/// What a waiver accepts: a rule, a kind of items (`None` for every kind) and an id (`None` for every id).
type Key<'k> = (&'k str, Option<ItemKind>, Option<&'k str>);

/// The waivers of a policy that hold at the as-of and apply to one file, by what they accept.
#[derive(Debug)]
pub(super) struct WaiversOfFile<'p> {
    /// The indices in `all` by what the waivers accept.
    by_key: HashMap<Key<'p>, usize>,
    all: Vec<Accepted<'p>>,
}

/// The waivers that accept the same findings, by their indices in the policy, and the number of findings that they accepted.
#[derive(Debug)]
struct Accepted<'p> {
    first: &'p Waiver,
    indices: Vec<usize>,
    findings: usize,
}

impl<'p> WaiversOfFile<'p> {
    /// The waivers for a file, by its path from the policy's folder; `None` for standard input.
    pub(super) fn new(waivers: &'p [Waiver], as_of: Instant, path: Option<&str>) -> Self {
        let mut by_key = HashMap::new();
        let mut all: Vec<Accepted<'_>> = Vec::new();
        let holding = waivers.iter().enumerate().filter(|(_, waiver)| waiver.holds_at(as_of) && waiver.concerns(path));
        for (index, waiver) in holding {
            let key = (waiver.rule, waiver.kind, waiver.id.as_deref());
            let at = *by_key.entry(key).or_insert(all.len());
            match all.get_mut(at) {
                Some(accepted) => accepted.indices.push(index),
                None => all.push(Accepted { first: waiver, indices: vec![index], findings: 0 }),
            }
        }
        Self { by_key, all }
    }

    /// Whether a waiver accepts findings of this rule about this item.
    pub(super) fn accept(&self, rule: &str, kind: Option<ItemKind>, id: Option<&str>) -> bool {
        keys(rule, kind, id).any(|key| self.by_key.contains_key(&key))
    }

    /// The first waiver of the policy that accepts this finding. Every waiver that accepts it is used once more.
    pub(super) fn take(&mut self, rule: &str, kind: Option<ItemKind>, id: Option<&str>) -> Option<&'p Waiver> {
        let mut first: Option<(usize, &Waiver)> = None;
        for key in keys(rule, kind, id) {
            let at = self.by_key.get(&key);
            let Some(accepted) = at.and_then(|at| self.all.get_mut(*at)) else { continue };
            accepted.findings += 1;
            let own = accepted.indices.first().map(|index| (*index, accepted.first));
            first = match (first, own) {
                (Some(first), Some(own)) if first.0 < own.0 => Some(first),
                (first, own) => own.or(first),
            };
        }
        first.map(|(_, waiver)| waiver)
    }

    /// The waivers that were used, by their indices in the policy, and how many findings each accepted.
    pub(super) fn used(&self) -> impl Iterator<Item = (usize, usize)> {
        self.all.iter().flat_map(|accepted| accepted.indices.iter().map(|index| (*index, accepted.findings)))
    }
}

/// What waivers that accept a finding of this rule about this item may name.
fn keys<'k>(rule: &'k str, kind: Option<ItemKind>, id: Option<&'k str>) -> impl Iterator<Item = Key<'k>> {
    let kinds = std::iter::once(None).chain(kind.map(Some));
    kinds.flat_map(move |kind| std::iter::once(None).chain(id.map(Some)).map(move |id| (rule, kind, id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiver(rule: &'static str, kind: Option<ItemKind>, id: Option<&str>) -> Waiver {
        let (until, reason) = (Instant::from_epoch_ms(i64::MAX), String::new());
        Waiver { rule, kind, id: id.map(str::to_owned), until, reason, files: None, span: 0..0 }
    }

    #[test]
    fn the_first_waiver_of_the_policy_accepts_and_every_other_is_used_too() {
        let kind = Some(ItemKind::App);
        let waivers = [
            waiver("seat-gap", kind, Some("b")),
            waiver("seat-gap", None, None),
            waiver("seat-gap", kind, Some("a")),
            waiver("seat-gap", Some(ItemKind::UserType), Some("a")),
            waiver("no-seats", None, Some("a")),
        ];
        let mut of_file = WaiversOfFile::new(&waivers, Instant::MIN, None);
        assert!(of_file.take("seat-gap", kind, Some("a")).is_some_and(|waiver| waiver.kind.is_none()));
        assert!(of_file.take("seat-gap", kind, Some("b")).is_some_and(|waiver| waiver.id.as_deref() == Some("b")));
        assert!(of_file.take("no-seats", kind, None).is_none() && !of_file.accept("no-seats", kind, None));
        let mut used: Vec<_> = of_file.used().collect();
        used.sort_unstable();
        assert_eq!(used, [(0, 1), (1, 2), (2, 1), (3, 0), (4, 0)]);
    }

    /// A search through all waivers for each finding would take minutes.
    #[test]
    fn many_waivers_are_looked_up_in_little_time() {
        let ids: Vec<_> = (0..40_000).map(|number| number.to_string()).collect();
        let waivers: Vec<_> = ids.iter().map(|id| waiver("seat-gap", None, Some(id))).collect();
        let begin = std::time::Instant::now();
        let mut of_file = WaiversOfFile::new(&waivers, Instant::MIN, None);
        assert!(ids.iter().all(|id| of_file.take("seat-gap", Some(ItemKind::App), Some(id)).is_some()));
        assert!(begin.elapsed().as_secs() < 20, "{:?}", begin.elapsed());
    }
}

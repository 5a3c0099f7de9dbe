//! Which requests get an answer other than the usual one.

use std::collections::BTreeMap;

use super::answer::Answer;
use super::op::Op;

/// Requests to an operation, counted from 1; with [`Op::Any`] the requests to all operations.
#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    Nth(usize),
    /// This request and all later ones.
    Since(usize),
    UpTo(usize),
    Always,
}

impl When {
    fn holds(self, count: usize) -> bool {
        match self {
            Self::Nth(n) => count == n,
            Self::Since(n) => count >= n,
            Self::UpTo(n) => count <= n,
            Self::Always => true,
        }
    }
}

#[derive(Clone, Default)]
pub(crate) struct Script {
    rules: Vec<(Op, When, Answer)>,
    counts: BTreeMap<Op, usize>,
}

impl Script {
    /// Adds a rule. The rule added last is tried first.
    pub(crate) fn add(&mut self, op: Op, when: When, answer: Answer) {
        self.rules.push((op, when, answer));
    }

    /// Counts a request, and returns its answer.
    pub(crate) fn next(&mut self, op: Op) -> Answer {
        let mut count = |op| {
            let count = self.counts.entry(op).or_insert(0);
            *count += 1;
            *count
        };
        let (of_it, of_all) = (count(op), count(Op::Any));
        let rule = self.rules.iter().rev().find(|(rule, when, _)| match rule {
            Op::Any => when.holds(of_all),
            rule => *rule == op && when.holds(of_it),
        });
        rule.map(|(_, _, answer)| answer.clone()).unwrap_or_default()
    }
}

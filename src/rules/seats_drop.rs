//! `seats-drop`: an item has fewer seats later, but not none.

use crate::rules::rule::Check;
use crate::rules::{Finding, Rule, Subject};
use crate::severity::Severity;

pub(super) const RULE: Rule = Rule {
    id: "seats-drop",
    severity: Severity::Warning,
    waivable: true,
    page: include_str!("../../docs/rules/seats-drop.md"),
    check: Check::License(check),
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for item in subject.seated().filter(|item| item.timeline.steps().len() > 1) {
        let dates = subject.dates(item);
        for pair in item.timeline.steps().windows(2) {
            let [before, step] = pair else { continue };
            if step.at > subject.as_of && step.seats > 0 && step.seats < before.seats && dates.are_stated(item, step.at)
            {
                let there = if step.seats == 1 { "is 1 seat".to_owned() } else { format!("are {} seats", step.seats) };
                let message = format!(
                    "{}: from {} on there {there} instead of {}{}",
                    item.id,
                    subject.when(step.at),
                    before.seats,
                    subject.doubt(item, step.at)
                );
                let pointer = dates.date(item, step.at).parent().key("maxUsers");
                findings.push(RULE.about(item, pointer, message).at(step.at));
            }
        }
    }
}

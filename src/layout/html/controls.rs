//! What the script answers to; hidden until it is there.

use maud::{Markup, html};

/// What a filter can choose.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'c> {
    /// For the script.
    pub value: &'c str,
    /// For people.
    pub label: &'c str,
}

/// The day, and which rows are shown. `end` chooses by the days that are left, where rows have them.
#[must_use]
pub fn controls(status: &[Choice<'_>], end: &[Choice<'_>]) -> Markup {
    let choose = |id: &str, label: &str, choices: &[Choice<'_>]| {
        html! {
            @if !choices.is_empty() {
                label { (label) " "
                    select id=(id) {
                        option value="" { "all" }
                        @for choice in choices { option value=(choice.value) { (choice.label) } }
                    }
                }
            }
        }
    };
    html! {
        section id="controls" aria-label="Day and filter" hidden {
            div.days {
                label { "Day " input type="date" id="day"; }
                input type="range" id="slider" step="1" aria-label="Slide through the days";
                button type="button" id="before" { "Previous change" }
                button type="button" id="after" { "Next change" }
                button type="button" id="back" { "Back" }
            }
            div.filters {
                label { "Find " input type="search" id="find" autocomplete="off"; }
                (choose("status", "Status", status))
                (choose("end", "Seats end in", end))
                span id="count" role="status" {}
            }
        }
    }
}

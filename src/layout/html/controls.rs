//! The controls that the script answers to. They are hidden until the script runs.

use maud::{Markup, html};

#[derive(Clone, Copy, Debug)]
pub struct Choice<'c> {
    /// The value that the script compares.
    pub value: &'c str,
    /// The label that people read.
    pub label: &'c str,
}

/// The controls for the day and for the filters. `end` holds the options by days left, for pages whose rows have an
/// end.
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
                span id="instead" role="status" {}
            }
            div.filters {
                label { "Find " input type="search" id="find" autocomplete="off"; }
                (choose("status", "Status", status))
                (choose("end", "Days left", end))
                span id="count" role="status" {}
            }
        }
    }
}

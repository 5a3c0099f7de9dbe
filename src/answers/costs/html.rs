//! Costs on a page.

use maud::{Markup, html};

use crate::answers::Page;
use crate::answers::costs::cells::{columns, item_lines, shown_sum, sum_text, unit, unit_price};
use crate::answers::costs::text::caption;
use crate::answers::costs::value::{CostSums, Costs, ItemCosts};
use crate::answers::costs::words::lines;
use crate::answers::html::{list, named, text};

/// The section with the costs. They do not follow the day that the reader chooses; the heading names their day.
pub(in crate::answers) fn costs_html(costs: Option<&Costs>, page: &Page) -> Markup {
    let Some(costs) = costs else { return html! {} };
    let columns = columns(costs);
    let caption = caption(costs, page.zone);
    let item = |item: &ItemCosts| {
        html! {
            tr {
                th scope="row" { (named(item.name.as_deref(), &item.id)) }
                td.date { (item.kind.noun()) }
                td.n { (item.price.as_ref().map(unit_price).unwrap_or_default()) }
                @for (what, _) in &columns {
                    td.n {
                        @for line in item_lines(*what, item, costs, page.zone) { div { (line) } }
                    }
                }
            }
        }
    };
    let sum = |sums: &CostSums| {
        html! {
            tr {
                th scope="row" { "sum" }
                td {}
                td.n { (unit(sums)) }
                @for (what, _) in &columns { td.n { (shown_sum(costs, sums, *what).map(sum_text).unwrap_or_default()) } }
            }
        }
    };
    html! {
        section {
            h2 { (text(&caption)) }
            @if !costs.items.is_empty() {
                div.scroll tabindex="0" role="region" aria-label=(text(&caption)) {
                    table {
                        thead {
                            tr {
                                th scope="col" { "item" }
                                th scope="col" { "kind" }
                                th.n scope="col" { "unit price" }
                                @for (_, title) in &columns { th.n scope="col" { (title) } }
                            }
                        }
                        tbody {
                            @for one in &costs.items { (item(one)) }
                            @for one in &costs.sums { (sum(one)) }
                        }
                    }
                }
            }
            (list(&lines(costs, page.zone)))
        }
    }
}

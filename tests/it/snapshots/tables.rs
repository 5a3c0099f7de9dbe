//! Every table of every command on the samples, at four widths, as Markdown, and in colours.

use super::{Topic, session};
use crate::common::seatline;

pub(super) const TOPIC: Topic = Topic { folder: "tables", names, text };

const WIDTHS: [&str; 4] = ["40", "80", "120", "200"];

/// The names of the cases, and their command lines.
const CASES: &[(&str, &str)] = &[
    ("report-published", "report samples/portal-10.8.json --as-of 2019-01-01"),
    ("report-list", "report samples/portal-10.8.json --as-of 2019-01-01 --admins samples/administrators-10.8.json"),
    ("report-expired", "report samples/portal-10.8.json --as-of 2027-01-01"),
    ("report-gap", "report samples/gap-and-early-end-10.9.json --as-of 2027-01-01 --tz America/Los_Angeles"),
    ("report-enterprise", "report samples/enterprise-11.4.json --as-of 2027-01-01"),
    ("report-kubernetes", "report samples/kubernetes-11.0.json --as-of 2027-01-01"),
    ("report-faulty", "report samples/faulty.json --as-of 2027-01-01"),
    ("report-several", "report samples/history.jsonl --as-of 2027-01-01"),
    ("report-failure", "report nowhere.json samples/administrators-11.4.json --as-of 2027-01-01"),
    ("timeline-item", "timeline samples/gap-and-early-end-10.9.json --as-of 2026-11-01"),
    ("timeline-item-faulty", "timeline samples/faulty.json --as-of 2027-01-01"),
    ("timeline-item-several", "timeline samples/history.jsonl --as-of 2027-01-01"),
    ("timeline-date", "timeline samples/gap-and-early-end-10.9.json --by date --as-of 2026-11-01"),
    ("timeline-date-renewed", "timeline samples/renewed-11.1.json --by date --as-of 2026-03-01 --tz Europe/Berlin"),
    ("admins-catalog", "admins samples/enterprise-11.4.json --as-of 2027-01-01"),
    ("admins-list", "admins samples/enterprise-11.4.json --as-of 2027-01-01 --admins samples/administrators-11.4.json"),
    ("admins-nobody", "admins samples/portal-10.8.json --as-of 2027-01-01"),
    ("check-faulty", "check samples/faulty.json --as-of 2027-01-01 --no-policy"),
    ("check-clean", "check samples/renewed-11.1.json --as-of 2027-01-01 --no-policy"),
    (
        "check-usage",
        "check samples/gap-and-early-end-10.9.json --as-of 2026-11-01 --no-policy --usage samples/stories/counts-10.9.json",
    ),
    (
        "check-policy",
        "check tests/fixtures/rules/policy-seats/fires.json --as-of 2027-01-01 --policy tests/fixtures/rules/policy-seats/fires.toml",
    ),
    ("diff-staging", "diff samples/renewed-11.1.json samples/stories/staging-11.1.json --as-of 2026-03-01"),
    (
        "diff-late",
        "diff samples/stories/term-2024-to-2027.json samples/stories/renewal-12-hours-late.json --as-of 2027-03-01",
    ),
    ("diff-resource", "diff samples/stories/license-resource-11.1.json samples/renewed-11.1.json --as-of 2026-03-01"),
    ("diff-faulty", "diff samples/renewed-11.1.json samples/faulty.json --as-of 2027-01-01"),
    ("diff-nothing", "diff samples/renewed-11.1.json samples/renewed-11.1.json --as-of 2027-01-01"),
    (
        "fit-staging",
        "fit samples/stories/staging-11.1.json --usage samples/stories/license-resource-11.1.json --as-of 2026-03-01",
    ),
    (
        "fit-counts",
        "fit samples/gap-and-early-end-10.9.json --usage samples/stories/counts-10.9.json --as-of 2027-02-01 --until 2027-10-15",
    ),
    ("fit-members", "fit samples/enterprise-11.4.json --usage samples/stories/members-11.4.csv --as-of 2027-01-01"),
    (
        "fit-plan",
        "fit samples/renewed-11.1.json --usage samples/stories/license-resource-11.1.json --plan samples/stories/plan-2027.csv --as-of 2026-03-01",
    ),
    (
        "preflight-go",
        "preflight samples/renewed-11.1.json --over samples/stories/license-resource-11.1.json --as-of 2026-03-01",
    ),
    (
        "preflight-no-go",
        "preflight samples/stories/staging-11.1.json --over samples/stories/license-resource-11.1.json --as-of 2026-03-01",
    ),
    (
        "preflight-counts",
        "preflight samples/gap-and-early-end-10.9.json --usage samples/stories/counts-10.9.json --as-of 2026-11-01",
    ),
    (
        "preflight-members",
        "preflight samples/enterprise-11.4.json --usage samples/stories/members-11.4.csv --as-of 2027-01-01",
    ),
    (
        "preflight-late",
        "preflight samples/stories/renewal-12-hours-late.json --over samples/stories/term-2024-to-2027.json --as-of 2027-03-20",
    ),
    ("preflight-faulty", "preflight samples/faulty.json --over samples/renewed-11.1.json --as-of 2027-01-01"),
    (
        "preflight-act",
        "preflight samples/renewal/new.json --over samples/renewal/old.json --usage samples/renewal/members.csv --as-of 2026-11-30",
    ),
    (
        "preflight-gap",
        "preflight tests/fixtures/preflight/gap.json --over tests/fixtures/preflight/gap-current.json --usage tests/fixtures/preflight/gap-members.csv --as-of 2026-11-30",
    ),
    ("preflight-end", "preflight samples/renewal/old.json --usage samples/renewal/members.csv --as-of 2026-12-20"),
    ("report-prices", "report samples/faulty.json --as-of 2027-01-01 --prices tests/fixtures/prices/faulty.csv"),
    (
        "diff-prices",
        "diff samples/renewed-11.1.json samples/stories/staging-11.1.json --as-of 2026-03-01 --prices tests/fixtures/prices/faulty.csv",
    ),
    (
        "fit-prices",
        "fit samples/renewal/new.json --usage samples/renewal/members.csv --as-of 2026-12-01 --prices samples/renewal/prices.csv",
    ),
    (
        "preflight-prices",
        "preflight samples/renewal/new.json --over samples/renewal/old.json --usage samples/renewal/members.csv --as-of 2026-12-01 --prices samples/renewal/prices.csv",
    ),
    ("why-plain", "why creatorUT samples/renewal/new.json --as-of 2027-03-01"),
    ("why-gap", "why viewerUT samples/gap-and-early-end-10.9.json --as-of 2026-11-01"),
    ("why-conflict", "why GISProfessionalAdvUT samples/faulty.json --as-of 2027-01-01"),
    ("why-bundle", "why officeAppsAB samples/faulty.json --as-of 2027-01-01"),
    ("why-capability", "why indoors samples/faulty.json --as-of 2027-01-01"),
    (
        "moves-order",
        "moves samples/moves/license-11.4.json --members samples/moves/members.csv --moves samples/moves/renewal.csv --as-of 2027-01-01",
    ),
    (
        "moves-swap",
        "moves samples/moves/license-11.4.json --members samples/moves/members.csv --moves samples/moves/swap.csv --as-of 2027-01-01",
    ),
    (
        "preflight-policy",
        "preflight samples/renewal/new.json --over samples/renewal/old.json --usage samples/renewal/members.csv --as-of 2026-11-30 --policy tests/fixtures/rules/policy-seats/fires.toml",
    ),
    (
        "preflight-plan",
        "preflight samples/renewed-11.1.json --over samples/stories/license-resource-11.1.json --plan samples/stories/plan-2027.csv --as-of 2026-03-01",
    ),
    (
        "preflight-moves",
        "preflight samples/moves/license-11.4.json --usage samples/moves/members.csv --moves samples/moves/renewal.csv --as-of 2027-01-01",
    ),
    (
        "fit-moves",
        "fit samples/moves/license-11.4.json --usage samples/moves/members.csv --moves samples/moves/renewal.csv --as-of 2027-01-01",
    ),
    (
        "fit-map",
        "fit samples/gap-and-early-end-10.9.json --usage samples/stories/counts-10.9.json --map GISProfessionalBasicUT=creatorUT --as-of 2027-02-01",
    ),
    ("report-folder", "report samples/stories --kind userType --id creatorUT --as-of 2027-01-01"),
    ("report-quiet", "report samples/stories --kind userType --id creatorUT --as-of 2027-01-01 --quiet"),
    (
        "moves-park",
        "moves samples/moves/license-11.4.json --members samples/moves/members.csv --moves samples/moves/swap.csv --park GISProfessionalStdUT --as-of 2027-01-01",
    ),
    (
        "moves-map",
        "moves samples/gap-and-early-end-10.9.json --members samples/stories/members-11.4.csv --map GISProfessionalBasicUT=creatorUT --as-of 2027-02-01",
    ),
];

/// Every command line, without format and width.
pub(crate) fn command_lines() -> impl Iterator<Item = &'static str> {
    CASES.iter().map(|(_, line)| *line)
}

/// The command line of a case, without format and width.
pub(crate) fn command_line(name: &str) -> &'static str {
    CASES.iter().find(|(known, _)| *known == name).unwrap().1
}

/// The cases that are shown in colours too.
const IN_COLOURS: [&str; 9] = [
    "report-faulty",
    "timeline-item-faulty",
    "timeline-date",
    "admins-catalog",
    "check-usage",
    "diff-staging",
    "fit-plan",
    "preflight-no-go",
    "moves-order",
];

/// All cases with colours, in one file.
const COLOURS: &str = "colours";

fn names() -> Vec<String> {
    CASES.iter().map(|(name, _)| *name).chain([COLOURS]).map(str::to_owned).collect()
}

fn text(name: &str) -> String {
    if name == COLOURS {
        let coloured = IN_COLOURS.iter().map(|name| run(name, &["--width", "80", "--color", "always"]));
        // Escapes are made visible, so that a diff can be read.
        return without_links(&coloured.collect::<String>()).replace('\u{1b}', "ESC");
    }
    let widths = WIDTHS.iter().map(|width| ["--width", width]);
    widths.chain([["-f", "markdown"]]).map(|form| run(name, &form)).collect()
}

/// Links name this machine and its folders, so they are replaced.
fn without_links(text: &str) -> String {
    let mut parts = text.split("\u{1b}]8;;");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("\u{1b}\\").unwrap().1)
}

fn run(name: &str, form: &[&str]) -> String {
    let arguments: Vec<_> = command_line(name).split(' ').chain(form.iter().copied()).collect();
    session(&arguments, &seatline(&arguments))
}

#[test]
fn every_table_is_as_saved() {
    TOPIC.compare();
}

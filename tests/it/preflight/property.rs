//! Random imports against the naive computation, and against the answers of `fit`, `diff` and `check` for the same
//! inputs.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::Config;
use seatline::parts::{CheckedFinding, Clock, Comparison, Given, InUse, Installed, Planned, UseThresholds};
use seatline::{
    AdministratorList, Checker, Document, FitQuestion, FitReport, Instant, License, Period, Plan, Policy,
    PreflightQuestion, PreflightReport, ReportQuestion, Roles, Severity, Side, Source, Usage, UsageReader, Zone,
};
use serde_json::{Value, json};

use super::case::{APP, Case, DAY, ITEMS, case};
use super::demands::Demands;
use super::naive::{Actions, Import, latest_end, license_end, seats};
use super::portal::Portal;

/// The usage files and the answers.
pub(super) struct Asked {
    /// The files of the usage: a name, the kind where it must be given, and the text.
    pub(super) usage: Vec<(&'static str, Option<&'static str>, String)>,
    pub(super) answers: Answers,
}

/// The answers to one case.
pub(super) struct Answers {
    pub(super) preflight: Value,
    fit: Value,
    /// The losses by `diff` until the last instant looked at, by kind and id; none where OLD has ended.
    lost: Vec<(Given, String, Option<String>)>,
    /// The errors of `check`: rule, id, message.
    errors: Vec<(String, Option<String>, String)>,
}

fn ms(at: i64) -> Instant {
    Instant::from_epoch_ms(at)
}

fn instant(value: &Value) -> Option<i64> {
    serde_json::from_value(value.clone()).ok().map(|at: Instant| at.epoch_ms())
}

fn usage_files(case: &Case) -> Vec<(&'static str, Option<&'static str>, String)> {
    let mut files = Vec::new();
    // The members after the moves.
    if let Some(members) = case.user_types() {
        let role = |administrator: &Option<bool>| match administrator {
            Some(true) => "org_admin",
            Some(false) => "org_user",
            None => "Surveyor",
        };
        let id = |item: usize| if item == 4 { "goneUT" } else { ITEMS[item].1 };
        let users = members.iter().enumerate().map(|(index, (item, administrator))| {
            json!({"username": format!("m{index}"), "userLicenseTypeId": id(*item), "role": role(administrator)})
        });
        let users: Vec<_> = users.collect();
        let page = json!({"total": users.len(), "start": 1, "num": users.len(), "nextStart": -1, "users": users});
        files.push(("members.json", None, page.to_string()));
    }
    if !case.counted.is_empty() {
        let of_kind = |kind: &str| -> Vec<Value> {
            let counted = case.counted.iter().filter(|(item, _)| ITEMS[*item].0 == kind);
            let entry = |(item, count): &(usize, u64)| json!({"id": ITEMS[*item].1, "maximumRegisteredMembers": 9, "currentRegisteredMembers": count});
            counted.map(entry).collect()
        };
        let user_type = json!({"id": "someUT", "maximumRegisteredMembers": 9, "currentRegisteredMembers": 0});
        let user_types: Vec<_> = of_kind("userType").into_iter().chain([user_type]).collect();
        let resource =
            json!({"userTypes": user_types, "appBundles": of_kind("appBundle"), "extensions": of_kind("extension")});
        files.push(("resource.json", None, resource.to_string()));
    }
    if let Some(count) = case.apps {
        let page = json!({"total": 1, "start": 1, "num": 1, "nextStart": -1, "results": [{"key": ITEMS[APP].1, "count": count}]});
        files.push(("apps.json", Some("app"), page.to_string()));
    }
    files
}

fn usage(files: &[(&'static str, Option<&'static str>, String)]) -> Usage {
    let mut reader = UsageReader::default();
    for (name, kind, text) in files {
        let kind = kind.map(|kind| kind.parse().unwrap());
        reader.read(&Source::from_text(*name, text.as_str()), kind).unwrap();
    }
    reader.finish().unwrap()
}

fn plan(case: &Case) -> Plan {
    let rows = case.plan.iter().map(|(item, count, from)| Planned {
        kind: ITEMS[*item].0.parse().unwrap(),
        id: ITEMS[*item].1.to_owned(),
        count: *count,
        from: Some(ms(*from)),
    });
    Plan { source: "plan.csv".to_owned(), rows: rows.collect() }
}

fn policy(case: &Case) -> Policy {
    let text = case.demands.as_ref().map_or_else(String::new, Demands::text);
    Policy::parse("seatline.toml", &text, Clock { now: ms(case.as_of), as_of: ms(case.as_of) }, Zone::UTC).unwrap()
}

fn with_license<T>(source: &Source, then: impl FnOnce(License<'_>) -> T) -> T {
    let found = source.documents().next().unwrap();
    let Ok(Document::License(document)) = &found.document else { panic!("a license: {}", source.text()) };
    then(License::new(source, &found.place, document))
}

pub(super) fn ask(case: &Case) -> Asked {
    let usage = usage_files(case);
    let answers = with_inputs(case, &self::usage(&usage), answers);
    Asked { usage, answers }
}

/// A case, read by the library.
struct Inputs<'i> {
    case: &'i Case,
    usage: &'i Usage,
    new: License<'i>,
    old: Option<&'i Side<'i>>,
    administrators: Option<&'i AdministratorList>,
}

fn with_inputs<T>(case: &Case, usage: &Usage, then: impl FnOnce(&Inputs<'_>) -> T) -> T {
    let ids = |list: &Vec<usize>| AdministratorList::new(list.iter().map(|item| ITEMS[*item].1.to_owned()));
    let administrators = case.list.as_ref().map(ids);
    let administrators = administrators.as_ref();
    let new = Source::from_text("new.json", case.new.text());
    with_license(&new, |new| match (&case.old, &case.portal) {
        (_, Some(portal)) => {
            let resource = Source::from_text("resource.json", portal.resource());
            let future = portal.future().map(|text| Source::from_text("future.json", text));
            let place_of = |source: &Source| source.documents().next().unwrap().place;
            let later = future.as_ref().map(|future| (future, place_of(future)));
            let installed = Installed::read((&resource, place_of(&resource)), later).unwrap();
            let side = Side::of_portal(&installed, None);
            then(&Inputs { case, usage, new, old: Some(&side), administrators })
        }
        (Some(old), None) => {
            let source = Source::from_text("old.json", old.text());
            with_license(&source, |old| {
                let side = Side::of_license(old, None);
                then(&Inputs { case, usage, new, old: Some(&side), administrators })
            })
        }
        (None, None) => then(&Inputs { case, usage, new, old: None, administrators }),
    })
}

/// The answer, and the findings of `check` with the same usage and policy. Without a policy the verdict does not
/// depend on them, and `check` is left out where only the verdict matters.
fn preflight(inputs: &Inputs<'_>, only_verdict: bool) -> (PreflightReport, Vec<CheckedFinding>) {
    let Inputs { case, usage, new, old, administrators } = *inputs;
    let (as_of, zone, roles) = (ms(case.as_of), Zone::UTC, Roles::default());
    let (plan, policy) = (plan(case), policy(case));
    let question = ReportQuestion { as_of, administrators };
    let is_counted = case.members.is_some() || case.apps.is_some() || !case.counted.is_empty();
    let in_use = is_counted.then_some(InUse { usage, roles });
    let check = || Checker::new(question, None, &policy).check(new, in_use).findings;
    let findings = if only_verdict && case.demands.is_none() { Vec::new() } else { check() };
    let question = PreflightQuestion {
        as_of,
        zone,
        until: case.until.map(ms),
        lead: Period::days(case.lead_days.try_into().unwrap()),
        usage,
        plan: &plan,
        moved: None,
        roles,
        administrators,
        old,
        findings: &findings,
    };
    (PreflightReport::new(new, question), findings)
}

fn answers(inputs: &Inputs<'_>) -> Answers {
    let Inputs { case, usage, new, old, administrators } = *inputs;
    let (as_of, zone, roles, plan) = (ms(case.as_of), Zone::UTC, Roles::default(), plan(case));
    let (preflight, findings) = preflight(inputs, false);
    let (until, thresholds) = (preflight.until, UseThresholds::default());
    let fit = FitQuestion { as_of, zone, until, usage, moved: None, plan: &plan, roles, thresholds };
    let fit = FitReport::new(new, fit);
    let lost = old.map_or_else(Vec::new, |old| {
        let side = Side::of_license(new, administrators);
        // Where OLD has ended, `diff` has nothing left to compare.
        if old.ended_by(as_of).is_some() {
            return Vec::new();
        }
        let losses = Comparison::new(old, &side, as_of).losses().into_iter();
        let until = until.unwrap();
        losses.filter(|loss| loss.from <= until).map(|loss| (loss.given, format!("{}", loss.kind), loss.id)).collect()
    });
    let errors =
        findings.iter().filter(|finding| finding.waived.is_none() && finding.finding.severity == Severity::Error);
    let errors = errors
        .map(|finding| (finding.finding.rule.clone(), finding.finding.id.clone(), finding.finding.message.to_string()));
    Answers {
        errors: errors.collect(),
        fit: serde_json::to_value(fit).unwrap(),
        lost,
        preflight: serde_json::to_value(preflight).unwrap(),
    }
}

/// The actions, without those of a policy.
fn actions(report: &Value) -> Result<Actions, TestCaseError> {
    let mut found = Actions::new();
    for action in report["actions"].as_array().unwrap() {
        let causes = ["shortage", "unreadable", "no-administrator", "lost"];
        let Some(cause) = causes.into_iter().find(|cause| action["cause"] == *cause) else { continue };
        let mut rows = BTreeSet::new();
        let (mut locked_out, mut certainly) = (0, 0);
        for item in action["items"].as_array().unwrap() {
            let number = |name: &str| item[name].as_u64();
            let what = item["what"].as_str().unwrap_or_default();
            // The date is left out from which on it is worst.
            let plain = |what: &str| what.split(" from ").next().unwrap_or_default().to_owned();
            let what = what.split(", ").filter(|what| !what.is_empty()).map(plain).collect();
            prop_assert_eq!(&item["from"], &action["due"]);
            prop_assert_eq!(item["old"].is_null(), item["oldCertain"].is_null(), "{:#}", item);
            prop_assert_eq!(item["seats"].is_null(), item["certain"].is_null(), "{:#}", item);
            prop_assert!(cause != "unreadable" || item["certain"] == false, "{:#}", item);
            locked_out += number("lockedOut").unwrap();
            certainly += number("lockedOutCertainly").unwrap();
            let id = item["id"].as_str().unwrap().to_owned();
            let row =
                (id, number("assigned"), number("old"), number("seats"), number("short"), instant(&item["to"]), what);
            prop_assert!(rows.insert(row), "twice in {:#}", action);
        }
        prop_assert_eq!(action["lockedOut"].as_u64(), Some(locked_out));
        prop_assert_eq!(action["lockedOutCertainly"].as_u64(), Some(certainly));
        prop_assert_eq!(action["lockedOutIsUpperBound"].as_bool(), Some(certainly < locked_out));
        let due = instant(&action["due"]).unwrap();
        prop_assert!(found.insert((due, cause), (rows, locked_out, certainly)).is_none(), "{:#}", report);
    }
    Ok(found)
}

/// Compares the findings of the policy with a naive reading, and with `check`.
fn policy_agrees(case: &Case, import: &Import<'_>, answers: &Answers) -> Result<bool, TestCaseError> {
    let of = |cause: &str| {
        let actions = answers.preflight["actions"].as_array().unwrap().iter();
        actions.filter(|action| action["cause"] == cause).collect::<Vec<_>>()
    };
    let mut told = BTreeSet::new();
    for action in of("policy") {
        prop_assert_eq!(instant(&action["due"]), Some(case.as_of));
        for item in action["items"].as_array().unwrap() {
            let text = |name: &str| item[name].as_str().unwrap().to_owned();
            told.insert((text("what"), Some(text("id"))));
        }
    }
    let naive = case.demands.as_ref().map(|demands| demands.told(case, &import.instants));
    let missed = naive.as_ref().map(|naive| naive.missed.clone()).unwrap_or_default();
    prop_assert_eq!(&told, &missed, "{:#}", answers.preflight);
    let is_asked = |rule: &str| rule.starts_with("policy-") || rule == "admin-type-unusable";
    let checked = answers.errors.iter().filter(|(rule, ..)| is_asked(rule));
    let checked: BTreeSet<_> = checked.map(|(rule, id, _)| (rule.clone(), id.clone())).collect();
    prop_assert_eq!(&told, &checked);
    let refused = naive.as_ref().is_some_and(|naive| naive.refused);
    prop_assert_eq!(of("version").len(), usize::from(refused));
    let unknown = answers.preflight["unknown"].to_string();
    prop_assert_eq!(unknown.contains("perhaps refused"), naive.is_some_and(|naive| naive.perhaps_refused));
    Ok(refused || !told.is_empty())
}

fn agrees(case: &Case) -> Result<(), TestCaseError> {
    let Asked { answers, .. } = ask(case);
    let report = &answers.preflight;
    let import = Import::new(case);
    prop_assert_eq!(instant(&report["until"]), Some(import.until), "{:#}", report);
    let expected = import.actions();
    prop_assert_eq!(&actions(report)?, &expected, "{:#}", report);
    let by_policy = policy_agrees(case, &import, &answers)?;
    let first = expected.keys().map(|(due, _)| *due).chain(by_policy.then_some(case.as_of)).min();
    let verdict = match first {
        None => "go",
        Some(due) if due > import.lead_end() => "go-then-act",
        Some(_) => "no-go",
    };
    prop_assert_eq!(&report["verdict"], verdict);
    let dues: Vec<_> = report["actions"].as_array().unwrap().iter().map(|action| instant(&action["due"])).collect();
    prop_assert!(dues.is_sorted());
    // Of actions due together, those that lock members out come first.
    let actions = report["actions"].as_array().unwrap();
    prop_assert!(
        actions.is_sorted_by_key(|action| (instant(&action["due"]), action["lockedOut"] == 0)),
        "{:#}",
        report
    );
    old_end_is_told(case, report)?;
    ends_agree(case, report)?;
    items_agree(case, &import, report, &expected)?;
    beginnings_agree(&import, report)?;
    parts_agree(case, &import, &answers, &expected)?;
    order_is_of_no_matter(case, report)
}

/// The end of the license, whether it is certain, and which actions are due because of it.
fn ends_agree(case: &Case, report: &Value) -> Result<(), TestCaseError> {
    let end = license_end(&case.new).filter(|end| *end > case.as_of);
    let latest = end.and_then(|_| latest_end(&case.new));
    prop_assert_eq!(report["licenseEnd"].is_null(), end.is_none());
    prop_assert_eq!(&report["licenseEndCertain"], &json!(end.map(|end| latest == Some(end))));
    for action in report["actions"].as_array().unwrap() {
        let due = instant(&action["due"]).unwrap();
        // Where an entry without id may be of a further user type, those that the license names end nevertheless.
        let with_it = end.is_some_and(|end| end - due < DAY && due <= latest.unwrap_or(end));
        let is_right = if action["isLicenseEnd"] == true { with_it } else { latest != Some(due) };
        prop_assert!(is_right, "{:#}", report);
    }
    Ok(())
}

/// Where both licenses end, the first line says whether the old one goes on longer.
fn old_end_is_told(case: &Case, report: &Value) -> Result<(), TestCaseError> {
    let old = case.old.as_ref().and_then(license_end).filter(|end| *end > case.as_of);
    if let (Some(old), Some(new)) = (old, license_end(&case.new)) {
        let headline = report["headline"].as_str().unwrap();
        prop_assert_eq!(headline.contains("; the old license goes on until "), old > new, "{}", headline);
    }
    Ok(())
}

/// `atFirst` has the numbers of the first instant of a trouble, the item itself those of the worst instant, and
/// `course` those of every instant.
fn beginnings_agree(import: &Import<'_>, report: &Value) -> Result<(), TestCaseError> {
    let seats = |action: &&Value| action["cause"] == "shortage" || action["cause"] == "unreadable";
    let actions = report["actions"].as_array().unwrap().iter().filter(seats);
    for item in actions.flat_map(|action| action["items"].as_array().unwrap()) {
        let named = (item["kind"].as_str().unwrap(), item["id"].as_str().unwrap());
        let Some(index) = (0..=ITEMS.len()).find(|index| Case::id(*index) == named) else { continue };
        let so_at = |at: i64| {
            let (needed, _) = import.needed(index, at).unwrap();
            let (seats, (assigned, old)) = (import.seats(index, at), import.parts(index, at));
            [assigned, old, Some(seats), Some(needed.saturating_sub(seats))]
        };
        let told = |of: &Value| ["assigned", "old", "seats", "short"].map(|name| of[name].as_u64());
        let (from, worst) = (instant(&item["from"]).unwrap(), instant(&item["worstAt"]).unwrap());
        prop_assert_eq!(told(item), so_at(worst), "{:#}", item);
        prop_assert_eq!(item["atFirst"].is_null(), from == worst, "{:#}", item);
        prop_assert!(from == worst || told(&item["atFirst"]) == so_at(from), "{:#}", item);
        let mut course: Vec<(i64, [Option<u64>; 4])> = Vec::new();
        for at in import.within(from, instant(&item["to"])) {
            let so = so_at(at);
            if course.last().is_none_or(|(_, before)| *before != so) {
                course.push((at, so));
            }
        }
        let steps = item["course"].as_array().unwrap().iter();
        let steps: Vec<_> = steps.map(|step| (instant(&step["at"]).unwrap(), told(step))).collect();
        prop_assert_eq!(steps, course, "{:#}", item);
        // The members locked out are those of the same instants.
        let locked_out = |of: &Value| ["lockedOut", "lockedOutCertainly"].map(|name| of[name].as_u64());
        let step_at = |at: i64| {
            let mut steps = item["course"].as_array().unwrap().iter();
            steps.rfind(|step| instant(&step["at"]).unwrap() <= at).map(locked_out)
        };
        prop_assert_eq!(step_at(worst), Some(locked_out(item)), "{:#}", item);
        let first = if from == worst { item } else { &item["atFirst"] };
        prop_assert_eq!(step_at(from), Some(locked_out(first)), "{:#}", item);
    }
    Ok(())
}

fn items_agree(case: &Case, import: &Import<'_>, report: &Value, expected: &Actions) -> Result<(), TestCaseError> {
    let look = || import.instants.iter().copied().filter(|at| *at <= import.until);
    for item in report["items"].as_array().unwrap().iter().filter(|item| item["kind"] != "capability") {
        let index = (0..=ITEMS.len())
            .find(|index| Case::id(*index) == (item["kind"].as_str().unwrap(), item["id"].as_str().unwrap()));
        // No license has an item that only the license resource names.
        let Some(index) = index else { continue };
        let lowest = look().map(|at| import.seats(index, at)).min().unwrap();
        let first = look().find(|at| import.seats(index, *at) == lowest);
        prop_assert_eq!((item["lowest"]["seats"].as_u64(), instant(&item["lowest"]["at"])), (Some(lowest), first));
        prop_assert_eq!(item["new"].as_u64(), Some(import.seats(index, case.as_of)));
        let needed = import.needed(index, case.as_of);
        let assigned = needed.filter(|(_, counted)| *counted).map(|(needed, _)| needed);
        prop_assert_eq!(item["assigned"].as_u64(), assigned, "{:#}", item);
        prop_assert_eq!(item["old"].as_u64(), import.old(index), "{:#}", item);
        let rows = expected.iter().filter(|((_, cause), _)| ["shortage", "unreadable"].contains(cause));
        let short = rows.into_iter().any(|(_, (rows, ..))| rows.iter().any(|row| item["id"] == row.0));
        // Where the old license is in doubt, it is unknown whether the item fits.
        let fits = if short { Some(false) } else { (!import.need_is_doubtful(index)).then_some(true) };
        prop_assert_eq!(item["fits"].as_bool(), needed.and(fits), "{:#}", item);
        prop_assert_eq!(item["oldCertain"].as_bool(), import.old_is_certain(index), "{:#}", item);
    }
    // Where something is unknown, the first line says so.
    let headline = report["headline"].as_str().unwrap();
    let unknown = (0..ITEMS.len())
        .any(|item| case.new.has(item) && import.needed(item, case.as_of).is_none() && !import.is_known(item));
    prop_assert!(!unknown || headline.contains("as far as is known"), "{}", headline);
    // The first line also says that the old license is in doubt.
    let doubtful = import.doubtful();
    prop_assert_eq!(
        headline.contains("of the old license cannot be read plainly"),
        !doubtful.is_empty(),
        "{}",
        headline
    );
    let clauses = report["unknown"].as_array().unwrap().iter().filter_map(Value::as_str);
    let clauses: Vec<_> = clauses.filter(|clause| clause.starts_with("what the old license gives of ")).collect();
    prop_assert_eq!(clauses.len(), doubtful.len(), "{:?}", doubtful);
    for id in doubtful.values().flatten() {
        prop_assert!(clauses.iter().any(|clause| clause.contains(id)), "{} in {:?}", id, clauses);
    }
    Ok(())
}

/// Preflight never contradicts its parts.
fn parts_agree(case: &Case, import: &Import<'_>, answers: &Answers, expected: &Actions) -> Result<(), TestCaseError> {
    let report = &answers.preflight;
    let in_action = |causes: &[&str], id: &str| {
        let of_cause = expected.iter().filter(|((_, cause), _)| causes.contains(cause));
        of_cause.into_iter().any(|(_, (rows, ..))| rows.iter().any(|row| row.0 == id))
    };
    let is_counted = |kind: &str, id: &str| {
        let items = report["items"].as_array().unwrap().iter();
        items.filter(|item| item["kind"] == kind && item["id"] == id).any(|item| !item["assigned"].is_null())
    };
    let seats = ["shortage", "unreadable"];
    for item in answers.fit["items"].as_array().unwrap() {
        let (kind, id) = (item["kind"].as_str().unwrap(), item["id"].as_str().unwrap());
        match (item["fits"].as_bool(), is_counted(kind, id)) {
            (Some(fits), true) => prop_assert_eq!(!fits, in_action(&seats, id), "{:#}", item),
            // Nobody counted a part of the need.
            (Some(false), false) => prop_assert!(in_action(&seats, id), "{:#}", item),
            _ => {}
        }
    }
    over_assigned_agrees(case, import, answers)?;
    // Of the retired ids that an item replaces, some may have been counted.
    let is_partly_counted = |id: &str| {
        let item = ITEMS.iter().position(|(_, other)| *other == id);
        item.is_some_and(|item| import.pool(item).iter().any(|one| case.assigned(*one).is_some()))
    };
    for (given, kind, id) in &answers.lost {
        let told = match (given, id) {
            (_, Some(id)) if is_counted(kind, id) || is_partly_counted(id) => true,
            (Given::Administrator, _) => expected.keys().any(|(_, cause)| *cause == "no-administrator"),
            (Given::Seats, Some(id)) => in_action(&seats, id),
            // One that falls exactly with the seats is told as seats.
            (Given::Entitlement, Some(id)) if in_action(&seats, id) => true,
            (_, Some(id)) => in_action(&["lost"], id),
            (_, None) => false,
        };
        prop_assert!(told, "{:?} of {:?} is in no action of {:#}", given, id, report);
    }
    if report["verdict"] == "go" && case.plan.is_empty() && case.map.is_none() {
        let contradicts = |rule: &str| {
            ["over-assigned", "vanished-type-in-use", "no-admin-user-type"].contains(&rule)
                || rule.starts_with("policy-")
        };
        for (rule, _, message) in &answers.errors {
            prop_assert!(!contradicts(rule), "go, and check says {}: {}", rule, message);
            if rule == "over-assigned-later" {
                // The message reads "from 2026-12-31 12:00 (in 31 days) on there are".
                let at = message.split("from ").nth(1).unwrap();
                let at = instant(&json!(format!("{}T{}:00Z", &at[..10], &at[11..16]))).unwrap();
                prop_assert!(at > instant(&report["until"]).unwrap(), "go, and check says {}", message);
            }
        }
    }
    Ok(())
}

/// `check` finds over-assigned exactly what does not fit now by `fit`, and its message has the number of seats.
fn over_assigned_agrees(case: &Case, import: &Import<'_>, answers: &Answers) -> Result<(), TestCaseError> {
    let of_rules = |rules: &[&str]| {
        let found = answers.errors.iter().filter(|(rule, ..)| rules.contains(&rule.as_str()));
        found.filter_map(|(_, id, message)| Some((id.clone()?, message.clone()))).collect::<Vec<_>>()
    };
    let told: BTreeSet<_> = of_rules(&["over-assigned", "vanished-type-in-use"]).into_iter().map(|one| one.0).collect();
    if case.plan.is_empty() {
        let items = answers.fit["items"].as_array().unwrap().iter();
        let now = items.filter(|item| instant(&item["fitsUntil"]) == Some(case.as_of));
        let now: BTreeSet<_> = now.map(|item| item["id"].as_str().unwrap().to_owned()).collect();
        prop_assert_eq!(&told, &now);
    }
    for (id, message) in of_rules(&["over-assigned"]) {
        let item = ITEMS.iter().position(|(_, other)| *other == id).unwrap();
        let words = match seats(&case.new, item, case.as_of) {
            _ if !case.new.has(item) => "the license does not have it".to_owned(),
            (1, true) => "there is 1 seat".to_owned(),
            (seats, true) => format!("there are {seats} seats"),
            (seats, false) => format!("it is not certain how many seats there are ({seats} by the cautious reading)"),
        };
        prop_assert!(message.contains(&words), "{}: {}", words, message);
        prop_assert!(import.needed(item, case.as_of).is_some());
    }
    Ok(())
}

fn order_is_of_no_matter(case: &Case, report: &Value) -> Result<(), TestCaseError> {
    let mut turned = case.clone();
    turned.new.entries.reverse();
    turned.old.iter_mut().for_each(|old| old.entries.reverse());
    turned.portal.iter_mut().for_each(Portal::reverse);
    turned.members.iter_mut().for_each(|members| members.reverse());
    turned.plan.reverse();
    let usage = usage(&usage_files(&turned));
    let other = with_inputs(&turned, &usage, |inputs| preflight(inputs, true).0);
    let dues: Vec<_> = other.actions.iter().map(|action| json!([action.due, action.cause])).collect();
    let actions = report["actions"].as_array().unwrap().iter();
    prop_assert_eq!(actions.map(|action| json!([action["due"], action["cause"]])).collect::<Vec<_>>(), dues);
    let all = json!([other.verdict, other.until, other.until_is, other.members, other.license_end]);
    let names = ["verdict", "until", "untilIs", "members", "licenseEnd"];
    prop_assert_eq!(json!(names.map(|name| &report[name])), all);
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: cases(), failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_action_is_what_asking_each_instant_gives(case in case()) {
        agrees(&case)?;
    }
}

/// The number of cases; `PREFLIGHT_CASES=1000000` sets it.
fn cases() -> u32 {
    std::env::var("PREFLIGHT_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1_000)
}

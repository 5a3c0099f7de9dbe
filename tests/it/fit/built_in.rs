//! Built-in accounts that may hold seats: the worst way to give them user types, held against trying every way.

use proptest::prelude::*;
use serde_json::{Value, json};

use seatline::parts::LeftOut;
use seatline::{
    DocumentPlace, FitQuestion, FitReport, Instant, License, Plan, Roles, Source, Usage, UsageReader, Zone,
};

use crate::common::seatline;
use crate::inputs::write;

const IDS: [&str; 3] = ["creatorUT", "editorUT", "viewerUT"];
const ACCOUNTS: [&str; 4] = ["esri", "esri_nav", "esri_livingatlas", "system_publisher"];
const BEGIN: i64 = 1_735_689_600_000;
const LATER: i64 = 1_805_112_000_000;
const END: i64 = 1_845_979_200_000;
const AS_OF: i64 = 1_799_107_200_000; // 2027-01-05

/// A site: of each user type the seats at first and later, and the members; and the user types of the built-in accounts, as far
/// as they are told.
#[derive(Clone, Debug)]
struct Site {
    types: Vec<(u64, u64, u64)>,
    accounts: Vec<Option<usize>>,
}

impl Site {
    fn license(&self) -> String {
        let entries = IDS.iter().zip(&self.types).flat_map(|(id, (first, later, _))| {
            [(*first, BEGIN), (*later, LATER), (0, END)]
                .map(|(seats, start)| json!({"id": id, "maxUsers": seats, "startDate": start}))
        });
        json!({"MyEsri": {"version": "11.4", "provision": {"userTypes": entries.collect::<Vec<_>>()}}}).to_string()
    }

    /// The members, with these user types of the built-in accounts.
    fn members(&self, accounts: &[Option<usize>]) -> String {
        let user = |name: &str, role: &str, id: Option<&str>| match id {
            Some(id) => json!({"username": name, "role": role, "userLicenseTypeId": id}),
            None => json!({"username": name, "role": role}),
        };
        let members = IDS.iter().zip(&self.types).flat_map(|(id, (.., members))| {
            (0..*members).map(move |nth| user(&format!("{id}{nth}"), "org_user", Some(id)))
        });
        // As administrators they are not locked out themselves.
        let accounts =
            ACCOUNTS.iter().zip(accounts).map(|(name, of)| user(name, "org_admin", of.map(|index| IDS[index])));
        let users: Vec<_> = members.chain(accounts).collect();
        json!({"total": users.len(), "start": 1, "num": 100, "nextStart": -1, "users": users}).to_string()
    }

    fn fit(&self, members: &str, include_built_in: bool) -> FitReport {
        let source = Source::from_text("license.json", self.license());
        let mut reader = UsageReader::new(LeftOut { include_built_in, ..LeftOut::default() });
        reader.read(&Source::from_text("members.json", members.to_owned()), None).unwrap();
        answer(&source, &reader.finish().unwrap())
    }
}

fn answer(source: &Source, usage: &Usage) -> FitReport {
    let question = FitQuestion {
        as_of: Instant::from_epoch_ms(AS_OF),
        zone: Zone::UTC,
        until: None,
        usage,
        moved: None,
        plan: &Plan::default(),
        roles: Roles::default(),
        thresholds: Default::default(),
    };
    let (document, place) = (source.license().unwrap(), DocumentPlace::default());
    FitReport::new(License::new(source, &place, &document), question)
}

/// How bad an answer is: the earlier the worse, then the members locked out, then the seats that are missing at that time.
fn badness(report: &FitReport) -> (i64, u64, u64) {
    let Some(misfit) = &report.first_misfit else { return (i64::MIN, 0, 0) };
    let short = report.items.iter().filter_map(|item| item.first_shortage).filter(|one| one.at == misfit.at);
    (-misfit.at.epoch_ms(), misfit.locked_out, short.map(|one| one.short).sum())
}

/// Every way to give the accounts without a user type one.
fn ways(accounts: &[Option<usize>]) -> Vec<Vec<Option<usize>>> {
    let Some((first, rest)) = accounts.split_first() else { return vec![Vec::new()] };
    let choices = first.map_or_else(|| (0..IDS.len()).collect(), |index| vec![index]);
    let rest = ways(rest);
    choices.iter().flat_map(|index| rest.iter().map(move |rest| [&[Some(*index)], &rest[..]].concat())).collect()
}

fn site() -> impl Strategy<Value = Site> {
    let one = (1..5_u64).prop_flat_map(|members| (members..members + 3, members - 1..members + 2, Just(members)));
    let account = prop::option::weighted(0.4, 0..IDS.len());
    (prop::collection::vec(one, IDS.len()), prop::collection::vec(account, 1..4))
        .prop_map(|(types, accounts)| Site { types, accounts })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_worst_that_is_told_is_the_worst_of_all_ways(site in site()) {
        let report = site.fit(&site.members(&site.accounts), false);
        let told: Vec<_> = report.notes.iter().map(ToString::to_string).filter(|note| note.contains("hold seats (")).collect();
        let answers: Vec<_> = ways(&site.accounts).iter().map(|way| site.fit(&site.members(way), true)).collect();
        let worst = answers.iter().map(badness).max().unwrap();
        let verdicts: Vec<_> =
            answers.iter().filter(|one| badness(one) == worst).map(|one| one.verdict.to_string()).collect();
        match told.as_slice() {
            [] => prop_assert!(answers.iter().all(|one| one.fits == report.fits), "nothing is told of {:?}", verdicts),
            [note] => prop_assert!(verdicts.iter().any(|verdict| note.ends_with(&format!(": {verdict}"))), "{} {:?}", note, verdicts),
            notes => prop_assert!(false, "{:?}", notes),
        }
    }
}

/// Four Creators of four, nine Viewers of nine, and one account whose user type nobody knows.
fn full() -> Site {
    Site { types: vec![(4, 4, 4), (0, 0, 0), (9, 9, 9)], accounts: vec![None] }
}

#[test]
fn one_account_without_a_user_type_takes_one_seat() {
    let site = full();
    let notes = Value::from(
        site.fit(&site.members(&site.accounts), false).notes.iter().map(ToString::to_string).collect::<Vec<_>>(),
    );
    assert!(notes.to_string().contains("at worst: does not fit: 1 user type, 9 members locked out"), "{notes:#}");
    let folder = tempfile::tempdir().unwrap();
    let license = write(&folder, "license.json", site.license());
    let members = write(&folder, "members.json", site.members(&site.accounts));
    let day = ["--usage", &members, "--as-of", "2027-01-05", "-q"];
    let run = seatline(&[&["preflight", &license, "--no-policy"], &day[..]].concat());
    assert!(
        run.words().contains("at worst: NO-GO: get 1 seat of Viewer (viewerUT), or 9 members are locked out"),
        "{run:?}"
    );
    let run = seatline(&[&["check", &license, "--no-policy"], &day[..]].concat());
    let said = run.words();
    let both = ["over-assigned of creatorUT", "over-assigned of viewerUT"].map(|what| said.contains(what));
    assert!(both[0] != both[1], "one of them: {run:?}");
}

#[test]
fn an_account_that_one_list_names_and_another_only_counts_is_one_account() {
    let site = Site { types: vec![(4, 4, 3), (0, 0, 0), (9, 9, 5)], accounts: vec![Some(0)] };
    let named = site.members(&site.accounts);
    // The same members; the account is counted and not named.
    let unnamed: Value = serde_json::from_str(&site.members(&[])).unwrap();
    let unnamed = json!({"total": unnamed["users"].as_array().unwrap().len() + 1, "start": 1, "num": 100, "nextStart": -1,
        "users": unnamed["users"]});
    let source = Source::from_text("license.json", site.license());
    let mut reader = UsageReader::default();
    reader.read(&Source::from_text("named.json", named), None).unwrap();
    reader.read(&Source::from_text("unnamed.json", unnamed.to_string()), None).unwrap();
    let report = answer(&source, &reader.finish().unwrap());
    assert!(!report.notes.iter().any(|note| note.contains("hold seats (")), "4 of 4 Creators fit: {:?}", report.notes);
}

/// Nine Viewers by name of ten seats, and eleven by a count.
#[test]
fn an_answer_that_rests_on_the_larger_count_says_what_it_would_be_without() {
    let site = Site { types: vec![(5, 5, 4), (0, 0, 0), (10, 10, 9)], accounts: vec![Some(0), Some(2), Some(2)] };
    let folder = tempfile::tempdir().unwrap();
    let license = write(&folder, "license.json", site.license());
    let members = write(&folder, "members.json", site.members(&site.accounts));
    let counts =
        json!({"results": [{"key": "creatorUT", "count": 5}, {"key": "viewerUT", "count": 11}], "nextStart": -1});
    let counts = write(&folder, "counts.json", counts.to_string());
    let both = ["--usage", &members, "--usage", &counts, "--as-of", "2027-01-05", "-q"];
    let run = |command: &str, more: &[&str]| seatline(&[&[command, &license], &both[..], more].concat());
    let (taken, without) = ("and the larger count is taken", "whom only one source counts are built-in accounts");
    let fit = run("fit", &["-f", "json"]).json();
    assert_eq!(fit["fits"], false);
    let notes = fit["notes"].to_string();
    assert!(notes.contains(taken) && notes.contains(without) && notes.contains(": fits until"), "{notes}");
    for format in ["table", "markdown", "html"] {
        let run = run("fit", &["-f", format]);
        assert!(run.words().contains(taken) && run.words().contains(without), "{format}: {run:?}");
    }
    let arguments =
        ["preflight", &license, "--usage", &members, "--usage", &counts, "--as-of", "2027-01-05", "--no-policy"];
    let said = "perhaps built-in accounts of the portal were counted, without which it would be otherwise";
    for format in ["table", "markdown", "html", "mail", "json", "github"] {
        let run = seatline(&[&arguments[..], &["-q", "-f", format]].concat());
        assert!(run.words().contains("NO-GO") && run.words().contains(said), "{format}: {run:?}");
    }
    let json = seatline(&[&arguments[..], &["-q", "-f", "json"]].concat()).json();
    let unknown = json["unknown"].to_string();
    assert!(unknown.contains(without) && unknown.contains("hold no seat: GO"), "{json:#}");
    let check =
        seatline(&["check", &license, "--usage", &members, "--usage", &counts, "--as-of", "2027-01-05", "--no-policy"]);
    assert!(check.words().contains("this would not be found: over-assigned of viewerUT"), "{check:?}");
}

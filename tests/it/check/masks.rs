//! A waived or lowered finding hides no other. These tests compute again what is wrong, from the numbers alone, and
//! expect each fault in some finding that counts, whichever rules are waived or lowered.

use serde_json::{Value, json};

use super::fixtures::findings;
use crate::common::seatline;
use crate::oracle::random::Random;

/// The rules that may report a fault which another rule leaves to them.
const SPEAKERS: [(&str, &[&str]); 9] = [
    ("policy-required", &[]),
    ("policy-seats", &["policy-required", "policy-end"]),
    ("policy-end", &["policy-required", "policy-seats"]),
    ("undefined-item", &["unknown-id"]),
    ("unprovisioned-definition", &["unknown-id"]),
    ("over-assigned", &["vanished-type-in-use"]),
    ("vanished-type-in-use", &[]),
    ("usage-high", &["over-assigned"]),
    ("version-mismatch", &["schema-violation"]),
];

const ALL_RULES: [&str; 11] = [
    "policy-required",
    "policy-seats",
    "policy-end",
    "undefined-item",
    "unknown-id",
    "unprovisioned-definition",
    "over-assigned",
    "vanished-type-in-use",
    "usage-high",
    "version-mismatch",
    "schema-violation",
];

const IDS: [&str; 5] = ["creatorUT", "CreatorUT", "viewerUT", "fooUT", "FooUT"];
const LEVELS: [&str; 4] = ["allow", "info", "warning", "error"];
/// 2027-01-01.
const AS_OF: i64 = 1_798_761_600_000;
const DAY: i64 = 86_400_000;

struct Case {
    version: Value,
    defined: Option<Vec<&'static str>>,
    /// The id, the seats, and the days after the as-of.
    entries: Vec<(&'static str, u64, i64)>,
    assigned: Vec<(&'static str, u64)>,
    items: Vec<Expected>,
    levels: Vec<(&'static str, &'static str)>,
    waived: Vec<(&'static str, Option<&'static str>)>,
}

struct Expected {
    id: &'static str,
    minimum: Option<u64>,
    /// In days after the as-of.
    earliest_end: Option<i64>,
    required: bool,
}

impl Case {
    fn random(random: &mut Random) -> Self {
        let some = |random: &mut Random, percent: usize| {
            IDS.into_iter().filter(|_| random.chance(percent)).collect::<Vec<_>>()
        };
        let defined = random.chance(80).then(|| some(random, 50));
        let mut entries = Vec::new();
        for id in some(random, 60) {
            for day in [-100, -10, 10, 100] {
                if random.chance(45) {
                    entries.push((id, *random.pick(&[0, 0, 5, 10]), day));
                }
            }
        }
        let assigned = some(random, 40).into_iter().map(|id| (id, *random.pick(&[1, 5, 9, 12]))).collect();
        let items = some(random, 60).into_iter().map(|id| Expected {
            id,
            minimum: random.chance(60).then(|| *random.pick(&[1, 5, 8])),
            earliest_end: random.chance(50).then(|| *random.pick(&[20, 200])),
            required: random.chance(50),
        });
        let items = items.filter(|one| one.minimum.is_some() || one.earliest_end.is_some() || one.required).collect();
        let levels = ALL_RULES.into_iter().filter(|_| random.chance(30)).collect::<Vec<_>>();
        let levels = levels.into_iter().map(|rule| (rule, *random.pick(&LEVELS))).collect();
        let mut waived = Vec::new();
        for rule in ALL_RULES {
            if random.chance(25) {
                waived.push((rule, random.chance(50).then(|| *random.pick(&IDS))));
            }
        }
        let version = match random.below(8) {
            0 => json!({}),
            1 => json!(null),
            2 => json!("11.1"),
            _ => json!("11.4"),
        };
        Self { version, defined, entries, assigned, items, levels, waived }
    }

    fn license(&self) -> Value {
        let entries = self
            .entries
            .iter()
            .map(|(id, seats, day)| json!({"id": id, "maxUsers": seats, "startDate": AS_OF + day * DAY}));
        let definition =
            |id: &&str| json!({"id": id, "name": id, "description": id, "level": "2", "isEsriDefault": true});
        let mut license =
            json!({"MyEsri": {"version": self.version, "provision": {"userTypes": entries.collect::<Value>()}}});
        if let Some(defined) = &self.defined {
            license["MyEsri"]["definitions"] = json!({"userTypes": defined.iter().map(definition).collect::<Value>()});
        }
        license
    }

    fn usage(&self) -> Value {
        let counts = self.assigned.iter().map(|(key, count)| json!({"key": key, "count": count}));
        json!({"results": counts.collect::<Value>(), "nextStart": -1})
    }

    fn policy(&self) -> String {
        let mut text = "portal-version = \"11.4\"\n[levels]\n".to_owned();
        for (rule, level) in &self.levels {
            text += &format!("{rule} = \"{level}\"\n");
        }
        for Expected { id, minimum, earliest_end, required } in &self.items {
            text += &format!("[[item]]\nkind = \"userType\"\nid = \"{id}\"\nrequired = {required}\n");
            text += &minimum.map_or_else(String::new, |seats| format!("minimum-seats = {seats}\n"));
            text += &earliest_end.map_or_else(String::new, |day| format!("earliest-end = \"{}\"\n", AS_OF + day * DAY));
        }
        for (rule, id) in &self.waived {
            let (kind, id) = id.map_or(("*", "*"), |id| ("userType", id));
            text += &format!(
                "[[waiver]]\nrule = \"{rule}\"\nkind = \"{kind}\"\nid = \"{id}\"\nuntil = 2029-01-01\nreason = \"known\"\n"
            );
        }
        text
    }

    fn seats(&self, id: &str, day: i64) -> u64 {
        let own = self.entries.iter().filter(|(own, _, start)| *own == id && *start <= day);
        own.max_by_key(|(_, _, start)| *start).map_or(0, |(_, seats, _)| *seats)
    }

    fn is_provided(&self, id: &str) -> bool {
        self.entries.iter().any(|(own, ..)| *own == id)
    }

    fn is_there(&self, id: &str) -> bool {
        self.is_provided(id) || self.defined.as_ref().is_some_and(|defined| defined.contains(&id))
    }

    /// The faults: the rule, the id (empty for the license), and the rule's own level.
    fn facts(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let mut facts = Vec::new();
        for Expected { id, minimum, earliest_end, required } in &self.items {
            let last = earliest_end.unwrap_or(1);
            if *required && self.seats(id, 0) == 0 {
                facts.push(("policy-required", *id, "error"));
            }
            if minimum.is_some_and(|minimum| (0..last).any(|day| self.seats(id, day) < minimum)) {
                facts.push(("policy-seats", *id, "error"));
            }
            let ever = self.entries.iter().any(|(own, seats, _)| own == id && *seats > 0);
            let ends_before = |end: i64| !ever || (end..2000).all(|day| self.seats(id, day) == 0);
            if earliest_end.is_some_and(|end| ends_before(end - 1)) {
                facts.push(("policy-end", *id, "error"));
            }
        }
        for id in IDS {
            let defined = self.defined.as_ref().is_some_and(|defined| defined.contains(&id));
            let ever = self.entries.iter().any(|(own, seats, _)| *own == id && *seats > 0);
            if self.defined.is_some() && !defined && ever {
                facts.push(("undefined-item", id, "warning"));
            }
            if defined && !self.is_provided(id) {
                facts.push(("unprovisioned-definition", id, "info"));
            }
        }
        for (id, assigned) in &self.assigned {
            let seats = self.seats(id, 0);
            if *assigned > seats {
                facts.push(("over-assigned", *id, "error"));
            }
            if !self.is_there(id) {
                facts.push(("vanished-type-in-use", *id, "error"));
            } else if assigned * 100 >= seats * 85 {
                facts.push(("usage-high", *id, if assigned * 100 >= seats * 95 { "error" } else { "warning" }));
            }
        }
        if self.version != json!("11.4") {
            facts.push(("version-mismatch", "", "warning"));
        }
        facts
    }

    fn level(&self, rule: &str, own: &'static str) -> usize {
        let level = self.levels.iter().find(|(known, _)| *known == rule).map_or(own, |(_, level)| *level);
        LEVELS.iter().position(|known| *known == level).unwrap()
    }

    fn is_waived(&self, rule: &str, id: &str) -> bool {
        self.waived.iter().any(|(known, about)| *known == rule && about.is_none_or(|about| about == id))
    }
}

#[test]
fn whatever_is_waived_or_lowered_everything_that_is_wrong_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (license, usage, policy) = (path("license.json"), path("usage.json"), path("policy.toml"));
    let mut random = Random::new(7);
    let mut told_by_another = 0;
    for _ in 0..250 {
        let case = Case::random(&mut random);
        std::fs::write(&license, case.license().to_string()).unwrap();
        std::fs::write(&usage, case.usage().to_string()).unwrap();
        std::fs::write(&policy, case.policy()).unwrap();
        let as_of = AS_OF.to_string();
        let mut arguments = vec!["check", &license, "--as-of", &as_of, "--policy", &policy, "-f", "json"];
        if !case.assigned.is_empty() {
            arguments.extend(["--usage", &usage]);
        }
        let run = seatline(&arguments);
        assert!(run.code <= 1, "{run:?}");
        let found = findings(&run.json());
        let context = || format!("{}\n{}\n{}\n{found:#?}", case.license(), case.usage(), case.policy());
        let about = |finding: &Value, rule: &str, id: &str| {
            let of = finding["id"].as_str().unwrap_or_default();
            let same = of == id || (rule == "unknown-id" && of.eq_ignore_ascii_case(id));
            // Findings about the version name no item.
            finding["rule"] == rule && (same || rule == "schema-violation")
        };
        let counts = |rule: &str, id: &str, least: usize| {
            found.iter().any(|finding| {
                let level = LEVELS.iter().position(|level| finding["severity"] == *level).unwrap();
                about(finding, rule, id) && finding["waived"].is_null() && level >= least
            })
        };
        for (rule, id, own) in case.facts() {
            let level = case.level(rule, own);
            if level == 0 {
                assert!(!found.iter().any(|finding| finding["rule"] == rule), "allowed: {rule} {id}\n{}", context());
                continue;
            }
            if case.is_waived(rule, id) {
                let is_shown = |finding: &Value| about(finding, rule, id) && !finding["waived"].is_null();
                assert!(found.iter().any(is_shown), "waived, and not shown: {rule} {id}\n{}", context());
                continue;
            }
            let speakers = SPEAKERS.iter().find(|(known, _)| *known == rule).unwrap().1;
            let own = counts(rule, id, level);
            let another = speakers.iter().any(|speaker| counts(speaker, id, level));
            assert!(own || another, "nobody tells {rule} {id}\n{}", context());
            told_by_another += usize::from(!own);
        }
    }
    assert!(told_by_another > 60, "only {told_by_another} are told by another rule");
}

const WORDS: &str = "tests/fixtures/check/words";

fn word(name: &str) -> String {
    format!("{WORDS}/{name}")
}

#[test]
fn a_waived_finding_hides_no_other() {
    for (license, policy, rule) in [
        ("mask-1-license.json", "mask-1b-required-waived-hides-seats-and-end.toml", "policy-seats"),
        ("mask-2-license-ends-early.json", "mask-2-end-waived-hides-seats.toml", "policy-seats"),
        (
            "mask-3-license-undefined-near-known.json",
            "mask-3-undefined-item-error-hidden-by-unknown-id.toml",
            "undefined-item",
        ),
    ] {
        let run =
            seatline(&["check", &word(license), "--policy", &word(policy), "--as-of", "2024-01-01", "-f", "json"]);
        assert_eq!(run.code, 1, "{run:?}");
        let report = run.json();
        let counting =
            |finding: &Value| finding["rule"] == rule && finding["severity"] == "error" && finding["waived"].is_null();
        assert!(findings(&report).iter().any(counting), "{report:#}");
        // Without waivers and levels one finding is enough.
        let run = seatline(&["check", &word(license), "--no-policy", "--as-of", "2024-01-01", "-f", "json"]);
        assert!(!findings(&run.json()).iter().any(|finding| finding["rule"] == rule));
    }
}

#[test]
fn a_repeated_member_that_is_waived_is_still_not_documented() {
    let license = r#"{"MyEsri": {"provision": {"userTypes": [{"id": "a", "maxUsers": 1, "startDate": 1542672000000, "x": 1, "x": 2}]}}}"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    let unknown = |policy: &str| {
        std::fs::write(&path, policy).unwrap();
        let arguments = ["check", "-", "--policy", path.to_str().unwrap(), "-f", "json"];
        let report = crate::common::seatline_with_input(&arguments, license.as_bytes()).json();
        findings(&report).iter().any(|finding| finding["rule"] == "unknown-member")
    };
    assert!(!unknown(""));
    assert!(unknown("[levels]\nrepeated-key = \"allow\"\n"));
    let waiver =
        "[[waiver]]\nrule = \"repeated-key\"\nkind = \"*\"\nid = \"*\"\nuntil = 2099-01-01\nreason = \"known\"\n";
    assert!(unknown(waiver));
}

#[test]
fn a_waiver_that_has_ended_is_unused_where_that_it_ended_does_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    let waiver = "[[waiver]]\nrule = \"seat-gap\"\nkind = \"*\"\nid = \"*\"\nuntil = 2020-01-01\nreason = \"known\"\n";
    let rules = |levels: &str| {
        std::fs::write(&path, format!("[levels]\n{levels}\n{waiver}")).unwrap();
        let arguments = ["check", "samples/renewed-11.1.json", "--as-of", "2027-01-01", "-f", "json", "--policy"];
        let report = seatline(&[&arguments[..], &[path.to_str().unwrap()]].concat()).json();
        let found = report["policy"]["findings"].as_array().unwrap().clone();
        found.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(rules(""), ["waiver-expired"]);
    assert_eq!(rules("waiver-expired = \"allow\""), ["waiver-unused"]);
    assert_eq!(rules("waiver-expired = \"info\""), ["waiver-expired", "waiver-unused"]);
}

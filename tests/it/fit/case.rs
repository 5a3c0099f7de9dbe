//! Random licenses, random usage in every form, and random plans.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::files::{BASE, Files, HOUR};

/// The last hour at which an entry begins.
pub(super) const LAST: i64 = 8;

/// The list in the document, the name of the kind, and the ids. The last user type is never in the license.
pub(super) const KINDS: [(&str, &str, &[&str]); 4] = [
    ("userTypes", "userType", &["creatorUT", "viewerUT", "partnerUT", "goneUT"]),
    ("appBundles", "appBundle", &["fieldAppsAB"]),
    ("extensions", "extension", &["advediting", "utilityNetwork", "parcelFabric"]),
    ("apps", "app", &["tracker", "Insights"]),
];

/// The kind of extensions; the last of them replaces the others from 11.2 on.
pub(super) const EXTENSION: usize = 2;
pub(super) const SUCCESSOR: &str = "advediting";

/// An entry; `None` stands for a value that cannot be read.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) kind: usize,
    pub(super) id: Option<usize>,
    pub(super) hour: Option<i64>,
    pub(super) seats: Option<u64>,
}

impl Entry {
    pub(super) fn is_plain(&self) -> bool {
        self.id.is_some() && self.hour.is_some() && self.seats.is_some()
    }
}

#[derive(Clone, Debug)]
pub(super) struct Member {
    /// The number of the member, which makes the name.
    pub(super) number: usize,
    pub(super) user_type: usize,
    pub(super) role: Option<&'static str>,
    pub(super) disabled: Option<bool>,
}

/// The form in which usage is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    None,
    Resource,
    /// Member counts, this many on a page.
    Counts(usize),
    /// Members, this many on a page.
    Members(usize),
    /// The answer of a search for all members, this many on a page.
    Search(usize),
    Csv,
    CsvAndResource,
    /// The portal's own member report, which names user types and roles.
    Report,
    /// Counts of user types and of extensions as CSV.
    KindCounts,
    /// `--nobody-yet`
    Nobody,
}

impl Form {
    /// Whether the form lists members one by one.
    pub(super) fn names_members(self) -> bool {
        matches!(self, Self::Members(_) | Self::Search(_) | Self::Csv | Self::CsvAndResource | Self::Report)
    }

    /// Whether the form states members at all.
    pub(super) fn has_members(self) -> bool {
        !matches!(self, Self::None | Self::Nobody)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) kind: usize,
    pub(super) id: usize,
    pub(super) count: u64,
    pub(super) from: Option<i64>,
}

#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) version: &'static str,
    pub(super) entries: Vec<Entry>,
    /// Whether `provision.userTypes` is there.
    pub(super) provided: bool,
    /// Whether Creator is defined, and a type without entries.
    pub(super) defined: bool,
    pub(super) members: Vec<Member>,
    /// The assigned seats of the bundle, the extensions and the apps, where they are counted.
    pub(super) others: [Option<u64>; 6],
    pub(super) form: Form,
    pub(super) plan: Option<Vec<Planned>>,
    pub(super) as_of: i64,
    pub(super) until: Option<i64>,
    pub(super) boss: bool,
    pub(super) odd: bool,
    /// A map: members of one user type get another one first.
    pub(super) map: Option<(usize, usize)>,
}

fn entry() -> impl Strategy<Value = Entry> {
    let id = (0..KINDS.len(), 0..3_usize);
    let readable = |weight: f64| prop::bool::weighted(weight);
    (id, 0..=LAST, 0..5_u64, readable(0.96), readable(0.96), readable(0.96)).prop_map(
        |((kind, id), hour, seats, has_id, has_hour, has_seats)| Entry {
            kind,
            // The last user type is in no license.
            id: has_id.then_some(id % KINDS[kind].2.len().min(3)),
            hour: has_hour.then_some(hour),
            seats: has_seats.then_some(seats),
        },
    )
}

fn member() -> impl Strategy<Value = Member> {
    let role = prop::sample::select(vec![Some("org_admin"), Some("boss"), Some("org_user"), None]);
    let disabled = prop::option::weighted(0.9, any::<bool>());
    let user_type = prop::sample::select(vec![0_usize, 0, 0, 1, 1, 2, 3]);
    (user_type, role, disabled).prop_map(|(user_type, role, disabled)| Member { number: 0, user_type, role, disabled })
}

pub(super) fn case() -> impl Strategy<Value = Case> {
    let form = prop_oneof![
        Just(Form::None),
        Just(Form::Resource),
        (1..4_usize).prop_map(Form::Counts),
        (1..5_usize).prop_map(Form::Members),
        (1..5_usize).prop_map(Form::Search),
        Just(Form::Csv),
        Just(Form::CsvAndResource),
        Just(Form::Report),
        Just(Form::KindCounts),
        Just(Form::Nobody),
    ];
    let planned = ((0..KINDS.len(), 0..4_usize), 0..4_u64, prop::option::of(0..=LAST))
        .prop_map(|((kind, id), count, from)| Planned { kind, id: id % KINDS[kind].2.len(), count, from });
    let others = prop::array::uniform6(prop::option::of(0..4_u64));
    let people = (prop::collection::vec(member(), 1..12), others, form);
    let plan = prop::option::of(prop::collection::vec(planned, 0..4));
    let version = prop::sample::select(vec!["11.1", "11.2", "11.4", "new"]);
    let entries = (prop::collection::vec(entry(), 0..18), any::<bool>());
    // A license that has the successor mostly has no retired ids.
    let entries = entries.prop_map(|(mut entries, replaced)| {
        entries.retain(|entry| !replaced || entry.kind != EXTENSION || matches!(entry.id, None | Some(0)));
        entries
    });
    let license = (version, entries, prop::bool::weighted(0.95), any::<bool>());
    let time = (-1..=LAST, prop::option::of(0..=LAST), prop::option::weighted(0.3, (0..4_usize, 0..4_usize)));
    (license, people, plan, time, any::<bool>(), any::<bool>()).prop_map(
        |(
            (version, mut entries, provided, defined),
            (mut members, others, form),
            plan,
            (as_of, until, map),
            boss,
            odd,
        )| {
            // The naive computation tries all combinations, so only a few values are unreadable.
            let mut spoiled = 0;
            entries.retain(|entry| {
                spoiled += i32::from(!entry.is_plain());
                entry.is_plain() || spoiled <= 2
            });
            let plan = if form == Form::None { Some(plan.unwrap_or_default()) } else { plan };
            let until = until.map(|hours| as_of + hours);
            let map = map.filter(|_| form.has_members());
            members.iter_mut().enumerate().for_each(|(number, member)| member.number = number);
            if matches!(form, Form::Report | Form::KindCounts) {
                // In a table only known user types are accepted.
                members.iter_mut().for_each(|member| member.user_type %= 2);
            }
            Case { version, entries, provided, defined, members, others, form, plan, as_of, until, boss, odd, map }
        },
    )
}

impl Case {
    pub(super) fn license(&self) -> Value {
        let mut provision = json!({"userTypes": [], "appBundles": [], "extensions": [], "apps": []});
        for (index, entry) in self.entries.iter().enumerate() {
            let (list, _, ids) = KINDS[entry.kind];
            let pick = |odd: [Value; 3]| odd[index % 3].clone();
            let value = json!({
                "id": entry.id.map_or(pick([json!(""), Value::Null, json!(7)]), |id| json!(ids[id])),
                "maxUsers": entry.seats.map_or(pick([json!(-1), Value::Null, json!(1.5)]), |seats| json!(seats)),
                "startDate": entry.hour.map_or(pick([json!("soon"), Value::Null, json!(1_600_000_000)]), |hour| json!(BASE + hour * HOUR)),
            });
            provision[list].as_array_mut().unwrap().push(value);
        }
        if !self.provided {
            provision.as_object_mut().unwrap().remove("userTypes");
        }
        let defined = [json!({"id": "creatorUT", "name": "Creator"}), json!({"id": "emptyUT", "name": "Empty"})];
        let defined = if self.defined { json!(defined) } else { json!([]) };
        json!({"MyEsri": {"version": self.version, "definitions": {"userTypes": defined}, "provision": provision}})
    }

    /// Whether `--admin-role boss` is given; a role that nobody has would be refused.
    pub(super) fn names_boss(&self) -> bool {
        let has_boss = self.members.iter().any(|member| member.role == Some("boss"));
        self.boss && self.form.has_members() && has_boss
    }

    /// The number of members with a user type before the map.
    pub(super) fn held(&self, user_type: usize) -> u64 {
        self.members.iter().filter(|member| member.user_type == user_type).count() as u64
    }

    /// The members after the map.
    pub(super) fn after(&self) -> Vec<Member> {
        let mut after = self.members.clone();
        for member in &mut after {
            if let Some((_, to)) = self.map.filter(|(from, _)| *from == member.user_type) {
                member.user_type = to;
            }
        }
        after
    }

    /// The arguments that change user types first: a map, or a file of moves.
    fn first(&self, files: &Files) -> Vec<String> {
        let Some((from, to)) = self.map else { return Vec::new() };
        let [from_id, to_id] = [from, to].map(|index| KINDS[0].2[index]);
        if self.odd && self.form.names_members() && self.held(from) > 0 {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["username", "userType"]).unwrap();
            for member in self.members.iter().filter(|member| member.user_type == from) {
                writer.write_record([&self.name(member), to_id]).unwrap();
            }
            return vec!["--moves".to_owned(), files.add("moves.csv", writer.into_inner().unwrap())];
        }
        vec!["--map".to_owned(), format!("{from_id}={to_id}")]
    }

    fn name(&self, Member { number, .. }: &Member) -> String {
        match self.form {
            Form::Csv | Form::CsvAndResource => format!("m{number}, \"the\" member; of\nmany"),
            _ => format!("m{number}"),
        }
    }

    /// Writes the files, and gives the arguments after the license.
    pub(super) fn write(&self, files: &Files) -> Vec<String> {
        let mut arguments = Vec::new();
        let mut usage = match self.form {
            Form::None | Form::Nobody => Vec::new(),
            Form::Resource => vec![files.add("resource.json", self.resource().to_string())],
            Form::Counts(size) => {
                let counts: Vec<_> =
                    (0..4).map(|index| (index, self.held(index))).filter(|(_, held)| *held > 0).collect();
                let counts: Vec<_> =
                    counts.iter().map(|(index, held)| json!({"key": KINDS[0].2[*index], "count": held})).collect();
                self.pages(files, "results", &counts, size)
            }
            Form::Members(size) => self.pages(files, "users", &self.users(), size),
            Form::Search(size) => self.pages(files, "results", &self.users(), size),
            Form::Report => vec![files.add("report.csv", self.report())],
            Form::KindCounts => {
                let held = (0..4).filter(|index| self.held(*index) > 0);
                let held: Vec<_> = held.map(|index| format!("{},{}\n", KINDS[0].2[index], self.held(index))).collect();
                let extensions = KINDS[EXTENSION].2.iter().filter_map(|id| Some((id, self.other(EXTENSION, id)?)));
                let extensions: Vec<_> = extensions.map(|(id, count)| json!({"key": id, "count": count})).collect();
                vec![
                    files.add("counts.csv", format!("key,count\n{}", held.concat())),
                    format!("extension={}", files.add("extensions.json", json!({"results": extensions}).to_string())),
                ]
            }
            Form::Csv => vec![files.add("members.csv", self.csv())],
            Form::CsvAndResource => {
                vec![files.add("members.csv", self.csv()), files.add("resource.json", self.resource().to_string())]
            }
        };
        if self.odd {
            usage.reverse();
        }
        arguments.extend(usage.into_iter().flat_map(|path| ["--usage".to_owned(), path]));
        if let Some(plan) = &self.plan {
            let mut text = "kind,id,count,from\n".to_owned();
            for Planned { kind, id, count, from } in plan {
                let from = from.map_or_else(String::new, |hour| (BASE + hour * HOUR).to_string());
                text.push_str(&format!("{},{},{count},{from}\n", KINDS[*kind].1, KINDS[*kind].2[*id]));
            }
            arguments.extend(["--plan".to_owned(), files.add("plan.csv", text)]);
        }
        if self.form == Form::Nobody {
            arguments.push("--nobody-yet".to_owned());
        }
        arguments.extend(self.first(files));
        if self.names_boss() {
            arguments.extend(["--admin-role".to_owned(), "boss".to_owned()]);
        }
        arguments.extend(["--as-of".to_owned(), (BASE + self.as_of * HOUR).to_string()]);
        if let Some(until) = self.until {
            arguments.extend(["--until".to_owned(), (BASE + until * HOUR).to_string()]);
        }
        arguments
    }

    fn resource(&self) -> Value {
        let mut resource = json!({"currentRegisteredMembers": self.members.len()});
        let entry = |id: &str, count: Option<u64>| {
            let mut entry = json!({"id": id, "maximumRegisteredMembers": 100});
            if let Some(count) = count {
                entry["currentRegisteredMembers"] = json!(count);
            }
            entry
        };
        // Types without members may be missing.
        let types = (0..4).filter(|index| !self.odd || self.held(*index) > 0);
        resource["userTypes"] = types.map(|index| entry(KINDS[0].2[index], Some(self.held(index)))).collect();
        for (kind, (list, _, ids)) in KINDS.iter().enumerate().skip(1) {
            resource[list] = ids.iter().map(|id| entry(id, self.other(kind, id))).collect();
        }
        resource
    }

    /// The assigned seats of an item that is no user type, where they are counted.
    pub(super) fn other(&self, kind: usize, id: &str) -> Option<u64> {
        let all = KINDS.iter().enumerate().skip(1).flat_map(|(kind, (.., ids))| ids.iter().map(move |id| (kind, *id)));
        all.zip(self.others).find(|(one, _)| *one == (kind, id)).and_then(|(_, count)| count)
    }

    /// The member report that the portal makes.
    fn report(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["Username", "Name", "Email", "User Type", "Role", "Member Account Status"]).unwrap();
        for member in &self.members {
            let role = match member.role {
                Some("org_admin") => "Administrator",
                Some("org_user") => "User",
                other => other.unwrap_or_default(),
            };
            let status = member.disabled.map_or("", |disabled| if disabled { "Disabled" } else { "Enabled" });
            let user_type = ["Creator", "Viewer"][member.user_type];
            writer.write_record([&self.name(member), "", "", user_type, role, status]).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    fn users(&self) -> Vec<Value> {
        let user = |member: &Member| {
            let mut user = json!({"username": self.name(member), "userLicenseTypeId": KINDS[0].2[member.user_type]});
            if let Some(role) = member.role {
                user["role"] = json!(role);
            }
            if let Some(disabled) = member.disabled {
                user["disabled"] = json!(disabled);
            }
            user
        };
        self.members.iter().map(user).collect()
    }

    /// The pages in files of their own, or several in one file.
    fn pages(&self, files: &Files, list: &str, elements: &[Value], size: usize) -> Vec<String> {
        let mut paths: Vec<String> = Vec::new();
        let mut together = String::new();
        for (index, page) in elements.chunks(size).enumerate() {
            let start = index * size + 1;
            let next = start + page.len();
            let next = if next > elements.len() { -1 } else { i64::try_from(next).unwrap() };
            let page = json!({list: page, "start": start, "num": size, "nextStart": next, "total": elements.len()});
            if self.boss {
                together = format!("{page:#}\n{together}");
            } else {
                paths.push(files.add(&format!("{list}-{index}.json"), page.to_string()));
            }
        }
        if self.boss { vec![files.add("pages.json", together)] } else { paths }
    }

    fn csv(&self) -> String {
        let mut writer =
            csv::WriterBuilder::new().delimiter(if self.odd { b';' } else { b',' }).from_writer(Vec::new());
        writer.write_record(["role", "username", "comment", "disabled", "userLicenseTypeId"]).unwrap();
        for member in &self.members {
            let name = self.name(member);
            let disabled = member.disabled.map_or("", |disabled| if disabled { "TRUE" } else { "no" });
            let user_type = KINDS[0].2[member.user_type];
            writer.write_record([member.role.unwrap_or_default(), &name, "=1+1", disabled, user_type]).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }
}

//! One organization in every form in which people have it.

use serde_json::{Value, json};

use super::{BUILT_IN, Member, Organization, TERMS, TYPES};

/// A form: its files by name, with their bytes.
pub(crate) struct Form {
    pub(crate) name: &'static str,
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// Whether the form names members, and does not only count them.
    pub(crate) names_members: bool,
}

/// The way in which a table is written.
#[derive(Clone, Copy)]
enum Writing {
    Plain,
    /// With a byte order mark and lines as Windows ends them: Excel's "CSV UTF-8".
    Marked,
    Utf16,
    /// Excel's own first line.
    Sep,
}

impl Writing {
    fn bytes(self, separator: u8, text: &str) -> Vec<u8> {
        match self {
            Self::Plain => text.as_bytes().to_vec(),
            Self::Marked => format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes(),
            Self::Utf16 => format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Sep => format!("sep={}\r\n{}", char::from(separator), text.replace('\n', "\r\n")).into_bytes(),
        }
    }
}

fn table(separator: u8, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    rows.into_iter().for_each(|row| writer.write_record(&row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn cells<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

pub(crate) fn forms(organization: &Organization) -> Vec<Form> {
    let mut forms = counts(organization);
    forms.extend(lists(organization));
    forms.extend(tables(organization));
    forms
}

fn counts(organization: &Organization) -> Vec<Form> {
    let counts: Vec<_> = (0..TYPES.len()).map(|index| (TYPES[index], organization.count(index))).collect();
    let entry = |((id, _), count): &((&str, &str), u64)| json!({"id": id, "maximumRegisteredMembers": 100, "currentRegisteredMembers": count, "expiration": TERMS[3]});
    let all = organization.members.len();
    let resource = json!({"currentRegisteredMembers": all, "maximumRegisteredMembers": 500, "version": "11.5",
        "userTypes": counts.iter().map(entry).collect::<Vec<_>>(), "appBundles": [], "apps": []});
    // A portal does not list what nobody has.
    let held = || counts.iter().filter(|(_, count)| *count > 0);
    let element = |((id, _), count): &((&str, &str), u64)| json!({"key": id, "count": count});
    let elements: Vec<_> = held().map(element).collect();
    let answer = json!({"results": elements, "nextStart": -1});
    let by = |name: fn(&(&str, &str)) -> String, separator: u8| {
        let rows = held().map(|(both, count)| vec![name(both), count.to_string()]);
        table(separator, [cells(["key", "count"])].into_iter().chain(rows))
    };
    let by_id = |both: &(&str, &str)| both.0.to_owned();
    let by_name = |both: &(&str, &str)| both.1.to_uppercase();
    let form =
        |name, file: &str, bytes: Vec<u8>| Form { name, files: vec![(file.to_owned(), bytes)], names_members: false };
    vec![
        form("license resource", "resource.json", resource.to_string().into_bytes()),
        form("counts", "counts.json", answer.to_string().into_bytes()),
        form("counts in a bare list", "list.json", json!(elements).to_string().into_bytes()),
        form("counts as CSV", "counts.csv", Writing::Plain.bytes(b',', &by(by_id, b','))),
        form("counts as CSV of Excel", "counts.csv", Writing::Sep.bytes(b';', &by(by_name, b';'))),
        form("counts, marked", "counts.json", Writing::Marked.bytes(b',', &answer.to_string())),
    ]
}

fn user(member: &Member) -> Value {
    json!({"username": member.username, "fullName": "x, y", "role": member.role_id(), "level": "2", "disabled": member.disabled,
        "userType": "arcgisonly", "userLicenseTypeId": member.type_id()})
}

/// Pages with so many members, as the portal answers them.
fn pages(users: &[Value], total: usize, size: usize) -> Vec<(String, Vec<u8>)> {
    let pages = users.chunks(size).enumerate().map(|(number, page)| {
        let start = number * size + 1;
        let next = start + page.len();
        let next = if next > users.len() { json!(-1) } else { json!(next) };
        let page = json!({"total": total, "start": start, "num": size, "nextStart": next, "users": page});
        (format!("members-{number:04}.json"), page.to_string().into_bytes())
    });
    pages.collect()
}

fn lists(organization: &Organization) -> Vec<Form> {
    let users: Vec<_> = organization.members.iter().map(user).collect();
    let built_in = |typed: bool| {
        let system = BUILT_IN.iter().map(|name| {
            let mut user = json!({"username": name, "role": "org_admin", "disabled": false});
            if typed {
                user["userLicenseTypeId"] = json!("viewerUT");
            }
            user
        });
        let mut all = users.clone();
        let middle = all.len() / 2;
        all.splice(middle..middle, system);
        all
    };
    let count = users.len();
    let search = json!({"query": "orgid:0123456789ABCDEF", "total": count, "start": 1, "num": 100, "nextStart": -1,
        "results": users});
    let with = |name, files: Vec<(String, Vec<u8>)>| Form { name, files, names_members: true };
    let one = |name, file: &str, value: &Value| with(name, vec![(file.to_owned(), value.to_string().into_bytes())]);
    let utf16 = Writing::Utf16.bytes(b',', &pages_text(&users));
    vec![
        with("pages of members", pages(&users, count, 7)),
        with("one page of members", pages(&users, count, 100)),
        with("members with built-in accounts", pages(&built_in(true), count + BUILT_IN.len(), 100)),
        with("members with built-in accounts without type", pages(&built_in(false), count + BUILT_IN.len(), 9)),
        with("members of whom the portal counts more", pages(&users, count + BUILT_IN.len(), 100)),
        one("a search", "search.json", &search),
        one("a bare list of members", "records.json", &json!(users)),
        with("members in UTF-16", vec![("members.json".to_owned(), utf16)]),
    ]
}

fn pages_text(users: &[Value]) -> String {
    json!({"total": users.len(), "start": 1, "num": 100, "nextStart": -1, "users": users}).to_string()
}

fn tables(organization: &Organization) -> Vec<Form> {
    let members = &organization.members;
    let rest = |separator: u8| {
        let rows = members.iter().map(|one| {
            cells([&one.username, one.type_id(), one.role_id(), if one.disabled { "true" } else { "false" }])
        });
        table(separator, [cells(["username", "userLicenseTypeId", "role", "disabled"])].into_iter().chain(rows))
    };
    let report = |separator: u8| {
        let head = ["Name", "Username", "Email", "User Type", "Role", "Last Login Date", "Member Account Status"];
        let rows = members.iter().map(|one| {
            let status = if one.disabled { "Disabled" } else { "Enabled" };
            let role = one.role_name();
            cells(["Doe, Jo", &one.username, "j@ex.org", one.type_name(), role, "Nov 1, 2026", status])
        });
        table(separator, [cells(head)].into_iter().chain(rows))
    };
    let german = {
        let rows = members.iter().map(|one| {
            cells([&one.username, one.type_name(), one.role_name(), if one.disabled { "WAHR" } else { "FALSCH" }])
        });
        table(b';', [cells(["UserName", "LicenseType", "Role", "Disabled"])].into_iter().chain(rows))
    };
    let pandas = {
        let head = cells(["", "username", "fullName", "role", "disabled", "userType", "userLicenseTypeId"]);
        let rows = members.iter().enumerate().map(|(index, one)| {
            let disabled = if one.disabled { "True" } else { "False" };
            cells([&index.to_string(), &one.username, "x, y", one.role_id(), disabled, "arcgisonly", one.type_id()])
        });
        table(b',', [head].into_iter().chain(rows))
    };
    let r_frame = {
        let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
        let head = ["username", "userLicenseTypeId", "role", "disabled"].map(quoted).join(",");
        let rows = members.iter().enumerate().map(|(index, one)| {
            let texts = [&(index + 1).to_string(), &one.username, one.type_id(), one.role_id()].map(quoted).join(",");
            format!("{texts},{}", if one.disabled { "TRUE" } else { "FALSE" })
        });
        [head].into_iter().chain(rows).collect::<Vec<_>>().join("\n") + "\n"
    };
    let form = |name, writing: Writing, separator, text: &str| Form {
        name,
        files: vec![("members.csv".to_owned(), writing.bytes(separator, text))],
        names_members: true,
    };
    vec![
        form("REST CSV", Writing::Plain, b',', &rest(b',')),
        form("REST CSV with tabs, in UTF-16", Writing::Utf16, b'\t', &rest(b'\t')),
        form("REST CSV with semicolons", Writing::Marked, b';', &rest(b';')),
        form("member report", Writing::Marked, b',', &report(b',')),
        form("member report of Excel", Writing::Sep, b';', &report(b';')),
        form("member report with tabs", Writing::Plain, b'\t', &report(b'\t')),
        form("German export", Writing::Marked, b';', &german),
        form("pandas", Writing::Plain, b',', &pandas),
        form("R", Writing::Plain, b',', &r_frame),
    ]
}

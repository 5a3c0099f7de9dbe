//! A made-up organization, and its license.

mod forms;

use proptest::prelude::*;
use serde_json::{Value, json};

pub(super) use forms::{Form, forms};

/// The as-of of every question.
pub(super) const AS_OF: &str = "2026-06-01";

/// 2026-01-01, 2026-06-15, 2026-10-01 and 2027-01-31.
const TERMS: [i64; 4] = [1_767_225_600_000, 1_781_481_600_000, 1_790_812_800_000, 1_801_396_800_000];

/// User types by id and by the name in the portal's report. The license has the first four, and has another name for
/// the last of these.
const TYPES: [(&str, &str); 5] = [
    ("creatorUT", "Creator"),
    ("viewerUT", "Viewer"),
    ("GISProfessionalStdUT", "Professional"),
    ("partnerUT", "Acme Planner"),
    ("fieldWorkerUT", "Mobile Worker"),
];
const IN_LICENSE: usize = 4;

/// Roles by id and by name; those of the site's own come last.
const ROLES: [(&str, &str); 6] = [
    ("org_admin", "Administrator"),
    ("org_publisher", "Publisher"),
    ("org_user", "User"),
    ("iAAAAAAAAAAAAAAA", "Viewer"),
    ("x9Qk2", "GIS Lead"),
    ("p0Lm8", "Surveyor"),
];

/// Accounts of the portal itself.
const BUILT_IN: [&str; 3] = ["esri_nav", "esri_livingatlas", "system_publisher"];

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) username: String,
    user_type: usize,
    role: usize,
    disabled: bool,
}

impl Member {
    fn type_id(&self) -> &'static str {
        TYPES[self.user_type].0
    }

    fn type_name(&self) -> &'static str {
        TYPES[self.user_type].1
    }

    fn role_id(&self) -> &'static str {
        ROLES[self.role].0
    }

    fn role_name(&self) -> &'static str {
        ROLES[self.role].1
    }
}

#[derive(Clone, Debug)]
pub(super) struct Organization {
    pub(super) members: Vec<Member>,
    /// The seats of each user type of the license from each term on. The last term ends the license.
    seats: Vec<[u64; 3]>,
}

impl Organization {
    /// The number of members with a user type.
    fn count(&self, user_type: usize) -> u64 {
        self.members.iter().filter(|member| member.user_type == user_type).count() as u64
    }

    pub(super) fn license(&self) -> Value {
        let definitions: Vec<_> =
            TYPES[..IN_LICENSE].iter().map(|(id, name)| json!({"id": id, "name": name, "level": "2"})).collect();
        let entries = self.seats.iter().zip(TYPES).flat_map(|(seats, (id, _))| {
            let ends = seats.iter().copied().chain([0]);
            ends.zip(TERMS).map(move |(seats, start)| json!({"id": id, "maxUsers": seats, "startDate": start}))
        });
        let entries: Vec<_> = entries.collect();
        json!({"MyEsri": {"version": "11.5", "definitions": {"userTypes": definitions, "appBundles": []},
            "provision": {"userTypes": entries, "appBundles": [], "extensions": [], "apps": []}, "portalCapabilities": []}})
    }
}

/// Between 1 and 40 members, and seats that are sometimes enough.
pub(super) fn organization() -> impl Strategy<Value = Organization> {
    // User names with characters that a table must quote, or leave as they are.
    let name = prop::sample::select(vec![
        "ana",
        "Zoë",
        "o'neil",
        "a,b",
        "x;y",
        "0123",
        "1e5",
        "NA",
        "true",
        "né@ex.org",
        "D\\jo",
    ]);
    let member = (name, 0..TYPES.len(), 0..ROLES.len(), any::<bool>());
    let members = prop::collection::vec(member, 1..40);
    let seats = prop::collection::vec(prop::array::uniform3(0..20_u64), IN_LICENSE);
    (members, seats).prop_map(|(members, seats)| {
        let members = members.into_iter().enumerate().map(|(number, (name, user_type, role, disabled))| Member {
            username: if number == 0 { name.to_owned() } else { format!("{name}.{number}") },
            user_type,
            role,
            disabled,
        });
        Organization { members: members.collect(), seats }
    })
}

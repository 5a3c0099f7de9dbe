//! The license: `validateLicense`, the license resource, and the future license.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::reply::Reply;
use super::{Answered, Call};

/// User types whose members can be administrators, as Esri publishes them, in the published order.
const FOR_ADMINISTRATORS: [&str; 4] =
    ["creatorUT", "GISProfessionalStdUT", "GISProfessionalBasicUT", "GISProfessionalAdvUT"];

#[derive(Deserialize)]
struct File {
    #[serde(rename = "MyEsri")]
    my_esri: BTreeMap<String, Value>,
}

impl Call<'_> {
    /// Answers with the license in the posted file, without its other members, or with the user types in it that
    /// administrators can have.
    pub(super) fn validate_license(&self) -> Answered {
        if !self.form.multipart {
            return Err(self.error(400, "The request is not multipart.", &[]));
        }
        let Some(file) = self.form.file("file") else {
            return Err(self.error(400, "The parameter 'file' is missing.", &[]));
        };
        let list = match self.form.part("listAdministratorUserTypes") {
            None => false,
            Some(_) => match self.form.text("listAdministratorUserTypes") {
                Some("true") => true,
                Some("false") => false,
                _ => return Err(self.error(400, "The parameter 'listAdministratorUserTypes' is invalid.", &[])),
            },
        };
        let license: File = serde_json::from_slice(&file.bytes).map_err(|_| self.invalid())?;
        if !list {
            return Ok(json!({"MyEsri": license.my_esri}));
        }
        let types = license.my_esri.get("definitions").and_then(|definitions| definitions["userTypes"].as_array());
        let defined: Vec<&str> = types.into_iter().flatten().filter_map(|item| item["id"].as_str()).collect();
        let ids = FOR_ADMINISTRATORS.into_iter().filter(|id| defined.contains(id));
        Ok(json!({"userTypes": ids.map(|id| json!({"id": id})).collect::<Vec<_>>()}))
    }

    fn invalid(&self) -> Reply {
        self.error(500, "Failed to validate the license file.", &["The license file is invalid."])
    }

    /// The license resource: the seats of each user type, and how many of them are assigned.
    pub(super) fn license(&self) -> Value {
        let world = self.portal.world.lock().unwrap();
        let settings = &self.portal.settings;
        let types = world.seats().iter().map(|(id, seats)| {
            json!({
                "id": id,
                "maximumRegisteredMembers": seats,
                "currentRegisteredMembers": world.assigned(id),
                "expiration": settings.expires,
            })
        });
        json!({
            "currentRegisteredMembers": world.members().len(),
            "maximumRegisteredMembers": world.seats().iter().map(|(_, seats)| seats).sum::<u64>(),
            "version": settings.version,
            "userTypes": types.collect::<Vec<_>>(),
            "appBundles": [],
            "apps": [],
            "extensions": [],
        })
    }

    /// A user type without a coming entitlement has no seats after the license expires.
    pub(super) fn future_license(&self) -> Value {
        let world = self.portal.world.lock().unwrap();
        let settings = &self.portal.settings;
        let future =
            |id: &str| settings.future.iter().find(|(of, ..)| of == id).map(|(_, seats, start)| (*seats, *start));
        let types = world.seats().iter().map(|(id, _)| {
            let (seats, start) = future(id).unwrap_or((0, settings.expires));
            json!({"id": id, "maximumRegisteredMembers": seats, "startDate": start})
        });
        json!({"userTypes": types.collect::<Vec<_>>(), "appBundles": [], "apps": [], "extensions": []})
    }
}

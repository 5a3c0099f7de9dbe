//! The members, page by page, and their numbers by user type.

use serde_json::json;

use super::{Answered, Call};

/// The most members on a page, whatever the request asks for.
const PAGE: usize = 100;

impl Call<'_> {
    /// A page of members: `start` counts from 1, `num` is 10 by default, `nextStart` of the last page is −1.
    pub(super) fn members(&self) -> Answered {
        let number = |name: &str, default: usize| match self.parameter(name).map(|text| text.parse::<usize>()) {
            None => Ok(default),
            Some(Ok(number @ 1..)) => Ok(number),
            Some(_) => Err(self.error(400, &format!("The parameter '{name}' is invalid."), &[])),
        };
        let (start, num) = (number("start", 1)?, number("num", 10)?.min(PAGE));
        let world = self.portal.world.lock().unwrap();
        let exclude = self.parameter("excludeSystemUsers").as_deref() == Some("true");
        let all = world.listed();
        let members: Vec<_> = all.iter().filter(|member| !(exclude && world.is_built_in(&member.username))).collect();
        let page: Vec<_> = members.iter().skip(start - 1).take(num).map(|member| member.to_json()).collect();
        let next = start.saturating_add(page.len());
        let next = if next > members.len() { json!(-1) } else { json!(next) };
        let total = if world.counts_built_in { all.len() } else { members.len() };
        Ok(json!({"total": total, "start": start, "num": num, "nextStart": next, "users": page}))
    }

    /// One member, with the extensions if the request asks for them.
    pub(super) fn member(&self) -> Answered {
        let name = self.request.path().rsplit('/').next().unwrap_or_default();
        let name = percent_encoding::percent_decode_str(name).decode_utf8().unwrap().into_owned();
        let world = self.portal.world.lock().unwrap();
        let Some(member) = world.member(&name) else {
            return Err(self.error(400, "User does not exist or is inaccessible.", &[]));
        };
        let mut answer = member.to_json();
        let asked = self.parameter("returnUserLicenseTypeExtensions").as_deref() == Some("true");
        if let Some(extensions) = member.extensions.as_ref().filter(|_| asked) {
            answer["userLicenseTypeExtensions"] = json!(extensions);
        }
        Ok(answer)
    }

    /// The numbers of members by user type. No app and no app bundle is assigned.
    pub(super) fn counts(&self) -> Answered {
        let results = match self.parameter("type").as_deref() {
            Some("userLicenseType") => {
                let counts = self.portal.world.lock().unwrap().counts();
                counts.into_iter().map(|(key, count)| json!({"key": key, "count": count})).collect()
            }
            Some("app" | "appBundle") => Vec::new(),
            _ => return Err(self.error(400, "The parameter 'type' is invalid.", &[])),
        };
        Ok(json!({"results": results, "nextStart": -1}))
    }
}

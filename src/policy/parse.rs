//! Checks a policy, and turns it into expectations, severities and waivers.

use std::ops::Range;

use std::collections::HashSet;

use toml::Spanned;

use crate::expect::{Expected, Files, InitialAdministrator, Thresholds, UseThresholds, Waiver};
use crate::license::{ItemKind, Version};
use crate::policy::Policy;
use crate::policy::error::{PolicyError, PolicyFault};
use crate::policy::raw::{RawAdmin, RawItem, RawPolicy, RawThresholds, RawWaiver, RawWhen};
use crate::rules;
use crate::severity::Severity;
use crate::text::nearest;
use crate::time::when::{self, Clock, Edge};
use crate::time::{Instant, Period, Zone};

impl Policy {
    /// Reads a policy. A date without a time is a day of `zone`: the beginning of the day, in a waiver all of it.
    ///
    /// # Errors
    /// A [`PolicyError`] where the text is not TOML or not a policy: unknown keys, wrong types, unknown rules, ids or
    /// dates that do not exist.
    pub fn parse(name: &str, text: &str, clock: Clock, zone: Zone) -> Result<Self, PolicyError> {
        parse(text, clock, zone).map_err(|fault| PolicyError::new(name, text, fault))
    }
}

fn parse(text: &str, clock: Clock, zone: Zone) -> Result<Policy, PolicyFault> {
    let raw: RawPolicy = toml::from_str(text).map_err(|error| PolicyFault::of_toml(text, &error))?;
    let mut policy = Policy::default();
    if let Some(version) = &raw.portal_version {
        let parsed: Version = version.get_ref().parse().map_err(|error| at(version, format!("{error}")))?;
        policy.expectations.portal_version = Some(parsed);
    }
    for (name, text) in &raw.levels {
        let (rule, level) = (rule(name)?, self::level(text)?);
        if rules::find(rule).is_some_and(|known| known.is_always_error()) && level != Some(Severity::Error) {
            return Err(at(text, format!("`{rule}` is always an error: nobody knows what the document means")));
        }
        policy.levels.insert(rule, level);
    }
    let defaults = policy.expectations.thresholds;
    let period = |raw: &Option<Spanned<String>>, default| raw.as_ref().map_or(Ok(default), self::period);
    policy.expectations.thresholds = Thresholds {
        expiring_soon_error: period(&raw.thresholds.expiring_soon_error, defaults.expiring_soon_error)?,
        expiring_soon_warning: period(&raw.thresholds.expiring_soon_warning, defaults.expiring_soon_warning)?,
        over_assigned_later_error: period(
            &raw.thresholds.over_assigned_later_error,
            defaults.over_assigned_later_error,
        )?,
        waiver_ending: period(&raw.thresholds.waiver_ending, defaults.waiver_ending)?,
        high_use: UseThresholds {
            warning: percent(raw.thresholds.usage_high_warning.as_ref(), defaults.high_use.warning)?,
            error: percent(raw.thresholds.usage_high_error.as_ref(), defaults.high_use.error)?,
        },
    };
    warnings_come_first(&raw.thresholds, &policy.expectations.thresholds, clock, zone)?;
    let begins = |raw: &Spanned<RawWhen>| instant(raw, clock, zone, Edge::Begins);
    policy.expectations.admin = raw.admin.as_ref().map(|raw| admin(raw, begins)).transpose()?;
    let mut seen = HashSet::new();
    for raw in &raw.item {
        let item = item(raw, begins)?;
        let files = raw.get_ref().files.as_ref().map(|files| files.get_ref().iter().map(|glob| glob.get_ref().clone()));
        if !seen.insert((item.kind, item.id.clone(), files.map(Vec::from_iter))) {
            return Err(at(&raw.get_ref().id, "the item is listed twice: merge the two entries"));
        }
        policy.expectations.items.push(item);
    }
    policy.waivers = raw.waiver.iter().map(|raw| waiver(raw, clock, zone)).collect::<Result<_, _>>()?;
    Ok(policy)
}

fn at<T>(place: &Spanned<T>, message: impl Into<String>) -> PolicyFault {
    PolicyFault { message: message.into(), span: place.span() }
}

fn rule(name: &Spanned<String>) -> Result<&'static str, PolicyFault> {
    let known = rules::ALL.iter().map(|rule| rule.id);
    known.clone().find(|known| known == name.get_ref()).ok_or_else(|| {
        let like = nearest(name.get_ref(), known).map_or_else(String::new, |like| format!(": did you mean `{like}`?"));
        at(name, format!("no rule is called `{}`{like}", name.get_ref()))
    })
}

fn level(text: &Spanned<String>) -> Result<Option<Severity>, PolicyFault> {
    match text.get_ref().as_str() {
        "allow" => Ok(None),
        "info" => Ok(Some(Severity::Info)),
        "warning" => Ok(Some(Severity::Warning)),
        "error" => Ok(Some(Severity::Error)),
        other => {
            let like = nearest(other, ["allow", "info", "warning", "error"].into_iter());
            let like = like.map_or_else(String::new, |like| format!(": did you mean `{like}`?"));
            Err(at(text, format!("a level is `allow`, `info`, `warning` or `error`, not `{other}`{like}")))
        }
    }
}

fn period(text: &Spanned<String>) -> Result<Period, PolicyFault> {
    text.get_ref().parse().map_err(|error| at(text, format!("`{}` is {error}", text.get_ref())))
}

fn percent(raw: Option<&Spanned<i64>>, default: u8) -> Result<u8, PolicyFault> {
    let Some(raw) = raw else { return Ok(default) };
    let percent = u8::try_from(*raw.get_ref()).ok().filter(|percent| (1..=100).contains(percent));
    percent.ok_or_else(|| at(raw, "a percentage of seats is a whole number from 1 to 100"))
}

/// Refuses a threshold for warnings that only errors reach.
fn warnings_come_first(
    raw: &RawThresholds,
    thresholds: &Thresholds,
    clock: Clock,
    zone: Zone,
) -> Result<(), PolicyFault> {
    let never = |error: &str, value: String| format!("there would never be a warning: `{error}` ({value}) comes first");
    if let Some(given) = &raw.expiring_soon_warning {
        let (warning, error) = (thresholds.expiring_soon_warning, thresholds.expiring_soon_error);
        if warning.after(clock.as_of, zone) < error.after(clock.as_of, zone) {
            return Err(at(given, never("expiring-soon-error", error.to_string())));
        }
    }
    if let Some(given) = &raw.usage_high_warning {
        let UseThresholds { warning, error } = thresholds.high_use;
        if warning > error {
            return Err(at(given, never("usage-high-error", format!("{error} %"))));
        }
    }
    Ok(())
}

fn instant(raw: &Spanned<RawWhen>, clock: Clock, zone: Zone, edge: Edge) -> Result<Instant, PolicyFault> {
    let RawWhen(text) = raw.get_ref();
    when::parse(text, clock, zone, edge).map_err(|error| at(raw, format!("`{text}` is no date: {error}")))
}

fn kind(text: &Spanned<String>) -> Result<ItemKind, PolicyFault> {
    text.get_ref().parse().map_err(|()| {
        let known = ItemKind::ALL.map(ItemKind::as_str);
        let like = nearest(text.get_ref(), known.into_iter());
        let like = like.map_or_else(String::new, |like| format!(": did you mean `{like}`?"));
        at(text, format!("no kind of item is called `{}`{like} (known are {})", text.get_ref(), known.join(", ")))
    })
}

fn admin(
    raw: &RawAdmin,
    begins: impl Fn(&Spanned<RawWhen>) -> Result<Instant, PolicyFault>,
) -> Result<InitialAdministrator, PolicyFault> {
    Ok(InitialAdministrator {
        user_type: id(&raw.initial_user_type)?.to_owned(),
        on: raw.on.as_ref().map(begins).transpose()?,
        lasting: raw.lasting.as_ref().map(period).transpose()?,
    })
}

/// An id, which may not be empty.
fn id(raw: &Spanned<String>) -> Result<&str, PolicyFault> {
    let id = raw.get_ref().as_str();
    if id.is_empty() { Err(at(raw, "an id is never empty")) } else { Ok(id) }
}

fn item(
    raw: &Spanned<RawItem>,
    begins: impl Fn(&Spanned<RawWhen>) -> Result<Instant, PolicyFault>,
) -> Result<Expected, PolicyFault> {
    let item = raw.get_ref();
    let kind = kind(&item.kind)?;
    let id = id(&item.id)?;
    if let (ItemKind::Capability, Some(seats)) = (kind, &item.minimum_seats) {
        return Err(at(seats, "a capability has no seats"));
    }
    let expects = item.minimum_seats.is_some() || item.earliest_end.is_some() || item.required;
    if expects == item.forbidden {
        let message = if item.forbidden {
            "a forbidden item cannot be expected as well"
        } else {
            "the item has no expectation: add minimum-seats, earliest-end, required or forbidden"
        };
        return Err(at(&item.id, message));
    }
    Ok(Expected {
        kind,
        id: id.to_owned(),
        minimum_seats: item.minimum_seats.as_ref().map(|seats| *seats.get_ref()),
        earliest_end: item.earliest_end.as_ref().map(begins).transpose()?,
        required: item.required,
        forbidden: item.forbidden,
        files: files(item.files.as_ref())?,
    })
}

fn files(raw: Option<&Spanned<Vec<Spanned<String>>>>) -> Result<Option<Files>, PolicyFault> {
    let Some(globs) = raw else { return Ok(None) };
    if globs.get_ref().is_empty() {
        return Err(at(globs, "no file at all: name some, such as [\"prod/**\"], or leave `files` out for all"));
    }
    let files = Files::new(globs.get_ref().iter().map(|glob| glob.get_ref().as_str()));
    files.map(Some).map_err(|error| match globs.get_ref().get(error.index) {
        Some(glob) => at(glob, error.to_string()),
        None => at(globs, error.to_string()),
    })
}

fn waiver(raw: &Spanned<RawWaiver>, clock: Clock, zone: Zone) -> Result<Waiver, PolicyFault> {
    let waiver = raw.get_ref();
    let rule = rule(&waiver.rule)?;
    if rules::find(rule).is_some_and(|rule| !rule.waivable) {
        return Err(at(&waiver.rule, format!("`{rule}` cannot be waived")));
    }
    if waiver.reason.get_ref().trim().is_empty() {
        return Err(at(&waiver.reason, "a waiver needs a reason"));
    }
    let RawWhen(until) = waiver.until.get_ref();
    if until.starts_with(['+', '-']) {
        let message = format!("`{until}` would move on with every run: a waiver ends on a day, such as 2027-06-30");
        return Err(at(&waiver.until, message));
    }
    let id = id(&waiver.id)?;
    let kind = if waiver.kind.get_ref() == "*" { None } else { Some(kind(&waiver.kind)?) };
    Ok(Waiver {
        rule,
        kind,
        id: (id != "*").then(|| id.to_owned()),
        until: instant(&waiver.until, clock, zone, Edge::Ends)?,
        reason: waiver.reason.get_ref().clone(),
        files: files(waiver.files.as_ref())?,
        span: first_line(raw.span(), &waiver.rule),
    })
}

/// The bytes of a waiver that an error points at: its rule, not the header at which its table begins.
fn first_line(table: Range<usize>, rule: &Spanned<String>) -> Range<usize> {
    table.start.min(rule.span().start)..rule.span().end
}

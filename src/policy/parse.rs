//! Checks a policy, and turns it into expectations, severities and waivers.

use std::ops::Range;

use std::collections::HashSet;

use toml::Spanned;

use crate::expect::{Expected, Files, InitialAdministrator, Thresholds, UseThresholds, Waiver};
use crate::license::{ItemKind, Version};
use crate::policy::Policy;
use crate::policy::error::{PolicyError, PolicyFault};
use crate::policy::raw::{RawAdmin, RawItem, RawPolicy, RawWaiver, RawWhen};
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
    let raw: RawPolicy = toml::from_str(text).map_err(|error| toml_fault(&error))?;
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
    let begins = |raw: &Spanned<RawWhen>| instant(raw, clock, zone, Edge::Begins);
    policy.expectations.admin = raw.admin.as_ref().map(|raw| admin(raw, begins)).transpose()?;
    let mut seen = HashSet::new();
    for raw in &raw.item {
        let item = item(raw, begins)?;
        let files = raw.get_ref().files.as_ref().map(|files| files.get_ref().iter().map(|glob| glob.get_ref().clone()));
        if !seen.insert((item.kind, item.id.clone(), files.map(Vec::from_iter))) {
            return Err(at(&raw.get_ref().id, "this item is expected above already: say all of it in one place"));
        }
        policy.expectations.items.push(item);
    }
    policy.waivers = raw.waiver.iter().map(|raw| waiver(raw, clock, zone)).collect::<Result<_, _>>()?;
    Ok(policy)
}

/// The message of the TOML parser, with "did you mean" where it lists the known words.
fn toml_fault(error: &toml::de::Error) -> PolicyFault {
    let message = error.message().trim().replace('\n', "; ");
    let span = error.span().unwrap_or(0..0);
    let mut names = message.split('`').skip(1).step_by(2);
    let hint = match (message.starts_with("unknown field"), names.next()) {
        (true, Some(unknown)) => nearest(unknown, names),
        _ => None,
    };
    let mut hint = hint.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
    if message.ends_with("expected a sequence") {
        hint.push_str(": write [[item]] and [[waiver]], in two pairs of brackets");
    }
    if message.starts_with("invalid type: floating point") && message.ends_with("a string") {
        hint.push_str(": write it in quotes");
    }
    PolicyFault { message: format!("{message}{hint}"), span }
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
        user_type: raw.initial_user_type.clone(),
        on: raw.on.as_ref().map(begins).transpose()?,
        lasting: raw.lasting.as_ref().map(period).transpose()?,
    })
}

fn item(
    raw: &Spanned<RawItem>,
    begins: impl Fn(&Spanned<RawWhen>) -> Result<Instant, PolicyFault>,
) -> Result<Expected, PolicyFault> {
    let item = raw.get_ref();
    let kind = kind(&item.kind)?;
    if item.id.get_ref().is_empty() {
        return Err(at(&item.id, "an id is never empty"));
    }
    if let (ItemKind::Capability, Some(seats)) = (kind, &item.minimum_seats) {
        return Err(at(seats, "a capability has no seats"));
    }
    let expects = item.minimum_seats.is_some() || item.earliest_end.is_some() || item.required;
    if expects == item.forbidden {
        let message = if item.forbidden {
            "a forbidden item cannot be expected as well"
        } else {
            "nothing is said of this item: minimum-seats, earliest-end, required or forbidden"
        };
        return Err(at(&item.id, message));
    }
    Ok(Expected {
        kind,
        id: item.id.get_ref().clone(),
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
    let kind = if waiver.kind.get_ref() == "*" { None } else { Some(kind(&waiver.kind)?) };
    Ok(Waiver {
        rule,
        kind,
        id: (waiver.id != "*").then(|| waiver.id.clone()),
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

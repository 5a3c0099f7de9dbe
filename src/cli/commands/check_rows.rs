//! `seatline check -f jsonl`: findings are written as each document is read.

use std::cell::RefCell;
use std::path::Path;

use crate::answers::{CheckedFinding, Checker, ReportQuestion, Rows};
use crate::cli::args::CheckArgs;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::messages::Messages;
use crate::cli::io::policy::NamedPolicy;
use crate::cli::io::stream::{Seen, Stream};
use crate::cli::io::usage;
use crate::cli::settings::{Settings, administrator_list};
use crate::policy::Policy;
use crate::rules::InUse;
use crate::severity::Severity;
use crate::usage::Roles;

/// The policy, usage and options that each license is checked with.
#[derive(Clone, Copy)]
pub(super) struct Measure<'m> {
    pub(super) args: &'m CheckArgs,
    pub(super) settings: &'m Settings,
    pub(super) policy: &'m Policy,
    pub(super) named: Option<&'m NamedPolicy>,
    pub(super) messages: &'m Messages,
}

/// Writes the findings of each license as it is read, and those about the policy at the end.
pub(super) fn rows_of_findings(measure: Measure<'_>, rows: &Rows, file: Option<&Path>) -> Result<Exit, Stop> {
    let Measure { args, settings, policy, named, messages } = measure;
    let list = args.list.admins.as_deref();
    let administrators = list.map(administrator_list).transpose()?;
    usage::roles_need_members(&args.usage.usage, &args.usage.admin_role)?;
    let given = usage::read(&args.usage.usage, &args.usage.accounts, messages)?;
    let roles = Roles::new(&args.usage.admin_role);
    let question = ReportQuestion { as_of: settings.page.as_of, administrators: administrators.as_ref() };
    let checker = RefCell::new(Checker::new(question, settings.local, policy));
    let worst = RefCell::new(None);
    let look = |findings: &[CheckedFinding]| {
        let open = findings.iter().filter(|finding| finding.waived.is_none());
        let found: Option<Severity> = open.map(|finding| finding.finding.severity).max();
        let mut worst = worst.borrow_mut();
        *worst = found.max(*worst);
    };
    let json = |error: serde_json::Error| Stop::usage(error.to_string());
    let stream = Stream { args: &args.license, list, hold: &|| false, rows, head: &[], file, messages };
    let exit = stream.write(
        |license| {
            let usage = given.in_license(license.document, messages)?;
            usage::roles_are_held(usage.members.as_deref(), roles)?;
            let in_use = given.is_known().then_some(InUse { usage: &usage, roles });
            let license = checker.borrow_mut().check(license, in_use);
            look(&license.findings);
            license.notes.iter().for_each(|note| messages.note(&format!("{}: {note}", license.origin.source)));
            rows.checked(&license, named.map(|named| named.source.name())).map_err(json)
        },
        |Seen { all_read, .. }| {
            let finish =
                |named: &NamedPolicy| checker.borrow().finish(named.source.name(), named.source.text(), all_read);
            let report = named.map(finish);
            report.iter().for_each(|report| look(&report.findings));
            rows.checked_policy(report.as_ref()).map_err(json)
        },
    )?;
    let objects = args.fail_on.severity().is_some_and(|least| *worst.borrow() >= Some(least));
    Ok(if objects && !args.exit_zero { exit.max(Exit::Objection) } else { exit })
}

//! `seatline check -f jsonl`: findings are written as each document is read.

use std::path::Path;

use crate::answers::{CheckedFinding, Checker, ReportQuestion, Rows};
use crate::cli::args::CheckArgs;
use crate::cli::io::exit::{Exit, Stop};
use crate::cli::io::messages::Messages;
use crate::cli::io::policy::NamedPolicy;
use crate::cli::io::stream::{RowsOfLicense, Seen, Stream};
use crate::cli::io::usage::{self, GivenFiles};
use crate::cli::settings::{Settings, administrator_list};
use crate::license::LicenseDocument;
use crate::policy::Policy;
use crate::rules::InUse;
use crate::severity::Severity;
use crate::source::{DocumentPlace, Source};
use crate::usage::Roles;

/// The options and the policy that licenses are held to.
#[derive(Clone, Copy)]
pub(super) struct Measure<'m> {
    pub(super) args: &'m CheckArgs,
    pub(super) settings: &'m Settings,
    pub(super) policy: &'m Policy,
    pub(super) named: Option<&'m NamedPolicy>,
    pub(super) messages: &'m Messages,
}

/// Writes the findings of each license, and those of the policy at the end.
pub(super) fn rows_of_findings(measure: Measure<'_>, rows: &Rows, file: Option<&Path>) -> Result<Exit, Stop> {
    let Measure { args, settings, policy, named, messages } = measure;
    let list = args.list.admins.as_deref();
    let administrators = list.map(administrator_list).transpose()?;
    usage::roles_need_members(&args.usage.usage, &args.usage.admin_role)?;
    let given = usage::read(&args.usage.usage, &args.usage.accounts, messages)?;
    let roles = Roles::new(&args.usage.admin_role);
    let question = ReportQuestion { as_of: settings.page.as_of, administrators: administrators.as_ref() };
    let checker = Checker::new(question, settings.local, policy);
    let mut findings = Findings { checker, given: &given, roles, rows, named, messages, worst: None };
    let exit =
        Stream { args: &args.license, list, hold: false, rows, head: &[], file, messages }.write(&mut findings)?;
    let objects = args.fail_on.severity().is_some_and(|least| findings.worst >= Some(least));
    Ok(if objects && !args.exit_zero { exit.max(Exit::Objection) } else { exit })
}

/// The rows of findings.
struct Findings<'r> {
    checker: Checker<'r>,
    given: &'r GivenFiles,
    roles: Roles<'r>,
    rows: &'r Rows,
    named: Option<&'r NamedPolicy>,
    messages: &'r Messages,
    /// The highest level of a finding that is not waived.
    worst: Option<Severity>,
}

impl Findings<'_> {
    fn look_at(&mut self, findings: &[CheckedFinding]) {
        let open = findings.iter().filter(|finding| finding.waived.is_none());
        self.worst = open.map(|finding| finding.finding.severity).max().max(self.worst);
    }
}

impl RowsOfLicense for Findings<'_> {
    fn rows(
        &mut self,
        source: &Source,
        place: &DocumentPlace,
        document: &LicenseDocument<'_>,
    ) -> Result<Vec<u8>, Stop> {
        let usage = self.given.in_license(document, self.messages)?;
        usage::roles_are_held(usage.members.as_deref(), self.roles)?;
        let in_use = self.given.is_known().then_some(InUse { usage: &usage, roles: self.roles });
        let license = self.checker.check(source, place, document, in_use);
        self.look_at(&license.findings);
        license.notes.iter().for_each(|note| self.messages.note(&format!("{}: {note}", license.source)));
        let policy = self.named.map(|named| named.source.name());
        self.rows.checked(&license, policy).map_err(|error| Stop::usage(error.to_string()))
    }

    fn last_rows(&mut self, Seen { all_read, .. }: Seen) -> Result<Vec<u8>, Stop> {
        let report = self.named.map(|named| self.checker.finish(named.source.name(), named.source.text(), all_read));
        report.iter().for_each(|report| self.look_at(&report.findings));
        self.rows.checked_policy(report.as_ref()).map_err(|error| Stop::usage(error.to_string()))
    }
}

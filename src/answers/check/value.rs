//! The JSON of `seatline check`, version 1. Fields may be added, never changed.

use std::collections::HashMap;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::schema_name::{self, NamedForm};
use crate::answers::{FailureReport, FindingReport};
use crate::severity::Severity;
use crate::source::Folder;
use crate::time::Instant;

/// What is worth saying of licenses.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CheckReport {
    /// `seatline/check/v1`.
    #[cfg_attr(test, schemars(extend("const" = CheckReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<CheckReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant that all of it speaks of.
    pub as_of: Instant,
    /// The policy that was used; null where there was none.
    pub policy: Option<PolicyReport>,
    /// One for each license document.
    pub licenses: Vec<CheckedLicense>,
    /// How many findings there are.
    pub summary: Summary,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
    /// The root of the repository, from which services call files.
    #[serde(skip)]
    root: Folder,
}

/// The policy that was used, and what is to be said of its waivers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PolicyReport {
    /// The name of its file.
    pub source: String,
    /// The findings; their locations are in that file, their pointers count its tables.
    pub findings: Vec<CheckedFinding>,
}

/// One license document.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CheckedLicense {
    /// Where the license is from: what its envelope says, else the name of the input.
    pub source: String,
    /// The name of the input; positions are in it.
    pub file: String,
    /// Which document of the input, from 0.
    pub document: usize,
    /// When it was fetched, as its envelope says; null where that is not told.
    pub fetched_at: Option<String>,
    /// The version of the file, as it stands there.
    pub version: Option<String>,
    /// The findings, in the order of the document.
    pub findings: Vec<CheckedFinding>,
    /// What else is worth knowing: what would be found if the portal's built-in accounts counted.
    pub notes: Vec<String>,
    /// How often this document was checked before in this run, where a file is named twice, in whichever way.
    #[serde(skip)]
    pub(super) again: usize,
}

/// A finding, what to do about it, and whether it is accepted.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CheckedFinding {
    /// What was found.
    #[serde(flatten)]
    pub finding: FindingReport,
    /// What to do.
    pub advice: String,
    /// The waiver that accepts it; null where none does.
    pub waived: Option<Waived>,
    /// Which of the findings of its rule about the same item it is, whatever the order of the document.
    #[serde(skip)]
    pub(super) ordinal: usize,
}

/// Why a finding is accepted, and until when.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Waived {
    /// The last instant at which it is accepted.
    pub until: Instant,
    /// Why.
    pub reason: String,
}

/// How many findings there are, those that are accepted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Summary {
    /// License documents.
    pub licenses: usize,
    /// Inputs that could not be read.
    pub failures: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are information.
    pub infos: usize,
    /// Findings that waivers accept.
    pub waived: usize,
}

/// Findings of one license, or of the policy.
#[derive(Clone, Copy, Debug)]
pub(super) struct FindingPart<'r> {
    /// The file that positions are in.
    pub(super) file: &'r str,
    /// Which document of it, for a license.
    pub(super) document: Option<usize>,
    /// How often this document was checked before in this run.
    pub(super) again: usize,
    pub(super) findings: &'r [CheckedFinding],
}

impl NamedForm for CheckReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl CheckReport {
    /// The name of this form.
    pub const SCHEMA: &'static str = "seatline/check/v1";

    /// Counts what was found.
    #[must_use]
    pub fn new(
        as_of: Instant,
        policy: Option<PolicyReport>,
        licenses: Vec<CheckedLicense>,
        failures: Vec<FailureReport>,
    ) -> Self {
        let mut summary = Summary { licenses: licenses.len(), failures: failures.len(), ..Summary::default() };
        let root = Folder::default();
        let mut report = Self { schema: Self::SCHEMA.into(), as_of, policy, licenses, summary, failures, root };
        for finding in report.parts().flat_map(|part| part.findings) {
            match (&finding.waived, finding.finding.severity) {
                (Some(_), _) => summary.waived += 1,
                (None, Severity::Error) => summary.errors += 1,
                (None, Severity::Warning) => summary.warnings += 1,
                (None, Severity::Info) => summary.infos += 1,
            }
        }
        report.summary = summary;
        report.in_repository(Folder::default())
    }

    /// The same for services that call files by their paths from the root of a repository.
    #[must_use]
    pub(crate) fn in_repository(mut self, root: Folder) -> Self {
        self.root = root;
        let mut times: HashMap<(String, usize), usize> = HashMap::new();
        for license in &mut self.licenses {
            let name = own_name(&self.root, &license.file);
            let times = times.entry((name, license.document)).or_default();
            license.again = *times;
            *times += 1;
        }
        self
    }

    /// The files that findings are in.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.parts().map(|part| part.file)
    }

    /// The findings of each license, then those of the policy.
    pub(super) fn parts(&self) -> impl Iterator<Item = FindingPart<'_>> {
        let licenses = self.licenses.iter().map(|license| FindingPart {
            file: &license.file,
            document: Some(license.document),
            again: license.again,
            findings: &license.findings,
        });
        let policy = self.policy.iter().map(|policy| FindingPart {
            file: &policy.source,
            document: None,
            again: 0,
            findings: &policy.findings,
        });
        licenses.chain(policy)
    }

    /// The worst severity of a finding that is not accepted.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        let open = self.parts().flat_map(|part| part.findings).filter(|finding| finding.waived.is_none());
        open.map(|finding| finding.finding.severity).max()
    }

    /// What a service calls a file; standard input is none.
    pub(super) fn artifact(&self, file: &str) -> Option<String> {
        self.root.artifact(file)
    }

    /// The same where a path must be.
    pub(super) fn path(&self, file: &str) -> String {
        self.artifact(file).unwrap_or_else(|| "stdin".to_owned())
    }

    /// The same for a fingerprint: no other file has it.
    pub(super) fn own_name(&self, file: &str) -> String {
        own_name(&self.root, file)
    }
}

fn own_name(root: &Folder, file: &str) -> String {
    root.artifact(file).unwrap_or_else(|| file.to_owned())
}

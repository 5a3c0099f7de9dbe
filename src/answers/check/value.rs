//! The JSON of `seatline check`, version 1. Fields may be added, never changed.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::answers::schema_name::{self, NamedForm};
use crate::answers::{FailureReport, FindingReport, Origin};
use crate::severity::Severity;
use crate::source::Folder;
use crate::text::{path_uri, uri};
use crate::time::Instant;

/// The answer of `seatline check`: the findings about licenses and about the policy.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CheckReport {
    /// The name of this form: `seatline/check/v1`.
    #[cfg_attr(test, schemars(extend("const" = CheckReport::SCHEMA)))]
    #[serde(deserialize_with = "schema_name::read::<CheckReport, _>")]
    pub schema: Cow<'static, str>,
    /// The instant at which the licenses are checked.
    pub as_of: Instant,
    /// The policy that was used, with the findings about it; null where there was none.
    pub policy: Option<PolicyReport>,
    /// One member for each license document.
    pub licenses: Vec<CheckedLicense>,
    /// The numbers of findings by severity.
    pub summary: Summary,
    /// The inputs that could not be read.
    pub failures: Vec<FailureReport>,
    /// The root of the repository, to which the paths that services show are relative.
    #[serde(skip)]
    root: Folder,
    /// The paths that are no Unicode, by the names that answers give them.
    #[serde(skip)]
    not_unicode: BTreeMap<String, PathBuf>,
}

/// The policy that was used, and the findings about its waivers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PolicyReport {
    /// The policy's file by its name, as messages show it.
    pub source: String,
    /// The findings about waivers. Their locations are in the policy's file; their pointers count its tables from 0.
    pub findings: Vec<CheckedFinding>,
}

/// One license document and its findings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CheckedLicense {
    /// Where the license was read, and its version.
    #[serde(flatten)]
    pub origin: Origin,
    /// The findings, in the order of the document.
    pub findings: Vec<CheckedFinding>,
    /// Remarks, such as the findings that would be added if the portal's built-in accounts counted.
    pub notes: Vec<String>,
    /// How many times this document was already checked in this run; above 0 where a file is named twice, in whatever way.
    #[serde(skip)]
    pub(super) again: usize,
}

/// A finding, the advice for it, and the waiver that accepts it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CheckedFinding {
    /// What the rule says, with the severity that the policy gives it.
    #[serde(flatten)]
    pub finding: FindingReport,
    /// What to do about the finding.
    pub advice: String,
    /// The waiver that accepts the finding; null where none does.
    pub waived: Option<Waived>,
    /// The number of this finding among those of its rule about the same item, independent of the order of the
    /// document.
    #[serde(skip)]
    pub(super) ordinal: usize,
}

/// The waiver that accepts a finding.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Waived {
    /// The last instant at which the waiver holds.
    pub until: Instant,
    /// The reason that the policy gives.
    pub reason: String,
}

/// The numbers of licenses, failures and findings. Findings that waivers accept count in `waived` only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Summary {
    /// The number of license documents.
    pub licenses: usize,
    /// The number of inputs that could not be read.
    pub failures: usize,
    /// The number of findings that are errors.
    pub errors: usize,
    /// The number of findings that are warnings.
    pub warnings: usize,
    /// The number of findings that are information.
    pub infos: usize,
    /// The number of findings that waivers accept.
    pub waived: usize,
}

/// The findings of one license document, or those of the policy.
#[derive(Clone, Copy, Debug)]
pub(super) struct FindingPart<'r> {
    /// The name of the file that the findings' positions are in.
    pub(super) file: &'r str,
    /// Where the document is from: the source that its envelope names, else the file.
    pub(super) source: &'r str,
    /// The number of the document in the file, from 0; `None` for the policy.
    pub(super) document: Option<usize>,
    /// How many times this document was already checked in this run.
    pub(super) again: usize,
    pub(super) findings: &'r [CheckedFinding],
}

impl FindingPart<'_> {
    /// A message, and before it the source where it is not the file: the file alone would not tell which portal the
    /// document is from.
    pub(super) fn with_source(&self, message: &str) -> String {
        with_source(self.source, self.file, message)
    }
}

/// A message, and before it the source that an envelope names.
pub(super) fn with_source(source: &str, file: &str, message: &str) -> String {
    if source == file { message.to_owned() } else { format!("{source}: {message}") }
}

impl NamedForm for CheckReport {
    const NAME: &'static str = Self::SCHEMA;
}

impl CheckReport {
    /// The `schema` member of this answer.
    pub const SCHEMA: &'static str = "seatline/check/v1";

    /// Puts the findings of all licenses and of the policy together, and counts them.
    #[must_use]
    pub fn new(
        as_of: Instant,
        policy: Option<PolicyReport>,
        licenses: Vec<CheckedLicense>,
        failures: Vec<FailureReport>,
    ) -> Self {
        let mut summary = Summary { licenses: licenses.len(), failures: failures.len(), ..Summary::default() };
        let (root, not_unicode) = (Folder::default(), BTreeMap::new());
        let mut report =
            Self { schema: Self::SCHEMA.into(), as_of, policy, licenses, summary, failures, root, not_unicode };
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

    /// Makes [`Self::artifact`] name files by their paths from `root`, the root of a repository.
    #[must_use]
    pub(crate) fn in_repository(mut self, root: Folder) -> Self {
        self.root = root;
        let mut times: HashMap<(String, usize), usize> = HashMap::new();
        for license in &mut self.licenses {
            let name = own_name(&self.root, &license.origin.file);
            let times = times.entry((name, license.origin.document)).or_default();
            license.again = *times;
            *times += 1;
        }
        self
    }

    /// Tells the paths that are no Unicode, by the names that answers give them.
    #[must_use]
    pub(crate) fn with_paths(self, not_unicode: BTreeMap<String, PathBuf>) -> Self {
        Self { not_unicode, ..self }
    }

    /// The names of the files that findings are in, one for each license document and one for the policy.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.parts().map(|part| part.file)
    }

    /// The findings of each license document, then those of the policy.
    pub(super) fn parts(&self) -> impl Iterator<Item = FindingPart<'_>> {
        let licenses = self.licenses.iter().map(|license| FindingPart {
            file: &license.origin.file,
            source: &license.origin.source,
            document: Some(license.origin.document),
            again: license.again,
            findings: &license.findings,
        });
        let policy = self.policy.iter().map(|policy| FindingPart {
            file: &policy.source,
            source: &policy.source,
            document: None,
            again: 0,
            findings: &policy.findings,
        });
        licenses.chain(policy)
    }

    /// The worst severity among the findings that no waiver accepts.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        let open = self.parts().flat_map(|part| part.findings).filter(|finding| finding.waived.is_none());
        open.map(|finding| finding.finding.severity).max()
    }

    /// The path by which a service knows a file; `None` for standard input.
    pub(super) fn artifact(&self, file: &str) -> Option<String> {
        self.root.artifact(file)
    }

    /// The path by which a service knows a file, with `stdin` for standard input, where a path is required.
    pub(super) fn path(&self, file: &str) -> String {
        self.artifact(file).unwrap_or_else(|| "stdin".to_owned())
    }

    /// The URI of a file: relative to the root of the repository where it lies in there.
    pub(super) fn uri(&self, file: &str) -> String {
        let path = self.not_unicode.get(file).map(|path| path_uri(&self.root.artifact_path(path)));
        path.unwrap_or_else(|| uri(&self.path(file)))
    }

    /// The name of a file in fingerprints, which no other file has.
    pub(super) fn own_name(&self, file: &str) -> String {
        own_name(&self.root, file)
    }
}

fn own_name(root: &Folder, file: &str) -> String {
    root.artifact(file).unwrap_or_else(|| file.to_owned())
}

//! The identity of a finding, by which services know it again in a later run. It does not depend on lines, on values,
//! or on the order of the document.

use std::collections::HashMap;

use uuid::Uuid;

use crate::answers::FindingReport;
use crate::answers::check::CheckedFinding;
use crate::answers::check::value::FindingPart;
use crate::text::visible;

/// Numbers the findings of one rule about one item: by instant, then by their place in the document. The place is that of the
/// pointer, so neither lines, nor values, nor the order of the members of an object change the numbers.
pub(super) fn numbered(mut findings: Vec<CheckedFinding>) -> Vec<CheckedFinding> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_cached_key(|index| findings.get(*index).map(|CheckedFinding { finding, .. }| place(finding)));
    let mut times: HashMap<_, usize> = HashMap::new();
    for index in order {
        if let Some(CheckedFinding { finding, ordinal, .. }) = findings.get_mut(index) {
            let times = times.entry((finding.rule.clone(), finding.kind, finding.id.clone())).or_default();
            *ordinal = *times;
            *times += 1;
        }
    }
    findings
}

/// The instant of a finding, and the keys and indices of its pointer; an index is compared as a number.
fn place(finding: &FindingReport) -> impl Ord + use<> {
    let step = |segment: String| segment.parse::<usize>().map_err(|_| segment);
    let path: Vec<_> = finding.location.pointer.segments().map(step).collect();
    (finding.at, path)
}

/// The name of a finding within its document: "seat-gap userType viewerUT", followed by its number from the second
/// finding on, as in "… #2". The number 1 follows an id that ends like that, so that no two findings share a name.
pub(super) fn name(CheckedFinding { finding, ordinal, .. }: &CheckedFinding) -> String {
    let mut name = finding.rule.clone();
    if let Some(kind) = finding.kind {
        name.push_str(&format!(" {kind}"));
    }
    if let Some(id) = &finding.id {
        name.push_str(&format!(" {}", visible(id)));
    }
    let ends_as_numbered = name.rsplit_once(" #").is_some_and(|(_, end)| end.bytes().all(|byte| byte.is_ascii_digit()));
    if *ordinal > 0 || ends_as_numbered {
        name.push_str(&format!(" #{}", ordinal + 1));
    }
    name
}

/// The fingerprint of a finding, equal in every run; `path` is the service's name for the file.
pub(super) fn fingerprint(
    path: &str,
    part: FindingPart<'_>,
    CheckedFinding { finding, ordinal, .. }: &CheckedFinding,
) -> String {
    let document = part.document.map_or_else(|| "policy".to_owned(), |document| document.to_string());
    let kind = finding.kind.map_or("", |kind| kind.as_str());
    // A finding without an id differs from a finding with an empty id.
    let id = finding.id.as_ref().map_or_else(String::new, |id| format!("={id}"));
    hash(&[path, &document, &part.again.to_string(), &finding.rule, kind, &id, &ordinal.to_string()])
}

/// The fingerprint of an input that could not be read; `again` counts the failures of one document.
pub(super) fn of_failure(path: &str, document: usize, code: &str, again: usize) -> String {
    hash(&[path, &document.to_string(), "not read", code, &again.to_string()])
}

/// Each part is preceded by its length, so that no two lists of parts give one text.
fn hash(parts: &[&str]) -> String {
    let text: String = parts.iter().map(|part| format!("{}:{part}", part.len())).collect();
    Uuid::new_v5(&Uuid::NAMESPACE_URL, text.as_bytes()).simple().to_string()
}

//! `seatline fetch --extensions`: which extensions each member has, asked member by member.

use std::path::Path;

use crate::portal::{Fetched, FetchedFile, MemberExtensions, NotFetched, Operation, Session};
use crate::source::Source;
use crate::source::fetched::sha256;
use crate::text::visible;
use crate::usage::{Member, UsageReader};

use crate::cli::exit::{Exit, Stop};
use crate::cli::io::clock::now;
use crate::cli::io::messages::Messages;
use crate::cli::io::new_files::NewFiles;
use crate::cli::io::resumable::Resumable;

/// After this many members without extensions in the answer, the portal is taken not to state extensions at all.
const TRIES: usize = 20;

/// Asks for the extensions of every member of the list that was just fetched, and keeps the answers beside that list.
/// Gives the file of the interrupted run, to be removed once all new files are in place.
///
/// # Errors
/// A [`Stop`] where the portal does not answer. The answers until then are kept for the next run.
pub(crate) fn add(
    session: &mut Session,
    fetched: &mut Fetched,
    new_files: &NewFiles,
    folder: &Path,
    messages: &Messages,
) -> Result<Resumable, Stop> {
    let members = members(fetched, new_files)?;
    let cannot_write = |error: std::io::Error| {
        Stop::usage(format!("{}: cannot be written: {error}", folder.join(Operation::Member.file_name(1)).display()))
    };
    let mut known = Resumable::open(folder, session.address().as_str(), now()).map_err(cannot_write)?;
    if known.len() > 0 {
        messages.note(&format!(
            "{} members were asked about in an earlier run, and are not asked about again",
            known.len()
        ));
    }
    let progress = messages.progress();
    let mut answers: Vec<MemberExtensions> = Vec::with_capacity(members.len());
    for (number, member) in members.iter().enumerate() {
        progress.say(&format!("{number} of {} members asked about extensions ...", members.len()));
        let answer = match known.take(&member.username, &member.user_type) {
            Some(answer) => answer,
            None => {
                let answer = session.extensions_of(&member.username).map_err(|failure| {
                    let stop = Stop::from(failure);
                    let message = format!(
                        "{}; {number} of {} members were asked about: run the same command again for the rest",
                        stop.message,
                        members.len()
                    );
                    Stop { message, ..stop }
                })?;
                if answer.user_license_type_id != member.user_type {
                    return Err(changed(&member.username));
                }
                known.keep(&answer).map_err(cannot_write)?;
                answer
            }
        };
        answers.push(answer);
        if answers.len() == TRIES && with_extensions(&answers) == 0 {
            break;
        }
    }
    drop(progress);
    match with_extensions(&answers) {
        0 => {
            let why = "the portal does not tell the extensions of members (userLicenseTypeExtensions)";
            messages.warning(&format!("without extensions: {why}"));
            let operation = Operation::Member;
            fetched.manifest.not_fetched.push(NotFetched {
                what: operation.choice().into(),
                operation: operation.as_str().into(),
                message: why.to_owned(),
            });
            return Ok(known);
        }
        known if known < members.len() => {
            messages.warning(&format!("the portal tells the extensions of {known} of {} members", members.len()));
        }
        _ => {}
    }
    let file = save(&answers, new_files).map_err(cannot_write)?;
    fetched.manifest.files.push(file);
    Ok(known)
}

fn with_extensions(answers: &[MemberExtensions]) -> usize {
    answers.iter().filter(|answer| answer.user_license_type_extensions.is_some()).count()
}

/// Writes the answers, one member a line, in the order of the list.
fn save(answers: &[MemberExtensions], new_files: &NewFiles) -> std::io::Result<FetchedFile> {
    let mut text = String::new();
    for answer in answers {
        text.push_str(&serde_json::to_string(answer)?);
        text.push('\n');
    }
    let operation = Operation::Member;
    let file = operation.file_name(1);
    new_files.keep(&file, text.as_bytes())?;
    let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
    let sha256 = sha256(text.as_bytes())?;
    Ok(FetchedFile { file, what: operation.choice().into(), operation: operation.as_str().into(), bytes, sha256 })
}

/// The members of the pages that were just fetched, without the portal's built-in accounts.
fn members(fetched: &Fetched, new_files: &NewFiles) -> Result<Vec<Member>, Stop> {
    let mut reader = UsageReader::default();
    let pages = fetched.manifest.files.iter().filter(|file| file.what == Operation::Members.choice());
    for page in pages {
        let bytes = new_files.kept(&page.file);
        let bytes = bytes.map_err(|error| Stop::usage(format!("{}: cannot be read again: {error}", page.file)))?;
        reader.read(&Source::decode(page.file.as_str(), bytes)?, None)?;
    }
    Ok(reader.finish()?.members.unwrap_or_default())
}

fn changed(username: &str) -> Stop {
    let message = "got another user type while the portal was asked: run the same command again";
    Stop::new(Exit::Input, format!("{} {message}", visible(username)))
}

//! `seatline fetch`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::portal::{
    Event, FetchError, FetchManifest, Fetched, LicenseFile, Operation, Session, WantedOperation, fetch,
};
use crate::source::{Input, Source};
use crate::text::{to_json, visible};

use crate::cli::args::FetchArgs;
use crate::cli::args::global::Global;
use crate::cli::commands::extensions;
use crate::cli::exit::{Exit, Stop};
use crate::cli::io::clock::now;
use crate::cli::io::inputs::stdin_once;
use crate::cli::io::messages::Messages;
use crate::cli::io::new_files::NewFiles;
use crate::cli::io::portal_advice::with_options;
use crate::cli::io::resumable::Resumable;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::same_file::same_file;
use crate::cli::io::{interrupt, output};

pub(crate) fn run(args: &FetchArgs, global: &Global, messages: &Messages) -> Result<Exit, Stop> {
    args.connect.refuse_secrets()?;
    let inputs: Vec<_> = args.license.as_deref().into_iter().chain(args.connect.inputs()).collect();
    stdin_once(&inputs)?;
    for input in inputs {
        refuse_to_replace(Some(input), &global.outputs())?;
    }
    let license = args.license.as_deref().map(read_license).transpose()?;
    let mut session = args.connect.session(messages)?;
    let wanted = wanted(args, &session)?;
    let folder = args.out_dir.clone().unwrap_or_else(|| PathBuf::from(session.address().folder_name()));
    let license_file = args.license.as_deref().map(|file| (file, "the answers would replace this input"));
    let output = global.output.as_deref().map(|file| (file, "the summary would replace an answer"));
    refuse_to_replace_answers(&license_file.into_iter().chain(output).collect::<Vec<_>>(), &folder)?;
    interrupt::clean_up();
    let new_files = NewFiles::open(&folder, args.force, session.address().as_str())?;
    if let Some(why) = new_files.interrupted() {
        let folder = folder.display();
        messages.note(&format!(
            "{folder}: the folder holds an incomplete fetch ({why}); it is replaced when this one is complete"
        ));
    }
    let mut fetched = ask(&mut session, &wanted, license.as_ref(), &new_files, messages)?;
    let resumable = match args.extensions {
        true => Some(extensions::add(&mut session, &mut fetched, &new_files, &folder, messages)?),
        false => None,
    };
    let manifest = to_json(&fetched.manifest).map_err(|error| Stop::usage(error.to_string()))?;
    new_files.keep(FetchManifest::FILE_NAME, manifest.as_bytes()).map_err(|error| {
        Stop::usage(format!("{}: cannot be written: {error}", folder.join(FetchManifest::FILE_NAME).display()))
    })?;
    let files = fetched.manifest.files.iter().map(|file| file.file.as_str());
    let names: Vec<_> = files.chain([FetchManifest::FILE_NAME]).collect();
    new_files.commit(&names)?;
    resumable.into_iter().for_each(Resumable::done);
    output::write_private(global.output.as_deref(), &summary(&fetched, &folder), global)?;
    Ok(Exit::Done)
}

fn ask(
    session: &mut Session,
    wanted: &[WantedOperation],
    license: Option<&(String, Vec<u8>)>,
    new_files: &NewFiles,
    messages: &Messages,
) -> Result<Fetched, Stop> {
    let license = license.map(|(name, bytes)| LicenseFile { name, bytes });
    let progress = messages.progress();
    let mut tell = |event: Event<'_>| match event {
        Event::Asking(operation) => progress.say(&format!("{operation} ...")),
        Event::Members(read, total) => progress.say(&format!("{read} of {total} members ...")),
        Event::Again(operation, why) => {
            messages.note(&format!("{operation}: {why}; it is read again"));
        }
        Event::Note(note) => messages.note(note),
        Event::Missing(failure, operation, others) => {
            let others: Vec<_> = others.iter().map(|operation| operation.choice()).collect();
            let others =
                if others.is_empty() { String::new() } else { format!("; not asked either: {}", others.join(", ")) };
            let what = operation.choice();
            messages.warning(&format!("without {what}: {}{others}", with_options(failure)));
        }
    };
    let mut keep = |name: &str, bytes: &[u8]| new_files.keep(name, bytes);
    let fetched = fetch(session, wanted, license, now(), &mut keep, &mut tell);
    drop(progress);
    fetched.map_err(|error| match error {
        FetchError::Portal(failure) => {
            // An answer that is not demanded can be left out, where others may come.
            let is_optional = |wanted: &WantedOperation| wanted.operation == failure.operation && !wanted.demanded;
            let others = if wanted.len() > 1 && wanted.iter().any(is_optional) && !failure.problem.is_final() {
                format!("; nothing is saved, and --skip {} fetches the rest", failure.operation.choice())
            } else {
                String::new()
            };
            let stop = Stop::from(*failure);
            Stop { message: format!("{}{others}", stop.message), ..stop }
        }
        keep @ FetchError::Keep(..) => Stop::usage(keep.to_string()),
    })
}

/// The operations to ask for, in order: those that the user named, else all that the portal can answer in this session.
fn wanted(args: &FetchArgs, session: &Session) -> Result<Vec<WantedOperation>, Stop> {
    let signs_in = session.has_credentials() || args.connect.client_cert.is_some();
    let is_license =
        |operation: &Operation| matches!(operation, Operation::ValidateLicense | Operation::ListAdministratorUserTypes);
    let may = |operation: &Operation| match operation {
        operation if is_license(operation) => args.license.is_some(),
        Operation::FutureLicense => signs_in && !args.connect.kubernetes,
        _ => signs_in,
    };
    if let Some(operation) = args.only.iter().find(|operation| !may(operation)) {
        let why = match operation {
            operation if is_license(operation) => "needs --license FILE, the license to be validated",
            _ if signs_in => "is not to be had from ArcGIS Enterprise on Kubernetes",
            _ => "is for those who sign in: --user, --token-file, or SEATLINE_USERNAME, SEATLINE_TOKEN",
        };
        return Err(Stop::usage(format!("--only {}: this {why}", operation.choice())));
    }
    let asked = |operation: &Operation| args.only.is_empty() || args.only.contains(operation);
    let wanted: Vec<_> = Operation::FETCHED
        .into_iter()
        .filter(|operation| may(operation) && asked(operation) && !args.skip.contains(operation))
        .map(|operation| {
            let listed = args.extensions && operation == Operation::Members;
            WantedOperation { operation, demanded: !args.only.is_empty() || is_license(&operation) || listed }
        })
        .collect();
    if args.extensions && wanted.iter().all(|wanted| wanted.operation != Operation::Members) {
        return Err(Stop::usage(
            "--extensions asks about every member, and so needs the list of members: sign in, and fetch members",
        ));
    }
    if wanted.is_empty() {
        let message = match (args.only.is_empty() && args.skip.is_empty(), signs_in) {
            (true, _) | (_, false) => {
                "there is nothing to ask for: --license FILE has a license validated; all else is for those who sign in \
                 (--user, --token-file, or SEATLINE_USERNAME, SEATLINE_TOKEN)"
            }
            _ => "there is nothing left to ask for: --skip leaves out all of it",
        };
        return Err(Stop::usage(message));
    }
    Ok(wanted)
}

/// Refuses a folder in which an answer or the manifest would replace the license file that is sent.
fn refuse_to_replace_answers(files: &[(&Path, &str)], folder: &Path) -> Result<(), Stop> {
    for (file, message) in files {
        let by_its_name = file.canonicalize().unwrap_or_else(|_| (*file).to_owned());
        let within = |path: &Path| {
            let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
            let place = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            (Operation::is_file_name(&name) || name == FetchManifest::FILE_NAME) && same_file(place, folder)
        };
        if within(file) || within(&by_its_name) {
            return Err(Stop::usage(format!("{}: {message}: --out-dir names another folder", file.display())));
        }
    }
    Ok(())
}

/// The name under which a license file is sent, and its bytes. A file that is no license document is not sent.
fn read_license(path: &Path) -> Result<(String, Vec<u8>), Stop> {
    let input = Input::named(path);
    let bytes = input.read()?;
    Source::decode(input.name(), bytes.clone())?.license()?;
    let plain = |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_. ".contains(&byte));
    let name = path.file_name().and_then(OsStr::to_str).filter(plain).filter(|name| name.ends_with(".json"));
    Ok((name.unwrap_or("license.json").to_owned(), bytes))
}

/// The summary of the files that were written: a line for each sort of answer.
fn summary(fetched: &Fetched, folder: &Path) -> String {
    let manifest = &fetched.manifest;
    let mut rows: Vec<(String, String)> = Vec::new();
    for operation in Operation::FETCHED.into_iter().chain([Operation::Member]) {
        let mut files = manifest.files.iter().filter(|file| file.what == operation.choice());
        let Some(first) = files.next() else { continue };
        let name = match files.next_back() {
            Some(last) => format!("{} to {}", first.file, last.file),
            None => first.file.clone(),
        };
        let mut what = operation.kind().map(|kind| kind.to_string()).unwrap_or_default();
        match (operation, fetched.members, &manifest.portal_version) {
            (Operation::Member, ..) => "which extensions each member has".clone_into(&mut what),
            (Operation::Members, Some(members), _) => what.push_str(&format!(", {members} of them")),
            (Operation::LicenseResource, _, Some(version)) => what.push_str(&format!(", version {version}")),
            _ => {}
        }
        rows.push((name, what));
    }
    rows.push((FetchManifest::FILE_NAME.to_owned(), "when this was fetched, and from where".to_owned()));
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let head = format!("{}: from {} on {}", folder.display(), manifest.portal, manifest.fetched_at);
    let rows = rows.iter().map(|(name, what)| format!("{name:width$}  {what}"));
    std::iter::once(head).chain(rows).map(|line| format!("{}\n", visible(&line))).collect()
}

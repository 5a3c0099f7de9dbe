//! Every license document in the files that the user named, read one after the other or several at a time.

use std::path::{Path, PathBuf};

use crate::license::LicenseDocument;
use crate::source::{
    Document, DocumentKind, DocumentPlace, Failure, FailureCode, Found, Input, Lines, Source, Sources, expand_all,
    give_stdin, given_stdin,
};

use crate::cli::io::exit::Stop;
use crate::cli::io::in_order::in_order;
use crate::cli::io::messages::Messages;
use crate::cli::io::progress::Progress;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::skipped::{Skipped, note_no_file};
use crate::cli::io::streams::reader_is_gone;

/// The result for a document or an input.
pub(crate) enum Read<L> {
    /// A license, or the value that was made of it.
    License(L),
    /// The value of a part of a large license, of which further parts follow.
    Portion(L),
    Failure(Failure),
    /// The next document is not there yet.
    Wait,
}

/// A license document with its source and its place there.
pub(crate) type Licensed<'r, 's> = (&'r Source, &'r DocumentPlace, &'r LicenseDocument<'s>);

/// Calls `each` with every license document in the files, and with every failure of a document or an input, in their
/// order.
///
/// # Errors
/// A [`Stop`] where an output would replace an input.
pub(crate) fn each_document(
    files: &[PathBuf],
    lines: Lines,
    outputs: &[&Path],
    messages: &Messages,
    mut each: impl FnMut(Read<Licensed<'_, '_>>),
) -> Result<(), Stop> {
    let mut ledger = Ledger::new(messages);
    for work in all_work(files, lines, outputs) {
        work.read(lines, &mut |event| ledger.take(event, &mut each));
        each(Read::Wait);
    }
    ledger.stop.map_or(Ok(()), Err)
}

/// As [`each_document`] for the values that `make` makes of the licenses, several at a time and in any order. `each`
/// gets them in the order of the documents.
/// `make` hands on portions of a large license before it returns what it made last.
///
/// # Errors
/// As [`each_document`].
pub(crate) fn each_made<T: Send>(
    files: &[PathBuf],
    lines: Lines,
    outputs: &[&Path],
    messages: &Messages,
    make: impl Fn(&Source, &DocumentPlace, &LicenseDocument<'_>, &mut dyn FnMut(T)) -> T + Sync,
    mut each: impl FnMut(Read<T>),
) -> Result<(), Stop> {
    let mut ledger = Ledger::new(messages);
    if let [file] = files
        && is_small(file)
    {
        // One small file is read sooner than a thread starts.
        return each_document(files, lines, outputs, messages, |read| match read {
            Read::License((source, place, license)) => {
                let made = make(source, place, license, &mut |portion| each(Read::Portion(portion)));
                each(Read::License(made));
            }
            Read::Portion(_) => {}
            Read::Failure(failure) => each(Read::Failure(failure)),
            Read::Wait => each(Read::Wait),
        });
    }
    in_order(
        shares(all_work(files, lines, outputs)),
        |share, send| {
            let mut batch = EventBatch { events: Vec::new(), bytes: 0, send };
            for work in share {
                work.read(lines, &mut |event| batch.add(event, &make));
            }
            batch.flush();
        },
        |events| match events {
            Some(events) => events.into_iter().for_each(|event| ledger.take(event, &mut each)),
            None => each(Read::Wait),
        },
    );
    ledger.stop.map_or(Ok(()), Err)
}

/// Work in shares for one thread each: some files of a folder together, anything else by itself.
fn shares(work: impl Iterator<Item = Work> + Send) -> impl Iterator<Item = Vec<Work>> + Send {
    const FILES: usize = 16;
    let mut work = work.peekable();
    std::iter::from_fn(move || {
        let mut share = vec![work.next()?];
        while share.len() < FILES
            && matches!(share.last(), Some(Work::Input(_)))
            && let Some(another) = work.next_if(|next| matches!(next, Work::Input(_)))
        {
            share.push(another);
        }
        Some(share)
    })
}

/// The results for some documents, on their way to the thread that writes. Sending each result by itself would take
/// longer than reading the document.
struct EventBatch<'s, T> {
    events: Vec<ReadEvent<T>>,
    /// How long the documents are together.
    bytes: usize,
    send: &'s mut dyn FnMut(Vec<ReadEvent<T>>),
}

impl<T> EventBatch<'_, T> {
    fn add(
        &mut self,
        event: ReadEvent<Licensed<'_, '_>>,
        make: &impl Fn(&Source, &DocumentPlace, &LicenseDocument<'_>, &mut dyn FnMut(T)) -> T,
    ) {
        const BYTES: usize = 1 << 17;
        const EVENTS: usize = 256;
        let event = event.map(|(source, place, license)| {
            self.bytes += place.span.len();
            make(source, place, license, &mut |portion| {
                self.events.push(ReadEvent::Portion(portion));
                self.flush();
            })
        });
        self.events.push(event);
        if self.bytes >= BYTES || self.events.len() >= EVENTS {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.bytes = 0;
        if !self.events.is_empty() {
            (self.send)(std::mem::take(&mut self.events));
        }
    }
}

fn is_small(file: &Path) -> bool {
    const SMALL: u64 = 1 << 20;
    std::fs::metadata(file).is_ok_and(|metadata| metadata.is_file() && metadata.len() < SMALL)
}

/// A piece of work for a thread.
enum Work {
    /// The file or folder that the user named begins.
    Begin(PathBuf),
    /// A file to read.
    Input(Input),
    /// Sources that were read already.
    Sources(Vec<Result<Source, Failure>>),
    /// An input that cannot be read.
    Failure(Failure),
    /// A path in a folder that has the name of a document and is no file.
    NoFile(PathBuf),
    /// Reading ends because of an error of usage.
    Stop(Stop),
    /// The file or folder that the user named ends.
    End,
}

/// The pieces of work for these files. Inputs by lines and standard input are read here.
fn all_work<'w>(files: &'w [PathBuf], lines: Lines, outputs: &'w [&'w Path]) -> impl Iterator<Item = Work> + Send + 'w {
    // The bytes that stand for standard input belong to this thread, and another thread may read them.
    let mut given = if files.iter().any(|file| file == Path::new("-")) { given_stdin() } else { None };
    let mut is_stopped = false;
    let work = files.iter().flat_map(move |file| {
        if let Some(bytes) = given.take() {
            give_stdin(bytes);
        }
        let (inputs, no_files) = expand_all(file);
        let inputs = inputs.into_iter().flat_map(move |input| of_input(input, lines, outputs));
        let begin = std::iter::once(Work::Begin(file.clone())).chain(no_files.into_iter().map(Work::NoFile));
        begin.chain(inputs).chain([Work::End])
    });
    // Where nobody takes rows any more, an input that never ends is not read to its end.
    let work = work.take_while(|_| !reader_is_gone());
    work.take_while(move |work| !std::mem::replace(&mut is_stopped, matches!(work, Work::Stop(_))))
}

fn of_input<'w>(
    input: Result<Input, Failure>,
    lines: Lines,
    outputs: &[&Path],
) -> Box<dyn Iterator<Item = Work> + Send + 'w> {
    let input = match input {
        Ok(input) => input,
        Err(failure) => return Box::new(std::iter::once(Work::Failure(failure))),
    };
    if let Err(stop) = refuse_to_replace(input.path.as_deref(), outputs) {
        return Box::new(std::iter::once(Work::Stop(stop)));
    }
    if input.path.is_some() && !input.is_read_by_lines(lines) {
        return Box::new(std::iter::once(Work::Input(input)));
    }
    let mut sources = None;
    Box::new(std::iter::from_fn(move || {
        let sources = sources.get_or_insert_with(|| Sources::open(&input, lines));
        let there = sources.there();
        (!there.is_empty()).then_some(Work::Sources(there))
    }))
}

impl Work {
    /// Reads the documents of this piece of work.
    fn read(self, lines: Lines, event: &mut dyn FnMut(ReadEvent<Licensed<'_, '_>>)) {
        match self {
            Self::Begin(path) => event(ReadEvent::Begin(path)),
            Self::End => event(ReadEvent::End),
            Self::Stop(stop) => event(ReadEvent::Stop(Box::new(stop))),
            Self::Failure(failure) => event(ReadEvent::Failure(Box::new(failure))),
            Self::NoFile(path) => event(ReadEvent::NoFile(path)),
            Self::Input(input) => Sources::open(&input, lines).for_each(|source| read(source, event)),
            Self::Sources(sources) => sources.into_iter().for_each(|source| read(source, event)),
        }
    }
}

fn read(source: Result<Source, Failure>, event: &mut dyn FnMut(ReadEvent<Licensed<'_, '_>>)) {
    let source = match source {
        Ok(source) => source,
        Err(failure) => return event(ReadEvent::Failure(Box::new(failure))),
    };
    for Found { place, document } in source.documents() {
        match document {
            Ok(Document::License(license)) => event(ReadEvent::License((&source, &place, &license))),
            Ok(other) => {
                let (name, failure) = (source.name().to_owned(), Box::new(wrong_kind(&source, &place, &other)));
                event(ReadEvent::Other { name, kind: other.kind(), failure });
            }
            Err(failure) => event(ReadEvent::Failure(Box::new(failure))),
        }
    }
}

/// An event of reading.
enum ReadEvent<L> {
    Begin(PathBuf),
    License(L),
    /// A portion of a large license, of which more follows.
    Portion(L),
    /// A document of another kind, with the failure for the case that the user named it.
    Other {
        name: String,
        kind: DocumentKind,
        failure: Box<Failure>,
    },
    Failure(Box<Failure>),
    NoFile(PathBuf),
    Stop(Box<Stop>),
    End,
}

impl<L> ReadEvent<L> {
    fn map<T>(self, make: impl FnOnce(L) -> T) -> ReadEvent<T> {
        match self {
            Self::License(license) => ReadEvent::License(make(license)),
            Self::Portion(license) => ReadEvent::Portion(make(license)),
            Self::Begin(path) => ReadEvent::Begin(path),
            Self::Other { name, kind, failure } => ReadEvent::Other { name, kind, failure },
            Self::Failure(failure) => ReadEvent::Failure(failure),
            Self::NoFile(path) => ReadEvent::NoFile(path),
            Self::Stop(stop) => ReadEvent::Stop(stop),
            Self::End => ReadEvent::End,
        }
    }
}

/// What was read of the file or folder so far, for the notes at its end.
struct Ledger<'m> {
    messages: &'m Messages,
    progress: Progress,
    /// The number of documents read in all.
    documents: usize,
    folder: Option<PathBuf>,
    any: bool,
    skipped: Skipped,
    stop: Option<Stop>,
}

impl<'m> Ledger<'m> {
    fn new(messages: &'m Messages) -> Self {
        let progress = messages.progress();
        Self { messages, progress, documents: 0, folder: None, any: false, skipped: Skipped::default(), stop: None }
    }

    /// Counts a document. On a terminal it shows the number, though not at every document.
    fn count(&mut self) {
        const SOME: usize = 100;
        self.documents += 1;
        if self.progress.is_wanted() && self.documents.is_multiple_of(SOME) {
            self.progress.say(&format!("{} documents read ...", self.documents));
        }
    }

    fn take<L>(&mut self, event: ReadEvent<L>, each: &mut impl FnMut(Read<L>)) {
        match event {
            ReadEvent::Begin(path) => {
                if self.progress.is_wanted() {
                    self.progress.say(&format!("{}: reading ...", path.display()));
                }
                self.folder = path.is_dir().then_some(path);
                self.any = false;
            }
            ReadEvent::License(license) => {
                self.any = true;
                self.count();
                each(Read::License(license));
            }
            ReadEvent::Portion(portion) => each(Read::Portion(portion)),
            ReadEvent::Other { name, kind, .. } if self.folder.is_some() => self.skipped.add(&name, kind),
            ReadEvent::Other { failure, .. } | ReadEvent::Failure(failure) => {
                self.any = true;
                each(Read::Failure(*failure));
            }
            ReadEvent::NoFile(path) => note_no_file(&path, self.messages),
            ReadEvent::Stop(stop) => self.stop = Some(*stop),
            ReadEvent::End => {
                std::mem::take(&mut self.skipped).tell(self.messages);
                if let Some(folder) = self.folder.as_ref().filter(|_| !self.any) {
                    let message = "there is no license document in this folder (*.json, *.jsonl, *.ndjson)";
                    let failure = Failure::new(folder.display().to_string(), FailureCode::NoLicense, message);
                    each(Read::Failure(failure));
                }
            }
        }
    }
}

pub(super) fn wrong_kind(source: &Source, place: &DocumentPlace, other: &Document<'_>) -> Failure {
    let (code, message) = other.not(DocumentKind::License);
    let several = place.span.start > 0 || source.is_by_lines();
    let position = several.then(|| source.position(place.span.start));
    Failure { document: place.index, position, ..Failure::new(source.name(), code, message) }
}

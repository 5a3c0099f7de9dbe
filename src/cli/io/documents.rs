//! Every license document in the files that the user named, read one after the other or several at a time.

use std::path::{Path, PathBuf};

use crate::source::{Failure, FailureCode, License, Lines, Source};

use crate::cli::exit::Stop;
use crate::cli::io::in_order::in_order;
use crate::cli::io::messages::Messages;
use crate::cli::io::progress::Progress;
use crate::cli::io::skipped::{Skipped, note_no_file};
use crate::cli::io::work::{ReadEvent, Taker, Work, all_work};

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
    mut each: impl FnMut(Read<License<'_>>),
) -> Result<(), Stop> {
    let mut ledger = Ledger::new(messages);
    for work in all_work(files, lines, outputs) {
        work.read(lines, &mut OneByOne { ledger: &mut ledger, each: &mut each });
        each(Read::Wait);
    }
    ledger.stop.map_or(Ok(()), Err)
}

/// As [`each_document`] for the values that `makers` make of the licenses, several at a time and in any order. `each`
/// gets them in the order of the documents.
///
/// # Errors
/// As [`each_document`].
pub(crate) fn each_made<T: Send>(
    files: &[PathBuf],
    lines: Lines,
    outputs: &[&Path],
    messages: &Messages,
    makers: Makers<
        impl Fn(&Source, &mut dyn FnMut(T)) -> Option<T> + Sync,
        impl Fn(License<'_>, &mut dyn FnMut(T)) -> T + Sync,
    >,
    mut each: impl FnMut(Read<T>),
) -> Result<(), Stop> {
    let mut ledger = Ledger::new(messages);
    if let [file] = files
        && is_small(file)
    {
        // One small file is read sooner than a thread starts.
        return each_document(files, lines, outputs, messages, |read| match read {
            Read::License(license) => {
                let made = (makers.make)(license, &mut |portion| each(Read::Portion(portion)));
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
            let mut batch = EventBatch { makers: &makers, events: Vec::new(), bytes: 0, send };
            for work in share {
                work.read(lines, &mut batch);
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

/// What makes a value of a license. Of a large license both hand on portions before they return what they made last.
pub(crate) struct Makers<F, M> {
    /// Makes it straight from the text of a source that is one plain license; `None` where the source is anything else.
    pub(crate) from_text: F,
    /// Makes it from a document.
    pub(crate) make: M,
}

/// For [`Makers::from_text`] where every license is read as a document.
pub(crate) fn never_from_text<T>(_: &Source, _: &mut dyn FnMut(T)) -> Option<T> {
    None
}

/// The results for some documents, on their way to the thread that writes. Sending each result by itself would take
/// longer than reading the document.
struct EventBatch<'s, F, M, T> {
    makers: &'s Makers<F, M>,
    events: Vec<ReadEvent<T>>,
    /// How long the documents are together.
    bytes: usize,
    send: &'s mut dyn FnMut(Vec<ReadEvent<T>>),
}

impl<F, M, T> Taker for EventBatch<'_, F, M, T>
where
    F: Fn(&Source, &mut dyn FnMut(T)) -> Option<T>,
    M: Fn(License<'_>, &mut dyn FnMut(T)) -> T,
{
    fn source(&mut self, source: &Source) -> bool {
        let made = (self.makers.from_text)(source, &mut |portion| {
            self.events.push(ReadEvent::Portion(portion));
            flush(&mut self.events, self.send);
        });
        let is_made = made.is_some();
        if let Some(made) = made {
            self.bytes += source.text().len();
            self.add(ReadEvent::License(made));
        }
        is_made
    }

    fn event(&mut self, event: ReadEvent<License<'_>>) {
        let event = event.map(|license| {
            self.bytes += license.place.span.len();
            (self.makers.make)(license, &mut |portion| {
                self.events.push(ReadEvent::Portion(portion));
                flush(&mut self.events, self.send);
            })
        });
        self.add(event);
    }
}

impl<F, M, T> EventBatch<'_, F, M, T> {
    fn add(&mut self, event: ReadEvent<T>) {
        const BYTES: usize = 1 << 17;
        const EVENTS: usize = 256;
        self.events.push(event);
        if self.bytes >= BYTES || self.events.len() >= EVENTS {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.bytes = 0;
        flush(&mut self.events, self.send);
    }
}

fn flush<T>(events: &mut Vec<T>, send: &mut dyn FnMut(Vec<T>)) {
    if !events.is_empty() {
        send(std::mem::take(events));
    }
}

/// Takes documents one by one.
struct OneByOne<'l, 'm, E> {
    ledger: &'l mut Ledger<'m>,
    each: &'l mut E,
}

impl<E: FnMut(Read<License<'_>>)> Taker for OneByOne<'_, '_, E> {
    fn source(&mut self, _: &Source) -> bool {
        false
    }

    fn event(&mut self, event: ReadEvent<License<'_>>) {
        self.ledger.take(event, self.each);
    }
}

fn is_small(file: &Path) -> bool {
    const SMALL: u64 = 1 << 20;
    std::fs::metadata(file).is_ok_and(|metadata| metadata.is_file() && metadata.len() < SMALL)
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

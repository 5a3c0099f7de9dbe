//! Reading, cut into pieces of work for several threads.

use std::path::{Path, PathBuf};

use crate::source::{
    Document, DocumentKind, DocumentPlace, Failure, Found, GivenDocuments, Input, License, Lines, Source, Sources,
    expand_all,
};

use crate::cli::exit::Stop;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::streams::reader_is_gone;

/// A piece of work for a thread.
pub(super) enum Work {
    /// The file or folder that the user named begins.
    Begin(PathBuf),
    Input(Input),
    Sources(Vec<Result<Source, Failure>>),
    Failure(Failure),
    /// A path in a folder that has the name of a document and is no file.
    NoFile(PathBuf),
    /// Reading ends because of an error of usage.
    Stop(Stop),
    /// The file or folder that the user named ends.
    End,
}

/// The pieces of work for these files. Inputs by lines and standard input are read here.
pub(super) fn all_work<'w>(
    files: &'w [PathBuf],
    lines: Lines,
    outputs: &'w [&'w Path],
) -> impl Iterator<Item = Work> + Send + 'w {
    // Another thread may look for the files.
    let given = GivenDocuments::here();
    let mut is_stopped = false;
    let work = files.iter().flat_map(move |file| {
        given.read_here();
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
    if !input.is_stream() && !input.is_read_by_lines(lines) {
        return Box::new(std::iter::once(Work::Input(input)));
    }
    let mut sources = None;
    Box::new(std::iter::from_fn(move || {
        let sources = sources.get_or_insert_with(|| Sources::open(&input, lines));
        let ready = sources.ready();
        (!ready.is_empty()).then_some(Work::Sources(ready))
    }))
}

/// Takes what is read.
pub(super) trait Taker {
    /// Takes a source as a whole; `false` where its documents are to be read.
    fn source(&mut self, source: &Source) -> bool;

    fn event(&mut self, event: ReadEvent<License<'_>>);
}

impl Work {
    /// Reads the documents of this piece of work.
    pub(super) fn read(self, lines: Lines, taker: &mut dyn Taker) {
        match self {
            Self::Begin(path) => taker.event(ReadEvent::Begin(path)),
            Self::End => taker.event(ReadEvent::End),
            Self::Stop(stop) => taker.event(ReadEvent::Stop(Box::new(stop))),
            Self::Failure(failure) => taker.event(ReadEvent::Failure(Box::new(failure))),
            Self::NoFile(path) => taker.event(ReadEvent::NoFile(path)),
            Self::Input(input) => Sources::open(&input, lines).for_each(|source| read(source, taker)),
            Self::Sources(sources) => sources.into_iter().for_each(|source| read(source, taker)),
        }
    }
}

fn read(source: Result<Source, Failure>, taker: &mut dyn Taker) {
    let source = match source {
        Ok(source) => source,
        Err(failure) => return taker.event(ReadEvent::Failure(Box::new(failure))),
    };
    if taker.source(&source) {
        return;
    }
    for Found { place, document } in source.documents() {
        match document {
            Ok(Document::License(license)) => taker.event(ReadEvent::License(License::new(&source, &place, &license))),
            Ok(other) => {
                let (name, failure) = (source.name().to_owned(), Box::new(wrong_kind(&source, &place, &other)));
                taker.event(ReadEvent::Other { name, kind: other.kind(), failure });
            }
            Err(failure) => taker.event(ReadEvent::Failure(Box::new(failure))),
        }
    }
}

/// An event of reading.
pub(super) enum ReadEvent<L> {
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
    /// The event with another value for each license.
    pub(super) fn map<T>(self, make: impl FnOnce(L) -> T) -> ReadEvent<T> {
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

/// The failure for a document of another kind, where the user named it.
pub(super) fn wrong_kind(source: &Source, place: &DocumentPlace, other: &Document<'_>) -> Failure {
    let (code, message) = other.not(DocumentKind::License);
    let several = place.span.start > 0 || source.is_by_lines();
    let position = several.then(|| source.position(place.span.start));
    Failure { document: place.index, position, ..Failure::new(source.name(), code, message) }
}

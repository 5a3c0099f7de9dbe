//! Notes about a calendar.

use std::collections::HashSet;

use crate::answers::Calendar;
use crate::cli::io::messages::Messages;
use crate::source::STDIN;

/// Notes that a calendar has no events: an import that brings nothing is easily taken for one that failed.
pub(crate) fn note_empty(text: &str, why: &str, messages: &Messages) {
    if !text.contains("\r\nBEGIN:VEVENT\r\n") {
        messages.note(&format!("{why}: the calendar has no events"));
    }
}

/// Notes that a portal has no name, so that events of one file do not replace those of another, and that several
/// licenses share the name of one portal. `licenses` are their sources and files.
pub(crate) fn note_path<'l>(
    calendar: &Calendar,
    licenses: impl IntoIterator<Item = (&'l str, &'l str)>,
    messages: &Messages,
) {
    let licenses: Vec<_> = licenses.into_iter().collect();
    let portals: HashSet<_> = licenses.iter().map(|(source, file)| (source, source == file)).collect();
    let shared = match &calendar.name {
        Some(_) => (licenses.len() > 1).then_some("--name stands"),
        None => {
            let named = licenses.iter().filter(|(source, file)| source != file).count();
            let apart = portals.iter().filter(|(_, is_file)| !is_file).count();
            (named > apart).then_some("the source of an envelope stands")
        }
    };
    if let Some(shared) = shared {
        messages.note(&format!(
            "{shared} for the portal of several licenses: where they have events at one time, which identifier an event has \
             depends on what else is in the run; give each license a run of its own"
        ));
    }
    let mut files = licenses.into_iter().filter(|(source, file)| source == file).map(|(_, file)| file).peekable();
    if calendar.name.is_some() || files.peek().is_none() {
        return;
    }
    messages.note(if files.any(|file| file == STDIN) {
        "without --name all licenses from standard input are taken for those of one portal: the events of one replace those \
         of another"
    } else {
        "without --name the path of a file stands for its portal: by another path it is another calendar"
    });
}

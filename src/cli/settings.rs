//! Turns options into values: the instant, the zone, the administrator list, the page.

use std::path::{Path, PathBuf};

use crate::answers::Page;
use crate::license::AdministratorList;
use crate::source::{Document, DocumentKind, Failure, FailureCode, Input, Source};
use crate::time::when::{self, Clock, Edge};
use crate::time::{Instant, Zone};
use anstream::ColorChoice;

use crate::cli::args::LicenseArgs;
use crate::cli::args::global::{Color, Global};
use crate::cli::exit::Stop;
pub(crate) use crate::cli::io::clock::now;
use crate::cli::io::same_file::refuse_to_replace;
use crate::cli::io::streams;
use crate::cli::io::variable::variable;

/// The meaning of the options that every command about licenses has.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) page: Page,
    pub(crate) clock: Clock,
    /// The zone that the user named.
    pub(crate) local: Option<Zone>,
}

impl Settings {
    pub(crate) fn new(args: &LicenseArgs, list: Option<&Path>, global: &Global) -> Result<Self, Stop> {
        let stdin = args.files.iter().map(PathBuf::as_path).chain(list).filter(|path| *path == Path::new("-")).count();
        if stdin > 1 {
            return Err(Stop::usage("standard input (-) can be read only once"));
        }
        let Moment { page, clock, local } = moment(&args.as_of, args.tz.as_deref(), global)?;
        refuse_to_replace(list, &global.outputs())?;
        Ok(Self { page, clock, local })
    }
}

/// The as-of and the zone: the page that an answer is laid out for, and the clock that further instants count from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub(crate) page: Page,
    pub(crate) clock: Clock,
    /// The zone that the user named.
    pub(crate) local: Option<Zone>,
}

pub(crate) fn moment(as_of: &str, tz: Option<&str>, global: &Global) -> Result<Moment, Stop> {
    let local = tz.map(str::parse::<Zone>).transpose();
    let local = local.map_err(|error| Stop::usage(format!("--tz: {error}")))?;
    let (zone, now) = (local.unwrap_or(Zone::UTC), now());
    let as_of = instant("--as-of", as_of, Clock { now, as_of: now }, zone, Edge::Begins)?;
    let color = global.color.on_stdout(global.output.as_deref());
    Ok(Moment { page: Page { zone, as_of, width: width(global), color }, clock: Clock { now, as_of }, local })
}

/// The instant that an option names.
pub(crate) fn instant(option: &str, text: &str, clock: Clock, zone: Zone, edge: Edge) -> Result<Instant, Stop> {
    when::parse(text, clock, zone, edge).map_err(|error| Stop::usage(format!("{option} {text}: {error}")))
}

/// The most columns of the output; `None` for as many as needed.
pub(crate) fn width(global: &Global) -> Option<u16> {
    let terminal =
        || terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0).filter(|width| *width > 0);
    let columns = || variable("COLUMNS")?.to_str()?.parse().ok().filter(|columns| *columns > 0);
    match (&global.width, &global.output) {
        (Some(width), _) => Some(*width),
        (None, Some(_)) => None,
        (None, None) => terminal().or_else(columns).map(|width| width.max(20)),
    }
}

pub(crate) fn administrator_list(path: &Path) -> Result<AdministratorList, Failure> {
    let input = Input::named(path);
    let source = Source::decode(input.name(), input.read()?)?;
    let wanted = DocumentKind::AdministratorList;
    let mut documents = source.documents().map(|found| found.document);
    match (documents.next().transpose()?, documents.next()) {
        (Some(Document::AdministratorList(list)), None) => Ok(list),
        (Some(Document::AdministratorList(_)), Some(_)) => {
            Err(Failure::new(source.name(), FailureCode::WrongKind, "more follows the administrator list"))
        }
        (Some(other), _) => {
            let (code, message) = other.not(wanted);
            Err(Failure::new(source.name(), code, message))
        }
        (None, _) => Err(Failure::new(source.name(), FailureCode::Empty, "there is nothing in it")),
    }
}

impl Color {
    /// The choice for `anstream`, which itself looks at NO_COLOR and the terminal.
    pub(crate) fn choice(self) -> ColorChoice {
        match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
    }

    /// Whether the result may have colours.
    fn on_stdout(self, output: Option<&Path>) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            // CLICOLOR_FORCE asks for colours also where stdout is no terminal.
            Self::Auto => output.is_none() && streams::stdout_takes_colors(),
        }
    }
}

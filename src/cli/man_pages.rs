//! Man pages, one for each command, from the definition of the command line.

use std::fs;
use std::io;
use std::path::Path;

use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::cli::args::Cli;
use crate::cli::args::variables::SECRETS;
use crate::cli::exit::{Exit, objection};

/// The definition of an apostrophe, with which roff files begin.
const APOSTROPHE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// Writes the pages into a folder. `date` is that of the pages, `2026-11-27`.
pub(super) fn write(folder: &Path, date: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let commands: Vec<_> = program.get_subcommands().filter(|command| !command.is_hide_set()).cloned().collect();
    let names: Vec<_> = commands.iter().map(Command::get_name).map(str::to_owned).collect();
    for command in &commands {
        let page = ManPage { program: &program, command, date, others: &[] };
        page.write(folder)?;
    }
    ManPage { program: &program, command: &program, date, others: &names }.write(folder)
}

/// The page of a command, or of the program itself.
struct ManPage<'p> {
    program: &'p Command,
    command: &'p Command,
    date: &'p str,
    /// The commands that have pages of their own.
    others: &'p [String],
}

impl ManPage<'_> {
    fn write(&self, folder: &Path) -> io::Result<()> {
        let man = |command: Command| {
            let source = format!("seatline {}", self.program.get_version().unwrap_or_default());
            Man::new(command).date(self.date).source(source).manual("seatline")
        };
        let usage = self.usage();
        let page = man(self.command.clone().override_usage(usage));
        let name = page.get_filename();
        let mut file = Vec::new();
        page.render_title(&mut file)?;
        page.render_name_section(&mut file)?;
        page.render_synopsis_section(&mut file)?;
        page.render_description_section(&mut file)?;
        let positional = |arg: Arg| if arg.is_positional() { arg.help_heading("Arguments") } else { arg.hide(true) };
        if self.command.get_positionals().next().is_some() {
            man(self.command.clone().mut_args(positional)).render_options_section(&mut file)?;
        }
        let options = |arg: Arg| if arg.is_positional() { arg.hide(true) } else { arg };
        man(self.command.clone().mut_args(options)).render_options_section(&mut file)?;
        if !self.others.is_empty() {
            man(self.command.clone().subcommand_help_heading("COMMANDS")).render_subcommands_section(&mut file)?;
        }
        let mut roff = Roff::default();
        self.exit_codes(&mut roff);
        self.environment(&mut roff);
        self.see_also(&mut roff);
        roff.to_writer(&mut file)?;
        // Of a blank line between two breaks the breaks mean nothing.
        let text = String::from_utf8_lossy(&file).replace("\n.br\n\n.br\n", "\n.sp\n");
        // Every part defines the apostrophe.
        let text = format!("{APOSTROPHE}{}", text.replace(APOSTROPHE, ""));
        fs::write(folder.join(name), text)
    }

    /// The usage as it stands in the help, without signs around what one replaces.
    fn usage(&self) -> String {
        let usage = self.command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage:").trim().replace(['<', '>'], "");
        if self.others.is_empty() { usage } else { format!("{usage}\nseatline [OPTIONS OF report] FILE...") }
    }

    fn exit_codes(&self, roff: &mut Roff) {
        roff.control("SH", ["EXIT STATUS"]);
        let name = self.command.get_name();
        let no = if self.others.is_empty() { objection(name) } else { Some(Exit::Objection.meaning()) };
        let reads = !matches!(name, "explain" | "schema");
        let connects = self.environment_of("SEATLINE_URL") || !self.others.is_empty();
        let codes = [
            (Exit::Done, Some(Exit::Done.meaning())),
            (Exit::Objection, no),
            (Exit::Usage, Some(Exit::Usage.meaning())),
            (Exit::Input, Some(Exit::Input.meaning()).filter(|_| reads)),
            (Exit::Network, Some(Exit::Network.meaning()).filter(|_| connects)),
        ];
        for (code, meaning) in codes {
            if let Some(meaning) = meaning {
                entry(roff, bold((code as u8).to_string()), &meaning.replace('`', ""));
            }
        }
        entry(roff, bold("130"), "stopped by Ctrl-C");
    }

    /// Whether an option of the command can be given by this variable.
    fn environment_of(&self, variable: &str) -> bool {
        self.command.get_arguments().any(|arg| arg.get_env().is_some_and(|name| name == variable))
    }

    fn environment(&self, roff: &mut Roff) {
        let long = |arg: &Arg| Some((arg.get_env()?.to_string_lossy().into_owned(), arg.get_long()?.to_owned()));
        roff.control("SH", ["ENVIRONMENT"]);
        for (variable, option) in self.command.get_arguments().filter_map(long) {
            entry(roff, bold(variable), &format!("The value of --{option}, where that is not given."));
        }
        if self.environment_of("SEATLINE_URL") {
            for (variable, what) in SECRETS {
                entry(roff, bold(variable), what);
            }
        }
        if !self.others.is_empty() {
            entry(roff, italic("others"), "The page of each command lists those that it reads.");
        }
    }

    fn see_also(&self, roff: &mut Roff) {
        roff.control("SH", ["SEE ALSO"]);
        let pages = if self.others.is_empty() {
            vec!["seatline(1)".to_owned()]
        } else {
            self.others.iter().map(|name| format!("seatline-{name}(1)")).collect()
        };
        roff.text([roman(pages.join(", "))]);
    }
}

fn entry(roff: &mut Roff, name: Inline, text: &str) {
    roff.control("TP", []);
    roff.text([name]);
    roff.text([roman(text)]);
}

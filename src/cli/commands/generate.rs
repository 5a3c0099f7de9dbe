//! `seatline generate`: man pages and completions, made from the definition of the command line.

use std::fs;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::env::{Bash, EnvCompleter, Fish, Powershell, Zsh};

use crate::cli::args::{Cli, GenerateArgs};
use crate::cli::io::exit::{Exit, Stop};

/// The environment variable by which a shell asks for completions.
pub(crate) const VARIABLE: &str = "SEATLINE_COMPLETE";

/// The shells, each with the name of the file that it looks for.
const SHELLS: [(&dyn EnvCompleter, &str); 4] =
    [(&Bash, "seatline.bash"), (&Zsh, "_seatline"), (&Fish, "seatline.fish"), (&Powershell, "_seatline.ps1")];

pub(crate) fn run(args: &GenerateArgs) -> Result<Exit, Stop> {
    let cannot = |error| Stop::usage(format!("{}: {error}", args.folder.display()));
    man_pages(&args.folder.join("man")).map_err(cannot)?;
    completions(&args.folder.join("completions")).map_err(cannot)?;
    Ok(Exit::Done)
}

fn man_pages(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Cli::command(), folder)
}

fn completions(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    for (shell, name) in SHELLS {
        let mut script = Vec::new();
        shell.write_registration(VARIABLE, "seatline", "seatline", "seatline", &mut script)?;
        fs::write(folder.join(name), script)?;
    }
    Ok(())
}

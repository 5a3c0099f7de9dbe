//! The program: see the library for what it is made of.

fn main() -> std::process::ExitCode {
    seatline::cli::main(std::env::args_os().collect()).into()
}

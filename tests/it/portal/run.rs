//! Runs `seatline fetch` on a portal, and checks everything that it leaves behind.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{Run, command};
use crate::portal::stub::{ADMIN, PASSWORD, Running, assert_no_secret_in_folder, assert_secret_nowhere};

pub(crate) const LICENSE: &str = "samples/enterprise-11.4.json";

/// A run before it starts, and the folder that it saves into.
pub(crate) struct Fetch<'p> {
    portal: &'p Running,
    retries: u32,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    root: TempDir,
}

/// The result of a run.
pub(crate) struct Fetched {
    pub(crate) run: Run,
    root: TempDir,
}

impl<'p> Fetch<'p> {
    /// A run on the portal's URL, whose certificate is trusted; one try for each request.
    pub(crate) fn of(portal: &'p Running) -> Self {
        let fetch = Self::at(portal, &portal.url());
        if portal.url().starts_with("https") { fetch.and(&["--ca-cert", &text(portal.ca_file())]) } else { fetch }
    }

    /// A run on any URL, trusting no further certificate.
    pub(crate) fn at(portal: &'p Running, url: &str) -> Self {
        let root = tempfile::tempdir().unwrap();
        Self { portal, retries: 0, arguments: Vec::new(), variables: Vec::new(), root }.and(&["--url", url])
    }

    pub(crate) fn and(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }

    pub(crate) fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The run with a license to validate.
    pub(crate) fn license(self) -> Self {
        self.and(&["--license", LICENSE])
    }

    /// The run signed in as the administrator.
    pub(crate) fn signed_in(self) -> Self {
        self.variable("SEATLINE_USERNAME", ADMIN).variable("SEATLINE_PASSWORD", PASSWORD)
    }

    /// The run into a folder that exists.
    pub(crate) fn into_folder(mut self, root: TempDir) -> Self {
        self.root = root;
        self
    }

    /// The folder for the answers.
    pub(crate) fn folder(&self) -> PathBuf {
        self.root.path().join("out")
    }

    pub(crate) fn root(&self) -> &std::path::Path {
        self.root.path()
    }

    /// The command of the run.
    pub(crate) fn command(&self) -> Command {
        let (folder, retries) = (text(self.folder()), self.retries.to_string());
        let arguments: Vec<&str> = ["fetch", "--out-dir", folder.as_str(), "--retries", retries.as_str()]
            .into_iter()
            .chain(self.arguments.iter().map(String::as_str))
            .collect();
        let mut command = command(&arguments);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    pub(crate) fn run(self) -> Fetched {
        let run = self.command().output().unwrap().into();
        self.ran(run)
    }

    /// Runs on a terminal of its own, where a line is typed. Returns the exit code and what the terminal showed.
    #[cfg(unix)]
    pub(crate) fn on_a_terminal(&self, typed: &str) -> (i32, String) {
        on_a_terminal(&self.command(), typed)
    }

    /// Checks what a run left behind: no secret, one line for each message, no incomplete file.
    pub(crate) fn ran(self, run: Run) -> Fetched {
        let mut secrets = self.portal.secrets();
        let own = ["SEATLINE_PASSWORD", "SEATLINE_TOKEN"];
        secrets.extend(
            self.variables.iter().filter(|(name, _)| own.contains(&name.as_str())).map(|(_, value)| value.clone()),
        );
        let said = [("stdout".to_owned(), &run.stdout), ("stderr".to_owned(), &run.stderr)];
        assert_secret_nowhere(&secrets, said);
        assert_no_secret_in_folder(&secrets, self.root.path());
        for line in run.stderr.lines() {
            assert!(["error: ", "warning: ", "note: "].iter().any(|label| line.starts_with(label)), "{run:?}");
        }
        let errors = run.stderr.lines().filter(|line| line.starts_with("error: ")).count();
        assert_eq!(errors, usize::from(run.code != 0), "{run:?}");
        let fetched = Fetched { run, root: self.root };
        assert!(fetched.files().iter().all(|name| !name.starts_with('.')), "{:?}", fetched.files());
        fetched
    }
}

impl Fetched {
    /// Asserts that the run ended with this code, wrote this to stderr (unless empty), and left nothing behind unless
    /// the code is 0.
    #[track_caller]
    pub(crate) fn ends(&self, code: i32, said: &[&str]) -> &Self {
        assert_eq!(self.run.code, code, "{:?}", self.run);
        for words in said {
            assert!(self.run.stderr.contains(words), "'{words}' is not in {:?}", self.run);
        }
        if code != 0 {
            assert!(!self.root.path().join("out").exists(), "{:?}", self.files());
        }
        self
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.root.path().join("out")
    }

    /// The names of the saved files, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder()).into_iter().flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}: {:?}", self.run))
    }

    pub(crate) fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.bytes(name)).unwrap()
    }

    pub(crate) fn into_root(self) -> TempDir {
        self.root
    }
}

/// Prints "now" once the terminal shows nothing that is typed, and passes Ctrl-C to the program like any other key.
#[cfg(unix)]
pub(crate) const ONCE_ASKED: &str = "(until stty -a </dev/tty | grep -q -e -isig; do sleep 0.05; done; echo now) & ";

/// Runs a command on a terminal of its own, where a line is typed. Returns the exit code and what the terminal showed.
#[cfg(unix)]
pub(crate) fn on_a_terminal(command: &Command, typed: &str) -> (i32, String) {
    on_a_terminal_between(command, ["", ""], "", &format!("{typed}\n"))
}

/// Like [`on_a_terminal`], with commands for the shell before and after, on the same terminal; `typed` is typed once
/// the terminal shows `cue`.
#[cfg(unix)]
pub(crate) fn on_a_terminal_between(command: &Command, around: [&str; 2], cue: &str, typed: &str) -> (i32, String) {
    use std::io::{Read, Write};
    use std::process::Stdio;
    let quoted = |text: &OsStr| format!("'{}'", text.to_str().unwrap().replace('\'', r"'\''"));
    let line: Vec<_> = std::iter::once(command.get_program()).chain(command.get_args()).map(quoted).collect();
    let [before, after] = around;
    let mut script = Command::new("script");
    // util-linux; `-e` returns the exit code of the command.
    script.args(["-qec", &format!("{before}{}{after}", line.join(" ")), "/dev/null"]);
    script.current_dir(command.get_current_dir().unwrap());
    script.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("TERM", "xterm");
    script.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    script.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = script.spawn().expect("the tests need script(1), of util-linux");
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut shown = Vec::new();
    let mut some = [0; 1024];
    while !String::from_utf8_lossy(&shown).contains(cue) {
        match stdout.read(&mut some).unwrap() {
            0 => panic!("'{cue}' is not in {}", String::from_utf8_lossy(&shown)),
            length => shown.extend_from_slice(&some[..length]),
        }
    }
    stdin.write_all(typed.as_bytes()).unwrap();
    stdout.read_to_end(&mut shown).unwrap();
    let status = child.wait().unwrap();
    drop(stdin);
    (status.code().unwrap_or(-1), String::from_utf8(shown).unwrap())
}

pub(crate) fn text(path: impl AsRef<OsStr>) -> String {
    path.as_ref().to_str().unwrap().to_owned()
}

//! A portal, its license file, and a command that moves its members.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::{Run, command};
use crate::portal::run::text;
use crate::portal::stub::{
    ADMIN, Member, PASSWORD, Portal, Running, Tls, assert_no_secret_in_folder, assert_secret_nowhere,
};

/// 2099-01-01
const LATE: i64 = 4_070_908_800_000;

pub(crate) struct Site {
    pub(crate) portal: Running,
    pub(crate) folder: TempDir,
    /// The user type of each member at the beginning.
    pub(crate) before: BTreeMap<String, String>,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    yes: bool,
    credentials: bool,
}

impl Site {
    /// A portal with these seats, and a license file that gives the same seats. It speaks plain http, so that a
    /// hundred runs in a row are fast.
    pub(crate) fn new(portal: Portal, seats: &[(&str, u64)]) -> Self {
        Self::over(portal.tls(Tls::plain()), seats)
    }

    /// The same, with the portal's own TLS settings.
    pub(crate) fn over(portal: Portal, seats: &[(&str, u64)]) -> Self {
        let portal = seats.iter().fold(portal, |portal, (id, seats)| portal.seats(id, *seats));
        let portal = portal.license_expires(LATE).start();
        let before = portal.members().into_iter().map(|member| (member.username, member.user_type)).collect();
        let folder = tempfile::tempdir().unwrap();
        let site =
            Self { portal, folder, before, arguments: Vec::new(), variables: Vec::new(), yes: true, credentials: true };
        site.license(seats);
        site
    }

    /// Ten members in a chain of full user types, so that the order matters; the administrator is one of them. The
    /// moves take five requests. Only a run that remembers earlier moves moves nobody twice.
    pub(crate) fn chain() -> Self {
        Self::chain_with(Portal::new())
    }

    pub(crate) fn chain_with(portal: Portal) -> Self {
        let members = Member::many("v", 4, "viewerUT").chain(Member::many("e", 5, "editorUT"));
        let seats = [("viewerUT", 10), ("editorUT", 5), ("fieldWorkerUT", 6), ("creatorUT", 1)];
        Self::new(portal.members(members), &seats)
            .and(&["--map", "viewerUT=editorUT", "--map", "editorUT=fieldWorkerUT", "--batch", "3"])
            .moves(&[(ADMIN, "creatorUT")])
    }

    /// The user type of each member after the chain.
    pub(crate) fn chain_end() -> BTreeMap<String, String> {
        let members = Member::many("v", 4, "editorUT").chain(Member::many("e", 5, "fieldWorkerUT"));
        let pairs = members.map(|member| (member.username, member.user_type));
        pairs.chain([(ADMIN.to_owned(), "creatorUT".to_owned())]).collect()
    }

    /// Writes the license file with these seats.
    pub(crate) fn license(&self, seats: &[(&str, u64)]) {
        let mut seats: BTreeMap<&str, u64> = seats.iter().copied().collect();
        seats.entry("GISProfessionalAdvUT").or_insert(1);
        let definitions: Vec<_> = seats.keys().map(|id| json!({ "id": id, "name": id, "level": "2" })).collect();
        let provision: Vec<_> = seats
            .iter()
            .map(|(id, seats)| json!({ "id": id, "maxUsers": seats, "startDate": 1_577_836_800_000_i64 }))
            .collect();
        let license = json!({ "MyEsri": {
            "version": "11.3",
            "definitions": { "userTypes": definitions },
            "provision": { "userTypes": provision },
        }});
        std::fs::write(self.path("license.json"), license.to_string()).unwrap();
    }

    pub(crate) fn and(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }

    /// The same portal, with another command.
    pub(crate) fn without_arguments(mut self) -> Self {
        self.arguments.clear();
        self.before = self.now();
        self
    }

    /// With this content of `moves.csv`.
    pub(crate) fn moves(self, moves: &[(&str, &str)]) -> Self {
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let rows = moves.iter().map(|(user, to)| format!("{},{}\n", quoted(user), quoted(to)));
        let path = self.path("moves.csv");
        std::fs::write(&path, format!("username,userType\n{}", rows.collect::<String>())).unwrap();
        self.and(&["--moves", &text(path)])
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn without_yes(mut self) -> Self {
        self.yes = false;
        self
    }

    /// Gives no credentials; the test gives its own.
    pub(crate) fn without_credentials(mut self) -> Self {
        self.credentials = false;
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self) -> Command {
        let mut arguments = vec!["moves".to_owned(), text(self.path("license.json"))];
        arguments.extend(["--apply", "--url", &self.portal.url()].map(str::to_owned));
        if self.portal.url().starts_with("https") {
            arguments.extend(["--ca-cert".to_owned(), text(self.portal.ca_file())]);
        }
        if self.yes {
            arguments.push("--yes".to_owned());
        }
        if !self.arguments.iter().any(|argument| argument == "--journal") {
            arguments.extend(["--journal".to_owned(), text(self.path("journal.jsonl"))]);
        }
        if !self.arguments.iter().any(|argument| argument == "--retries") {
            arguments.extend(["--retries", "0"].map(str::to_owned));
        }
        if !self.arguments.iter().any(|argument| argument == "--settle") {
            // Tests do not wait half a minute.
            arguments.extend(["--settle", "1"].map(str::to_owned));
        }
        arguments.extend(self.arguments.iter().cloned());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut command = command(&arguments);
        if self.credentials {
            command.env("SEATLINE_USERNAME", ADMIN).env("SEATLINE_PASSWORD", PASSWORD);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// The same command with another journal.
    pub(crate) fn with_journal(&self, path: &str) -> Run {
        let command = self.command();
        let mut arguments: Vec<_> = command.get_args().map(std::ffi::OsStr::to_owned).collect();
        let at = arguments.iter().position(|argument| argument == "--journal").unwrap();
        arguments[at + 1] = path.into();
        let mut other = Command::new(command.get_program());
        other.args(arguments).current_dir(command.get_current_dir().unwrap());
        other.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        other.output().unwrap().into()
    }

    pub(crate) fn run(&self) -> Run {
        self.ran(self.command().output().unwrap().into())
    }

    /// Checks what a run leaves behind: no secret, one line for each message, and a journal that agrees with what the
    /// portal did.
    pub(crate) fn ran(&self, run: Run) -> Run {
        self.no_secrets(&run);
        for line in run.stderr.lines() {
            assert!(["error: ", "warning: ", "note: "].iter().any(|label| line.starts_with(label)), "{run:?}");
        }
        let errors = run.stderr.lines().filter(|line| line.starts_with("error: ")).count();
        // A plan that is not possible speaks for itself, unless somebody else is the reason.
        let is_answer = run.stdout.contains("not possible") && !run.stdout.contains("changed-meanwhile");
        let wanted = usize::from(run.code > 0 && !is_answer);
        assert!(errors == wanted || run.code < 0, "{errors} errors: {run:?}");
        run
    }

    pub(crate) fn no_secrets(&self, run: &Run) {
        let secrets = self.portal.secrets();
        assert_secret_nowhere(&secrets, [("stdout".to_owned(), &run.stdout), ("stderr".to_owned(), &run.stderr)]);
        assert_no_secret_in_folder(&secrets, self.folder.path());
    }

    /// The user type of each member now.
    pub(crate) fn now(&self) -> BTreeMap<String, String> {
        self.portal.members().into_iter().map(|member| (member.username, member.user_type)).collect()
    }

    /// The lines of the journal, without a last line that is cut off; empty if there is no journal.
    pub(crate) fn journal(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.path("journal.jsonl")).unwrap_or_default();
        let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
        whole.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
    }

    /// The number of requests that changed something, or could have changed something.
    pub(crate) fn updates(&self) -> usize {
        self.portal.attempts().len()
    }
}

/// Asserts that a run ended with this code and wrote all of this to stderr.
#[track_caller]
pub(crate) fn ends(run: &Run, code: i32, said: &[&str]) {
    assert_eq!(run.code, code, "{run:?}");
    for words in said {
        assert!(run.stderr.contains(words), "'{words}' is not in {run:?}");
    }
}

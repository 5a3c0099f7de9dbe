//! What `fetch` and `moves --apply` write after they asked a portal.

use std::path::Path;
use std::process::Command;

use super::{Topic, session};
use crate::common::Run;
use crate::portal::apply::Site;
use crate::portal::run::Fetch;
use crate::portal::stub::{Always, Answer, Member, Nth, Op, Portal};

pub(super) const TOPIC: Topic = Topic { folder: "portal", names, text };

const NAMES: [&str; 6] = ["fetch", "fetch-extensions", "apply", "apply-refused", "apply-gone", "apply-parked"];
const WIDTHS: [&str; 3] = ["40", "80", "120"];

fn names() -> Vec<String> {
    NAMES.map(str::to_owned).to_vec()
}

fn text(name: &str) -> String {
    WIDTHS.iter().map(|width| run(name, width)).collect()
}

fn run(name: &str, width: &str) -> String {
    if name.starts_with("fetch") {
        let portal = Portal::new().members(Member::many("m", 3, "creatorUT")).seats("creatorUT", 5).start();
        let fetch = Fetch::of(&portal).license().signed_in().and(&["--width", width]);
        let fetch = if name == "fetch" { fetch } else { fetch.and(&["--extensions"]) };
        let text = shown(fetch.command(), &portal.url(), fetch.root());
        return text.replace(portal.ca_file().to_str().unwrap(), "CA");
    }
    let site = match name {
        "apply-parked" => crate::portal::apply::swap_of(Portal::new()),
        _ => Site::chain(),
    };
    match name {
        "apply-refused" => {
            let refusing = Answer::usual().refusing(&["e00001", "e00002"]).with(|value| {
                for result in value["results"].as_array_mut().unwrap() {
                    if result["username"] == "e00001" {
                        result["error"] = serde_json::json!({ "message": "Wrong role." });
                    }
                }
            });
            site.portal.script(Op::UpdateUserLicenseType, Always, refusing);
        }
        "apply-gone" => {
            let world = site.portal.world();
            let leaves = Answer::usual().after(move |_| world.lock().unwrap().remove("e00001"));
            site.portal.script(Op::UpdateUserLicenseType, Nth(5), leaves);
        }
        _ => {}
    }
    let mut command = site.command();
    command.args(["--width", width]);
    let text = shown(command, &site.portal.url(), site.folder.path());
    // The title names the present instant and the folder, which may be longer or shorter.
    let (command, rest) = text.split_once("\nFOLDER/").unwrap();
    let (_, rest) = rest.split_once("\n\n").unwrap();
    format!("{command}\nTITLE\n\n{rest}")
}

/// The session, without what differs from run to run: the portal's port, the folder and the time.
fn shown(mut command: Command, url: &str, folder: &Path) -> String {
    let run: Run = command.output().unwrap().into();
    let arguments: Vec<_> = command.get_args().map(|argument| argument.to_str().unwrap().to_owned()).collect();
    let text = session(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), &run);
    let text = text.replace(url, "https://PORTAL").replace(folder.to_str().unwrap(), "FOLDER");
    let text = text.replace(r"FOLDER\", "FOLDER/");
    // The time stands at the end of its line.
    let line = |line: &str| {
        line.split_once(" on 20").map_or_else(|| line.to_owned(), |(before, _)| format!("{before} on DATE"))
    };
    text.lines().map(|text| line(text) + "\n").collect()
}

#[test]
fn what_is_written_after_a_portal_was_asked_is_as_saved() {
    TOPIC.compare();
}

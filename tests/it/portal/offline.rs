//! Only `fetch` and `moves --apply` open a connection.

use std::collections::BTreeSet;

use crate::common::{Run, command, seatline};
use crate::portal::run::LICENSE;
use crate::portal::stub::{ADMIN, Portal, Proxy};

#[test]
fn only_the_client_of_the_portal_knows_the_network() {
    let words = [
        "reqwest",
        "hyper::",
        "tokio",
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "UnixStream",
        "lookup_host",
        "to_socket_addrs",
    ];
    let session = [".session(", "Session::new", "Client::new"];
    let mut asking = BTreeSet::new();
    for entry in walkdir::WalkDir::new("src") {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let name = path.to_str().unwrap().replace('\\', "/");
        let text = std::fs::read_to_string(&path).unwrap();
        let found = words.iter().find(|word| text.contains(**word));
        assert!(found.is_none() || name.starts_with("src/portal/"), "{name}: {}", found.unwrap());
        if session.iter().any(|word| text.contains(word)) {
            asking.insert(name);
        }
    }
    let expected = ["src/cli/commands/apply/mod.rs", "src/cli/commands/fetch.rs", "src/cli/io/connect.rs"];
    assert_eq!(asking, expected.map(str::to_owned).into());
}

#[test]
fn no_other_command_asks_a_portal_whatever_the_environment_names() {
    let (portal, proxy) = (Portal::new().start(), Proxy::start());
    let token = portal.token(ADMIN);
    let lines = [
        format!("report {LICENSE}"),
        format!("report {LICENSE} -f html"),
        format!("timeline {LICENSE}"),
        format!("admins {LICENSE}"),
        format!("check {LICENSE} --no-policy"),
        format!("diff {LICENSE} {LICENSE}"),
        format!("fit {LICENSE} --usage samples/moves/members.csv"),
        format!("preflight {LICENSE} --over {LICENSE} --nobody-yet"),
        format!("why creatorUT {LICENSE}"),
        format!("moves {LICENSE} --members samples/moves/members.csv --map viewerUT=editorUT"),
        format!("moves {LICENSE} --members samples/moves/members.csv --map viewerUT=editorUT -f python"),
        "explain expired".to_owned(),
        "schema report".to_owned(),
        "help".to_owned(),
    ];
    let help = seatline(&["--help"]).stdout;
    let named = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let mut named: BTreeSet<_> = named.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    named.remove("fetch");
    named.remove("");
    for line in &lines {
        let arguments: Vec<&str> = line.split(' ').collect();
        named.remove(arguments[0]);
        let mut command = command(&arguments);
        command.env("SEATLINE_URL", portal.url()).env("SEATLINE_TOKEN", &token);
        for variable in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env(variable, proxy.url());
        }
        let run: Run = command.output().unwrap().into();
        assert!([0, 1].contains(&run.code), "{line}: {run:?}");
    }
    assert_eq!(named, BTreeSet::new(), "every command is tried");
    assert_eq!((portal.connections(), proxy.connections()), (0, 0));
}

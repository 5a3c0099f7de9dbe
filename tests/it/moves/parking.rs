//! Members who wait in a third user type, where two full ones exchange members.

use serde_json::json;

use super::portal::{Portal, problems, report_of};

const SEATS: [(&str, u64); 5] =
    [("creatorUT", 2), ("viewerUT", 2), ("editorUT", 3), ("fieldWorkerUT", 1), ("GISProfessionalAdvUT", 1)];
const MEMBERS: [&str; 8] = [
    "ann,creatorUT,org_admin",
    "bob,creatorUT,org_user",
    "cleo,viewerUT,org_user",
    "dan,viewerUT,org_user",
    "eve,editorUT,org_user",
    "eli,editorUT,org_user",
    "fay,fieldWorkerUT,org_user",
    "root,GISProfessionalAdvUT,org_admin",
];

fn swap(moves: &[&str]) -> Portal {
    Portal::new(&SEATS, &MEMBERS, moves)
}

#[test]
fn a_swap_of_two_full_types_has_an_order_where_one_waits() {
    let portal = swap(&["bob,viewerUT", "cleo,creatorUT"]);
    // Without --park, the message says which types members could wait in.
    let report = portal.report(&[]);
    let (code, message) = problems(&report)[0];
    assert_eq!(code, "deadlock");
    assert!(message.ends_with("or one of the members waits in another user type: editorUT"), "{message}");
    let report = portal.report(&["--park", "editorUT"]);
    let batches: Vec<_> =
        report["batches"].as_array().unwrap().iter().map(|one| (&one["userType"], &one["users"])).collect();
    assert_eq!(batches.len(), 3, "{report}");
    assert_eq!(batches[0].0, "editorUT");
    let parked = &report["parked"][0];
    assert_eq!(
        (&parked["via"], &parked["firstRequest"], &parked["lastRequest"]),
        (&json!("editorUT"), &json!(1), &json!(3))
    );
    let who = parked["username"].as_str().unwrap();
    // The note about the risk comes before anything is done.
    let note = format!(
        "{who} waits in editorUT from request 1 to request 3: meanwhile, and perhaps afterwards, a member who waits may lose role, \
         add-ons and what only the former user type allows; look at them when all is done"
    );
    assert!(report["notes"].as_array().unwrap().contains(&json!(note)), "{report}");
    assert_eq!(report["moves"], 2);
    // The type may be given by name, and the undo plan has one line for each member.
    let undo = portal.name("undo.csv");
    let run = portal.moves(&["--park", "Editor", "--undo", &undo]);
    assert_eq!(run.code, 0, "{run:?}");
    let undo = std::fs::read_to_string(undo).unwrap().replace('"', "");
    let mut back: Vec<_> = undo.lines().skip(1).collect();
    back.sort_unstable();
    assert_eq!(back, ["bob,creatorUT", "cleo,viewerUT"]);
}

#[test]
fn an_administrator_never_waits() {
    // Ann is an administrator, so Dan waits. Where both are, or nobody knows, there is no order.
    let portal = swap(&["ann,GISProfessionalAdvUT", "root,creatorUT"]);
    let report = portal.report(&["--park", "editorUT"]);
    let (code, message) = problems(&report)[0];
    assert_eq!(code, "deadlock");
    assert!(
        message.contains("waiting in editorUT does not help: it has 1 to spare, and only members wait there of whom"),
        "{message}"
    );
    let report = portal.report(&[]);
    assert!(!problems(&report)[0].1.contains("--park"), "{report}");
    let unknown = Portal::new(
        &SEATS,
        &["ann,creatorUT,", "bob,creatorUT,", "cleo,viewerUT,", "dan,viewerUT,"],
        &["bob,viewerUT", "cleo,creatorUT"],
    );
    assert_eq!(problems(&unknown.report(&["--park", "editorUT"]))[0].0, "deadlock");
    let mixed = Portal::new(
        &[("creatorUT", 1), ("GISProfessionalAdvUT", 1), ("editorUT", 1)],
        &["ann,creatorUT,org_admin", "bob,GISProfessionalAdvUT,org_user"],
        &["ann,GISProfessionalAdvUT", "bob,creatorUT"],
    );
    let report = mixed.report(&["--park", "editorUT"]);
    assert_eq!(report["parked"][0]["username"], "bob");
    // The member who signs in does not wait either.
    let report = mixed.report(&["--park", "editorUT", "--last", "bob"]);
    assert_eq!(report["possible"], false);
}

#[test]
fn a_type_to_wait_in_must_have_seats() {
    let portal = swap(&["bob,viewerUT", "cleo,creatorUT"]);
    for (park, code, said) in [
        ("fieldWorkerUT", "deadlock", "waiting in fieldWorkerUT does not help: it has 0 to spare"),
        ("creatorUT", "deadlock", "waiting in creatorUT does not help"),
    ] {
        let report = portal.report(&["--park", park]);
        let (found, message) = problems(&report)[0];
        assert!(found == code && message.contains(said), "{park}: {message}");
    }
    let run = portal.moves(&["--park", "nobodyUT"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("--park: the user type"), "{run:?}");
    // Where there is an order without waiting, nobody waits.
    let easy = swap(&["bob,editorUT"]);
    assert_eq!(easy.report(&["--park", "fieldWorkerUT"])["parked"], json!([]));
}

#[test]
fn two_groups_share_one_seat_to_wait_on() {
    let portal = Portal::new(
        &[("creatorUT", 1), ("viewerUT", 1), ("editorUT", 1), ("fieldWorkerUT", 1), ("IndoorsUserUT", 1)],
        &["a,creatorUT,org_user", "b,viewerUT,org_user", "c,editorUT,org_user", "d,fieldWorkerUT,org_user"],
        &["a,viewerUT", "b,creatorUT", "c,fieldWorkerUT", "d,editorUT"],
    );
    let run = portal.moves(&["--park", "IndoorsUserUT", "-f", "json"]);
    let report = report_of(&run);
    assert_eq!(report["parked"].as_array().unwrap().len(), 2);
    assert_eq!(report["batches"].as_array().unwrap().len(), 6);
}

#[test]
fn where_roles_are_the_sites_own_it_is_told_how_to_say_what_they_are() {
    let members = [
        "ann,GISProfessionalAdvUT,org_admin",
        "bob,creatorUT,Surveyors",
        "bea,creatorUT,Surveyors",
        "cleo,viewerUT,Surveyors",
        "cem,viewerUT,Surveyors",
    ];
    let portal = Portal::new(&SEATS, &members, &["bob,viewerUT", "cleo,creatorUT"]);
    let run = portal.moves(&["--park", "editorUT"]);
    assert!(run.code == 1 && run.stderr.contains("--admin-role ROLE names the roles of administrators"), "{run:?}");
    let run = portal.moves(&[]);
    assert!(
        run.code == 1 && run.stderr.contains("--park USERTYPE") && run.stderr.contains("if --admin-role"),
        "{run:?}"
    );
    assert_eq!(portal.moves(&["--park", "editorUT", "--admin-role", "org_admin"]).code, 0);
}

#[test]
fn no_option_is_named_that_would_not_help() {
    let plain = ["--park", "--admin-role"];
    let advised = |portal: &Portal, arguments: &[&str]| {
        let run = portal.moves(arguments);
        assert!(run.code == 1, "{run:?}");
        plain.map(|option| run.stderr.contains(option))
    };
    // No user type has a seat to spare.
    let full = Portal::new(
        &[("creatorUT", 1), ("viewerUT", 1)],
        &["a,creatorUT,org_user", "b,viewerUT,org_user"],
        &["a,viewerUT", "b,creatorUT"],
    );
    assert_eq!(advised(&full, &[]), [false, false]);
    // Both are administrators, who never wait, whatever other roles are.
    let seats = [("creatorUT", 1), ("GISProfessionalAdvUT", 1), ("editorUT", 1)];
    let moves = ["a,GISProfessionalAdvUT", "b,creatorUT"];
    let bosses = Portal::new(&seats, &["a,creatorUT,org_admin", "b,GISProfessionalAdvUT,org_admin"], &moves);
    assert_eq!(advised(&bosses, &[]), [false, false]);
    assert_eq!(advised(&bosses, &["--park", "editorUT"]), [false, false]);
    // No option says whether members without a role are administrators.
    let unknown = Portal::new(&seats, &["a,creatorUT,", "b,GISProfessionalAdvUT,"], &moves);
    assert_eq!(advised(&unknown, &["--park", "editorUT"]), [false, false]);
    // The type to wait in is full: roles do not help, another type does.
    let other = swap(&["bob,viewerUT", "cleo,creatorUT"]);
    assert_eq!(advised(&other, &["--park", "fieldWorkerUT"]), [false, false]);
    assert_eq!(advised(&other, &[]), [true, false]);
}

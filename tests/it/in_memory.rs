//! Documents in memory, which another program gives instead of files.

use std::ffi::OsString;
use std::fs;

use serde_json::Value;

const NEW: &str = "samples/renewal/new.json";
const OLD: &str = "samples/renewal/old.json";
const MEMBERS: &str = "samples/renewal/members.csv";

/// The answer to a command line in which documents in memory stand by name, and what stands on stderr.
fn answer(arguments: &[&str], documents: &[(&str, &str)]) -> (Value, String) {
    let arguments = ["seatline"].iter().chain(arguments).chain(&["--format", "json"]).map(OsString::from);
    let content = |file: &str| fs::read(file).unwrap();
    let documents = documents.iter().map(|(name, file)| ((*name).to_owned(), content(file)));
    let answer = seatline::cli::answer(arguments.collect(), documents.collect());
    let text = String::from_utf8(answer.stderr).unwrap();
    (serde_json::from_slice(&answer.stdout).unwrap_or_else(|_| panic!("{text}")), text)
}

#[test]
fn documents_in_memory_have_the_names_that_were_given_and_no_command_names_them_as_files() {
    let arguments = ["preflight", "<new>", "--over", "<over>", "--usage", "<usage>", "--as-of", "2026-11-30"];
    let given = [("<new>", NEW), ("<over>", OLD), ("<usage>", MEMBERS)];
    let (told, _) = answer(&arguments, &given);
    assert_eq!((told["new"]["file"].as_str(), told["old"]["file"].as_str()), (Some("<new>"), Some("<over>")));
    let action = &told["actions"][0];
    assert!(action["locations"][0].as_str().unwrap().starts_with("<new>:"), "{action}");
    assert_eq!(action["why"], Value::Null);
    // Nothing but the names is of the run.
    assert_eq!(told, answer(&arguments, &given).0);
    // A file is named in a command.
    let (of_file, _) = answer(&["preflight", NEW, "--usage", "<usage>", "--as-of", "2026-11-30"], &given);
    assert!(of_file["actions"][0]["why"].as_str().unwrap().contains("new.json"), "{of_file}");
}

#[test]
fn many_documents_in_memory_are_read_by_several_threads_in_their_order() {
    let names: Vec<_> = (0..60).map(|number| format!("<license {number}>")).collect();
    let given: Vec<_> = names.iter().map(|name| (name.as_str(), if name.len() > 11 { NEW } else { OLD })).collect();
    let arguments: Vec<_> =
        ["report", "--as-of", "2026-11-30"].into_iter().chain(given.iter().map(|(name, _)| *name)).collect();
    let (told, _) = answer(&arguments, &given);
    let files: Vec<_> = told["licenses"].as_array().unwrap().iter().map(|license| &license["file"]).collect();
    assert_eq!(files, names.iter().collect::<Vec<_>>());
    // Standard input is read where the caller gave none, and nothing is there.
    let (told, _) = answer(&["report", "-", "<license 1>", "--as-of", "2026-11-30"], &given);
    assert_eq!(told["failures"][0]["code"], "empty");
    assert_eq!(told["licenses"].as_array().unwrap().len(), 1);
    let (_, stderr) = answer(&["report", "<no such>", "<license 1>"], &given);
    assert!(stderr.replace('\\', "/").contains("./<no such>: cannot be read"), "{stderr}");
}

//! The exit code depends on what is found, on the policy and on what could be read, and never on the format.

use crate::common::seatline;

const FORMATS: [&str; 9] = ["text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "azure", "markdown"];

#[test]
fn every_combination_of_input_policy_and_format() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let broken = file("broken.json", "{\"MyEsri\": ");
    let lenient = file("lenient.toml", "[levels]\nexpired = \"allow\"\nno-admin-user-type = \"allow\"\n");
    let strict = file("strict.toml", "[levels]\nnot-started = \"error\"\n");
    let typo = file("typo.toml", "[levels]\nnot-startd = \"error\"\n");
    let sample = "samples/portal-10.8.json";
    let (active, expired) = ("2019-01-01", "2021-01-01");
    for (inputs, as_of, options, expected) in [
        (&[sample][..], active, &["--no-policy"][..], 0),
        (&[sample], expired, &["--no-policy"], 1),
        (&[sample], expired, &["--no-policy", "--exit-zero"], 0),
        (&[sample], expired, &["--no-policy", "--fail-on", "never"], 0),
        (&[sample], active, &["--no-policy", "--fail-on", "info"], 1),
        (&[sample], active, &["--no-policy", "--fail-on", "warning"], 0),
        (&[sample], expired, &["--policy", &lenient], 0),
        (&[sample], active, &["--policy", &strict], 1),
        (&[sample], active, &["--policy", &typo], 2),
        (&[sample], active, &["--policy", "nowhere.toml"], 2),
        (&[sample], active, &["--policy", &lenient, "--no-policy"], 2),
        (&[sample, &broken], active, &["--no-policy"], 3),
        (&[sample, &broken], expired, &["--no-policy", "--exit-zero"], 3),
        (&[&broken], active, &["--no-policy"], 3),
        (&["samples/administrators-10.8.json"], active, &["--no-policy"], 3),
        (&["samples/faulty.json"], active, &["--no-policy"], 1),
    ] {
        for format in FORMATS {
            let mut arguments = vec!["check", "--as-of", as_of, "-f", format];
            arguments.extend(inputs.iter().copied().chain(options.iter().copied()));
            let run = seatline(&arguments);
            assert_eq!(run.code, expected, "{arguments:?}: {}", run.stderr);
        }
    }
}

#[test]
fn formats_that_cannot_be_together_are_wrong_usage() {
    let sample = "samples/portal-10.8.json";
    for options in [
        &["-f", "text", "-f", "json"][..],
        &["-f", "sarif=x", "-o", "y"],
        &["-f", "sarif=x", "-f", "json=x"],
        &["-f", "serif"],
        &["-f", "sarif="],
    ] {
        let run = seatline(&[&["check", sample, "--no-policy"][..], options].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{options:?}");
    }
}

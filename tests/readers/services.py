"""Reads what `check` writes for services as they do, and runs the recipes of docs/ci.md.

python3 tests/readers/services.py SEATLINE FOLDER, from the root of the repository; see .ci/readers.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import jsonschema
import junitparser
import yaml
from lxml import etree

SEATLINE, FOLDER = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
ROOT = Path(__file__).resolve().parents[2]
AS_OF = "2026-11-01"
FILES = [
    "samples/faulty.json",
    "samples/gap-and-early-end-10.9.json",
    "samples/renewed-11.1.json",
    "tests/fixtures/check/consumers/sarif-one-line-renewed-11.1.json",
    "tests/fixtures/check/consumers/junit-two-bad-lines.jsonl",
]
SARIF = json.loads((ROOT / "tests/schemas/sarif-2.1.0.json").read_text())
JUNIT = etree.XMLSchema(etree.parse(ROOT / "tests/schemas/junit-10.xsd"))
FAULTY = (ROOT / "samples/faulty.json").read_text()
# Without an error on any day.
CLEAN = {"MyEsri": {
    "version": "11.4",
    "definitions": {"userTypes": [{"id": "creatorUT", "name": "Creator", "level": "2"}]},
    "provision": {"userTypes": [{"id": "creatorUT", "maxUsers": 10, "startDate": 1542672000000}]},
}}
WAIVER = '[[waiver]]\nrule = "seat-gap"\nkind = "*"\nid = "*"\nuntil = 2099-01-01\nreason = "known"\n'


def check(*arguments, cwd=ROOT):
    done = subprocess.run([SEATLINE, "check", *arguments, "-q", "--as-of", AS_OF], capture_output=True, cwd=cwd)
    assert done.returncode in (0, 1, 3), (arguments, done.returncode, done.stderr.decode())
    return done.stdout


def tool(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


class Sarif(unittest.TestCase):
    def test_the_standard_takes_it(self):
        for more in ([], ["--waived", "omit"]):
            log = json.loads(check(*FILES, "--no-policy", "-f", "sarif", *more))
            jsonschema.Draft4Validator(SARIF).validate(log)

    def test_microsofts_validator_takes_it(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "policy.toml").write_text(WAIVER)
            log, found = Path(folder) / "seatline.sarif", Path(folder) / "found.sarif"
            log.write_bytes(check(*FILES, "--policy", f"{folder}/policy.toml", "-f", "sarif"))
            validator = FOLDER / "node_modules/.bin/sarif-multitool"
            # It hands its arguments on to a shell.
            tool(validator, "validate", log, "--rule-kind", "'Sarif;Ghas'", "--output", found, "--level", "'Error;Warning'")
            results = json.loads(found.read_text(encoding="utf-8-sig"))["runs"][0]["results"]
        told = {result["ruleId"] for result in results}
        # There is no homepage, and none is invented.
        self.assertEqual(told - {"SARIF2005"}, set(), results)


class Junit(unittest.TestCase):
    def test_the_schema_of_jenkins_takes_it(self):
        for fail_on in ("error", "info", "never"):
            text = check(*FILES, "--no-policy", "-f", "junit", "--fail-on", fail_on)
            JUNIT.assertValid(etree.fromstring(text))

    def test_junitparser_counts_as_the_summary_does(self):
        summary = json.loads(check(*FILES, "--no-policy", "-f", "json"))["summary"]
        junit = junitparser.JUnitXml.fromstring(check(*FILES, "--no-policy", "-f", "junit"))
        self.assertEqual((junit.failures, junit.errors), (summary["errors"], summary["failures"]))
        names = [(case.classname, case.name) for suite in junit for case in suite]
        self.assertEqual(len(names), len(set(names)))
        failed = [one for suite in junit for case in suite for one in case.result]
        self.assertTrue(failed and all(one.text.strip() for one in failed))


class Gitlab(unittest.TestCase):
    def test_every_issue_has_what_is_asked_for(self):
        summary = json.loads(check(*FILES, "--no-policy", "-f", "json"))["summary"]
        issues = json.loads(check(*FILES, "--no-policy", "-f", "gitlab"))
        self.assertEqual(len(issues), sum(summary[name] for name in ("errors", "warnings", "infos", "failures")))
        self.assertEqual(len({issue["fingerprint"] for issue in issues}), len(issues))
        for issue in issues:
            self.assertIn(issue["severity"], ("info", "minor", "major", "critical", "blocker"))
            self.assertIn(issue["location"]["path"], FILES)
            self.assertGreaterEqual(issue["location"]["lines"]["begin"], 1)
            self.assertTrue(issue["description"] and issue["check_name"])


def recipes():
    """The recipes of docs/ci.md by the names of their files."""
    text = (ROOT / "docs/ci.md").read_text()
    found = dict(re.findall(r"<!-- recipe: (\S+) -->\n+```\w+\n(.*?)```", text, re.S))
    assert set(found) == {".github/workflows/licenses.yml", ".gitlab-ci.yml", "Jenkinsfile", "azure-pipelines.yml"}, found
    return found


CARGO = """#!/bin/sh
# Stands for cargo: puts the built program where `cargo install` would.
root=$HOME/.cargo locked= path=
[ "$1" = install ] || exit 90
shift
while [ $# -gt 0 ]; do
    case $1 in
        --locked) locked=yes ;;
        --root) root=$2; shift ;;
        --path) path=$2; shift ;;
        *) exit 91 ;;
    esac
    shift
done
[ -n "$locked" ] && [ -f "$path/Cargo.toml" ] || exit 92
mkdir -p "$root/bin" && cp "$SEATLINE_BUILT" "$root/bin/seatline"
"""

GIT = """#!/bin/sh
# Stands for git: `git clone --depth 1 ADDRESS FOLDER`.
[ "$1 $2 $3" = "clone --depth 1" ] && [ $# = 5 ] && [ ! -e "$5" ] || exit 93
mkdir -p "$5" && touch "$5/Cargo.toml"
"""


class Recipes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name, text in recipes().items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def yaml(self, name):
        return yaml.safe_load((self.folder / name).read_text())

    def test_the_schemas_of_the_services_take_them(self):
        for schema, name, *more in (
            ("vendor.github-workflows", ".github/workflows/licenses.yml"),
            ("custom.github-workflows-require-timeout", ".github/workflows/licenses.yml"),
            ("vendor.gitlab-ci", ".gitlab-ci.yml", "--data-transform", "gitlab-ci"),
            ("vendor.azure-pipelines", "azure-pipelines.yml", "--regex-variant", "nonunicode"),
        ):
            tool(FOLDER / "venv/bin/check-jsonschema", "--builtin-schema", schema, *more, self.folder / name)

    def test_zizmor_and_actionlint_have_nothing_to_say(self):
        workflow = self.folder / ".github/workflows/licenses.yml"
        tool(FOLDER / "venv/bin/zizmor", "--offline", "--no-progress", workflow)
        tool("node", ROOT / "tests/readers/workflow.mjs", FOLDER, workflow)

    def run_shell(self, license, scripts, shell):
        """Runs the scripts of a recipe one after the other in a repository; the exit codes, the output and the place."""
        site = Path(tempfile.mkdtemp(dir=self.folder))
        for name in ("repo/.git", "repo/licenses", "home", "stubs", "temp"):
            (site / name).mkdir(parents=True)
        for name, text in (("cargo", CARGO), ("git", GIT)):
            (site / "stubs" / name).write_text(text)
            (site / "stubs" / name).chmod(0o755)
        repo = site / "repo"
        (repo / "licenses/license.json").write_text(license)
        (repo / "seatline.toml").write_text(WAIVER)
        # What `actions/checkout` brings.
        if shell == ["bash", "-e"]:
            (repo / "seatline-source").mkdir()
            (repo / "seatline-source/Cargo.toml").touch()
        home = site / "home"
        environment = {
            "HOME": str(home), "PATH": f"{site}/stubs:{home}/.cargo/bin:/usr/bin:/bin", "SEATLINE_BUILT": str(SEATLINE),
            "WORKSPACE": str(repo), "AGENT_TEMPDIRECTORY": str(site / "temp"),
            "GITHUB_STEP_SUMMARY": str(site / "summary.md"), "GITHUB_WORKSPACE": str(repo), "CI_PROJECT_DIR": str(repo),
        }
        codes, output = [], ""
        for script in scripts:
            done = subprocess.run([*shell, "-c", script], capture_output=True, text=True, cwd=repo, env=environment)
            codes.append(done.returncode)
            output += done.stdout
            self.assertNotIn(done.returncode, range(90, 128), (script, done.stderr))
        return codes, output, repo

    def runs(self, scripts, shell):
        """A license without errors passes, and one with some fails in the last script only."""
        codes, _, _ = self.run_shell(json.dumps(CLEAN), scripts, shell)
        self.assertEqual(codes, [0] * len(scripts))
        codes, output, repo = self.run_shell(FAULTY, scripts, shell)
        self.assertEqual(codes, [0] * (len(scripts) - 1) + [1])
        return output, repo

    def test_github(self):
        job = self.yaml(".github/workflows/licenses.yml")["jobs"]["licenses"]
        steps = job["steps"]
        output, repo = self.runs([step["run"] for step in steps if "run" in step], ["bash", "-e"])
        self.assertIn("::error file=licenses/license.json,line=", output)
        self.assertIn("`unreadable-entry`", (repo.parent / "summary.md").read_text())
        [upload] = [step["with"] for step in steps if "upload-sarif" in step.get("uses", "")]
        log = json.loads((repo / upload["sarif_file"]).read_text())
        jsonschema.Draft4Validator(SARIF).validate(log)
        self.assertFalse(any("suppressions" in result for result in log["runs"][0]["results"]))

    def test_gitlab(self):
        job = self.yaml(".gitlab-ci.yml")["licenses"]
        _, repo = self.runs(job["before_script"] + job["script"], ["bash", "-eo", "pipefail"])
        reports = job["artifacts"]["reports"]
        issues = json.loads((repo / reports["codequality"]).read_text())
        self.assertLessEqual({issue["location"]["path"] for issue in issues}, {"licenses/license.json", "seatline.toml"})
        JUNIT.assertValid(etree.parse(repo / reports["junit"]))

    def test_jenkins(self):
        text = (self.folder / "Jenkinsfile").read_text()
        scripts = re.findall(r"^ *sh '([^']*)'$", text, re.M)
        self.assertEqual((len(scripts), text.count("sh '")), (3, 3))
        _, repo = self.runs(scripts, ["sh", "-xe"])
        [junit] = re.findall(r"^ *junit '([^']*)'$", text, re.M)
        [pattern] = re.findall(r"sarif\(pattern: '([^']*)'\)", text)
        JUNIT.assertValid(etree.parse(repo / junit))
        jsonschema.Draft4Validator(SARIF).validate(json.loads((repo / pattern).read_text()))

    def test_azure(self):
        steps = self.yaml("azure-pipelines.yml")["steps"]
        output, repo = self.runs([step["bash"] for step in steps if "bash" in step], ["bash"])
        self.assertIn("##vso[task.logissue type=error;sourcepath=licenses/license.json;", output)
        [publish] = [step["inputs"] for step in steps if step.get("task") == "PublishTestResults@2"]
        JUNIT.assertValid(etree.parse(repo / publish["testResultsFiles"]))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)

"""The output of `check` for services: SARIF by its schema and by Microsoft's tool, JUnit by lxml and junitparser, and commands."""

import json
import subprocess
import unittest

import junitparser
from lxml import etree
from seatline import FOLDER, JUNIT, ROOT, SAMPLES, SARIF, own_lines, questions, run

# An input that cannot be read, two bad lines among good ones, and several files at once.
MORE = [
    ("check", "nowhere.json", SAMPLES / "history.jsonl", SAMPLES / "administrators-10.8.json"),
    ("check", ROOT / "tests/fixtures/check/consumers/junit-two-bad-lines.jsonl"),
    ("check", SAMPLES),
]
WAIVER = '[[waiver]]\nrule = "seat-gap"\nkind = "*"\nid = "*"\nuntil = 2099-01-01\nreason = "known"\n'


def checks():
    return [*questions("check"), *MORE]


def text(question, form, *more):
    return run(*question, "-f", form, *more, codes=(0, 1, 3))


def summary(question):
    return json.loads(text(question, "json"))["summary"]


class Sarif(unittest.TestCase):
    def test_every_log_is_as_oasis_and_microsoft_say(self):
        folder = FOLDER / "sarif"
        folder.mkdir(exist_ok=True)
        policy = folder / "seatline.toml"
        policy.write_text(WAIVER)
        waived = ("check", SAMPLES / "gap-and-early-end-10.9.json", "--policy", policy, "--as-of", "2026-11-01")
        files = []
        for nth, question in enumerate([*checks(), waived, (*waived, "--waived", "omit")]):
            log = json.loads(text(question, "sarif"))
            SARIF.validate(log)
            suppressed = any("suppressions" in result for result in log["runs"][0]["results"])
            self.assertEqual(suppressed, question == waived, question)
            files.append(folder / f"{nth}.sarif")
            files[-1].write_text(json.dumps(log), encoding="utf-8")
        # The tool must find a fault in a bad file, or its silence means nothing.
        broken = folder / "broken.sarif"
        log["runs"][0]["results"] = [{"ruleId": "x", "ruleIndex": 7, "message": {"text": "x"}}]
        broken.write_text(json.dumps(log), encoding="utf-8")
        found = self.faults([*files, broken])
        self.assertIn("GH1015", found.pop(broken.name))
        # SARIF2005 asks for a home page of the tool, and there is none.
        home = any("informationUri" in json.loads(file.read_text())["runs"][0]["tool"]["driver"] for file in files[:1])
        found = {name: rules - (set() if home else {"SARIF2005"}) for name, rules in found.items()}
        self.assertEqual({name: rules for name, rules in found.items() if rules}, {})

    def faults(self, files):
        """Errors and warnings of sarif-multitool, by the rules of SARIF and of GitHub."""
        output = files[0].parent / "found.json"
        output.unlink(missing_ok=True)
        tool = FOLDER / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
        line = [tool, "validate", *files, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--output", output]
        done = subprocess.run([*line, "--log", "ForceOverwrite"], capture_output=True, check=False, text=True)
        self.assertIn(f"{len(files)} files scanned", done.stdout, done.stdout[-2000:] + done.stderr)
        log = json.loads(output.read_text(encoding="utf-8-sig"))["runs"][0]
        self.assertTrue(all(one["executionSuccessful"] for one in log["invocations"]))
        found = {}
        for result in log.get("results", []):
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]
            uri = uri.get("uri") or log["artifacts"][uri["index"]]["location"]["uri"]
            found.setdefault(uri.rsplit("/", 1)[-1], set()).add(result["ruleId"])
        return found


class Junit(unittest.TestCase):
    def test_every_report_is_as_jenkins_says(self):
        for question in checks():
            for fail_on in ("error", "info", "never"):
                document = etree.fromstring(text(question, "junit", "--fail-on", fail_on))
                self.assertTrue(JUNIT.validate(document), (question, fail_on, JUNIT.error_log))
            names = [(case.get("classname"), case.get("name")) for case in document.iter("testcase")]
            self.assertEqual(len(names), len(set(names)), question)

    def test_junitparser_counts_what_json_counts(self):
        for question in checks():
            counts = summary(question)
            report = junitparser.JUnitXml.fromstring(text(question, "junit"))
            bad = [one for suite in report for case in suite for one in case.result]
            failures = [one for one in bad if isinstance(one, junitparser.Failure)]
            errors = [one for one in bad if isinstance(one, junitparser.Error)]
            self.assertEqual((len(failures), len(errors)), (counts["errors"], counts["failures"]), question)
            self.assertEqual((report.failures, report.errors), (counts["errors"], counts["failures"]), question)
            # GitLab shows the text.
            self.assertTrue(all(one.text.strip() for one in [*failures, *errors]), question)


class Commands(unittest.TestCase):
    """The lines that a service would obey. Each must be an annotation, whatever a name contains."""

    def test_github(self):
        for question in [*questions("check"), *questions("preflight")]:
            for line in own_lines(text(question, "github")):
                self.assertRegex(line, r"^::(error|warning|notice)( [^:]*)?::", question)

    def test_azure(self):
        for question in questions("check"):
            for line in own_lines(text(question, "azure")):
                self.assertTrue(line.startswith("##vso[task."), (question, line))
            commands = text(question, "azure").count(b"##vso[")
            self.assertEqual(commands, len(own_lines(text(question, "azure"))), question)

    def test_gitlab(self):
        for question in checks():
            report, counts = json.loads(text(question, "gitlab")), summary(question)
            self.assertEqual(len(report), sum(counts[name] for name in ("errors", "warnings", "infos", "failures")), question)
            prints = [issue["fingerprint"] for issue in report]
            self.assertEqual(len(prints), len(set(prints)), question)
            for issue in report:
                self.assertIn(issue["severity"], ("info", "minor", "major", "critical", "blocker"))
                self.assertGreaterEqual(issue["location"]["lines"]["begin"], 1)
                self.assertTrue(issue["description"] and issue["check_name"], question)
                path = issue["location"]["path"]
                self.assertFalse(path.startswith(("/", "./")) or "//" in path, path)

    def test_text_has_no_control_characters(self):
        for question in questions("report", "timeline", "admins", "check", "diff", "fit", "preflight", "why", "moves"):
            shown = run(*question).decode()
            self.assertEqual([one for one in shown if one != "\n" and (ord(one) < 32 or 127 <= ord(one) < 160)], [], question)

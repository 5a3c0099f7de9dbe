"""What `check` writes for services: SARIF by its schema and by Microsoft's tool, JUnit by lxml and junitparser, and commands."""

import json
import re
import subprocess
import unittest

import jsonschema
import junitparser
from lxml import etree
from seatline import FOLDER, ROOT, SAMPLES, questions, run

# An input that cannot be read, two bad lines among good ones, and several files at once.
MORE = [
    ("check", "nowhere.json", SAMPLES / "history.jsonl", SAMPLES / "administrators-10.8.json"),
    ("check", ROOT / "tests/fixtures/consumers/junit-two-bad-lines.jsonl"),
    ("check", SAMPLES),
]


def checks():
    return [*questions("check"), *(case for case in MORE if all(not str(name).endswith(".jsonl") or name.exists() for name in case[1:] if hasattr(name, "exists")))]


def text(question, form):
    return run(*question, "-f", form, codes=(0, 1, 3))


class Sarif(unittest.TestCase):
    def test_every_log_is_as_oasis_and_microsoft_say(self):
        folder = FOLDER / "sarif"
        folder.mkdir(exist_ok=True)
        schema = json.loads((ROOT / "tests/schemas/sarif-2.1.0.json").read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(schema)(schema)
        files = []
        for nth, question in enumerate(checks()):
            log = json.loads(text(question, "sarif"))
            validator.validate(log)
            files.append(folder / f"{nth}.sarif")
            files[-1].write_text(json.dumps(log), encoding="utf-8")
        # A tool that finds nothing wrong with anything tells nothing.
        broken = folder / "broken.sarif"
        log["runs"][0]["results"] = [{"ruleId": "x", "ruleIndex": 7, "message": {"text": "x"}}]
        broken.write_text(json.dumps(log), encoding="utf-8")
        self.assertNotEqual(self.faults(broken), [])
        for file, question in zip(files, checks()):
            self.assertEqual(self.faults(file), [], question)

    def faults(self, file):
        """Errors and warnings of sarif-multitool, by the rules of SARIF and of GitHub."""
        found = file.with_suffix(".found")
        found.unlink(missing_ok=True)
        tool = FOLDER / "node_modules/.bin/sarif-multitool"
        subprocess.run(
            [tool, "validate", file, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--output", found, "--log",
             "ForceOverwrite"],
            capture_output=True, check=False,
        )
        results = json.loads(found.read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])
        return sorted({(result["ruleId"], result.get("level", "warning")) for result in results})


class Junit(unittest.TestCase):
    def test_every_report_is_as_jenkins_says(self):
        schema = etree.XMLSchema(etree.parse(ROOT / "tests/schemas/junit-10.xsd"))
        for question in checks():
            document = etree.fromstring(text(question, "junit"))
            self.assertTrue(schema.validate(document), (question, schema.error_log))
            names = [(case.get("classname"), case.get("name")) for case in document.iter("testcase")]
            self.assertEqual(len(names), len(set(names)), question)

    def test_junitparser_counts_what_json_counts(self):
        for question in questions("check"):
            summary = json.loads(run(*question, "-f", "json"))["summary"]
            report = junitparser.JUnitXml.fromstring(text(question, "junit"))
            cases = [case for suite in report for case in suite]
            bad = [case for case in cases if any(isinstance(one, junitparser.Failure) for one in case.result)]
            self.assertEqual(len(bad), summary["errors"], question)


class Commands(unittest.TestCase):
    """Lines that a service would obey: one of ours each, whatever a name says."""

    def test_github(self):
        for question in [*questions("check"), *questions("preflight")]:
            for line in text(question, "github").decode().splitlines():
                self.assertRegex(line, r"^::(error|warning|notice) [^:]*::", question)

    def test_azure(self):
        for question in questions("check"):
            for line in text(question, "azure").decode().splitlines():
                self.assertEqual(len(re.findall(r"##vso\[", line)), 1, (question, line))
                self.assertTrue(line.startswith("##vso["), (question, line))

    def test_gitlab(self):
        for question in checks():
            report = json.loads(text(question, "gitlab"))
            prints = [issue["fingerprint"] for issue in report]
            self.assertEqual(len(prints), len(set(prints)), question)
            for issue in report:
                self.assertIn(issue["severity"], ("info", "minor", "major", "critical", "blocker"))
                self.assertGreaterEqual(issue["location"]["lines"]["begin"], 1)

    def test_text_has_no_control_characters(self):
        for question in questions("report", "timeline", "admins", "check", "diff", "fit", "preflight", "why", "moves"):
            shown = run(*question).decode()
            self.assertEqual([one for one in shown if one != "\n" and (ord(one) < 32 or 127 <= ord(one) < 160)], [], question)

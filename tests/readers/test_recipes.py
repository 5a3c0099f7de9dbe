"""The recipes of docs/ci.md: their YAML is checked by the schemas of the services, zizmor and actionlint, and their shell is run."""

import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import tree_sitter
import tree_sitter_groovy
import yaml
from lxml import etree
from seatline import FOLDER, JUNIT, ROOT, SARIF, SEATLINE

FAULTY = (ROOT / "samples/faulty.json").read_text()
# A license without an error on any day.
CLEAN = {"MyEsri": {
    "version": "11.4",
    "definitions": {"userTypes": [{"id": "creatorUT", "name": "Creator", "level": "2"}]},
    "provision": {"userTypes": [{"id": "creatorUT", "maxUsers": 10, "startDate": 1542672000000}]},
}}
WAIVER = '[[waiver]]\nrule = "seat-gap"\nkind = "*"\nid = "*"\nuntil = 2099-01-01\nreason = "known"\n'


def tool(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


def recipes():
    """The recipes of docs/ci.md by the names of their files."""
    text = (ROOT / "docs/ci.md").read_text()
    found = dict(re.findall(r"<!-- recipe: (\S+) -->\n+```\w+\n(.*?)```", text, re.S))
    assert set(found) == {".github/workflows/licenses.yml", ".gitlab-ci.yml", "Jenkinsfile", "azure-pipelines.yml"}, found
    return found


CARGO = """#!/bin/sh
# In place of cargo: copies the built program to the folder of `cargo install`.
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
# In place of git: `git clone --depth 1 ADDRESS FOLDER`.
[ "$1 $2 $3" = "clone --depth 1" ] && [ $# = 5 ] && [ ! -e "$5" ] || exit 93
mkdir -p "$5" && touch "$5/Cargo.toml"
"""


# Jenkins' pipeline syntax, https://www.jenkins.io/doc/book/pipeline/syntax/: the steps that a section may have, and those that it must have.
SECTIONS = {
    None: ({"pipeline"}, [{"pipeline"}]),
    "pipeline": (
        {"agent", "environment", "libraries", "options", "parameters", "post", "stages", "tools", "triggers"},
        [{"agent"}, {"stages"}],
    ),
    "stages": ({"stage"}, [{"stage"}]),
    "stage": (
        {"agent", "environment", "input", "matrix", "options", "parallel", "post", "stages", "steps", "tools", "when"},
        [{"matrix", "parallel", "stages", "steps"}],
    ),
    "post": (
        {"aborted", "always", "changed", "cleanup", "failure", "fixed", "regression", "success", "unstable", "unsuccessful"},
        [set()],
    ),
}


def pipeline_faults(text):
    """The faults of a declarative pipeline: in its Groovy, by tree-sitter, or in its sections."""
    tree = tree_sitter.Parser(tree_sitter.Language(tree_sitter_groovy.language())).parse(text.encode())
    if tree.root_node.has_error:
        return ["this is not Groovy"]
    faults = []

    def section(name, block):
        may, must = SECTIONS[name]
        nodes = [node.named_child(0) if node.type == "expression_statement" else node for node in block.named_children]
        called = [(node.child_by_field_name("name").text.decode(), node.child_by_field_name("body")) for node in nodes]
        names = [name for name, _ in called]
        faults.extend(f"{one} in {name}" for one in names if one not in may)
        faults.extend(f"{one} twice in {name}" for one in set(names) - {"stage"} if names.count(one) > 1)
        faults.extend(f"none of {some} in {name}" for some in must if some and not some & set(names))
        for one, body in called:
            if one in SECTIONS and body is not None:
                section(one, body)

    section(None, tree.root_node)
    return faults


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
        """Runs the scripts of a recipe one after the other in a repository. Returns the exit codes, the output and the folder."""
        site = Path(tempfile.mkdtemp(dir=self.folder))
        for name in ("repo/.git", "repo/licenses", "home", "stubs", "temp"):
            (site / name).mkdir(parents=True)
        for name, text in (("cargo", CARGO), ("git", GIT)):
            (site / "stubs" / name).write_text(text)
            (site / "stubs" / name).chmod(0o755)
        repo = site / "repo"
        (repo / "licenses/license.json").write_text(license)
        (repo / "seatline.toml").write_text(WAIVER)
        # The files that `actions/checkout` provides.
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
        SARIF.validate(log)
        self.assertFalse(any("suppressions" in result for result in log["runs"][0]["results"]))

    def test_gitlab(self):
        job = self.yaml(".gitlab-ci.yml")["licenses"]
        _, repo = self.runs(job["before_script"] + job["script"], ["bash", "-eo", "pipefail"])
        reports = job["artifacts"]["reports"]
        issues = json.loads((repo / reports["codequality"]).read_text())
        self.assertLessEqual({issue["location"]["path"] for issue in issues}, {"licenses/license.json", "seatline.toml"})
        JUNIT.assertValid(etree.parse(repo / reports["junit"]))

    def test_jenkins_syntax(self):
        text = (self.folder / "Jenkinsfile").read_text()
        self.assertEqual(pipeline_faults(text), [])
        # The reader must find a fault in a bad file, or its silence means nothing.
        for before, after in (("'seatline.xml'", "'seatline.xml"), ("steps {", "steps {{"), ("post {", "afterwards {"),
                              ("always {", "allways {"), ("agent {", "options {"), ("steps {", "script {")):
            self.assertIn(before, text)
            self.assertNotEqual(pipeline_faults(text.replace(before, after, 1)), [], (before, after))

    def test_jenkins(self):
        text = (self.folder / "Jenkinsfile").read_text()
        scripts = re.findall(r"^ *sh '([^']*)'$", text, re.M)
        self.assertEqual((len(scripts), text.count("sh '")), (3, 3))
        _, repo = self.runs(scripts, ["sh", "-xe"])
        [junit] = re.findall(r"^ *junit '([^']*)'$", text, re.M)
        [pattern] = re.findall(r"sarif\(pattern: '([^']*)'\)", text)
        JUNIT.assertValid(etree.parse(repo / junit))
        SARIF.validate(json.loads((repo / pattern).read_text()))

    def test_azure(self):
        steps = self.yaml("azure-pipelines.yml")["steps"]
        output, repo = self.runs([step["bash"] for step in steps if "bash" in step], ["bash"])
        self.assertIn("##vso[task.logissue type=error;sourcepath=licenses/license.json;", output)
        [publish] = [step["inputs"] for step in steps if step.get("task") == "PublishTestResults@2"]
        JUNIT.assertValid(etree.parse(repo / publish["testResultsFiles"]))


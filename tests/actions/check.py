"""Runs the commands of action.yml and .pre-commit-hooks.yaml, on licenses that pass and on licenses that do not.

python3 tests/actions/check.py SEATLINE; needs PyYAML, pre-commit and git.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEATLINE = pathlib.Path(sys.argv.pop(1)).resolve()
WELL, FAULTY = ROOT / "samples/renewal/new.json", ROOT / "samples/faulty.json"


def path_with_seatline():
    return f"{SEATLINE.parent}{os.pathsep}{os.environ['PATH']}"


class Action(unittest.TestCase):
    action = yaml.safe_load((ROOT / "action.yml").read_text())

    def run_step(self, name, files, **inputs):
        """Runs the shell of a step as the runner does: inputs come as variables, defaults are filled in."""
        (step,) = [step for step in self.action["runs"]["steps"] if step["name"] == name]
        given = {key: value.get("default", "") for key, value in self.action["inputs"].items()}
        given.update(inputs, files="\n".join(map(str, files)))
        variables = {key: value for key, value in os.environ.items() if not key.startswith(("SEATLINE_", "GITHUB_"))}
        for key, value in step["env"].items():
            self.assertTrue(value.startswith("${{ inputs.") and value.endswith(" }}"), value)
            variables[key] = given[value[len("${{ inputs.") : -len(" }}")]]
        # The script holds no expression, so no part of an input becomes code.
        self.assertNotIn("${{", step["run"])
        variables.update(PATH=path_with_seatline(), GITHUB_WORKSPACE=str(ROOT))
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        return subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=120)

    def check(self, files, **inputs):
        return self.run_step("Check the licenses", files, **{"as-of": "2026-01-01", **inputs})

    def test_exit_codes_are_those_of_the_program(self):
        self.assertEqual(self.check([WELL]).returncode, 0)
        faulty = self.check([WELL, FAULTY])
        self.assertEqual(faulty.returncode, 1)
        self.assertIn("::error file=samples/faulty.json", faulty.stdout)
        self.assertEqual(self.check([FAULTY], **{"fail-on": "never"}).returncode, 0)
        self.assertEqual(self.check(["no-such-file.json"]).returncode, 3)
        none = self.check([])
        self.assertEqual((none.returncode, "names no file" in none.stdout), (2, True))

    def test_names_and_values_are_never_code(self):
        with tempfile.TemporaryDirectory() as folder:
            odd = pathlib.Path(folder, "--lic $(touch owned) `id`; x.json")
            shutil.copy(WELL, odd)
            self.assertEqual(self.check([odd]).returncode, 0)
        self.assertEqual(self.check(["--version"]).returncode, 3)
        self.assertEqual(self.check([WELL], **{"as-of": "$(touch owned)"}).returncode, 2)
        self.assertFalse((ROOT / "owned").exists())

    def test_policy_and_sarif(self):
        with tempfile.TemporaryDirectory() as folder:
            policy, sarif = pathlib.Path(folder, "seatline.toml"), pathlib.Path(folder, "x y.sarif")
            policy.write_text("[levels]\nexpiring-soon = \"error\"\n")
            checked = self.check([WELL], policy=str(policy), sarif=str(sarif))
            self.assertIn(checked.returncode, (0, 1), checked.stderr)
            self.assertIn('"version": "2.1.0"', sarif.read_text())


class PreCommit(unittest.TestCase):
    def test_the_hook_speaks_of_the_files_that_change(self):
        with tempfile.TemporaryDirectory() as folder:
            repository = pathlib.Path(folder, "licenses-of-ours")
            (repository / "licenses").mkdir(parents=True)
            variables = {**os.environ, "PATH": path_with_seatline(), "PRE_COMMIT_HOME": folder + "/cache"}

            def run(*command):
                return subprocess.run(command, cwd=repository, env=variables, capture_output=True, text=True, timeout=600)

            run("git", "init", "--quiet")
            shutil.copy(WELL, repository / "licenses/well.json")
            run("git", "add", ".")
            hook = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "seatline-system", "--all-files", "--verbose"]
            passed = run(*hook)
            self.assertEqual(passed.returncode, 0, passed.stdout + passed.stderr)
            self.assertIn("1 license", passed.stdout)
            shutil.copy(FAULTY, repository / "licenses/faulty.json")
            run("git", "add", ".")
            failed = run(*hook)
            self.assertEqual(failed.returncode, 1, failed.stdout + failed.stderr)
            self.assertIn("licenses/faulty.json", failed.stdout)


if __name__ == "__main__":
    unittest.main()

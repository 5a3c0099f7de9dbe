"""Runs the commands of action.yml, .pre-commit-hooks.yaml and the release, on what passes and on what does not.

python3 tests/actions/check.py SEATLINE; needs PyYAML, pre-commit and git.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import distlib
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEATLINE = pathlib.Path(sys.argv.pop(1)).resolve()
# What is built already is not built again.
SHARED = {"CARGO_TARGET_DIR": os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target")), "MATURIN_PEP517_ARGS": "--profile=dev"}
WELL, FAULTY = ROOT / "samples/renewal/new.json", ROOT / "samples/faulty.json"


def path_with_seatline():
    return f"{SEATLINE.parent}{os.pathsep}{os.environ['PATH']}"


class Action(unittest.TestCase):
    action = yaml.safe_load((ROOT / "action.yml").read_text())

    def run_step(self, name, files, cwd=ROOT, more=None, **inputs):
        """Runs the shell of a step as the runner does: inputs come as variables, defaults are filled in."""
        (step,) = [step for step in self.action["runs"]["steps"] if step["name"] == name]
        given = {key: value.get("default", "") for key, value in self.action["inputs"].items()}
        given.update(inputs, files="\n".join(map(str, files)))
        variables = {key: value for key, value in os.environ.items() if not key.startswith(("SEATLINE_", "GITHUB_"))}
        for key, value in step.get("env", {}).items():
            self.assertTrue(value.startswith("${{ inputs.") and value.endswith(" }}"), value)
            variables[key] = given[value[len("${{ inputs.") : -len(" }}")]]
        # The script holds no expression, so no part of an input becomes code.
        self.assertNotIn("${{", step["run"])
        variables.update({"PATH": path_with_seatline(), "GITHUB_WORKSPACE": str(ROOT), **(more or {})})
        cwd = step.get("working-directory", str(cwd)).replace("${{ github.action_path }}", str(ROOT))
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        return subprocess.run(command, env=variables, cwd=cwd, capture_output=True, text=True, timeout=900)

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


    def test_it_installs_by_its_own_toolchain(self):
        with tempfile.TemporaryDirectory() as folder:
            checkout, tools = pathlib.Path(folder, "checkout"), pathlib.Path(folder, "tools")
            checkout.mkdir()
            tools.mkdir()
            # With what is built already, since a release takes long.
            (tools / "cargo").write_text(f'#!/bin/sh\npwd > {folder}/place\nexec {shutil.which("cargo")} "$@" --debug --quiet\n')
            (tools / "cargo").chmod(0o755)
            (checkout / "rust-toolchain.toml").write_text('[toolchain]\nchannel = "1.70.0"\n')
            variables = {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "CARGO_INSTALL_ROOT": folder, **SHARED}
            installed = self.run_step("Install seatline", [], cwd=checkout, more=variables)
            self.assertEqual(installed.returncode, 0, installed.stderr)
            # What the checkout asks for does not hold here.
            self.assertEqual(pathlib.Path(folder, "place").read_text().strip(), str(ROOT))
            version = subprocess.run([f"{folder}/bin/seatline", "--version"], capture_output=True, text=True)
            self.assertRegex(version.stdout, r"^seatline \d")


class PreCommit(unittest.TestCase):
    def test_the_installed_one(self):
        self.check("seatline-system")

    def test_the_one_that_is_built(self):
        self.check("seatline")

    def check(self, name):
        with tempfile.TemporaryDirectory() as folder:
            repository = pathlib.Path(folder, "licenses-of-ours")
            (repository / "licenses").mkdir(parents=True)
            variables = {**os.environ, "PATH": path_with_seatline(), "PRE_COMMIT_HOME": folder + "/cache", **SHARED}

            def run(*command):
                return subprocess.run(command, cwd=repository, env=variables, capture_output=True, text=True, timeout=1800)

            run("git", "init", "--quiet")
            shutil.copy(WELL, repository / "licenses/well.json")
            # An administrator list belongs beside its license.
            (repository / "licenses/admins.json").write_text('{"userTypes": []}')
            run("git", "add", ".")
            hook = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), name, "--all-files", "--verbose"]
            passed = run(*hook)
            self.assertEqual(passed.returncode, 0, passed.stdout + passed.stderr)
            self.assertIn("1 license", passed.stdout)
            # Licenses have other endings too.
            (repository / "licenses/faulty.jsonl").write_text(json.dumps(json.loads(FAULTY.read_text())))
            run("git", "add", ".")
            failed = run(*hook)
            self.assertEqual(failed.returncode, 1, failed.stdout + failed.stderr)
            self.assertIn("licenses/faulty.jsonl", failed.stdout)


class Documentation(unittest.TestCase):
    text = (ROOT / "docs/ci.md").read_text()

    def section(self, name):
        return re.search(rf"^#+ {name}\n(.*?)(?=^#)", self.text, re.S | re.M)[1]

    def test_the_inputs_of_the_action(self):
        section = self.section("As an action")
        documented = re.findall(r"^\| `([a-z-]+)` \|", section, re.M)
        self.assertEqual(documented, list(Action.action["inputs"]))
        (step,) = yaml.safe_load(re.search(r"```yaml\n(.*?)```", section, re.S)[1])
        self.assertLessEqual(set(step["with"]), set(documented))

    def test_the_hooks(self):
        hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
        section = self.section("pre-commit")
        for hook in hooks:
            self.assertIn(f"`{hook['id']}`", section)
        for example in re.findall(r"id: (\S+)", section):
            self.assertIn(example, [hook["id"] for hook in hooks])


class Release(unittest.TestCase):
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text())["jobs"]

    def run_step(self, job, name, cwd=ROOT, **variables):
        (step,) = [step for step in self.jobs[job]["steps"] if step.get("name") == name]
        self.assertNotIn("${{", step["run"])
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        variables = {**os.environ, **variables}
        return subprocess.run(command, env=variables, cwd=cwd, capture_output=True, text=True, timeout=120)

    def names(self):
        return subprocess.run([ROOT / ".ci/artefact", "all"], check=True, capture_output=True, text=True).stdout.split()

    def test_who_builds_cannot_sign(self):
        signs = {"id-token": "write", "attestations": "write"}
        for name, job in self.jobs.items():
            wanted = {"contents": "write", **signs} if name == "release" else {"contents": "read"}
            self.assertEqual(job["permissions"], wanted, name)
        # And who signs runs nothing that comes from elsewhere, but for actions that are pinned.
        scripts = "\n".join(step.get("run", "") for step in self.jobs["release"]["steps"])
        for tool in ("pip", "cargo", "npm", "curl", ".ci/release", ".ci/deb", ".ci/tool"):
            self.assertNotIn(tool, scripts)

    def test_the_tag_is_the_version(self):
        version = subprocess.run([ROOT / ".ci/artefact", "version"], check=True, capture_output=True, text=True).stdout.strip()
        self.assertEqual(self.run_step("version", "Compare the tag with Cargo.toml", TAG=f"v{version}").returncode, 0)
        self.assertEqual(self.run_step("version", "Compare the tag with Cargo.toml", TAG="v99.0.0").returncode, 1)
        for job in ("linux", "windows"):
            self.assertEqual(self.jobs[job]["needs"], "version")

    def test_the_files_are_those_that_are_promised(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            shutil.copytree(ROOT / ".ci", folder / ".ci")
            shutil.copy(ROOT / "Cargo.toml", folder)
            (folder / "dist").mkdir()
            for name in self.names():
                (folder / "dist" / name).write_text(name)
            self.assertEqual(self.run_step("release", "The files are those that are promised", cwd=folder).returncode, 0)
            self.assertEqual(self.run_step("release", "Checksums", cwd=folder).returncode, 0)
            self.assertEqual(len((folder / "dist/SHA256SUMS").read_text().splitlines()), len(self.names()))
            (folder / "dist/SHA256SUMS").unlink()
            (folder / "dist" / self.names()[1]).unlink()
            self.assertEqual(self.run_step("release", "The files are those that are promised", cwd=folder).returncode, 1)

    def test_a_library_that_not_every_windows_has_is_found(self):
        # A program for Windows that distlib brings, for the scripts of Python.
        program = pathlib.Path(distlib.__file__).with_name("t64.exe").read_bytes()
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder, "x.exe")

            def imports(content):
                copy.write_bytes(content)
                command = [sys.executable, ROOT / "tests/windows/imports.py", copy]
                return subprocess.run(command, capture_output=True, text=True, timeout=60)

            well = imports(program)
            self.assertEqual((well.returncode, "kernel32.dll" in well.stdout.split()), (0, True), well.stderr)
            other = imports(program.replace(b"KERNEL32.dll", b"VCRUNTIM.dll"))
            self.assertEqual((other.returncode, "vcruntim.dll" in other.stderr), (1, True), other.stderr)
            self.assertEqual(imports(b"MZ" + bytes(100)).returncode, 1)

    def test_a_release_is_made_without_root(self):
        for script in ("release", "deb", "licences", "tool", "artefact", "release-windows"):
            text = (ROOT / ".ci" / script).read_text()
            for needs_root in ("apt-get", "dpkg -i", "dpkg --purge", ".ci/packages", "sudo"):
                self.assertNotIn(needs_root, text, script)


if __name__ == "__main__":
    unittest.main()

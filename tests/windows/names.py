"""The names of files in the output of the program for Windows, run under Wine.

names.py WINDOWS WINE SHARE: SHARE is the folder that \\\\server\\share stands for. Files of the drive C: are those of Wine's.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SAMPLE = pathlib.Path("samples/faulty.json").resolve()
DRIVE = pathlib.Path(os.environ["WINEPREFIX"]) / "drive_c"


def main():
    program, wine, share = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2], pathlib.Path(sys.argv[3])

    def run(folder, *arguments):
        names = ("PATH", "WINEPREFIX", "WINEDEBUG", "HOME")
        environment = {name: os.environ[name] for name in names if name in os.environ}
        done = subprocess.run(
            [wine, program, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60
        )  # fmt: skip
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def uris(folder, *files):
        code, stdout, stderr = run(folder, "check", *files, "--no-policy", "--as-of", "2026-11-01", "-f", "sarif")
        assert code in (1, 3), (code, stderr)
        found = set()

        def look(value):
            for name, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
                if name == "artifactLocation":
                    found.add(inner["uri"])
                look(inner)

        look(json.loads(stdout)["runs"][0]["results"])
        return sorted(found)

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / ".git").mkdir()
        for place in (folder / "prod/a.json", folder / "prod/b.json", folder / "x.json", share / "x.json", DRIVE / "x.json"):
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(SAMPLE, place)
        here = "\\" + str(folder).lstrip("/").replace("/", "\\")
        for name, uri in [
            (r"\\server\share\x.json", "file://server/share/x.json"),
            (r"\\?\UNC\server\share\x.json", "file://server/share/x.json"),
            (r"\\?\C:\x.json", "file:///C:/x.json"),
            (r"C:\x.json", "file:///C:/x.json"),
            (r"C:x.json", "file:///C:/x.json"),
            (here + r"\x.json", "x.json"),
            (f"Z:{here}\\x.json", "x.json"),
            ("Z:x.json", "x.json"),
            (r"prod\a.json", "prod/a.json"),
        ]:
            assert uris(folder, name) == [uri], (name, uris(folder, name))
        assert uris(folder, r"prod\*.json") == ["prod/a.json", "prod/b.json"]
        for form in ("github", "gitlab", "azure"):
            code, stdout, _ = run(folder, "check", r"prod\a.json", "--no-policy", "--as-of", "2026-11-01", "-f", form)
            paths = re.findall(r'(?:file=|"path": "|sourcepath=)(.*?)[,;"]', stdout)
            assert set(paths) == {"prod/a.json"}, (form, set(paths))
        # A folder that the user names with one kind of separator keeps it.
        for name, shown in [("prod", r"prod\a.json"), ("./prod", "./prod/a.json"), (r".\prod", r".\prod\a.json")]:
            assert f"{shown}:" in run(folder, "report", name, "--as-of", "2026-11-01")[1], name
        (folder / "seatline.toml").write_text('[[waiver]]\nrule = "unknown-id"\nkind = "userType"\nid = "CreatorUT"\nuntil = 2027-01-31\nreason = "known"\nfiles = ["prod/**"]\n')
        code, stdout, stderr = run(folder, "check", r"prod\a.json", "x.json", "--as-of", "2026-11-01", "-f", "json")
        waived = {
            license["file"]: any(finding["waived"] for finding in license["findings"] if finding["rule"] == "unknown-id")
            for license in json.loads(stdout)["licenses"]
        }
        assert waived == {r"prod\a.json": True, "x.json": False}, (waived, stderr)
        code, _, stderr = run(folder, "report", r"prod\*.xml")
        assert code == 3 and "no file matches it" in stderr, stderr
        assert run(folder, "report", "x.json", "-o", "NUL")[0] == 0 and not (folder / "NUL").exists()
        deep = folder
        for _ in range(10):
            deep = deep / "a folder with a long name"
        deep.mkdir(parents=True)
        name = "Z:" + str(deep / "out.json").replace("/", "\\")
        code, _, stderr = run(folder, "report", "x.json", "-o", name)
        assert code == 0 and len(name) > 259 and [path.name for path in deep.iterdir()] == ["out.json"], (code, stderr)
    print("names are as Windows has them")


if __name__ == "__main__":
    main()

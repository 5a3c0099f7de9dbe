"""Presses Tab in bash, zsh and fish, each on a terminal of its own, and looks at the words that the command then gets.

python3 tests/packages/tab.py PROGRAM [FOLDER]: FOLDER has the scripts of `seatline generate`; else those are tried that a package has
installed.
"""

import json
import os
import pathlib
import pty
import select
import shutil
import signal
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
FOLDER = pathlib.Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 else None
LICENSE = ROOT / "samples/renewal/new.json"
HOSTILE = "q$(touch owned).json"
SECONDS = 30

# Answers completions as the program does; else it writes down its arguments.
STAND_IN = f"""#!/bin/sh
if [ -n "$SEATLINE_COMPLETE" ]; then exec {PROGRAM} "$@"; fi
exec {sys.executable} -c 'import json, os, sys; open("words.new", "w").write(json.dumps(sys.argv[1:])); os.rename("words.new", "words")' "$@"
"""

# What is typed up to the Tab, and the words that the command gets.
TYPED = [
    # Names of files are quoted, whatever they hold.
    ("seatline report my", ["report", "my new.json"]),
    ("seatline report q", ["report", HOSTILE]),
    ('seatline report "my', ["report", "my new.json"]),
    ("seatline check new.json --usage=my", ["check", "new.json", "--usage=my new.json"]),
    ("seatline check new.json -f sarif=q", ["check", "new.json", "-f", f"sarif={HOSTILE}"]),
    ("seatline report ~/home-n", ["report", "{home}/home-new.json"]),
    # A file without a command is one for report.
    ("seatline ne", ["new.json"]),
    ("seatline new.json --id c", ["new.json", "--id", "creatorUT"]),
    # Ids, however the file is written.
    ("seatline report new.json --id c", ["report", "new.json", "--id", "creatorUT"]),
    ("seatline report new.json --id=c", ["report", "new.json", "--id=creatorUT"]),
    ("seatline report new.json --id creatorUT,v", ["report", "new.json", "--id", "creatorUT,viewerUT"]),
    ('seatline report "my new.json" --id c', ["report", "my new.json", "--id", "creatorUT"]),
    (r"seatline report my\ new.json --id c", ["report", "my new.json", "--id", "creatorUT"]),
    ("seatline report ~/home-new.json --id c", ["report", "{home}/home-new.json", "--id", "creatorUT"]),
    # Of ids that a shell would run none is offered.
    ("seatline report ids.json --id ", ["report", "ids.json", "--id", "plain.id-1_x"]),
    # Everything else that has names.
    ("seatline pref", ["preflight"]),
    ("seatline explain seat-g", ["explain", "seat-gap"]),
    ("seatline check new.json -f sar", ["check", "new.json", "-f", "sarif"]),
    ("seatline report new.json --tz Europe/Berl", ["report", "new.json", "--tz", "Europe/Berlin"]),
    ("seatline fit new.json --map creatorUT=v", ["fit", "new.json", "--map", "creatorUT=viewerUT"]),
    ("seatline report new.json --as-o", ["report", "new.json", "--as-of"]),
    # Of a day nothing is offered, names of files neither.
    ("seatline report new.json --as-of my", ["report", "new.json", "--as-of", "my"]),
]


class Terminal:
    """A shell on a terminal."""

    def __init__(self, command, folder):
        self.seen = b""
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            variables = {"PATH": f"{folder}/bin:{os.environ['PATH']}", "HOME": f"{folder}/home", "TERM": "dumb", "LANG": "C.UTF-8"}
            os.execvpe(command[0], command, variables)

    def type(self, text):
        os.write(self.end, text.encode())

    def wait(self, until):
        """Reads what the shell writes, since it would stop otherwise."""
        deadline = time.monotonic() + SECONDS
        while not until():
            if time.monotonic() > deadline:
                raise TimeoutError(self.seen.decode(errors="replace")[-1500:])
            if select.select([self.end], [], [], 0.05)[0]:
                try:
                    self.seen += os.read(self.end, 65536)
                except OSError:
                    raise TimeoutError(self.seen.decode(errors="replace")[-1500:]) from None

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.end)


class Tab:
    # The shell, and what loads the completion from a folder, or where a package has installed it.
    command, generated, installed = [], "", ""

    def press(self, typed):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            for name in ("home", "bin"):
                (folder / name).mkdir()
            for name in ("new.json", "my new.json", HOSTILE, "home/home-new.json"):
                shutil.copy(LICENSE, folder / name)
            ids = ["$(touch owned)", "`id`", "a b", "a;b", "a\nb", "plain.id-1_x"]
            types = [{"id": id, "maxUsers": 1, "startDate": 1704067200000} for id in ids]
            (folder / "ids.json").write_text(json.dumps({"MyEsri": {"provision": {"userTypes": types}}}))
            (folder / "bin/seatline").write_text(STAND_IN)
            (folder / "bin/seatline").chmod(0o755)
            terminal = Terminal(self.command, folder)
            try:
                load = self.generated.format(FOLDER) if FOLDER else self.installed
                terminal.type(f"{load}\r")
                terminal.type("touch loaded\r")
                terminal.wait((folder / "loaded").exists)
                terminal.type(f"{typed}\t\r")
                terminal.wait((folder / "words").exists)
            finally:
                terminal.close()
            self.assertFalse((folder / "owned").exists(), "a name was run")
            words = json.loads((folder / "words").read_text())
            return [word.replace(f"{folder}/home", "{home}") for word in words]

    def test_each_line(self):
        # The scripts of a package are the same: a few lines show that the shells find them.
        for typed, words in TYPED if FOLDER else TYPED[:: len(TYPED) // 5]:
            with self.subTest(typed):
                self.assertEqual(self.press(typed), words)


class Bash(Tab, unittest.TestCase):
    command = ["bash", "--norc", "--noprofile", "-i"]
    generated, installed = "source {}/seatline.bash", "source /usr/share/bash-completion/completions/seatline"


class BashWithItsCompletions(Tab, unittest.TestCase):
    command = ["bash", "--norc", "--noprofile", "-i"]
    generated = "source /usr/share/bash-completion/bash_completion; source {}/seatline.bash"
    # It finds the file by itself at the first Tab.
    installed = "source /usr/share/bash-completion/bash_completion"


class Zsh(Tab, unittest.TestCase):
    # The first Tab of a shell, which loads the function.
    command = ["zsh", "-f", "-i"]
    generated = "fpath=({} $fpath); autoload -Uz compinit; compinit -u -D"
    installed = "autoload -Uz compinit; compinit -u -D"


class ZshSourced(Tab, unittest.TestCase):
    command = ["zsh", "-f", "-i"]
    generated = "autoload -Uz compinit; compinit -u -D; source {}/_seatline"
    installed = "autoload -Uz compinit; compinit -u -D; source /usr/share/zsh/vendor-completions/_seatline"


class Fish(Tab, unittest.TestCase):
    command = ["fish", "--no-config", "-i"]
    generated = "source {}/seatline.fish"
    installed = "source /usr/share/fish/vendor_completions.d/seatline.fish"


if __name__ == "__main__":
    unittest.main()

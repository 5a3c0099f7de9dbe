"""The program of the wheel: arguments as the system gives them, exit codes, Ctrl-C."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "seatline"]
on_unix = pytest.mark.skipif(os.name != "posix", reason="a FIFO, and names that are not Unicode, are found on Unix only")


def run(*arguments, **options):
    return subprocess.run([*PROGRAM, *arguments], cwd=ROOT, capture_output=True, timeout=60, **options)


def test_the_script_and_the_module_are_one_program():
    script = pathlib.Path(sys.executable).with_name("seatline" + (".exe" if os.name == "nt" else ""))
    of_script = subprocess.run([script, "--version"], capture_output=True, timeout=60)
    assert (of_script.returncode, of_script.stdout) == (0, run("--version").stdout)
    assert of_script.stdout.startswith(b"seatline ")


def test_exit_codes_and_streams():
    fine = run("report", "samples/portal-10.8.json", "--as-of", "2019-01-01")
    assert (fine.returncode, fine.stderr) == (0, b"") and b"creatorUT" in fine.stdout
    assert run("report", "--no-such-option", "x.json").returncode == 2
    missing = run("report", "no-such-file.json")
    assert (missing.returncode, missing.stdout) == (3, b"") and missing.stderr.startswith(b"error: no-such-file.json")
    # Nobody reads the output. A closed pipe is no error.
    closed = subprocess.Popen([*PROGRAM, "explain"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    closed.stdout.close()
    assert closed.wait(60) == 0 and closed.stderr.read() == b""
    closed.stderr.close()


def test_standard_input():
    license = (ROOT / "samples/portal-10.8.json").read_bytes()
    assert b"creatorUT" in run("report", "-", "--as-of", "2019-01-01", input=license).stdout


@on_unix
def test_a_file_name_that_is_no_utf_8(tmp_path):
    name = os.fsencode(tmp_path) + b"/lic\xff.json"
    with open(name, "wb") as file:
        file.write((ROOT / "samples/portal-10.8.json").read_bytes())
    told = subprocess.run([*map(os.fsencode, PROGRAM), b"report", name, b"--as-of", b"2019-01-01"], capture_output=True)
    assert told.returncode == 0 and b"creatorUT" in told.stdout


@on_unix
def test_a_ctrl_c_ends_the_program_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    started = subprocess.Popen([*PROGRAM, "report", tmp_path / "pipe.json"], stderr=subprocess.PIPE)
    time.sleep(1.0)
    assert started.poll() is None
    sent = time.monotonic()
    started.send_signal(signal.SIGINT)
    assert started.wait(10) == -signal.SIGINT
    assert time.monotonic() - sent < 1.0
    assert b"Traceback" not in started.stderr.read()
    started.stderr.close()


def test_the_last_line_is_written_although_it_has_no_line_break():
    """The answer to a shell that asks for completions does not end with a line break."""
    told = run("--", "seatline explain seat-g", "seat-g", "", env={**os.environ, "SEATLINE_COMPLETE": "bash"})
    assert (told.returncode, told.stdout) == (0, b"words\t\nseat-gap")

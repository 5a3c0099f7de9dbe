"""The module: its dicts equal the JSON of the program, and what goes wrong is an exception."""

import concurrent.futures
import copy
import datetime
import json
import multiprocessing
import os
import pathlib
import pickle
import subprocess
import sys
import textwrap
import threading
import typing
import warnings

import pytest

import seatline

ROOT = pathlib.Path(__file__).resolve().parents[2]
#: The program that SEATLINE_PROGRAM names, such as one built by cargo; else the program of the wheel.
PROGRAM = [os.environ["SEATLINE_PROGRAM"]] if "SEATLINE_PROGRAM" in os.environ else [sys.executable, "-m", "seatline"]
AS_OF = "2026-11-30"
NEW, OLD, MEMBERS = "samples/renewal/new.json", "samples/renewal/old.json", "samples/renewal/members.csv"

on_unix = pytest.mark.skipif(os.name != "posix", reason="a FIFO, a limit of files and a name with < are found on Unix only")


@pytest.fixture(autouse=True)
def in_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def run(*arguments, stdin=b""):
    return subprocess.run([*PROGRAM, *arguments, "-f", "json"], input=stdin, capture_output=True, timeout=120)


def program(*arguments, stdin=b""):
    """The output of the program, and its exit code."""
    ran = run(*arguments, stdin=stdin)
    return json.loads(ran.stdout) if ran.stdout else None, ran.returncode


def same(call, *arguments, stdin=b""):
    """The answer of a call. Asserts that it equals the answer of the program, and that its warnings are the program's notes."""
    ran = run(*arguments, stdin=stdin)
    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("always")
        try:
            answer = call()
        except seatline.Error as error:
            assert error.exit_code == ran.returncode and error.messages.encode() == ran.stderr and not noted
            answer = error.answer
        else:
            assert ran.returncode in (0, 1)
            assert [f"{warning.category.__name__.lower()}: {warning.message}" for warning in noted] == lines(ran.stderr)
    assert answer == (json.loads(ran.stdout) if ran.stdout else None)
    return answer


def lines(stderr):
    return stderr.decode().splitlines()


def files():
    """Every license of the samples and fixtures, and every file that may be mistaken for one."""
    folders = [ROOT / "samples", ROOT / "tests/fixtures"]
    found = [path for folder in folders for path in sorted(folder.rglob("*.json*")) if path.stat().st_size < 200_000]
    assert len(found) > 50
    return [str(path.relative_to(ROOT)) for path in found]


@pytest.mark.parametrize("path", files())
def test_every_sample_and_fixture_as_the_program_reads_it(path):
    options = ["--as-of", "2024-06-15"]
    for command in ("report", "timeline", "admins"):
        same(lambda: getattr(seatline, command)(path, as_of="2024-06-15"), command, path, *options)
    same(lambda: seatline.check(path, as_of="2024-06-15", no_policy=True), "check", path, "--no-policy", *options)


def test_one_file_against_another():
    same(lambda: seatline.diff(OLD, NEW, as_of=AS_OF), "diff", OLD, NEW, "--as-of", AS_OF)
    same(lambda: seatline.fit(NEW, MEMBERS, as_of=AS_OF), "fit", NEW, "--usage", MEMBERS, "--as-of", AS_OF)
    same(lambda: seatline.why("creatorUT", NEW, as_of=AS_OF), "why", "creatorUT", NEW, "--as-of", AS_OF)
    arguments = ["preflight", NEW, "--over", OLD, "--usage", MEMBERS, "--as-of", AS_OF, "--lead", "P60D"]
    answer = same(lambda: seatline.preflight(NEW, over=OLD, usage=MEMBERS, as_of=AS_OF, lead="P60D"), *arguments)
    assert answer["verdict"] == "no-go" and answer["actions"][0]["due"] == "2026-12-31T12:00:00Z"
    arguments = ["moves", NEW, "--members", MEMBERS, "--map", "viewerUT=creatorUT", "--as-of", AS_OF]
    answer = same(lambda: seatline.moves(NEW, members=MEMBERS, map="viewerUT=creatorUT", as_of=AS_OF), *arguments)
    assert answer["possible"] is False


def test_errors_come_out_of_a_process_pool():
    with pytest.raises(seatline.InputError) as raised:
        seatline.report("no-such-file.json", NEW, as_of=AS_OF)
    error = raised.value
    error.told = "by the caller"
    for copied in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert (type(copied), str(copied), vars(copied)) == (seatline.InputError, str(error), vars(error))
        assert copied.answer["failures"][0]["code"] == "cannot-read" and copied.told == "by the caller"
    # A bad file fails alone.
    with concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        bad, good = pool.submit(seatline.report, "no-such-file.json"), pool.submit(seatline.report, NEW, as_of=AS_OF)
        with pytest.raises(seatline.InputError, match="no-such-file.json: cannot be read"):
            bad.result(60)
        assert good.result(60) == seatline.report(NEW, as_of=AS_OF)


def test_a_long_list_of_errors_is_cut_in_the_text_of_the_exception():
    with pytest.raises(seatline.InputError) as raised:
        seatline.report(*[f"no-such-file-{number}.json" for number in range(8)])
    assert str(raised.value).count("cannot be read") == 5 and str(raised.value).endswith("; and 3 more")
    assert raised.value.messages.count("cannot be read") == len(raised.value.answer["failures"]) == 8


def test_what_goes_wrong_is_an_exception_by_its_exit_code():
    with pytest.raises(seatline.UsageError, match=r"\+3mo") as usage:
        seatline.report(NEW, as_of="+3m")
    assert (usage.value.exit_code, usage.value.answer) == (2, None)
    with pytest.raises(seatline.InputError, match="no-such-file.json: cannot be read") as unread:
        seatline.report("no-such-file.json", NEW, as_of=AS_OF)
    # The answer has the documents that could be read.
    assert unread.value.exit_code == 3 and len(unread.value.answer["licenses"]) == 1
    assert unread.value.answer["failures"][0]["code"] == "cannot-read"
    with pytest.raises(seatline.InputError):
        seatline.report(b"", as_of=AS_OF)
    with pytest.raises(TypeError):
        seatline.report(NEW, no_such_option=True)
    # A name that begins like an option is a name.
    with pytest.raises(seatline.InputError, match="--version: cannot be read"):
        seatline.report("--version")


def holds(value, kind, module):
    """Whether a value agrees with its type, member by member."""
    if isinstance(kind, (str, typing.ForwardRef)):
        kind = eval(getattr(kind, "__forward_arg__", kind), vars(module))
    if typing.is_typeddict(kind) if hasattr(typing, "is_typeddict") else hasattr(kind, "__total__"):
        members = typing.get_type_hints(kind, vars(module))
        of_it = isinstance(value, dict) and set(value) == set(members)
        return of_it and all(holds(value[name], each, module) for name, each in members.items())
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is list:
        return isinstance(value, list) and all(holds(each, parts[0], module) for each in value)
    if origin is typing.Union:
        return any(holds(value, each, module) for each in parts)
    if origin is typing.Literal:
        return value in parts
    if kind is typing.Any:
        return True
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


def test_answers_are_of_the_types_that_are_promised():
    from seatline import _types

    answers = {
        "Report": seatline.report(NEW, OLD, as_of=AS_OF),
        "Timeline": seatline.timeline(NEW, as_of=AS_OF),
        "Admins": seatline.admins(NEW, as_of=AS_OF),
        "Check": seatline.check(NEW, as_of=AS_OF, usage=MEMBERS),
        "Diff": seatline.diff(OLD, NEW, as_of=AS_OF),
        "Fit": seatline.fit(NEW, MEMBERS, as_of=AS_OF),
        "Preflight": seatline.preflight(NEW, over=OLD, usage=MEMBERS, as_of=AS_OF),
        "Why": seatline.why("creatorUT", NEW, as_of=AS_OF),
        "Moves": seatline.moves(NEW, members=MEMBERS, map="viewerUT=creatorUT", as_of=AS_OF),
    }
    for name, answer in answers.items():
        assert holds(answer, getattr(_types, name), _types), name
    broken = json.loads(json.dumps(answers["Why"]))
    broken["entries"][0].pop(next(iter(broken["entries"][0])))
    assert not holds(broken, _types.Why, _types)


@on_unix
def test_other_threads_run_meanwhile(tmp_path):
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    # The call waits for the output of this thread. It would wait for ever if it held the lock of the interpreter.
    writer = threading.Thread(target=lambda: pipe.write_bytes(pathlib.Path(NEW).read_bytes()))
    writer.start()
    answer = seatline.report(pipe, as_of=AS_OF)
    writer.join()
    assert answer["licenses"][0]["items"] == seatline.report(NEW, as_of=AS_OF)["licenses"][0]["items"]


@on_unix
def test_a_ctrl_c_is_answered_within_a_second(tmp_path):
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    script = f"""
        import os, seatline, signal, threading, time
        def interrupt():
            time.sleep(0.5)
            began.append(time.monotonic())
            os.kill(os.getpid(), signal.SIGINT)
        began = []
        threading.Thread(target=interrupt).start()
        try:
            seatline.report({str(pipe)!r})
        except KeyboardInterrupt:
            print(time.monotonic() - began[0] < 1.0, flush=True)
        os._exit(0)
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, timeout=60)
    assert (run.stdout.strip(), run.returncode) == (b"True", 0), run.stderr


def test_many_calls_at_once_do_not_mix():
    days = [datetime.date(2026, 1, 1) + datetime.timedelta(days=7 * week) for week in range(40)]
    alone = [seatline.report(NEW, as_of=day) for day in days]
    together = [None] * len(days)

    def ask(index):
        together[index] = seatline.report(json.loads(pathlib.Path(NEW).read_bytes()), as_of=days[index])

    threads = [threading.Thread(target=ask, args=(index,)) for index in range(len(days))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each["licenses"][0]["items"] for each in together] == [each["licenses"][0]["items"] for each in alone]

"""The module: its dicts equal the JSON of the program, for every form in which a document may be given."""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import textwrap
import threading
import typing

import pytest

import seatline

ROOT = pathlib.Path(__file__).resolve().parents[2]
#: The program that SEATLINE_PROGRAM names, such as one built by cargo; else the program of the wheel.
PROGRAM = [os.environ["SEATLINE_PROGRAM"]] if "SEATLINE_PROGRAM" in os.environ else [sys.executable, "-m", "seatline"]
AS_OF = "2026-11-30"
NEW, OLD, MEMBERS = "samples/renewal/new.json", "samples/renewal/old.json", "samples/renewal/members.csv"

on_unix = pytest.mark.skipif(os.name != "posix", reason="a FIFO is found on Unix only")


@pytest.fixture(autouse=True)
def in_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def program(*arguments, stdin=b""):
    """The output of the program, and its exit code."""
    run = subprocess.run([*PROGRAM, *arguments, "-f", "json"], input=stdin, capture_output=True, timeout=120)
    return json.loads(run.stdout) if run.stdout else None, run.returncode


def same(call, *arguments, stdin=b""):
    """The answer of a call. Asserts that it equals the answer of the program."""
    told, exit_code = program(*arguments, stdin=stdin)
    try:
        answer = call()
    except seatline.Error as error:
        assert error.exit_code == exit_code
        answer = error.answer
    else:
        assert exit_code in (0, 1)
    assert answer == told
    return answer


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


def test_bytes_and_dicts_are_documents():
    license = pathlib.Path(NEW).read_bytes()
    as_dict = json.loads(license)
    for document in (license, as_dict):
        content = license if isinstance(document, bytes) else json.dumps(document).encode()
        same(lambda: seatline.report(document, as_of=AS_OF), "report", "-", "--as-of", AS_OF, stdin=content)
    # Several of them at once.
    compared = seatline.diff(json.loads(pathlib.Path(OLD).read_bytes()), as_dict, as_of=AS_OF)
    assert compared["nothingLost"] == seatline.diff(OLD, NEW, as_of=AS_OF)["nothingLost"]
    members = pathlib.Path(MEMBERS).read_bytes()
    by_kind = seatline.fit(as_dict, {"userType": members}, as_of=AS_OF)
    assert by_kind["items"] == seatline.fit(NEW, [MEMBERS], as_of=AS_OF)["items"]
    counts = {"results": [{"key": "creatorUT", "count": 7}], "nextStart": -1}
    creator = seatline.fit(as_dict, counts, as_of=AS_OF)["items"][0]
    assert (creator["id"], creator["assigned"]) == ("creatorUT", 7)


def test_instants():
    utc, new_york = datetime.timezone.utc, datetime.timezone(datetime.timedelta(hours=-5))
    asked = {
        "2026-12-31T00:00:00Z": [datetime.date(2026, 12, 31), "2026-12-31"],
        "2026-12-31T11:30:00Z": [datetime.datetime(2026, 12, 31, 11, 30), "2026-12-31 11:30"],
        "2026-12-31T16:30:00Z": [datetime.datetime(2026, 12, 31, 11, 30, tzinfo=new_york)],
        "2026-12-31T11:59:59.999Z": [datetime.datetime(2026, 12, 31, 11, 59, 59, 999_999, tzinfo=utc)],
    }
    for instant, forms in asked.items():
        for form in forms:
            assert seatline.report(NEW, as_of=form)["asOf"] == instant
    # A time without a zone is in the zone of the call.
    noon = datetime.datetime(2026, 7, 1, 12)
    assert seatline.report(NEW, as_of=noon, tz="America/New_York")["asOf"] == "2026-07-01T16:00:00Z"
    shown = seatline.timeline(NEW, as_of=AS_OF, from_=datetime.date(2026, 12, 1), to=datetime.date(2026, 12, 31))
    assert shown["asOf"] == "2026-11-30T00:00:00Z"


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

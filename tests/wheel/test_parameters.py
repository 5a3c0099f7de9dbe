"""The parameters of the functions: documents in every form, instants, durations, and what is refused."""

import collections
import datetime
import json
import os
import pathlib
import subprocess
import sys
import textwrap
import types
import warnings
import zoneinfo

import pytest

import seatline
from test_module import AS_OF, MEMBERS, NEW, OLD, in_the_root, on_unix, program

__all__ = ["in_the_root"]


def as_dict(path):
    return json.loads(pathlib.Path(path).read_bytes())


def test_bytes_and_dicts_are_documents():
    content = pathlib.Path(NEW).read_bytes()
    license = json.loads(content)
    told, _ = program("report", "-", "--as-of", AS_OF, stdin=content)
    named = json.loads(json.dumps(told).replace("<stdin>", "<license>"))
    assert named != told
    for document in (content, bytearray(content), memoryview(content)):
        assert seatline.report(document, as_of=AS_OF) == named
    items = named["licenses"][0]["items"]
    for mapping in (license, types.MappingProxyType(license), collections.UserDict(license), collections.ChainMap(license)):
        assert seatline.report(mapping, as_of=AS_OF)["licenses"][0]["items"] == items
    # What stands within a mapping may be one too.
    within = {"MyEsri": types.MappingProxyType(license["MyEsri"])}
    assert seatline.report(within, as_of=AS_OF)["licenses"][0]["items"] == items


def test_documents_in_memory_are_called_by_their_parameter():
    call = {"over": as_dict(OLD), "usage": pathlib.Path(MEMBERS).read_bytes(), "as_of": AS_OF}
    answer = seatline.preflight(as_dict(NEW), **call)
    assert (answer["new"]["file"], answer["old"]["source"]) == ("<new>", "<over>")
    # Equal calls give equal dicts.
    assert seatline.preflight(as_dict(NEW), **call) == answer
    action = answer["actions"][0]
    lines = json.dumps(as_dict(NEW), indent=1).split("\n")
    places = [int(place.rsplit(":", 1)[1]) for place in action["locations"]]
    # Where 60 seats begin, in the JSON with an indent of 1.
    assert len(places) == 3 and all(str(1798718400000) in lines[place - 1] for place in places)
    # No command line names a document that is no file.
    assert action["why"] is None and action["locations"][0].startswith("<new>:")
    of_files = seatline.preflight(NEW, over=OLD, usage=MEMBERS, as_of=AS_OF)
    assert NEW in of_files["actions"][0]["why"]
    # Apart from names it is the same answer.
    text = json.dumps({**answer, "actions": [{**each, "why": None} for each in answer["actions"]]})
    for name, path in (("<new>", NEW), ("<over>", OLD), ("<usage>", MEMBERS)):
        text = text.replace(name, path)
    assert json.loads(text) == {**of_files, "actions": [{**each, "why": None} for each in of_files["actions"]]}

    reported = seatline.report(as_dict(NEW), NEW, as_dict(OLD), as_of=AS_OF)
    assert [each["file"] for each in reported["licenses"]] == ["<license>", NEW, "<license 3>"]
    compared = seatline.diff(as_dict(OLD), as_dict(NEW), as_of=AS_OF)
    assert (compared["old"]["file"], compared["new"]["file"]) == ("<old>", "<new>")
    with pytest.raises(seatline.InputError, match="^<usage app>:1:1: "):
        seatline.fit(NEW, {"userType": MEMBERS, "app": b"{"}, as_of=AS_OF)
    with pytest.raises(seatline.InputError, match="^<usage 2>: "):
        seatline.fit(NEW, [MEMBERS, {}], as_of=AS_OF)


@on_unix
def test_a_file_is_not_taken_for_a_document_in_memory(tmp_path, monkeypatch):
    content = pathlib.Path(OLD).read_bytes()
    license = as_dict(NEW)
    monkeypatch.chdir(tmp_path)
    pathlib.Path("<license>").write_bytes(content)
    answer = seatline.report(license, "<license>", as_of=AS_OF)
    assert [each["file"] for each in answer["licenses"]] == ["<license>", os.path.join(".", "<license>")]
    assert answer["licenses"][0]["items"] != answer["licenses"][1]["items"]
    with pytest.raises(ValueError, match="^files: no function reads standard input"):
        seatline.report("-")


@on_unix
def test_nothing_in_memory_is_written_to_a_disk(tmp_path):
    """A call gets by where no file can be made."""
    script = """
        import json, pathlib, resource, seatline, tempfile
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        tempfile.tempdir = "/no/such/folder"
        new, old = (json.loads(pathlib.Path(f"samples/renewal/{name}.json").read_text()) for name in ("new", "old"))
        usage = pathlib.Path("samples/renewal/members.csv").read_bytes()
        print(seatline.preflight(new, over=old, usage=usage, as_of="2026-11-30")["verdict"])
    """
    before = sorted(tmp_path.iterdir())
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, timeout=60, env=environment)
    assert run.stdout == b"go-then-act\n", run.stderr
    assert sorted(tmp_path.iterdir()) == before == []


def test_a_list_of_members_or_counts_is_one_document_and_any_other_list_is_several():
    members = [{"username": name, "userLicenseTypeId": "creatorUT"} for name in ("a", "b", "c")]
    counts = [{"key": "creatorUT", "count": 3}]
    page = {"users": members, "nextStart": -1}
    extensions = {"results": [{"key": "advediting", "count": 1}], "nextStart": -1}

    def assigned(usage):
        items = seatline.fit(NEW, usage, as_of=AS_OF)["items"]
        return {item["id"]: item["assigned"] for item in items if item["assigned"]}

    for usage in (members, tuple(members), [types.MappingProxyType(each) for each in members], counts, page, [page]):
        assert assigned(usage) == {"creatorUT": 3}
    for usage in ([page, MEMBERS], [pathlib.Path(MEMBERS), page], (page, MEMBERS)):
        with pytest.raises(seatline.InputError, match=r"<usage( 2)?>: 0 seats .* and 28 in"):
            assigned(usage)
    both = {"userType": [page], "extension": extensions}
    assert assigned(both) == {"creatorUT": 3, "advediting": 1}
    told = seatline.check(NEW, usage=[counts_of(members), members], as_of=AS_OF, no_policy=True)
    assert told == seatline.check(NEW, usage=members, as_of=AS_OF, no_policy=True)
    with pytest.raises(seatline.InputError, match="^<usage>:7:15: a username is a number"):
        assigned([members[0], {"username": 7}, members[1]])
    for usage in ([], ()):
        with pytest.raises(ValueError, match="^usage: the list is empty"):
            assigned(usage)


def counts_of(members):
    return {"results": [{"key": "creatorUT", "count": len(members)}], "nextStart": -1}


def test_what_may_be_repeated_may_be_a_list():
    rows = [b"a,creatorUT\n", b"b,creatorUT\n"]
    of_a, of_b, of_both = (b"username,userType\n" + each for each in (*rows, b"".join(rows)))
    members = [{"username": name, "userLicenseTypeId": "viewerUT"} for name in ("a", "b", "c")]
    told = seatline.moves(NEW, members=[members, members], moves=[of_a, of_b], as_of=AS_OF)
    assert told["batches"][0]["users"] == ["a", "b"]
    assert told == seatline.moves(NEW, members=members, moves=of_both, as_of=AS_OF)
    counted = [{"results": [{"key": "viewerUT", "count": count}], "nextStart": -1} for count in (3, 200)]
    assert told == seatline.moves(NEW, members=members, moves=of_both, usage=[counted[0], members], as_of=AS_OF)
    with pytest.raises(seatline.InputError, match="<usage 2>"):
        seatline.moves(NEW, members=members, moves=of_both, usage=counted, as_of=AS_OF)
    after = seatline.fit(NEW, members, moves=[of_a, of_b], as_of=AS_OF)["items"]
    assert {item["id"]: item["assigned"] for item in after if item["assigned"]} == {"creatorUT": 2, "viewerUT": 1}


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


def test_a_zone_may_be_a_zoneinfo_and_a_duration_a_timedelta():
    noon = datetime.datetime(2026, 7, 1, 12)
    for zone in ("Europe/Berlin", zoneinfo.ZoneInfo("Europe/Berlin")):
        assert seatline.report(NEW, as_of=noon, tz=zone)["asOf"] == "2026-07-01T10:00:00Z"
    assert seatline.report(NEW, as_of=noon, tz=datetime.timezone.utc)["asOf"] == "2026-07-01T12:00:00Z"
    with pytest.raises(ValueError, match="^tz: .*has no IANA name"):
        seatline.report(NEW, as_of=noon, tz=datetime.timezone(datetime.timedelta(hours=2)))
    month = datetime.timedelta(days=60)
    by_text = seatline.preflight(NEW, over=OLD, usage=MEMBERS, as_of=AS_OF, lead="P60D")
    assert seatline.preflight(NEW, over=OLD, usage=MEMBERS, as_of=AS_OF, lead=month) == by_text
    assert by_text["verdict"] == "no-go"
    assert seatline.admins(NEW, as_of=AS_OF, for_=month) == seatline.admins(NEW, as_of=AS_OF, for_="60d")
    with pytest.raises(ValueError, match="^lead: whole days"):
        seatline.preflight(NEW, usage=MEMBERS, lead=datetime.timedelta(hours=36))


def test_a_local_time_that_comes_twice():
    def instant(*time, fold, tz):
        return seatline.report(NEW, as_of=datetime.datetime(*time, fold=fold), tz=tz)["asOf"]

    for tz in ("Europe/Berlin", zoneinfo.ZoneInfo("Europe/Berlin")):
        assert instant(2026, 10, 25, 2, 30, fold=0, tz=tz) == "2026-10-25T00:30:00Z"
        assert instant(2026, 10, 25, 2, 30, fold=1, tz=tz) == "2026-10-25T01:30:00Z"
        # A time that comes once, and a time that the clocks skip, are what they are without fold.
        for time in ((2026, 7, 1, 12), (2026, 3, 29, 2, 30)):
            assert instant(*time, fold=1, tz=tz) == instant(*time, fold=0, tz=tz)
    until = datetime.datetime(2026, 10, 25, 2, 30, fold=1)
    told = seatline.fit(NEW, MEMBERS, as_of="2026-10-01", until=until, tz="Europe/Berlin")
    assert told["until"] == "2026-10-25T01:30:00Z"


def test_the_zone_of_the_environment(monkeypatch):
    monkeypatch.setenv("SEATLINE_TZ", "Europe/Berlin")
    for fold, instant in ((0, "2026-10-25T00:30:00Z"), (1, "2026-10-25T01:30:00Z")):
        assert seatline.report(NEW, as_of=datetime.datetime(2026, 10, 25, 2, 30, fold=fold))["asOf"] == instant


@pytest.mark.parametrize(
    "parameter, call",
    [
        ("files", lambda: seatline.report(3)),
        ("files", lambda: seatline.report([NEW])),
        ("files", lambda: seatline.report({"MyEsri": {1, 2}})),
        ("files", lambda: seatline.report({(1, 2): 3})),
        ("as_of", lambda: seatline.report(NEW, as_of=1798718400000)),
        ("tz", lambda: seatline.report(NEW, tz=1)),
        ("id", lambda: seatline.report(NEW, id=5)),
        ("id", lambda: seatline.report(NEW, id=["creatorUT", 5])),
        ("kind", lambda: seatline.report(NEW, kind=b"userType")),
        ("lines", lambda: seatline.report(NEW, lines="yes")),
        ("admins", lambda: seatline.report(NEW, admins=[NEW])),
        ("from_", lambda: seatline.timeline(NEW, from_=1)),
        ("to", lambda: seatline.timeline(NEW, to=[])),
        ("for_", lambda: seatline.admins(NEW, for_=30)),
        ("policy", lambda: seatline.check(NEW, policy={})),
        ("usage", lambda: seatline.check(NEW, usage=3)),
        ("usage", lambda: seatline.check(NEW, usage=[MEMBERS, 3])),
        ("usage", lambda: seatline.check(NEW, usage={"app": 3})),
        ("exclude", lambda: seatline.check(NEW, exclude={"a": 1})),
        ("no_policy", lambda: seatline.check(NEW, no_policy=None)),
        ("old", lambda: seatline.diff(None, NEW)),
        ("new", lambda: seatline.diff(OLD, None)),
        ("plan", lambda: seatline.fit(NEW, MEMBERS, plan=5)),
        ("lead", lambda: seatline.preflight(NEW, usage=MEMBERS, lead=30)),
        ("id", lambda: seatline.why(7, NEW)),
        ("kind", lambda: seatline.why("creatorUT", NEW, kind=["userType"])),
        ("batch", lambda: seatline.moves(NEW, members=MEMBERS, map="a=b", batch="25")),
        ("batch", lambda: seatline.moves(NEW, members=MEMBERS, map="a=b", batch=True)),
        ("last", lambda: seatline.moves(NEW, members=MEMBERS, map="a=b", last=["a"])),
        ("park", lambda: seatline.moves(NEW, members=MEMBERS, map="a=b", park=1)),
        ("moves", lambda: seatline.moves(NEW, members=MEMBERS, moves=1)),
    ],
)
def test_a_value_of_another_type_is_a_type_error_that_names_the_parameter(parameter, call):
    with pytest.raises(TypeError, match=f"^{parameter}: "):
        call()


def test_a_dict_within_itself_is_no_document():
    license = as_dict(NEW)
    license["again"] = license
    with pytest.raises(ValueError, match="^new: Circular reference"):
        seatline.preflight(license)


def test_policies_are_paths(tmp_path):
    policy = tmp_path / "seatline.toml"
    policy.write_text("[thresholds]\nusage-high-warning = 1\nusage-high-error = 2\n")
    for call in (
        lambda policy: seatline.check(NEW, usage=MEMBERS, as_of=AS_OF, policy=policy),
        lambda policy: seatline.fit(NEW, MEMBERS, as_of=AS_OF, policy=policy),
        lambda policy: seatline.preflight(NEW, usage=MEMBERS, as_of=AS_OF, policy=policy),
    ):
        assert call(policy) == call(str(policy))


def test_a_policy_is_not_about_documents_in_memory_where_it_is_about_files(tmp_path, monkeypatch):
    content = pathlib.Path(NEW).read_bytes()
    monkeypatch.chdir(tmp_path)
    pathlib.Path("new.json").write_bytes(content)
    item = '[[item]]\nkind = "userType"\nid = "noSuchUT"\nrequired = true\n'
    for files, concerned in (("", ["new.json", "<license>"]), ('files = ["**"]\n', ["new.json"])):
        pathlib.Path("seatline.toml").write_text(item + files)
        checked = seatline.check("new.json", as_of=AS_OF)["licenses"] + seatline.check(content, as_of=AS_OF)["licenses"]
        found = [each["file"] for each in checked if any(finding["id"] == "noSuchUT" for finding in each["findings"])]
        assert found == concerned


def test_notes_are_warnings_where_the_call_stands(tmp_path):
    members = b"username,userType\na,Creator\n"
    with pytest.warns(seatline.Note, match='^user types by name: "Creator" is creatorUT$') as noted:
        answer = seatline.fit(NEW, members, as_of=AS_OF)
    assert [warning.filename for warning in noted] == [__file__]
    # The dict is that of the program.
    told, exit_code = program("fit", NEW, "--usage", "-", "--as-of", AS_OF, stdin=members)
    assert (json.loads(json.dumps(told).replace("<stdin>", "<usage>")), exit_code) == (answer, 0)

    (tmp_path / "license.json").write_bytes(pathlib.Path(NEW).read_bytes())
    (tmp_path / "admins.json").write_text('{"userTypes": []}')
    with pytest.warns(seatline.Note, match="admins.json: skipped: this is an administrator list"):
        seatline.report(tmp_path, as_of=AS_OF)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        seatline.report(NEW, as_of=AS_OF)
        with pytest.raises(seatline.Note):
            seatline.fit(NEW, members, as_of=AS_OF)
        # An error has them in its messages.
        with pytest.raises(seatline.Error) as error:
            seatline.fit(NEW, [members, "no-such-file.json"], as_of=AS_OF)
    assert issubclass(seatline.Note, UserWarning) and "no-such-file.json" in error.value.messages

"""Runs seatline on the samples, on inputs that once failed, and on a list of naughty strings.

The environment names the program (SEATLINE) and the folder that packages are in and files may be written to (READERS).
"""

import csv
import json
import os
import re
import subprocess
from pathlib import Path

import jsonschema
from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
SEATLINE = Path(os.environ["SEATLINE"]).resolve()
FOLDER = Path(os.environ["READERS"]).resolve()

SAMPLES = ROOT / "samples"
SARIF = jsonschema.Draft4Validator(json.loads((ROOT / "tests/schemas/sarif-2.1.0.json").read_text(encoding="utf-8")))
JUNIT = etree.XMLSchema(etree.parse(ROOT / "tests/schemas/junit-10.xsd"))
AS_OF = "2025-12-01"
YEAR_2025, JUNE_2026, YEAR_2029 = 1735689600000, 1780315200000, 1861920000000


def naughty_strings():
    """The published list, and texts that it lacks: hidden characters, separators of lists, words of workflow commands."""
    package = FOLDER / "node_modules/big-list-of-naughty-strings/blns.json"
    more = ["::error::x", "##vso[task.complete result=Failed;]", "a / b", "a;=1+1", "a\t=1+1", "x\r\n=1", "@here", "1. a",
            "    four", "``` x", "|", "\\|", "a\u200bb", "\u202eabc", "END:VEVENT\r\nBEGIN:VEVENT", "]]>", "MAR1", "1E5", "=", "'", '"']
    strings = json.loads(package.read_text(encoding="utf-8")) + more
    assert len(strings) > 400
    return [text for text in dict.fromkeys(strings) if text]


def license_of(strings, seats):
    """A license in which each string is an id of every kind, and the name of each item that has a name."""
    entries = [
        {"id": text, "maxUsers": count, "startDate": start}
        for text in strings
        for count, start in ((seats, YEAR_2025), (seats // 2, JUNE_2026), (0, YEAR_2029))
    ]
    types = [
        {"id": text, "name": text, "description": text, "level": "2", "isEsriDefault": False,
         "extensions": [{"id": text, "entitlements": [text]}]}
        for text in strings
    ]
    bundles = [{"appBundleItemId": text, "name": text, "description": text} for text in strings]
    windows = [{"id": text, "startDate": YEAR_2025, "endDate": JUNE_2026} for text in strings]
    provision = {kind: entries for kind in ("userTypes", "appBundles", "extensions", "apps")}
    document = {"version": strings[0], "definitions": {"userTypes": types, "appBundles": bundles},
                "provision": provision, "portalCapabilities": windows}
    return {"MyEsri": document}


def members_of(strings):
    """Members with these user names, each with the user type of the same name."""
    users = [{"username": f"{text}{nth}", "userLicenseTypeId": text, "role": text} for nth, text in enumerate(strings)]
    return {"total": len(users), "start": 1, "num": len(users), "nextStart": -1, "users": users}


def naughty_files():
    """A license of naughty strings, the license that it replaces, members with these names, and moves of each to the next type."""
    folder = FOLDER / "naughty"
    folder.mkdir(parents=True, exist_ok=True)
    strings = naughty_strings()
    members = members_of(strings)
    files = {"new.json": license_of(strings, 3), "old.json": license_of(strings, 5), "members.json": members}
    for name, document in files.items():
        (folder / name).write_text(json.dumps(document), encoding="utf-8")
    moves = folder / "moves.csv"
    with moves.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_ALL)
        rows.writerow(["username", "userType"])
        # Blanks around a cell are no part of it. The first member is the administrator, who must not lose that.
        plain = [text for text in strings if text == text.strip()]
        names = [user["username"] for user in members["users"][1:]]
        rows.writerows([name, plain[nth % len(plain)]] for nth, name in enumerate(names) if name == name.strip())
    return [*(folder / name for name in files), moves]


NEW, OLD, MEMBERS, MOVES = naughty_files()
CONSUMERS = sorted((ROOT / "tests/fixtures/consumers").glob("*.json"))
LICENSES = [*CONSUMERS, *(SAMPLES / f"{name}.json" for name in (
    "portal-10.8", "enterprise-11.4", "gap-and-early-end-10.9", "kubernetes-11.0", "renewed-11.1", "faulty")), NEW]

# The command lines, without a format: on one license each, and on several inputs.
OF_ONE = ["report", "timeline", "admins", "check"]
OF_SEVERAL = {
    "diff": [
        ("diff", SAMPLES / "renewed-11.1.json", SAMPLES / "faulty.json"),
        ("diff", SAMPLES / "renewal/old.json", SAMPLES / "renewal/new.json"),
        ("diff", OLD, NEW),
    ],
    "fit": [
        ("fit", SAMPLES / "enterprise-11.4.json", "--usage", SAMPLES / "stories/members-11.4.csv"),
        ("fit", SAMPLES / "faulty.json", "--usage", SAMPLES / "stories/license-resource-11.1.json"),
        ("fit", NEW, "--usage", MEMBERS),
    ],
    "preflight": [
        ("preflight", SAMPLES / "renewal/new.json", "--over", SAMPLES / "renewal/old.json", "--no-policy"),
        ("preflight", SAMPLES / "faulty.json", "--over", SAMPLES / "renewed-11.1.json", "--no-policy"),
        ("preflight", NEW, "--over", OLD, "--usage", MEMBERS, "--no-policy"),
    ],
    "moves": [
        ("moves", SAMPLES / "moves/license-11.4.json", "--members", SAMPLES / "moves/members.csv",
         "--moves", SAMPLES / "moves/renewal.csv", "--as-of", "2027-01-01"),
        ("moves", NEW, "--members", MEMBERS, "--moves", MOVES, "--admin-role", naughty_strings()[0]),
    ],
    "why": [("why", "viewerUT", SAMPLES / "faulty.json")],
}


def questions(*commands):
    """The arguments of all commands."""
    for command in commands:
        yield from ((command, case) for case in LICENSES) if command in OF_ONE else OF_SEVERAL[command]


def run(*arguments, codes=(0, 1)):
    """The bytes on stdout."""
    policy = ["--no-policy"] if arguments[0] == "check" and "--policy" not in arguments else []
    as_of = [] if "--as-of" in arguments else ["--as-of", AS_OF]
    line = [SEATLINE, *map(str, arguments), *policy, *as_of, "-q"]
    done = subprocess.run(line, capture_output=True, cwd=ROOT, check=False)
    assert done.returncode in codes, (arguments, done.returncode, done.stderr.decode()[:2000])
    return done.stdout


def objects(*arguments):
    """Lines of JSON."""
    return [json.loads(line) for line in run(*arguments, "-f", "jsonl").splitlines()]


def raw(text):
    """A text in which seatline has written hidden characters as \\uXXXX, with these characters again."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def own_lines(text):
    """Lines that a build agent may obey: an agent looks for commands after blanks."""
    return [line for line in text.decode().splitlines() if line.lstrip().startswith(("::", "##"))]

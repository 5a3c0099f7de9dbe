"""The bare table of seats at an instant, with orjson: table.py files|lines|one AS_OF_MS PATH. No check of anything."""

import sys
from pathlib import Path

import orjson

KINDS = [("userType", "userTypes"), ("appBundle", "appBundles"), ("extension", "extensions"), ("app", "apps")]


def rows(document, as_of):
    provision = document["MyEsri"]["provision"]
    for kind, name in KINDS:
        latest = {}
        for entry in provision.get(name, []):
            known = latest.setdefault(entry["id"], None)
            if entry["startDate"] <= as_of and (known is None or entry["startDate"] > known["startDate"]):
                latest[entry["id"]] = entry
        for identifier, entry in latest.items():
            yield f"{kind}\t{identifier}\t{entry['maxUsers'] if entry else 0}\n"


def documents(form, path):
    if form == "lines":
        with open(path, "rb") as file:
            yield from file
    elif form == "files":
        for file in sorted(Path(path).iterdir()):
            yield file.read_bytes()
    else:
        yield Path(path).read_bytes()


def main(form, as_of, path):
    for document in documents(form, path):
        sys.stdout.writelines(rows(orjson.loads(document), int(as_of)))


if __name__ == "__main__":
    main(*sys.argv[1:])

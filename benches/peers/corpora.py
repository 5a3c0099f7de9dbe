"""Makes the inputs of the comparison: corpora.py FOLDER. The same seed gives the same bytes on every machine."""

import json
import random
import sys
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "samples" / "portal-10.8.json"
DAY = 86_400_000
FILES, LINES, ENTRIES = 10_000, 20_000, 1_500_000


def varied(document, rng):
    """The sample with other counts and dates; no two entries of an id begin at one instant."""
    for entries in document["MyEsri"]["provision"].values():
        for number, entry in enumerate(entries):
            entry["maxUsers"] = rng.randrange(1000)
            entry["startDate"] += DAY * rng.randrange(300) + number
    return document


def one(rng):
    """One document of some 100 MB: two entries to an id."""
    entries = [
        {"id": f"type{number // 2}UT", "maxUsers": rng.randrange(1000), "startDate": 1_500_000_000_000 + DAY * rng.randrange(900) + number}
        for number in range(ENTRIES)
    ]
    rng.shuffle(entries)
    return {"MyEsri": {"version": "10.8", "provision": {"userTypes": entries}}}


def main(folder):
    sample = SAMPLE.read_text()
    rng = random.Random(20261126)
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    for number in range(FILES):
        (files / f"{number:05}.json").write_text(json.dumps(varied(json.loads(sample), rng), indent=0) + "\n")
    lines = "".join(json.dumps(varied(json.loads(sample), rng)) + "\n" for _ in range(LINES))
    (folder / "lines.jsonl").write_text(lines)
    with (folder / "many-lines.jsonl").open("w") as file:
        file.writelines([lines] * 10)
    (folder / "one.json").write_text(json.dumps(one(rng)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Makes the first inputs of the fuzz targets from samples and fixtures: seeds.py FOLDER."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST = 20_000


def files(*patterns):
    found = sorted(file for pattern in patterns for folder in ("samples", "tests/fixtures") for file in (ROOT / folder).rglob(pattern))
    return [file.read_bytes() for file in found if file.stat().st_size < MOST]


def write(folder, seeds):
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (folder / f"seed-{number:04}").write_bytes(seed)


def main(folder):
    documents, tables, policies = files("*.json", "*.jsonl"), files("*.csv"), files("*.toml")
    # The first byte chooses what is asked.
    write(folder / "documents", (bytes([number % 40]) + text for number, text in enumerate(documents)))
    write(folder / "pairs", (old + b"\0" + new for old, new in zip(documents, documents[1:] + documents[:1])))
    by_csv, by_json, by_policy = (0, 2, 4, 5, 6, 8, 9, 10), (1, 7, 11), (3, 9)
    write(folder / "sites", [
        bytes([choices[number % len(choices)]]) + text
        for choices, texts in ((by_csv, tables), (by_json, documents), (by_policy, policies))
        for number, text in enumerate(texts)
    ])
    write(folder / "answers", (bytes([number % 8]) + text for number, text in enumerate(documents)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Prints how long seatline and other programs take for the same seats: compare.py SEATLINE CORPORA RUNS.

First every program must give the same seats. Then each runs as often as asked, in turns, and the median counts."""

import hashlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
AS_OF, AS_OF_MS = "2020-01-01T00:00:00Z", 1_577_836_800_000
FIELDS = "kind,id,usableSeats,certain"
WORKLOADS = [("10,000 files", "files", "files"), ("20,000 lines", "lines", "lines.jsonl"), ("one document", "one", "one.json")]


def programs(seatline, form, path):
    """Name, command, and how its output is read."""
    report = [seatline, "report", str(path), "--as-of", AS_OF, "--kind", "userType,appBundle,extension,app", "-f", "jsonl"]
    table = [form, str(AS_OF_MS), str(path)]
    jq = ["jq", "--argjson", "asOf", str(AS_OF_MS), "-r", "-f", str(HERE / "table.jq")]
    # A shell would refuse 10,000 names; a folder has none of its own for jq.
    jq = ["find", str(path), "-name", "*.json", "-exec", *jq, "{}", "+"] if form == "files" else [*jq, str(path)]
    return [
        ("seatline, four fields", [*report, "--fields", FIELDS], from_records),
        ("seatline, all fields", report, from_records),
        ("Node.js", ["node", str(HERE / "table.mjs"), *table], from_table),
        ("Python with orjson", [sys.executable, "-B", str(HERE / "table.py"), *table], from_table),
        ("DuckDB", [sys.executable, "-B", str(HERE / "table_duckdb.py"), *table], from_table),
        # With 750,000 ids jq takes minutes.
        *([] if form == "one" else [("jq", jq, from_table)]),
    ]


def from_records(line):
    record = json.loads(line)
    return record["kind"], record["id"], record["usableSeats"]


def from_table(line):
    kind, identifier, seats = line.rstrip(b"\n").decode().split("\t")
    return kind, identifier, int(seats)


def seats(command, read):
    """What a program says, whatever the order: a digest of all rows with seats, and how many there are."""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        rows = sorted(row for row in map(read, process.stdout) if row[2])
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return hashlib.sha256(repr(rows).encode()).hexdigest(), len(rows)


def timed(command):
    """Seconds from start to end, seconds of processor time, and the most memory in MiB, of a program and those it starts."""
    # Linux counts the memory of whoever starts a program as the program's: GNU time is small.
    with tempfile.NamedTemporaryFile() as said:
        start = time.monotonic()
        subprocess.run(["/usr/bin/time", "-f", "%U %S %M", "-o", said.name, *command], stdout=subprocess.DEVNULL, check=True)
        wall = time.monotonic() - start
        user, system, memory = map(float, said.read().split())
    return wall, user + system, memory / 1024


def main(seatline, corpora, runs):
    seatline = str(Path(seatline).resolve())
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} processors; medians of {runs} runs\n")
    print("| input | program | seconds | against Node.js | processor seconds | MiB |")
    print("|---|---|---:|---:|---:|---:|")
    for title, form, name in WORKLOADS:
        path = Path(corpora) / name
        size = sum(file.stat().st_size for file in path.iterdir()) if path.is_dir() else path.stat().st_size
        contestants = programs(seatline, form, path)
        said = {program: seats(command, read) for program, command, read in contestants}
        if len(set(said.values())) != 1:
            sys.exit(f"{title}: the programs do not give the same seats: {said}")
        print(f"{title}: {len(said)} programs give the same {next(iter(said.values()))[1]} rows with seats", file=sys.stderr)
        figures = {program: [] for program, _, _ in contestants}
        for _ in range(int(runs)):
            for program, command, _ in contestants:
                figures[program].append(timed(command))
        medians = {program: [statistics.median(figure) for figure in zip(*each)] for program, each in figures.items()}
        for program, (wall, processor, memory) in medians.items():
            ratio = medians["Node.js"][0] / wall
            print(f"| {title}, {size / 1e6:.0f} MB | {program} | {wall:.2f} | {ratio:.1f} | {processor:.2f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

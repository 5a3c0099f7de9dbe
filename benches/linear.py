"""How processor time grows with each size of the input: linear.py [SEATLINE]. Prints the slope of the logarithms: 1 is linear, 2 would
be its square. What starting takes is taken off first."""

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 3
SIZES = (1, 2, 4, 8)
BEGIN = 1_600_000_000_000
DAY = 86_400_000


def entry(identifier, seats, start=BEGIN):
    return {"id": identifier, "maxUsers": seats, "startDate": start}


def license_of(entries, **more):
    return json.dumps({"MyEsri": {"version": "11.4", "provision": {"userTypes": entries}, **more}})


def bytes_of(folder, size):
    """Lines, of which each is a small license."""
    line = license_of([entry(f"type{n}", n) for n in range(20)])
    (folder / "lines.jsonl").write_text((line + "\n") * size)
    return ["report", folder / "lines.jsonl", "-f", "jsonl"]


def entries_of_one_id(folder, size):
    (folder / "license.json").write_text(license_of([entry("creatorUT", 1 + n % 97, BEGIN + n * 3_600_000) for n in range(size)]))
    return ["timeline", folder / "license.json", "-f", "json"]


def ids(folder, size):
    (folder / "license.json").write_text(license_of([entry(f"type{n}", n % 300) for n in range(size)]))
    return ["report", folder / "license.json", "-f", "json"]


def findings(folder, size):
    (folder / "license.json").write_text(license_of([entry(f"type{n}", None) for n in range(size)]))
    return ["check", folder / "license.json", "--no-policy", "-f", "json"]


def length_of_names(folder, size):
    (folder / "license.json").write_text(license_of([entry("a" * size, 5), entry("a" * size, 0, BEGIN + 3000 * DAY)]))
    return ["timeline", folder / "license.json", "-f", "ics"]


def members(folder, size):
    (folder / "license.json").write_text(license_of([entry(f"type{n}", 9) for n in range(50)]))
    rows = "".join(f"user{n},type{n % 50},org_user\n" for n in range(size))
    (folder / "members.csv").write_text("username,userLicenseTypeId,role\n" + rows)
    return ["fit", folder / "license.json", "--usage", folder / "members.csv", "-f", "json"]


def types_in_use(folder, size):
    command = ids(folder, size)
    rows = "".join(f"user{n},type{n},org_user\n" for n in range(size))
    (folder / "members.csv").write_text("username,userLicenseTypeId,role\n" + rows)
    return ["check", command[1], "--usage", folder / "members.csv", "--no-policy", "-f", "json"]


def counted_types(folder, size):
    """Counts of the portal, as JSON, of types that the license has and as many that it does not have."""
    command = ids(folder, size)
    counts = [{"key": f"{name}{n}", "count": n % 300} for name in ("type", "other") for n in range(size)]
    (folder / "counts.json").write_text(json.dumps({"results": counts, "nextStart": -1}))
    return ["fit", command[1], "--usage", folder / "counts.json", "-f", "json"]


def waivers(folder, size):
    """A policy that expects seats of every user type, and as many waivers."""
    license = ids(folder, size)[1]
    (folder / "seatline.toml").write_text("".join(
        f'[[item]]\nkind = "userType"\nid = "type{n}"\nminimum-seats = 200\n[[waiver]]\nrule = "policy-seats"\nkind = "userType"\n'
        f'id = "type{n}"\nuntil = 2027-06-30\nreason = "known"\n' for n in range(size)))
    return ["check", license, "--policy", folder / "seatline.toml", "-f", "json"]


def import_of_ids(folder, size):
    """A preflight of types that all have fewer seats than before."""
    (folder / "old.json").write_text(license_of([entry(f"type{n}", n % 300 + 1) for n in range(size)]))
    return ["preflight", ids(folder, size)[1], "--over", folder / "old.json", "--no-policy", "-f", "json"]


def moves(folder, size):
    types = 20
    seats = size // types
    (folder / "license.json").write_text(license_of([entry(f"type{n}", seats + (0 if n else 100)) for n in range(types)]))
    (folder / "members.csv").write_text(
        "username,userLicenseTypeId,role\n" + "".join(f"user{n},type{n % types},org_user\n" for n in range(size)))
    (folder / "moves.csv").write_text(
        "username,userType\n" + "".join(f"user{n},type{(n + 1 + n // types * 7 % (types - 1)) % types}\n" for n in range(size)))
    return ["moves", folder / "license.json", "--members", folder / "members.csv", "--moves", folder / "moves.csv", "-f", "json"]


GROWING = [
    ("bytes: lines of 1 kB", bytes_of, 20_000),
    ("entries of one id", entries_of_one_id, 25_000),
    ("ids", ids, 25_000),
    ("findings", findings, 5_000),
    ("letters of a name", length_of_names, 250_000),
    ("members", members, 50_000),
    ("user types in use, `check --usage`", types_in_use, 5_000),
    ("user types counted in JSON, `fit`", counted_types, 5_000),
    ("waivers, and items that the policy expects", waivers, 2_500),
    ("user types that lose seats, `preflight`", import_of_ids, 5_000),
    ("moves", moves, 20_000),
]


def processor_seconds(command):
    def once():
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            sys.exit(f"{command} ended with {status}")
        return usage.ru_utime + usage.ru_stime

    return statistics.median(once() for _ in range(RUNS))


def slope(points):
    """Of the straight line through the logarithms, by least squares."""
    logs = [(math.log(size), math.log(seconds)) for size, seconds in points]
    mean_x, mean_y = (statistics.mean(axis) for axis in zip(*logs))
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / sum((x - mean_x) ** 2 for x, _ in logs)


def main(seatline="target/release/seatline"):
    seatline = Path(seatline).resolve()
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors; seconds of processor time, medians of {RUNS} runs\n")
    print("| what grows | from | to | " + " | ".join(f"×{size}" for size in SIZES) + " | slope |")
    print("|---|---:|---:|" + "---:|" * (len(SIZES) + 1))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = processor_seconds([seatline, *ids(folder, 1), "--as-of", "2026-12-01"])
        for what, make, first in GROWING:
            points = []
            for size in SIZES:
                command = [seatline, *make(folder, first * size), "--as-of", "2026-12-01"]
                points.append((first * size, max(processor_seconds(command) - start, 1e-4)))
            seconds = " | ".join(f"{seconds:.2f}" for _, seconds in points)
            print(f"| {what} | {first:,} | {first * SIZES[-1]:,} | {seconds} | {slope(points):.2f} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Compares the program for Windows, under Wine, with the one for Linux: every command and format, over the samples.

compare.py LINUX WINDOWS WINE: command lines are run from the root of the repository. What they write to stdout and stderr and
their exit code must be the same, byte by byte, but for the words of the system about a file that is not there, and for the bytes
of a workbook that name the system on which it was made. Which formats there are is asked of the program itself.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

AS_OF = ["--as-of", "2026-11-01"]
LICENSES = [
    str(path)
    for path in sorted([*pathlib.Path("samples").rglob("*.json"), *pathlib.Path("samples").rglob("*.jsonl")])
]
RENEWAL = ["samples/renewal/old.json", "samples/renewal/new.json"]
MEMBERS = "samples/renewal/members.csv"
# The arguments of each command besides the format. Commands that read licenses get every sample.
GIVEN = {
    "report": [[path, *AS_OF] for path in [*LICENSES, "samples/", "samples/stories/"]],
    "timeline": [[path, *AS_OF] for path in [*LICENSES, "samples/"]],
    "admins": [[path, *AS_OF] for path in LICENSES],
    "check": [[path, "--no-policy", *AS_OF] for path in [*LICENSES, "samples/"]],
    "diff": [[*RENEWAL, *AS_OF], [*reversed(RENEWAL), *AS_OF], ["samples/portal-10.8.json", "samples/renewed-11.1.json", *AS_OF]],
    "fit": [[RENEWAL[1], "--usage", MEMBERS, *AS_OF], ["samples/portal-10.8.json", "--nobody-yet", *AS_OF]],
    "preflight": [
        [RENEWAL[1], "--over", RENEWAL[0], "--usage", MEMBERS, *AS_OF],
        ["samples/renewed-11.1.json", "--nobody-yet", *AS_OF],
    ],
    "why": [["creatorUT", path, *AS_OF] for path in RENEWAL],
    "moves": [
        ["samples/moves/license-11.4.json", "--members", "samples/moves/members.csv", "--moves", f"samples/moves/{moves}", *AS_OF]
        for moves in ("renewal.csv", "swap.csv")
    ],
}  # fmt: skip
MISTAKES = [
    [], ["--version"], ["no-such-file.json"], ["report"], ["report", "samples/none.json"], ["fit", "samples/portal-10.8.json"],
    ["report", "samples/portal-10.8.json", "--id", "CreatorUT", *AS_OF], ["diff", *RENEWAL, "--usage"],
    ["chekc", "samples/faulty.json", *AS_OF],
    ["report", "samples/portal-10.8.json", "-o", "samples/portal-10.8.json"], ["fetch"], ["fetch", "--url", "http://gis.example.com/portal"],
]  # fmt: skip


def said(program, arguments, binary=False):
    """Exit code, stdout and stderr."""
    names = ("PATH", "WINEPREFIX", "WINEDEBUG", "HOME")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    done = subprocess.run([*program, *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120)
    return done.returncode, done.stdout, done.stderr


def without_system(output):
    """What a program wrote, without what names the system."""
    code, stdout, stderr = output
    if stdout.startswith(b"PK"):
        # The second byte of the version that made an entry of a ZIP archive.
        stdout = re.sub(rb"(PK\x01\x02.)[\x00\x03]", rb"\1-", stdout, flags=re.DOTALL)
    return code, stdout, re.sub(rb"(cannot be read: )[^(\n]*(\(os error)", rb"\1\2", stderr)


def help_of(linux, command):
    return said(linux, [*command, "--help"])[1].decode()


def formats(linux, command):
    """The values of --format, as the help lists them."""
    text = help_of(linux, [command])
    option = re.search(r"--format <.*?(?=\n\s*(?:-\w, )?--\w|\Z)", text, re.DOTALL)
    if option is None:
        return [None]
    if "[=FILE]" in option.group():
        return re.findall(r"[a-z]+", option.group().split(", and a file")[0].split("\n", 1)[1].replace(" or ", ", "))
    listed = re.search(r"\[possible values: (.*?)\]", option.group(), re.DOTALL)
    names = listed.group(1).replace("\n", " ").split(",") if listed else re.findall(r"^\s+- ([\w-]+)(?::|$)", option.group(), re.MULTILINE)
    return [name.strip() for name in names]


def lines(linux):
    """All command lines."""
    commands = re.findall(r"^  ([a-z]+) ", help_of(linux, []).split("Commands:")[1].split("\nOptions")[0], re.MULTILINE)
    for command in commands:
        yield [command, "--help"]
        for given in GIVEN.get(command, []):
            for name in formats(linux, command):
                # A calendar without a name has the path of its file in it, and this path is another one on Windows.
                named = ["--name", "portal"] if name == "ics" else []
                yield [command, *given, *(["--format", name] if name else []), *named]
        assert command not in GIVEN or formats(linux, command), f"{command}: no formats in its help"
    missing = set(commands) - set(GIVEN) - {"explain", "schema", "fetch", "help"}
    assert not missing, f"nothing is said of {missing}"
    rules = re.findall(r"^([a-z][a-z-]+) ", said(linux, ["explain"])[1].decode(), re.MULTILINE)
    yield ["explain"]
    yield from (["explain", rule] for rule in rules)
    schemas = re.search(r"\[possible values: (.*?)\]", help_of(linux, ["schema"]), re.DOTALL)
    yield from (["schema", name.strip()] for name in schemas.group(1).split(","))
    yield from MISTAKES


def main():
    linux, windows = [str(pathlib.Path(sys.argv[1]).resolve())], [sys.argv[3], str(pathlib.Path(sys.argv[2]).resolve())]
    every = list(lines(linux))
    assert len(every) > 400 and len({line[0] for line in every if line}) > 10, every

    def same(line):
        return without_system(said(linux, line)) == without_system(said(windows, line))

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(same, every))
    different = [line for line, is_same in zip(every, results) if not is_same]
    for line in different:
        print("differs: seatline", *line)
        for name, program in (("Linux", linux), ("Windows", windows)):
            code, stdout, stderr = said(program, line)
            print(f"  {name}: exit code {code}, {len(stdout)} bytes, {stderr[:300]!r}")
    print(f"{len(every) - len(different)} of {len(every)} command lines are the same")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()

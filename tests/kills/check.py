"""Kills `seatline fetch --force` at every system call that changes its folder, and tests how every reader then takes the folder.

check.py SEATLINE: needs strace, which delivers SIGKILL as a call begins: what came before it is done, and nothing after it.
A folder is in one of three states: the old fetch, the new one, or refused as an interrupted fetch; the next fetch makes it the new one.
"""

import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse

CALLS = ("rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "fsync")
PATIENCE = 60


class Portal(http.server.BaseHTTPRequestHandler):
    """Answers like a portal with so many members."""

    protocol_version = "HTTP/1.1"
    members = 0

    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        query = {name: values[0] for name, values in urllib.parse.parse_qs(url.query).items()}
        count = Portal.members
        if url.path.endswith("/portaladmin/license"):
            entry = {"id": "viewerUT", "maximumRegisteredMembers": 500, "currentRegisteredMembers": count, "expiration": 1893456000000}
            answer = {"currentRegisteredMembers": count, "maximumRegisteredMembers": 500, "version": "11.4", "userTypes": [entry]}
        elif url.path.endswith("/portals/self/users"):
            start, size = int(query["start"]), int(query["num"])
            names = range(start, min(start + size, count + 1))
            users = [{"username": f"m{number}", "userLicenseTypeId": "viewerUT", "role": "org_user", "disabled": False} for number in names]
            after = start + size
            answer = {"total": count, "start": start, "num": size, "nextStart": after if after <= count else -1, "users": users}
        else:
            answer = {"error": {"code": 400, "message": "no such operation"}}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_):
        pass


class Trial:
    """One program, one portal, one folder."""

    def __init__(self, seatline, url, root):
        self.seatline, self.url, self.folder = seatline, url, pathlib.Path(root) / "out"

    def command(self):
        return [
            self.seatline, "fetch", "--force", "--quiet", "--url", self.url, "--out-dir", str(self.folder),
            "--only", "license-resource,members",
        ]  # fmt: skip

    def run(self, *before, members):
        Portal.members = members
        # With a token the program does not sign in.
        environment = {"PATH": os.environ["PATH"], "SEATLINE_TOKEN": "a-token-of-no-use"}
        return subprocess.run(
            [*before, *self.command()], env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    def read(self):
        """The files, if the readers accept the folder; None if they refuse it."""
        report = subprocess.run(
            [self.seatline, "fit", "samples/portal-10.8.json", "--usage", str(self.folder), "--as-of", "2019-01-01", "-f", "json"],
            env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        if report.returncode == 3:
            assert "interrupted" in report.stderr, report.stderr
            return None
        assert report.returncode in (0, 1), report
        return {path.name: path.read_text() for path in self.folder.iterdir() if path.is_file()}


def counted(trial, log):
    """The number of each system call in a complete run."""
    done = trial.run("strace", "-f", "-o", str(log), "-e", "trace=" + ",".join(f"?{call}" for call in CALLS), members=50)
    assert done.returncode == 0, done
    lines = [line.split(maxsplit=1)[1] for line in log.read_text().splitlines()]
    return {call: sum(line.startswith(f"{call}(") for line in lines) for call in CALLS}


def same(found, expected):
    """Whether two folders are of the same fetch, apart from the time."""
    def without_time(files):
        return {name: text for name, text in files.items() if name != "manifest.json"}

    return found is not None and without_time(found) == without_time(expected)


def main():
    seatline = str(pathlib.Path(sys.argv[1]).resolve())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/portal"
    with tempfile.TemporaryDirectory() as root:
        trial = Trial(seatline, url, root)
        kept = pathlib.Path(root) / "kept"

        def begin():
            shutil.rmtree(trial.folder, ignore_errors=True)
            shutil.copytree(kept, trial.folder)

        first = trial.run(members=250)
        assert first.returncode == 0, first
        shutil.copytree(trial.folder, kept)
        old = trial.read()
        calls = counted(trial, pathlib.Path(root) / "log")
        new = trial.read()
        assert len(old) == 5 and len(new) == 3, (sorted(old), sorted(new))
        states = {"old": 0, "new": 0, "refused": 0}
        for call, times in calls.items():
            for time in range(1, times + 1):
                begin()
                inject = f"inject={call}:signal=KILL:when={time}"
                killed = trial.run("strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject, members=50)
                where = f"{call} {time} of {times}"
                assert killed.returncode in (-9, 137), (where, killed)
                found = trial.read()
                state = "refused" if found is None else "old" if same(found, old) else "new" if same(found, new) else None
                assert state, f"{where}: neither the old fetch nor the new one: {sorted(found)}"
                states[state] += 1
                again = trial.run(members=50)
                assert again.returncode == 0, (where, again)
                assert same(trial.read(), new), f"{where}: not mended"
                assert not any(path.name.startswith(".") for path in trial.folder.iterdir()), f"{where}: something is left"
    print(f"killed at {sum(calls.values())} system calls ({calls}): {states}")
    assert all(states.values()), "a state that never came: the calls are not those of the commit"
    assert calls["fsync"] >= 3 and calls["rename"] >= 6, calls


if __name__ == "__main__":
    main()

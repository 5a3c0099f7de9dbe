"""Runs the scripts of `seatline moves --format python` against a simulated portal.

python3 tests/python/check.py [SEATLINE]; only the standard library is needed. In the place of the ArcGIS API for Python
stands a package of the same names, with members in a file, seats enforced, and failures on demand.
"""

import ast
import base64
import csv
import html
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEATLINE = Path(sys.argv.pop(1) if len(sys.argv) > 1 else ROOT / "target/debug/seatline").resolve()

FAKE = '''
import json, os, types
PORTAL = os.environ["PORTAL"]

class User(dict):
    def __init__(self, portal, name):
        super().__init__(username=name)
        self.portal = portal

    @property
    def userLicenseTypeId(self):
        return self.portal["members"][self["username"]]

    def update_license_type(self, user_type):
        portal, name = self.portal, self["username"]
        portal["requests"] += 1
        if portal["requests"] == portal["fails_at"]:
            portal["fails_at"] = None
            if portal["how"] == "carried out, then lost":
                portal["members"][name] = user_type
            save(portal)
            if portal["how"] == "false":
                return False
            raise Exception("the connection was lost " + os.environ.get("ECHO", ""))
        if list(portal["members"].values()).count(user_type) >= portal["seats"][user_type]:
            portal["full"] += 1
            save(portal)
            raise Exception("no seats")
        portal["members"][name] = user_type
        portal["log"].append([name, user_type])
        save(portal)
        return True

def save(portal):
    with open(PORTAL, "w") as file:
        json.dump(portal, file)

class GIS:
    def __init__(self, url, username=None, password=None, key_file=None, cert_file=None, client_id=None, profile=None, **more):
        assert url == "https://gis.example.com/portal" and more.keys() <= {"token", "referer"}
        given = dict(more, username=username, password=password, key_file=key_file, cert_file=cert_file, client_id=client_id,
                     profile=profile)
        given = {name: value for name, value in given.items() if value is not None}
        if os.environ.get("UNTRUSTED"):
            try:
                import ssl
                raise ssl.SSLCertVerificationError("certificate verify failed: self-signed certificate")
            except ssl.SSLError as error:
                raise ConnectionError("HTTPSConnectionPool: Max retries exceeded") from error
        if os.environ.get("RAISES"):
            raise Exception(os.environ["RAISES"])
        wanted = json.loads(os.environ.get("WANTED", "null")) or {"username": username, "password": "secret"}
        if os.environ.get("ECHO") and not os.environ.get("LATER"):
            try:
                raise ValueError(os.environ["ECHO"])
            except ValueError as error:
                raise Exception("Invalid username or password: " + os.environ["ECHO"]) from error
        if given != wanted:
            raise Exception("Unable to generate token. Invalid username or password " + str(password or ""))
        with open(PORTAL) as file:
            self.portal = json.load(file)
        self.users = self
        self.me = None if os.environ.get("NOBODY") else types.SimpleNamespace(username=username or "admin")

    def get(self, name):
        return User(self.portal, name) if name in self.portal["members"] else None
'''

HOSTILE = [
    "=cmd()", "+1", "-1", "@x", "'q'", 'a"""b', '"""', "back\\slash", "\\N{DIGIT ONE}", "\\", "{count}", "%s", "esc\x1b[2J",
    "new\nline", "cr\rx", "\u202egnp", "\U0001f30d", "\U0010ffff", "\ufeff", "\x7f", "é", "tab\tx", "]),\n]\nimport os #",
]


class Scripts(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name)
        (self.path / "arcgis").mkdir()
        (self.path / "arcgis/__init__.py").write_text("")
        (self.path / "arcgis/gis.py").write_text(FAKE)

    def plan(self, seats, members, moves, *options):
        """The script, and the batches of the same plan as JSON. `moves` are targets by name."""
        entries = [{"id": id, "maxUsers": count, "startDate": 1600000000000} for id, count in seats.items()]
        license = {"MyEsri": {"provision": {"userTypes": entries}}}
        users = [{"username": name, "userLicenseTypeId": id, "role": "org_user"} for name, id in members.items()]
        (self.path / "license.json").write_text(json.dumps(license))
        (self.path / "members.json").write_text(json.dumps({"total": len(users), "nextStart": -1, "users": users}))
        text = io.StringIO()
        csv.writer(text).writerows([("username", "userType"), *moves.items()])
        (self.path / "moves.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
        state = {"seats": seats, "members": members, "requests": 0, "full": 0, "fails_at": None, "how": None, "log": []}
        self.save(state)
        outputs = []
        for format in ["python", "json"]:
            command = [SEATLINE, "moves", "license.json", "--members", "members.json", "--moves", "moves.csv", "-f", format]
            run = subprocess.run([*command, "--as-of", "2027-01-01", *options], cwd=self.path, capture_output=True, check=True)
            outputs.append(run.stdout)
        (self.path / "moves.py").write_bytes(outputs[0])
        return outputs[0].decode("ascii"), json.loads(outputs[1])["batches"]

    def save(self, state):
        (self.path / "portal.json").write_text(json.dumps(state))

    def state(self):
        return json.loads((self.path / "portal.json").read_text())

    def run_script(self, answer="yes", user="admin", encoding="ascii", **variables):
        # There is no terminal to ask for the password.
        starter = "import getpass, runpy, sys; getpass.getpass = lambda _: 'secret'; sys.argv = sys.argv[1:]; " \
            "runpy.run_path('moves.py', run_name='__main__')"
        environment = dict(os.environ, PORTAL=str(self.path / "portal.json"), PYTHONPATH=str(self.path), PYTHONIOENCODING=encoding, **variables)
        command = [sys.executable, "-c", starter, "moves.py", "https://gis.example.com/portal", user]
        return subprocess.run(command, cwd=self.path, env=environment, input=answer + "\n", capture_output=True, text=True)

    def test_the_plan_is_exact_whatever_names_hold(self):
        source, target = 'so"\\urce\x1b', "=tar'get\"\"\""
        everybody = dict.fromkeys(HOSTILE, source)
        # A CSV cannot hold some of these names, and has them as seatline writes them; here all members of a user type move.
        script, batches = self.plan({source: 99, target: 99}, everybody, {}, f"--map={source}={target}", "--batch", "7")
        tree = ast.parse(script)
        assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
        self.assertEqual([target.id for node in assigned for target in node.targets], ["PLAN"])
        plan = ast.literal_eval(assigned[0].value)
        self.assertEqual(plan, [(one["userType"], list(zip(one["users"], one["from"]))) for one in batches])
        self.assertEqual(sorted(name for _, users in plan for name, _ in users), sorted(HOSTILE))
        run = self.run_script()
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertEqual(set(self.state()["members"].values()), {target})
        self.assertTrue(all(" " <= character <= "~" or character == "\n" for character in run.stdout), run.stdout)

    def tight(self):
        """A ring and a chain of moves, with one spare seat."""
        seats = {"creatorUT": 3, "viewerUT": 3, "editorUT": 4}
        members = {f"{id}{index}": id for id in seats for index in range(3)}
        types = list(seats)
        moves = {name: types[(types.index(id) + 1) % 3] for name, id in members.items()}
        return seats, members, moves

    def test_signing_in_is_as_the_environment_says_and_fails_without_a_traceback(self):
        seats, members, moves = self.tight()
        for variables, wanted in [
            ({"SEATLINE_PASSWORD": "other"}, {"username": "admin", "password": "other"}),
            ({"SEATLINE_TOKEN": "t0ken"}, {"token": "t0ken"}),
            ({"SEATLINE_TOKEN": "t0ken", "SEATLINE_REFERER": "https://x"}, {"token": "t0ken", "referer": "https://x"}),
            ({"SEATLINE_CLIENT_CERT": "a.pem", "SEATLINE_CLIENT_KEY": "a.key"}, {"cert_file": "a.pem", "key_file": "a.key"}),
            ({"SEATLINE_CLIENT_CERT": "a.pfx", "SEATLINE_PASSWORD": "p"}, {"cert_file": "a.pfx", "password": "p"}),
            ({"SEATLINE_CLIENT_ID": "app"}, {"client_id": "app"}),
            ({"SEATLINE_PROFILE": "mine"}, {"profile": "mine"}),
        ]:
            self.plan(seats, dict(members), moves)
            run = self.run_script(WANTED=json.dumps(wanted), **variables)
            self.assertEqual((run.returncode, run.stderr), (0, ""), variables)
            self.assertEqual(self.state()["members"], moves)
        self.plan(seats, dict(members), moves)
        wrong = self.run_script(SEATLINE_PASSWORD="wr0ng")
        self.assertEqual((wrong.returncode, wrong.stdout), (1, ""))
        self.assertIn("cannot sign in", wrong.stderr)
        self.assertIn("Check the user name", wrong.stderr)
        self.assertNotIn("wr0ng", wrong.stderr)
        untrusted = self.run_script(UNTRUSTED="1")
        self.assertEqual(untrusted.returncode, 1)
        for words in ["nothing was changed", "REQUESTS_CA_BUNDLE and SSL_CERT_FILE"]:
            self.assertIn(words, untrusted.stderr)
        for run in [wrong, untrusted]:
            self.assertNotIn("Traceback", run.stderr)
            self.assertEqual(len(run.stderr.splitlines()), 1)
        self.assertEqual(self.state()["requests"], 0)

    def test_the_advice_fits_what_went_wrong(self):
        script, _ = self.plan(*self.tight())
        for variable in ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "SEATLINE_CLIENT_CERT", "SEATLINE_CLIENT_KEY", "SEATLINE_REFERER"]:
            self.assertIn(variable, ast.get_docstring(ast.parse(script)))
        own = "save it as PEM and set REQUESTS_CA_BUNDLE and SSL_CERT_FILE to that file"
        client = "Check SEATLINE_CLIENT_CERT and SEATLINE_CLIENT_KEY"
        token, account = "Check SEATLINE_TOKEN, which expires, and SEATLINE_REFERER", "Check the user name"
        reached, time = "The portal was not reached: is its URL right", "The portal did not answer in time"
        asked = "(host='gis.example.com', port=443): Max retries exceeded with url: /portal/sharing/rest/generateToken"
        pem = {"SEATLINE_CLIENT_CERT": "me.pem", "SEATLINE_CLIENT_KEY": "me.key"}
        pfx = {"SEATLINE_CLIENT_CERT": "me.pfx", "SEATLINE_PASSWORD": "letmein"}
        untrusted = "HTTPSConnectionPool(host='gis.example.com', port=443): Max retries exceeded (Caused by SSLError(SSLCertVerificationError(1, " \
            "'[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1007)')))"
        for variables, error, expected in [
            ({}, untrusted, own),
            ({"SEATLINE_TOKEN": "t0ken"}, untrusted, own),
            # A client certificate is not to blame for the portal's.
            (pem, untrusted, own),
            (pfx, untrusted, own),
            ({}, "Could not find a suitable TLS CA certificate bundle, invalid path: portal.pem", own),
            ({}, "certificate verify failed: unable to get local issuer certificate", own),
            (pem, "[SSL: KEY_VALUES_MISMATCH] key values mismatch (_ssl.c:4045)", client),
            (pem, "[SSL] PEM lib (_ssl.c:4045)", client),
            (pem, "[Errno 2] No such file or directory", client),
            (pfx, "Invalid password or PKCS12 data", client),
            (pfx, "mac verify failure", client),
            ({"SEATLINE_TOKEN": "t0ken"}, "Invalid Token. (Error Code: 498)", token),
            ({}, "Unable to generate token. Invalid username or password specified.", account),
            ({}, "Name or service not known", reached),
            ({}, f"HTTPSConnectionPool{asked} (Caused by NameResolutionError: Failed to resolve 'gis.example.com')", reached),
            ({"SEATLINE_TOKEN": "t0ken"}, f"HTTPSConnectionPool{asked} (Caused by NewConnectionError: [Errno 111] Connection refused)", reached),
            ({}, "('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))", reached),
            ({}, f"HTTPSConnectionPool{asked} (Caused by ConnectTimeoutError(timeout=30))", time),
            ({}, "HTTPSConnectionPool(host='gis.example.com', port=443): Read timed out. (read timeout=30): generateToken, password", time),
            (pem, "The handshake operation timed out: ssl", time),
            ({"SEATLINE_TOKEN": "t0ken"}, "Read timed out: token", time),
            ({}, "Something odd", ""),
        ]:
            with self.subTest(error=error, variables=variables):
                run = self.run_script(RAISES=error, **variables)
                self.assertEqual((run.returncode, run.stdout), (1, ""))
                self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)
                self.assertIn("nothing was changed", run.stderr)
                for advice in [own, client, token, account, reached, time]:
                    self.assertEqual(advice in run.stderr, advice == expected, run.stderr)
                self.assertNotIn(error, run.stderr)
        self.assertEqual(self.state()["requests"], 0)

    def test_nothing_is_done_where_nobody_is_signed_in(self):
        self.plan(*self.tight())
        for variables, wanted in [
            ({}, {"username": "admin", "password": "secret"}),
            ({"SEATLINE_TOKEN": "t0ken"}, {"token": "t0ken"}),
            ({"SEATLINE_CLIENT_CERT": "a.pem"}, {"cert_file": "a.pem"}),
        ]:
            run = self.run_script(NOBODY="1", WANTED=json.dumps(wanted), **variables)
            self.assertEqual((run.returncode, self.state()["requests"]), (1, 0))
            self.assertIn("nobody is signed in, though the portal answers", run.stderr)
            self.assertIn("nothing was changed", run.stderr)
            self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)

    def test_no_error_repeats_a_secret_in_whatever_form(self):
        seats, members, moves = self.tight()
        for secret in ["wr0ng pass", "p\u00e4ss\u4e16\U0001f30d", "q'uo\"te\\back"]:
            raw = secret.encode()
            forms = [secret, ascii(secret)[1:-1], repr(secret), urllib.parse.quote(secret), urllib.parse.quote_plus(secret),
                     json.dumps(secret)[1:-1], base64.b64encode(raw).decode(), raw.hex(), html.escape(secret), secret.upper(),
                     secret[::-1], repr(raw)]
            for form in forms:
                for variable, later in [("SEATLINE_PASSWORD", ""), ("SEATLINE_TOKEN", ""), ("SEATLINE_PASSWORD", "1"), ("SEATLINE_TOKEN", "1")]:
                    with self.subTest(form=form, variable=variable, later=later):
                        if form == forms[0]:
                            self.plan(seats, dict(members), moves)
                        self.save(dict(self.state(), members=dict(members), requests=0, log=[], fails_at=1, how="refused"))
                        wanted = {"token": secret} if variable == "SEATLINE_TOKEN" else {"username": "admin", "password": secret}
                        run = self.run_script(ECHO=form, LATER=later, WANTED=json.dumps(wanted), encoding="utf-8", **{variable: secret})
                        self.assertEqual(run.returncode, 1)
                        self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)
                        self.assertIn("Exception", run.stderr)
                        said = run.stdout + run.stderr
                        for held in forms:
                            self.assertNotIn(held, said)
                        if not later:
                            self.assertIn("Check the user name", run.stderr)

    def test_who_waits_in_a_third_type_arrives(self):
        seats, members = {"creatorUT": 2, "viewerUT": 2, "editorUT": 1}, {"a": "creatorUT", "b": "creatorUT", "c": "viewerUT", "d": "viewerUT"}
        moves = {"a": "viewerUT", "c": "creatorUT"}
        self.plan(seats, dict(members), moves, "--park", "editorUT")
        for fails_at in [None, 1, 2, 3]:
            self.save(dict(self.state(), members=dict(members), requests=0, full=0, fails_at=fails_at, how="carried out, then lost", log=[]))
            if fails_at:
                self.assertEqual(self.run_script().returncode, 1)
            run = self.run_script()
            self.assertEqual((run.returncode, run.stderr), (0, ""), fails_at)
            state = self.state()
            self.assertEqual((state["members"], state["full"]), (dict(members, **moves), 0))
            self.assertEqual(self.run_script().returncode, 0)

    def test_seats_suffice_and_a_second_run_does_nothing(self):
        seats, members, moves = self.tight()
        _, batches = self.plan(seats, dict(members), moves)
        run = self.run_script()
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        state = self.state()
        self.assertEqual((state["members"], state["full"], state["requests"]), (moves, 0, 9))
        self.assertEqual([name for name, _ in state["log"]], [name for batch in batches for name in batch["users"]])
        self.assertEqual(self.run_script().returncode, 0)
        self.assertEqual(self.state()["requests"], 9)

    def test_any_failure_stops_it_and_another_run_finishes(self):
        for how in ["false", "refused", "carried out, then lost"]:
            for fails_at in range(1, 10):
                with self.subTest(how=how, fails_at=fails_at):
                    seats, members, moves = self.tight()
                    self.plan(seats, dict(members), moves)
                    self.save(dict(self.state(), how=how, fails_at=fails_at))
                    run = self.run_script()
                    self.assertEqual(run.returncode, 1)
                    self.assertIn(f"{fails_at - 1} of 9 are done", run.stderr)
                    self.assertEqual(len(run.stderr.splitlines()), 1, run.stderr)
                    self.assertEqual(self.state()["requests"], fails_at)
                    self.assertEqual(self.run_script().returncode, 0)
                    state = self.state()
                    self.assertEqual((state["members"], state["full"]), (moves, 0))
                    self.assertEqual(len(state["log"]), len({name for name, _ in state["log"]}))

    def test_it_stops_where_the_portal_is_not_as_planned(self):
        seats, members, moves = self.tight()
        _, batches = self.plan(seats, dict(members), moves)
        first = batches[0]["users"][0]
        changed = dict(members, **{first: "insightsAnalystUT"})
        self.save(dict(self.state(), members=changed))
        run = self.run_script()
        self.assertEqual((run.returncode, self.state()["requests"]), (1, 0))
        self.assertIn("plan again", run.stderr)
        del changed[first]
        self.save(dict(self.state(), members=changed))
        run = self.run_script()
        self.assertEqual((run.returncode, self.state()["requests"]), (1, 0))
        self.assertIn("no member", run.stderr)

    def test_nothing_is_done_without_a_yes(self):
        self.plan(*self.tight())
        for answer in ["", "no", "y", "YES"]:
            run = self.run_script(answer)
            self.assertEqual((run.returncode, self.state()["requests"]), (1, 0))
            self.assertIn("nothing was changed", run.stderr)

    def test_the_one_who_signs_in_comes_last(self):
        seats, members, moves = self.tight()
        _, batches = self.plan(seats, dict(members), moves)
        first = batches[0]["users"][0]
        run = self.run_script(user=first.upper())
        self.assertEqual((run.returncode, self.state()["requests"]), (1, 0))
        self.assertIn("--last", run.stderr)
        last = batches[-1]["users"][-1]
        self.assertEqual(self.run_script(user=last).returncode, 0)


if __name__ == "__main__":
    unittest.main()

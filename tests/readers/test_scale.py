"""docs/scale.md: its shell and its SQL, run on good and bad lines. The results of DuckDB are compared with the documents themselves."""

import json
import os
import re
import subprocess
import tempfile
import unittest
from datetime import datetime
from pathlib import Path

import duckdb
from seatline import LICENSES, ROOT, SEATLINE

AS_OF = datetime(2027, 1, 1)


def blocks():
    """The blocks of the page by the comments before them."""
    text = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
    return dict(re.findall(r"<!-- ([a-z: ]+) -->\n```\w+\n(.*?)```", text, re.S))


def seats(document):
    """The table of a license without doubtful entries, computed naively."""
    lists = [("userType", "userTypes"), ("appBundle", "appBundles"), ("extension", "extensions"), ("app", "apps")]
    as_of = (AS_OF - datetime(1970, 1, 1)).total_seconds() * 1000
    for kind, name in lists:
        entries = document["MyEsri"]["provision"].get(name, [])
        for identifier in {entry["id"] for entry in entries}:
            begun = [entry for entry in entries if entry["id"] == identifier and entry["startDate"] <= as_of]
            yield kind, identifier, max(begun, key=lambda entry: entry["startDate"])["maxUsers"] if begun else 0


class Scale(unittest.TestCase):
    def test_a_table_of_many_licenses(self):
        found = blocks()
        self.assertEqual(set(found), {"shell", "duckdb", "duckdb: unread", "duckdb: none", "spark"})
        plain = json.loads((ROOT / "samples/portal-10.8.json").read_text(encoding="utf-8"))
        documents = {str(file): json.loads(file.read_text(encoding="utf-8")) for file in LICENSES if "faulty" not in file.name}
        lines = [json.dumps({"source": source, "document": document}) for source, document in documents.items()]
        lines.insert(3, '{"source": "broken.json", "document": {"MyEsri": {')
        lines.insert(1, json.dumps({"source": "other.json", "document": {"MyEsri": 3}}))
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "licenses.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
            path = f"{SEATLINE.parent}{os.pathsep}{os.environ['PATH']}"
            subprocess.run(["bash", "-euo", "pipefail", "-c", found["shell"]], cwd=folder, check=True, env={**os.environ, "PATH": path})
            os.chdir(folder)
            self.addCleanup(os.chdir, ROOT)
            duckdb.sql(found["duckdb"])
            counts = dict(duckdb.sql("SELECT record, COUNT(*) FROM 'seats.parquet' GROUP BY record").fetchall())
            self.assertEqual((counts["document"], counts["failure"]), (len(documents), 2))
            unread = duckdb.sql(found["duckdb: unread"]).fetchall()
            self.assertEqual(len(unread), 2)
            self.assertIn("other.json", [source for source, _, _ in unread])
            rows = duckdb.sql("SELECT source, kind, id, \"usableSeats\", \"asOf\" FROM 'seats.parquet' WHERE record = 'item'").fetchall()
            self.assertEqual({as_of for *_, as_of in rows}, {AS_OF})
            self.assertEqual(counts["item"], sum(1 for line in (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines() if '"record":"item"' in line))
            said = [row[1:4] for row in rows if row[0] == str(ROOT / "samples/portal-10.8.json") and row[1] != "capability"]
            self.assertEqual(sorted(said), sorted(seats(plain)))
            none = duckdb.sql(found["duckdb: none"]).fetchall()
            naive = [(kind, identifier) for kind, identifier, count in seats(plain) if count == 0]
            said = [row[1:3] for row in none if row[0] == str(ROOT / "samples/portal-10.8.json") and row[1] != "capability"]
            self.assertEqual(sorted(said), sorted(naive))


if __name__ == "__main__":
    unittest.main()

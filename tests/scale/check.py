"""The script of docs/scale.md, run as on two machines: every document is accounted for, and the rows are those of one process."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEATLINE = Path(os.environ["SEATLINE"])
FOLDER = Path(os.environ["SPARK"]) / "work"
DOCUMENTS = 2_000

ROWS = """
import json, sys
from pyspark.sql import SparkSession
for row in SparkSession.builder.getOrCreate().read.parquet(sys.argv[1]).toJSON(use_unicode=True).toLocalIterator():
    print(row)
"""


def lines():
    """Envelopes, some of them no license and some no JSON, of which each names itself."""
    rng = random.Random(20261127)
    plain = (ROOT / "samples/portal-10.8.json").read_text(encoding="utf-8")
    for number in range(DOCUMENTS):
        document = json.loads(plain)
        for entries in document["MyEsri"]["provision"].values():
            for entry in entries:
                entry["maxUsers"] = rng.choice([0, 1, 50, None, 2**53])
        line = json.dumps({"source": f"portal-{number}", "document": document if number % 17 else {"MyEsri": number}})
        yield line if number % 29 else line[:-1]


def spark(script, *arguments):
    program = FOLDER / "script.py"
    program.write_text(script, encoding="utf-8")
    environment = {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PATH": f"{SEATLINE.parent}{os.pathsep}{os.environ['PATH']}",
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "localhost",
        "SPARK_WORKER_DIR": str(FOLDER / "workers"),
    }
    submit = Path(sys.executable).with_name("spark-submit")
    command = [submit, "--master", "local-cluster[2,1,1024]", "--conf", "spark.ui.enabled=false", program, *arguments]
    done = subprocess.run(list(map(str, command)), env=environment, cwd=FOLDER, capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(done.stderr[-5000:])
    return done.stdout


class Spark(unittest.TestCase):
    def test_the_rows_are_those_of_one_process(self):
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        script = re.search(r"<!-- spark -->\n```python\n(.*?)```", (ROOT / "docs/scale.md").read_text(encoding="utf-8"), re.S)[1]
        file = FOLDER / "licenses.jsonl"
        file.write_text("\n".join(lines()) + "\n", encoding="utf-8")
        command = re.search(r'command = "seatline (.*)"', script)[1].split()
        alone = subprocess.run([SEATLINE, *command], stdin=file.open("rb"), capture_output=True, check=True).stdout
        alone = [json.loads(line) for line in alone.splitlines()]
        # What the script asks for, as text; `document` and what stands beside a broken line's number differ.
        columns = [column.split()[0] for column in re.search(r'schema = """(.*?)"""', script, re.S)[1].split(",")]
        self.assertIn("usableSeats", columns)
        # A line that is no JSON has no source but the stream; its column is counted in its own line.
        kept = [column for column in columns if column not in ("asOf", "endsAt", "finalEnd")]

        def told(rows):
            return sorted(json.dumps({column: row.get(column) for column in kept}, sort_keys=True) for row in rows)

        expected = told(alone)
        for partitions in (1, 7, 64):
            with self.subTest(partitions=partitions):
                out = FOLDER / f"rows-{partitions}"
                spark(script, file, out, partitions)
                rows = [json.loads(line) for line in spark(ROWS, out).splitlines()]
                counts = {record: sum(row["record"] == record for row in rows) for record in ("document", "failure")}
                self.assertEqual(sum(counts.values()), DOCUMENTS)
                self.assertGreater(counts["failure"], DOCUMENTS // 29)
                self.assertEqual(told(rows), expected)


if __name__ == "__main__":
    unittest.main()

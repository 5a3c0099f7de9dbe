"""docs/scale.md: its lines for Apache Spark, in a cluster of two workers on this machine. Its rows are compared with those of one process,
and with the number of documents. Run by .ci/spark."""

import collections
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = 3000
PARTITIONS = (1, 2, 16, 61)


def lines():
    """Good documents and bad ones, the same on every run."""
    chance = random.Random(20261127)
    samples = [json.loads(file.read_text(encoding="utf-8")) for file in sorted((ROOT / "samples").glob("portal-*.json"))]
    assert samples, "no samples"
    for number in range(DOCUMENTS):
        source = f"portal-{number}.json"
        kind = chance.randrange(10)
        if kind == 0:
            yield json.dumps({"source": source, "document": {"MyEsri": 3}})
        elif kind == 1:
            yield '{"source": "' + source + '", "document": {"MyEsri": {'
        elif kind == 2:
            yield json.dumps({"source": source, "document": chance.choice(samples)}, ensure_ascii=False)
        else:
            entries = [
                {"id": chance.choice(["creatorUT", "viewerUT", "fieldWorkerÜ\u2028"]), "maxUsers": chance.randrange(200), "startDate": chance.randrange(1_500_000_000_000, 1_900_000_000_000)}
                for _ in range(chance.randrange(6))
            ]
            yield json.dumps({"source": source, "document": {"MyEsri": {"version": "11.4", "provision": {"userTypes": entries}}}}, ensure_ascii=False)


def without_place(row):
    """A row without what counts within a partition."""
    row = json.loads(row)
    row.pop("document")
    row.pop("line", None)
    row.pop("endLine", None)
    for name in ("line", "endLine"):
        (row.get("location") or {}).pop(name, None)
    return json.dumps(row, sort_keys=True)


def main():
    page = (ROOT / "docs/scale.md").read_text(encoding="utf-8")
    code = re.search(r"<!-- spark -->\n```python\n(.*?)```", page, re.S).group(1)
    shell = re.search(r"<!-- shell -->\n```sh\n(.*?)```", page, re.S).group(1)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        Path("licenses.jsonl").write_text("".join(line + "\n" for line in lines()), encoding="utf-8")
        subprocess.run(["bash", "-euo", "pipefail", "-c", shell], check=True)
        one = collections.Counter(map(without_place, open("rows.jsonl", encoding="utf-8")))
        records = collections.Counter(json.loads(row)["record"] for row in one.elements())
        assert records["document"] + records["failure"] == DOCUMENTS, records
        assert records["failure"] and records["item"], records

        import pyspark
        from pyspark.sql import SparkSession

        os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
        build = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
        spark = build.config("spark.driver.host", "localhost").config("spark.sql.session.timeZone", "UTC").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        workers = spark.sparkContext.parallelize(range(40), 40).map(lambda _: os.getcwd()).distinct().collect()
        assert len(workers) >= 2, workers
        for partitions in PARTITIONS:
            asked = code.replace('"licenses.jsonl", 16', f'"licenses.jsonl", {partitions}')
            assert partitions == 16 or asked != code
            names = {}
            exec(compile(asked, "docs/scale.md", "exec"), names)
            rows = collections.Counter(map(without_place, names["rows"].collect()))
            assert rows == one, list((rows - one).items())[:3] + list((one - rows).items())[:3]
            table = spark.read.parquet("seats.parquet")
            assert table.count() == one.total()
            assert {row["record"]: row["count"] for row in table.groupBy("record").count().collect()} == records
            seats = sum(json.loads(row).get("usableSeats") or 0 for row in one.elements())
            assert table.groupBy().sum("usableSeats").first()[0] == seats
            print(f"{names['rows'].getNumPartitions()} partitions: {rows.total()} rows, {records['document']} documents, {records['failure']} failures, {seats} seats, as of one process")
        spark.stop()


main()

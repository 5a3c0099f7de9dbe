"""Reads the outputs of seatline with other programs: calendars, CSV, JSON, Markdown, lines of JSON.

python3 tests/readers/check.py SEATLINE FOLDER, from the root of the repository; see .ci/readers.
"""

import csv
import io
import json
import subprocess
import sys
import unittest
from html.parser import HTMLParser
from pathlib import Path

import cmarkgfm
import duckdb
import icalendar
import jsonschema
import openpyxl
import pandas
import vobject
from cmarkgfm.cmark import Options

SEATLINE, FOLDER = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests/fixtures/consumers").glob("*.json")) + [
    ROOT / "samples" / name for name in ("portal-10.8.json", "enterprise-11.4.json", "gap-and-early-end-10.9.json")
]
AS_OF = "2025-12-01"


def run(*arguments, codes=(0,)):
    done = subprocess.run([SEATLINE, *map(str, arguments), "-q", "--as-of", AS_OF], capture_output=True, cwd=ROOT)
    assert done.returncode in codes, (arguments, done.returncode, done.stderr.decode())
    return done.stdout



class Calendars(unittest.TestCase):
    def test_every_calendar_is_read(self):
        for case in CASES:
            text = run("timeline", case, "-f", "ics", "--remind", "30").decode()
            lines = text.split("\r\n")
            self.assertTrue(all(len(line.encode()) <= 75 for line in lines), case)
            events = icalendar.Calendar.from_ical(text).walk("VEVENT")
            uids = [str(event["UID"]) for event in events]
            self.assertEqual(len(uids), len(set(uids)), case)
            if uids:
                calendar = vobject.readOne(text)
                self.assertEqual([event.uid.value for event in calendar.vevent_list], uids)
                self.assertEqual({event.transp.value for event in calendar.vevent_list}, {"TRANSPARENT"})

    def test_two_portals_in_one_calendar_replace_nothing(self):
        uids = []
        for name in ("prod", "staging"):
            case = ROOT / f"tests/fixtures/consumers/ics-uid-{name}.json"
            text = subprocess.run(
                [SEATLINE, "timeline", case, "-q", "-f", "ics", "--as-of", "2024-02-01"], capture_output=True, check=True
            ).stdout
            uids += [str(event["UID"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]
        self.assertEqual((len(uids), len(set(uids))), (2, 2))


class Tables(unittest.TestCase):
    TEXTS = ("id", "name", "description", "status", "kind")

    def records(self, case):
        return [json.loads(line) for line in run("report", case, "-f", "jsonl").splitlines()]

    def compare(self, rows, records, case):
        self.assertEqual(len(rows), len(records), case)
        for row, record in zip(rows, records):
            for name in self.TEXTS:
                text = record[name] or ""
                if text.isascii() and text.isprintable():
                    cell = row[name] or ""
                    self.assertEqual(cell.removeprefix("'"), text, (case, name))
                    self.assertFalse(cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), (case, cell))
            seats = record["usableSeats"]
            self.assertEqual(row["usableSeats"] or "", "" if seats is None else str(seats), case)

    def test_python_reads_the_cells(self):
        for case in CASES:
            rows = list(csv.DictReader(io.StringIO(run("report", case, "-f", "csv").decode())))
            self.compare(rows, self.records(case), case)

    def test_python_reads_the_cells_for_excel(self):
        for separator, character in (("comma", ","), ("semicolon", ";"), ("tab", "\t")):
            for case in CASES:
                text = run("report", case, "-f", "csv", f"--excel={separator}")
                self.assertTrue(text.startswith(b"\xef\xbb\xbf"))
                reader = csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""), delimiter=character)
                self.compare(list(reader), self.records(case), case)

    def test_pandas_reads_the_cells(self):
        for case in CASES:
            frame = pandas.read_csv(io.BytesIO(run("report", case, "-f", "csv")), dtype=str, keep_default_na=False)
            self.compare(frame.to_dict("records"), self.records(case), case)

    def test_libreoffice_splits_nothing_and_runs_nothing(self):
        folder = FOLDER / "sheets"
        folder.mkdir(exist_ok=True)
        files = []
        for index, case in enumerate(CASES):
            files.append(folder / f"{index}.csv")
            files[-1].write_bytes(run("report", case, "-f", "csv"))
        # Its default separators; quoted cells are text, as the box in its dialog says.
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{FOLDER}/profile", "--headless",
             "--infilter=CSV:44/59/9,34,UTF8,1,,0,true", "--convert-to", "xlsx", "--outdir", folder, *files],
            check=True, capture_output=True,
        )
        for file, case in zip(files, CASES):
            sheet = openpyxl.load_workbook(file.with_suffix(".xlsx")).active
            header, *lines = [[cell for cell in row] for row in sheet.iter_rows()]
            self.assertFalse(any(cell.data_type == "f" for line in lines for cell in line), case)
            names = [cell.value for cell in header]
            rows = [
                {name: "" if cell.value is None else str(cell.value) for name, cell in zip(names, line)} for line in lines
            ]
            self.compare(rows, self.records(case), case)


class Documents(unittest.TestCase):
    def test_json_is_as_its_schema_says(self):
        for case in CASES:
            for command in ("report", "timeline", "admins", "check"):
                schema = json.loads((ROOT / f"docs/schema/{command}.schema.json").read_text())
                jsonschema.Draft202012Validator.check_schema(schema)
                value = json.loads(run(command, case, "-f", "json", codes=(0, 1)))
                jsonschema.Draft202012Validator(schema).validate(value)

    def test_lines_are_as_their_schema_says(self):
        schema = json.loads((ROOT / "docs/schema/jsonl.schema.json").read_text())
        validator = jsonschema.Draft202012Validator(schema)
        for case in CASES:
            for command in ("report", "timeline", "admins"):
                for line in run(command, case, "-f", "jsonl", "--inline", codes=(0, 1)).splitlines():
                    validator.validate(json.loads(line))

    def test_duckdb_reads_the_lines(self):
        file = FOLDER / "rows.jsonl"
        file.write_bytes(run("report", *CASES, "-f", "jsonl"))
        expected = [json.loads(line) for line in file.read_text().splitlines()]
        columns = "{record: 'VARCHAR', file: 'VARCHAR', document: 'BIGINT', asOf: 'TIMESTAMP', kind: 'VARCHAR', " \
                  "id: 'VARCHAR', \"usableSeats\": 'BIGINT', certain: 'BOOLEAN'}"
        rows = duckdb.sql(
            f"select file, kind, id, \"usableSeats\" from read_json('{file}', format = 'newline_delimited', columns = {columns})"
        ).fetchall()
        self.assertEqual(rows, [(row["file"], row["kind"], row["id"], row["usableSeats"]) for row in expected])


class Shown(HTMLParser):
    """The texts of a page, and the tags that only a name could have brought."""

    def __init__(self, page):
        super().__init__()
        self.codes, self.links, self.within = [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.within = tag == "code"
        if self.within:
            self.codes.append("")
        if tag in ("a", "img", "script", "em", "del", "ol", "li", "pre"):
            self.links.append((tag, attributes))

    def handle_endtag(self, tag):
        self.within = False

    def handle_data(self, data):
        if self.within:
            self.codes[-1] += data


class Markdown(unittest.TestCase):
    def test_names_are_text_and_copied_as_they_are(self):
        for case in CASES:
            items = [json.loads(line) for line in run("report", case, "-f", "jsonl").splitlines()]
            text = run("report", case, "-f", "markdown").decode()
            page = Shown(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))
            self.assertEqual([one for one in page.links if one[0] != "li"], [], case)
            for item in items:
                for name in filter(None, (item["id"], item["name"])):
                    if name.isascii() and name.isprintable():
                        self.assertIn(name, page.codes, (case, name))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)

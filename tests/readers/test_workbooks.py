"""Workbooks, read by openpyxl and by LibreOffice: their values are those of the JSON, on the as-of and on other days."""

import datetime
import hashlib
import json
import os
import pty
import random
import re
import subprocess
import unittest
from zoneinfo import ZoneInfo

import openpyxl
from formulas import Formulas, to_excel
from seatline import AS_OF, CONSUMERS, FOLDER, NEW, ROOT, SAMPLES, SEATLINE, raw, run

BOOKS = FOLDER / "workbooks"
NOUNS = {"userType": "user type", "appBundle": "app bundle", "extension": "extension", "app": "app", "capability": "capability"}
KINDS = list(NOUNS)
STATUSES = ["active", "upcoming", "lapsed", "expired", "empty"]
ERRORS = re.compile(r"###|#(VALUE|NAME|REF|N/A|DIV/0|NUM|NULL)[!?]?|Err:5\d\d")
YEAR_2100 = datetime.datetime(2100, 1, 1, tzinfo=datetime.timezone.utc)

# Licenses, each with a zone and an as-of.
REPORTS = [
    ([SAMPLES / "portal-10.8.json"], "UTC", "2019-01-01"),
    ([SAMPLES / "portal-10.8.json"], "America/New_York", "2020-10-20"),
    ([SAMPLES / "gap-and-early-end-10.9.json"], "Australia/Lord_Howe", "2026-11-30"),
    ([SAMPLES / "faulty.json"], "Europe/Berlin", "2026-10-25T01:30:00Z"),
    ([SAMPLES / "history.jsonl", SAMPLES / "faulty.json", SAMPLES / "enterprise-11.4.json"], "Asia/Kolkata", AS_OF),
    ([SAMPLES / "renewed-11.1.json", "--admins", SAMPLES / "administrators-10.8.json"], "UTC", AS_OF),
    *(([file], "UTC", AS_OF) for file in CONSUMERS),
    ([NEW], "UTC", AS_OF),
]

RENEWAL = [SAMPLES / "renewal" / name for name in ("old.json", "new.json", "members.csv")]
PRICES = SAMPLES / "renewal" / "prices.csv"

# The other answers. Cells that depend on the date are tested from the as-of on.
OTHERS = [
    (["timeline", SAMPLES / "gap-and-early-end-10.9.json"], "Europe/Berlin"),
    (["timeline", SAMPLES / "faulty.json", SAMPLES / "history.jsonl"], "UTC"),
    (["diff", *RENEWAL[:2]], "America/New_York"),
    (["diff", SAMPLES / "renewed-11.1.json", SAMPLES / "faulty.json"], "UTC"),
    (["fit", RENEWAL[1], "--usage", RENEWAL[2]], "UTC"),
    (["fit", SAMPLES / "faulty.json", "--usage", SAMPLES / "stories/license-resource-11.1.json"], "Asia/Kolkata"),
    (["preflight", RENEWAL[1], "--usage", RENEWAL[2], "--over", RENEWAL[0], "--no-policy"], "UTC"),
    (["preflight", RENEWAL[1], "--over", RENEWAL[0], "--no-policy"], "UTC"),
    (["preflight", RENEWAL[1], "--over", RENEWAL[0], "--usage", RENEWAL[2], "--no-policy", "--prices", PRICES], "UTC"),
]


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def local(text, zone):
    """The local time as a number of days in Excel; text where Excel has no such date."""
    return to_excel(instant(text).astimezone(ZoneInfo(zone)))


def convert(to, files, folder):
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{FOLDER}/profile", "--headless", "--convert-to", to, "--outdir", folder, *files],
        check=True, capture_output=True,
    )
    return [folder / f"{file.stem}.{to}" for file in files]


class Table:
    """A table of a sheet: its rows by the words of its header, with the values that formulas show."""

    def __init__(self, sheet, value=None):
        value = value or (lambda cell: to_excel(cell.value) if hasattr(cell.value, "year") else cell.value)
        (table,) = sheet.tables.values()
        header, *rows = list(sheet[table.ref])
        self.names = [cell.value for cell in header]
        self.head = header[0].row
        assert len(set(self.names)) == len(self.names) and table.autoFilter is not None
        self.rows = [dict(zip(self.names, map(value, row))) for row in rows]
        if all(cell is None for row in self.rows for cell in row.values()):
            self.rows = []


def pairs(rows, items):
    """Rows and items of the same kind and id, in their order."""
    waiting = {}
    for row in rows:
        waiting.setdefault((row["Kind"], raw(row["Id"])), []).append(row)
    for item in items:
        same = waiting.get((NOUNS[item["kind"]], item["id"]))
        assert same, (item["kind"], item["id"])
        yield same.pop(0), item


def days_of(book, zone, as_of):
    """Dates to test: the as-of, every change with the time just before, and some at random."""
    turns = sorted({row[0].value for row in book["steps"].iter_rows(min_row=2) if row[0].value > 0}) if "steps" in book.sheetnames else []
    if not turns:
        return [as_of]
    chance = random.Random(15)
    near = [turns[0], turns[len(turns) // 2], turns[-1]]
    between = [chance.randint(turns[0] - 40 * 86400000, turns[-1] + 40 * 86400000) // 60000 * 60000 for _ in range(2)]
    days = [near[0], near[1] - 1000, near[2], *between]
    utc = (datetime.datetime.fromtimestamp(ms / 1000, ZoneInfo(zone)) for ms in days if ms < 4102444800000)
    # In a cell, as in an option, a time that comes twice is the earlier one.
    return [as_of, *(f"{day:%Y-%m-%d %H:%M:%S}" for day in utc)]


class Workbooks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        BOOKS.mkdir(parents=True, exist_ok=True)
        for file in BOOKS.rglob("*.*"):
            file.unlink()
        asked = [(f"report{nth}", ("report", *inputs), zone, as_of) for nth, (inputs, zone, as_of) in enumerate(REPORTS)]
        asked += [(f"other{nth}", question, zone, AS_OF) for nth, (question, zone) in enumerate(OTHERS)]
        cls.all = []
        for name, question, zone, as_of in asked:
            file = BOOKS / f"{name}.xlsx"
            question = (*question, "--tz", zone)
            run(*question, "--as-of", as_of, "-o", file)
            book = openpyxl.load_workbook(file)
            days = days_of(book, zone, as_of)
            if question[0] not in ("report", "timeline"):
                days = [as_of, *(day for day in days[1:] if day > as_of)]
            # A sample is enough where there are many rows of one day.
            cls.all.append((file, question, zone, days[:2] if NEW in question else days, book))
        cls.cases = [case for case in cls.all if case[1][0] == "report"]
        # LibreOffice computes each workbook with the date in its cell.
        asked = []
        for file, _, zone, days, _ in cls.all:
            for nth, day in enumerate(days[1:], 1):
                book = openpyxl.load_workbook(file)
                book["Seats"]["B1"].value = datetime.datetime.fromisoformat(day)
                asked.append(BOOKS / f"{file.stem}-{nth}.xlsx")
                book.save(asked[-1])
        cls.moved = dict(zip(asked, convert("xlsx", asked, BOOKS / "moved")))

    def test_it_says_what_json_says(self):
        for file, question, zone, days, _ in self.cases:
            self.assert_says(openpyxl.load_workbook(file, data_only=True), question, zone, days[0])

    def test_on_another_day_too(self):
        for file, question, zone, days, _ in self.cases:
            for nth, day in enumerate(days[1:], 1):
                moved = openpyxl.load_workbook(self.moved[BOOKS / f"{file.stem}-{nth}.xlsx"], data_only=True)
                with self.subTest(question=question, day=day):
                    self.assert_says(moved, question, zone, day, by_libreoffice=True)

    def test_every_formula_stores_what_it_gives_and_gives_it_on_every_day(self):
        for file, question, _, days, written in self.all:
            stored = openpyxl.load_workbook(file, data_only=True)
            self.assert_formulas(written, stored, None, question)
            for nth, day in enumerate(days[1:], 1):
                moved = openpyxl.load_workbook(self.moved[BOOKS / f"{file.stem}-{nth}.xlsx"], data_only=True)
                self.assert_formulas(written, moved, to_excel(datetime.datetime.fromisoformat(day)), question)

    def assert_formulas(self, written, shown, day, question):
        formulas = Formulas(written, {("Seats", "B1"): day} if day is not None else {})
        count = 0
        for sheet in written.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type != "f":
                        continue
                    count += 1
                    found = shown[sheet.title][cell.coordinate].value
                    found = to_excel(found) if hasattr(found, "year") else found
                    expected = formulas.value(sheet.title, cell.coordinate)
                    self.assert_same(found, expected, (question, sheet.title, cell.coordinate, cell.value, day))
        self.assertGreater(count, 4, question)

    def assert_same(self, found, expected, what):
        if isinstance(expected, (int, float)) and not isinstance(expected, bool) and isinstance(found, (int, float)):
            # Within half a millisecond, for days and for milliseconds.
            self.assertLess(abs(found - expected), 5e-9 * max(1, abs(expected) / 86400000), what)
        else:
            self.assertEqual(found, expected, what)

    def assert_says(self, book, question, zone, day, by_libreoffice=False):
        report = json.loads(run(*question, "--as-of", day, "-f", "json"))
        several = len(report["licenses"]) > 1
        listed = [(nth, license, item) for nth, license in enumerate(report["licenses"], 1) for item in license["items"]]
        findings = [(nth, found) for nth, license in enumerate(report["licenses"], 1) for found in license["findings"]]
        named = ["Summary", "Seats", *(["Timeline"] if any(item["since"] or item["nextChange"] for *_, item in listed) else []),
                 *(["Findings"] if findings else []), "About"]
        shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        self.assertEqual(shown, named, question)
        rows = Table(book["Seats"]).rows
        self.assertEqual(len(rows), len(listed), question)
        for row, (nth, license, item) in zip(rows, listed):
            what = (question, day, item["kind"], item["id"])
            if several:
                self.assertEqual(row["No."], nth, what)
            self.assert_item(row, item, license, (zone, report["asOf"]), what)
        self.assert_kinds(Table(book["Summary"]).rows, report, several, (question, day))
        if findings and not by_libreoffice:
            for row, (nth, found) in zip(Table(book["Findings"]).rows, findings, strict=True):
                self.assertEqual((row["Severity"], row["Rule"], raw(row["Message"])), (found["severity"], found["rule"], found["message"]))
                self.assertEqual((row["Line"], row["Column"]), (found["location"]["line"], found["location"]["column"]))

    def assert_item(self, row, item, license, when, what):
        zone, as_of = when
        has_seats = item["kind"] != "capability"
        date = lambda text: "–" if text is None else local(text, zone)
        count = lambda seats: seats if seats is None or seats < 10**15 else f"{seats:,}"
        self.assertEqual((row["Kind"], raw(row["Id"])), (NOUNS[item["kind"]], item["id"]), what)
        known = item["knownAs"] if item["knownAs"] != item["name"] else None
        name = f"{item['name'] or ''}{' ' if item['name'] is not None and known else ''}{f'(known as {known})' if known else ''}"
        self.assertEqual(raw(row["Name"] or ""), name, what)
        self.assertEqual((row["Seats"], row["Status"]), (count(item["usableSeats"]), item["status"]), what)
        self.assertIsInstance(row["Seats"], (int, str, type(None)), what)
        self.assertEqual(row["Certain"], "yes" if item["certain"] else "no", what)
        self.assert_same(row["Certain until"], date(item["certainUntil"]) if item["certain"] else "now", what)
        # What has no seats does not wait for the end of those that come later.
        is_active = item["status"] == "active"
        none_from = "–" if not is_active else "no end stated" if item["endsAt"] is None else date(item["endsAt"])
        self.assert_same(row["No seats from"], none_from, what)
        change = item["nextChange"]
        self.assert_same(row["Seats change"], date(change and change["at"]), what)
        self.assertEqual(row["Seats then"], (count(change["seats"]) if change else "–") if has_seats else None, what)
        self.assert_same(row["Ends for good"], date(item["finalEnd"]), what)
        if is_active and item["endsAt"] and instant(item["endsAt"]) <= YEAR_2100:
            days = instant(item["endsAt"]).astimezone(ZoneInfo(zone)).date() - instant(as_of).astimezone(ZoneInfo(zone)).date()
            self.assertEqual(row["Days left"], days.days, what)
        else:
            self.assertEqual(row["Days left"], "–", what)
        is_type = item["kind"] == "userType"
        self.assertEqual(row["Administrator"], item["administrator"]["compatible"] if is_type else None, what)
        can = "yes" if item["id"] in license["administrators"] else "no"
        self.assertEqual(row["Administrator now"], can if is_type else None, what)
        self.assertEqual(raw(row["Includes, or included by"] or ""), ", ".join(item["includes"] + item["includedBy"]), what)

    def assert_kinds(self, rows, report, several, what):
        expected = []
        for nth, license in enumerate(report["licenses"], 1):
            for kind in KINDS:
                items = [item for item in license["items"] if item["kind"] == kind]
                if not items:
                    continue
                seats = sum(item["usableSeats"] or 0 for item in items)
                row = {"No.": nth} if several else {}
                row |= {"Kind": NOUNS[kind], "Items": len(items)}
                row |= {status.capitalize(): sum(item["status"] == status for item in items) for status in STATUSES}
                row |= {"Seats": None if kind == "capability" else seats if seats < 10**15 else f"{seats:,}",
                        "Certain": "yes" if all(item["certain"] for item in items) else "no"}
                expected.append(row)
        found = [{name: cell for name, cell in row.items() if name != "License"} for row in rows]
        self.assertEqual(found, expected, what)

    def test_what_is_owned_assigned_old_and_new_moves_as_the_as_of_does(self):
        columns = {
            "timeline": {"Seats": "usableSeats", "Status": "status"},
            "diff": {"Old": "old", "New": "new", "Difference": "delta"},
            "fit": {"Owned": "usableSeats", "Assigned": "assigned", "Available": "available"},
            "preflight": {"Owned": "new"},
        }
        for file, question, zone, days, _ in self.all:
            for nth, day in enumerate(days if question[0] in columns else []):
                moved = self.moved[BOOKS / f"{file.stem}-{nth}.xlsx"] if nth else file
                rows = Table(openpyxl.load_workbook(moved, data_only=True)["Seats"]).rows
                until = ["--until", "+50y"] if question[0] in ("fit", "preflight") else []
                items = json.loads(run(*question, *until, "--as-of", day, "-f", "json"))["items"]
                self.assertEqual(len(rows), len(items), question)
                for row, item in pairs(rows, items):
                    for column, member in columns[question[0]].items():
                        if item[member] is not None:
                            self.assertEqual(row[column], item[member], (question, day, column, item["id"]))

    def test_sums_of_prices_are_of_one_license_in_whatever_order_the_rows_are(self):
        licenses = [SAMPLES / "renewal" / name for name in ("old.json", "new.json")]
        question = ["report", *licenses, "--as-of", "2027-01-02", "--prices", SAMPLES / "renewal/prices.csv"]
        file = BOOKS / "prices.xlsx"
        run(*question, "-o", file)
        book = openpyxl.load_workbook(file)
        (table,) = book["Prices"].tables.values()
        cells = list(book["Prices"][table.ref])[1:]
        rows = sorted(([cell.value for cell in row] for row in cells), key=lambda row: (str(row[2]), str(row[0])), reverse=True)
        for row, values in zip(cells, rows, strict=True):
            for cell, value in zip(row, values, strict=True):
                cell.value = value
        book.save(BOOKS / "prices-sorted.xlsx")
        (sorted_file,) = convert("xlsx", [BOOKS / "prices-sorted.xlsx"], BOOKS / "prices")
        sheet = openpyxl.load_workbook(sorted_file, data_only=True)["Prices"]
        names = Table(sheet).names
        sums = [dict(zip(names, [cell.value for cell in row])) for row in sheet.iter_rows() if row[1].value == "sum"]
        costs = [license["costs"] for license in json.loads(run(*question, "-f", "json"))["licenses"]]
        expected = [(of["currency"], of["period"], float(of["owned"]["cost"])) for license in costs for of in license["sums"]]
        self.assertGreater(len({of[2] for of in expected}), 1)
        self.assertEqual([(of["Currency"], of["Period"], of["Owned"]) for of in sums], expected)

    def test_a_terminal_gets_no_workbook(self):
        for question in (["report", SAMPLES / "portal-10.8.json"], ["diff", *RENEWAL[:2]]):
            ours, theirs = pty.openpty()
            done = subprocess.run([SEATLINE, *question, "-f", "xlsx"], stdout=theirs, stderr=subprocess.PIPE, cwd=ROOT, check=False)
            os.close(theirs)
            os.close(ours)
            self.assertEqual(done.returncode, 2)
            self.assertIn(b"-o license.xlsx", done.stderr)

    def test_the_timeline_has_every_step(self):
        for file, question, zone, days, _ in self.cases:
            book = openpyxl.load_workbook(file, data_only=True)
            if "Timeline" not in book.sheetnames:
                continue
            inputs = [part for part in question[1:] if part not in ("--admins", SAMPLES / "administrators-10.8.json")]
            timeline = json.loads(run("timeline", *inputs, "--as-of", days[0], "-f", "json"))
            expected = []
            for item in timeline["items"]:
                before = item["seats_before"] if "seats_before" in item else item["seatsBefore"]
                for step in item["steps"]:
                    cells = ["–" if count is None else count if count < 10**15 else f"{count:,}" for count in (before, step["seats"])]
                    expected.append((step["at"], item["kind"], item["id"], *cells, "yes" if step["certain"] else "no"))
                    before = step["seats"]
            expected.sort(key=lambda step: instant(step[0]))
            rows = Table(book["Timeline"]).rows
            self.assertEqual(len(rows), len(expected), question)
            for row, (at, kind, id, before, after, certain) in zip(rows, expected):
                self.assert_same(row["Date"], local(at, zone), question)
                shown = (row["Kind"], raw(row["Id"]), row["Seats before"], row["Seats from then on"])
                self.assertEqual(shown, (NOUNS[kind], id, before, after), question)
                self.assertIn(row["Certain"], (certain, "no"), question)

    def test_it_says_where_it_comes_from(self):
        for file, question, zone, days, _ in self.cases:
            about = openpyxl.load_workbook(file, data_only=True)["About"]
            facts = {row[0].value: row[1].value for row in about.iter_rows(max_row=3)}
            as_of = json.loads(run(*question, "--as-of", days[0], "-f", "json"))["asOf"]
            self.assert_same(to_excel(facts["As of"]), local(as_of, zone), question)
            self.assertEqual(facts["Time zone of all dates"], zone, question)
            self.assertRegex(facts["Made by"], r"^seatline \d+\.\d+\.\d+$")
            files = {str(part) for part in question[1:] if str(part).endswith((".json", ".jsonl"))}
            hashes = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files}
            self.assertEqual({row["File"]: row["SHA-256"] for row in Table(about).rows}, hashes, question)

    def test_tables_have_names_filters_and_headers_that_stay(self):
        for file, question, _, _, book in self.all:
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    self.assertEqual(list(sheet.tables), [sheet.title], question)
                    head = Table(sheet).head
                    self.assertEqual(sheet.freeze_panes, f"A{head + 1}", question)
                    self.assertEqual(sheet.print_title_rows, f"${head}:${head}", question)
                    self.assertEqual((sheet.page_setup.orientation, sheet.page_setup.fitToHeight), ("landscape", 0), question)
                    self.assertTrue(sheet.print_area, question)

    def test_text_stays_text(self):
        for file, question, _, _, book in self.cases:
            for sheet in book.worksheets:
                for row in sheet.iter_rows():
                    for cell in row:
                        if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")) and cell.data_type != "f":
                            self.assertTrue(cell.quotePrefix, (question, sheet.title, cell.coordinate))
                        if cell.data_type == "f":
                            self.assertRegex(cell.value, r"^=(LOOKUP|IF|INT|ROUND|MATCH|COUNT|MAX|Seats!)", question)

    def test_paper_shows_all_of_it(self):
        files = [file for file, *_ in self.all]
        for (file, question, *_), paper in zip(self.all, convert("pdf", files, BOOKS / "paper")):
            text = subprocess.run(["pdftotext", "-layout", paper, "-"], check=True, capture_output=True).stdout.decode()
            self.assertIsNone(ERRORS.search(re.sub(r"[^\n]*NULL[^\n]*", "", text) if NEW in question else text), question)
            pages = text.split("\f")[:-1]
            book = openpyxl.load_workbook(file, data_only=True)
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    continue
                own = [page for page in pages if f"{file.name}, {sheet.title}" in page]
                self.assertTrue(own, (question, sheet.title))
                for page in own:
                    words = set(page.split())
                    for name in Table(sheet).names:
                        # Every page has every column, so none is cut off.
                        self.assertTrue(words.issuperset(name.split()), (question, sheet.title, name))


if __name__ == "__main__":
    unittest.main()

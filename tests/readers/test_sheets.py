"""CSV, read by Python, by pandas and by LibreOffice."""

import csv
import io
import subprocess
import unittest

import openpyxl
import pandas
from seatline import FOLDER, NEW, objects, questions, raw, run

COMMANDS = ("report", "timeline", "admins", "diff", "fit", "preflight", "moves")
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}
FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
TEXTS = ("source", "file", "kind", "id", "name", "description", "status")
csv.field_size_limit(10_000_000)


def rows(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def is_number(cell):
    return cell.removeprefix("-").isdigit()


class Cells(unittest.TestCase):
    def assert_inert(self, table, question):
        for row in table:
            self.assertNotIn(None, row, question)
            for name, cell in row.items():
                cell = cell or ""
                self.assertTrue(is_number(cell) or not cell.startswith(FORMULAS), (question, name, cell))

    def assert_same(self, table, records, question):
        self.assertEqual(len(table), len(records), question)
        for row, record in zip(table, records):
            for name in TEXTS:
                self.assertIn(raw(row[name] or ""), (record[name] or "", "'" + (record[name] or "")), (question, name))
            seats = record["usableSeats"]
            self.assertEqual(row["usableSeats"] or "", "" if seats is None else str(seats), question)

    def test_python_and_pandas_read_every_cell(self):
        for question in questions(*COMMANDS):
            text = run(*question, "-f", "csv").decode()
            table = rows(text)
            self.assert_inert(table, question)
            frame = pandas.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
            self.assertEqual(frame.to_dict("records"), table, question)
            if question[0] == "report":
                self.assert_same(table, objects(*question), question)

    def test_python_reads_every_cell_that_is_for_excel(self):
        for question in questions(*COMMANDS):
            table = rows(run(*question, "-f", "csv").decode())
            for name, character in SEPARATORS.items():
                text = run(*question, "-f", "csv", f"--excel={name}")
                self.assertTrue(text.startswith(b"\xef\xbb\xbf") and text.endswith(b"\r\n"), question)
                excel = rows(text.decode("utf-8-sig"), character)
                self.assertEqual([list(row) for row in excel], [list(row) for row in table], question)
                self.assert_inert(excel, question)

    def test_libreoffice_splits_nothing_and_runs_nothing(self):
        folder = FOLDER / "sheets"
        folder.mkdir(exist_ok=True)
        asked = list(questions(*COMMANDS))
        files = [folder / f"{nth}.csv" for nth, _ in enumerate(asked)]
        for file, question in zip(files, asked):
            file.write_bytes(run(*question, "-f", "csv"))
        for file in folder.glob("*.xlsx"):
            file.unlink()
        # The defaults of its dialog: comma, semicolon and tab separate, a quotation mark encloses texts.
        for options in ("44/59/9,34,UTF8,1,,0,true", "44/59/9,34,UTF8,1,,0,false"):
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{FOLDER}/profile", "--headless", f"--infilter=CSV:{options}",
                 "--convert-to", "xlsx", "--outdir", folder, *files],
                check=True, capture_output=True,
            )
            for file, question in zip(files, asked):
                self.assert_as_written(file, question, quoted_is_text=options.endswith("true"))

    def assert_as_written(self, file, question, quoted_is_text):
        sheet = openpyxl.load_workbook(file.with_suffix(".xlsx"), read_only=True).active
        header, *lines = [list(row) for row in sheet.iter_rows()]
        table = rows(file.read_text(encoding="utf-8"))
        self.assertFalse(any(cell.data_type == "f" for line in lines for cell in line), question)
        names = [cell.value for cell in header]
        self.assertEqual(len(lines), len(table), question)
        if table:
            self.assertEqual(names, list(table[0]), question)
        if not quoted_is_text:
            return
        for line, row in zip(lines, table):
            self.assertEqual(len(line), len(names), question)
            for cell, (name, text) in zip(line, row.items()):
                value = "" if cell.value is None else str(cell.value)
                # LibreOffice shows 15 digits of a number.
                if is_number(text) and len(text) > 15:
                    continue
                self.assertEqual(value, text, (question, name))

    def test_a_double_click_on_naughty_strings_runs_nothing(self):
        table = rows(run("report", NEW, "-f", "csv", "--excel").decode("utf-8-sig"))
        self.assert_inert(table, "--excel")

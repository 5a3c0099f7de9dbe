"""JSON and lines of JSON, read by jsonschema and DuckDB; ajv reads them in check.mjs."""

import json
import unittest

import duckdb
import jsonschema
from seatline import FOLDER, LICENSES, NEW, OF_SEVERAL, ROOT, naughty_strings, objects, questions, run

COMMANDS = ("report", "timeline", "admins", "check", *OF_SEVERAL)


def validator(name):
    schema = json.loads((ROOT / f"docs/schema/{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


class Documents(unittest.TestCase):
    def test_json_is_as_its_schema_says(self):
        folder = FOLDER / "answers"
        folder.mkdir(exist_ok=True)
        for command in COMMANDS:
            schema = validator(command)
            for nth, question in enumerate(questions(command)):
                text = run(*question, "-f", "json")
                (folder / f"{command}-{nth}.json").write_bytes(text)
                schema.validate(json.loads(text))

    def test_an_answer_that_nobody_knows_is_as_its_schema_says(self):
        for command in ("report", "timeline", "admins", "check"):
            validator(command).validate(json.loads(run(command, "nowhere.json", "-f", "json", codes=(3,))))
        for question in (("diff", "nowhere.json", NEW), ("fit", "nowhere.json", "--nobody-yet"),
                         ("preflight", "nowhere.json", "--nobody-yet", "--no-policy"), ("why", "x", "nowhere.json")):
            validator(question[0]).validate(json.loads(run(*question, "-f", "json", codes=(3,))))

    def test_names_come_back_as_they_are(self):
        for command in ("report", "timeline"):
            records = [record for record in objects(command, NEW) if record["kind"] == "userType"]
            for name in ("id", "name"):
                self.assertEqual([record[name] for record in records], naughty_strings(), command)

    def test_lines_are_as_their_schema_says(self):
        schema = validator("jsonl")
        for question in questions("report", "timeline", "admins", "check"):
            lines = run(*question, "-f", "jsonl", "--inline").splitlines()
            self.assertTrue(lines, question)
            for line in lines:
                schema.validate(json.loads(line))

    def test_duckdb_reads_the_lines(self):
        types = {"record": "VARCHAR", "source": "VARCHAR", "file": "VARCHAR", "document": "BIGINT", "version": "VARCHAR",
                 "fetchedAt": "VARCHAR", "asOf": "TIMESTAMP", "kind": "VARCHAR", "id": "VARCHAR", "name": "VARCHAR",
                 "status": "VARCHAR", "usableSeats": "BIGINT", "finalEnd": "TIMESTAMP", "rule": "VARCHAR", "message": "VARCHAR"}
        columns = ", ".join(f"\"{name}\": '{kind}'" for name, kind in types.items())
        shown = [name for name, kind in types.items() if kind != "TIMESTAMP"]
        for command in ("report", "timeline", "admins", "check"):
            file = FOLDER / f"{command}.jsonl"
            file.write_bytes(run(command, *LICENSES, "-f", "jsonl", "--inline"))
            expected = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
            rows = duckdb.sql(
                f"select {', '.join(chr(34) + name + chr(34) for name in shown)}, epoch_ms(\"asOf\") is null from "
                f"read_json('{file}', format = 'newline_delimited', columns = {{{columns}}})"
            ).fetchall()
            self.assertEqual(rows, [(*(row.get(name) for name in shown), False) for row in expected], command)

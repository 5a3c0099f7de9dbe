"""The order of moves: the script for Python has the moves of the JSON, and names are only texts in it."""

import ast
import csv
import io
import json
import unittest

from seatline import OF_SEVERAL, raw, run


class Moves(unittest.TestCase):
    def test_the_script_is_python_and_does_what_the_json_says(self):
        programs = set()
        for question in OF_SEVERAL["moves"]:
            answer = json.loads(run(*question, "-f", "json"))
            self.assertTrue(answer["possible"] and answer["batches"], question)
            expected = [(batch["userType"], list(zip(batch["users"], batch["from"]))) for batch in answer["batches"]]
            script = ast.parse(run(*question, "-f", "python").decode())
            [plan] = [node for node in script.body if isinstance(node, ast.Assign) and node.targets[0].id == "PLAN"]
            # Only literals are read, and nothing is run.
            self.assertEqual(ast.literal_eval(plan.value), expected, question)
            script.body.remove(plan)
            programs.add(ast.dump(script))
        # The code around the names is always the same.
        self.assertEqual(len(programs), 1)

    def test_the_csv_has_every_move_once(self):
        for question in OF_SEVERAL["moves"]:
            answer = json.loads(run(*question, "-f", "json"))
            expected = [(user, batch["userType"]) for batch in answer["batches"] for user in batch["users"]]
            rows = list(csv.DictReader(io.StringIO(run(*question, "-f", "csv").decode(), newline="")))
            for row, (user, user_type) in zip(rows, expected, strict=True):
                self.assertIn(raw(row["username"]), (user, "'" + user))
                self.assertIn(raw(row["userType"]), (user_type, "'" + user_type))

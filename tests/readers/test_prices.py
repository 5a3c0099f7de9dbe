"""Costs of random licenses and lists of prices, compared with Python's decimal."""

import json
import random
import subprocess
import unittest
from decimal import Decimal, localcontext

from seatline import FOLDER, SEATLINE

AS_OF = "2026-06-01"
BEGIN, END = 1767225600000, 1925078400000
KINDS = {"userType": "userTypes", "app": "apps", "extension": "extensions", "appBundle": "appBundles"}
# A price from the first day on holds on the as-of; a price from one of the other days on does not.
EARLIER, LATER = ["", "2026-01-15", AS_OF], ["2026-06-02", "2030-01-01"]
COSTS = ("owned", "old", "delta", "unassigned", "trueUp")


def amount(chance):
    """Digits as people write them, at most 15 of them: 0, 7, 1200.50, 0.0001, 1.200."""
    decimals = chance.choice([0, 0, 1, 2, 2, 3, 4, 6])
    whole = str(chance.randrange(10 ** chance.randrange(1, 9)))
    return whole + ("." + "".join(chance.choices("0123456789", k=decimals)) if decimals else "")


def made_up(chance):
    """Items with seats in two licenses, assigned seats, and prices."""
    items = []
    for nth in range(chance.randrange(1, 30)):
        prices = {}
        for day in chance.sample(EARLIER + LATER, chance.randrange(0, 4)):
            prices[day] = (amount(chance), chance.choice(["EUR", "USD", "JPY"]), chance.choice(["year", "month", "once"]))
        seats = lambda: chance.choice([0, 1, chance.randrange(500), chance.randrange(9_007_199_254)])
        items.append({"kind": chance.choice(list(KINDS)), "id": f"id{nth}", "old": seats(), "new": seats(),
                      "assigned": seats(), "prices": prices})
    return items


def license_of(items, name):
    provision = {member: [] for member in KINDS.values()}
    for item in items:
        for count, start in ((item[name], BEGIN), (0, END)):
            provision[KINDS[item["kind"]]].append({"id": item["id"], "maxUsers": count, "startDate": start})
    return {"MyEsri": {"version": "11.4", "provision": provision}}


def resource(items):
    """The license resource: how much of each item is assigned."""
    told = {member: [] for member in KINDS.values()}
    for item in items:
        count = item["assigned"]
        told[KINDS[item["kind"]]].append({"id": item["id"], "maximumRegisteredMembers": count,
                                          "currentRegisteredMembers": count, "expiration": END})
    members = sum(item["assigned"] for item in items if item["kind"] == "userType")
    return {"version": "11.4", "currentRegisteredMembers": members, "maximumRegisteredMembers": members, **told}


def written(items, chance):
    """The list of prices in one of the forms that spreadsheets write."""
    separator = chance.choice([",", ";", "\t", "|"])
    comma = separator == ";" and chance.random() < 0.7
    rows = [[item["kind"], item["id"], number.replace(".", ",") if comma else number, currency, period, day]
            for item in items for day, (number, currency, period) in item["prices"].items()]
    chance.shuffle(rows)
    lines = [["kind", "id", "unitPrice", "currency", "period", "validFrom"], *rows]
    text = "".join(separator.join(line) + chance.choice(["\n", "\r\n"]) for line in lines)
    return text.encode(chance.choice(["utf-8", "utf-8-sig", "utf-16"]))


def price(item):
    """The latest price that has begun."""
    begun = [day for day in item["prices"] if day in EARLIER]
    return item["prices"][max(begun)] if begun else None


def expected(items, command):
    """Seats and costs, by item and by currency and period."""
    each, sums = {}, {}
    for item in items:
        new, old, assigned = item["new"], item["old"], item["assigned"]
        seats = dict.fromkeys(COSTS)
        seats["owned"] = new
        if command in ("diff", "preflight"):
            seats.update(old=old, delta=new - old)
        if command in ("fit", "preflight"):
            seats.update(unassigned=max(0, new - assigned), trueUp=max(0, assigned - new))
        found = price(item)
        costs = {name: None if count is None else (count, None if found is None else Decimal(found[0]) * count)
                 for name, count in seats.items()}
        each[item["kind"], item["id"]] = costs
        if found is not None:
            group = sums.setdefault(found[1:], dict.fromkeys(COSTS))
            for name, cost in costs.items():
                if cost is not None:
                    group[name] = cost[1] + (Decimal(0) if group[name] is None else group[name])
    return each, sums


class Costs(unittest.TestCase):
    def run_json(self, *arguments):
        line = [SEATLINE, *map(str, arguments), "--as-of", AS_OF, "-f", "json", "-q"]
        done = subprocess.run(line, capture_output=True, check=False, cwd=self.folder)
        self.assertIn(done.returncode, (0, 1), (arguments, done.stderr.decode()))
        return json.loads(done.stdout)

    def assert_costs(self, costs, items, command):
        each, sums = expected(items, command)
        found = costs["items"] + costs["withoutPrice"]
        self.assertEqual(sorted((one["kind"], one["id"]) for one in found), sorted(each), command)
        self.assertTrue(all(one["price"] is None for one in costs["withoutPrice"]))
        for one in found:
            for name in COSTS:
                cost = one[name] and (one[name]["seats"], one[name]["cost"] and Decimal(one[name]["cost"]))
                self.assertEqual(cost, each[one["kind"], one["id"]][name], (command, one["id"], name))
        told = {(one["currency"], one["period"]): one for one in costs["sums"]}
        self.assertEqual(set(told), set(sums), command)
        for group, amounts in sums.items():
            for name, amount in amounts.items():
                # The digits are the same too, not only the value: nothing is rounded, and no zero is dropped.
                shown = told[group][name] and told[group][name]["cost"]
                self.assertEqual(shown, None if amount is None else f"{amount:f}", (command, group, name))

    def test_every_cost_is_that_of_pythons_decimal(self):
        self.folder = FOLDER / "prices"
        self.folder.mkdir(parents=True, exist_ok=True)
        seed = random.randrange(2**32)
        chance = random.Random(seed)
        with localcontext(prec=60), self.subTest(seed=seed):
            for _ in range(40):
                items = made_up(chance)
                for name in ("old", "new"):
                    (self.folder / f"{name}.json").write_text(json.dumps(license_of(items, name)))
                (self.folder / "prices.csv").write_bytes(written(items, chance))
                (self.folder / "resource.json").write_text(json.dumps(resource(items)))
                usage = ["--usage", "resource.json"]
                prices = ["--prices", "prices.csv"]
                report = self.run_json("report", "new.json", *prices)
                self.assert_costs(report["licenses"][0]["costs"], items, "report")
                self.assert_costs(self.run_json("fit", "new.json", *usage, *prices)["costs"], items, "fit")
                self.assert_costs(self.run_json("diff", "old.json", "new.json", *prices)["costs"], items, "diff")
                over = ("preflight", "new.json", "--over", "old.json", "--no-policy", *usage, *prices)
                self.assert_costs(self.run_json(*over)["costs"], items, "preflight")

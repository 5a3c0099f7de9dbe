"""Computes the formulas of a workbook from its cells alone. It knows no license."""

import math
import re

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:E[+-]?\d+)?)|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<cell>(?:[A-Za-z]+!)?\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)(?![A-Za-z(])|(?P<name>[A-Za-z]+)|(?P<sign><=|>=|<>|[-+*/(),=<>]))"
)


class Formulas:
    """A workbook as openpyxl reads it, with its formulas; `cells` replace cells of it."""

    def __init__(self, book, cells=None):
        self.book, self.cells, self.known, self.ranges = book, cells or {}, {}, {}

    def value(self, sheet, cell):
        """The value that a cell shows."""
        at = (sheet, cell)
        if at not in self.known:
            written = self.cells.get(at, self.raw(sheet, cell))
            is_formula = isinstance(written, str) and self.book[sheet][cell].data_type == "f" and at not in self.cells
            self.known[at] = Reader(self, sheet, written[1:]).whole() if is_formula else written
        return self.known[at]

    def raw(self, sheet, cell):
        """A number where openpyxl makes a date of it."""
        value = self.book[sheet][cell].value
        return to_excel(value) if hasattr(value, "year") else value

    def range(self, sheet, first, last):
        """The cells of a range in one column, or a single cell."""
        at = (sheet, first, last)
        if at not in self.ranges:
            (column, begin), (_, end) = (re.fullmatch(r"([A-Z]+)(\d+)", cell).groups() for cell in (first, last))
            self.ranges[at] = [self.value(sheet, f"{column}{row}") for row in range(int(begin), int(end) + 1)]
        return self.ranges[at]


def to_excel(date):
    """Days since 1899-12-30."""
    import datetime

    delta = date.replace(tzinfo=None) - datetime.datetime(1899, 12, 30)
    return delta / datetime.timedelta(days=1)


def last_at_most(wanted, values):
    """The position in an ascending list of the last value that is not greater."""
    found = [nth for nth, value in enumerate(values) if value <= wanted]
    return found[-1]


def numbers(how, one, other):
    """The result of `how`; None if a value is text, since no formula needs that result."""
    return None if isinstance(one, str) or isinstance(other, str) else how(one, other)


class Reader:
    """Parses one formula."""

    def __init__(self, formulas, sheet, text):
        self.formulas, self.sheet, self.at = formulas, sheet, 0
        self.tokens = []
        place = 0
        while place < len(text):
            match = TOKEN.match(text, place)
            assert match, (sheet, text, place)
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            place = match.end()
        self.tokens.append(("end", ""))

    def whole(self):
        value = self.comparison()
        assert self.tokens[self.at][0] == "end", self.tokens
        return value

    def take(self, *signs):
        if self.tokens[self.at][0] == "sign" and self.tokens[self.at][1] in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return None

    def comparison(self):
        left = self.sum()
        sign = self.take("=", "<=", ">=", "<", ">", "<>")
        if not sign:
            return left
        # Every text is greater than every number.
        left, right = ((isinstance(side, str), side) for side in (left, self.sum()))
        return {"=": left == right, "<>": left != right, "<=": left <= right, ">=": left >= right, "<": left < right,
                ">": left > right}[sign]

    def sum(self):
        value = self.product()
        while sign := self.take("+", "-"):
            value = numbers(lambda one, other: one + other if sign == "+" else one - other, value, self.product())
        return value

    def product(self):
        value = self.factor()
        while sign := self.take("*", "/"):
            value = numbers(lambda one, other: one * other if sign == "*" else one / other, value, self.factor())
        return value

    def factor(self):
        if self.take("-"):
            return -self.factor()
        if self.take("("):
            value = self.comparison()
            assert self.take(")")
            return value
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return float(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "cell":
            return self.cells(text)
        assert kind == "name", text
        if self.take("("):
            return self.call(text)
        defined = self.formulas.book.defined_names[text].attr_text
        return self.cells(defined)

    def cells(self, text):
        sheet, _, cells = text.rpartition("!")
        first, _, last = cells.replace("$", "").partition(":")
        sheet = sheet or self.sheet
        return self.formulas.range(sheet, first, last) if last else self.formulas.value(sheet, first)

    def call(self, name):
        arguments = []
        while not self.take(")"):
            arguments.append(self.comparison())
            self.take(",")
        return getattr(self, name)(*arguments)

    # The functions that occur. Both branches of IF are computed, since none of them can fail.
    def IF(self, condition, yes, no):
        return yes if condition else no

    def ISNUMBER(self, value):
        return isinstance(value, (int, float)) and not isinstance(value, bool)

    def COUNT(self, *values):
        return sum(self.ISNUMBER(value) for value in values)

    def SUMIFS(self, values, *asked):
        tests = list(zip(asked[::2], asked[1::2]))
        return sum(value for nth, value in enumerate(values)
                   if self.ISNUMBER(value) and all(of[nth] == wanted for of, wanted in tests))

    def INT(self, value):
        return math.floor(value) if self.ISNUMBER(value) else value

    def MAX(self, *values):
        return max(value for value in values if self.ISNUMBER(value))

    def ROUND(self, value, digits):
        assert digits == 0
        return math.floor(value + 0.5)

    def MATCH(self, wanted, values, how):
        assert how == 1
        return last_at_most(wanted, values) + 1

    def INDEX(self, values, nth):
        return values[int(nth) - 1]

    def LOOKUP(self, wanted, values, results):
        assert values == sorted(values)
        return results[last_at_most(wanted, values)]

"""Markdown, read by cmark-gfm, which GitHub uses."""

import unittest
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options
from seatline import NEW, OF_SEVERAL, naughty_strings, objects, questions, raw, run

# The markup that seatline itself writes. No name may add any of it.
OURS = {"h1", "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "br", "code", "ul", "li", "strong"}


class Page(HTMLParser):
    """The spans of code, and the tags that could come only from a name."""

    def __init__(self, page):
        super().__init__()
        self.codes, self.foreign, self.within, self.columns, self.strong = [], [], None, [], set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.within = tag
        if tag == "code":
            self.codes.append("")
        if tag == "tr":
            self.columns.append(0)
        if tag in ("td", "th"):
            self.columns[-1] += 1
        if tag not in OURS or any(name != "align" for name, _ in attributes):
            self.foreign.append((tag, attributes))

    def handle_endtag(self, tag):
        self.within = None

    def handle_data(self, data):
        if self.within == "code":
            self.codes[-1] += data
        if self.within == "strong":
            self.strong.add(data)


def page(*question):
    text = run(*question, "-f", "markdown").decode()
    return Page(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))


class Markdown(unittest.TestCase):
    def test_no_name_is_markup(self):
        for question in questions("report", "timeline", "admins", "check", *OF_SEVERAL):
            shown = page(*question)
            self.assertEqual(shown.foreign, [], question)
            self.assertLessEqual(shown.strong, {"error", "warning", "info", "not read"}, question)

    def test_names_are_copied_as_they_are(self):
        for question in questions("report"):
            codes = {raw(code) for code in page(*question).codes}
            for item in objects(*question):
                for name in filter(None, (item["id"], item["name"])):
                    # seatline writes a bar after a backslash in two spans.
                    if "\\|" not in name:
                        self.assertIn(name, codes, question)

    def test_a_table_has_as_many_cells_in_every_row(self):
        rows = page("report", NEW).columns
        self.assertGreater(len(rows), len(naughty_strings()))
        self.assertLessEqual(len(set(rows)), 5, set(rows))

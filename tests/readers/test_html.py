"""Pages of HTML, read by html5lib, and large ones by lexbor. Both read as browsers do; real browsers read them in tests/browser."""

import base64
import hashlib
import json
import unittest

import html5lib
from seatline import FOLDER, MEMBERS, NEW, OLD, license_of, members_of, naughty_strings, questions, raw, run
from selectolax.lexbor import LexborHTMLParser

COMMANDS = ("report", "timeline", "diff", "fit", "preflight")
NAUGHTY = (
    ("report", NEW), ("timeline", NEW), ("diff", OLD, NEW), ("fit", NEW, "--usage", MEMBERS),
    ("preflight", NEW, "--over", OLD, "--usage", MEMBERS, "--no-policy"),
)
# Elements and attributes that load, embed or send something.
FOREIGN = {"a", "base", "embed", "form", "frame", "iframe", "img", "link", "object", "audio", "video", "source"}


class Element:
    """An element of either reader."""

    def __init__(self, tag, attributes, text):
        self.tag, self.attributes, self.text = tag, attributes, text


def strictly(text):
    """The elements, by html5lib. An error of parsing, in the sense of the standard, fails."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True)
    return [Element(one.tag.rsplit("}", 1)[-1], one.attrib, one.text or "") for one in parser.parse(text).iter()]


def quickly(text):
    """The elements, by lexbor."""
    return [Element(one.tag, one.attributes, one.text() or "") for one in LexborHTMLParser(text).root.traverse()]


def html(question):
    return run(*question, "-f", "html").decode()


def shape(elements):
    """Elements and the names of their attributes, in the order of the page."""
    return [(one.tag, tuple(sorted(one.attributes))) for one in elements]


def digest(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


class Pages(unittest.TestCase):
    def assert_closed(self, page, question):
        [policy] = [one.attributes["content"] for one in page if one.attributes.get("http-equiv") == "Content-Security-Policy"]
        self.assertIn("default-src 'none'", policy, question)
        for element in page:
            self.assertNotIn(element.tag, FOREIGN, question)
            names = [name for name in element.attributes if name.lower().startswith("on") or name in ("src", "srcdoc")]
            self.assertEqual(names, [], (question, element.tag))
        scripts = [one for one in page if one.tag == "script"]
        data = [one for one in scripts if one.attributes.get("type") == "application/json"]
        self.assertEqual((len(scripts), len(data)), (2, 1), question)
        # The page runs only the script whose hash its policy has.
        self.assertTrue(all(digest(one.text) in policy for one in scripts if one not in data), question)
        json.loads(data[0].text)

    def test_every_page_is_read_without_an_error_and_loads_nothing(self):
        for question in questions(*COMMANDS):
            # html5lib takes a minute for a page of naughty strings.
            if NEW not in question:
                text = html(question)
                self.assert_closed(strictly(text), question)
                self.assertEqual(shape(quickly(text)), shape(strictly(text)), question)

    def test_names_bring_no_element(self):
        """A page of naughty strings has the elements of one of plain strings."""
        folder = FOLDER / "plain"
        folder.mkdir(exist_ok=True)
        plain = [f"plain{nth}" for nth, _ in enumerate(naughty_strings())]
        for name, document in (("new", license_of(plain, 3)), ("old", license_of(plain, 5)), ("members", members_of(plain))):
            (folder / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
        for question in NAUGHTY:
            page = quickly(html(question))
            self.assert_closed(page, question)
            other = [folder / part.name if part in (NEW, OLD, MEMBERS) else part for part in question]
            self.assertEqual(shape(page), shape(quickly(html(other))), question)

    def test_names_are_shown_as_they_are(self):
        shown = {raw(one.text) for one in quickly(html(NAUGHTY[0])) if one.tag == "code"}
        self.assertEqual([name for name in naughty_strings() if name not in shown], [])

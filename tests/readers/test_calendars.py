"""Calendars, read by icalendar and vobject; ical.js reads them in check.mjs."""

import subprocess
import unittest

import icalendar
import vobject
from seatline import AS_OF, FOLDER, NEW, ROOT, SAMPLES, SEATLINE, questions, run


# Calendars without events: nothing changes any more, or nothing must be done.
EMPTY = [
    ("timeline", SAMPLES / "portal-10.8.json", "--as-of", "2030-01-01"),
    ("preflight", SAMPLES / "enterprise-11.4.json", "--nobody-yet", "--no-policy", "--as-of", "2026-12-01"),
]


class Calendars(unittest.TestCase):
    def test_every_calendar_is_read(self):
        folder = FOLDER / "calendars"
        folder.mkdir(exist_ok=True)
        count = empty = 0
        for nth, question in enumerate([*questions("timeline", "preflight"), *EMPTY]):
            text = run(*question, "-f", "ics", "--remind", "30").decode()
            (folder / f"{nth}.ics").write_bytes(text.encode())
            lines = text.split("\r\n")
            self.assertTrue(all(len(line.encode()) <= 75 for line in lines), question)
            self.assertNotIn("\n", text.replace("\r\n", ""), question)
            calendar = icalendar.Calendar.from_ical(text)
            events = calendar.walk("VEVENT")
            # Section 3.6 of RFC 5545 asks for a component; a time zone is one that shows nothing.
            others = [one.name for one in calendar.subcomponents if one.name != "VEVENT"]
            self.assertEqual(others, [] if events else ["VTIMEZONE"], question)
            empty += not events
            vobject.readOne(text).validate(raiseException=True)
            self.assertEqual(len(events), sum(line == "BEGIN:VEVENT" for line in lines), question)
            uids = [str(event["UID"]) for event in events]
            self.assertEqual(len(uids), len(set(uids)), question)
            count += len(uids)
            if uids:
                read = vobject.readOne(text)
                self.assertEqual([event.uid.value for event in read.vevent_list], uids)
                self.assertEqual({event.transp.value for event in read.vevent_list}, {"TRANSPARENT"})
                descriptions = [event.description.value for event in read.vevent_list]
                self.assertEqual(descriptions, [str(event["DESCRIPTION"]) for event in events], question)
            for event in events:
                names = {"UID", "DTSTAMP", "SEQUENCE", "DTSTART", "SUMMARY", "DESCRIPTION", "TRANSP"}
                self.assertEqual(set(event.keys()), names, question)
        self.assertGreater(count, 20)
        self.assertGreaterEqual(empty, len(EMPTY))

    def test_two_portals_in_one_calendar_replace_nothing(self):
        uids = []
        for name in ("prod", "staging"):
            case = ROOT / f"tests/fixtures/consumers/ics-uid-{name}.json"
            for command in (["timeline", case], ["preflight", case, "--over", case, "--until", "2030-01-01", "--exit-zero"]):
                line = [SEATLINE, *map(str, command), "-q", "-f", "ics", "--as-of", "2024-02-01"]
                text = subprocess.run(line, capture_output=True, check=True, cwd=ROOT).stdout
                found = [str(event["UID"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]
                self.assertTrue(found, command)
                uids += found
        self.assertEqual(len(uids), len(set(uids)))

    def test_a_later_calendar_replaces_an_earlier_one(self):
        def events(as_of):
            line = [SEATLINE, "timeline", NEW, "-q", "-f", "ics", "--name", "EXAMPLE", "--as-of", as_of]
            text = subprocess.run(line, capture_output=True, check=True).stdout
            found = icalendar.Calendar.from_ical(text).walk("VEVENT")
            return {str(event["UID"]): int(event["SEQUENCE"]) for event in found}

        before, after = events(AS_OF), events("2025-12-02")
        self.assertEqual(before.keys(), after.keys())
        self.assertTrue(all(after[uid] == sequence + 24 for uid, sequence in before.items()))

"""What the functions give, from the schemas under docs/schema. Instants are RFC 3339 text in UTC, seats are integers.

Written by src/python/make_types.py.
"""

from __future__ import annotations

from typing import Any, List, Literal, Optional, TypedDict, Union


class ReportAdministrator(TypedDict):
    """Whether members of a user type can have the Administrator role, and how that is known."""
    basis: Optional[Literal["list", "catalog"]]
    """Where it comes from; null where it is not known."""
    compatible: Literal["yes", "no", "unknown"]
    """The answer."""


class ReportChange(TypedDict):
    """A later step."""
    at: str
    """When it begins."""
    seats: Optional[int]
    """The seats from then on; null for capabilities."""


class ReportCost(TypedDict):
    """A count of seats and what it costs."""
    at: str
    """The instant of the seats and of the price."""
    certain: bool
    """Whether the seats are the same however what cannot be read is read, and somebody counted those that are
    needed.
    """
    cost: Optional[str]
    """Seats times price; null where there is no price, or the product has more digits than can be counted with."""
    seats: int
    """How many; of a delta perhaps fewer than 0."""


class ReportCostSum(TypedDict):
    """A sum of costs."""
    certain: bool
    """Whether every part of it is certain."""
    cost: Optional[str]
    """The sum; null where it, or a part of it, has more digits than can be counted with."""


class ReportCostSums(TypedDict):
    """The sums of one currency and one period."""
    currency: str
    """Three letters of ISO 4217."""
    delta: Optional[ReportCostSum]
    """New less old."""
    old: Optional[ReportCostSum]
    """Of the seats that the old license gives."""
    owned: Optional[ReportCostSum]
    """Of the seats that the license gives."""
    period: Literal["year", "month", "once"]
    """What the prices are for."""
    trueUp: Optional[ReportCostSum]
    """Of the seats that lack."""
    unassigned: Optional[ReportCostSum]
    """Of the seats that are owned and assigned to nobody."""


class ReportCosts(TypedDict):
    """What seats cost by a list of prices. Amounts of one currency and one period are added up, no others; nothing
    is converted, rounded or spread over time.
    """
    asOf: str
    """The instant whose seats and prices are counted with, but for what a cost says itself."""
    items: List[ReportItemCosts]
    """The items that have a price; one whose price changes before its seats lack stands twice."""
    nextChange: Optional[str]
    """The first later instant at which the license gives another count of one of these items; null where there is
    none.
    """
    notes: List[str]
    """What whoever relies on it must know."""
    prices: str
    """The name of the list of prices."""
    sums: List[ReportCostSums]
    """The sums of `items`."""
    withoutPrice: List[ReportItemCosts]
    """The items that have none: their seats are in no sum."""


class ReportEntitlement(TypedDict):
    """An entitlement of an extension."""
    apiName: Optional[str]
    """What the entries call the entitlement; null where that cannot be read."""
    num: Optional[int]
    """Seats; null where the number cannot be read."""


class ReportFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What sort of failure."""
    column: Optional[int]
    """Where, if at one place."""
    document: int
    """Which document of the input, from 0."""
    file: str
    """The name of the input."""
    line: Optional[int]
    """Where, if at one place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """Which value, if it could be told."""
    source: str
    """Where the document is from: what its envelope says, else the name of the input."""


class ReportFindingReport(TypedDict):
    """A finding."""
    at: Optional[str]
    """The instant at which seats change or end, where it speaks of one."""
    id: Optional[str]
    """The item it speaks of, if of one."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kind of item it speaks of, if of any."""
    location: ReportLocation
    """The value it speaks of."""
    message: str
    """What is wrong and what follows."""
    rule: str
    """The rule."""
    severity: Literal["info", "warning", "error"]
    """How bad it is."""


class ReportIncluded(TypedDict):
    """An extension that a user type includes."""
    entitlements: List[str]
    """The names of the entitlements that come with it."""
    extension: str
    """The id of the extension."""


class ReportItemCosts(TypedDict):
    """What the seats of one item cost."""
    delta: Optional[ReportCost]
    """New less old."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """Whether it is a user type, an app bundle, an extension or an app."""
    name: Optional[str]
    """Its name, where one is known."""
    old: Optional[ReportCost]
    """The seats that the old license gives; null where there is none, or it does not tell."""
    owned: Optional[ReportCost]
    """The seats that the license gives; of `diff` and `preflight` the new one."""
    price: Optional[ReportUnitPrice]
    """Its price; null where the list has none that is valid then."""
    priceBegins: Optional[str]
    """Where it has none yet: when its first one begins."""
    trueUp: Optional[ReportCost]
    """The seats that lack: the most of all the time that is looked at, by the price of the day on which they first
    do. Null where nobody says how many are needed.
    """
    unassigned: Optional[ReportCost]
    """The seats that are owned and assigned to nobody; null where nobody counted."""


class ReportItemReport(TypedDict):
    """What a license document gives of one item."""
    administrator: Optional[ReportAdministrator]
    """Of user types: whether they are compatible with the Administrator role."""
    apps: Optional[List[str]]
    """The apps in the entry that holds at the as-of; null where there is no list."""
    certain: bool
    """Whether the seats are the same however what cannot be read is read."""
    certainUntil: Optional[str]
    """The first instant, from the as-of on, at which that is not so; null if always."""
    description: Optional[str]
    """The document's description of it."""
    endsAt: Optional[str]
    """The first later step to 0, be it a gap or the end; null where there is none."""
    entitlements: List[ReportEntitlement]
    """The entitlements in the entry that holds at the as-of."""
    finalEnd: Optional[str]
    """The step to 0 after which there are never seats again, be it later or not; null where there is none."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    includedBy: List[str]
    """The user types that include an extension."""
    includedEntitlements: List[ReportIncluded]
    """The entitlements of the extensions that a user type includes."""
    includes: List[str]
    """The extensions that a user type includes."""
    isEsriDefault: Optional[bool]
    """As it stands in the definition."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """Whether it is a user type, an app bundle, an extension, an app or a capability."""
    knownAs: Optional[str]
    """Its published name."""
    level: Optional[str]
    """A code, not a rank; as it stands there."""
    name: Optional[str]
    """The document's name for it."""
    nextChange: Optional[ReportChange]
    """The first later step."""
    since: Optional[str]
    """When the present step began; null before the first."""
    status: Literal["active", "upcoming", "lapsed", "expired", "empty"]
    """In one word."""
    usableSeats: Optional[int]
    """Seats to rely on; null for capabilities, which have dates only."""


class ReportLicenseReport(TypedDict):
    """What one license document gives."""
    administrators: List[str]
    """The user types compatible with the Administrator role that certainly have seats."""
    costs: Optional[ReportCosts]
    """What the seats of these items cost; null without a list of prices."""
    document: int
    """Which document of the file, from 0."""
    fetchedAt: Optional[str]
    """When the document was fetched, as its envelope says; null where nothing says so."""
    file: str
    """The file that was read, as it was named; `<stdin>` for standard input."""
    findings: List[ReportFindingReport]
    """What was not plainly read."""
    items: List[ReportItemReport]
    """By kind: user types, app bundles, extensions, apps, capabilities."""
    source: str
    """Where the document comes from: what its envelope says, else the file."""
    version: Optional[str]
    """The version of the license, as it stands there."""


class ReportLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The first column."""
    endColumn: int
    """The column after the last."""
    endLine: int
    """The last line."""
    line: int
    """The first line."""
    pointer: str
    """The value, or the member that is missing."""


class ReportUnitPrice(TypedDict):
    """The price of one seat."""
    amount: str
    """For one seat, with the digits that the list gives it."""
    currency: str
    """Three letters of ISO 4217."""
    line: int
    """Its line in the list, from 1."""
    period: Literal["year", "month", "once"]
    """What it is for: a year, a month, or once and for all."""
    validFrom: Optional[str]
    """Its first instant; null where the list gives none."""


class Report(TypedDict):
    """What licenses give at an instant."""
    asOf: str
    """The instant that all of it speaks of."""
    failures: List[ReportFailureReport]
    """The inputs that could not be read."""
    licenses: List[ReportLicenseReport]
    """One for each license document, never added up."""
    schema: Literal["seatline/report/v1"]
    """`seatline/report/v1`."""


class TimelineFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What sort of failure."""
    column: Optional[int]
    """Where, if at one place."""
    document: int
    """Which document of the input, from 0."""
    file: str
    """The name of the input."""
    line: Optional[int]
    """Where, if at one place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """Which value, if it could be told."""
    source: str
    """Where the document is from: what its envelope says, else the name of the input."""


class TimelineFindingReport(TypedDict):
    """A finding."""
    at: Optional[str]
    """The instant at which seats change or end, where it speaks of one."""
    id: Optional[str]
    """The item it speaks of, if of one."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kind of item it speaks of, if of any."""
    location: TimelineLocation
    """The value it speaks of."""
    message: str
    """What is wrong and what follows."""
    rule: str
    """The rule."""
    severity: Literal["info", "warning", "error"]
    """How bad it is."""


# A gap.
TimelineGapReport = TypedDict(
    "TimelineGapReport",
    {
        # How long, in calendar days; 0 within one day.
        "days": "int",
        # The first instant without.
        "from": "str",
        # The first instant with seats again.
        "to": "str",
    },
)


class TimelineLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The first column."""
    endColumn: int
    """The column after the last."""
    endLine: int
    """The last line."""
    line: int
    """The first line."""
    pointer: str
    """The value, or the member that is missing."""


class TimelineItem(TypedDict):
    """One item over time."""
    certainUntil: Optional[str]
    """The first instant, from the as-of on, at which readings differ; null if never."""
    daysAfterCommonEnd: Optional[int]
    """By how many calendar days the end is later than the common one; negative is earlier. Null where either is
    missing, or the end is not after the as-of.
    """
    document: int
    """Which document of the file, from 0."""
    fetchedAt: Optional[str]
    """When the document was fetched, as its envelope says; null where nothing says so."""
    file: str
    """The file that was read, as it was named; `<stdin>` for standard input."""
    finalEnd: Optional[str]
    """The step to 0 after which there are never seats again; null where there is none."""
    gaps: List[TimelineGapReport]
    """The times without seats between two with some, as far as they touch the window."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """Whether it is a user type, an app bundle, an extension, an app or a capability."""
    knownAs: Optional[str]
    """Its published name."""
    name: Optional[str]
    """The document's name for it."""
    openEnd: bool
    """Whether there are seats and no end is stated."""
    seatsBefore: Optional[int]
    """Seats just before the first of the steps; null for capabilities."""
    source: str
    """Where the document comes from: what its envelope says, else the file."""
    status: Literal["active", "upcoming", "lapsed", "expired", "empty"]
    """In one word, at the as-of."""
    steps: List[TimelineStep]
    """The steps within the window."""
    usableSeats: Optional[int]
    """Seats at the as-of; null for capabilities."""
    version: Optional[str]
    """The version of the license, as it stands there."""


class TimelineLicense(TypedDict):
    """One license."""
    commonEnd: Optional[str]
    """The end after the as-of that most items share, by calendar day; null where most do not agree."""
    document: int
    """Which document of the file, from 0."""
    fetchedAt: Optional[str]
    """When the document was fetched, as its envelope says; null where nothing says so."""
    file: str
    """The file that was read, as it was named; `<stdin>` for standard input."""
    findings: List[TimelineFindingReport]
    """What was not plainly read."""
    source: str
    """Where the document comes from: what its envelope says, else the file."""
    version: Optional[str]
    """The version of the license, as it stands there."""


class TimelineStep(TypedDict):
    """A step."""
    active: bool
    """Whether there is anything from then on."""
    at: str
    """When it begins."""
    certain: bool
    """Whether all readings agree on it."""
    seats: Optional[int]
    """The seats from then on; null for capabilities."""


# What changes when.
Timeline = TypedDict(
    "Timeline",
    {
        # The instant that statuses and remaining times speak of.
        "asOf": "str",
        # The inputs that could not be read.
        "failures": "List[TimelineFailureReport]",
        # The first instant of the window; null for all that was.
        "from": "Optional[str]",
        # Every item of every license.
        "items": "List[TimelineItem]",
        # The licenses.
        "licenses": "List[TimelineLicense]",
        # `seatline/timeline/v1`.
        "schema": "Literal[\"seatline/timeline/v1\"]",
        # The last instant of the window; null for all that will be.
        "to": "Optional[str]",
    },
)


class AdminsAdminUserType(TypedDict):
    """A user type as an answer to "can the initial administrator have it"."""
    administrator: Optional[AdminsAdministrator]
    """Whether it is compatible with the Administrator role."""
    certain: bool
    """Whether the seats are the same however what cannot be read is read."""
    certainUntil: Optional[str]
    """The first instant, from the as-of on, at which readings differ; null if never."""
    document: int
    """Which document of the file, from 0."""
    endsAt: Optional[str]
    """The first later step to 0; null where no end is stated."""
    fetchedAt: Optional[str]
    """When the document was fetched, as its envelope says; null where nothing says so."""
    file: str
    """The file that was read, as it was named; `<stdin>` for standard input."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    knownAs: Optional[str]
    """Its published name."""
    name: Optional[str]
    """The document's name for it."""
    obstacles: List[Literal["not-compatible", "compatibility-unknown", "no-seats", "seats-uncertain"]]
    """What stands in the way; empty where nothing does."""
    source: str
    """Where the document comes from: what its envelope says, else the file."""
    status: Literal["active", "upcoming", "lapsed", "expired", "empty"]
    """In one word."""
    usable: Literal["yes", "no", "unknown"]
    """Whether it can: yes if it is compatible and certainly has seats; no if it is known not to be or not to have
    any.
    """
    usableSeats: int
    """Seats to rely on."""
    version: Optional[str]
    """The version of the license, as it stands there."""


class AdminsAdministrator(TypedDict):
    """Whether members of a user type can have the Administrator role, and how that is known."""
    basis: Optional[Literal["list", "catalog"]]
    """Where it comes from; null where it is not known."""
    compatible: Literal["yes", "no", "unknown"]
    """The answer."""


class AdminsLicense(TypedDict):
    """One license."""
    document: int
    """Which document of the file, from 0."""
    fetchedAt: Optional[str]
    """When the document was fetched, as its envelope says; null where nothing says so."""
    file: str
    """The file that was read, as it was named; `<stdin>` for standard input."""
    foreign: List[str]
    """User types that the administrator list names and the license neither defines nor provides: then the list
    probably belongs to another license.
    """
    pick: Optional[str]
    """The usable user type with the most seats; null where there is none, or the administrator list probably belongs
    to another license.
    """
    source: str
    """Where the document comes from: what its envelope says, else the file."""
    version: Optional[str]
    """The version of the license, as it stands there."""


class AdminsFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What sort of failure."""
    column: Optional[int]
    """Where, if at one place."""
    document: int
    """Which document of the input, from 0."""
    file: str
    """The name of the input."""
    line: Optional[int]
    """Where, if at one place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """Which value, if it could be told."""
    source: str
    """Where the document is from: what its envelope says, else the name of the input."""


class Admins(TypedDict):
    """The JSON of `seatline admins`, version 1. Fields may be added, never changed."""
    asOf: str
    """The instant that all of it speaks of."""
    failures: List[AdminsFailureReport]
    """The inputs that could not be read."""
    licenses: List[AdminsLicense]
    """The licenses, each with its own pick."""
    pick: Optional[str]
    """The usable user type with the most seats; null where there is none, or more than one license, or where the
    administrator list probably belongs to another license.
    """
    schema: Literal["seatline/admins/v1"]
    """`seatline/admins/v1`."""
    until: Optional[str]
    """The last instant at which a user type must have seats; null where that is the as-of."""
    userTypes: List[AdminsAdminUserType]
    """Every user type of every license."""


class CheckedFinding(TypedDict):
    """A finding, what to do about it, and whether it is accepted."""
    advice: str
    """What to do."""
    at: Optional[str]
    """The instant at which seats change or end, where it speaks of one."""
    id: Optional[str]
    """The item it speaks of, if of one."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kind of item it speaks of, if of any."""
    location: CheckLocation
    """The value it speaks of."""
    message: str
    """What is wrong and what follows."""
    rule: str
    """The rule."""
    severity: Literal["info", "warning", "error"]
    """How bad it is."""
    waived: Optional[CheckWaived]
    """The waiver that accepts it; null where none does."""


class CheckedLicense(TypedDict):
    """One license document."""
    document: int
    """Which document of the input, from 0."""
    fetchedAt: Optional[str]
    """When it was fetched, as its envelope says; null where that is not told."""
    file: str
    """The name of the input; positions are in it."""
    findings: List[CheckedFinding]
    """The findings, in the order of the document."""
    notes: List[str]
    """What else is worth knowing: what would be found if the portal's built-in accounts counted."""
    source: str
    """Where the license is from: what its envelope says, else the name of the input."""
    version: Optional[str]
    """The version of the file, as it stands there."""


class CheckFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What sort of failure."""
    column: Optional[int]
    """Where, if at one place."""
    document: int
    """Which document of the input, from 0."""
    file: str
    """The name of the input."""
    line: Optional[int]
    """Where, if at one place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """Which value, if it could be told."""
    source: str
    """Where the document is from: what its envelope says, else the name of the input."""


class CheckLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The first column."""
    endColumn: int
    """The column after the last."""
    endLine: int
    """The last line."""
    line: int
    """The first line."""
    pointer: str
    """The value, or the member that is missing."""


class CheckPolicyReport(TypedDict):
    """The policy that was used, and what is to be said of its waivers."""
    findings: List[CheckedFinding]
    """The findings; their locations are in that file, their pointers count its tables."""
    source: str
    """The name of its file."""


class CheckSummary(TypedDict):
    """How many findings there are, those that are accepted apart."""
    errors: int
    """Findings that are errors."""
    failures: int
    """Inputs that could not be read."""
    infos: int
    """Findings that are information."""
    licenses: int
    """License documents."""
    waived: int
    """Findings that waivers accept."""
    warnings: int
    """Findings that are warnings."""


class CheckWaived(TypedDict):
    """Why a finding is accepted, and until when."""
    reason: str
    """Why."""
    until: str
    """The last instant at which it is accepted."""


class Check(TypedDict):
    """What is worth saying of licenses."""
    asOf: str
    """The instant that all of it speaks of."""
    failures: List[CheckFailureReport]
    """The inputs that could not be read."""
    licenses: List[CheckedLicense]
    """One for each license document."""
    policy: Optional[CheckPolicyReport]
    """The policy that was used; null where there was none."""
    schema: Literal["seatline/check/v1"]
    """`seatline/check/v1`."""
    summary: CheckSummary
    """How many findings there are."""


class DiffAdministrator(TypedDict):
    """Whether members of a user type can have the Administrator role, and how that is known."""
    basis: Optional[Literal["list", "catalog"]]
    """Where it comes from; null where it is not known."""
    compatible: Literal["yes", "no", "unknown"]
    """The answer."""


class DiffCapabilitiesChange(TypedDict):
    """`MyEsri.capabilities`, as it is written."""
    new: Optional[str]
    old: Optional[str]


class DiffCost(TypedDict):
    """A count of seats and what it costs."""
    at: str
    """The instant of the seats and of the price."""
    certain: bool
    """Whether the seats are the same however what cannot be read is read, and somebody counted those that are
    needed.
    """
    cost: Optional[str]
    """Seats times price; null where there is no price, or the product has more digits than can be counted with."""
    seats: int
    """How many; of a delta perhaps fewer than 0."""


class DiffCostSum(TypedDict):
    """A sum of costs."""
    certain: bool
    """Whether every part of it is certain."""
    cost: Optional[str]
    """The sum; null where it, or a part of it, has more digits than can be counted with."""


class DiffCostSums(TypedDict):
    """The sums of one currency and one period."""
    currency: str
    """Three letters of ISO 4217."""
    delta: Optional[DiffCostSum]
    """New less old."""
    old: Optional[DiffCostSum]
    """Of the seats that the old license gives."""
    owned: Optional[DiffCostSum]
    """Of the seats that the license gives."""
    period: Literal["year", "month", "once"]
    """What the prices are for."""
    trueUp: Optional[DiffCostSum]
    """Of the seats that lack."""
    unassigned: Optional[DiffCostSum]
    """Of the seats that are owned and assigned to nobody."""


class DiffCosts(TypedDict):
    """What seats cost by a list of prices. Amounts of one currency and one period are added up, no others; nothing
    is converted, rounded or spread over time.
    """
    asOf: str
    """The instant whose seats and prices are counted with, but for what a cost says itself."""
    items: List[DiffItemCosts]
    """The items that have a price; one whose price changes before its seats lack stands twice."""
    nextChange: Optional[str]
    """The first later instant at which the license gives another count of one of these items; null where there is
    none.
    """
    notes: List[str]
    """What whoever relies on it must know."""
    prices: str
    """The name of the list of prices."""
    sums: List[DiffCostSums]
    """The sums of `items`."""
    withoutPrice: List[DiffItemCosts]
    """The items that have none: their seats are in no sum."""


class DiffDiffAdministrator(TypedDict):
    """Two answers."""
    new: DiffAdministrator
    old: DiffAdministrator


class DiffFall(TypedDict):
    """An item of NEW that gives less than before from an instant on."""
    after: Optional[int]
    """Seats from then on; null for capabilities."""
    at: str
    """The instant."""
    before: Optional[int]
    """Seats before; null for capabilities."""
    certain: bool
    """Whether all readings agree on it."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """Whether it is a user type, an app bundle, an extension, an app or a capability."""


class DiffFinding(TypedDict):
    """Something that is lost, or cannot be read plainly."""
    id: Optional[str]
    """The item it speaks of, if of one."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kind of item it speaks of, if of any."""
    message: str
    """What is lost, and when."""
    new: Optional[DiffLocation]
    """Where in the new one."""
    old: Optional[DiffLocation]
    """Where in the old license."""
    reason: Literal["not-certain", "fewer-seats", "capability-lost", "definition-lost", "includes-lost", "entitlement-lost", "app-lost", "administrator-lost"]
    """Which sort."""


# A span of time without seats.
DiffGap = TypedDict(
    "DiffGap",
    {
        # How long, in calendar days; 0 within one day.
        "days": "int",
        # Its first instant.
        "from": "str",
        # The first instant with seats again.
        "to": "str",
    },
)


class DiffItem(TypedDict):
    """An item in both licenses."""
    administrator: Optional[DiffDiffAdministrator]
    """Of user types: whether it was, and is, compatible with the Administrator role."""
    changed: bool
    """Whether anything of it differs from the as-of on."""
    delta: Optional[int]
    """New less old; null for capabilities."""
    endDays: Optional[int]
    """By how many calendar days it ends later; negative is earlier. Null where either has no end."""
    extras: List[DiffExtraChange]
    """What besides seats differs from the as-of on."""
    extrasLost: List[DiffExtraLoss]
    """What besides seats the new license gives less of, and when."""
    gap: Optional[DiffGap]
    """The time without seats between the end of the old term and the beginning of the new one."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    includesLost: List[str]
    """The extensions that a user type included and does not any more."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """Whether it is a user type, an app bundle, an extension, an app or a capability."""
    knownAs: Optional[str]
    """Its published name."""
    lost: List[DiffLost]
    """When the new license gives less than the old one, from the as-of on. Of an extension that takes the place of
    retired ones, `old` is the sum of all of them.
    """
    name: Optional[str]
    """The new document's name for it, else the old one's."""
    new: Optional[int]
    """Seats at the as-of in the new one; null for capabilities."""
    newActive: bool
    """Whether it is there at the as-of, in the new one."""
    newCertainUntil: Optional[str]
    """The same of the new one."""
    newEnd: Optional[str]
    """When it ends for good in the new one."""
    newSteps: List[DiffTimelineStep]
    """Every step of the new one after the as-of."""
    old: Optional[int]
    """Seats at the as-of in the old license; null for capabilities."""
    oldActive: bool
    """Whether it is there at the as-of, in the old license."""
    oldCertainUntil: Optional[str]
    """The first instant, from the as-of on, at which the old license is not certain; null if it always is."""
    oldEnd: Optional[str]
    """When it ends for good in the old license; null where it does not, or never begins."""
    oldNoEnd: bool
    """Whether that is null because a license resource gives an expiration that may mean "never": perhaps it is
    perpetual.
    """
    oldSteps: List[DiffTimelineStep]
    """Every step of the old license after the as-of."""
    presence: Literal["both", "removed", "added"]
    """Where it is."""
    renamed: Optional[DiffRenamed]
    """The old name and the new one, where the definitions differ."""
    replacedBy: Optional[DiffReplacement]
    """The extension of the new license that takes the place of this retired one."""
    replaces: List[DiffReplacement]
    """The retired extensions of the old license that this one takes the place of."""
    retired: Optional[str]
    """What is known of the end of an id that only the old license has."""


class DiffSide(TypedDict):
    """One of the two licenses."""
    document: Literal["license", "licenseResource"]
    """Whether the license itself was given, or what the portal says of it."""
    end: Optional[str]
    """From when on none of its user types has seats; null where one goes on without an end, or none ever has seats."""
    fetchedAt: Optional[str]
    """When it was fetched, as its envelope says; null where that is not told."""
    file: str
    """The name of the input; positions are in it."""
    foreign: List[str]
    """User types that the administrator list of this side names and this side neither defines nor provides: then the
    list probably belongs to another license.
    """
    future: Optional[str]
    """The name of the input with the future license, where one was given."""
    noEnd: bool
    """Whether `end` is null because a license resource gives an expiration that may mean "never": perhaps it is
    perpetual.
    """
    source: str
    """Where it is from: what its envelope says, else the name of the input."""
    version: Optional[str]
    """The version of the file, as it stands there."""


class DiffSum(TypedDict):
    """Seats of one kind at the as-of."""
    delta: int
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    new: int
    old: int


# Something besides seats that differs.
DiffExtraChange = TypedDict(
    "DiffExtraChange",
    {
        # Which entitlement, app or included extension; null of a definition.
        "detail": "Optional[str]",
        # The first instant, from the as-of on, at which it differs.
        "from": "str",
        # Which of the things that a license gives: seats, an entitlement, an app, a definition …
        "given": "Literal[\"seats\", \"capability\", \"definition\", \"inclusion\", \"includedEntitlement\", \"entitlement\", \"app\", \"administrator\"]",
        # What the new one gives then.
        "new": "int",
        # What the old license gives then: a number of an entitlement, else 1 or 0.
        "old": "int",
        # The extension that the user type includes in place of a retired one.
        "replacedBy": "Optional[DiffReplacement]",
    },
)


# Something besides seats that the new license gives less of.
DiffExtraLoss = TypedDict(
    "DiffExtraLoss",
    {
        # Which entitlement, app or included extension; null of a definition.
        "detail": "Optional[str]",
        # The first instant.
        "from": "str",
        # Which of the things that a license gives: seats, an entitlement, an app, a definition …
        "given": "Literal[\"seats\", \"capability\", \"definition\", \"inclusion\", \"includedEntitlement\", \"entitlement\", \"app\", \"administrator\"]",
        # What the new one gives.
        "new": "int",
        # What the old license gives: a number of an entitlement, else 1.
        "old": "int",
        # The first instant after it; null for "for ever".
        "to": "Optional[str]",
    },
)


class DiffFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What sort of failure."""
    column: Optional[int]
    """Where, if at one place."""
    document: int
    """Which document of the input, from 0."""
    file: str
    """The name of the input."""
    line: Optional[int]
    """Where, if at one place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """Which value, if it could be told."""
    source: str
    """Where the document is from: what its envelope says, else the name of the input."""


class DiffItemCosts(TypedDict):
    """What the seats of one item cost."""
    delta: Optional[DiffCost]
    """New less old."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """Whether it is a user type, an app bundle, an extension or an app."""
    name: Optional[str]
    """Its name, where one is known."""
    old: Optional[DiffCost]
    """The seats that the old license gives; null where there is none, or it does not tell."""
    owned: Optional[DiffCost]
    """The seats that the license gives; of `diff` and `preflight` the new one."""
    price: Optional[DiffUnitPrice]
    """Its price; null where the list has none that is valid then."""
    priceBegins: Optional[str]
    """Where it has none yet: when its first one begins."""
    trueUp: Optional[DiffCost]
    """The seats that lack: the most of all the time that is looked at, by the price of the day on which they first
    do. Null where nobody says how many are needed.
    """
    unassigned: Optional[DiffCost]
    """The seats that are owned and assigned to nobody; null where nobody counted."""


class DiffLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The first column."""
    endColumn: int
    """The column after the last."""
    endLine: int
    """The last line."""
    line: int
    """The first line."""
    pointer: str
    """The value, or the member that is missing."""


# A span of time with fewer seats.
DiffLost = TypedDict(
    "DiffLost",
    {
        # Its first instant.
        "from": "str",
        # Seats in the new one; null for capabilities.
        "new": "Optional[int]",
        # Seats in the old license; null for capabilities.
        "old": "Optional[int]",
        # The first instant after it; null for "for ever".
        "to": "Optional[str]",
    },
)


class DiffRenamed(TypedDict):
    """Two names."""
    new: str
    old: str


class DiffReplacement(TypedDict):
    """One extension in the place of another."""
    id: str
    """The id of the other one."""
    perhaps: bool
    """Whether that is inferred, and not published."""


class DiffTimelineStep(TypedDict):
    """A step."""
    active: bool
    """Whether there is anything from then on."""
    at: str
    """When it begins."""
    certain: bool
    """Whether all readings agree on it."""
    seats: Optional[int]
    """The seats from then on; null for capabilities."""


class DiffUnitPrice(TypedDict):
    """The price of one seat."""
    amount: str
    """For one seat, with the digits that the list gives it."""
    currency: str
    """Three letters of ISO 4217."""
    line: int
    """Its line in the list, from 1."""
    period: Literal["year", "month", "once"]
    """What it is for: a year, a month, or once and for all."""
    validFrom: Optional[str]
    """Its first instant; null where the list gives none."""


class Diff(TypedDict):
    """What a new license gives less than an old one, and what else is different."""
    asOf: str
    """The instant of the import: what was before does not count."""
    capabilities: Optional[DiffCapabilitiesChange]
    """`MyEsri.capabilities` of both, where they differ. Nobody has published what they mean, so they are not judged."""
    costs: Optional[DiffCosts]
    """What the seats of both sides cost at the as-of; null without a list of prices."""
    failures: List[DiffFailureReport]
    """The inputs that could not be read."""
    falls: List[DiffFall]
    """When NEW gives less than it gave before, but for the end of the license."""
    findings: List[DiffFinding]
    """What is lost, and what cannot be read plainly."""
    items: List[DiffItem]
    """Every item of both licenses."""
    looksSwapped: bool
    """Whether everything of NEW ends before OLD begins to differ: perhaps OLD is the new license and NEW the old
    one.
    """
    new: Optional[DiffSide]
    """The license that is to be imported; null where an input could not be read."""
    notJudged: List[Literal["seats", "capability", "definition", "inclusion", "includedEntitlement", "entitlement", "app", "administrator"]]
    """What OLD does not tell, and is therefore not judged."""
    nothingLost: Optional[bool]
    """Whether both are read plainly and NEW gives at every instant from the as-of on at least what OLD gives. Null
    where an input could not be read.
    """
    old: Optional[DiffSide]
    """The license that is in force; null where an input could not be read."""
    oldEnded: Optional[str]
    """When OLD ended, if that was not after the as-of: then nothing is left to compare, and nothing is lost."""
    schema: Literal["seatline/diff/v1"]
    """`seatline/diff/v1`."""
    sums: List[DiffSum]
    """Seats at the as-of, for each kind."""
    unchanged: int
    """How many of them give the same on both sides from the as-of on."""
    verdict: Optional[str]
    """The answer in words; null where an input could not be read."""


class FitCost(TypedDict):
    """A count of seats and what it costs."""
    at: str
    """The instant of the seats and of the price."""
    certain: bool
    """Whether the seats are the same however what cannot be read is read, and somebody counted those that are
    needed.
    """
    cost: Optional[str]
    """Seats times price; null where there is no price, or the product has more digits than can be counted with."""
    seats: int
    """How many; of a delta perhaps fewer than 0."""


class FitCostSum(TypedDict):
    """A sum of costs."""
    certain: bool
    """Whether every part of it is certain."""
    cost: Optional[str]
    """The sum; null where it, or a part of it, has more digits than can be counted with."""


class FitCostSums(TypedDict):
    """The sums of one currency and one period."""
    currency: str
    """Three letters of ISO 4217."""
    delta: Optional[FitCostSum]
    """New less old."""
    old: Optional[FitCostSum]
    """Of the seats that the old license gives."""
    owned: Optional[FitCostSum]
    """Of the seats that the license gives."""
    period: Literal["year", "month", "once"]
    """What the prices are for."""
    trueUp: Optional[FitCostSum]
    """Of the seats that lack."""
    unassigned: Optional[FitCostSum]
    """Of the seats that are owned and assigned to nobody."""


class FitCosts(TypedDict):
    """What seats cost by a list of prices. Amounts of one currency and one period are added up, no others; nothing
    is converted, rounded or spread over time.
    """
    asOf: str
    """The instant whose seats and prices are counted with, but for what a cost says itself."""
    items: List[FitItemCosts]
    """The items that have a price; one whose price changes before its seats lack stands twice."""
    nextChange: Optional[str]
    """The first later instant at which the license gives another count of one of these items; null where there is
    none.
    """
    notes: List[str]
    """What whoever relies on it must know."""
    prices: str
    """The name of the list of prices."""
    sums: List[FitCostSums]
    """The sums of `items`."""
    withoutPrice: List[FitItemCosts]
    """The items that have none: their seats are in no sum."""


class FitFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What sort of failure."""
    column: Optional[int]
    """Where, if at one place."""
    document: int
    """Which document of the input, from 0."""
    file: str
    """The name of the input."""
    line: Optional[int]
    """Where, if at one place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """Which value, if it could be told."""
    source: str
    """Where the document is from: what its envelope says, else the name of the input."""


class FitFindingReport(TypedDict):
    """A finding."""
    at: Optional[str]
    """The instant at which seats change or end, where it speaks of one."""
    id: Optional[str]
    """The item it speaks of, if of one."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kind of item it speaks of, if of any."""
    location: FitLocation
    """The value it speaks of."""
    message: str
    """What is wrong and what follows."""
    rule: str
    """The rule."""
    severity: Literal["info", "warning", "error"]
    """How bad it is."""


class FitItem(TypedDict):
    """An item, and how much of it is in use."""
    assigned: Optional[int]
    """Seats that are assigned at the as-of, with what is planned to be by then; null where nobody counted."""
    available: Optional[int]
    """Usable seats less assigned ones: negative is over-assigned."""
    certain: bool
    """Whether the seats at the as-of are certain."""
    certainUntil: Optional[str]
    """From when on they are not; null for never."""
    firstShortage: Optional[FitShortage]
    """The first time there are too few seats, also after `until`."""
    fits: Optional[bool]
    """Whether it fits from `asOf` to `until`, certainly. Where nobody counted it is false if not even the plan by
    itself fits, and else null.
    """
    fitsUntil: Optional[str]
    """The first instant, from the as-of on, at which it does not certainly fit, also after `until`; null for never."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    inLicense: bool
    """Whether the license has it at all. If not, there are no seats of it, and it is perhaps retired."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """Whether it is a user type, an app bundle, an extension, an app or a capability."""
    knownAs: Optional[str]
    """Its published name."""
    mostShort: Optional[FitMostShort]
    """The most seats that lack at once from `asOf` to `until`; null where none do, or nobody says how many are
    needed.
    """
    name: Optional[str]
    """The document's name for it."""
    near: Optional[str]
    """The id of the license that was perhaps meant, where the license does not have this one and nobody knows it."""
    planned: int
    """How many the plan adds at or before `until`."""
    replaces: List[FitReplaced]
    """The retired ids whose seats count as seats of this one."""
    retired: Optional[str]
    """What perhaps took its place, where the license does not have it."""
    usableSeats: int
    """Seats at the as-of."""
    useLevel: Optional[Literal["info", "warning", "error"]]
    """Whether that is a warning or an error; null where it is neither."""
    usePercent: Optional[float]
    """Assigned in percent of usable, rounded down to a tenth; null where there are no seats or nobody counted."""


class FitItemCosts(TypedDict):
    """What the seats of one item cost."""
    delta: Optional[FitCost]
    """New less old."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """Whether it is a user type, an app bundle, an extension or an app."""
    name: Optional[str]
    """Its name, where one is known."""
    old: Optional[FitCost]
    """The seats that the old license gives; null where there is none, or it does not tell."""
    owned: Optional[FitCost]
    """The seats that the license gives; of `diff` and `preflight` the new one."""
    price: Optional[FitUnitPrice]
    """Its price; null where the list has none that is valid then."""
    priceBegins: Optional[str]
    """Where it has none yet: when its first one begins."""
    trueUp: Optional[FitCost]
    """The seats that lack: the most of all the time that is looked at, by the price of the day on which they first
    do. Null where nobody says how many are needed.
    """
    unassigned: Optional[FitCost]
    """The seats that are owned and assigned to nobody; null where nobody counted."""


# A line of the plan that is not counted.
FitLaterLine = TypedDict(
    "FitLaterLine",
    {
        # How many seats more are to be assigned.
        "count": "int",
        # From when on.
        "from": "str",
        # The id as it stands in the license, compared byte for byte.
        "id": "str",
        # Whether it is a user type, an app bundle, an extension, an app or a capability.
        "kind": "Literal[\"userType\", \"appBundle\", \"extension\", \"app\", \"capability\"]",
    },
)


class FitLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The first column."""
    endColumn: int
    """The column after the last."""
    endLine: int
    """The last line."""
    line: int
    """The first line."""
    pointer: str
    """The value, or the member that is missing."""


class FitMisfit(TypedDict):
    """A time at which something does not certainly fit."""
    at: str
    """Its first instant."""
    items: List[FitMisfitItem]
    """What does not certainly fit at its first instant."""
    later: int
    """How many more items do not certainly fit at some later time, at the latest at `until`."""
    lockedOut: int
    """Members without administrator privileges who are locked out then."""
    lockedOutIsUpperBound: bool
    """Whether there may be fewer, since not every role is known."""
    to: Optional[str]
    """The first instant at which everything fits again; null where that never is."""


class FitMisfitItem(TypedDict):
    """An item that does not certainly fit."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """Whether it is a user type, an app bundle, an extension, an app or a capability."""
    short: bool
    """Whether there are certainly too few seats; otherwise it is not certain how many there are."""


class FitMostShort(TypedDict):
    """The most seats that lack at once."""
    assigned: int
    """What is assigned then, with what is planned to be."""
    at: str
    """The first instant at which so many lack."""
    certain: bool
    """Whether the seats are certain then."""
    seats: int
    """The seats to rely on then."""
    short: int
    """How many are missing then."""


class FitMoveProblem(TypedDict):
    """One thing that stands against moves."""
    code: Literal["unknown-user", "ambiguous-name", "two-targets", "unknown-type", "no-seats", "seats-not-certain", "not-counted", "administrator-type", "no-administrator-left", "ends-short", "deadlock", "held-by-last"]
    """Which sort of problem."""
    message: str
    """What is wrong and what to do, for people."""
    userTypes: List[str]
    """The user types it speaks of."""
    username: Optional[str]
    """The member it speaks of, if of one."""


class FitReplaced(TypedDict):
    """A retired id whose seats count as seats of its successor."""
    assigned: int
    """Seats of it that are assigned at the as-of, with what is planned to be by then."""
    id: str
    """The id."""
    perhaps: bool
    """Whether it is inferred and not published that the successor takes its place."""


class FitShortage(TypedDict):
    """Too few seats."""
    assigned: int
    """What is assigned then, with what is planned to be."""
    at: str
    """Its first instant."""
    isLicenseEnd: bool
    """Whether the whole license ends then, or less than 24 hours later."""
    lockedOut: Optional[int]
    """How many members are locked out then: all of the user type without administrator privileges. Null for
    everything else than user types.
    """
    lockedOutIsUpperBound: bool
    """Whether there may be fewer, since not every role is known."""
    seats: int
    """The seats at its first instant."""
    short: int
    """How many are missing then."""
    to: Optional[str]
    """The first instant at which there are enough again; null where that never is."""


class FitUnitPrice(TypedDict):
    """The price of one seat."""
    amount: str
    """For one seat, with the digits that the list gives it."""
    currency: str
    """Three letters of ISO 4217."""
    line: int
    """Its line in the list, from 1."""
    period: Literal["year", "month", "once"]
    """What it is for: a year, a month, or once and for all."""
    validFrom: Optional[str]
    """Its first instant; null where the list gives none."""


class FitUnknownRole(TypedDict):
    """A role of which nobody says whether it is an administrator's."""
    members: int
    """How many members have it."""
    role: Optional[str]
    """The role, as it was given; null for members without one."""


class Fit(TypedDict):
    """Whether what is assigned, and what is planned, fits a license."""
    asOf: str
    """The instant from which on it must fit."""
    costs: Optional[FitCosts]
    """What the seats cost that are owned, that are assigned to nobody, and that lack; null without a list of prices."""
    disabledMembers: Optional[int]
    """How many of them are disabled; they hold a seat all the same. Null where it is not known of each."""
    document: int
    """Which document of the input, from 0."""
    failures: List[FitFailureReport]
    """The inputs that could not be read."""
    fetchedAt: Optional[str]
    """When it was fetched, as its envelope says; null where that is not told."""
    file: Optional[str]
    """The file that was read."""
    findings: List[FitFindingReport]
    """What was not plainly read in the license."""
    firstMisfit: Optional[FitMisfit]
    """The first time at which something does not certainly fit, if that is at or before `until`."""
    fits: Optional[bool]
    """False where something does not certainly fit from `asOf` to `until`, both included. Else null where something
    is planned of which nobody counted how much is assigned, or where an input could not be read. Else true.
    """
    items: List[FitItem]
    """Every item of the license with seats, and every one that is assigned or planned."""
    laterPlan: List[FitLaterLine]
    """Lines of the plan that begin after `until`, and so are not counted."""
    licenseEnd: Optional[str]
    """The instant from which on no user type of the license has seats; null where there is none."""
    members: Optional[int]
    """How many members were given one by one; null where only counts were."""
    moves: Optional[int]
    """How many members change user type first; null where no moves were given."""
    notCounted: List[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """Kinds of item that the license has and of which nobody counted anything."""
    notes: List[str]
    """What else is worth knowing."""
    plan: Optional[str]
    """The name of the plan; null where there is none."""
    problems: List[FitMoveProblem]
    """Why `moves` would refuse the moves that come first."""
    schema: Literal["seatline/fit/v1"]
    """`seatline/fit/v1`."""
    source: Optional[str]
    """Where the license is from: the name of the input, or what an envelope says; null where it could not be read."""
    unknownRoles: List[FitUnknownRole]
    """The roles of which nobody says whether they are administrators'."""
    until: Optional[str]
    """The last instant at which it must fit; null where the license could not be read and no instant was given."""
    untilIs: Optional[Literal["given", "license-end", "year", "lead", "plan"]]
    """Why the look ends there."""
    usage: List[str]
    """The names of the inputs that tell of usage."""
    verdict: str
    """The answer in words."""
    version: Optional[str]
    """The version of the file, as it stands there."""


class PreflightAction(TypedDict):
    """What must be done by one date for one cause."""
    advice: List[str]
    """What else helps."""
    cause: Literal["shortage", "no-administrator", "unreadable", "lost", "policy", "version"]
    """Why."""
    due: str
    """The first instant of the trouble."""
    isLicenseEnd: bool
    """Whether the license ends for everybody then, or begins to: what lacks is what the license that follows must
    give.
    """
    items: List[PreflightActionItem]
    """The items concerned."""
    locations: List[str]
    """The lines of the license that say so: `file:line`."""
    lockedOut: int
    """Members without administrator privileges who are locked out, of all items."""
    lockedOutIsUpperBound: bool
    """Whether there may be fewer: the role of some of them is not known."""
    message: str
    """By when, what to do, who is hit, and why."""
    toDo: str
    """What to do, and who is hit otherwise."""
    why: Optional[str]
    """The command that shows where the seats of the first item come from; null where the license does not have it."""


# An item of an action.
PreflightActionItem = TypedDict(
    "PreflightActionItem",
    {
        # Seats assigned at the worst instant; null where nobody counted.
        "assigned": "Optional[int]",
        # What the seats that lack cost; null without a list of prices, and where they have no price.
        "cost": "Optional[PreflightShortCost]",
        # The first instant of the trouble.
        "from": "str",
        # The id as it stands in the license, compared byte for byte.
        "id": "str",
        # Whether it is a user type, an app bundle, an extension, an app or a capability.
        "kind": "Literal[\"userType\", \"appBundle\", \"extension\", \"app\", \"capability\"]",
        # Members without administrator privileges who are locked out.
        "lockedOut": "int",
        # Its name, where one is known.
        "name": "Optional[str]",
        # Seats that the old license gives or gave, where nobody counted.
        "old": "Optional[int]",
        # Seats to rely on at the worst instant; null where seats are not concerned.
        "seats": "Optional[int]",
        # Seats lacking at the worst instant.
        "short": "Optional[int]",
        # The first instant after it; null where it does not end.
        "to": "Optional[str]",
        # What of it is concerned, where it is not its seats.
        "what": "Optional[str]",
        # The worst instant, of several the first: what `assigned`, `old`, `seats`, `short` and `cost` are of. Where
        # seats do not lack it is `from`.
        "worstAt": "str",
    },
)


class PreflightCost(TypedDict):
    """A count of seats and what it costs."""
    at: str
    """The instant of the seats and of the price."""
    certain: bool
    """Whether the seats are the same however what cannot be read is read, and somebody counted those that are
    needed.
    """
    cost: Optional[str]
    """Seats times price; null where there is no price, or the product has more digits than can be counted with."""
    seats: int
    """How many; of a delta perhaps fewer than 0."""


class PreflightCostSum(TypedDict):
    """A sum of costs."""
    certain: bool
    """Whether every part of it is certain."""
    cost: Optional[str]
    """The sum; null where it, or a part of it, has more digits than can be counted with."""


class PreflightCostSums(TypedDict):
    """The sums of one currency and one period."""
    currency: str
    """Three letters of ISO 4217."""
    delta: Optional[PreflightCostSum]
    """New less old."""
    old: Optional[PreflightCostSum]
    """Of the seats that the old license gives."""
    owned: Optional[PreflightCostSum]
    """Of the seats that the license gives."""
    period: Literal["year", "month", "once"]
    """What the prices are for."""
    trueUp: Optional[PreflightCostSum]
    """Of the seats that lack."""
    unassigned: Optional[PreflightCostSum]
    """Of the seats that are owned and assigned to nobody."""


class PreflightCosts(TypedDict):
    """What seats cost by a list of prices. Amounts of one currency and one period are added up, no others; nothing
    is converted, rounded or spread over time.
    """
    asOf: str
    """The instant whose seats and prices are counted with, but for what a cost says itself."""
    items: List[PreflightItemCosts]
    """The items that have a price; one whose price changes before its seats lack stands twice."""
    nextChange: Optional[str]
    """The first later instant at which the license gives another count of one of these items; null where there is
    none.
    """
    notes: List[str]
    """What whoever relies on it must know."""
    prices: str
    """The name of the list of prices."""
    sums: List[PreflightCostSums]
    """The sums of `items`."""
    withoutPrice: List[PreflightItemCosts]
    """The items that have none: their seats are in no sum."""


class PreflightFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What sort of failure."""
    column: Optional[int]
    """Where, if at one place."""
    document: int
    """Which document of the input, from 0."""
    file: str
    """The name of the input."""
    line: Optional[int]
    """Where, if at one place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """Which value, if it could be told."""
    source: str
    """Where the document is from: what its envelope says, else the name of the input."""


class PreflightItemCosts(TypedDict):
    """What the seats of one item cost."""
    delta: Optional[PreflightCost]
    """New less old."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """Whether it is a user type, an app bundle, an extension or an app."""
    name: Optional[str]
    """Its name, where one is known."""
    old: Optional[PreflightCost]
    """The seats that the old license gives; null where there is none, or it does not tell."""
    owned: Optional[PreflightCost]
    """The seats that the license gives; of `diff` and `preflight` the new one."""
    price: Optional[PreflightUnitPrice]
    """Its price; null where the list has none that is valid then."""
    priceBegins: Optional[str]
    """Where it has none yet: when its first one begins."""
    trueUp: Optional[PreflightCost]
    """The seats that lack: the most of all the time that is looked at, by the price of the day on which they first
    do. Null where nobody says how many are needed.
    """
    unassigned: Optional[PreflightCost]
    """The seats that are owned and assigned to nobody; null where nobody counted."""


class PreflightLowest(TypedDict):
    """The fewest seats."""
    at: str
    """The first instant with so few."""
    seats: int
    """How many."""


class PreflightItem(TypedDict):
    """An item on the day of the import."""
    assigned: Optional[int]
    """Seats assigned; null where nobody counted."""
    certain: bool
    """Whether it is the same at the import under every reading of what was not plainly read."""
    certainUntil: Optional[str]
    """The first instant, from the import on, at which readings differ; null where they never do."""
    fits: Optional[bool]
    """Whether it is in no action for its seats; null where nobody knows how many are needed."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """Whether it is a user type, an app bundle, an extension, an app or a capability."""
    lowest: PreflightLowest
    """The fewest seats from the import to `until`; of a capability 1 while it is there."""
    name: Optional[str]
    """Its name, where one is known."""
    new: Optional[int]
    """Seats at the import; null for capabilities."""
    old: Optional[int]
    """Seats in the old license, with those of retired ids that this one replaces; null where it was not given or
    does not have it, and for capabilities.
    """


class PreflightLicense(TypedDict):
    """The license to import."""
    document: int
    """Which document of the input, from 0."""
    fetchedAt: Optional[str]
    """When it was fetched, as its envelope says; null where that is not told."""
    file: str
    """The file that was read."""
    source: str
    """Where the document is from: the name of the input, or what an envelope says."""
    version: Optional[str]
    """The version of the file, as it stands there."""


class PreflightOld(TypedDict):
    """What the import replaces."""
    document: int
    """Which document of the input, from 0."""
    ended: Optional[str]
    """From when on none of its user types has seats, where that lies at or before the as-of."""
    fetchedAt: Optional[str]
    """When it was fetched, as its envelope says; null where that is not told."""
    file: str
    """The file that was read."""
    source: str
    """Where the document is from: the name of the input, or what an envelope says."""
    version: Optional[str]
    """The version of the license, as it stands there."""


class PreflightShortCost(TypedDict):
    """What the seats cost that an action asks for."""
    certain: bool
    """Whether it is certain that so many lack: their seats are, and somebody counted those that are needed."""
    cost: Optional[str]
    """Seats times price; null where the product has more digits than can be counted with."""
    price: PreflightUnitPrice
    """The price of the day on which they begin to lack."""


class PreflightUnitPrice(TypedDict):
    """The price of one seat."""
    amount: str
    """For one seat, with the digits that the list gives it."""
    currency: str
    """Three letters of ISO 4217."""
    line: int
    """Its line in the list, from 1."""
    period: Literal["year", "month", "once"]
    """What it is for: a year, a month, or once and for all."""
    validFrom: Optional[str]
    """Its first instant; null where the list gives none."""


class Preflight(TypedDict):
    """Whether a license may be imported on a day, and what must be done by when."""
    actions: List[PreflightAction]
    """What must be done, by date."""
    asOf: str
    """The instant of the import."""
    costs: Optional[PreflightCosts]
    """What the seats cost, of the license and of the old one, and those that lack; null without a list of prices."""
    failures: List[PreflightFailureReport]
    """The inputs that could not be read."""
    headline: str
    """The answer in words."""
    items: List[PreflightItem]
    """Every item of the license, of the members and of what the import replaces."""
    lead: str
    """An action due within this time after the import is a no-go: an ISO 8601 duration."""
    leadEnd: Optional[str]
    """The last instant of that time."""
    licenseEnd: Optional[str]
    """The instant from which on no user type of the license has seats; null where there is none."""
    members: Optional[int]
    """Members of the organization, where they were counted."""
    new: Optional[PreflightLicense]
    """The license to import; null where it could not be read."""
    old: Optional[PreflightOld]
    """What the import replaces; null where that was not given."""
    schema: Literal["seatline/preflight/v1"]
    """`seatline/preflight/v1`."""
    unknown: List[str]
    """What nobody knows: kinds that nobody counted, roles, what cannot be read."""
    until: Optional[str]
    """The last instant looked at; null where the license could not be read."""
    untilIs: Optional[Literal["given", "license-end", "year", "lead", "plan"]]
    """Why the look ends there."""
    usage: List[str]
    """Where the members were counted."""
    verdict: Optional[Literal["go", "go-then-act", "no-go"]]
    """The answer; null where an input could not be read."""


class WhyFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What sort of failure."""
    column: Optional[int]
    """Where, if at one place."""
    document: int
    """Which document of the input, from 0."""
    file: str
    """The name of the input."""
    line: Optional[int]
    """Where, if at one place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """Which value, if it could be told."""
    source: str
    """Where the document is from: what its envelope says, else the name of the input."""


class WhyLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The first column."""
    endColumn: int
    """The column after the last."""
    endLine: int
    """The last line."""
    line: int
    """The first line."""
    pointer: str
    """The value, or the member that is missing."""


class WhyEntry(TypedDict):
    """One entry."""
    endDate: Optional[str]
    """Of capabilities, the first instant without it; null where none is stated or it cannot be read."""
    holds: bool
    """Whether this is what holds at the as-of; of several entries that say the same, each."""
    location: WhyLocation
    """The entry."""
    maxUsers: Optional[int]
    """Its seats; null where they cannot be read, and for capabilities."""
    mayBelong: bool
    """Whether its id cannot be read: then it belongs to no item, and may belong to this one."""
    reading: str
    """What it does, in words."""
    startDate: Optional[str]
    """From when on; null where that cannot be read."""


class Why(TypedDict):
    """Where the seats of an item come from."""
    asOf: str
    """The instant that is asked about."""
    certain: Optional[bool]
    """Whether every reading gives that; null where the license could not be read."""
    certainUntil: Optional[str]
    """The first instant, from the as-of on, at which readings differ; null if never."""
    document: int
    """Which document of the input, from 0."""
    entries: List[WhyEntry]
    """The entries of the item, and those that may belong to it, in the order of time; those without a date last."""
    failures: List[WhyFailureReport]
    """The inputs that could not be read."""
    fetchedAt: Optional[str]
    """When it was fetched, as its envelope says; null where that is not told."""
    file: Optional[str]
    """The name of the input; positions are in it. Null where it could not be read."""
    id: str
    """The id that was asked for."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """What the item is; null where the license could not be read."""
    knownAs: Optional[str]
    """Its published name."""
    name: Optional[str]
    """The document's name for it."""
    otherReadings: List[str]
    """What was not plainly read, how it is taken, and what another reading would give."""
    schema: Literal["seatline/why/v1"]
    """`seatline/why/v1`."""
    seats: Optional[int]
    """Seats at the as-of; null for capabilities, and where the license could not be read."""
    source: Optional[str]
    """Where the license is from; null where it could not be read."""
    status: Optional[Literal["active", "upcoming", "lapsed", "expired", "empty"]]
    """In one word; null where the license could not be read."""
    version: Optional[str]
    """The version of the file, as it stands there."""


class MovesAppliedReport(TypedDict):
    """What became of the moves, by the members that the portal has afterwards."""
    done: bool
    """Whether everyone has the new user type."""
    elsewhere: List[MovesElsewhereReport]
    """Who has neither."""
    gone: List[str]
    """Who got it, by what the portal answered, and is no member any more."""
    joined: List[MovesJoinedReport]
    """Who joined a user type of `--map` after the plan was made, and was not moved: the same command run again moves
    them.
    """
    journal: str
    """The name of the journal."""
    moved: List[str]
    """Who has it; also from an earlier run with the same journal."""
    open: List[str]
    """Who still has the user type of before, or the one in between."""
    portal: str
    """The portal."""
    refused: List[MovesRefusedReport]
    """Those of them of whom the portal answered that it did not change them."""
    stopped: Optional[str]
    """Why not all requests were sent; null where they were."""


class MovesElsewhereReport(TypedDict):
    """A member who has neither the user type of before nor the new one."""
    userType: Optional[str]
    """The user type; null for one who is no member any more."""
    username: str
    """The user name."""


class MovesFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What sort of failure."""
    column: Optional[int]
    """Where, if at one place."""
    document: int
    """Which document of the input, from 0."""
    file: str
    """The name of the input."""
    line: Optional[int]
    """Where, if at one place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """Which value, if it could be told."""
    source: str
    """Where the document is from: what its envelope says, else the name of the input."""


class MovesJoinedReport(TypedDict):
    """A member who joined a user type of `--map` after the plan was made."""
    to: str
    """The one that `--map` gives for it."""
    userType: str
    """The user type."""
    username: str
    """The user name."""


# Members who get a user type at once.
MovesMoveBatch = TypedDict(
    "MovesMoveBatch",
    {
        # Free seats of the type before the first of them is moved.
        "freeSeats": "int",
        # The user type that each of them had, in the same order.
        "from": "List[str]",
        # The id of the user type they get.
        "userType": "str",
        # Their names.
        "users": "List[str]",
    },
)


class MovesMoveProblem(TypedDict):
    """One thing that stands against moves."""
    code: Literal["unknown-user", "ambiguous-name", "two-targets", "unknown-type", "no-seats", "seats-not-certain", "not-counted", "administrator-type", "no-administrator-left", "ends-short", "deadlock", "held-by-last"]
    """Which sort of problem."""
    message: str
    """What is wrong and what to do, for people."""
    userTypes: List[str]
    """The user types it speaks of."""
    username: Optional[str]
    """The member it speaks of, if of one."""


class MovesMovedType(TypedDict):
    """A user type that loses or gets members."""
    after: int
    """Members after the last one."""
    before: int
    """Members before the first move."""
    coming: int
    """How many come."""
    id: str
    """The id of the user type."""
    leaving: int
    """How many leave."""
    seats: int
    """Seats at the as-of."""


# A member who waits in a third user type.
MovesParkedReport = TypedDict(
    "MovesParkedReport",
    {
        # The number of the request with which the member begins to wait.
        "firstRequest": "int",
        # The user type of before.
        "from": "str",
        # That of the request after which the member does not wait any more.
        "lastRequest": "int",
        # The one to have.
        "to": "str",
        # The user name.
        "username": "str",
        # The one to wait in.
        "via": "str",
    },
)


class MovesRefusedReport(TypedDict):
    """A member whom the portal did not change."""
    reason: Optional[str]
    """Why not, in the portal's words; null where it gave no reason."""
    username: str
    """The user name."""


class Moves(TypedDict):
    """In which order members can change user type."""
    applied: Optional[MovesAppliedReport]
    """What became of it at the portal; null where nothing was sent."""
    asOf: str
    """The instant of the moves: its seats count."""
    batchSize: int
    """The most members that one batch moves."""
    batches: List[MovesMoveBatch]
    """The requests, in order; none where it is not possible."""
    document: int
    """Which document of the input, from 0."""
    failures: List[MovesFailureReport]
    """The inputs that could not be read."""
    fetchedAt: Optional[str]
    """When it was fetched, as its envelope says; null where that is not told."""
    file: Optional[str]
    """The file that was read."""
    members: int
    """How many members there are. They are trusted as complete."""
    moves: int
    """How many of them change user type."""
    notes: List[str]
    """What could not be looked at, and is trusted."""
    parked: List[MovesParkedReport]
    """Who is in two of them, since there is no other order: members who wait in the user type of `--park`."""
    possible: Optional[bool]
    """Whether there is an order, and nothing to object; null where an input could not be read."""
    problems: List[MovesMoveProblem]
    """Why it is not possible."""
    schema: Literal["seatline/moves/v1"]
    """`seatline/moves/v1`."""
    source: Optional[str]
    """Where the license is from: what its envelope says, else the name of the input; null where an input could not
    be read.
    """
    unchanged: int
    """How many have the user type already that they are to have."""
    userTypes: List[MovesMovedType]
    """The user types that lose or get members, before and after."""
    version: Optional[str]
    """The version of the file, as it stands there."""

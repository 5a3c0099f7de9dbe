"""What the functions give, from the schemas under docs/schema. Instants are RFC 3339 text in UTC, seats are integers.

Written by src/python/make_types.py.
"""

from __future__ import annotations

from typing import Any, List, Literal, Optional, TypedDict, Union


class ReportAdministrator(TypedDict):
    """Whether members of a user type can have the Administrator role, and how that is known."""
    basis: Optional[Literal["list", "catalog"]]
    """How that is known; null where it is not known."""
    compatible: Literal["yes", "no", "unknown"]
    """Whether the user type is compatible."""


class ReportChange(TypedDict):
    """A step after the as-of."""
    at: str
    """The instant at which the step begins."""
    seats: Optional[int]
    """The seats from `at` on; null for capabilities."""


class ReportCost(TypedDict):
    """A number of seats, and its cost."""
    at: str
    """The instant of the seats and of the price."""
    certain: bool
    """Whether the number of seats is certain, and whether somebody counted the seats that are needed."""
    cost: Optional[str]
    """The number of seats times the price; null where there is no price, or the product has too many digits to be
    exact.
    """
    seats: int
    """The number of seats; a delta may be below 0."""


class ReportCostSum(TypedDict):
    """A sum of costs."""
    certain: bool
    """Whether every part of the sum is certain."""
    cost: Optional[str]
    """The sum; null where it, or a part of it, has too many digits to be exact."""


class ReportCostSums(TypedDict):
    """The sums of the costs in one currency and for one period."""
    currency: str
    """The currency as three letters of ISO 4217."""
    delta: Optional[ReportCostSum]
    """The sum for the new license less that for the old one."""
    old: Optional[ReportCostSum]
    """The sum for the seats that the old license gives."""
    owned: Optional[ReportCostSum]
    """The sum for the seats that the license gives."""
    period: Literal["year", "month", "once"]
    """The period of the prices."""
    trueUp: Optional[ReportCostSum]
    """The sum for the missing seats."""
    trueUpCertainly: Optional[ReportCostSum]
    """The sum for the seats that are certainly missing."""
    unassigned: Optional[ReportCostSum]
    """The sum for the seats that are assigned to nobody."""


class ReportCosts(TypedDict):
    """The costs of seats by a list of prices. Only amounts of one currency and one period are added up; nothing is
    converted, rounded or spread over time.
    """
    asOf: str
    """The as-of: seats and prices are those of this instant, except where a cost names another one."""
    items: List[ReportItemCosts]
    """The items that have a price. An item whose price changes before its seats are missing has a line for each
    price.
    """
    nextChange: Optional[str]
    """The first later instant at which the license gives another number of seats of these items; null where there is
    none.
    """
    notes: List[str]
    """Notes for readers who rely on the costs."""
    prices: str
    """The name of the list of prices."""
    sums: List[ReportCostSums]
    """The sums of `items`."""
    withoutPrice: List[ReportItemCosts]
    """The items without a price, whose seats are in no sum."""


class ReportEntitlement(TypedDict):
    """An entitlement, as the entry of an extension names it."""
    apiName: Optional[str]
    """The name of the entitlement, as the entries call it; null where it cannot be read."""
    num: Optional[int]
    """In every published entry the same as the seats of the extension; null where it cannot be read."""


class ReportFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What went wrong, as one word for programs, such as `not-json`."""
    column: Optional[int]
    """The column of the fault, from 1; null where it has no single place."""
    document: int
    """The number of the document in the input, from 0."""
    file: str
    """The input by its name, as messages show it."""
    line: Optional[int]
    """The line of the fault, from 1; null where it has no single place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """The JSON pointer to the value that could not be read; null where it is not known."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the input."""


class ReportFindingReport(TypedDict):
    """A finding of a rule, with its place in the file."""
    at: Optional[str]
    """The instant at which seats change or end; null where the finding is about no instant."""
    id: Optional[str]
    """The id of the item that the finding is about; null where it is about none."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kind of the item that the finding is about; null where it is about none."""
    location: ReportLocation
    """The place of the value that the finding is about."""
    message: str
    """What is wrong and what follows."""
    rule: str
    """The rule that found it, by its name, such as `seat-gap`."""
    severity: Literal["info", "warning", "error"]
    """The severity: error, warning or information."""


class ReportIncluded(TypedDict):
    """An extension that a user type includes."""
    entitlements: List[str]
    """The names of the entitlements that come with the extension."""
    extension: str
    """The id of the extension, as the definition of the user type writes it."""


class ReportItemCosts(TypedDict):
    """The costs of the seats of an item."""
    delta: Optional[ReportCost]
    """The cost of the new license's seats less that of the old license's."""
    id: str
    """The id of the item as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """The kind of the item: user type, app bundle, extension or app."""
    name: Optional[str]
    """The name of the item; null where none is known."""
    old: Optional[ReportCost]
    """The cost of the seats that the old license gives; null where there is no old license, or it does not tell."""
    owned: Optional[ReportCost]
    """The cost of the seats that the license gives; in `diff` and `preflight`, the new license."""
    price: Optional[ReportUnitPrice]
    """The price of a seat; null where the list has no price that is valid then."""
    priceBegins: Optional[str]
    """The instant at which the item's first price begins; null where a price is valid already or the list has none."""
    trueUp: Optional[ReportCost]
    """The cost of the missing seats: the most that are missing at a time, by the price of the first day on which
    that many are missing. Null where it is not known how many seats are needed.
    """
    trueUpCertainly: Optional[ReportCost]
    """The cost of the largest certain shortage, at the price of the day on which it is first reached; `trueUp` may
    use another price. Null if it is not known how many seats are needed, or if no shortage is certain.
    """
    unassigned: Optional[ReportCost]
    """The cost of the seats that are assigned to nobody; null where nobody counted."""


class ReportItemReport(TypedDict):
    """One item of a license document."""
    administrator: Optional[ReportAdministrator]
    """Whether a user type is compatible with the Administrator role; null for other kinds."""
    apps: Optional[List[str]]
    """The apps in the entry that holds at the as-of; null where the entry has no list of apps."""
    certain: bool
    """Whether every reading of the license gives the same seats at the as-of."""
    certainUntil: Optional[str]
    """The first instant, from the as-of on, at which readings differ; null for never."""
    description: Optional[str]
    """The description in the document; null where it has none."""
    endsAt: Optional[str]
    """The first step to 0 after the as-of, whether seats come back or not; null where there is none."""
    entitlements: List[ReportEntitlement]
    """The entitlements in the entry that holds at the as-of."""
    finalEnd: Optional[str]
    """The step to 0 after which there are never seats again. It may lie before the as-of; null where there is none."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    includedBy: List[str]
    """The ids of the user types that include this extension."""
    includedEntitlements: List[ReportIncluded]
    """The entitlements of the extensions that this user type includes."""
    includes: List[str]
    """The ids of the extensions that this user type includes."""
    isEsriDefault: Optional[bool]
    """The `isEsriDefault` of the definition; null where it has none."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """User type, app bundle, extension, app or capability."""
    knownAs: Optional[str]
    """The published name of the id; null where the id is not in the catalogue."""
    level: Optional[str]
    """The level of a user type, as the text that stands there: a code, not a rank."""
    name: Optional[str]
    """The name in the document; null where it has none."""
    nextChange: Optional[ReportChange]
    """The first step after the as-of; null where there is none."""
    since: Optional[str]
    """The instant at which the step that holds at the as-of began; null before the first step."""
    status: Literal["active", "upcoming", "lapsed", "expired", "empty"]
    """The status at the as-of."""
    usableSeats: Optional[int]
    """The seats at the as-of, by the cautious reading; null for capabilities, which have dates and no seats."""


class ReportLicenseReport(TypedDict):
    """The items of one license document."""
    administrators: List[str]
    """The ids of the user types that are compatible with the Administrator role and certainly have seats at the as-
    of.
    """
    costs: Optional[ReportCosts]
    """The costs of the items' seats; null without a list of prices."""
    document: int
    """The number of the document in the file, from 0."""
    fetchedAt: Optional[str]
    """The time at which the document was fetched, as its envelope says; null where no envelope says it."""
    file: str
    """The file that was read, as it was named; positions are in this file. Standard input is `<stdin>`; documents in
    memory have such names too.
    """
    findings: List[ReportFindingReport]
    """The findings about entries that could not be read plainly."""
    items: List[ReportItemReport]
    """The items by kind: user types, app bundles, extensions, apps, capabilities."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the file."""
    version: Optional[str]
    """The version of the license, as the text that stands there."""


class ReportLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The column in which the value begins, in Unicode scalar values, from 1."""
    endColumn: int
    """The column after the last one of the value, in Unicode scalar values, from 1."""
    endLine: int
    """The line in which the value ends, from 1."""
    line: int
    """The line in which the value begins, from 1."""
    pointer: str
    """The JSON pointer to the value, or to the member that is missing."""


class ReportUnitPrice(TypedDict):
    """The price of one seat."""
    amount: str
    """The price of one seat, with the digits that the list has."""
    currency: str
    """The currency as three letters of ISO 4217."""
    line: int
    """The line of the price in the list, from 1."""
    period: Literal["year", "month", "once"]
    """The period of the price: a year, a month, or once for good."""
    validFrom: Optional[str]
    """The instant from which on the price is valid; null where the list gives none."""


class Report(TypedDict):
    """The answer of `seatline report`: the seats that licenses give at an instant."""
    asOf: str
    """The instant at which the seats are counted."""
    failures: List[ReportFailureReport]
    """The inputs that could not be read."""
    licenses: List[ReportLicenseReport]
    """One member for each license document. Seats are never added up across documents."""
    schema: Literal["seatline/report/v1"]
    """The name of this form: `seatline/report/v1`."""


class TimelineFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What went wrong, as one word for programs, such as `not-json`."""
    column: Optional[int]
    """The column of the fault, from 1; null where it has no single place."""
    document: int
    """The number of the document in the input, from 0."""
    file: str
    """The input by its name, as messages show it."""
    line: Optional[int]
    """The line of the fault, from 1; null where it has no single place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """The JSON pointer to the value that could not be read; null where it is not known."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the input."""


class TimelineFindingReport(TypedDict):
    """A finding of a rule, with its place in the file."""
    at: Optional[str]
    """The instant at which seats change or end; null where the finding is about no instant."""
    id: Optional[str]
    """The id of the item that the finding is about; null where it is about none."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kind of the item that the finding is about; null where it is about none."""
    location: TimelineLocation
    """The place of the value that the finding is about."""
    message: str
    """What is wrong and what follows."""
    rule: str
    """The rule that found it, by its name, such as `seat-gap`."""
    severity: Literal["info", "warning", "error"]
    """The severity: error, warning or information."""


# A period without seats between two with seats.
TimelineGapReport = TypedDict(
    "TimelineGapReport",
    {
        # The length of the gap in calendar days; 0 within one day.
        "days": "int",
        # The first instant without seats.
        "from": "str",
        # The first instant with seats again.
        "to": "str",
    },
)


class TimelineLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The column in which the value begins, in Unicode scalar values, from 1."""
    endColumn: int
    """The column after the last one of the value, in Unicode scalar values, from 1."""
    endLine: int
    """The line in which the value ends, from 1."""
    line: int
    """The line in which the value begins, from 1."""
    pointer: str
    """The JSON pointer to the value, or to the member that is missing."""


class TimelineItem(TypedDict):
    """An item and its steps."""
    certainUntil: Optional[str]
    """The first instant, from the as-of on, at which readings differ; null for never."""
    daysAfterCommonEnd: Optional[int]
    """How many calendar days the item ends after the common end; negative if before. Null where either end is
    missing, or the item's end is not after the as-of.
    """
    document: int
    """The number of the document in the file, from 0."""
    fetchedAt: Optional[str]
    """The time at which the document was fetched, as its envelope says; null where no envelope says it."""
    file: str
    """The file that was read, as it was named; positions are in this file. Standard input is `<stdin>`; documents in
    memory have such names too.
    """
    finalEnd: Optional[str]
    """The step to 0 after which there are never seats again; null where there is none."""
    gaps: List[TimelineGapReport]
    """The periods without seats that lie between two with seats, if they touch the window."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """User type, app bundle, extension, app or capability."""
    knownAs: Optional[str]
    """The published name of the id; null where the id is not in the catalogue."""
    name: Optional[str]
    """The name in the document; null where it has none."""
    openEnd: bool
    """Whether there are seats for which no end is stated."""
    seatsBefore: Optional[int]
    """The seats just before the first of `steps`; null for capabilities."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the file."""
    status: Literal["active", "upcoming", "lapsed", "expired", "empty"]
    """The status at the as-of."""
    steps: List[TimelineStep]
    """The steps within the window."""
    usableSeats: Optional[int]
    """The seats at the as-of, by the cautious reading; null for capabilities."""
    version: Optional[str]
    """The version of the license, as the text that stands there."""


class TimelineLicense(TypedDict):
    """One license document, and the end that most of its items share."""
    commonEnd: Optional[str]
    """The end after the as-of that most items share, by calendar day; null where there is no such majority."""
    commonEndCertain: Optional[bool]
    """Whether readings of the items that end then differ at no time from the as-of on; null where `commonEnd` is."""
    document: int
    """The number of the document in the file, from 0."""
    fetchedAt: Optional[str]
    """The time at which the document was fetched, as its envelope says; null where no envelope says it."""
    file: str
    """The file that was read, as it was named; positions are in this file. Standard input is `<stdin>`; documents in
    memory have such names too.
    """
    findings: List[TimelineFindingReport]
    """The findings about entries that could not be read plainly."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the file."""
    version: Optional[str]
    """The version of the license, as the text that stands there."""


class TimelineStep(TypedDict):
    """A step: an instant at which the seats change."""
    active: bool
    """Whether there are seats, or the capability exists, from `at` on."""
    at: str
    """The instant at which the step begins."""
    certain: bool
    """Whether every reading of the license gives the same seats at `at`."""
    seats: Optional[int]
    """The seats from `at` on; null for capabilities."""


# The answer of `seatline timeline`: the instants at which the seats of licenses change.
Timeline = TypedDict(
    "Timeline",
    {
        # The instant that statuses and remaining times refer to.
        "asOf": "str",
        # The inputs that could not be read.
        "failures": "List[TimelineFailureReport]",
        # The first instant of the window; null for all past changes.
        "from": "Optional[str]",
        # Every selected item of every license.
        "items": "List[TimelineItem]",
        # The licenses, in the order of the inputs.
        "licenses": "List[TimelineLicense]",
        # The name of this form: `seatline/timeline/v1`.
        "schema": "Literal[\"seatline/timeline/v1\"]",
        # The last instant of the window; null for all later changes.
        "to": "Optional[str]",
    },
)


class AdminsAdminUserType(TypedDict):
    """A user type, and whether the initial administrator can have it."""
    administrator: Optional[AdminsAdministrator]
    """Whether it is compatible with the Administrator role, and how that is known."""
    certain: bool
    """Whether every reading of the license gives the same seats at the as-of."""
    certainUntil: Optional[str]
    """The first instant, from the as-of on, at which readings differ; null for never."""
    document: int
    """The number of the document in the file, from 0."""
    endsAt: Optional[str]
    """The first step to 0 after the as-of; null where no end is stated."""
    fetchedAt: Optional[str]
    """The time at which the document was fetched, as its envelope says; null where no envelope says it."""
    file: str
    """The file that was read, as it was named; positions are in this file. Standard input is `<stdin>`; documents in
    memory have such names too.
    """
    id: str
    """The id as it stands in the license, compared byte for byte."""
    knownAs: Optional[str]
    """The published name of the id; null where the id is not in the catalogue."""
    name: Optional[str]
    """The name in the document; null where it has none."""
    obstacles: List[Literal["not-compatible", "compatibility-unknown", "no-seats", "seats-uncertain"]]
    """The obstacles to its use; empty where there are none."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the file."""
    status: Literal["active", "upcoming", "lapsed", "expired", "empty"]
    """The status at the as-of."""
    usable: Literal["yes", "no", "unknown"]
    """Yes if it is compatible and certainly has seats; no if it is known to be incompatible or to have no seats;
    else unknown.
    """
    usableSeats: int
    """The seats at the as-of, by the cautious reading."""
    version: Optional[str]
    """The version of the license, as the text that stands there."""


class AdminsAdministrator(TypedDict):
    """Whether members of a user type can have the Administrator role, and how that is known."""
    basis: Optional[Literal["list", "catalog"]]
    """How that is known; null where it is not known."""
    compatible: Literal["yes", "no", "unknown"]
    """Whether the user type is compatible."""


class AdminsLicense(TypedDict):
    """One license document, and the user type to pick."""
    document: int
    """The number of the document in the file, from 0."""
    fetchedAt: Optional[str]
    """The time at which the document was fetched, as its envelope says; null where no envelope says it."""
    file: str
    """The file that was read, as it was named; positions are in this file. Standard input is `<stdin>`; documents in
    memory have such names too.
    """
    foreign: List[str]
    """The user types that the administrator list names and the license neither defines nor provides. If there are
    any, the list probably belongs to another license.
    """
    pick: Optional[str]
    """The id of the usable user type with the most seats; null where no user type is usable, or the administrator
    list probably belongs to another license.
    """
    source: str
    """The source of the document: its envelope's `source`, else the name of the file."""
    userTypeCount: int
    """The number of this license's user types. Those of the first license stand first in `userTypes` of the answer,
    then those of the second.
    """
    verdict: str
    """What `pick` and `foreign` mean, in words: "most seats: creatorUT"."""
    version: Optional[str]
    """The version of the license, as the text that stands there."""


class AdminsFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What went wrong, as one word for programs, such as `not-json`."""
    column: Optional[int]
    """The column of the fault, from 1; null where it has no single place."""
    document: int
    """The number of the document in the input, from 0."""
    file: str
    """The input by its name, as messages show it."""
    line: Optional[int]
    """The line of the fault, from 1; null where it has no single place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """The JSON pointer to the value that could not be read; null where it is not known."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the input."""


class Admins(TypedDict):
    """The JSON of `seatline admins`, version 1. Fields may be added, never changed."""
    asOf: str
    """The instant at which the seats are counted."""
    failures: List[AdminsFailureReport]
    """The inputs that could not be read."""
    licenses: List[AdminsLicense]
    """The licenses, each with its own `pick`."""
    pick: Optional[str]
    """The id of the usable user type with the most seats. Null where no user type is usable, where there is more
    than one license, or where the administrator list probably belongs to another license.
    """
    schema: Literal["seatline/admins/v1"]
    """The name of this form: `seatline/admins/v1`."""
    until: Optional[str]
    """The last instant at which a user type must have seats; null where they are asked for at the as-of only."""
    userTypes: List[AdminsAdminUserType]
    """Every user type of every license."""


class CheckedFinding(TypedDict):
    """A finding, the advice for it, and the waiver that accepts it."""
    advice: str
    """What to do about the finding."""
    at: Optional[str]
    """The instant at which seats change or end; null where the finding is about no instant."""
    id: Optional[str]
    """The id of the item that the finding is about; null where it is about none."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kind of the item that the finding is about; null where it is about none."""
    location: CheckLocation
    """The place of the value that the finding is about."""
    message: str
    """What is wrong and what follows."""
    rule: str
    """The rule that found it, by its name, such as `seat-gap`."""
    severity: Literal["info", "warning", "error"]
    """The severity: error, warning or information."""
    waived: Optional[CheckWaived]
    """The waiver that accepts the finding; null where none does."""


class CheckedLicense(TypedDict):
    """One license document and its findings."""
    document: int
    """The number of the document in the file, from 0."""
    fetchedAt: Optional[str]
    """The time at which the document was fetched, as its envelope says; null where no envelope says it."""
    file: str
    """The file that was read, as it was named; positions are in this file. Standard input is `<stdin>`; documents in
    memory have such names too.
    """
    findings: List[CheckedFinding]
    """The findings, in the order of the document."""
    notes: List[str]
    """Remarks, such as the findings that would be added if the portal's built-in accounts counted."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the file."""
    version: Optional[str]
    """The version of the license, as the text that stands there."""


class CheckFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What went wrong, as one word for programs, such as `not-json`."""
    column: Optional[int]
    """The column of the fault, from 1; null where it has no single place."""
    document: int
    """The number of the document in the input, from 0."""
    file: str
    """The input by its name, as messages show it."""
    line: Optional[int]
    """The line of the fault, from 1; null where it has no single place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """The JSON pointer to the value that could not be read; null where it is not known."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the input."""


class CheckLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The column in which the value begins, in Unicode scalar values, from 1."""
    endColumn: int
    """The column after the last one of the value, in Unicode scalar values, from 1."""
    endLine: int
    """The line in which the value ends, from 1."""
    line: int
    """The line in which the value begins, from 1."""
    pointer: str
    """The JSON pointer to the value, or to the member that is missing."""


class CheckPolicyReport(TypedDict):
    """The policy that was used, and the findings about its waivers."""
    findings: List[CheckedFinding]
    """The findings about waivers. Their locations are in the policy's file; their pointers count its tables from 0."""
    source: str
    """The policy's file by its name, as messages show it."""


class CheckSummary(TypedDict):
    """The numbers of licenses, failures and findings. Findings that waivers accept count in `waived` only."""
    errors: int
    """The number of findings that are errors."""
    failures: int
    """The number of inputs that could not be read."""
    infos: int
    """The number of findings that are information."""
    licenses: int
    """The number of license documents."""
    waived: int
    """The number of findings that waivers accept."""
    warnings: int
    """The number of findings that are warnings."""


class CheckWaived(TypedDict):
    """The waiver that accepts a finding."""
    reason: str
    """The reason that the policy gives."""
    until: str
    """The last instant at which the waiver holds."""


class Check(TypedDict):
    """The answer of `seatline check`: the findings about licenses and about the policy."""
    asOf: str
    """The instant at which the licenses are checked."""
    failures: List[CheckFailureReport]
    """The inputs that could not be read."""
    licenses: List[CheckedLicense]
    """One member for each license document."""
    policy: Optional[CheckPolicyReport]
    """The policy that was used, with the findings about it; null where there was none."""
    schema: Literal["seatline/check/v1"]
    """The name of this form: `seatline/check/v1`."""
    summary: CheckSummary
    """The numbers of findings by severity."""


class DiffAdministrator(TypedDict):
    """Whether members of a user type can have the Administrator role, and how that is known."""
    basis: Optional[Literal["list", "catalog"]]
    """How that is known; null where it is not known."""
    compatible: Literal["yes", "no", "unknown"]
    """Whether the user type is compatible."""


class DiffCapabilitiesChange(TypedDict):
    """`MyEsri.capabilities` of both licenses, as the text that stands there."""
    new: Optional[str]
    old: Optional[str]


class DiffCost(TypedDict):
    """A number of seats, and its cost."""
    at: str
    """The instant of the seats and of the price."""
    certain: bool
    """Whether the number of seats is certain, and whether somebody counted the seats that are needed."""
    cost: Optional[str]
    """The number of seats times the price; null where there is no price, or the product has too many digits to be
    exact.
    """
    seats: int
    """The number of seats; a delta may be below 0."""


class DiffCostSum(TypedDict):
    """A sum of costs."""
    certain: bool
    """Whether every part of the sum is certain."""
    cost: Optional[str]
    """The sum; null where it, or a part of it, has too many digits to be exact."""


class DiffCostSums(TypedDict):
    """The sums of the costs in one currency and for one period."""
    currency: str
    """The currency as three letters of ISO 4217."""
    delta: Optional[DiffCostSum]
    """The sum for the new license less that for the old one."""
    old: Optional[DiffCostSum]
    """The sum for the seats that the old license gives."""
    owned: Optional[DiffCostSum]
    """The sum for the seats that the license gives."""
    period: Literal["year", "month", "once"]
    """The period of the prices."""
    trueUp: Optional[DiffCostSum]
    """The sum for the missing seats."""
    trueUpCertainly: Optional[DiffCostSum]
    """The sum for the seats that are certainly missing."""
    unassigned: Optional[DiffCostSum]
    """The sum for the seats that are assigned to nobody."""


class DiffCosts(TypedDict):
    """The costs of seats by a list of prices. Only amounts of one currency and one period are added up; nothing is
    converted, rounded or spread over time.
    """
    asOf: str
    """The as-of: seats and prices are those of this instant, except where a cost names another one."""
    items: List[DiffItemCosts]
    """The items that have a price. An item whose price changes before its seats are missing has a line for each
    price.
    """
    nextChange: Optional[str]
    """The first later instant at which the license gives another number of seats of these items; null where there is
    none.
    """
    notes: List[str]
    """Notes for readers who rely on the costs."""
    prices: str
    """The name of the list of prices."""
    sums: List[DiffCostSums]
    """The sums of `items`."""
    withoutPrice: List[DiffItemCosts]
    """The items without a price, whose seats are in no sum."""


class DiffDiffAdministrator(TypedDict):
    """Whether a user type is compatible with the Administrator role, by the old and by the new license."""
    new: DiffAdministrator
    old: DiffAdministrator


class DiffFall(TypedDict):
    """An instant at which NEW gives less of an item than before."""
    after: Optional[int]
    """The seats from `at` on; null for capabilities."""
    at: str
    """The first instant with less."""
    before: Optional[int]
    """The seats before `at`; null for capabilities."""
    certain: bool
    """Whether every reading of the license gives these seats."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """User type, app bundle, extension, app or capability."""


class DiffFinding(TypedDict):
    """A loss, or a part of a document that cannot be read plainly."""
    id: Optional[str]
    """The id of the item that the finding is about; null where it is about none."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kind of the item that the finding is about; null where it is about none."""
    message: str
    """The loss: its sort and its period."""
    new: Optional[DiffLocation]
    """The place in the new license; null where the finding has none there."""
    old: Optional[DiffLocation]
    """The place in the old license; null where the finding has none there."""
    reason: Literal["not-certain", "fewer-seats", "capability-lost", "definition-lost", "includes-lost", "entitlement-lost", "app-lost", "administrator-lost"]
    """What is lost, or that something is not certain."""


# A period without seats between the old and the new term.
DiffGap = TypedDict(
    "DiffGap",
    {
        # The length of the gap in calendar days; 0 within one day.
        "days": "int",
        # The first instant without seats.
        "from": "str",
        # The first instant with seats again.
        "to": "str",
    },
)


class DiffItem(TypedDict):
    """An item, compared between the old and the new license."""
    administrator: Optional[DiffDiffAdministrator]
    """For a user type: whether it is compatible with the Administrator role, by the old and by the new license."""
    changed: bool
    """Whether the licenses differ in this item at the as-of or later."""
    delta: Optional[int]
    """The seats of the new license less those of the old one; null for capabilities."""
    endDays: Optional[int]
    """How many calendar days later the item ends in the new license; negative if earlier. Null where either end is
    null.
    """
    extras: List[DiffExtraChange]
    """The entitlements, apps, included extensions and definitions that differ at the as-of or later."""
    extrasLost: List[DiffExtraLoss]
    """The entitlements, apps, included extensions and definitions that the new license gives less of, each with its
    period.
    """
    gap: Optional[DiffGap]
    """The period without seats between the end of the old term and the beginning of the new term; null where there
    is none.
    """
    id: str
    """The id as it stands in the license, compared byte for byte."""
    includesLost: List[str]
    """The extensions that the old license includes in this user type and the new license does not."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """User type, app bundle, extension, app or capability."""
    knownAs: Optional[str]
    """The published name of the id; null where the id is not in the catalogue."""
    lost: List[DiffLost]
    """The periods, from the as-of on, in which the new license has fewer seats than the old one. For an extension
    that takes the place of retired extensions, `old` is the sum of their seats and its own.
    """
    name: Optional[str]
    """The name in the new document, else in the old one; null where neither has a name."""
    new: Optional[int]
    """The seats in the new license at the as-of; null for capabilities."""
    newActive: bool
    """Whether the new license has seats, or the capability, at the as-of."""
    newCertainUntil: Optional[str]
    """The first instant, from the as-of on, at which the seats of the new license are not certain; null for never."""
    newEnd: Optional[str]
    """The instant at which the item ends for good in the new license; null where it does not end, or never begins."""
    newSteps: List[DiffTimelineStep]
    """Every step of the new license after the as-of."""
    old: Optional[int]
    """The seats in the old license at the as-of; null for capabilities."""
    oldActive: bool
    """Whether the old license has seats, or the capability, at the as-of."""
    oldCertainUntil: Optional[str]
    """The first instant, from the as-of on, at which the seats of the old license are not certain; null for never."""
    oldEnd: Optional[str]
    """The instant at which the item ends for good in the old license; null where it does not end, or never begins."""
    oldNoEnd: bool
    """Whether `oldEnd` is null because a license resource has an expiration that may mean "never": perhaps the item
    is perpetual.
    """
    oldSteps: List[DiffTimelineStep]
    """Every step of the old license after the as-of."""
    presence: Literal["both", "removed", "added"]
    """Which of the licenses have the item."""
    renamed: Optional[DiffRenamed]
    """The old and the new name; null where the definitions have the same name."""
    replacedBy: Optional[DiffReplacement]
    """The extension of the new license that takes the place of this retired extension; null where there is none."""
    replaces: List[DiffReplacement]
    """The retired extensions of the old license whose place this extension takes."""
    retired: Optional[str]
    """The catalogue's note on the retirement of an id that only the old license has; null where there is none."""


class DiffSide(TypedDict):
    """One of the two compared documents."""
    document: Literal["license", "licenseResource"]
    """Whether the document is the license itself, or the portal's statement of it."""
    end: Optional[str]
    """The instant from which on no user type has seats; null where a user type goes on without an end, or none ever
    has seats.
    """
    fetchedAt: Optional[str]
    """The time at which the document was fetched, as its envelope says; null where no envelope says it."""
    file: str
    """The name of the file that was read; positions are in this file."""
    foreign: List[str]
    """The user types that the administrator list of this document names, and the document neither defines nor
    provides. If there are any, the list probably belongs to another license.
    """
    future: Optional[str]
    """The name of the input with the future license; null where none was given."""
    noEnd: bool
    """Whether `end` is null because a license resource has an expiration that may mean "never": perhaps the license
    is perpetual.
    """
    source: str
    """The source of the document: its envelope's `source`, else the name of the input."""
    version: Optional[str]
    """The version, as the text that stands there."""


class DiffSum(TypedDict):
    """The sum of seats of one kind at the as-of, in OLD and in NEW."""
    delta: int
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    new: int
    old: int


# Something besides seats that differs between the licenses.
DiffExtraChange = TypedDict(
    "DiffExtraChange",
    {
        # The name of the entitlement, app or included extension; null for a definition.
        "detail": "Optional[str]",
        # The first instant, from the as-of on, at which the licenses differ in it.
        "from": "str",
        # The category of what differs; never seats.
        "given": "Literal[\"seats\", \"capability\", \"definition\", \"inclusion\", \"includedEntitlement\", \"entitlement\", \"app\", \"administrator\"]",
        # How much the new license gives at `from`.
        "new": "int",
        # How much the old license gives at `from`: the number of an entitlement; 1 or 0 for everything else.
        "old": "int",
        # The extension that the user type includes in the place of this retired extension; null where there is none.
        "replacedBy": "Optional[DiffReplacement]",
    },
)


# An extra that the new license gives less of than the old one.
DiffExtraLoss = TypedDict(
    "DiffExtraLoss",
    {
        # The name of the entitlement, app or included extension; null for a definition.
        "detail": "Optional[str]",
        # The first instant of the loss.
        "from": "str",
        # The category of what is lost; never seats.
        "given": "Literal[\"seats\", \"capability\", \"definition\", \"inclusion\", \"includedEntitlement\", \"entitlement\", \"app\", \"administrator\"]",
        # How much the new license gives at `from`.
        "new": "int",
        # How much the old license gives at `from`: the number of an entitlement; 1 for everything else.
        "old": "int",
        # The first instant after the loss; null where it never ends.
        "to": "Optional[str]",
    },
)


class DiffFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What went wrong, as one word for programs, such as `not-json`."""
    column: Optional[int]
    """The column of the fault, from 1; null where it has no single place."""
    document: int
    """The number of the document in the input, from 0."""
    file: str
    """The input by its name, as messages show it."""
    line: Optional[int]
    """The line of the fault, from 1; null where it has no single place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """The JSON pointer to the value that could not be read; null where it is not known."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the input."""


class DiffItemCosts(TypedDict):
    """The costs of the seats of an item."""
    delta: Optional[DiffCost]
    """The cost of the new license's seats less that of the old license's."""
    id: str
    """The id of the item as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """The kind of the item: user type, app bundle, extension or app."""
    name: Optional[str]
    """The name of the item; null where none is known."""
    old: Optional[DiffCost]
    """The cost of the seats that the old license gives; null where there is no old license, or it does not tell."""
    owned: Optional[DiffCost]
    """The cost of the seats that the license gives; in `diff` and `preflight`, the new license."""
    price: Optional[DiffUnitPrice]
    """The price of a seat; null where the list has no price that is valid then."""
    priceBegins: Optional[str]
    """The instant at which the item's first price begins; null where a price is valid already or the list has none."""
    trueUp: Optional[DiffCost]
    """The cost of the missing seats: the most that are missing at a time, by the price of the first day on which
    that many are missing. Null where it is not known how many seats are needed.
    """
    trueUpCertainly: Optional[DiffCost]
    """The cost of the largest certain shortage, at the price of the day on which it is first reached; `trueUp` may
    use another price. Null if it is not known how many seats are needed, or if no shortage is certain.
    """
    unassigned: Optional[DiffCost]
    """The cost of the seats that are assigned to nobody; null where nobody counted."""


class DiffLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The column in which the value begins, in Unicode scalar values, from 1."""
    endColumn: int
    """The column after the last one of the value, in Unicode scalar values, from 1."""
    endLine: int
    """The line in which the value ends, from 1."""
    line: int
    """The line in which the value begins, from 1."""
    pointer: str
    """The JSON pointer to the value, or to the member that is missing."""


# A period in which the new license has fewer seats than the old one.
DiffLost = TypedDict(
    "DiffLost",
    {
        # The first instant of the period.
        "from": "str",
        # The seats of the new license at `from`; null for capabilities.
        "new": "Optional[int]",
        # The seats of the old license at `from`; null for capabilities.
        "old": "Optional[int]",
        # The first instant after the period; null where it never ends.
        "to": "Optional[str]",
    },
)


class DiffRenamed(TypedDict):
    """The name of an item in the old and in the new license."""
    new: str
    old: str


class DiffReplacement(TypedDict):
    """A replacement, seen from one of the two extensions."""
    id: str
    """The id of the other extension."""
    perhaps: bool
    """Whether the replacement is inferred, and not published."""


class DiffTimelineStep(TypedDict):
    """A step: an instant at which the seats change."""
    active: bool
    """Whether there are seats, or the capability exists, from `at` on."""
    at: str
    """The instant at which the step begins."""
    certain: bool
    """Whether every reading of the license gives the same seats at `at`."""
    seats: Optional[int]
    """The seats from `at` on; null for capabilities."""


class DiffUnitPrice(TypedDict):
    """The price of one seat."""
    amount: str
    """The price of one seat, with the digits that the list has."""
    currency: str
    """The currency as three letters of ISO 4217."""
    line: int
    """The line of the price in the list, from 1."""
    period: Literal["year", "month", "once"]
    """The period of the price: a year, a month, or once for good."""
    validFrom: Optional[str]
    """The instant from which on the price is valid; null where the list gives none."""


class Diff(TypedDict):
    """The answer of `seatline diff`: of what the new license gives less than the old one, and what else differs."""
    asOf: str
    """The instant of the import. What the licenses give before it does not count."""
    capabilities: Optional[DiffCapabilitiesChange]
    """`MyEsri.capabilities` of both; null where they are equal. Nobody has published what they mean, so they are not
    judged.
    """
    costs: Optional[DiffCosts]
    """The costs of the seats of OLD and NEW at the as-of; null without a list of prices."""
    failures: List[DiffFailureReport]
    """The inputs that could not be read."""
    falls: List[DiffFall]
    """The instants at which NEW gives less than before, other than the end of the whole license."""
    findings: List[DiffFinding]
    """The losses, and the parts of the documents that cannot be read plainly."""
    items: List[DiffItem]
    """Every item of both licenses."""
    looksSwapped: bool
    """Whether every item of NEW ends before OLD begins to differ: perhaps OLD is the new license and NEW the old
    one.
    """
    new: Optional[DiffSide]
    """The license that is to be imported; null where an input could not be read."""
    notJudged: List[Literal["seats", "capability", "definition", "inclusion", "includedEntitlement", "entitlement", "app", "administrator"]]
    """What a license resource as OLD does not state, and what is therefore not compared."""
    nothingLost: Optional[bool]
    """Whether both documents can be read plainly and NEW gives, at every instant from the as-of on, at least what
    OLD gives. Null where an input could not be read.
    """
    old: Optional[DiffSide]
    """The license that is in force; null where an input could not be read."""
    oldEnded: Optional[str]
    """The instant at which OLD ended, if at or before the as-of: nothing is left to compare, and nothing is lost.
    Else null.
    """
    schema: Literal["seatline/diff/v1"]
    """The name of this form: `seatline/diff/v1`."""
    sums: List[DiffSum]
    """The sums of seats at the as-of, for each kind."""
    unchanged: int
    """How many items both licenses give alike from the as-of on."""
    verdict: Optional[str]
    """The answer in words; null where an input could not be read."""


class FitCost(TypedDict):
    """A number of seats, and its cost."""
    at: str
    """The instant of the seats and of the price."""
    certain: bool
    """Whether the number of seats is certain, and whether somebody counted the seats that are needed."""
    cost: Optional[str]
    """The number of seats times the price; null where there is no price, or the product has too many digits to be
    exact.
    """
    seats: int
    """The number of seats; a delta may be below 0."""


class FitCostSum(TypedDict):
    """A sum of costs."""
    certain: bool
    """Whether every part of the sum is certain."""
    cost: Optional[str]
    """The sum; null where it, or a part of it, has too many digits to be exact."""


class FitCostSums(TypedDict):
    """The sums of the costs in one currency and for one period."""
    currency: str
    """The currency as three letters of ISO 4217."""
    delta: Optional[FitCostSum]
    """The sum for the new license less that for the old one."""
    old: Optional[FitCostSum]
    """The sum for the seats that the old license gives."""
    owned: Optional[FitCostSum]
    """The sum for the seats that the license gives."""
    period: Literal["year", "month", "once"]
    """The period of the prices."""
    trueUp: Optional[FitCostSum]
    """The sum for the missing seats."""
    trueUpCertainly: Optional[FitCostSum]
    """The sum for the seats that are certainly missing."""
    unassigned: Optional[FitCostSum]
    """The sum for the seats that are assigned to nobody."""


class FitCosts(TypedDict):
    """The costs of seats by a list of prices. Only amounts of one currency and one period are added up; nothing is
    converted, rounded or spread over time.
    """
    asOf: str
    """The as-of: seats and prices are those of this instant, except where a cost names another one."""
    items: List[FitItemCosts]
    """The items that have a price. An item whose price changes before its seats are missing has a line for each
    price.
    """
    nextChange: Optional[str]
    """The first later instant at which the license gives another number of seats of these items; null where there is
    none.
    """
    notes: List[str]
    """Notes for readers who rely on the costs."""
    prices: str
    """The name of the list of prices."""
    sums: List[FitCostSums]
    """The sums of `items`."""
    withoutPrice: List[FitItemCosts]
    """The items without a price, whose seats are in no sum."""


class FitFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What went wrong, as one word for programs, such as `not-json`."""
    column: Optional[int]
    """The column of the fault, from 1; null where it has no single place."""
    document: int
    """The number of the document in the input, from 0."""
    file: str
    """The input by its name, as messages show it."""
    line: Optional[int]
    """The line of the fault, from 1; null where it has no single place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """The JSON pointer to the value that could not be read; null where it is not known."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the input."""


class FitFindingReport(TypedDict):
    """A finding of a rule, with its place in the file."""
    at: Optional[str]
    """The instant at which seats change or end; null where the finding is about no instant."""
    id: Optional[str]
    """The id of the item that the finding is about; null where it is about none."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kind of the item that the finding is about; null where it is about none."""
    location: FitLocation
    """The place of the value that the finding is about."""
    message: str
    """What is wrong and what follows."""
    rule: str
    """The rule that found it, by its name, such as `seat-gap`."""
    severity: Literal["info", "warning", "error"]
    """The severity: error, warning or information."""


class FitItem(TypedDict):
    """An item, its seats, and how many of them are assigned."""
    assigned: Optional[int]
    """The seats assigned at the as-of, those planned to be assigned by then included; null where nobody counted."""
    available: Optional[int]
    """Usable seats less assigned seats, negative where over-assigned; null where nobody counted."""
    certain: bool
    """Whether the seats at the as-of are certain."""
    certainUntil: Optional[str]
    """The first instant, from the as-of on, at which the seats are not certain; null for never."""
    firstShortage: Optional[FitShortage]
    """The first period with too few seats by the cautious reading, also after `until`; null where there is none."""
    fits: Optional[bool]
    """Whether the item certainly fits from `asOf` to `until`. Where nobody counted, false if the planned seats alone
    do not fit, else null.
    """
    fitsUntil: Optional[str]
    """The first instant, from the as-of on, at which the item does not certainly fit, also after `until`; null for
    never.
    """
    id: str
    """The id, compared byte for byte."""
    inLicense: bool
    """Whether the license has the item. If not, there are no seats of it."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """User type, app bundle, extension or app."""
    knownAs: Optional[str]
    """The published name of the id; null where the id is not in the catalogue."""
    laterShortages: List[FitLaterShortage]
    """The later periods with too few seats, up to `until`."""
    misfitLockedOut: Optional[int]
    """The number of members locked out at `fitsUntil`: all members of the user type without administrator
    privileges. Null for other kinds, and where `fitsUntil` is null.
    """
    misfitLockedOutCertainly: Optional[int]
    """How many of them are certainly locked out: none where it is not certain that seats are missing."""
    mostShort: Optional[FitMostShort]
    """The most seats that are missing at one time from `asOf` to `until`; null where none are, or nobody says how
    many are needed.
    """
    name: Optional[str]
    """The name in the document; null where it has none."""
    near: Optional[str]
    """The id of the license that was perhaps meant; null where the license has this id or the catalogue knows it."""
    planned: int
    """The seats that the plan adds at or before `until`."""
    replaces: List[FitReplaced]
    """The retired ids whose assigned seats count as seats of this item."""
    retired: Optional[str]
    """The note that the id is perhaps retired, and what took its place; null where the license has the item."""
    usableSeats: int
    """The seats at the as-of, by the cautious reading."""
    useLevel: Optional[Literal["info", "warning", "error"]]
    """The severity of this use by the thresholds; null where it is below them."""
    usePercent: Optional[float]
    """Assigned seats in percent of usable seats, rounded down to a tenth; null where there are no seats or nobody
    counted.
    """


class FitItemCosts(TypedDict):
    """The costs of the seats of an item."""
    delta: Optional[FitCost]
    """The cost of the new license's seats less that of the old license's."""
    id: str
    """The id of the item as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """The kind of the item: user type, app bundle, extension or app."""
    name: Optional[str]
    """The name of the item; null where none is known."""
    old: Optional[FitCost]
    """The cost of the seats that the old license gives; null where there is no old license, or it does not tell."""
    owned: Optional[FitCost]
    """The cost of the seats that the license gives; in `diff` and `preflight`, the new license."""
    price: Optional[FitUnitPrice]
    """The price of a seat; null where the list has no price that is valid then."""
    priceBegins: Optional[str]
    """The instant at which the item's first price begins; null where a price is valid already or the list has none."""
    trueUp: Optional[FitCost]
    """The cost of the missing seats: the most that are missing at a time, by the price of the first day on which
    that many are missing. Null where it is not known how many seats are needed.
    """
    trueUpCertainly: Optional[FitCost]
    """The cost of the largest certain shortage, at the price of the day on which it is first reached; `trueUp` may
    use another price. Null if it is not known how many seats are needed, or if no shortage is certain.
    """
    unassigned: Optional[FitCost]
    """The cost of the seats that are assigned to nobody; null where nobody counted."""


# A line of the plan that begins after `until`, and so is not counted.
FitLaterLine = TypedDict(
    "FitLaterLine",
    {
        # How many seats the line adds.
        "count": "int",
        # The instant from which on the seats are to be assigned.
        "from": "str",
        # The id as the plan gives it.
        "id": "str",
        # User type, app bundle, extension or app.
        "kind": "Literal[\"userType\", \"appBundle\", \"extension\", \"app\", \"capability\"]",
    },
)


class FitLaterShortage(TypedDict):
    """A later period with too few seats."""
    at: str
    """The first instant of the period."""
    certain: bool
    """Whether the seats at `at` and when the most are missing are certain."""
    short: int
    """The most seats that are missing at one time of the period."""
    to: Optional[str]
    """The first instant at which there are enough seats again; null where there is none."""


class FitLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The column in which the value begins, in Unicode scalar values, from 1."""
    endColumn: int
    """The column after the last one of the value, in Unicode scalar values, from 1."""
    endLine: int
    """The line in which the value ends, from 1."""
    line: int
    """The line in which the value begins, from 1."""
    pointer: str
    """The JSON pointer to the value, or to the member that is missing."""


class FitMisfit(TypedDict):
    """A period during which an item does not certainly fit."""
    again: Optional[str]
    """The first instant after `to` at which one of `items` does not certainly fit again, up to `until`; null where
    there is none.
    """
    at: str
    """The first instant of the period."""
    items: List[FitMisfitItem]
    """The items that do not certainly fit at `at`."""
    later: int
    """How many more items do not certainly fit at a later time, up to `until`."""
    lockedOut: int
    """The number of members without administrator privileges who are locked out at `at`."""
    lockedOutCertainly: int
    """How many of `lockedOut` are certainly locked out, whatever is not known."""
    lockedOutIsUpperBound: bool
    """Whether fewer members may be locked out, since not every role or not every seat count is known."""
    to: Optional[str]
    """The first instant at which everything fits again; null where there is none."""


class FitMisfitItem(TypedDict):
    """An item that does not certainly fit."""
    id: str
    """The id as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """User type, app bundle, extension or app."""
    short: bool
    """True where there are certainly too few seats; false where it is not certain how many seats there are."""


class FitMostShort(TypedDict):
    """The time at which the most seats are missing."""
    assigned: int
    """The seats that are assigned or planned at `at`."""
    at: str
    """The first instant at which this many seats are missing."""
    certain: bool
    """Whether the seats at `at` are certain."""
    seats: int
    """The seats at `at`, by the cautious reading."""
    short: int
    """How many seats are missing at `at`."""


class FitMoveProblem(TypedDict):
    """A problem that stands against moves."""
    code: Literal["unknown-user", "ambiguous-name", "two-targets", "unknown-type", "no-seats", "seats-not-certain", "not-counted", "administrator-type", "no-administrator-left", "ends-short", "deadlock", "held-by-last", "changed-meanwhile"]
    """What is wrong, as one word for programs, such as `deadlock`."""
    message: str
    """What is wrong and what to do, for people."""
    userTypes: List[str]
    """The ids of the user types that the problem is about."""
    username: Optional[str]
    """The name of the member that the problem is about; null where it is about none."""


class FitReplaced(TypedDict):
    """A retired id whose seats count as seats of its successor."""
    assigned: int
    """The seats of this id that are assigned at the as-of, those planned to be assigned by then included."""
    id: str
    """The retired id."""
    perhaps: bool
    """Whether it is inferred, and not published, that the successor takes the place of this id."""


class FitShortage(TypedDict):
    """A period with too few seats."""
    assigned: int
    """The seats that are assigned or planned at `at`."""
    at: str
    """The first instant of the period."""
    certain: bool
    """Whether the seats at `at` are certain."""
    isLicenseEnd: bool
    """Whether the whole license ends at `at` or less than 24 hours later."""
    lockedOut: Optional[int]
    """The number of members locked out at `at`: all members of the user type without administrator privileges. Null
    for other kinds than user types.
    """
    lockedOutCertainly: Optional[int]
    """How many of `lockedOut` are certainly locked out; null for other kinds than user types."""
    lockedOutIsUpperBound: bool
    """Whether fewer members may be locked out, since not every role or not every seat count is known."""
    seats: int
    """The seats at `at`."""
    short: int
    """How many seats are missing at `at`."""
    to: Optional[str]
    """The first instant at which there are enough seats again; null where there is none."""


class FitUnitPrice(TypedDict):
    """The price of one seat."""
    amount: str
    """The price of one seat, with the digits that the list has."""
    currency: str
    """The currency as three letters of ISO 4217."""
    line: int
    """The line of the price in the list, from 1."""
    period: Literal["year", "month", "once"]
    """The period of the price: a year, a month, or once for good."""
    validFrom: Optional[str]
    """The instant from which on the price is valid; null where the list gives none."""


class FitUnknownRole(TypedDict):
    """A role that may or may not have administrator privileges."""
    members: int
    """How many members have this role."""
    role: Optional[str]
    """The id or name of the role as the source has it; null for members without a role."""


class Fit(TypedDict):
    """The answer of `seatline fit`: whether the seats that are assigned, and those that are planned, fit a license."""
    asOf: str
    """The instant from which on the seats must suffice."""
    costs: Optional[FitCosts]
    """The costs of the license's seats, of seats assigned to nobody, and of missing seats; null without a list of
    prices.
    """
    disabledMembers: Optional[int]
    """How many of these members are disabled; they hold a seat all the same. Null where this is not known of every
    member.
    """
    document: int
    """The number of the document in the input, from 0."""
    failures: List[FitFailureReport]
    """The inputs that could not be read."""
    fetchedAt: Optional[str]
    """The time at which the license was fetched, as its envelope says; null where no envelope says it."""
    file: Optional[str]
    """The license's file, by the name that messages give it; null where an input could not be read."""
    findings: List[FitFindingReport]
    """The findings about entries of the license that could not be read plainly."""
    firstMisfit: Optional[FitMisfit]
    """The first period during which an item does not certainly fit, if it begins at or before `until`."""
    fits: Optional[bool]
    """False where an item does not certainly fit at some time from `asOf` to `until`, both included. Else null where
    the plan adds seats of a kind that nobody counted, or an input could not be read. Else true.
    """
    items: List[FitItem]
    """Every item of the license that has seats, and every item that is assigned or planned."""
    laterPlan: List[FitLaterLine]
    """Lines of the plan that begin after `until`, and so are not counted."""
    licenseEnd: Optional[str]
    """The instant from which on no user type of the license has seats, by the cautious reading; null where there is
    none.
    """
    licenseEndCertain: Optional[bool]
    """Whether the license ends then by every reading; null where `licenseEnd` is."""
    members: Optional[int]
    """How many members the usage lists one by one; null where it has counts only."""
    moves: Optional[int]
    """How many members change user type first; null where no moves were given."""
    notCounted: List[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kinds of item that the license has and nobody counted."""
    notes: List[str]
    """Remarks besides the numbers."""
    plan: Optional[str]
    """The name of the plan; null where there is none."""
    problems: List[FitMoveProblem]
    """Why `moves` would refuse the given moves; empty where it would not."""
    schema: Literal["seatline/fit/v1"]
    """The name of this form: `seatline/fit/v1`."""
    source: Optional[str]
    """The source of the license: its envelope's `source`, else the name of the input; null where the license could
    not be read.
    """
    unknownRoles: List[FitUnknownRole]
    """The roles that may or may not have administrator privileges."""
    until: Optional[str]
    """The last instant at which the seats must suffice; null where the license could not be read and no instant was
    given.
    """
    untilIs: Optional[Literal["given", "license-end", "year", "lead", "plan"]]
    """Why `until` is the last instant that is looked at; null where `until` is null."""
    usage: List[str]
    """The inputs that say how many seats are assigned, by the names that messages give them."""
    verdict: str
    """The first line that people read: whether all fits until when, or what is short first."""
    version: Optional[str]
    """The version of the license, as the text that stands there."""


class PreflightAction(TypedDict):
    """An action: what must be done by one date for one cause."""
    addressee: Literal["purchasing", "esri", "administrators"]
    """The people who can do it."""
    advice: List[str]
    """Further advice."""
    cause: Literal["shortage", "no-administrator", "unreadable", "lost", "policy", "version"]
    """The cause of the trouble."""
    due: str
    """The first instant of the trouble."""
    isLicenseEnd: bool
    """Whether the license ends for everybody at `due`, or begins to end. The license that follows must then give the
    missing seats.
    """
    items: List[PreflightActionItem]
    """The items that the action is about."""
    locations: List[str]
    """The lines that show the cause, as `file:line`: of the license, and of the old license for items that only that
    one has.
    """
    lockedOut: int
    """Members without administrator privileges who are locked out, of all items: those of each at its worst instant."""
    lockedOutCertainly: int
    """How many of `lockedOut` are certainly locked out."""
    lockedOutIsUpperBound: bool
    """Whether fewer members may be locked out, because the roles of some are not known, or the shortage is not
    certain.
    """
    message: str
    """By when, what to do, whom the trouble hits, and why, in one sentence."""
    toDo: str
    """What to do, and whom the trouble hits otherwise."""
    why: Optional[str]
    """The command that shows where the seats of the first item come from; it names the old license where only that
    one has the item. Null where neither has it.
    """


# An item that an action is about, with the seats that are short and how many there are.
PreflightActionItem = TypedDict(
    "PreflightActionItem",
    {
        # The seats assigned or planned at the worst instant; null where nobody counted.
        "assigned": "Optional[int]",
        # The numbers at `from`; null where `from` is the worst instant.
        "atFirst": "Optional[PreflightShortAtFirst]",
        # Whether every reading of the license gives the same `seats`; null where `seats` is.
        "certain": "Optional[bool]",
        # The cost of the missing seats; null without a list of prices, and where the item has no price.
        "cost": "Optional[PreflightShortCost]",
        # The missing seats while the trouble lasts, from each instant on at which their number changes, up to
        # `until`; empty where seats are not concerned.
        "course": "List[PreflightShortStep]",
        # The first instant of the trouble.
        "from": "str",
        # The id of the item as it stands in the license, compared byte for byte.
        "id": "str",
        # The kind of the item: user type, app bundle, extension, app or capability.
        "kind": "Literal[\"userType\", \"appBundle\", \"extension\", \"app\", \"capability\"]",
        # The number of members locked out, without administrators.
        "lockedOut": "int",
        # How many of them are certainly locked out: none where it is not certain that seats are missing.
        "lockedOutCertainly": "int",
        # The name of the item; null where none is known.
        "name": "Optional[str]",
        # The seats that the old license gives or gave; null where somebody counted. Where only some of the retired
        # ids that the item replaces were counted, or only the item itself, `assigned` and `old` are both there, and
        # their sum is needed.
        "old": "Optional[int]",
        # Whether every reading of the old license gives the same `old`; null where `old` is.
        "oldCertain": "Optional[bool]",
        # The number of those seats that are only planned.
        "planned": "int",
        # The seats that are certain at the worst instant; null where the action is not about seats.
        "seats": "Optional[int]",
        # The seats that are missing at the worst instant; null where the action is not about seats.
        "short": "Optional[int]",
        # Whether it is not certain from `to` on how many seats there are: an `unreadable` action begins then.
        "thenInDoubt": "bool",
        # The first instant after the trouble; null where it does not end.
        "to": "Optional[str]",
        # The part of the item that the action is about; null where it is about the seats.
        "what": "Optional[str]",
        # The worst instant, the first of several, to which `assigned`, `old`, `seats`, `short` and `cost` belong. The
        # same as `from` where the action is not about seats.
        "worstAt": "str",
    },
)


class PreflightCost(TypedDict):
    """A number of seats, and its cost."""
    at: str
    """The instant of the seats and of the price."""
    certain: bool
    """Whether the number of seats is certain, and whether somebody counted the seats that are needed."""
    cost: Optional[str]
    """The number of seats times the price; null where there is no price, or the product has too many digits to be
    exact.
    """
    seats: int
    """The number of seats; a delta may be below 0."""


class PreflightCostSum(TypedDict):
    """A sum of costs."""
    certain: bool
    """Whether every part of the sum is certain."""
    cost: Optional[str]
    """The sum; null where it, or a part of it, has too many digits to be exact."""


class PreflightCostSums(TypedDict):
    """The sums of the costs in one currency and for one period."""
    currency: str
    """The currency as three letters of ISO 4217."""
    delta: Optional[PreflightCostSum]
    """The sum for the new license less that for the old one."""
    old: Optional[PreflightCostSum]
    """The sum for the seats that the old license gives."""
    owned: Optional[PreflightCostSum]
    """The sum for the seats that the license gives."""
    period: Literal["year", "month", "once"]
    """The period of the prices."""
    trueUp: Optional[PreflightCostSum]
    """The sum for the missing seats."""
    trueUpCertainly: Optional[PreflightCostSum]
    """The sum for the seats that are certainly missing."""
    unassigned: Optional[PreflightCostSum]
    """The sum for the seats that are assigned to nobody."""


class PreflightCosts(TypedDict):
    """The costs of seats by a list of prices. Only amounts of one currency and one period are added up; nothing is
    converted, rounded or spread over time.
    """
    asOf: str
    """The as-of: seats and prices are those of this instant, except where a cost names another one."""
    items: List[PreflightItemCosts]
    """The items that have a price. An item whose price changes before its seats are missing has a line for each
    price.
    """
    nextChange: Optional[str]
    """The first later instant at which the license gives another number of seats of these items; null where there is
    none.
    """
    notes: List[str]
    """Notes for readers who rely on the costs."""
    prices: str
    """The name of the list of prices."""
    sums: List[PreflightCostSums]
    """The sums of `items`."""
    withoutPrice: List[PreflightItemCosts]
    """The items without a price, whose seats are in no sum."""


class PreflightFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What went wrong, as one word for programs, such as `not-json`."""
    column: Optional[int]
    """The column of the fault, from 1; null where it has no single place."""
    document: int
    """The number of the document in the input, from 0."""
    file: str
    """The input by its name, as messages show it."""
    line: Optional[int]
    """The line of the fault, from 1; null where it has no single place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """The JSON pointer to the value that could not be read; null where it is not known."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the input."""


class PreflightItemCosts(TypedDict):
    """The costs of the seats of an item."""
    delta: Optional[PreflightCost]
    """The cost of the new license's seats less that of the old license's."""
    id: str
    """The id of the item as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """The kind of the item: user type, app bundle, extension or app."""
    name: Optional[str]
    """The name of the item; null where none is known."""
    old: Optional[PreflightCost]
    """The cost of the seats that the old license gives; null where there is no old license, or it does not tell."""
    owned: Optional[PreflightCost]
    """The cost of the seats that the license gives; in `diff` and `preflight`, the new license."""
    price: Optional[PreflightUnitPrice]
    """The price of a seat; null where the list has no price that is valid then."""
    priceBegins: Optional[str]
    """The instant at which the item's first price begins; null where a price is valid already or the list has none."""
    trueUp: Optional[PreflightCost]
    """The cost of the missing seats: the most that are missing at a time, by the price of the first day on which
    that many are missing. Null where it is not known how many seats are needed.
    """
    trueUpCertainly: Optional[PreflightCost]
    """The cost of the largest certain shortage, at the price of the day on which it is first reached; `trueUp` may
    use another price. Null if it is not known how many seats are needed, or if no shortage is certain.
    """
    unassigned: Optional[PreflightCost]
    """The cost of the seats that are assigned to nobody; null where nobody counted."""


# A line of the plan that begins after `until`, and so is not counted.
PreflightLaterLine = TypedDict(
    "PreflightLaterLine",
    {
        # How many seats the line adds.
        "count": "int",
        # The instant from which on the seats are to be assigned.
        "from": "str",
        # The id as the plan gives it.
        "id": "str",
        # User type, app bundle, extension or app.
        "kind": "Literal[\"userType\", \"appBundle\", \"extension\", \"app\", \"capability\"]",
    },
)


class PreflightLowest(TypedDict):
    """The fewest seats of a period."""
    at: str
    """The first instant with these seats."""
    seats: int
    """By the cautious reading."""


class PreflightOrigin(TypedDict):
    """The document that an answer is about: where it was found, and its version."""
    document: int
    """The number of the document in the file, from 0."""
    fetchedAt: Optional[str]
    """The time at which the document was fetched, as its envelope says; null where no envelope says it."""
    file: str
    """The file that was read, as it was named; positions are in this file. Standard input is `<stdin>`; documents in
    memory have such names too.
    """
    source: str
    """The source of the document: its envelope's `source`, else the name of the file."""
    version: Optional[str]
    """The version of the license, as the text that stands there."""


class PreflightItem(TypedDict):
    """An item on the day of the import."""
    assigned: Optional[int]
    """The seats assigned or planned at the import; null where nobody counted."""
    certain: bool
    """Whether every reading of the license gives the same seats at the import."""
    certainUntil: Optional[str]
    """The first instant from the import on at which readings of the license disagree; null where they always agree."""
    fits: Optional[bool]
    """Whether no action is about the seats of the item; null where the need is not known: nobody counted, and there
    is no old license that states it plainly.
    """
    id: str
    """The id of the item as it stands in the license, compared byte for byte."""
    kind: Literal["userType", "appBundle", "extension", "app", "capability"]
    """The kind of the item: user type, app bundle, extension, app or capability."""
    lowest: PreflightLowest
    """The fewest seats from the import to `until`; of a capability 1 while the license gives it."""
    name: Optional[str]
    """The name of the item; null where none is known."""
    new: Optional[int]
    """The seats of the license at the import; null for capabilities."""
    old: Optional[int]
    """The seats of the old license, with those of the retired ids that this item replaces; null without an old
    license, where that does not have the item, and for capabilities.
    """
    oldCertain: Optional[bool]
    """Whether every reading of the old license gives the same `old`; null where `old` is."""
    oldCertainUntil: Optional[str]
    """The first instant at the import or later at which readings of the old license disagree about the seats; for an
    old license that has ended, an instant just before its end. Null where readings always agree, and where `old`
    is.
    """
    planned: int
    """The number of those seats that are only planned."""
    replaces: List[PreflightReplacedId]
    """The retired ids that this item replaces; `assigned` and `old` count them too."""


class PreflightOld(TypedDict):
    """The license that the import replaces."""
    document: int
    """The number of the document in the file, from 0."""
    ended: Optional[str]
    """The instant from which on no user type of the old license has seats; null where it lies after the as-of or
    there is none.
    """
    fetchedAt: Optional[str]
    """The time at which the document was fetched, as its envelope says; null where no envelope says it."""
    file: str
    """The file that was read, as it was named; positions are in this file. Standard input is `<stdin>`; documents in
    memory have such names too.
    """
    source: str
    """The source of the document: its envelope's `source`, else the name of the file."""
    version: Optional[str]
    """The version of the license, as the text that stands there."""


class PreflightReplacedId(TypedDict):
    """A retired id that another id replaces."""
    id: str
    """The retired id."""
    perhaps: bool
    """Whether the replacement is inferred and not published."""


class PreflightShortAtFirst(TypedDict):
    """An item of an action at the first instant of a trouble that grows worse later."""
    assigned: Optional[int]
    """The seats assigned or planned at that instant; null where nobody counted."""
    lockedOut: int
    """The number of members locked out at that instant, without administrators."""
    lockedOutCertainly: int
    """How many of them are certainly locked out."""
    old: Optional[int]
    """The seats that the old license gives or gave; null where somebody counted."""
    oldCertain: Optional[bool]
    """Whether every reading of the old license gives the same `old`; null where `old` is."""
    planned: int
    """The number of those seats that are only planned."""
    seats: int
    """The seats that are certain at that instant."""
    short: int
    """The seats that are missing at that instant."""


class PreflightShortCost(TypedDict):
    """The cost of the seats that an action asks for."""
    certain: bool
    """Whether the number of missing seats is certain: the seats are certain, and somebody counted the needed ones."""
    cost: Optional[str]
    """The number of seats times the price; null where the product has too many digits to be exact."""
    price: PreflightUnitPrice
    """The price of the first day on which that many seats are missing."""


class PreflightShortStep(TypedDict):
    """The seats of an item that are missing from an instant on."""
    assigned: Optional[int]
    """Seats assigned from then on, with those planned by then; null where nobody counted."""
    at: str
    """The first instant."""
    lockedOut: int
    """The number of members locked out, without administrators."""
    lockedOutCertainly: int
    """How many of them are certainly locked out."""
    old: Optional[int]
    """Seats that the old license gives or gave, where nobody counted."""
    planned: int
    """How many of `assigned` are only planned."""
    seats: int
    """The certain seats."""
    short: int
    """The missing seats."""


class PreflightUncountedAccounts(TypedDict):
    """Accounts that a source names and that were not counted, for one reason."""
    reason: Literal["built-in", "excluded"]
    """Why they were not counted."""
    usernames: List[str]
    """Their user names, sorted."""


class PreflightUnitPrice(TypedDict):
    """The price of one seat."""
    amount: str
    """The price of one seat, with the digits that the list has."""
    currency: str
    """The currency as three letters of ISO 4217."""
    line: int
    """The line of the price in the list, from 1."""
    period: Literal["year", "month", "once"]
    """The period of the price: a year, a month, or once for good."""
    validFrom: Optional[str]
    """The instant from which on the price is valid; null where the list gives none."""


class Preflight(TypedDict):
    """Whether a license may be imported on a day, and what must be done by when."""
    actions: List[PreflightAction]
    """The actions, by date."""
    asOf: str
    """The instant of the import."""
    costs: Optional[PreflightCosts]
    """The costs of the seats of both licenses, and of those that are missing; null without a list of prices."""
    failures: List[PreflightFailureReport]
    """The inputs that could not be read."""
    headline: str
    """The verdict in words."""
    items: List[PreflightItem]
    """The items of the license, of the usage and of the old license."""
    laterPlan: List[PreflightLaterLine]
    """The lines of the plan that begin after `until` and are therefore not counted."""
    lead: str
    """The lead time, an ISO 8601 duration: with an action due within it after the import, the verdict is no-go."""
    leadEnd: Optional[str]
    """The last instant of the lead time."""
    leftOut: List[PreflightUncountedAccounts]
    """The accounts that a source names and that were not counted, by reason."""
    licenseEnd: Optional[str]
    """The instant from which on no user type of the license has seats, by the cautious reading; null where there is
    none.
    """
    licenseEndCertain: Optional[bool]
    """Whether the license ends then by every reading; null where `licenseEnd` is."""
    members: Optional[int]
    """The number of members of the organization; null where they were not counted."""
    moved: Optional[int]
    """The number of changes of user type after which the members are counted; null where no moves were given."""
    new: Optional[PreflightOrigin]
    """The license to import; null where it could not be read."""
    old: Optional[PreflightOld]
    """The license that the import replaces; null where none was given."""
    plan: Optional[str]
    """The plan that was added to the assigned seats; null where there is none."""
    schema: Literal["seatline/preflight/v1"]
    """The name and version of this form: `seatline/preflight/v1`."""
    unknown: List[str]
    """Clauses about unknown facts: kinds that nobody counted, roles, values that cannot be read."""
    until: Optional[str]
    """The last instant that was looked at; null where the license could not be read."""
    untilIs: Optional[Literal["given", "license-end", "year", "lead", "plan"]]
    """Why nothing after `until` was looked at; null where `until` is."""
    usage: List[str]
    """The inputs with the assigned seats."""
    verdict: Optional[Literal["go", "go-then-act", "no-go"]]
    """The verdict; null where an input could not be read."""


class WhyFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What went wrong, as one word for programs, such as `not-json`."""
    column: Optional[int]
    """The column of the fault, from 1; null where it has no single place."""
    document: int
    """The number of the document in the input, from 0."""
    file: str
    """The input by its name, as messages show it."""
    line: Optional[int]
    """The line of the fault, from 1; null where it has no single place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """The JSON pointer to the value that could not be read; null where it is not known."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the input."""


class WhyLocation(TypedDict):
    """A span of the input: lines and columns from 1, columns in Unicode scalar values, the end exclusive."""
    column: int
    """The column in which the value begins, in Unicode scalar values, from 1."""
    endColumn: int
    """The column after the last one of the value, in Unicode scalar values, from 1."""
    endLine: int
    """The line in which the value ends, from 1."""
    line: int
    """The line in which the value begins, from 1."""
    pointer: str
    """The JSON pointer to the value, or to the member that is missing."""


class WhyEntry(TypedDict):
    """An entry of the item, or an entry that may belong to it."""
    endDate: Optional[str]
    """For a capability, the first instant at which it does not exist any more; null where no end is stated, or the
    end cannot be read.
    """
    holds: bool
    """Whether the entry holds at the as-of; where several entries say the same, this is true of each of them."""
    location: WhyLocation
    """The place of the entry in the file."""
    maxUsers: Optional[int]
    """The seats of the entry; null where they cannot be read, and for capabilities."""
    mayBelong: bool
    """Whether the entry's id cannot be read: it belongs to no item, and may belong to this one."""
    reading: str
    """The effect of the entry at the as-of, in words."""
    startDate: Optional[str]
    """The instant from which on the entry holds; null where it cannot be read."""


class Why(TypedDict):
    """The answer of `seatline why`: the entries that the seats of an item come from."""
    asOf: str
    """The instant at which the seats are explained."""
    certain: Optional[bool]
    """Whether every reading gives the same seats at the as-of; null where the license could not be read."""
    certainUntil: Optional[str]
    """The first instant, from the as-of on, at which readings differ; null for never."""
    document: int
    """The number of the document in the file, from 0."""
    entries: List[WhyEntry]
    """The entries of the item, and those that may belong to it, in the order of time; those without a date last."""
    failures: List[WhyFailureReport]
    """The inputs that could not be read."""
    fetchedAt: Optional[str]
    """The time at which the license was fetched, as its envelope says; null where no envelope says it."""
    file: Optional[str]
    """The name of the file that was read; positions are in this file. Null where it could not be read."""
    id: str
    """The id that was asked for, compared byte for byte."""
    kind: Optional[Literal["userType", "appBundle", "extension", "app", "capability"]]
    """The kind of the item; null where the license could not be read."""
    knownAs: Optional[str]
    """The published name of the id; null where the id is not in the catalogue."""
    name: Optional[str]
    """The name in the document; null where it has none."""
    otherReadings: List[str]
    """The values that could not be read plainly, how they are taken, and the result of another reading."""
    schema: Literal["seatline/why/v1"]
    """The name of this form: `seatline/why/v1`."""
    seats: Optional[int]
    """The seats at the as-of, by the cautious reading; null for capabilities, and where the license could not be
    read.
    """
    source: Optional[str]
    """The source of the license: its envelope's `source`, else the name of the input; null where it could not be
    read.
    """
    status: Optional[Literal["active", "upcoming", "lapsed", "expired", "empty"]]
    """The status at the as-of; null where the license could not be read."""
    version: Optional[str]
    """The version of the license, as the text that stands there."""


class MovesAppliedReport(TypedDict):
    """The result of the moves, by the members that the portal lists afterwards. Where they cannot be listed, the
    result is that of the portal's answers to each request.
    """
    contradicted: List[MovesAskedReport]
    """The members in `open` whom the portal reported as changed, and whom its list shows with another user type."""
    done: Optional[bool]
    """Whether every member has the new user type; null where nobody knows: the portal did not answer a request, and
    may still carry it out, its members cannot be listed afterwards, or the wait for a list that lags behind was
    cut short.
    """
    elsewhere: List[MovesElsewhereReport]
    """The members who have none of these user types."""
    gone: List[str]
    """The members whose change the portal reported as done, and who are no longer members."""
    goneWaiting: List[MovesWaitingReport]
    """The users whom the portal had reported as moved into a user type to wait in, who never got the new user type,
    and who are no longer members.
    """
    joined: List[MovesJoinedReport]
    """The members who joined a user type of `--map` after the plan was made, and were not moved: the same command
    run again moves them.
    """
    journal: str
    """The path of the journal: the command with the same journal goes on where this one ended."""
    listed: bool
    """Whether the members were listed after the last request."""
    moved: List[str]
    """The members who have the new user type, those moved by an earlier run with the same journal included."""
    open: List[str]
    """The members who still have the user type of before, or wait in the user type of `--park`."""
    portal: str
    """The URL of the portal, with its context."""
    refused: List[MovesRefusedReport]
    """The members in `open` of whom the portal answered that it did not change them."""
    stopped: Optional[str]
    """Why not all requests were sent, or why the members cannot be listed; null where neither is so."""
    unanswered: List[MovesAskedReport]
    """The members in `open` of whom the portal's last answer is missing: it may still give them the user type that
    the request asked for.
    """
    waiting: List[MovesWaitingReport]
    """The members in `open` who wait in the user type of `--park`."""


class MovesAskedReport(TypedDict):
    """A member, with the user type that a request asked for."""
    userType: str
    """The id of the user type that the request asked for."""
    username: str
    """The user name, as the portal writes it."""


class MovesElsewhereReport(TypedDict):
    """A member who has neither the user type of before nor the new user type."""
    userType: Optional[str]
    """The user type that the member has; null for a user who is no longer a member."""
    username: str
    """The user name, as the portal writes it."""


class MovesFailureReport(TypedDict):
    """An input that could not be read."""
    code: Literal["cannot-read", "too-large", "empty", "not-unicode", "not-json", "documentation-syntax", "html", "portal-error", "network", "repeated-key", "wrong-kind", "unknown-kind", "no-license", "unreadable-list", "bad-csv", "unreadable", "incomplete", "contradiction"]
    """What went wrong, as one word for programs, such as `not-json`."""
    column: Optional[int]
    """The column of the fault, from 1; null where it has no single place."""
    document: int
    """The number of the document in the input, from 0."""
    file: str
    """The input by its name, as messages show it."""
    line: Optional[int]
    """The line of the fault, from 1; null where it has no single place."""
    message: str
    """What is wrong and what to do."""
    pointer: Optional[str]
    """The JSON pointer to the value that could not be read; null where it is not known."""
    source: str
    """The source of the document: its envelope's `source`, else the name of the input."""


class MovesJoinedReport(TypedDict):
    """A member who joined a user type of `--map` after the plan was made."""
    to: str
    """The id of the user type that `--map` gives for it."""
    userType: str
    """The id of the user type that the member joined."""
    username: str
    """The user name, as the portal writes it."""


# Members who get one user type with one request.
MovesMoveBatch = TypedDict(
    "MovesMoveBatch",
    {
        # The free seats of the user type before this request.
        "freeSeats": "int",
        # The user type that each member had, in the order of `users`.
        "from": "List[str]",
        # The id of the user type that these members get.
        "userType": "str",
        # The user names of the members, as the portal writes them, in the order of the request.
        "users": "List[str]",
    },
)


class MovesMoveProblem(TypedDict):
    """A problem that stands against moves."""
    code: Literal["unknown-user", "ambiguous-name", "two-targets", "unknown-type", "no-seats", "seats-not-certain", "not-counted", "administrator-type", "no-administrator-left", "ends-short", "deadlock", "held-by-last", "changed-meanwhile"]
    """What is wrong, as one word for programs, such as `deadlock`."""
    message: str
    """What is wrong and what to do, for people."""
    userTypes: List[str]
    """The ids of the user types that the problem is about."""
    username: Optional[str]
    """The name of the member that the problem is about; null where it is about none."""


class MovesMovedType(TypedDict):
    """A user type that loses or gets members."""
    after: int
    """The members after the last move."""
    before: int
    """The members before the first move."""
    coming: int
    """How many members get this user type."""
    id: str
    """The id of the user type, as it stands in the license."""
    leaving: int
    """How many members leave this user type."""
    seats: int
    """The seats at the as-of, by the cautious reading."""


# A member who waits in a third user type.
MovesParkedReport = TypedDict(
    "MovesParkedReport",
    {
        # The number of the request, from 1, that moves the member into the user type to wait in.
        "firstRequest": "int",
        # The id of the user type that the member has before the moves.
        "from": "str",
        # The number of the request, from 1, that moves the member on.
        "lastRequest": "int",
        # The id of the user type that the member gets in the end.
        "to": "str",
        # The user name, as the portal writes it.
        "username": "str",
        # The id of the user type in which the member waits: that of `--park`.
        "via": "str",
    },
)


class MovesRefusedReport(TypedDict):
    """A member whom the portal did not change."""
    reason: Optional[str]
    """The portal's reason, in its own words; null where it gave none."""
    username: str
    """The user name, as the portal writes it."""


class MovesWaitingReport(TypedDict):
    """A user who waits in a third user type and does not have the new one yet, or who left the portal while waiting."""
    userType: str
    """The id of the user type in which the user waits, or waited."""
    username: str
    """The user name, as the portal writes it."""


class Moves(TypedDict):
    """The answer of `seatline moves`: the order in which members can change user type."""
    applied: Optional[MovesAppliedReport]
    """The moves that the portal made; null where nothing was sent."""
    asOf: str
    """The instant of the moves: its seats count."""
    batchSize: int
    """The most members that one request moves."""
    batches: List[MovesMoveBatch]
    """The requests, in order; empty where there is no order."""
    document: int
    """The number of the document in the input, from 0."""
    failures: List[MovesFailureReport]
    """The inputs that could not be read."""
    fetchedAt: Optional[str]
    """The time at which the license was fetched, as its envelope says; null where no envelope says it."""
    file: Optional[str]
    """The license's file, by the name that messages give it; null where an input could not be read."""
    members: int
    """How many members the list has. The list is trusted to be complete."""
    moves: int
    """How many members change user type."""
    notes: List[str]
    """Facts that could not be looked up and are relied on, and what members lose meanwhile."""
    parked: List[MovesParkedReport]
    """The members who wait in the user type of `--park`, and so are in two requests, where there is no other order."""
    possible: Optional[bool]
    """Whether there is an order and no problem; null if an input could not be read."""
    problems: List[MovesMoveProblem]
    """Why the moves are not possible."""
    schema: Literal["seatline/moves/v1"]
    """The name of this form: `seatline/moves/v1`."""
    source: Optional[str]
    """The source of the license: its envelope's `source`, else the name of the input; null where an input could not
    be read.
    """
    unchanged: int
    """How many members already have the user type that they are to have."""
    unnamed: int
    """How many accounts the portal of `--apply` counts and does not name, where these may be members who are left
    out here: no count by user type says that they have none, or they have a user type that `--map` empties. Else
    0.
    """
    userTypes: List[MovesMovedType]
    """The user types that lose or get members."""
    verdict: str
    """The result in words: "possible in 2 requests", or what the portal did of it."""
    version: Optional[str]
    """The version of the license, as the text that stands there."""

"""Tells what an ArcGIS Enterprise portal license gives, on any day, before anyone imports it.

Each function is the command of the same name and gives what that command writes with ``--format json``, as a plain dict.

A document is a path, the bytes of a file, or the dict that ``gis.admin.system.licenses.validate()`` of the ArcGIS API for Python
returns. One in memory is never written to a disk; dicts and messages name it by its parameter: ``<over>``, ``<usage 2>``, and
``<license>`` where the command takes a license.

An instant is a :class:`~datetime.datetime`, a :class:`~datetime.date`, or what the command line takes: ``"2027-06-30"``,
``"2027-06-30 12:00"``, RFC 3339, ``"now"``, ``"today"``, ``"+90d"``. A datetime without a zone, and a date, are in the zone ``tz``
(an IANA name or a ``ZoneInfo``; if none is given, ``SEATLINE_TZ`` of the environment or UTC). Dicts hold instants as RFC 3339 text in
UTC, and seats as integers.

That the answer is no (something lost, not fitting, no-go) is no exception: the dict says so. What ends the program with an exit code
of 2 or more is one: :class:`UsageError`, :class:`InputError`, :class:`NetworkError`. What the program notes besides is a warning of the
category :class:`Note`.
"""

from __future__ import annotations

import json as _json
import os as _os
import warnings as _warnings
from typing import Any, Mapping, Optional, Union

from seatline import _seatline
from seatline._call import Call as _Call
from seatline._call import Document, Documents, Duration, Usage, When, Zone
from seatline._call import Texts as _Texts
from seatline._types import Admins, Check, Diff, Fit, Moves, Preflight, Report, Timeline, Why

__all__ = [
    "Error", "UsageError", "InputError", "NetworkError", "Note",
    "Document", "Documents", "Usage", "When", "Zone", "Duration",
    "report", "timeline", "admins", "check", "diff", "fit", "preflight", "why", "moves",
    "Report", "Timeline", "Admins", "Check", "Diff", "Fit", "Preflight", "Why", "Moves",
]  # fmt: skip


class Note(UserWarning):
    """What the program notes on stderr besides its answer: a user type that was read by its name, a file that was skipped."""


class Error(Exception):
    """What ends the program with an exit code of 2 or more.

    ``exit_code`` is that code, ``messages`` what stands on stderr, and ``answer`` the dict with ``failures``, where there is one.
    """

    def __init__(self, exit_code: int, messages: str, answer: Optional[Mapping[str, Any]]) -> None:
        super().__init__(_summary(messages))
        self.exit_code = exit_code
        self.messages = messages
        self.answer = answer

    def __reduce__(self) -> Any:
        # A process pool hands errors on by pickle, which would give the summary alone to the constructor.
        return type(self), (self.exit_code, self.messages, self.answer), self.__dict__


class UsageError(Error):
    """Wrong usage or a wrong policy: exit code 2."""


class InputError(Error):
    """An input could not be read, or is not the kind of document that is asked for: exit code 3."""


class NetworkError(Error):
    """Network, TLS or sign-in: exit code 4."""


def _summary(messages: str) -> str:
    """The first errors among the messages."""
    most = 5
    errors = [line[len("error: ") :] for line in messages.split("\n") if line.startswith("error: ")]
    more = [f"and {len(errors) - most} more"] if len(errors) > most else []
    return "; ".join(errors[:most] + more) or messages.strip()


def _answer(call: _Call, *files: str) -> Any:
    """The answer to a call, as a dict. Notes are warnings where the caller of the function stands."""
    exit_code, stdout, stderr = _seatline.answer([*call.arguments, "--", *files], call.documents)
    answer = _json.loads(stdout) if stdout.strip() else None
    messages = stderr.decode("utf-8", "replace")
    if exit_code >= 2:
        kind = {2: UsageError, 3: InputError, 4: NetworkError}.get(exit_code, Error)
        raise kind(exit_code, messages, answer)
    for line in messages.split("\n"):
        label, _, text = line.partition(": ")
        if label in ("note", "warning"):
            _warnings.warn(text, Note, stacklevel=3)
    return answer


def report(
    *files: Document,
    as_of: When = "now",
    tz: Optional[Zone] = None,
    admins: Optional[Document] = None,
    kind: Optional[_Texts] = None,
    id: Optional[_Texts] = None,
    status: Optional[_Texts] = None,
    prices: Optional[Document] = None,
    lines: bool = False,
) -> Report:
    """Gives the usable seats of each user type, app bundle, extension and app at an instant.

    ``admins`` is the administrator list that belongs to the license. ``kind``, ``id`` and ``status`` choose items.
    ``prices`` is a list of prices; then the answer has what the seats cost.
    """
    call = _Call("report")
    call.instants(tz, as_of=as_of)
    call.document(admins=admins, prices=prices)
    call.texts(kind=kind, id=id, status=status)
    call.flags(lines=lines)
    return _answer(call, *call.files("files", files, "license"))


def timeline(
    *files: Document,
    as_of: When = "now",
    tz: Optional[Zone] = None,
    kind: Optional[_Texts] = None,
    id: Optional[_Texts] = None,
    status: Optional[_Texts] = None,
    from_: Optional[When] = None,
    to: Optional[When] = None,
    lines: bool = False,
) -> Timeline:
    """Gives every step of the seats of every item, from ``from_`` to ``to`` if they are given, both included."""
    call = _Call("timeline")
    call.instants(tz, as_of=as_of, from_=from_, to=to)
    call.texts(kind=kind, id=id, status=status)
    call.flags(lines=lines)
    return _answer(call, *call.files("files", files, "license"))


def admins(
    *files: Document,
    as_of: When = "now",
    tz: Optional[Zone] = None,
    admins: Optional[Document] = None,
    for_: Optional[Duration] = None,
    lines: bool = False,
) -> Admins:
    """Gives the user types that the initial administrator can have; ``for_`` asks for seats over a time, such as ``"P30D"``."""
    call = _Call("admins")
    call.instants(tz, as_of=as_of)
    call.document(admins=admins)
    call.duration(for_=for_)
    call.flags(lines=lines)
    return _answer(call, *call.files("files", files, "license"))


def check(
    *files: Document,
    as_of: When = "now",
    tz: Optional[Zone] = None,
    admins: Optional[Document] = None,
    usage: Optional[Usage] = None,
    admin_role: Optional[_Texts] = None,
    include_built_in: bool = False,
    exclude: Optional[_Texts] = None,
    policy: Union[None, str, "_os.PathLike[str]"] = None,
    no_policy: bool = False,
    no_waivers: bool = False,
    lines: bool = False,
) -> Check:
    """Gives the findings of the rules, and of the policy: a file by its path, else the nearest ``seatline.toml``."""
    call = _Call("check")
    call.instants(tz, as_of=as_of)
    call.document(admins=admins)
    call.usage(usage)
    call.texts(admin_role=admin_role, exclude=exclude)
    call.path(policy=policy)
    call.flags(include_built_in=include_built_in, no_policy=no_policy, no_waivers=no_waivers, lines=lines)
    return _answer(call, *call.files("files", files, "license"))


def diff(
    old: Document,
    new: Document,
    *,
    as_of: When = "now",
    tz: Optional[Zone] = None,
    future: Optional[Document] = None,
    old_admins: Optional[Document] = None,
    new_admins: Optional[Document] = None,
    prices: Optional[Document] = None,
) -> Diff:
    """Gives what NEW gives less than OLD, and when. ``future`` is the future license that belongs to a license resource as OLD."""
    call = _Call("diff")
    call.instants(tz, as_of=as_of)
    call.document(future=future, old_admins=old_admins, new_admins=new_admins, prices=prices)
    return _answer(call, call.file("old", old), call.file("new", new))


def fit(
    file: Document,
    usage: Optional[Usage] = None,
    *,
    as_of: When = "now",
    tz: Optional[Zone] = None,
    until: Optional[When] = None,
    plan: Optional[Document] = None,
    moves: Optional[Documents] = None,
    map: Optional[_Texts] = None,
    nobody_yet: bool = False,
    admins: Optional[Document] = None,
    admin_role: Optional[_Texts] = None,
    include_built_in: bool = False,
    exclude: Optional[_Texts] = None,
    policy: Union[None, str, "_os.PathLike[str]"] = None,
    prices: Optional[Document] = None,
) -> Fit:
    """Gives whether the members, and a plan, fit; if not, from when on, and how many members are locked out.

    ``usage`` is one document, a list of them, or a dict from what is counted (``"userType"``, ``"app"``, ``"appBundle"``,
    ``"extension"``) to documents. A list of members, dicts that each have a ``username``, is one document. ``map`` moves all members of a user type: ``"editorUT=creatorUT"``.
    """
    call = _Call("fit")
    call.instants(tz, as_of=as_of, until=until)
    call.usage(usage)
    call.several(moves=moves)
    call.document(plan=plan, admins=admins, prices=prices)
    call.texts(map=map, admin_role=admin_role, exclude=exclude)
    call.path(policy=policy)
    call.flags(nobody_yet=nobody_yet, include_built_in=include_built_in)
    return _answer(call, call.file("file", file, "license"))


def preflight(
    new: Document,
    *,
    over: Optional[Document] = None,
    usage: Optional[Usage] = None,
    as_of: When = "now",
    tz: Optional[Zone] = None,
    until: Optional[When] = None,
    lead: Optional[Duration] = None,
    plan: Optional[Document] = None,
    moves: Optional[Documents] = None,
    map: Optional[_Texts] = None,
    future: Optional[Document] = None,
    nobody_yet: bool = False,
    admins: Optional[Document] = None,
    admin_role: Optional[_Texts] = None,
    include_built_in: bool = False,
    exclude: Optional[_Texts] = None,
    policy: Union[None, str, "_os.PathLike[str]"] = None,
    no_policy: bool = False,
    no_waivers: bool = False,
    prices: Optional[Document] = None,
) -> Preflight:
    """Gives whether NEW may be imported at ``as_of``, and what must be done by when.

    ``over`` is what the import replaces, ``usage`` what is assigned (see :func:`fit`), ``lead`` the time within which a trouble means
    no-go: a timedelta of whole days, or a text such as ``"P30D"``, which it is if none is given.
    """
    call = _Call("preflight")
    call.instants(tz, as_of=as_of, until=until)
    call.duration(lead=lead)
    call.usage(usage)
    call.several(moves=moves)
    call.document(over=over, plan=plan, future=future, admins=admins, prices=prices)
    call.texts(map=map, admin_role=admin_role, exclude=exclude)
    call.path(policy=policy)
    call.flags(nobody_yet=nobody_yet, include_built_in=include_built_in, no_policy=no_policy, no_waivers=no_waivers)
    return _answer(call, call.file("new", new))


def why(
    id: str,
    file: Document,
    *,
    kind: Optional[str] = None,
    as_of: When = "now",
    tz: Optional[Zone] = None,
) -> Why:
    """Gives where a number of seats comes from: the entries of an item, their lines, and which of them holds."""
    call = _Call("why")
    call.instants(tz, as_of=as_of)
    call.text(kind=kind)
    return _answer(call, call.word("id", id), call.file("file", file, "license"))


def moves(
    file: Document,
    *,
    members: Optional[Documents] = None,
    moves: Optional[Documents] = None,
    map: Optional[_Texts] = None,
    usage: Optional[Usage] = None,
    as_of: When = "now",
    tz: Optional[Zone] = None,
    admins: Optional[Document] = None,
    admin_role: Optional[_Texts] = None,
    include_built_in: bool = False,
    exclude: Optional[_Texts] = None,
    last: Optional[str] = None,
    park: Optional[str] = None,
    batch: Optional[int] = None,
) -> Moves:
    """Gives an order in which members can change user type without running out of seats, or why there is none.

    It changes nothing at any portal. ``moves`` is a CSV with the columns ``username`` and ``userType``, or a list of such files; ``batch``
    is the largest number of members in one request. ``park`` is a user type in which a member may wait where full user types exchange
    members.
    """
    call = _Call("moves")
    call.instants(tz, as_of=as_of)
    call.several(members=members, moves=moves)
    call.usage(usage)
    call.document(admins=admins)
    call.texts(map=map, admin_role=admin_role, exclude=exclude)
    call.text(last=last, park=park)
    call.number(batch=batch)
    call.flags(include_built_in=include_built_in)
    return _answer(call, call.file("file", file, "license"))

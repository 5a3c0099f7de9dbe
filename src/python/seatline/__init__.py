"""Tells what an ArcGIS Enterprise portal license gives, on any day, before anyone imports it.

Each function is the command of the same name and gives what that command writes with ``--format json``, as a plain dict.

A document is a path, the bytes of a file, or the dict that ``gis.admin.system.licenses.validate()`` of the ArcGIS API for Python
returns. An instant is a :class:`~datetime.datetime`, a :class:`~datetime.date`, or what the command line takes: ``"2027-06-30"``,
``"2027-06-30 12:00"``, RFC 3339, ``"now"``, ``"today"``, ``"+90d"``. A datetime without a zone, and a date, are in the zone ``tz``
(an IANA name; UTC if none is given). Dicts hold instants as RFC 3339 text in UTC, and seats as integers.

That the answer is no (something lost, not fitting, no-go) is no exception: the dict says so. What ends the program with an exit code
of 2 or more is one: :class:`UsageError`, :class:`InputError`, :class:`NetworkError`.
"""

from __future__ import annotations

import datetime as _datetime
import json as _json
import os as _os
import tempfile as _tempfile
from typing import Any, Iterable, List, Mapping, Optional, Sequence, Union

from seatline import _seatline
from seatline._types import Admins, Check, Diff, Fit, Moves, Preflight, Report, Timeline, Why

__all__ = [
    "Error", "UsageError", "InputError", "NetworkError", "Document", "When",
    "report", "timeline", "admins", "check", "diff", "fit", "preflight", "why", "moves",
    "Report", "Timeline", "Admins", "Check", "Diff", "Fit", "Preflight", "Why", "Moves",
]  # fmt: skip

#: A file by its path, its bytes, or its JSON as a dict (a list where a file may hold one).
Document = Union[str, "_os.PathLike[str]", bytes, Mapping[str, Any], List[Any]]
#: An instant, or a text that the command line takes for one.
When = Union[str, _datetime.date, _datetime.datetime]
#: One text or several.
_Texts = Union[str, Iterable[str]]


class Error(Exception):
    """What ends the program with an exit code of 2 or more.

    ``exit_code`` is that code, ``messages`` what stands on stderr, and ``answer`` the dict with ``failures``, where there is one.
    """

    def __init__(self, exit_code: int, messages: str, answer: Optional[Mapping[str, Any]]) -> None:
        errors = [line[len("error: ") :] for line in messages.splitlines() if line.startswith("error: ")]
        super().__init__("; ".join(errors) or messages.strip())
        self.exit_code = exit_code
        self.messages = messages
        self.answer = answer


class UsageError(Error):
    """Wrong usage or a wrong policy: exit code 2."""


class InputError(Error):
    """An input could not be read, or is not the kind of document that is asked for: exit code 3."""


class NetworkError(Error):
    """Network, TLS or sign-in: exit code 4."""


class _Arguments:
    """The command line of one call, and the files that stand for documents in memory."""

    def __init__(self, command: str, folder: str) -> None:
        self.arguments = [command, "--format", "json"]
        self.stdin: Optional[bytes] = None
        self._folder = folder

    def document(self, document: Document) -> str:
        """What stands on the command line for a document: its path, or ``-`` for the first one in memory."""
        if isinstance(document, (str, _os.PathLike)):
            return _os.fspath(document)
        content = document if isinstance(document, bytes) else _json.dumps(document).encode()
        if self.stdin is None:
            self.stdin = content
            return "-"
        number = len(_os.listdir(self._folder)) + 1
        path = _os.path.join(self._folder, f"document-{number}.json")
        with open(path, "wb") as file:
            file.write(content)
        return path

    def options(self, **values: Any) -> None:
        """Adds an option for each value that is not ``None`` or ``False``; a list repeats its option."""
        for name, value in values.items():
            option = "--" + name.rstrip("_").replace("_", "-")
            if value is True:
                self.arguments.append(option)
            elif value is not None and value is not False:
                for each in [value] if isinstance(value, (str, int)) else value:
                    self.arguments.append(f"{option}={each}")

    def files(self, **values: Optional[Document]) -> None:
        """Adds an option for each document."""
        for name, value in values.items():
            if value is not None:
                self.arguments.append(f"--{name.replace('_', '-')}={self.document(value)}")

    def usage(self, usage: Union[None, Document, Sequence[Document], Mapping[str, Document]]) -> None:
        """Adds what is assigned today: one document, several, or documents by the kind that they count."""
        kinds = {"userType", "app", "appBundle", "extension"}
        if usage is None:
            return
        if isinstance(usage, Mapping) and usage and set(usage) <= kinds:
            self.arguments += [f"--usage={kind}={self.document(each)}" for kind, each in usage.items()]
        elif isinstance(usage, (list, tuple)) and all(isinstance(each, (str, _os.PathLike, bytes)) for each in usage):
            self.arguments += [f"--usage={self.document(each)}" for each in usage]
        else:
            self.arguments.append(f"--usage={self.document(usage)}")  # type: ignore[arg-type]

    def moment(self, as_of: When, tz: Optional[str]) -> None:
        self.options(as_of=_when(as_of), tz=tz)

    def run(self, *files: str) -> Any:
        arguments = self.arguments + ["--", *files]
        exit_code, stdout, stderr = _seatline.answer(arguments, self.stdin or b"")
        answer = _json.loads(stdout) if stdout.strip() else None
        if exit_code < 2:
            return answer
        kind = {2: UsageError, 3: InputError, 4: NetworkError}.get(exit_code, Error)
        raise kind(exit_code, stderr.decode("utf-8", "replace"), answer)


def _when(when: Optional[When]) -> Optional[str]:
    """The instant as the command line takes it. It counts milliseconds: what is smaller is cut off."""
    if isinstance(when, _datetime.datetime):
        return when.isoformat(timespec="milliseconds")
    if isinstance(when, _datetime.date):
        return when.isoformat()
    return when


class _Call:
    """A folder for documents in memory, for as long as a call takes."""

    def __init__(self, command: str) -> None:
        self._command = command
        self._folder = _tempfile.TemporaryDirectory(prefix="seatline-")

    def __enter__(self) -> _Arguments:
        return _Arguments(self._command, self._folder.name)

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def report(
    *files: Document,
    as_of: When = "now",
    tz: Optional[str] = None,
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
    with _Call("report") as call:
        call.moment(as_of, tz)
        call.files(admins=admins, prices=prices)
        call.options(kind=kind, id=id, status=status, lines=lines)
        return call.run(*map(call.document, files))


def timeline(
    *files: Document,
    as_of: When = "now",
    tz: Optional[str] = None,
    kind: Optional[_Texts] = None,
    id: Optional[_Texts] = None,
    status: Optional[_Texts] = None,
    from_: Optional[When] = None,
    to: Optional[When] = None,
    lines: bool = False,
) -> Timeline:
    """Gives every step of the seats of every item, from ``from_`` to ``to`` if they are given, both included."""
    with _Call("timeline") as call:
        call.moment(as_of, tz)
        call.options(kind=kind, id=id, status=status, from_=_when(from_), to=_when(to), lines=lines)
        return call.run(*map(call.document, files))


def admins(
    *files: Document,
    as_of: When = "now",
    tz: Optional[str] = None,
    admins: Optional[Document] = None,
    for_: Optional[str] = None,
    lines: bool = False,
) -> Admins:
    """Gives the user types that the initial administrator can have; ``for_`` asks for seats over a time, ``"P30D"`` say."""
    with _Call("admins") as call:
        call.moment(as_of, tz)
        call.files(admins=admins)
        call.options(for_=for_, lines=lines)
        return call.run(*map(call.document, files))


def check(
    *files: Document,
    as_of: When = "now",
    tz: Optional[str] = None,
    admins: Optional[Document] = None,
    usage: Union[None, Document, Sequence[Document], Mapping[str, Document]] = None,
    admin_role: Optional[_Texts] = None,
    include_built_in: bool = False,
    exclude: Optional[_Texts] = None,
    policy: Optional[str] = None,
    no_policy: bool = False,
    no_waivers: bool = False,
    lines: bool = False,
) -> Check:
    """Gives the findings of the rules, and of the policy: a file by its path, else the nearest ``seatline.toml``."""
    with _Call("check") as call:
        call.moment(as_of, tz)
        call.files(admins=admins)
        call.usage(usage)
        call.options(admin_role=admin_role, include_built_in=include_built_in, exclude=exclude)
        call.options(policy=policy, no_policy=no_policy, no_waivers=no_waivers, lines=lines)
        return call.run(*map(call.document, files))


def diff(
    old: Document,
    new: Document,
    *,
    as_of: When = "now",
    tz: Optional[str] = None,
    future: Optional[Document] = None,
    old_admins: Optional[Document] = None,
    new_admins: Optional[Document] = None,
    prices: Optional[Document] = None,
) -> Diff:
    """Gives what NEW gives less than OLD, and when. ``future`` is the future license that belongs to a license resource as OLD."""
    with _Call("diff") as call:
        call.moment(as_of, tz)
        call.files(future=future, old_admins=old_admins, new_admins=new_admins, prices=prices)
        return call.run(call.document(old), call.document(new))


def fit(
    file: Document,
    usage: Union[None, Document, Sequence[Document], Mapping[str, Document]] = None,
    *,
    as_of: When = "now",
    tz: Optional[str] = None,
    until: Optional[When] = None,
    plan: Optional[Document] = None,
    moves: Optional[Document] = None,
    map: Optional[_Texts] = None,
    nobody_yet: bool = False,
    admins: Optional[Document] = None,
    admin_role: Optional[_Texts] = None,
    include_built_in: bool = False,
    exclude: Optional[_Texts] = None,
    policy: Optional[str] = None,
    prices: Optional[Document] = None,
) -> Fit:
    """Gives whether the members, and a plan, fit; if not, from when on, and how many members are locked out.

    ``usage`` is one document, a list of them, or a dict from what is counted (``"userType"``, ``"app"``, ``"appBundle"``,
    ``"extension"``) to a document. ``map`` moves all members of a user type: ``"editorUT=creatorUT"``.
    """
    with _Call("fit") as call:
        call.moment(as_of, tz)
        call.usage(usage)
        call.files(plan=plan, moves=moves, admins=admins, prices=prices)
        call.options(until=_when(until), map=map, nobody_yet=nobody_yet, admin_role=admin_role)
        call.options(include_built_in=include_built_in, exclude=exclude, policy=policy)
        return call.run(call.document(file))


def preflight(
    new: Document,
    *,
    over: Optional[Document] = None,
    usage: Union[None, Document, Sequence[Document], Mapping[str, Document]] = None,
    as_of: When = "now",
    tz: Optional[str] = None,
    until: Optional[When] = None,
    lead: Optional[str] = None,
    plan: Optional[Document] = None,
    moves: Optional[Document] = None,
    map: Optional[_Texts] = None,
    future: Optional[Document] = None,
    nobody_yet: bool = False,
    admins: Optional[Document] = None,
    admin_role: Optional[_Texts] = None,
    include_built_in: bool = False,
    exclude: Optional[_Texts] = None,
    policy: Optional[str] = None,
    no_policy: bool = False,
    no_waivers: bool = False,
    prices: Optional[Document] = None,
) -> Preflight:
    """Gives whether NEW may be imported at ``as_of``, and what must be done by when.

    ``over`` is what the import replaces, ``usage`` what is assigned (see :func:`fit`), ``lead`` the time within which a trouble means
    no-go, ``"P30D"`` if none is given.
    """
    with _Call("preflight") as call:
        call.moment(as_of, tz)
        call.usage(usage)
        call.files(over=over, plan=plan, moves=moves, future=future, admins=admins, prices=prices)
        call.options(until=_when(until), lead=lead, map=map, nobody_yet=nobody_yet, admin_role=admin_role)
        call.options(include_built_in=include_built_in, exclude=exclude)
        call.options(policy=policy, no_policy=no_policy, no_waivers=no_waivers)
        return call.run(call.document(new))


def why(
    id: str,
    file: Document,
    *,
    kind: Optional[str] = None,
    as_of: When = "now",
    tz: Optional[str] = None,
) -> Why:
    """Gives where a number of seats comes from: the entries of an item, their lines, and which of them holds."""
    with _Call("why") as call:
        call.moment(as_of, tz)
        call.options(kind=kind)
        return call.run(id, call.document(file))


def moves(
    file: Document,
    *,
    members: Optional[Document] = None,
    moves: Optional[Document] = None,
    map: Optional[_Texts] = None,
    usage: Optional[Document] = None,
    as_of: When = "now",
    tz: Optional[str] = None,
    admins: Optional[Document] = None,
    admin_role: Optional[_Texts] = None,
    include_built_in: bool = False,
    exclude: Optional[_Texts] = None,
    last: Optional[_Texts] = None,
    batch: Optional[int] = None,
) -> Moves:
    """Gives an order in which members can change user type without running out of seats, or why there is none.

    It changes nothing at any portal. ``moves`` is a CSV with the columns ``username`` and ``userType``; ``batch`` is the largest number
    of members in one request.
    """
    with _Call("moves") as call:
        call.moment(as_of, tz)
        call.files(members=members, moves=moves, usage=usage, admins=admins)
        call.options(map=map, admin_role=admin_role, include_built_in=include_built_in, exclude=exclude)
        call.options(last=last, batch=batch)
        return call.run(call.document(file))

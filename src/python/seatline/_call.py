"""From the parameters of a function to the command line of the program, and the documents in memory that it names."""

from __future__ import annotations

import datetime as _datetime
import json as _json
import os as _os
from typing import Any, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

#: A file or folder by its path, the bytes of a file, or its JSON as a dict.
Document = Union[str, "_os.PathLike[str]", bytes, bytearray, memoryview, Mapping[str, Any]]
#: One document or several. A list of dicts that each have a ``username``, or a ``key`` and a ``count``, is one of them.
Documents = Union[Document, Sequence[Union[Document, Sequence[Mapping[str, Any]]]]]
#: What is assigned: documents, or documents by what they count.
Usage = Union[Documents, Mapping[str, Documents]]
#: An instant, or a text that the command line takes for one.
When = Union[str, _datetime.date, _datetime.datetime]
#: A time zone by its IANA name, or as a ``ZoneInfo``.
Zone = Union[str, _datetime.tzinfo]
#: A number of days, or a text such as ``"P30D"``, ``"12w"`` or ``"3mo"``.
Duration = Union[str, _datetime.timedelta]
#: One text or several.
Texts = Union[str, Iterable[str]]

_BYTES = (bytes, bytearray, memoryview)
_KINDS = {"userType", "app", "appBundle", "extension"}


class Call:
    """The command line of a call, and the documents in memory by the names that stand for them there."""

    def __init__(self, command: str) -> None:
        self.arguments = [command, "--format", "json"]
        self.documents: List[Tuple[str, bytes]] = []

    def file(self, parameter: str, document: Document, name: str = "") -> str:
        """What stands for a document among the arguments: its path, or its name between angle brackets."""
        if isinstance(document, (str, _os.PathLike)):
            return _path(parameter, document)
        name = f"<{name or parameter}>"
        self.documents.append((name, _content(parameter, document)))
        return name

    def files(self, parameter: str, documents: Sequence[Document], name: str = "") -> List[str]:
        """What stands for several documents. Those in memory are told apart by their place: ``<usage>``, ``<usage 2>``."""
        name = name or parameter
        names = [name if place == 1 else f"{name} {place}" for place in range(1, len(documents) + 1)]
        return [self.file(parameter, document, name) for document, name in zip(documents, names)]

    def document(self, **values: Optional[Document]) -> None:
        """Adds an option for each document."""
        for name, value in values.items():
            if value is not None:
                self._add(name, self.file(name, value))

    def several(self, **values: Optional[Documents]) -> None:
        """Adds options for one document or several."""
        for name, value in values.items():
            for file in [] if value is None else self.files(name, _listed(name, value)):
                self._add(name, file)

    def usage(self, usage: Optional[Usage]) -> None:
        """Adds what is assigned today: documents, or documents by the kind that they count."""
        if not (isinstance(usage, Mapping) and usage and set(usage) <= _KINDS):
            return self.several(usage=usage)
        for kind, documents in usage.items():
            for file in self.files("usage", _listed("usage", documents), f"usage {kind}"):
                self._add("usage", f"{kind}={file}")

    def flags(self, **values: bool) -> None:
        """Adds each option that is True."""
        for name, value in values.items():
            if not isinstance(value, bool):
                raise _wrong(name, "True or False", value)
            if value:
                self.arguments.append(_option(name))

    def text(self, **values: Optional[str]) -> None:
        """Adds an option for each text."""
        for name, value in values.items():
            if value is not None:
                self._add(name, _text(name, value, "a text"))

    def word(self, parameter: str, value: str) -> str:
        """The text of a parameter that is no option."""
        return _text(parameter, value, "a text")

    def texts(self, **values: Optional[Texts]) -> None:
        """Adds an option for each text of each list."""
        for name, value in values.items():
            if value is None:
                continue
            if not isinstance(value, Iterable) or isinstance(value, (Mapping, *_BYTES)):
                raise _wrong(name, "a text or a list of texts", value)
            for each in [value] if isinstance(value, str) else value:
                self._add(name, _text(name, each, "a list of texts"))

    def number(self, **values: Optional[int]) -> None:
        for name, value in values.items():
            if isinstance(value, bool) or not isinstance(value, (int, type(None))):
                raise _wrong(name, "an integer", value)
            if value is not None:
                self._add(name, str(value))

    def path(self, **values: Union[None, str, "_os.PathLike[str]"]) -> None:
        """Adds an option for each path of a file that is read from the disk."""
        for name, value in values.items():
            if not isinstance(value, (str, _os.PathLike, type(None))):
                raise _wrong(name, "a path", value)
            if value is not None:
                self._add(name, _path(name, value))

    def duration(self, **values: Optional[Duration]) -> None:
        for name, value in values.items():
            if isinstance(value, _datetime.timedelta):
                if value % _datetime.timedelta(days=1):
                    raise ValueError(f"{name}: whole days are counted, and {value} has a part of a day")
                value = f"{value.days}d"
            if value is not None:
                self._add(name, _text(name, value, "a text or a timedelta"))

    def instants(self, tz: Optional[Zone], **values: Optional[When]) -> None:
        """Adds the zone, and an option for each instant."""
        zone = None if tz is None else _zone(tz)
        for name, value in values.items():
            if value is not None:
                self._add(name, _when(name, value, zone))
        self.text(tz=zone)

    def _add(self, name: str, value: str) -> None:
        self.arguments.append(f"{_option(name)}={value}")


def _option(name: str) -> str:
    return "--" + name.rstrip("_").replace("_", "-")


def _wrong(parameter: str, wanted: str, value: object) -> TypeError:
    return TypeError(f"{parameter}: {wanted} is wanted, not {type(value).__name__}")


def _text(parameter: str, value: object, wanted: str) -> str:
    if not isinstance(value, str):
        raise _wrong(parameter, wanted, value)
    return value


def _path(parameter: str, path: Union[str, _os.PathLike[str]]) -> str:
    name = _os.fsdecode(path)
    if name == "-":
        raise ValueError(f"{parameter}: no function reads standard input; give its bytes, sys.stdin.buffer.read()")
    # No file has the name of a document in memory.
    return _os.path.join(".", name) if name.startswith("<") and name.endswith(">") else name


def _content(parameter: str, document: Any) -> bytes:
    """The bytes of a document in memory. The JSON of a dict has lines, so that a line tells a place."""
    if isinstance(document, _BYTES):
        return bytes(document)
    if not (isinstance(document, Mapping) or _is_table(document)):
        raise _wrong(parameter, "a path, bytes or a dict", document)
    try:
        root = dict(document) if isinstance(document, Mapping) else list(document)
        return _json.dumps(root, indent=1, default=_as_dict).encode()
    except (TypeError, ValueError) as error:
        # A value that JSON does not have, or a dict within itself.
        raise type(error)(f"{parameter}: {error}") from None


def _as_dict(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"JSON has no {type(value).__name__}")


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, *_BYTES))


def _is_table(value: Any) -> bool:
    """Whether this is a list of members or of counts, which is one document."""
    rows = _is_list(value) and all(isinstance(row, Mapping) for row in value)
    return rows and (all("username" in row for row in value) or all("key" in row and "count" in row for row in value))


def _listed(parameter: str, documents: Any) -> Sequence[Document]:
    """The documents as a list, in which a list of members is one document."""
    if not _is_list(documents):
        return [documents]
    if not documents:
        raise ValueError(f"{parameter}: the list is empty; leave {parameter} out where there is nothing to read")
    return [documents] if _is_table(documents) else documents


def _zone(tz: object) -> str:
    if isinstance(tz, _datetime.tzinfo):
        # The name of a ZoneInfo, or of a zone of pytz.
        name = "UTC" if tz is _datetime.timezone.utc else getattr(tz, "key", None) or getattr(tz, "zone", None)
        if name is None:
            raise ValueError(f"tz: {tz!r} has no IANA name; an instant may have it as its own tzinfo")
        tz = name
    return _text("tz", tz, "an IANA name or a ZoneInfo")


def _when(parameter: str, when: object, zone: Optional[str]) -> str:
    """The instant as the command line takes it. It counts milliseconds: what is smaller is cut off."""
    if isinstance(when, _datetime.datetime):
        if when.tzinfo is None and when.fold:
            when = _second_time(parameter, when, zone or _os.environ.get("SEATLINE_TZ") or "UTC")
        return when.isoformat(timespec="milliseconds")
    if isinstance(when, _datetime.date):
        return when.isoformat()
    return _text(parameter, when, "a datetime, a date or a text")


def _second_time(parameter: str, when: _datetime.datetime, zone: str) -> _datetime.datetime:
    """A local time that comes twice, at its second time; any other is left as it is."""
    from zoneinfo import ZoneInfo

    try:
        second = when.replace(tzinfo=ZoneInfo(zone))
    except KeyError:
        message = f"{parameter}: fold is 1, and this Python does not know the zone {zone}: give the instant a tzinfo"
        raise ValueError(message) from None
    first, later = second.replace(fold=0).utcoffset(), second.utcoffset()
    comes_twice = first is not None and later is not None and first > later
    return second if comes_twice else when

"""Calls that mypy --strict takes, and calls that it refuses. Nobody runs them."""

import collections
import datetime
import pathlib
import types
import zoneinfo
from typing import Any, Dict, List, Mapping, Optional

import seatline

new: Dict[str, Any] = {}
read_only: Mapping[str, Any] = types.MappingProxyType(new)
members: List[Dict[str, Any]] = []
seats: Optional[int] = seatline.report(new, read_only, collections.UserDict(new), b"", "new.json")["licenses"][0]["items"][0]["usableSeats"]
seatline.report(bytearray(), memoryview(b""), pathlib.Path("new.json"), tz=zoneinfo.ZoneInfo("Europe/Berlin"), id=["creatorUT"])
seatline.admins(new, for_=datetime.timedelta(days=30), as_of=datetime.date(2026, 12, 31))
seatline.check(new, usage=[new, "members.csv", members], policy=pathlib.Path("seatline.toml"))
seatline.fit(new, members, moves=[b"", "moves.csv"], until=datetime.datetime(2026, 12, 31))
seatline.preflight(new, over=read_only, usage={"userType": members, "app": ["apps.json", new]}, lead="P60D")
seatline.moves(new, members=[members, "more.csv"], usage={"app": "apps.json"}, last="ana", park="viewerUT", batch=10)
notes: List[seatline.Note] = []

seatline.report([new])  # type: ignore[arg-type]
seatline.report(new, tz=1)  # type: ignore[arg-type]
seatline.check(new, policy=new)  # type: ignore[arg-type]
seatline.fit(new, 3)  # type: ignore[arg-type]
seatline.preflight(new, lead=30)  # type: ignore[arg-type]
seatline.report(new)["license"]  # type: ignore[typeddict-item]

"""What a calendar is given of a visit: when, how, a number of it and the way to it. Nothing of whom it is with."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
BEHIND, AHEAD = timedelta(days=7), timedelta(days=90)
LONGEST_LINE = 74
SHORT = 8


@dataclass(frozen=True)
class Occasion:
    """One visit as a calendar is told of it."""

    uid: str
    kind: str
    on: date
    at: time | None
    minutes: int
    changed_at: datetime
    href: str


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what is kept of an address: long and by chance, it cannot be guessed from this."""
    return hashlib.sha256(secret.encode()).hexdigest()


def calendar_of(occasions: Iterable[Occasion], *, host: str, name: str) -> str:
    """Return a calendar as RFC 5545 writes it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SLF//Visits//EN", "METHOD:PUBLISH", f"X-WR-CALNAME:{name}"]
    for occasion in occasions:
        lines += lines_of(occasion, host=host)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in fold(line))


def lines_of(occasion: Occasion, *, host: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{occasion.uid}@{host}"
    yield f"DTSTAMP:{in_utc(occasion.changed_at)}"
    if occasion.at is None:
        yield f"DTSTART;VALUE=DATE:{occasion.on:%Y%m%d}"
    else:
        yield f"DTSTART:{in_utc(datetime.combine(occasion.on, occasion.at, LONDON))}"
        yield f"DURATION:PT{occasion.minutes}M"
    yield f"SUMMARY:{occasion.kind} {occasion.uid[:SHORT]}"
    yield f"URL:{occasion.href}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def in_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def fold(line: str) -> Iterator[str]:
    """Yield a line in parts that are short enough; each but the first begins with a space."""
    yield line[:LONGEST_LINE]
    for start in range(LONGEST_LINE, len(line), LONGEST_LINE - 1):
        yield f" {line[start : start + LONGEST_LINE - 1]}"

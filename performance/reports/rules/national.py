"""The national return: some families by a reference of their own, and nothing by which they can be known."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any, NamedTuple

from performance.reports.rules.tables import Cell, Column, Holds, Table

BANDS = ((5, "under 5"), (11, "5 to 10"), (16, "11 to 15"), (18, "16 to 17"))
GROWN = 18
NOBODY = "none"
BY_FAMILY = (
    Column("Reference", "A reference made for the return. Which family it is can be found in this service alone."),
    Column("Scheme", "The programme, as the last run of it in these days judged the family."),
    Column("Year attached", "From April to March."),
    Column("Months worked with", "Whole months from attachment to the day of the run.", Holds.NUMBER),
    Column("Adults", "People of 18 or older in the household on that day.", Holds.NUMBER),
    Column("Children", "People under 18 in the household on that day.", Holds.NUMBER),
    Column("Youngest child", "In what band of ages the youngest child is on that day."),
    Column("Criteria met", "By the numbers or names of the scheme, when the family was attached."),
    Column("Eligible", "Whether those are enough."),
    Column("Results met", "What the scheme pays for that the family has met."),
)
ANSWERS = {"met": "Yes", "not_met": "No", "not_known": "Not known", "neutral": "Neutral"}


class Judged(NamedTuple):
    """One family as a run froze it, under the reference of the return."""

    reference: str
    scheme: str
    attached_on: date
    on: date
    case: Mapping[str, Any]
    judgement: Mapping[str, Any]


class Return(NamedTuple):
    families: Sequence[Judged]
    of: int
    """How many families there are, of which these were drawn."""

    share: int
    called: Mapping[str, str]
    """What people call each result."""


def sample(keys: Iterable[str], *, year: str, share: int) -> list[str]:
    """Return at least so many per cent of some families, the same ones all year as long as they are among them."""
    ordered = sorted(keys, key=lambda key: hashlib.sha256(f"{year}:{key}".encode()).hexdigest())
    return ordered[: ceil(len(ordered) * share / 100)]


def by_family(found: Return) -> Table:
    rows = sorted(line_of(each, found.called) for each in found.families)
    note = f"{len(rows)} of {found.of} families ({found.share}% are asked for), drawn by chance, the same all year."
    return Table(BY_FAMILY, tuple(rows), notes=(note,))


def line_of(one: Judged, called: Mapping[str, str]) -> tuple[Cell, ...]:
    ages = [age_on(member, one.on) for member in one.case["household"]["members"] if lives_there(member, one.on)]
    children = [age for age, parenting in ages if is_child(age, parenting=parenting)]
    eligibility, results = one.judgement["eligibility"], one.judgement.get("results", {})
    met = [called[name] for name, result in results.items() if name in called and result["answer"] == "met"]
    criteria = [group for group, answer in eligibility.get("criteria", {}).items() if answer == "met"]
    return (
        one.reference, one.scheme, year_of(one.attached_on), months_between(one.attached_on, one.on),
        len(ages) - len(children), len(children), band_of(children),
        ", ".join(criteria) or NOBODY, ANSWERS.get(eligibility.get("answer", ""), "Not known"),
        "; ".join(met) or NOBODY,
    )  # fmt: skip


def lives_there(member: Mapping[str, Any], on: date) -> bool:
    day = on.isoformat()
    return any(stay["from"] <= day <= stay.get("to", day) for stay in member["lived_here"])


def age_on(member: Mapping[str, Any], on: date) -> tuple[int | None, bool]:
    """Return how old somebody is, if that is known, and whether they bring up the children."""
    parenting = bool(member.get("parenting"))
    if not (text := member.get("born")):
        return None, parenting
    born = date.fromisoformat(text)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)), parenting


def is_child(age: int | None, *, parenting: bool) -> bool:
    return not parenting if age is None else age < GROWN


def band_of(children: Sequence[int | None]) -> str:
    known = [age for age in children if age is not None]
    if not known:
        return "not known" if children else NOBODY
    return next(band for below, band in BANDS if min(known) < below)


def year_of(day: date) -> str:
    first = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"


def months_between(first: date, last: date) -> int:
    return max(0, (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day))

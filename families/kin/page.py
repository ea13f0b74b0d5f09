"""The lists beside the genogram: what it is drawn from, and who is responsible for whom."""

from dataclasses import dataclass

from families.households.rules import ONE_DAY
from families.kin.models import Relationship, Responsibility
from families.kin.rules.bonds import Kind, doubts
from families.kin.rules.responsibility import Standing
from families.kin.sight import relationships, responsibilities
from families.people.models import Family
from slf.accounts.models import User
from slf.web.words import day_in_words

DOUBT = "Hardly older than the child: are the dates of birth right?"
TONES = {Standing.HELD: "good", Standing.NOT_HELD: "neutral", Standing.NOT_KNOWN: "waiting"}


@dataclass(frozen=True)
class Line:
    """One relationship in words."""

    row: Relationship
    days: str
    doubt: str
    may_end: bool


def lines_of(family: Family, *, user: User) -> list[Line]:
    rows = relationships(family, user=user)
    born = {person.pk: person.born_on for row in rows for person in (row.person, row.other)}
    doubtful = set(doubts([row.tie for row in rows], born=born))
    return [Line(row, days_of(row), DOUBT if row.tie in doubtful else "", may_end(row)) for row in rows]


def may_end(row: Relationship) -> bool:
    """Tell whether it can end: a birth parent stays one."""
    return row.period.upper is None and row.kind != Kind.BIRTH


@dataclass(frozen=True)
class Standings:
    """What is said of one person or authority and one child."""

    row: Responsibility
    days: str
    tone: str
    goes_on: bool


def responsibilities_of(family: Family, *, user: User) -> list[Standings]:
    rows = responsibilities(family, user=user)
    return [Standings(row, days_of(row), TONES[Standing(row.standing)], row.period.upper is None) for row in rows]


def days_of(row: Relationship | Responsibility) -> str:
    """Return "Since 3 May 2014", "3 May 2013 to 2 May 2014" or "Since when is not known"."""
    lower, upper = row.period.lower, row.period.upper
    if upper is None:
        if isinstance(row, Relationship) and row.kind == Kind.BIRTH:
            return "From birth"
        return f"Since {day_in_words(lower)}" if lower else "Since when is not known"
    last = day_in_words(upper - ONE_DAY)
    return f"{day_in_words(lower)} to {last}" if lower else f"Until {last}"

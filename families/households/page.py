"""What the household's page shows: who is in it on a day, who was, and what was written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from families.households.models import HouseholdChange
from families.households.rules import ONE_DAY, Did
from families.households.services import household_on
from families.people.models import Family, Membership, Person
from families.people.rules import age_on
from slf.accounts.models import User
from slf.web.words import day_in_words

Part = Membership.Part


@dataclass(frozen=True)
class Row:
    """One member on the day."""

    membership: Membership
    name: str
    part: str
    since: str
    detail: str = ""

    @property
    def is_expected(self) -> bool:
        return self.membership.part == Part.EXPECTED

    @property
    def goes_on(self) -> bool:
        return self.membership.period.upper is None


def rows_on(family: Family, day: date, *, user: User) -> list[Row]:
    return [row_of(membership, day) for membership in household_on(family, day, by=user, known=True)]


def row_of(membership: Membership, day: date) -> Row:
    person, upper = membership.person, membership.period.upper
    until = f" to {day_in_words(upper - ONE_DAY)}" if upper else ""
    since = f"{day_in_words(membership.period.lower)}{until}"
    return Row(membership, named(person, day), membership.get_part_display(), since, detail_of(membership))


def named(person: Person, day: date) -> str:
    """Return "Leah Marsh, 10"; who was not born on the day has no age."""
    if person.born_on is None or person.born_on > day:
        return str(person)
    return f"{person}, {age_on(person.born_on, day)}"


def detail_of(membership: Membership) -> str:
    if membership.part == Part.EXPECTED and membership.person.expected_on:
        return f"Expected {day_in_words(membership.person.expected_on)}"
    return f"Responsible: {membership.responsible}" if membership.responsible else membership.school


def gone_by(family: Family, day: date, *, user: User) -> list[Membership]:
    """Return the times that were over by the day, the latest first."""
    rows = Membership.objects.visible_to(user).filter(family=family, period__endswith__lte=day)
    return list(rows.select_related("person__merged_into").order_by("-period__endswith", "pk"))


@dataclass(frozen=True)
class Line:
    """One change in words."""

    on: date
    title: str
    detail: Sequence[str]
    words: str
    by: str


def lines_of(family: Family, *, user: User) -> list[Line]:
    rows = HouseholdChange.objects.visible_to(user).filter(family=family)
    return [line_of(row) for row in rows.select_related("person__merged_into", "recorded_by", "came_from")]


def line_of(change: HouseholdChange) -> Line:
    detail = [change.get_part_display(), change.get_why_display(), change.get_where_to_display(), was(change)]
    title = f"{change.person}: {lowered(change.get_did_display())}" if change.person else change.get_did_display()
    return Line(change.on, title, [said for said in detail if said], change.words, str(change.recorded_by))


def lowered(said: str) -> str:
    return said[:1].lower() + said[1:]


def was(change: HouseholdChange) -> str:
    if change.did != Did.CORRECTED:
        return ""
    upper = f" to {day_in_words(change.was.upper - ONE_DAY)}" if change.was.upper else ", going on"
    return f"Before: {day_in_words(change.was.lower)}{upper}"


def came_out_of(family: Family, *, user: User) -> list[Family]:
    """Return the families that came out of this one or that it came out of, as far as the reader may see them."""
    mine = Family.objects.visible_to(user)
    told = HouseholdChange.objects.visible_to(user)
    second = told.filter(came_from=family).values("family")
    first = told.filter(family=family, came_from__isnull=False).values("came_from")
    return list(mine.filter(pk__in=second) | mine.filter(pk__in=first))

"""Whatever comes, goes and splits, in whatever order: each person is counted right on every day."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.addresses.services import Place
from families.households import services
from families.households.rules import Stay, stay_on
from families.people.models import Family, Membership
from performance.claims.assembly import members_of
from slf.web.errors import DomainError
from tests.families.households.factories import TODAY, marshes

FIRST = date(2014, 1, 1)
SPAN = 12
DAYS = [FIRST + timedelta(days=n) for n in range(SPAN)]
PEOPLE = ("Dawn", "Carl", "Leah", "Josh")
IN = ("parent", "adult", "child", "away", "care")

acts = st.one_of(
    st.tuples(st.just("join"), st.sampled_from(PEOPLE), st.integers(0, SPAN - 1), st.sampled_from((*IN, "relative"))),
    st.tuples(st.just("leave"), st.sampled_from(PEOPLE), st.integers(0, SPAN - 1), st.just("")),
    st.tuples(st.just("part"), st.sampled_from(PEOPLE), st.integers(0, SPAN - 1), st.sampled_from(IN)),
    st.tuples(st.just("split"), st.sets(st.sampled_from(PEOPLE), min_size=1), st.integers(0, SPAN - 1), st.just("")),
)
Kept = dict[tuple[str, int], str]
"""What a careful clerk would keep by hand: ``{(name, day): part}`` of each family."""


class Clerk:
    """Does what the service accepted with pencil and paper, day by day."""

    def __init__(self, family: Family, people: dict[str, Membership], by):
        self.by, self.people = by, {name: row.person for name, row in people.items()}
        parts = {name: row.part for name, row in people.items()}
        self.books: dict[Family, Kept] = {family: {(name, n): parts[name] for name in PEOPLE for n in range(-1, SPAN)}}

    @property
    def family(self) -> Family:
        return next(iter(self.books))

    def do(self, act: str, who, number: int, part: str) -> None:
        try:
            with transaction.atomic():
                second = getattr(self, f"really_{act}")(who, DAYS[number], part)
        except DomainError:
            return
        names = who if isinstance(who, set) else {who}
        gone = {(name, n): self.books[self.family].pop((name, n), "") for name in names for n in range(number, SPAN)}
        if act == "split":
            self.books[second] = gone
        elif act != "leave":
            self.books[self.family] |= dict.fromkeys(gone, part)

    def row(self, name: str, day: date) -> Membership:
        """Return the time that an act on a day is about: the one of that day, else the last before it."""
        rows = self.family.memberships.filter(person=self.people[name])
        held = rows.filter(period__contains=day).first() or rows.filter(period__startswith__lte=day).last()
        if held is None:
            raise DomainError("Never here by then.")
        return held

    def really_join(self, name: str, day: date, part: str):
        if part == "care":
            raise DomainError("Nobody comes into care: they are in the family first.")
        self.began(services.join_family(self.family, who=self.people[name], part=part, by=self.by, on=day), day)

    def began(self, row: Membership, day: date) -> None:
        if row.period.lower != day or row.period.upper is not None:
            raise DomainError("Was that already: nothing is done.")

    def really_leave(self, name: str, day: date, part: str):
        row = self.row(name, day)
        if row.period.upper == day:
            raise DomainError("Left that day already: nothing is done.")
        services.leave_family(row, on=day, why="other", where_to="not_known", by=self.by)

    def really_part(self, name: str, day: date, part: str):
        row, care = self.row(name, day), "Social care" if part == "care" else ""
        self.began(services.change_part(row, part=part, responsible=care, by=self.by, on=day), day)

    def really_split(self, names: set[str], day: date, part: str):
        going = [self.row(name, day) for name in sorted(names)]
        return services.split_family(self.family, going=going, name="Second", place=Place(), by=self.by, on=day)


def counted(rows: Iterable[Membership]) -> list[tuple[str, str]]:
    return sorted((row.person.given_names, row.part) for row in rows)


@pytest.mark.django_db
class TestWhoWasInTheFamily:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(acts, min_size=1, max_size=8))
    def test_is_right_on_every_day(self, everything, settings, todo):
        settings.SERVICE_DATE = TODAY.isoformat()
        with transaction.atomic():
            clerk = Clerk(*marshes(), by=everything)
            for act in todo:
                clerk.do(*act)
            self.compare(clerk, everything)
            transaction.set_rollback(True)

    def compare(self, clerk: Clerk, by) -> None:
        for family, book in clerk.books.items():
            members, _ = members_of([family.pk], {}, by=by)
            for number, day in enumerate(DAYS):
                kept = sorted((name, part) for (name, n), part in book.items() if n == number and part)
                known = counted(services.household_on(family, day, by=by, known=True))
                assert known == kept, (family, day)
                inside = counted(services.household_on(family, day, by=by))
                assert inside == [pair for pair in kept if pair[1] != "relative"]
                claimed = [m for m in members[family.pk] if any(p.covers(day) for p in m.lived_here)]
                assert len(claimed) == len(
                    [part for _, part in inside if part != "away"]
                )  # who lives elsewhere is named so


stays = st.builds(
    lambda start, length, part: Stay(DAYS[start], DAYS[start] + timedelta(days=length) if length else None, part),
    st.integers(0, SPAN - 1), st.integers(0, 5), st.sampled_from(IN),
)  # fmt: skip


class TestOneTime:
    @given(stays, stays)
    def test_overlaps_another_when_some_day_falls_into_both(self, one, other):
        days = [FIRST + timedelta(days=n) for n in range(SPAN * 2)]
        assert one.overlaps(other.starts, other.ends) == any(one.covers(day) and other.covers(day) for day in days)

    @given(st.lists(stays), st.sampled_from(DAYS))
    def test_of_a_day_is_one_that_covers_it(self, several, day):
        found = stay_on(several, day)
        assert (found is not None) == any(stay.covers(day) for stay in several)
        assert found is None or found.covers(day)

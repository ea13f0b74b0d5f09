"""Every figure of data quality and the rows behind it: one queryset each, counted for the figure, shown as the list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from families.addresses.models import Home
from families.people.models import Family, Membership
from families.sharing.models import Agreement
from performance.outcomes.figures import Asked, Figure
from performance.quality.rules import OLDEST, SCHOOL_AGES
from slf.web.words import day_in_words

MISSING, IMPOSSIBLE, ADDRESSES = "Missing", "Cannot be", "Addresses"


def years_before(day: date, years: int) -> date:
    """Return the same day some years ago; of 29 February the first of March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def members(asked: Asked) -> QuerySet:
    """Return who is in a household today."""
    return asked.of(Membership).on(asked.on)


def without_birth(asked: Asked) -> QuerySet:
    return members(asked).filter(person__born_on__isnull=True)


def without_agreement(asked: Asked) -> QuerySet:
    """Return the families whose last word, if there is one, was not that they agree."""
    said = Agreement.objects.visible_to(asked.user).filter(family__one_with=OuterRef("pk"), said_on__lte=asked.on)
    last = Subquery(said.order_by("-said_on", "-pk").values("state")[:1])
    return asked.of(Family).standing().annotate(last=last).filter(Q(last__isnull=True) | ~Q(last=Agreement.State.GIVEN))


def without_pupil_number(asked: Asked) -> QuerySet:
    youngest, oldest = (years_before(asked.on, age) for age in (SCHOOL_AGES[0], SCHOOL_AGES[1] + 1))
    children = members(asked).filter(part=Membership.Part.CHILD, person__upn__isnull=True)
    return children.filter(person__born_on__lte=youngest, person__born_on__gt=oldest)


def without_part(asked: Asked) -> QuerySet:
    return members(asked).exclude(part__in=Membership.Part.values)


def born_to_come(asked: Asked) -> QuerySet:
    return members(asked).filter(person__born_on__gt=asked.on)


def too_old(asked: Asked) -> QuerySet:
    return members(asked).filter(person__born_on__lt=years_before(asked.on, OLDEST))


def older_than_a_parent(asked: Asked) -> QuerySet:
    parents = Membership.objects.visible_to(asked.user).on(asked.on).filter(
        family=OuterRef("family"), part__in=[Membership.Part.PARENT, Membership.Part.AWAY],
        person__born_on__gte=OuterRef("person__born_on"),
    )  # fmt: skip
    return members(asked).filter(Exists(parents), part=Membership.Part.CHILD)


def came_unborn(asked: Asked) -> QuerySet:
    return members(asked).filter(person__born_on__gt=F("period__startswith"), person__born_on__lte=asked.on)


def homes(asked: Asked) -> QuerySet:
    """Return the main addresses of today. Protected ones are looked at by nobody here."""
    return asked.of(Home).on(asked.on).in_the_open().filter(use=Home.Use.MAIN)


def without_postcode(asked: Asked) -> QuerySet:
    return homes(asked).filter(postcode="")


def in_another_locality(asked: Asked) -> QuerySet:
    place = Func(F("postcode"), function="slf.locality_of_postcode", output_field=BigIntegerField())
    found = homes(asked).exclude(postcode="").annotate(place=place)
    return found.filter(place__isnull=False, scope__locality__isnull=False).exclude(place=F("scope__locality"))


GAPS: dict[str, Figure] = {
    gap.code: gap
    for gap in (
        Figure("birth", MISSING, "No date of birth", "People in a household today.", without_birth),
        Figure(
            "agreement", MISSING, "Family without an agreement",
            "Families that have said nothing about the service yet, or whose last word was not that they agree.",
            without_agreement,
        ),
        Figure(
            "upn", MISSING, "Child without a pupil number",
            f"Children aged {SCHOOL_AGES[0]} to {SCHOOL_AGES[1]} without a unique pupil number.", without_pupil_number,
        ),
        Figure("part", MISSING, "No part in the household", "Members of whom it is not said what they are to the "
               "family: parent, child or other.", without_part),
        Figure("unborn", IMPOSSIBLE, "Born in the future", "Dates of birth after today.", born_to_come),
        Figure("old", IMPOSSIBLE, f"Older than {OLDEST}", f"Dates of birth more than {OLDEST} years ago.", too_old),
        Figure(
            "parent", IMPOSSIBLE, "Child as old as a parent", "Children of whom a parent is as old or younger.",
            older_than_a_parent,
        ),
        Figure(
            "came", IMPOSSIBLE, "In the household before birth",
            "Members who are said to have come to the household before they were born.", came_unborn,
        ),
        Figure(
            "postcode", ADDRESSES, "Address without a postcode",
            "Main addresses of today without a postcode. Protected ones are not looked at.", without_postcode,
        ),
        Figure(
            "elsewhere", ADDRESSES, "Lives in another locality",
            "Main addresses of today whose postcode is in another locality: hand the family over, or correct the "
            "postcode. Protected ones are not looked at.",
            in_another_locality,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row of a list: whom it is about, their family, what the record says, and where it is put right."""

    title: str
    family: Family
    said: str
    href: str


def loaded(rows: QuerySet) -> QuerySet:
    """Load what the lines show, always in the same order."""
    if rows.model is Family:
        return rows.order_by("name", "reference")
    if rows.model is Home:
        return rows.select_related("family", "membership__person").order_by("family__name", "family__reference", "pk")
    return rows.select_related("family", "person").order_by("family__name", "family__reference", "pk")


def line(row: Any) -> Line:
    if isinstance(row, Family):
        return Line(row.name, row, f"Known since {day_in_words(row.known_since)}", row.get_absolute_url())
    if isinstance(row, Home):
        href = reverse("families:addresses", args=[row.family.uid])
        return Line(str(row.membership.person), row.family, str(row), href)
    born, came = row.person.born_on, day_in_words(row.period.lower)
    said = f"Born {day_in_words(born)}, " if born else ""
    return Line(str(row.person), row.family, f"{said}here since {came}".capitalize(), row.family.get_absolute_url())

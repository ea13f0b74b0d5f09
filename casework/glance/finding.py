"""Finding a family by what is asked: a name, a reference, a date of birth, a postcode. Nothing beyond one's rights.

Names are compared as PostgreSQL may compare them under row security with an index: from their beginning, as ranges.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime

from django.db.models import Q, QuerySet

from families.people.models import Family, Membership
from slf.accounts.models import User

MOST = 200
"""Families found through their members, at most; who finds more asks more narrowly."""
LONGEST = 80
WRITTEN = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %m %Y", "%d %B %Y", "%d %b %Y")
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")


def find(rows: QuerySet[Family], asked: str, *, user: User, on: date) -> QuerySet[Family]:
    """Narrow families to those asked for. Where somebody lives is only searched in records open in full."""
    text = " ".join(asked.split())[:LONGEST]
    members = Membership.objects.visible_to(user).on(on)
    if (born := as_day(text)) is not None:
        return among(rows, members.filter(person__born_on=born))
    if code := as_postcode(text):
        return among(rows, members.filter(postcode=code, family__in=Family.objects.open_to(user)))
    known = Q(name__istartswith=text) | Q(reference__iexact=text)
    return rows.filter(known | Q(pk__in=families_of(members.filter(called(text)))))


def among(rows: QuerySet[Family], members: QuerySet[Membership]) -> QuerySet[Family]:
    return rows.filter(pk__in=families_of(members))


def families_of(members: QuerySet[Membership]) -> list[int]:
    return list(members.order_by("family").values_list("family", flat=True).distinct()[:MOST])


def as_day(text: str) -> date | None:
    for way in WRITTEN:
        with suppress(ValueError):
            return datetime.strptime(text, way).date()  # noqa: DTZ007
    return None


def as_postcode(text: str) -> str:
    """Return a whole postcode as it is written, or nothing."""
    found = POSTCODE.fullmatch(text.upper())
    return f"{found[1]} {found[2]}" if found else ""


def called(text: str) -> Q:
    """Return people whose given, family or usual name begins so; of several words the last is the family name."""
    given, _, family = text.rpartition(" ")
    alone = begins("person__given_names", text) | begins("person__family_name", text) | begins("person__known_as", text)
    if not given:
        return alone
    first = begins("person__given_names", given) | begins("person__known_as", given)
    return alone | (first & begins("person__family_name", family))


def begins(field: str, text: str) -> Q:
    found = Q()
    for start in spellings(text):
        found |= Q(**{f"{field}__gte": start, f"{field}__lt": start[:-1] + chr(ord(start[-1]) + 1)})
    return found


def spellings(text: str) -> Iterator[str]:
    """Yield a name as it was typed and as names are written."""
    yield from dict.fromkeys((text, text.title()))

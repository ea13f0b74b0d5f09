"""Where somebody lived on a day, and what is written down when they come to a household."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from families.addresses.models import Home, Phone
from slf.accounts.models import User


class Household(Protocol):
    """A family, as this area knows it: people stand above their addresses."""

    pk: int


class Member(Protocol):
    """A membership, as this area knows it."""

    pk: int
    family_id: int
    safe_contact: str


@dataclass(frozen=True)
class Place:
    """Where a household lives and how to reach it, as it was told. It belongs to the membership, not the person."""

    address: str = ""
    postcode: str = ""
    phone: str = ""
    safe_contact: str = ""
    protected: bool = False


def first_place(membership: Member, *, place: Place, on: date) -> None:
    """Write down where somebody lives who has just come to a household; of what was not told, nothing."""
    known = {
        "family_id": membership.family_id, "membership_id": membership.pk, "period": DateRange(on, None),
        "protected": place.protected,
    }  # fmt: skip
    if place.address or place.postcode:
        Home.objects.create(**known, address=place.address, postcode=place.postcode)
    if place.phone:
        Phone.objects.create(**known, number=place.phone)


def where_they_lived(family: Household, *, on: date, by: User) -> list[Home]:
    """Return where the members of a family lived on a day, as far as ``by`` may know: the one answer to it."""
    rows = Home.objects.visible_to(by).on(on).filter(family=family.pk)
    return list(rows.select_related("membership__person__merged_into").order_by("membership_id", "use", "pk"))


def how_they_were_reached(family: Household, *, on: date, by: User) -> list[Phone]:
    """Return the telephone numbers of the members on a day, as far as ``by`` may know."""
    rows = Phone.objects.visible_to(by).on(on).filter(family=family.pk)
    return list(rows.select_related("membership__person__merged_into").order_by("membership_id", "pk"))


def kept_back(family: Household, *, on: date) -> frozenset[int]:
    """Return the memberships of which a protected address or number is kept back from whoever acts."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.kept_back(%s, %s)", [family.pk, on])
        return frozenset(pk for (pk,) in cursor.fetchall())


def place_of(membership: Member, *, on: date, by: User) -> Place:
    """Return the place of one membership on a day as one thing; of what ``by`` may not know, nothing."""
    home = Home.objects.visible_to(by).on(on).filter(membership=membership.pk).order_by("use", "pk").first()
    phone = Phone.objects.visible_to(by).on(on).filter(membership=membership.pk).order_by("pk").first()
    return Place(
        address=home.address if home else "",
        postcode=home.postcode if home else "",
        phone=phone.number if phone else "",
        safe_contact=membership.safe_contact,
        protected=any(row.protected for row in (home, phone) if row),
    )

"""The plain mark "Contested" beside what it is about, wherever that is shown."""

from collections.abc import Collection
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from families.contesting.models import Contest
from families.contesting.rules import About, key_of
from families.people.models import Family
from slf.accounts.models import User

MARK = "Contested"


def marks_of(family: Family, *, user: User) -> frozenset[str]:
    """Return what is contested in a family's record, as ``{"fact:6e05…", "name:51ea…"}``, in one query."""
    return marks_in([family.pk], user=user)


def marks_in(families: Collection[int], *, user: User) -> frozenset[str]:
    rows = Contest.objects.visible_to(user).marked().filter(family__in=families, target__isnull=False)
    return frozenset(key_of(about, target) for about, target in rows.values_list("about", "target"))


def is_contested(user: User) -> Exists:
    """Tell of a time in a household whether the name or the birth of that person is contested in that family.

    For a list: it is asked within the query that reads who is in each family.
    """
    one = Coalesce(OuterRef("person__merged_into__uid"), OuterRef("person__uid"))
    rows = Contest.objects.visible_to(user).marked().filter(about__in=[About.NAME, About.BORN], target=one)
    stands = Coalesce(OuterRef("family__merged_into"), OuterRef("family"))
    return Exists(rows.annotate(stands=Coalesce("family__merged_into", "family")).filter(stands=stands))


def contested_of_people(families: Collection[int], *, user: User) -> frozenset[tuple[int, int, str]]:
    """Return ``(family, person, what of them)`` for whatever is contested of people in families, in one query."""
    rows = Contest.objects.visible_to(user).marked().of_each(families).filter(person__isnull=False)
    one = Coalesce("person__merged_into", "person")
    return frozenset(rows.values_list("stands", one, "about"))


def contested_facts(family: int) -> dict[str, date]:
    """Return since when facts of a family are contested, by uid, to who reads its evidence or a claim made of it."""
    with connection.cursor() as cursor:
        cursor.execute("select fact, since from slf.contested_facts(%s)", [family])
        return {str(fact): since for fact, since in cursor.fetchall()}

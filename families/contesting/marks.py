"""The plain mark "Contested" beside what it is about, wherever that is shown."""

from collections.abc import Collection
from datetime import date

from django.db import connection

from families.contesting.models import Contest
from families.contesting.rules import key_of
from families.people.models import Family
from slf.accounts.models import User

MARK = "Contested"


def marks_of(family: Family, *, user: User) -> frozenset[str]:
    """Return what is contested in a family's record, as ``{"fact:6e05…", "name:51ea…"}``, in one query."""
    return marks_in([family.pk], user=user)


def marks_in(families: Collection[int], *, user: User) -> frozenset[str]:
    rows = Contest.objects.visible_to(user).marked().filter(family__in=families, target__isnull=False)
    return frozenset(key_of(about, target) for about, target in rows.values_list("about", "target"))


def contested_facts(family: int) -> dict[str, date]:
    """Return since when facts of a family are contested, by uid, to who reads its evidence or a claim made of it."""
    with connection.cursor() as cursor:
        cursor.execute("select fact, since from slf.contested_facts(%s)", [family])
        return {str(fact): since for fact, since in cursor.fetchall()}

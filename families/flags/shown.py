"""Flags as every page of a family shows them, to those who may see its card."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from families.flags.models import Flag
from families.people.models import Family
from slf.accounts.models import User
from slf.web import cards


def flags_of_each(families: Iterable[int], *, user: User, on: date) -> Mapping[int, list[cards.Flag]]:
    """Return what to know before knocking, by family, in one query."""
    found: dict[int, list[cards.Flag]] = defaultdict(list)
    rows = Flag.objects.visible_to(user).on(on).of_each(list(families))
    for flag in rows.select_related("membership__person__merged_into"):
        shown = cards.Flag(str(flag), tone=flag.tone)
        if shown not in found[flag.stands]:
            found[flag.stands].append(shown)
    return found


def flags_of(family: Family, *, user: User, on: date) -> Sequence[cards.Flag]:
    return flags_of_each([family.pk], user=user, on=on).get(family.pk, [])

"""A case that comes after its people tells that the family was known before: the days that nobody had told go back.

Only days that the list left to be worked out are moved, and only while nobody has written anything else there since.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from casework.importing.homes import not_before
from casework.importing.models import ImportFile, ImportRow
from casework.importing.opening import BroughtCase
from casework.importing.rows import line_of
from casework.importing.rules.columns import JOINED, Sheet
from casework.importing.rules.judging import State
from families.addresses.models import Home, Phone
from families.models import MembershipEvent
from families.people.models import Family, Membership
from slf.accounts.models import User

MADE_BY = "job importing.make"


def move_back(cases: Sequence[BroughtCase], *, file: ImportFile, by: User) -> None:
    """Move back since when families are known, and since when those are in them of whom the list told no day."""
    first = first_days(cases)
    rows = ImportRow.objects.visible_to(by).filter(scope=file.scope_id, source=file.source, sheet=Sheet.PEOPLE)
    came = list(rows.filter(state=State.MADE, family__in=first).select_related("family"))
    families = {
        row.family_id: row.family for row in came if row.family and first[row.family_id] < row.family.known_since
    }
    for family in families.values():
        family.known_since = first[family.pk]
    Family.objects.bulk_update(families.values(), ["known_since"])
    move_stays([row for row in came if row.family_id in families and not row.raw.get(JOINED)], first, by=by)


def first_days(cases: Iterable[BroughtCase]) -> dict[int, date]:
    """Return, by family, the first day that the cases tell of it."""
    first: dict[int, date] = {}
    for each in cases:
        day = each.told.referred_on or each.opened_on
        first[each.family.pk] = min(day, each.opened_on, first.get(each.family.pk, day))
    return first


def move_stays(rows: Sequence[ImportRow], first: Mapping[int, date], *, by: User) -> None:
    wanted = {(row.family_id, row.person_id): row for row in rows}
    stays = Membership.objects.visible_to(by).filter(family__in={row.family_id for row in rows}).order_by("period")
    since: dict[tuple[int, int], Membership] = {}
    for stay in stays:
        since.setdefault((stay.family_id, stay.person_id), stay)
    changed = written_since(since.values())
    moved = []
    for key, stay in since.items():
        if key in wanted and stay.pk not in changed and (day := day_for(wanted[key], first)) < stay.period.lower:
            moved.append((stay, stay.period, DateRange(day, stay.period.upper)))
    keep_days(moved)


def day_for(row: ImportRow, first: Mapping[int, date]) -> date:
    person = line_of(row).person
    return max(first[row.family_id], person.born_on or date.min, not_before(person))


def written_since(stays: Iterable[Membership]) -> set[int]:
    """Return the times in a family that somebody changed after a list had made them."""
    events = MembershipEvent.objects.filter(pgh_obj__in=[stay.pk for stay in stays])
    return set(events.exclude(pgh_context__door__startswith=MADE_BY).values_list("pgh_obj", flat=True))


def keep_days(moved: Sequence[tuple[Membership, DateRange, DateRange]]) -> None:
    """Keep the days; what somebody lived at and was reached on since the same day goes along."""
    was = {stay.pk: before for stay, before, _ in moved}
    for stay, _, now in moved:
        stay.period = now
    Membership.objects.bulk_update([stay for stay, _, _ in moved], ["period"])
    now = {stay.pk: stay.period for stay, _, _ in moved}
    for model in (Home, Phone):
        rows = [row for row in model.objects.filter(membership__in=was) if row.period == was[row.membership_id]]
        for row in rows:
            row.period = now[row.membership_id]
        model.objects.bulk_update(rows, ["period"])

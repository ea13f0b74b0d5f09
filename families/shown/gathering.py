"""What is recorded of what partners were shown, of one family or of many: as many queries for many as for one."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.db import connection

from families.register.rules import Purpose
from families.shown import rules
from families.shown.models import Showing
from families.shown.rules import Shown, What
from families.shown.sources import Door, doors, told_by_all
from slf.accounts.models import User


def shown_of(
    families: Sequence[int], *, user: User, purposes: Collection[Purpose] = tuple(Purpose), inside: bool = True
) -> dict[int, list[Shown]]:
    """Return what was shown of each family, given by its key: what stands in its own record, nothing of another's.

    ``purposes`` spares reading the log for files that left for another purpose; ``inside`` what nobody outside got.
    """
    found: dict[int, list[Shown]] = defaultdict(list)
    log = from_the_log(families, [door for door in doors() if door.purpose in purposes])
    for family, shown in (*written_down(families, user=user), *log, *told_by_all(families, user=user, inside=inside)):
        found[family].append(shown)
    return found


def written_down(families: Sequence[int], *, user: User) -> Iterator[tuple[int, Shown]]:
    for row in Showing.objects.visible_to(user).of_each(families).select_related("by"):
        yield row.stands, Shown(
            row.shown_on, row.agency, What(row.what), row.words, to=row.to, by=str(row.by), category=row.category,
            gateway=row.gateway or rules.NO_GATEWAY,
        )  # fmt: skip


def from_the_log(families: Sequence[int], sent: Sequence[Door]) -> Iterator[tuple[int, Shown]]:
    """Yield what the view log knows: looks by people of the ESF provider, and files that left by some doors.

    The database answers for whoever acts.
    """
    by_pattern = {door.pattern: door for door in sent}
    with connection.cursor() as cursor:
        cursor.execute(
            "select family, shown_on, who, door, what, times from slf.shown_in_log(%s::bigint[], %s::text[])",
            [list(families), list(by_pattern)],
        )
        looks = cursor.fetchall()
    people = User.objects.in_bulk({who for _, _, who, *_ in looks})
    for family, day, who, pattern, what, times in looks:
        name = str(people[who])
        yield family, sent_out(by_pattern[pattern], day, by=name) if pattern else looked(day, what, times, to=name)


def sent_out(door: Door, day: date, *, by: str) -> Shown:
    return Shown(day, door.code, door.what, door.detail, by=by, gateway=door.gateway, purpose=door.purpose)


def looked(day: date, what: Sequence[str], times: int, *, to: str) -> Shown:
    pages = ", ".join(what)
    detail = f"{pages}: {times} looks" if times > 1 else pages
    return Shown(day, "esf", What.RECORD, detail, to=to, gateway=rules.BY_AGREEMENT, by="Their own sign-in")

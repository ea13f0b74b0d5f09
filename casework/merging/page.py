"""Both families side by side before anything is done, and what is shown afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst

from casework.merging.services import case_in_words, plan_in_words, refusals
from families.addresses.services import how_they_were_reached, kept_back, where_they_lived
from families.flags.shown import flags_of
from families.households.services import household_on
from families.merging.page import NOTHING, Line, joined
from families.merging.rules import looks_twice
from families.needs.models import Need
from families.needs.services import each_once
from families.people.models import Family, Membership
from families.people.services import known_of
from families.sharing.models import Agreement, Consent
from families.twice.page import written_of
from slf.accounts.models import User
from slf.web.words import day_in_words


@dataclass(frozen=True)
class Alike:
    """Two entries, one of each family, that look like one person: to be made one as well."""

    twice: Membership
    one: Membership
    why: str


@dataclass(frozen=True)
class Preview:
    """What making two families one would do. Looking at it changes nothing."""

    twice: Family
    one: Family
    lines: Sequence[Line]
    written: Sequence[tuple[str, int, int]]
    alike: Sequence[Alike]
    refusals: Sequence[str]
    to_close: Sequence[Family] = ()

    @property
    def conflicts(self) -> int:
        return sum(line.differs for line in self.lines)

    @property
    def stays(self) -> str:
        return f"{self.one.reference}, which stays"

    @property
    def columns(self) -> str:
        """What a table of both is headed by: two families of one name are told apart by their references."""
        return f"What|{self.twice.reference}|{self.stays}"


def preview(twice: Family, one: Family, *, by: User, on: date) -> Preview:
    households = [household_on(family, on, by=by, known=True) for family in (twice, one)]
    lines = [
        *who_they_are(twice, one),
        *who_is_in_it(*households),
        *where_they_are(twice, one, by=by, on=on),
        *work_with_them(twice, one, on=on),
        *what_they_say(twice, one, by=by, on=on),
    ]
    alike = list(look_alike(*households))
    written, refused = list(what_is_written(twice, one, by=by)), refusals(twice, one, on=on)
    return Preview(twice, one, lines, written, alike, refused, open_in_both(twice, one, on=on))


def open_in_both(twice: Family, one: Family, *, on: date) -> list[Family]:
    """Return the two, where each has an open case: one is to be closed first, and either may be."""
    both = twice.pk != one.pk and all(case_in_words(family, on=on) for family in (twice, one))
    return [twice, one] if both else []


def who_they_are(twice: Family, one: Family) -> Iterator[Line]:
    """The name of the one that stands is shown; either name and either reference finds it."""
    yield Line("Name", twice.name, one.name, one.name)
    yield Line("Reference", twice.reference, one.reference, f"{one.reference}, also {twice.reference}")
    since = [day_in_words(family.known_since) for family in (twice, one)]
    yield Line("Known since", *since, since[1])
    yield Line("Locality", *(locality(family) for family in (twice, one)), locality(one))


def locality(family: Family) -> str:
    return str(family.scope.locality or family.scope)


def who_is_in_it(twice: Sequence[Membership], one: Sequence[Membership]) -> Iterator[Line]:
    """Of somebody in both, the time in the family that stands counts."""
    here = {member.person.pk for member in one}
    both = [*one, *(member for member in twice if member.person.pk not in here)]
    yield Line("Household", *(joined(map(in_words, members)) for members in (twice, one, both)))
    yield Line("Safe contact", *(joined(map(safe, members)) for members in (twice, one, [*one, *twice])))


def in_words(member: Membership) -> str:
    return f"{member.name} ({member.get_part_display().lower()})"


def safe(member: Membership) -> str:
    return f"{member.name}: {member.safe_contact}" if member.safe_contact else ""


def where_they_are(twice: Family, one: Family, *, by: User, on: date) -> Iterator[Line]:
    """What is protected is told to whoever may know it; to others, that there is something."""
    homes = [[f"{home}" for home in where_they_lived(family, on=on, by=by)] for family in (twice, one)]
    hidden = [["Something is protected"] if kept_back(family, on=on) else [] for family in (twice, one)]
    said = [[*listed, *kept] for listed, kept in zip(homes, hidden, strict=True)]
    yield both_shown("Addresses", *said)
    yield both_shown("Telephone", *(map(str, how_they_were_reached(family, on=on, by=by)) for family in (twice, one)))
    flags = [[flag.text for flag in flags_of(family, user=by, on=on)] for family in (twice, one)]
    yield both_shown("Flags", *flags)


def both_shown(label: str, twice: Iterable[str], one: Iterable[str]) -> Line:
    """Return a line of what is shown of both afterwards."""
    twice, one = list(twice), list(one)
    return Line(label, joined(twice), joined(one), joined([*one, *twice]))


def work_with_them(twice: Family, one: Family, *, on: date) -> Iterator[Line]:
    """What goes on is of the one that stands; what is over is read with it."""
    for label, said in (("Work", lambda family: case_in_words(family, on=on)), ("Plan in hand", plan_in_words)):
        words = [capfirst(said(family) or NOTHING) for family in (twice, one)]
        yield Line(label, *words, words[1])


def what_they_say(twice: Family, one: Family, *, by: User, on: date) -> Iterator[Line]:
    """The last word counts, whichever of the two it was said in."""
    agreed = [list(Agreement.objects.visible_to(by).filter(family=family, said_on__lte=on)) for family in (twice, one)]
    yield Line("Agreement", *(last(rows) for rows in agreed), last([*agreed[0], *agreed[1]]))
    consents = [list(Consent.objects.visible_to(by).filter(family=family)) for family in (twice, one)]
    yield Line("Consent", *(last_of_each(rows) for rows in consents), last_of_each([*consents[0], *consents[1]]))
    needs = [
        Need.objects.visible_to(by).filter(family=family).open_on(on).select_related("person__merged_into")
        for family in (twice, one)
    ]
    both = each_once([*needs[1], *needs[0]])
    yield Line("Open needs", *(joined(map(str, rows)) for rows in (*needs, both)))


def last(rows: Sequence[Agreement | Consent]) -> str:
    said = max(rows, key=lambda row: (row.said_on, row.pk), default=None)
    return f"{said.get_state_display()}, {day_in_words(said.said_on)}" if said else NOTHING


def last_of_each(rows: Sequence[Consent]) -> str:
    """Return the last word about each use of each kind of information, of each person."""
    by_use: dict[tuple[str, ...], list[Consent]] = {}
    for row in rows:
        whose = str(row.person or "the family")
        about = (row.get_category_display(), row.get_agency_display(), row.get_purpose_display(), whose)
        by_use.setdefault(about, []).append(row)
    return joined(f"{', '.join(filter(None, about))}: {last(said)}" for about, said in sorted(by_use.items()))


def look_alike(twice: Sequence[Membership], one: Sequence[Membership]) -> Iterator[Alike]:
    """Yield who of the two households looks like one person and stands as two."""
    for (second, first), why in (
        ((b, a), looks_twice(known_of(a.person), known_of(b.person))) for a in one for b in twice
    ):
        if why and first.person.pk != second.person.pk:
            yield Alike(second, first, why)


def what_is_written(twice: Family, one: Family, *, by: User) -> Iterator[tuple[str, int, int]]:
    """Yield how many rows of each kind stand in either record: all stay where they are, and are read as of one."""
    rows = [written_of(family, user=by) for family in (twice, one)]
    for label in rows[0]:
        if rows[0][label] or rows[1][label]:
            yield label, rows[0][label], rows[1][label]

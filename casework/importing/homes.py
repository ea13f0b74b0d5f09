"""Families with their people, made as sets: whoever calls holds the right to write in the audience."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from casework.importing.models import BroughtOver, ImportFile, ImportRow, came_from, counted
from casework.importing.numbers import Numbered, keep_numbers, state_numbers
from casework.importing.rules.columns import CARE, EXPECTED
from casework.importing.rules.judging import State
from casework.importing.rules.reading import CaseRow, Line, PersonRow
from families.addresses.models import Home, Phone
from families.households.models import HouseholdChange
from families.households.rules import LONGEST_EXPECTED, Did
from families.people.models import Family, Membership, Person
from families.people.rules import LIVES_THERE, household_name
from families.people.services import next_references
from slf.accounts.models import User
from slf.clock import today

GROWN_UP = ("parent", "adult")


@dataclass(frozen=True)
class Stay:
    """A time in the family: from a day on, up to but without ``ends``."""

    part: str
    starts: date
    ends: date | None
    responsible: str = ""


@dataclass
class Household:
    """The rows of one family, each as kept and as read, and the earliest case the file has of it."""

    reference: str
    rows: list[tuple[ImportRow, Line]] = field(default_factory=list)
    case: CaseRow | None = None

    @property
    def people(self) -> list[PersonRow]:
        return [line.person for _, line in self.rows if line.person]

    @property
    def since(self) -> date:
        """The day from which the family is known: the earliest that the file says of it."""
        told = [person.joined_on for person in self.people if person.joined_on]
        if self.case:
            told += [day for day in (self.case.opened_on, self.case.referred_on) if day]
        return min(told, default=today())

    @property
    def name(self) -> str:
        """What the family is called: after the first grown-up of the list, else the first of it."""
        first = next((person for person in self.people if person.part in GROWN_UP), self.people[0])
        return household_name(first.family_name)

    def joined(self, person: PersonRow) -> date:
        """Return since when somebody is in the family; of a child that was born later, since their birth."""
        if person.joined_on:
            return person.joined_on
        first = (self.case.referred_on or self.case.opened_on) if self.case else None
        return max(first or today(), person.born_on or date.min, not_before(person))

    def stays(self, person: PersonRow) -> list[Stay]:
        """Return the times of somebody in the family: of a child in care, the one before it too."""
        joined, care = self.joined(person), person.in_care_since
        if care and joined < care:
            return [Stay("child", joined, care), Stay(person.part, care, person.left_on, person.responsible)]
        return [Stay(person.part, joined, person.left_on, person.responsible)]


def not_before(person: PersonRow) -> date:
    """Return the day before which nobody can have known of an expected baby."""
    return min(person.expected_on - LONGEST_EXPECTED, today()) if person.expected_on else date.min


def make_households(households: list[Household], *, file: ImportFile, audience: int, by: User) -> None:
    """Make the families, and note on every row what it became."""
    references = next_references(len(households))
    families = Family.objects.bulk_create(
        Family(reference=reference, name=each.name, scope_id=audience, known_since=each.since)
        for each, reference in zip(households, references, strict=True)
    )
    of_family = dict(zip(map(id, households), families, strict=True))
    rows = [(each, row, line.person) for each in households for row, line in each.rows if line.person]
    numbered = make_people(rows, audience=audience)
    for each, row, _ in rows:
        row.family, row.state = of_family[id(each)], State.MADE
    changes = join_all(rows, file=file, by=by)
    keep_numbers(numbered, by=by)
    came = counted(changes, state_numbers(numbered, source=came_from(file), by=by))
    BroughtOver.objects.bulk_create(
        BroughtOver(
            family=of_family[id(each)], source=file.source, reference=each.reference, row=each.rows[0][0].number,
            file_name=file.name, brought_on=today(), brought_by=by,
            came_with=came[of_family[id(each)].pk] + Counter({BroughtOver._meta.db_table: 1}),
        )
        for each in households
    )  # fmt: skip


Placed = list[tuple[Household, ImportRow, PersonRow]]


def make_people(rows: Placed, *, audience: int) -> list[Numbered]:
    """Make the people who are new, without their numbers yet; who was decided to be somebody known stays that one."""
    new = [(row, person) for _, row, person in rows if row.person_id is None]
    made = Person.objects.bulk_create(
        Person(
            given_names=person.given_names, family_name=person.family_name, born_on=person.born_on,
            born_estimated=person.born_estimated, expected_on=person.expected_on,
            gender=person.gender or Person.Gender.NOT_KNOWN, scopes=[audience],
        )
        for _, person in new
    )  # fmt: skip
    for (row, _), person in zip(new, made, strict=True):
        row.person_id = person.pk
    return [
        Numbered(row, person, dict(told.identifiers))
        for (row, told), person in zip(new, made, strict=True)
        if told.identifiers
    ]


def join_all(rows: Placed, *, file: ImportFile, by: User) -> list[HouseholdChange]:
    """Write down who is in which household since when, where they live and on which number they are reached."""
    stays = [(row, person, stay) for each, row, person in rows for stay in each.stays(person)]
    memberships = Membership.objects.bulk_create(
        Membership(
            family=row.family, person_id=row.person_id, part=stay.part, school=person.school,
            responsible=stay.responsible, period=DateRange(stay.starts, stay.ends),
        )
        for row, person, stay in stays
    )  # fmt: skip
    homes, phones = [], []
    for member, (_, person, _) in zip(memberships, stays, strict=True):
        known = {"family_id": member.family_id, "membership": member, "period": member.period}
        if (person.address or person.postcode) and person.part in LIVES_THERE:
            homes.append(Home(**known, address=person.address, postcode=person.postcode))
        if person.phone and person.part not in {CARE, EXPECTED}:
            phones.append(Phone(**known, number=person.phone))
    Home.objects.bulk_create(homes)
    Phone.objects.bulk_create(phones)
    return note_changes(stays, source=came_from(file), by=by)


def note_changes(stays: Sequence[tuple[ImportRow, PersonRow, Stay]], *, source: str, by: User) -> list[HouseholdChange]:
    """Note what a household's own page would: that a baby is expected, and since when a child is in care."""
    did = {EXPECTED: Did.EXPECTED, CARE: Did.PART}
    return HouseholdChange.objects.bulk_create(
        HouseholdChange(
            family=row.family, did=did[stay.part], person_id=row.person_id, on=stay.starts, part=stay.part,
            words=f"{stay.responsible}. {source}".strip(" ."), recorded_by=by,
        )
        for row, _, stay in stays
        if stay.part in did
    )  # fmt: skip

"""Exactly what is put on a phone: today's planned visits of one worker, and of each what is needed at the door."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casework.at_hand.rules import ON_A_PHONE, OPEN, PROTECTED, RESTRICTED, may_go
from casework.diary.models import PlannedVisit
from casework.glance.places import Place, coded_notes, places_of, safe_notes
from casework.glance.sight import Sight
from casework.interventions.on_visit import name_of
from casework.interventions.services import going_on
from casework.plans.models import Action
from casework.visits.models import Visit
from families.addresses.services import how_they_were_reached, kept_back, where_they_lived
from families.contact.services import rules_of
from families.people.models import Family, Membership
from families.people.rules import LIVES_THERE, age_on
from slf.access.doors import may_work_with
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.policy.rules import Ticked
from slf.web.words import day_in_words

NOT_ON_A_PHONE = "A protected address or number is not put on a phone. Look it up before you go."
NOT_TOLD = "An address or number is protected and not told to you."


@dataclass(frozen=True)
class Member:
    """Somebody to see, or known and living elsewhere. ``asked``: whether the visit form asks if they were seen."""

    uid: str
    name: str
    age: int | None
    part: str
    is_child: bool
    asked: bool


@dataclass(frozen=True)
class Stop:
    """One visit of the day with what the worker needs at the door."""

    planned: str
    family: str
    name: str
    reference: str
    kind: str
    kind_name: str
    at: str
    about: str
    flags: list[str]
    members: list[Member]
    places: list[dict]
    safe_notes: list[str]
    left_out: list[str]
    agreed: str
    next_step: str
    helps: list[dict[str, str]]


@dataclass(frozen=True)
class Taken:
    """What is taken along. ``left``: how many of today's visits may not be put on a phone."""

    stops: list[Stop]
    families: list[Family]
    left: int


def todays(user: User, *, on: date) -> list[PlannedVisit]:
    """Return the visits that somebody goes to on a day and whose families they may open and record a contact with."""
    rows = PlannedVisit.objects.visible_to(user).open().of_worker(user, on=on).filter(due_on=on)
    rights = rights_of(user)
    return [row for row in rows.for_list().soonest_first() if rights.may(Can.ADD_CONTACT, row.family.shown.scope_id)]


def taken_along(user: User, *, on: date) -> Taken:
    """Return today's visits as far as they may be put on a phone."""
    rows, ticked = todays(user, on=on), value_of(ON_A_PHONE, on=on)
    families = {row.family.shown.pk: row.family.shown for row in rows}
    scoped = Family.objects.visible_to(user).filter(pk__in=families).select_related("scope")
    allowed = {family.pk: family for family in scoped if may_go(whose(family), ticked)}
    sight = Sight.of(allowed.values(), user=user, on=on)
    agreed = last_agreed(allowed, user=user)
    going = [row for row in rows if row.family.shown.pk in sight.opened]
    stops = [stop(row, allowed[row.family.shown.pk], sight, user, ticked, agreed) for row in going]
    named = {row.family.shown.pk for row in going}
    return Taken(stops, [allowed[pk] for pk in allowed if pk in named], len(rows) - len(going))


def whose(family: Family) -> str:
    return RESTRICTED if family.scope.is_restricted else OPEN


def stop(row: PlannedVisit, family: Family, sight: Sight, user: User, ticked: Ticked, agreed: dict[int, str]) -> Stop:
    household = sight.households.get(family.pk, [])
    places, left_out = reached(family, household, user, sight.on, ticked)
    rules = rules_of(family, by=user, on=sight.on)
    notes = [*safe_notes(household, places, rules), *coded_notes(household, rules)]
    step = sight.next_steps.get(family.pk)
    return Stop(
        planned=str(row.uid),
        family=str(family.uid),
        name=family.name,
        reference=family.reference,
        kind=row.kind,
        kind_name=row.get_kind_display(),
        at=f"{row.due_at:%H:%M}" if row.due_at else "",
        about=row.about,
        flags=[flag.text for flag in sight.flags.get(family.pk, ())],
        members=list(members(household, sight.on)),
        places=[told(place) for place in places],
        safe_notes=[f"{', '.join(note.names)}: {note.words}" if note.names else note.words for note in notes],
        left_out=left_out,
        agreed=agreed.get(family.pk, ""),
        next_step=in_words(step) if step else "",
        helps=helps(family, user),
    )


def helps(family: Family, user: User) -> list[dict[str, str]]:
    """Return what help goes on, for the question who took part in it on this visit."""
    rows = going_on(family, by=user) if may_work_with(family, user) else []
    return [{"name": name_of(row), "method": str(row.method)} for row in rows]


def members(household: Iterable[Membership], on: date) -> Iterator[Member]:
    for one in household:
        born = one.person.born_on
        is_child = one.part == Membership.Part.CHILD
        yield Member(
            str(one.person.uid), one.name, age_on(born, on) if born else None, one.get_part_display(),
            is_child, one.part in LIVES_THERE,
        )  # fmt: skip


def reached(
    family: Family, household: Sequence[Membership], user: User, on: date, ticked: Ticked
) -> tuple[list[Place], list[str]]:
    """Return where they live and their numbers, and what of it is left out and why."""
    homes = where_they_lived(family, on=on, by=user)
    phones = how_they_were_reached(family, on=on, by=user)
    left_out = [NOT_TOLD] if kept_back(family, on=on) else []
    if not may_go(PROTECTED, ticked) and any(row.protected for row in (*homes, *phones)):
        left_out.append(NOT_ON_A_PHONE)
        homes, phones = ([row for row in rows if not row.protected] for rows in (homes, phones))
    return places_of(household, homes, phones), left_out


def told(place: Place) -> dict:
    return {
        "words": place.words or "Address not known here",
        "names": list(place.names),
        "part_time": place.part_time,
        "phones": [{"number": phone.number, "names": list(phone.names)} for phone in place.phones],
    }


def last_agreed(families: Iterable[int], *, user: User) -> dict[int, str]:
    """Return what was agreed last with each family: one query for all."""
    rows = Visit.objects.visible_to(user).of_each(list(families)).exclude(next_step="")
    rows = rows.order_by("family_id", "-happened_on", "-pk").distinct("family_id")
    latest = sorted(rows, key=lambda row: row.happened_on)
    return {row.stands: f"{row.next_step} ({day_in_words(row.happened_on)})" for row in latest}


def in_words(action: Action) -> str:
    return f"{action.what} ({day_in_words(action.due_on)})"

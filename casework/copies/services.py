"""Asking for a copy of the chronology, reading what would be in it, releasing it, sending it back, giving it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db import transaction

from casework.chronology.kept import kept_from, others_of
from casework.chronology.paper import bundle
from casework.chronology.rules import Entry, Narrowed, printed_for
from casework.chronology.sources import chronology
from casework.copies import rules
from casework.copies.models import ChronologyCopy
from casework.copies.rules import Act, State, WrongCopy
from families.people.models import Family, Membership, Person
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words


@dataclass(frozen=True)
class Wanted:
    """What of the story somebody wants, and what was asked about safety before."""

    why: str
    asked_alone: bool
    could_be_harmed: bool
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Reading:
    """A copy as it would be now: what is in it, what is left out, and a tag that says whether it is still the same."""

    shown: Sequence[Entry]
    left_out: Sequence[Entry]
    content: dict[str, Any]

    @property
    def tag(self) -> str:
        words = {name: value for name, value in self.content.items() if name != "printed_on"}
        return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:32]

    @property
    def entries(self) -> list[str]:
        return sorted(frozenset().union(*(entry.marks for entry in self.shown)))


@transaction.atomic
def ask_for_copy(family: Family, person: Person, wanted: Wanted, *, by: User, on: date) -> ChronologyCopy:
    """Ask for a copy for one person of the family; a senior releases it. The same asking again is the same."""
    rows = Family.objects.visible_to(by, can=Can.WORK_FAMILY).select_for_update(of=("self",), no_key=True)
    held: Family | None = rows.filter(pk=family.pk).first()
    if held is None:
        raise NotForYou(rules.NOT_YOURS_TO_ASK)
    family = held
    people = Membership.objects.visible_to(by).filter(family=family, person__in=person.rows())
    if not people.exists():
        raise WrongCopy(rules.NOT_OF_THE_FAMILY, field="person")
    safe = {"asked_alone": wanted.asked_alone, "could_be_harmed": wanted.could_be_harmed}
    rules.check_asking(**safe, why=wanted.why, who=str(person))
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise WrongCopy(rules.IN_ORDER, field="until")
    told = {"kind": wanted.kind, "since": wanted.since, "until": wanted.until, "why": wanted.why.strip()}
    living = ChronologyCopy.objects.filter(family=family, person__in=person.rows(), state__in=rules.LIVING)
    there: ChronologyCopy | None = living.first()
    if there is not None:
        if there.asked_by_id == by.pk and all(getattr(there, name) == said for name, said in told.items()):
            return there
        raise Conflict(rules.ONE_THERE.format(who=person))
    made: ChronologyCopy = ChronologyCopy.objects.create(
        family=family, person=person, state=State.WAITING, asked_by=by, asked_on=on, **told
    )
    return made


def read_copy(copy: ChronologyCopy, *, by: User, on: date) -> Reading:
    """Return what would be in it, as whoever reads it may see the record; marks as they are now."""
    family, person = copy.family.shown, copy.person.shown
    wanted = Narrowed(since=copy.since, until=copy.until)
    others = others_of(family, person, user=by)
    story = [
        entry
        for entry in chronology(family, user=by)
        if not entry.is_a_need_of(others)
        and wanted.takes(entry)
        and entry.is_for_a_reader
        and copy.kind in {"", entry.kind}
    ]
    kept = kept_from(family, person, user=by)
    shown = printed_for(story, withheld=kept, others=others)
    left_out = [entry for entry in story if not entry.marks.isdisjoint(kept)]
    data = bundle(family, shown, words=copy.asked_for, left_out=0, by=cast(User, copy.asked_by), reader=person)
    return Reading(shown, left_out, in_plain(data, on=on))


def in_plain(data: dict[str, Any], *, on: date) -> dict[str, Any]:
    """Return the same with days in words, as it is kept."""
    days = [{"on": day_in_words(day["on"]), "entries": day["entries"]} for day in data["days"]]
    return data | {"printed_on": day_in_words(on), "days": days}


@transaction.atomic
def release_copy(copy: ChronologyCopy, *, seen: str, by: User, on: date) -> ChronologyCopy:
    """Release a copy as it was read, and keep its words. ``seen``: the tag of what was on the page. Safe twice."""
    copy = _lock_to_decide(copy, by=by)
    if copy.state == State.RELEASED and copy.decided_by_id == by.pk:
        return copy
    copy.state = _next(copy, Act.RELEASE, by=by)
    reading = read_copy(copy, by=by, on=on)
    if reading.tag != seen:
        raise Conflict(rules.CHANGED)
    if not reading.shown:
        raise NotAllowed(rules.NOTHING_IN_IT)
    copy.decided_by, copy.decided_on = by, on
    copy.content, copy.entries, copy.left_out = reading.content, reading.entries, len(reading.left_out)
    copy.save(update_fields=["state", "decided_by", "decided_on", "content", "entries", "left_out"])
    return copy


@transaction.atomic
def send_copy_back(copy: ChronologyCopy, *, answer: str, by: User, on: date) -> ChronologyCopy:
    """Send an asking back with the reason, also one that was released and not given. Safe twice."""
    answer = rules.check_answer(answer)
    copy = _lock_to_decide(copy, by=by)
    if copy.state == State.SENT_BACK and (copy.decided_by_id, copy.answer) == (by.pk, answer):
        return copy
    copy.state = _next(copy, Act.SEND_BACK, by=by)
    copy.decided_by, copy.decided_on, copy.answer = by, on, answer
    copy.save(update_fields=["state", "decided_by", "decided_on", "answer"])
    return copy


@transaction.atomic
def give_copy(copy: ChronologyCopy, *, by: User, on: date) -> ChronologyCopy:
    """Write down that a copy was given into the hands it was made for. Safe twice."""
    copy = _lock(copy)
    if copy.state == State.GIVEN and copy.given_by_id == by.pk:
        return copy
    state = _next(copy, Act.GIVE)
    insist_on_its_marks(copy, by=by)
    copy.state = state
    copy.given_by, copy.given_on = by, on
    copy.save(update_fields=["state", "given_by", "given_on"])
    return copy


def insist_on_its_marks(copy: ChronologyCopy, *, by: User) -> None:
    """Refuse to give what was released before somebody marked something in it as not for its reader."""
    kept = kept_from(copy.family.shown, copy.person, user=by)
    if copy.state != State.GIVEN and not kept.isdisjoint(copy.entries):
        raise NotAllowed(rules.KEPT_SINCE.format(who=copy.person))


def _lock_to_decide(copy: ChronologyCopy, *, by: User) -> ChronologyCopy:
    if not ChronologyCopy.objects.visible_to(by, can=Can.DECIDE_SHARING).filter(pk=copy.pk).exists():
        raise NotForYou(rules.NOT_YOURS)
    return _lock(copy)


def _lock(copy: ChronologyCopy) -> ChronologyCopy:
    held: ChronologyCopy = (
        ChronologyCopy.objects.for_page().select_for_update(of=("self",), no_key=True).get(pk=copy.pk)
    )
    return held


def _next(copy: ChronologyCopy, act: Act, *, by: User | None = None) -> State:
    """Return the state after an act, or say who was first. Nobody decides on what they asked for."""
    state = rules.next_state(copy.state, act)
    if state is None:
        who = copy.given_by or copy.decided_by or "Somebody"
        raise Conflict(rules.TOO_LATE.format(who=who, state=copy.get_state_display().lower()))
    if by is not None and copy.asked_by_id == by.pk:
        raise NotForYou(rules.OWN_ASKING)
    return state

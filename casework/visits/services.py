"""Record a visit. The same note recorded twice is one visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction

from casework.cases.models import Case
from casework.diary.services import plan_next, planned_for
from casework.visits import rules
from casework.visits.beside import Asked, keep
from casework.visits.models import Sighting, Visit, household_on
from families.people.models import Family, Membership
from slf.accounts.models import User
from slf.clock import today
from slf.drafts.models import Draft
from slf.drafts.rules import Verdict, Written
from slf.drafts.services import send_draft


@dataclass(frozen=True)
class Sent:
    """What became of a note that was sent: its visit, or a copy kept beside a newer state of the same note."""

    visit: Visit | None = None
    copy: Draft | None = None


@transaction.atomic
def record_visit(
    family: Family,
    *,
    by: User,
    kind: str,
    happened_on: date,
    note: str,
    sightings: Sequence[rules.Sighting],
    began_at: time | None = None,
    next_visit_on: date | None = None,
    grade: str = "",
    changed: str = "",
    next_step: str = "",
    planned: UUID | None = None,
    draft_uid: UUID | None = None,
) -> Visit:
    """Record one contact, and of each member of the household what was said.

    ``planned`` is the visit that this was to be: a trigger notes it as done. One that is not planned with this family,
    or not any more, is left alone. The next visit that was agreed is planned.
    """
    rules.check_day(happened_on, today=today(), known_since=family.known_since)
    rules.check_next(next_visit_on, day=happened_on)
    rules.check_seen(sightings, kind=kind)
    rules.check_sightings(sightings, household=children_of(family, happened_on))
    visit = Visit.objects.create(
        family=family,
        case=Case.objects.filter(family=family).of_a_contact(happened_on),
        kind=kind,
        happened_on=happened_on,
        began_at=began_at,
        note=note.strip(),
        grade=grade,
        changed=changed.strip(),
        next_step=next_step.strip(),
        next_visit_on=next_visit_on,
        planned=planned_for(family, planned),
        recorded_by=by,
        draft_uid=draft_uid,
    )
    note_sightings(visit, sightings)
    if next_visit_on is not None:
        plan_next(family, kind=kind, due_on=next_visit_on, by=by, on=today())
    return visit


@transaction.atomic
def record_from_draft(
    uid: UUID, *, family: Family, by: User, written: Written, beside: Sequence[Asked] = (), **answers: Any
) -> Sent:
    """Turn a draft into its visit, with what was answered beside it.

    Sent again, it is the visit it already is, and nothing is kept twice; written elsewhere meanwhile, it waits.
    """
    sent = send_draft(uid, by=by, written=written)
    if sent.verdict is Verdict.CONFLICT:
        return Sent(copy=sent.draft)
    known: Visit | None = Visit.objects.filter(recorded_by=by, draft_uid=sent.draft.uid).first()
    if known:
        return Sent(known)
    made = record_visit(family, by=by, draft_uid=sent.draft.uid, **answers)
    keep(beside, made, by=by)
    return Sent(made)


def note_sightings(visit: Visit, sightings: Sequence[rules.Sighting]) -> None:
    for said in sightings:
        Sighting.objects.create(
            family_id=visit.family_id, visit=visit, person_id=said.person, how=said.how, why=said.why or ""
        )


def children_of(family: Family, day: date) -> dict[int, bool]:
    """Return of each person of the household, on that day or now, whether they are a child."""
    members = [*household_on(family, day), *household_on(family, today())]
    return {member.person_id: member.part == Membership.Part.CHILD for member in members}

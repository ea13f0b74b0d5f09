"""Beginning a supervision, deciding on families in it, the worker's own part, signing; calling it off.

Whatever is written in a part of a supervision takes the part's row first, so that nobody signs what is just changing.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from django.db import connection, transaction

from casework.supervision import rules
from casework.supervision.caseload import has_family
from casework.supervision.line import Place, below
from casework.supervision.models import AgreedAction, Decision, OwnPart, Supervision, SupervisionPart
from casework.supervision.rules import DECISIONS, Agreed, OwnWords, WrongSupervision
from families.people.models import Family
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.access.services import one_at_a_time
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words
from slf.work.services import promise


@transaction.atomic
def begin_supervision(workers: Sequence[User], *, kind: str, held_on: date, by: User, on: date) -> Supervision:
    """Begin a supervision with one worker, or a group of them. The same again on one day is the same."""
    rules.check_begin(kind, held_on=held_on, workers=len(workers), on=on)
    places = _places(workers, by=by)
    one_at_a_time(by)
    if (there := _begun(places, kind=kind, held_on=held_on, by=by)) is not None:
        return there
    first = places[0]
    made: Supervision = Supervision.objects.create(
        scope_id=first.scope, supervisor=by, role=first.role, kind=kind, held_on=held_on
    )
    for place in places:
        SupervisionPart.objects.create(scope_id=first.scope, supervision=made, worker=place.worker)
    return made


def _places(workers: Sequence[User], *, by: User) -> list[Place]:
    wanted = {worker.pk for worker in workers}
    places = [place for place in below(by) if place.worker.pk in wanted]
    if len(places) < len(wanted):
        raise WrongSupervision(rules.NOT_THEIRS, field="workers")
    if len({(place.scope, place.role) for place in places}) > 1:
        raise WrongSupervision("A group is of one locality, and all in it have the same post.", field="workers")
    return places


def _begun(places: Sequence[Place], *, kind: str, held_on: date, by: User) -> Supervision | None:
    """Return the meeting of just these people that was begun for this day already."""
    wanted = {place.worker.pk for place in places}
    for row in Supervision.objects.held().filter(supervisor=by, kind=kind, held_on=held_on).prefetch_related("parts"):
        if {part.worker_id for part in row.parts.all()} == wanted:
            found: Supervision = row
            return found
    return None


@transaction.atomic
def call_off(supervision: Supervision, *, by: User, on: date) -> Supervision:
    """Call off a supervision in which nothing was decided or signed. Safe twice."""
    if not Supervision.objects.visible_to(by, can=Can.REVIEW_FAMILY).filter(pk=supervision.pk).exists():
        raise NotForYou(rules.NOT_YOURS)
    held: Supervision = Supervision.objects.select_for_update(of=("self",), no_key=True).get(pk=supervision.pk)
    if held.called_off_on is not None:
        return held
    parts = list(SupervisionPart.objects.filter(supervision=held).select_for_update(no_key=True))
    if any(part.supervisor_signed_on or part.worker_signed_on or _is_decided(part) for part in parts):
        raise NotAllowed(rules.HAS_DECISIONS)
    held.called_off_on = on
    held.save(update_fields=["called_off_on"])
    return held


def _is_decided(part: SupervisionPart) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select slf.is_decided(%s)", [part.pk])
        return bool(cursor.fetchone()[0])


# Families -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def decide(
    part: SupervisionPart,
    family: Family,
    *,
    decision: str,
    by: User,
    on: date,
    note: str = "",
    action: Agreed | None = None,
    owner: User | None = None,
    revision: int = 0,
) -> Decision:
    """Decide on a family, or change what was decided, and agree an action. The same again is the same.

    ``revision`` is the decision as the writer saw it, 0 where there was none.
    """
    part = _lock_to_lead(part, by=by)
    held = Family.objects.visible_to(by, can=Can.REVIEW_FAMILY).open_to(by).filter(pk=family.pk).first()
    rows = Decision.objects.filter(part=part, family=family).select_related("family")
    before: Decision | None = rows.select_for_update(of=("self",), no_key=True).first()
    if held is None or not (before or has_family(part.worker, held, by=by, on=on)):
        raise NotAllowed(rules.NOT_IN_CASELOAD.format(worker=part.worker))
    rules.check_decision(decision, decisions=value_of(DECISIONS, on=on), before=before.decision if before else "")
    person = owner or part.worker
    if before and _says_the_same(before, decision, note.strip(), action, person):
        return before
    if revision != (before.revision if before else 0):
        raise Conflict(rules.CHANGED)
    made = _write(before, part, held, decision=decision, note=note.strip(), by=by)
    if action is not None:
        _agree(made, action, owner=person, part=part)
    return made


def _write(
    before: Decision | None, part: SupervisionPart, family: Family, *, decision: str, note: str, by: User
) -> Decision:
    if before is None:
        day = part.supervision.held_on
        made: Decision = Decision.objects.create(
            family=family, part=part, worker=part.worker, decision=decision, note=note, decided_by=by, decided_on=day
        )
        return made
    before.decision, before.note, before.revision = decision, note, before.revision + 1
    before.save(update_fields=["decision", "note", "revision"])
    return before


def _says_the_same(before: Decision, decision: str, note: str, action: Agreed | None, owner: User) -> bool:
    if (before.decision, before.note) != (decision, note):
        return False
    there = before.actions.filter(what=action.what, due_on=action.due_on, owner=owner) if action else None
    return there is None or there.exists()


def _agree(decision: Decision, action: Agreed, *, owner: User, part: SupervisionPart) -> None:
    rules.check_action(action.what, action.due_on, held_on=decision.decided_on)
    if owner.pk not in {part.worker_id, part.supervision.supervisor_id}:
        raise WrongSupervision("Choose one of the two of you.", field="owner")
    if not opens(owner, decision.family):
        raise WrongSupervision(rules.NOT_OPEN.format(owner=owner), field="owner")
    AgreedAction.objects.create(family=decision.family, decision=decision, owner=owner, **asdict(action))


def opens(person: User, family: Family) -> bool:
    """Tell whether somebody may open a family: what they could not see they would not do."""
    return rights_of(person).opens(RecordClass.RECORD, scope_id=family.scope_id, family_id=family.pk)


@transaction.atomic
def take_out_action(action: AgreedAction, *, by: User) -> None:
    """Take an action out that was not agreed after all, while both have not signed. A second time changes nothing."""
    _lock_to_lead(action.decision.part, by=by)
    row = AgreedAction.objects.visible_to(by, can=Can.REVIEW_FAMILY).filter(pk=action.pk).first()
    if row is None:
        return
    if row.done_on is not None:
        raise NotAllowed("It is done already, so it stays.")
    row.delete()


@transaction.atomic
def mark_done(action: AgreedAction, *, by: User, on: date, came_of_it: str = "") -> AgreedAction:
    """Say that an action is done, and what came of it. The first to say so is kept."""
    rows = AgreedAction.objects.visible_to(by).select_related("family", "owner")
    held: AgreedAction | None = rows.select_for_update(of=("self",), no_key=True).filter(pk=action.pk).first()
    if held is None or not may_mark_done(held, by=by):
        raise NotForYou(rules.NOT_YOUR_ACTION)
    if held.done_on is None:
        held.done_on, held.done_by, held.came_of_it = on, by, came_of_it.strip()
        held.save(update_fields=["done_on", "done_by", "came_of_it"])
    return held


def may_mark_done(action: AgreedAction, *, by: User) -> bool:
    """Tell whether an action is this person's to be done with: their own, or of a family they work or supervise."""
    return action.owner_id == by.pk or any(
        AgreedAction.objects.visible_to(by, can=can).filter(pk=action.pk).exists()
        for can in (Can.WORK_FAMILY, Can.REVIEW_FAMILY)
    )


# The worker's own part, and signing --------------------------------------------------------------------------------


@transaction.atomic
def write_own_part(part: SupervisionPart, words: OwnWords, *, revision: int, by: User) -> OwnPart:
    """Write what stays between the two. ``revision`` is what the writer saw, 0 where nothing stood there."""
    part = _lock(part)
    if by.pk not in {part.worker_id, part.supervision.supervisor_id}:
        raise NotForYou(rules.NOT_YOUR_PART)
    _check_open(part)
    said = {name: text.strip() for name, text in asdict(words).items()}
    own: OwnPart | None = OwnPart.objects.filter(part=part).first()
    if own and all(getattr(own, name) == text for name, text in said.items()):
        return own
    if revision != (own.revision if own else 0):
        raise Conflict(rules.CHANGED)
    own = own or OwnPart(part=part, revision=0)
    for name, text in said.items():
        setattr(own, name, text)
    own.revision, own.written_by = own.revision + 1, by
    own.save()
    return own


@transaction.atomic
def sign_part(part: SupervisionPart, *, by: User, on: date, signs: str = "") -> SupervisionPart:
    """Sign one's side of a part, as it reads now. Safe twice; signed by both it is settled.

    ``signs`` is the state that was read (``state_of``): what changed since is to be read first.
    """
    part = _lock(part)
    if not {part.worker_id, part.supervision.supervisor_id} & {by.pk}:
        raise NotForYou(rules.NOT_YOURS_TO_SIGN)
    if not part.waits_for(by):
        return part
    _check_open(part)
    if signs and signs != state_of(part):
        raise Conflict(rules.CHANGED)
    name = "worker_signed_on" if part.worker_id == by.pk else "supervisor_signed_on"
    setattr(part, name, on)
    part.save(update_fields=[name])
    promise("supervision.tell", by=by, part=part.pk)
    return part


def state_of(part: SupervisionPart) -> str:
    """Return what a part says, as a few figures: it is another once anything in it changes."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.state_of_part(%s)", [part.pk])
        return str(cursor.fetchone()[0])


# What every verb needs ---------------------------------------------------------------------------------------------


def _lock(part: SupervisionPart) -> SupervisionPart:
    rows = SupervisionPart.objects.for_page().select_for_update(of=("self",), no_key=True)
    held: SupervisionPart = rows.get(pk=part.pk)
    return held


def _lock_to_lead(part: SupervisionPart, *, by: User) -> SupervisionPart:
    if not SupervisionPart.objects.visible_to(by, can=Can.REVIEW_FAMILY).filter(pk=part.pk).exists():
        raise NotForYou(rules.NOT_YOURS)
    held = _lock(part)
    _check_open(held)
    return held


def _check_open(part: SupervisionPart) -> None:
    if part.supervision.called_off_on is not None:
        raise NotAllowed(rules.CALLED_OFF)
    if (day := part.settled_on) is not None:
        raise NotAllowed(rules.SETTLED.format(day=day_in_words(day)))

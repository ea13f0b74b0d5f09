"""What every verb of a closing needs: taking turns, the case and the proposal as they are now, and who was first."""

from collections.abc import Mapping
from datetime import date

from casework.cases.models import Case
from casework.closing import rules
from casework.closing.models import Closing
from casework.closing.outcomes import Outcomes, unsaid
from casework.closing.rules import State, WrongClosing
from casework.transfers.models import Transfer
from casework.transitions.rules import LACKS, NOT_FROM, TRANSITIONS, Move, Need, Stage, can_of, lacking, late
from families.people.models import Family
from families.people.services import lock_family
from referrals.allocation.models import Allocation
from referrals.allocation.services import present_allocation
from slf.access.models import Share
from slf.access.services import one_at_a_time
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words


def have_alone(move: Move, family: Family, *, by: User, on: date, besides: Allocation | None = None) -> Family:
    """Take turns with whoever gives this family to somebody, changes who holds it, or makes it one with another."""
    before = present_allocation(family, on=on)
    given = [one for one in (before, besides) if one is not None]
    people = {one.worker_id: one.worker for one in given} | {share.user_id: share.user for share in covers_of(family)}
    for key in sorted(people):
        one_at_a_time(people[key])  # people before families, as everywhere
    family = lock_family(theirs(move, family, by=by))
    now = present_allocation(family, on=on)
    if now is not None and now.worker_id not in people:
        raise Conflict(rules.CHANGED_HANDS.format(worker=now.worker))
    return family


def theirs(move: Move, family: Family, *, by: User) -> Family:
    """Return the family, to whom the table lets take this step with it."""
    held: Family | None = Family.objects.visible_to(by, can=can_of(move)).filter(pk=family.pk).first()
    if held is None:
        raise NotForYou(TRANSITIONS[move].not_yours)
    return held


def insist(move: Move, *, stage: Stage, there: Mapping[Need, bool], **words: object) -> None:
    """Refuse what the table refuses: it does not follow on the stage, or something is missing."""
    if said := late(move, stage, **words):
        raise (Conflict if stage is Stage.CLOSING or TRANSITIONS[move].late else NotAllowed)(said)
    if (lacks := lacking(move, there, **words)) is not None:
        need, said = lacks
        raise WrongClosing(said, field="outcomes") if need is Need.OUTCOMES else NotAllowed(said)


def look(
    family: Family, outcomes: Outcomes, *, on: date, closing: Closing | None = None
) -> tuple[dict[Need, bool], dict[str, object]]:
    """Return what is there of all that a closing needs, and what the table's sentences are filled in with."""
    left = unsaid(family, outcomes, on=on, closing=closing)
    moving = Transfer.objects.waiting().filter(family=family).select_related("to_locality").first()
    there = {Need.OUTCOMES: not left, Need.STAYS_HERE: moving is None}
    return there, {"needs": "; ".join(left), "to": moving.to_locality if moving else ""}


def no_open_case(family: Family) -> NotAllowed:
    """Return the refusal where no case is open: of a family that was made one with another, which that is."""
    if family.merged_into_id is None:
        return NotAllowed(NOT_FROM[Stage.CLOSED])
    return NotAllowed(LACKS[Need.STANDS].format(one=family.shown, reference=family.shown.reference))


def stage_by(closing: Closing) -> Stage:
    """Return where its case stands as far as a closing says so."""
    return {State.PROPOSED: Stage.CLOSING, State.CLOSED: Stage.CLOSED}.get(State(closing.state), Stage.BEGUN)


def covers_of(family: Family) -> list[Share]:
    rows = Share.objects.of(family).not_over().filter(kind=Share.Kind.COVER)
    return list(rows.select_related("user").order_by("pk"))


def lock_case(family: Family) -> Case | None:
    rows = Case.objects.filter(family=family, closed_on=None).select_related("family__merged_into")
    found: Case | None = rows.select_for_update(of=("self",), no_key=True).first()
    return found


def waiting_for(case: Case) -> Closing | None:
    found: Closing | None = Closing.objects.waiting().filter(case=case).select_related("proposed_by").first()
    return found


def lock_closing(closing: Closing) -> Closing:
    rows = Closing.objects.for_page().select_for_update(of=("self",), no_key=True)
    held: Closing = rows.get(pk=closing.pk)
    return held


def settled_in_words(closing: Closing) -> str:
    """Say what became of a closing, by whom: "Ann Senior closed this case on 15 October 2014."."""
    who, day = closing.settled
    return rules.SETTLED[State(closing.state)].format(who=who, day=day_in_words(day) if day else "")

"""What every verb of a closing needs: taking turns, the case and the proposal as they are now, and who was first."""

from datetime import date

from casework.cases.models import Case
from casework.closing import rules
from casework.closing.models import Closing
from casework.closing.rules import Act, State
from families.people.models import Family
from families.people.services import lock_family
from referrals.allocation.models import Allocation
from referrals.allocation.services import present_allocation
from slf.access.models import Share
from slf.access.rules import Can
from slf.access.services import one_at_a_time
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words

NOT_YOURS = "Only the seniors and managers of the family's locality close its case."


def have_alone(family: Family, *, by: User, can: Can, on: date, besides: Allocation | None = None) -> Family:
    """Take turns with whoever gives this family to somebody, changes who holds it, or makes it one with another."""
    before = present_allocation(family, on=on)
    given = [one for one in (before, besides) if one is not None]
    people = {one.worker_id: one.worker for one in given} | {share.user_id: share.user for share in covers_of(family)}
    for key in sorted(people):
        one_at_a_time(people[key])  # people before families, as everywhere
    held = Family.objects.visible_to(by, can=can).filter(pk=family.pk).first()
    if held is None:
        raise NotForYou(NOT_YOURS)
    family = standing(lock_family(held))
    now = present_allocation(family, on=on)
    if now is not None and now.worker_id not in people:
        raise Conflict(rules.CHANGED_HANDS.format(worker=now.worker))
    return family


def standing(family: Family) -> Family:
    if family.merged_into_id is not None:
        raise NotAllowed(rules.ONE_WITH.format(family.shown, family.shown.reference))
    return family


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


def next_state(closing: Closing, act: Act) -> State:
    """Return the state after an act, or say who was first."""
    state = rules.next_state(closing.state, act)
    if state is None:
        raise Conflict(settled_in_words(closing))
    return state


def settled_in_words(closing: Closing) -> str:
    """Say what became of a closing, by whom: "Ann Senior closed this case on 15 October 2014."."""
    who, day = closing.settled
    return rules.SETTLED[State(closing.state)].format(who=who, day=day_in_words(day) if day else "")

"""What is talked over: a worker's families, the most pressing first, each with why; what became of the last time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.drift.known import Supervised, open_cases, seen
from casework.drift.rules import Found, pressing
from casework.supervision.caseload import caseload
from casework.supervision.models import AgreedAction, Decision, SupervisionPart
from families.people.models import Family
from referrals.allocation.models import Allocation
from slf.accounts.models import User


@dataclass(frozen=True)
class Topic:
    """One family of the agenda. ``decision``: what was decided in this meeting; ``before``: the time before."""

    family: Family
    opened_on: date | None = None
    contact: date | None = None
    signs: list[Found] = field(default_factory=list)
    highly_complex: bool = False
    covers: bool = False
    decision: Decision | None = None
    before: Decision | None = None
    actions: list[AgreedAction] = field(default_factory=list)


def supervised(families: Iterable[int], *, user: User, on: date) -> Supervised:
    """Return when each family was last decided on, and how many agreed actions are late there: two queries."""
    ids = list(families)
    decided = Decision.objects.visible_to(user).last_of(ids)
    return Supervised(decided, AgreedAction.objects.visible_to(user).late_of(ids, on=on))


def agenda(part: SupervisionPart, *, user: User, on: date) -> list[Topic]:
    """Return the families of one worker to talk over; once both have signed, those that were decided on."""
    decided = {one.family_id: one for one in Decision.objects.visible_to(user).filter(part=part).for_page()}
    theirs = [] if part.is_settled else list(caseload(part.worker, by=user, on=on))
    others = Family.objects.visible_to(user).filter(pk__in=decided.keys() - {family.pk for family in theirs})
    families = {family.pk: family for family in (*theirs, *others)}
    cases = open_cases(user, on=on, among=families)
    stand = seen(cases, supervised(cases, user=user, on=on), user=user, on=on)
    mine = given(part.worker, families, user=user, on=on)
    before, actions = last_time(families, part, user=user), left_over(families, part, user=user)
    topics = [
        Topic(
            family=family,
            opened_on=cases.get(pk),
            contact=stand[pk].contact.happened_on if pk in stand and stand[pk].contact else None,
            signs=stand[pk].signs if pk in stand and not part.is_settled else [],
            highly_complex=mine.get(pk, False),
            covers=pk not in mine,
            decision=decided.get(pk),
            before=before.get(pk),
            actions=actions.get(pk, []),
        )
        for pk, family in families.items()
        if pk in cases or pk in decided
    ]
    return sorted(topics, key=lambda one: (pressing(one.signs), one.family.name, one.family.pk))


def topic_of(part: SupervisionPart, family: Family, *, user: User, on: date) -> Topic | None:
    return next((one for one in agenda(part, user=user, on=on) if one.family.pk == family.pk), None)


def given(worker: User, families: Iterable[int], *, user: User, on: date) -> dict[int, bool]:
    """Return which of some families are this worker's own, and whether each counts as highly complex."""
    rows = Allocation.objects.visible_to(user).current(on=on).of_each(list(families)).filter(worker=worker)
    return dict(rows.order_by().values_list("stands", "highly_complex"))


def last_time(families: Iterable[int], part: SupervisionPart, *, user: User) -> Mapping[int, Decision]:
    """Return what was decided on each family last, before this meeting."""
    rows = Decision.objects.visible_to(user).of_each(list(families)).exclude(part=part)
    last = rows.filter(decided_on__lte=part.supervision.held_on).order_by("family_id", "-decided_on", "-pk")
    found = last.distinct("family_id").select_related("decided_by")
    return {one.stands: one for one in sorted(found, key=lambda one: (one.decided_on, one.pk))}


def left_over(families: Iterable[int], part: SupervisionPart, *, user: User) -> Mapping[int, list[AgreedAction]]:
    """Return what was agreed on each family before and is not done."""
    rows = AgreedAction.objects.visible_to(user).to_do().of_each(list(families)).exclude(decision__part=part)
    found: dict[int, list[AgreedAction]] = defaultdict(list)
    for action in rows.select_related("owner"):
        found[action.stands].append(action)
    return found


def looked_at(topics: Iterable[Topic]) -> int:
    return sum(one.decision is not None for one in topics)

"""What the record holds of a case, as the table of stages asks for it: one question to the database."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from casework.assessments.models import Assessment
from casework.cases.models import Case
from casework.plan_reviews.models import PlanReview
from casework.plans.models import Plan
from casework.plans.rules import PlanState
from casework.stages.models import CareStep
from casework.stages.rules import Way
from casework.transfers.models import Transfer
from casework.transitions import rules
from casework.transitions.rules import Facts, Move, Need, Stage
from families.needs.models import Need as FamilyNeed
from families.people.models import Family
from referrals.allocation.models import Allocation, current_on
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User

PUT_RIGHT = {
    Need.AGREED: "families:sharing",
    Need.ASSESSED: "casework:assessments",
    Need.PLAN: "casework:plan",
    Need.REVIEWED: "casework:plan_reviews",
    Need.STEPPED_UP: "casework:step",
}
"""Where what is missing is put right: pages of the family."""


@dataclass(frozen=True)
class Lacks:
    """One thing that is missing for the next stage, and where it is put right, for whoever may."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Standing:
    """At which stage a case is, what comes next, and what is missing for that."""

    stage: Stage
    facts: Facts
    move: Move | None
    lacks: tuple[Lacks, ...]
    case_uid: UUID | None = None

    @property
    def name(self) -> str:
        return rules.STAGE_NAMES[self.stage]

    @property
    def next(self) -> str:
        return rules.TRANSITIONS[self.move].verb if self.move else ""


def standing_of(family: Family, *, user: User, on: date) -> Standing:
    """Return how the case of a family stands, as far as this person may open its record."""
    row = case_with_facts(family, user=user, on=on)
    facts = facts_of(row)
    stage = rules.stage_of(facts)
    move = None if stage is Stage.CLOSED else rules.next_move(stage)  # a closed case says itself how a new one begins
    lacks = [lack(need, family, user) for need in rules.missing(move, facts)] if move else []
    return Standing(stage, facts, move, tuple(lacks), row.uid if row else None)


def lack(need: Need, family: Family, user: User) -> Lacks:
    name = PUT_RIGHT.get(need, "")
    if need is Need.OUTCOMES:
        closes = rights_of(user).may(Can.CLOSE_CASE, family.scope_id)
        name = "casework:close_case" if closes else "casework:propose_closing"
    return Lacks(rules.NEED_NAMES[need], reverse(name, args=[family.uid]) if name else "")


def case_with_facts(family: Family, *, user: User, on: date) -> Any:
    """Return the case that is open, else the one that was last, with what each stage needs."""
    one = {"family__one_with": OuterRef("family")}
    plans = Plan.objects.filter(**one, state=PlanState.AGREED)
    reviews = PlanReview.objects.filter(plan__state=PlanState.AGREED, **one)
    since = Q(finished_on__isnull=False) & Q(finished_on__gte=OuterRef("opened_on"))
    assessed = Assessment.objects.signed().filter(since, **one)
    open_needs = FamilyNeed.objects.open_on(on).filter(**one).exclude(outcomes__closing__state="proposed")
    rows = Case.objects.visible_to(user).filter(family=family).annotate(
        has_worker=Exists(Allocation.objects.filter(current_on(on), **one)),
        has_plan=Exists(plans),
        is_reviewed=Exists(reviews),
        is_assessed=Exists(assessed),
        is_held=Exists(CareStep.objects.holding().filter(case=OuterRef("pk"))),
        is_stepped_up=Exists(CareStep.objects.filter(case=OuterRef("pk"), way=Way.UP)),
        is_proposed=Exists(Case.objects.filter(pk=OuterRef("pk"), closings__state="proposed")),
        is_moving=Exists(Transfer.objects.waiting().filter(**one)),
        has_open_needs=Exists(open_needs),
    )  # fmt: skip
    return rows.order_by(F("closed_on").desc(nulls_first=True), "-pk").first()


def facts_of(row: Any) -> Facts:
    if row is None:
        return Facts(met=frozenset({Need.STANDS}))  # the page of a family that was made one with another leads to that
    there = {
        Need.AGREED: True,
        Need.STANDS: True,
        Need.READY: True,  # whoever asks for an answer to the plan is told where it is not
        Need.WORKER: row.has_worker,
        Need.ASSESSED: row.is_assessed,
        Need.PLAN: row.has_plan,
        Need.REVIEWED: row.is_reviewed,
        Need.STEPPED_UP: row.is_stepped_up,
        Need.OUTCOMES: not row.has_open_needs,
        Need.STAYS_HERE: not row.is_moving,
    }
    is_open = row.closed_on is None
    met = frozenset(need for need, is_there in there.items() if is_there) if is_open else frozenset()
    return Facts(
        has_case=True, is_open=is_open, is_held=is_open and row.is_held, is_proposed=is_open and row.is_proposed,
        met=met,
    )  # fmt: skip

"""Recording a review of the plan with the family."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from casework.plan_reviews import rules
from casework.plan_reviews.models import GoalReview, PlanReview
from casework.plan_reviews.rules import WrongReview
from casework.plans.models import Plan
from casework.plans.rules import PlanState
from casework.transitions.rules import TRANSITIONS, Move, Need, can_of, lacking
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words


@dataclass(frozen=True)
class Said:
    """How one goal went, in a word and in words."""

    went: str
    words: str = ""


@transaction.atomic
def record_review(
    plan: Plan, *, held_on: date, family_says: str, next_on: date, goals: Mapping[int, Said], by: User, on: date
) -> PlanReview:
    """Record how each goal of the plan in force went, and when to look next. The same again is the same."""
    rows = Plan.objects.visible_to(by, can=can_of(Move.REVIEW)).filter(pk=plan.pk)
    held: Plan | None = rows.select_for_update(of=("self",), no_key=True).first()
    if held is None:
        raise NotForYou(TRANSITIONS[Move.REVIEW].not_yours)
    agreed_on = held.agreed_on if held.state == PlanState.AGREED else None
    if (lacks := lacking(Move.REVIEW, {Need.PLAN: agreed_on is not None})) is not None or agreed_on is None:
        raise NotAllowed(lacks[1] if lacks else "")
    if not family_says.strip():
        raise WrongReview(rules.WORDS, field="family_says")
    rules.check_days(held_on, next_on, agreed_on=agreed_on, today=on)
    rules.check_goals(goals, held.goals.values_list("pk", flat=True))
    if (there := _that_day(held, held_on)) is not None:
        return _the_same(there, family_says=family_says.strip(), next_on=next_on, goals=goals)
    told = {"held_on": held_on, "family_says": family_says.strip(), "next_on": next_on, "recorded_by": by}
    made: PlanReview = PlanReview.objects.create(family_id=held.family_id, plan=held, **told)
    GoalReview.objects.bulk_create(
        GoalReview(family_id=held.family_id, review=made, goal_id=goal, went=said.went, words=said.words)
        for goal, said in goals.items()
    )
    return made


def _that_day(plan: Plan, day: date) -> PlanReview | None:
    found: PlanReview | None = PlanReview.objects.filter(plan=plan, held_on=day).select_related("recorded_by").first()
    return found


def _the_same(there: PlanReview, *, family_says: str, next_on: date, goals: Mapping[int, Said]) -> PlanReview:
    """Return the review of that day when this is it once more; else say whose it is."""
    said = {row.goal_id: Said(row.went, row.words) for row in there.goals.all()}
    if (there.family_says, there.next_on, said) == (family_says, next_on, dict(goals)):
        return there
    raise Conflict(rules.ONE_THAT_DAY.format(day=day_in_words(there.held_on), who=there.recorded_by))


def due_on(plan: Plan, *, by: User, on: date) -> date | None:
    """Return when the plan is due to be reviewed; nothing for one that is not in force."""
    if plan.state != PlanState.AGREED:
        return None
    days: dict[int, date] = PlanReview.objects.visible_to(by).due_days([plan], every=value_of(rules.EVERY, on=on))
    return days.get(plan.pk)

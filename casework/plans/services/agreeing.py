"""What the adults say to a plan, and whose agreement makes it the family's."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.urls import reverse

from casework.cases.services import insist_on_who
from casework.plans import rules
from casework.plans.models import Plan, PlanAnswer
from casework.plans.rules import Act, Said
from casework.plans.services.versions import have_alone
from casework.transitions.rules import Move, Need, lacking
from families.people.models import Family, Membership, Person
from slf.accounts.models import User
from slf.web.errors import Conflict, Incomplete, NotAllowed


@transaction.atomic
def record_answer(
    plan: Plan,
    *,
    person: Person,
    said: Said,
    how: rules.How,
    said_on: date,
    revision: int,
    by: User,
    reason: str = "",
    signature: str = "",
) -> PlanAnswer:
    """Record what one adult said to the plan as it reads. When enough have agreed, it is the family's plan.

    The same answer again by the same person changes nothing.
    """
    signature = rules.check_signature(how, signature)
    insist_on_who(Move.PLAN, plan.family, by=by)
    plan = _lock_to_answer(plan, revision=revision)
    household = parts_on(plan.family, day=said_on)
    _insist_on_an_adult(person, household, plan, said_on=said_on)
    if (same := _same_answer(plan, person, said)) is not None:
        return same
    answer = PlanAnswer.objects.create(
        family_id=plan.family_id, plan=plan, revision=plan.revision, person=person, said=said, how=how,
        reason=reason, signature=signature, said_on=said_on, recorded_by=by,
    )  # fmt: skip
    _agree_if_enough(plan, household)
    return answer


def _lock_to_answer(plan: Plan, *, revision: int) -> Plan:
    """A refusal can follow an agreement: whoever speaks later is heard too, as long as the version lives."""
    have_alone(plan.family_id)
    whole = Plan.objects.select_related("family").prefetch_related("goals__actions")
    now: Plan = whole.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    if now.state not in rules.LIVING:
        raise NotAllowed(rules.OVER.get(now.state, rules.OVERTAKEN))
    if now.revision != revision:
        message = (
            "The plan was changed after you opened it. Read it with the family again: it is not what they agreed to."
        )
        raise Conflict(message)
    missing = missing_from(now)
    if (lacks := lacking(Move.PLAN, {Need.READY: not missing})) is not None:
        raise Incomplete(missing, lacks[1])
    return now


def missing_from(plan: Plan) -> list[tuple[str, str | None]]:
    """Return what a plan needs before anybody is asked to agree: ``(sentence, address where it is given)``."""
    goals = plan.goals.all()
    if not goals:
        return [(rules.NO_GOALS, reverse("casework:add_goal", args=[plan.family.uid]))]
    bare = (goal for goal in goals if not goal.actions.all())
    return [(rules.no_actions(goal.words), reverse("casework:add_action", args=[goal.uid])) for goal in bare]


def parts_on(family: Family, *, day: date) -> Mapping[int, str]:
    """Return ``{person id: part}`` of who was in the family on a day."""
    rows = Membership.objects.filter(family=family).on(day).select_related("person__merged_into")
    return {row.person.pk: row.part for row in rows}


def _insist_on_an_adult(person: Person, household: Mapping[int, str], plan: Plan, *, said_on: date) -> None:
    if household.get(person.pk) not in rules.ADULTS:
        raise NotAllowed("Only an adult who was in the family on that day can agree to its plan.")
    if said_on < plan.started_on:
        raise NotAllowed("Nobody can agree to a plan before the day it was started. Check the date.")


def _same_answer(plan: Plan, person: Person, said: Said) -> PlanAnswer | None:
    last = plan.answers.filter(person__in=person.rows(), revision=plan.revision).order_by("-pk").first()
    return last if last and last.said == said else None


def last_words(answers: Iterable[PlanAnswer], *, revision: int) -> dict[int, PlanAnswer]:
    """Return ``{person id: last answer}`` to the plan as it reads now; an answer to earlier words has lapsed."""
    return {answer.person.pk: answer for answer in answers if answer.revision == revision}


def _agree_if_enough(plan: Plan, household: Mapping[int, str]) -> None:
    last = last_words(plan.answers.select_related("person__merged_into"), revision=plan.revision)
    agreed = {person: answer.said_on for person, answer in last.items() if answer.said == Said.AGREED}
    if not rules.may(plan.state, Act.AGREE) or not agreed:
        return
    rule = rules.agreement_rule_on(max(agreed.values()))
    if (day := rule.met_on(household, agreed)) is not None:
        _replace_the_one_in_force(plan.family)
        plan.state = rules.next_state(plan.state, Act.AGREE)
        plan.agreed_on, plan.agreement_rule = day, rule.code
        plan.save(update_fields=["state", "agreed_on", "agreement_rule"])


def _replace_the_one_in_force(family: Family) -> None:
    for old in Plan.objects.in_force().filter(family=family).select_for_update(of=("self",), no_key=True):
        old.state = rules.next_state(old.state, Act.REPLACE)
        old.save(update_fields=["state"])

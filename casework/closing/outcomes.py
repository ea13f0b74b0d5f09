"""What became of each need, said with a closing; the checks set for a family whose case is closed, and each as made."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from casework.closing import rules
from casework.closing.models import Closing, NeedOutcome, SustainmentCheck
from casework.closing.rules import CHECK_CALLED_OFF, CHECK_DUE, CHECK_MADE, CHECKS_AFTER, ENDS, Outcome, WrongClosing
from families.needs.models import Need
from families.needs.services import each_once
from families.people.models import Family
from slf.access.rules import Can
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotForYou
from slf.web.words import day_in_words

Outcomes = Mapping[int, str]
NOT_YOURS = "Only the seniors and managers of the family's locality make this check."


def needs_to_say(family: Family, *, on: date) -> list[Need]:
    """Return the open needs of a family: of each it is said what became of it when the case is closed."""
    rows = Need.objects.open_on(on).filter(family=family).select_related("person__merged_into").order_by("pk")
    return list(rows)


def asked_of(family: Family, closing: Closing | None, *, on: date) -> list[Need]:
    """Return the needs of which nobody has said it yet, each once."""
    said = set(closing.outcomes.values_list("need", flat=True)) if closing else set()
    return each_once(need for need in needs_to_say(family, on=on) if need.pk not in said)


def name_of(need: Need) -> str:
    return f"{need.get_kind_display()}{f' ({need.person})' if need.person else ''}"


def unsaid(family: Family, outcomes: Outcomes, *, on: date, closing: Closing | None = None) -> list[str]:
    """Return the open needs of which neither these outcomes nor the proposal say what became."""
    return rules.not_said({need.pk: name_of(need) for need in asked_of(family, closing, on=on)}, outcomes)


def check_outcomes(family: Family, outcomes: Outcomes, *, on: date, closing: Closing | None = None) -> dict[int, str]:
    """Return what became of each open need, the ones said before left out; each is said, as the table wants it."""
    asked = asked_of(family, closing, on=on)
    if any(need.pk not in outcomes for need in asked):
        raise Conflict(rules.FOUND_MEANWHILE)
    if wrong := [said for said in outcomes.values() if said not in set(Outcome)]:
        raise WrongClosing(f"“{wrong[0]}” is no outcome.", field="outcomes")
    said = set(closing.outcomes.values_list("need", flat=True)) if closing else set()
    by_kind = {(need.kind, need.person.pk if need.person else None): outcomes[need.pk] for need in asked}
    return {
        need.pk: by_kind[need.kind, need.person.pk if need.person else None]
        for need in needs_to_say(family, on=on)
        if need.pk not in said and (need.kind, need.person.pk if need.person else None) in by_kind
    }


def say_outcomes(closing: Closing, outcomes: Outcomes, *, by: User, on: date) -> None:
    for need, outcome in outcomes.items():
        NeedOutcome.objects.create(
            family_id=closing.family_id, closing=closing, need_id=need, outcome=outcome, said_by=by, said_on=on
        )


def end_needs(closing: Closing) -> None:
    """End with the case what is met or not wanted any more. What is met partly or not stays open."""
    for said in closing.outcomes.filter(outcome__in=sorted(ENDS)).select_related("need"):
        need: Any = said.need
        if need.ended_on is None:
            need.ended_on = max(closing.closes_on, need.started_on)
            need.save(update_fields=["ended_on"])


def open_needs_again(closing: Closing) -> None:
    """Have the needs that a closing ended be open again, unless the same was found since."""
    for said in closing.outcomes.filter(outcome__in=sorted(ENDS)).select_related("need"):
        need: Any = said.need
        ended_here = need.ended_on == max(closing.closes_on, need.started_on)
        same = Need.objects.filter(family_id=need.family_id, kind=need.kind, person=need.person_id, ended_on=None)
        if ended_here and not same.exists():
            need.ended_on = None
            need.save(update_fields=["ended_on"])


# Afterwards --------------------------------------------------------------------------------------------------------


def set_checks(closing: Closing, *, on: date) -> None:
    """Set the days on which it is asked how the family is."""
    months = [value_of(setting, on=on) for setting in CHECKS_AFTER]
    for after, due_on in rules.check_days(closing.closes_on, months):
        SustainmentCheck.objects.create(family_id=closing.family_id, closing=closing, months=after, due_on=due_on)


def call_off_checks(closing: Closing) -> None:
    for check in closing.checks.filter(state=CHECK_DUE):
        check.state = CHECK_CALLED_OFF
        check.save(update_fields=["state"])


@transaction.atomic
def record_check(
    check: SustainmentCheck, *, stands: str, consent: str, asked: str, words: str, checked_on: date, by: User, on: date
) -> SustainmentCheck:
    """Write down how it stands with a family whose case is closed. It opens no case. Safe twice."""
    rules.check_said(stands, consent, asked=asked, words=words, checked_on=checked_on, on=on)
    rows = SustainmentCheck.objects.visible_to(by, can=Can.CLOSE_CASE).filter(pk=check.pk)
    held: SustainmentCheck | None = rows.select_for_update(of=("self",), no_key=True).first()
    if held is None:
        raise NotForYou(NOT_YOURS)
    if held.state == CHECK_CALLED_OFF:
        raise Conflict(rules.NOT_DUE_ANY_MORE)
    if held.state == CHECK_MADE:
        if (held.checked_by_id, held.stands, held.consent, held.words) == (by.pk, stands, consent, words.strip()):
            return held
        day = day_in_words(held.checked_on) if held.checked_on else ""
        raise Conflict(rules.CHECKED.format(who=held.checked_by, day=day))
    held.stands, held.consent, held.asked, held.words = stands, consent, asked.strip(), words.strip()
    held.state, held.checked_on, held.checked_by = CHECK_MADE, checked_on, by
    held.save()
    return held

"""Requests to services: asked, offered, started, ended; or not met, with the reason that commissioning counts."""

from datetime import date
from typing import Any

from django.db import transaction

from casework.around.services import hold
from casework.diary.services import case_is_over
from casework.requests import rules
from casework.requests.models import ServiceRequest
from casework.requests.rules import Act, State, WrongRequest
from families.households.services import household_on
from families.needs.models import Need
from families.people.models import Family, Person
from families.people.rules import age_on
from referrals.directory.meeting import is_a_reason, known_of, missed_of, warning_of
from referrals.directory.models import Service
from referrals.directory.rules import Known
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.policy.rules import Reasons, Setting
from slf.web.errors import Conflict, NotAllowed
from slf.web.words import day_in_words


@transaction.atomic
def ask_service(
    family: Family, *, need: str, words: str, asked_on: date, by: User, on: date, service: Service | None = None,
    other: str = "", person: Person | None = None, all_the_same: str = "",
) -> ServiceRequest:  # fmt: skip
    """Write down that a service was asked for. The same again is the same.

    ``all_the_same``: why, where the family does not meet what the service asks for.
    """
    if service is None and not other.strip():
        raise WrongRequest(rules.WHICH, field="service")
    if service is not None and other.strip():
        raise WrongRequest(rules.NOT_BOTH, field="other")
    if not words.strip():
        raise WrongRequest(rules.SAY["words"], field="words")
    rules.check_day(asked_on, field="asked_on", after=None, on=on)
    family = hold(family, by=by)
    of = {"service": service, "other": other.strip(), "need": need, "person": person}
    there: ServiceRequest | None = ServiceRequest.objects.open().filter(family=family, **of).first()
    if there is not None:
        if (there.asked_by_id, there.words, there.asked_on) == (by.pk, words.strip(), asked_on):
            return there
        raise Conflict(rules.ALREADY.format(day=day_in_words(there.asked_on)))
    if case_is_over(family):
        raise NotAllowed(rules.OVER)
    missed = check_met(family, service, person=person, all_the_same=all_the_same, by=by, on=on)
    told: dict[str, Any] = {"missed": missed, "all_the_same": all_the_same if missed else ""}
    told |= {"words": words.strip(), "state": State.ASKED, "asked_on": asked_on, "asked_by": by}
    made: ServiceRequest = ServiceRequest.objects.create(family=family, **of, **told)
    return made


def check_met(
    family: Family, service: Service | None, *, person: Person | None, all_the_same: str, by: User, on: date
) -> list[str]:
    """Return what the family does not meet of what the service asks for; refuse it without a reason."""
    if service is None:
        return []
    known = known_here(family, person=person, by=by, on=on)
    missed = missed_of(service, known)
    if missed and not is_a_reason(all_the_same, on=on):
        raise WrongRequest(warning_of(service, known), field="all_the_same")
    return [one.value for one in missed]


def known_here(family: Family, *, person: Person | None, by: User, on: date) -> Known:
    """Return what is recorded of a family that services ask for: its different needs, and the ages it is for."""
    kinds = {need.kind for need in Need.objects.visible_to(by).filter(family=family).open_on(on)}
    people = [person] if person else [member.person for member in household_on(family, on, by=by)]
    ages = [age_on(one.born_on, on) for one in people if one.born_on]
    return known_of(len(kinds), ages=ages, on=on)


@transaction.atomic
def offer(request: ServiceRequest, *, offered_on: date, by: User, on: date) -> ServiceRequest:
    """Write down that the service offered it. Safe twice."""
    held = _hold(request, by=by)
    if held.state == State.OFFERED and held.offered_on == offered_on:
        return held
    held.state = rules.next_state(held.state, Act.OFFER)
    rules.check_day(offered_on, field="offered_on", after=held.last_day, on=on)
    held.offered_on = offered_on
    held.save(update_fields=["state", "offered_on"])
    return held


@transaction.atomic
def start(request: ServiceRequest, *, started_on: date, by: User, on: date) -> ServiceRequest:
    """Write down that it started: its wait is over. Safe twice."""
    held = _hold(request, by=by)
    if held.state == State.STARTED and held.started_on == started_on:
        return held
    held.state = rules.next_state(held.state, Act.START)
    rules.check_day(started_on, field="started_on", after=held.last_day, on=on)
    held.started_on = started_on
    held.save(update_fields=["state", "started_on"])
    return held


@transaction.atomic
def end(request: ServiceRequest, *, closed_on: date, reason: str, words: str, by: User, on: date) -> ServiceRequest:
    """Say how what a service gave the family ended. Safe twice."""
    _check_reason(rules.OUTCOMES, reason, on=on)
    if not words.strip():
        raise WrongRequest(rules.SAY["closed_words"], field="words")
    return _close(request, Act.END, closed_on=closed_on, reason=reason, words=words, by=by, on=on)


@transaction.atomic
def not_met(
    request: ServiceRequest, *, how: str, reason: str, closed_on: date, by: User, on: date, words: str = ""
) -> ServiceRequest:
    """Write down that the service declined, or that there is none here, with the reason. Safe twice."""
    if how not in rules.UNMET_BY:
        raise WrongRequest("Choose what happened.", field="how")
    _check_reason(rules.WHY_UNMET, reason, on=on)
    return _close(request, rules.UNMET_BY[how], closed_on=closed_on, reason=reason, words=words, by=by, on=on)


@transaction.atomic
def withdraw(request: ServiceRequest, *, closed_on: date, words: str, by: User, on: date) -> ServiceRequest:
    """Write down that the family does not want it any more. Safe twice."""
    return _close(request, Act.WITHDRAW, closed_on=closed_on, reason="", words=words, by=by, on=on)


def _close(
    request: ServiceRequest, act: Act, *, closed_on: date, reason: str, words: str, by: User, on: date
) -> ServiceRequest:
    held = _hold(request, by=by)
    said = (by.pk, closed_on, reason, words.strip())
    same = (held.closed_by_id, held.closed_on, held.reason, held.closed_words) == said
    if same and held.state == rules.TRANSITIONS[act][1]:
        return held
    held.state = rules.next_state(held.state, act)
    rules.check_day(closed_on, field="closed_on", after=held.last_day, on=on)
    held.closed_by, held.closed_on, held.reason, held.closed_words = by, closed_on, reason, words.strip()
    held.save(update_fields=["state", "closed_by", "closed_on", "reason", "closed_words"])
    return held


def _check_reason(setting: Setting[Reasons], reason: str, *, on: date) -> None:
    if reason not in dict(value_of(setting, on=on).choices):
        raise WrongRequest("Choose the reason from the list.", field="reason")


def _hold(request: ServiceRequest, *, by: User) -> ServiceRequest:
    hold(request.family, by=by)
    rows = ServiceRequest.objects.select_related("family", "service").select_for_update(of=("self",), no_key=True)
    held: ServiceRequest = rows.get(pk=request.pk)
    return held

"""Deciding on a referral: accept it once, decline it, and tell the referrer."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from families.needs.services import find_need
from families.people.models import Family
from families.people.services import Added, NewPerson, Place, add_people, create_family
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from referrals.intake.models import Referral, ReferralPerson
from referrals.intake.rules import GIVEN, Action, State, family_name, next_state
from referrals.triage import rules
from referrals.triage.likeness import known_elsewhere
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import working_days_between
from slf.web.errors import Conflict, NotAllowed
from slf.web.words import day_in_words

NOT_AGREED = "The family has not agreed yet. Ask the family first, and say here when and how it agreed."
NOT_THERE = "Somebody else has dealt with this referral."


@dataclass(frozen=True)
class Agreed:
    """The family's agreement, taken by whoever decides because the referrer had not asked."""

    on: date
    how: Agreement.How


def clock_of(referral: Referral, *, on: date) -> rules.Clock:
    came = referral.arrival
    return rules.Clock(waited=working_days_between(came.sent_on, on), left=working_days_between(on, came.due_on))


# Accept ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def accept_referral(
    referral: Referral, *, by: User, on: date, family: Family | None = None, agreed: Agreed | None = None
) -> Family:
    """Make the family and its people from the referral, once; or join it to a ``family`` that is known.

    Sent twice it is the same family. Whoever comes second is told who was first.
    """
    referral = _lock(referral, by=by)
    if referral.family is not None and referral.decided_by_id == by.pk:
        return referral.family
    _refuse_if_settled(referral)
    next_state(referral.state, Action.ACCEPT)
    if referral.agreement != GIVEN and agreed is None:
        raise NotAllowed(NOT_AGREED)
    family, added = _open_family(referral, family=family, by=by, on=on)
    _note_needs(referral, family, by=by, on=on)
    _note_agreement(referral, family, added, agreed=agreed, by=by)
    if added.in_doubt:
        known_elsewhere(referral)
    _attach(referral, family, on=on)
    return family


def _lock(referral: Referral, *, by: User) -> Referral:
    rows = Referral.objects.visible_to(by, can=Can.TRIAGE).exclude(sent_on=None)
    held: Referral | None = rows.select_for_update(of=("self",), no_key=True).filter(pk=referral.pk).first()
    if held is None:
        raise Conflict(NOT_THERE)
    return held


def _refuse_if_settled(referral: Referral) -> None:
    done = {State.ACCEPTED: "accepted", State.DECLINED: "declined"}.get(State(referral.state))
    if done and referral.decided_by and referral.decided_on:
        raise Conflict(rules.settled_message(done, by=str(referral.decided_by), on=referral.decided_on))


def _open_family(referral: Referral, *, family: Family | None, by: User, on: date) -> tuple[Family, Added]:
    people = [_new_person(person) for person in referral.people.all()]
    place = Place(referral.address, referral.postcode, referral.phone, referral.safe_contact)
    if family is not None:
        return family, add_people(family, people=people, place=place, by=by, on=on)
    name = family_name(referral.answers().people)
    return create_family(name=name, scope=referral.scope, people=people, place=place, by=by, on=on)


def _new_person(person: ReferralPerson) -> NewPerson:
    return NewPerson(
        given_names=person.given_names,
        family_name=person.family_name,
        part=person.part,
        born_on=person.born_on,
        born_estimated=person.born_estimated,
        school=person.school,
        identifiers=person.identifiers,
    )


def _note_needs(referral: Referral, family: Family, *, by: User, on: date) -> None:
    """Open the needs the referral names from the day it was sent, known to us from the day it was accepted."""
    sent_on = referral.arrival.sent_on
    source = f"Referral from {referral.agency}, {day_in_words(sent_on)}"[:200]
    for need in referral.needs.all():
        find_need(family, kind=need.kind, evidence=need.evidence, source=source, by=by, on=on, seen_on=sent_on)


def _note_agreement(referral: Referral, family: Family, added: Added, *, agreed: Agreed | None, by: User) -> None:
    if agreed is not None:
        record_agreement(family, state=Agreement.State.GIVEN, said_on=agreed.on, how=agreed.how, by=by)
        return
    if referral.agreed_on is None:
        raise NotAllowed(NOT_AGREED)
    became = dict(zip([person.pk for person in referral.people.all()], added.people, strict=True))
    record_agreement(
        family,
        state=Agreement.State.GIVEN,
        said_on=referral.agreed_on,
        how=Agreement.How.REFERRER,
        by=by,
        person=became.get(referral.agreed_by_id),
    )


def _attach(referral: Referral, family: Family, *, on: date) -> None:
    """Close the referral with its family. From now on it is as open, and as restricted, as the family's record."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.attach_referral(%s, %s, %s)", [referral.pk, family.pk, on])
    referral.refresh_from_db()
    referral.message = rules.accepted_message(referral.arrival.locality.name, on=on)
    referral.save(update_fields=["message"])
    tell_referrer(referral)


# Decline -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def decline_referral(referral: Referral, *, by: User, on: date, reason: str, message: str) -> Referral:
    """Decline with a reason, and tell the referrer in the words of whoever decides."""
    referral = _lock(referral, by=by)
    if referral.state == State.DECLINED and referral.decided_by_id == by.pk:
        return referral
    _refuse_if_settled(referral)
    referral.state = next_state(referral.state, Action.DECLINE)
    referral.decided_by, referral.decided_on, referral.reason, referral.message = by, on, reason, message
    referral.save(update_fields=["state", "decided_by", "decided_on", "reason", "message"])
    tell_referrer(referral)
    return referral


def tell_referrer(referral: Referral) -> None:
    """Copy the decision and its message onto the receipt, which only the referrer sees."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.tell_referrer(%s)", [referral.pk])

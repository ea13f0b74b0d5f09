"""Deciding on a referral: accept it once, decline it, and tell the referrer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from families.addresses.services import Place, place_of
from families.names.services import keep_spelling
from families.needs.services import find_need, state_person
from families.numbers.services import keep_numbers
from families.people.models import Family, Membership, Person
from families.people.services import (
    NewPerson,
    add_people,
    create_family,
    ever_in,
    known_of,
    lock_family,
)
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from referrals.enquiries.rules import CLOCK_STOPS, NOT_ASKED
from referrals.intake.models import Referral, ReferralPerson
from referrals.intake.rules import GIVEN, Action, State, WrongAnswer, family_name, next_state
from referrals.triage import joining, rules
from referrals.triage.deciding import keep_decision, lock_referral, refuse_if_replied, refuse_if_settled, tell_referrer
from referrals.triage.joining import Choice, Fate, Somebody, Told
from referrals.triage.questions import ask_elsewhere
from referrals.triage.reaching import keep_responsible, keep_safe_contact
from slf.access.models import Scope
from slf.access.rules import Role
from slf.access.services import move_family, one_at_a_time, shared_scope
from slf.accounts.models import User
from slf.clock import working_days_between
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed
from slf.web.words import day_in_words
from slf.work.services import promise

NOT_AGREED = "The family has not agreed yet. Ask the family first, and say here when and how it agreed."
NOT_SHARED = "This family is closed to named people. Share it from its record instead."
TO_A_FAMILY = {State.ACCEPTED: Action.ACCEPT, State.ESF: Action.SEND_TO_ESF}
HOUSEHOLD_CHANGED = (
    "Somebody changed who is in this family while you were choosing. Choose again from who is in it now."
)


@dataclass(frozen=True)
class Agreed:
    """The family's agreement, taken by whoever decides because the referrer had not asked."""

    on: date
    how: Agreement.How


@dataclass(frozen=True)
class Joining:
    """That a referral is about a family that is known: who of it is whom, chosen by somebody who saw the household.

    ``choices`` is by the referral's people, ``household`` the people of the record that the choice was made from.
    """

    family: Family
    choices: Mapping[UUID, Choice]
    household: frozenset[UUID]


def clock_of(referral: Referral, *, on: date) -> rules.Clock:
    """Return the clock of the decision; while a reply is waited for, as it stood when the question was asked."""
    came, stopped = referral.arrival, CLOCK_STOPS and referral.asked_on is not None
    at = referral.asked_on if stopped and referral.asked_on else on
    return rules.Clock(
        waited=working_days_between(came.sent_on, on), left=working_days_between(at, came.due_on), is_stopped=stopped
    )


def reply_clock_of(referral: Referral, *, on: date) -> rules.Clock:
    """Return the clock of the reply that is waited for."""
    if referral.asked_on is None or referral.reply_by is None:
        raise NotAllowed(NOT_ASKED)
    waited = working_days_between(referral.asked_on, on)
    return rules.Clock(waited=waited, left=working_days_between(on, referral.reply_by))


# Accept ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def accept_referral(
    referral: Referral,
    *,
    by: User,
    on: date,
    join: Joining | None = None,
    agreed: Agreed | None = None,
    seen: int | None = None,
    outcome: State = State.ACCEPTED,
) -> Family:
    """Make the family and its people from the referral, once; or ``join`` it to a family that is known.

    Sent twice it is the same family. Whoever comes second is told who was first, and who decides from a page on which
    a reply of the referrer is missing (``seen``, its revision) is told to read that. With ESF as the ``outcome`` the
    family is shared with the provider of its locality too.
    """
    one_at_a_time(by)  # asked about numbers one after the other, and people before families, as everywhere
    referral = lock_referral(referral, by=by)
    if referral.family is not None and referral.decided_by_id == by.pk:
        return referral.family
    refuse_if_settled(referral)
    refuse_if_replied(referral, seen=seen)
    next_state(referral.state, TO_A_FAMILY[outcome])
    if referral.agreement != GIVEN and agreed is None:
        raise NotAllowed(NOT_AGREED)
    family, became = _join_family(referral, join, by=by, on=on) if join else _new_family(referral, by=by, on=on)
    _note_needs(referral, family, by=by, on=on)
    _note_agreement(referral, family, became, agreed=agreed, by=by)
    keep_safe_contact(referral, family, became, source=source_of(referral), by=by, on=on)
    keep_responsible(referral, family, became, source=source_of(referral), by=by)
    _attach(referral, family, by=by, on=on, outcome=outcome)
    if outcome is State.ESF:
        _share_with_provider(family, by=by)
    return family


def _share_with_provider(family: Family, *, by: User) -> None:
    """Open the family to the ESF provider of its locality; a family closed to named people is not shared like this."""
    home = family.scope.locality
    if home is None or family.scope.kind not in {Scope.Kind.LOCALITY, Scope.Kind.SHARED}:
        raise NotAllowed(NOT_SHARED)
    move_family(family, to=shared_scope(home, role=Role.ESF), by=by)
    promise("referrals.tell_provider", by=by, family=family.pk)


Became = Mapping[int, Person]
"""Who of the referral's people, by their key, is which person of the record."""


def _new_family(referral: Referral, *, by: User, on: date) -> tuple[Family, Became]:
    people, name = list(referral.people.all()), family_name(referral.answers().people)
    family, added = create_family(
        name=name, scope=referral.scope, people=[_new_person(p) for p in people], place=_place(referral), by=by, on=on
    )
    _keep_numbers(referral, family, zip(people, added, strict=True), by=by)
    return family, _became(people, added)


def _join_family(referral: Referral, join: Joining, *, by: User, on: date) -> tuple[Family, Became]:
    """Add who was chosen as new and nobody else; of those who are known, keep what the referral says otherwise."""
    lock_family(join.family)
    members = {member.person.uid: member for member in ever_in(join.family, by=by)}
    check_joining(referral, join, members)
    people = [p for p in referral.people.all() if join.choices[p.uid].fate is not Fate.LEAVE]
    known = {n: members[uid] for n, p in enumerate(people) if (uid := join.choices[p.uid].member) is not None}
    added = add_people(
        join.family, people=[_new_person(p) for p in people], place=_place(referral), by=by, on=on,
        same={n: member.person for n, member in known.items()},
    )  # fmt: skip
    new = [pair for n, pair in enumerate(zip(people, added, strict=True)) if n not in known]
    _keep_numbers(referral, join.family, new, by=by)
    _note_differences(referral, [(people[n], member) for n, member in known.items()], by=by, on=on)
    return join.family, _became(people, added)


def _became(people: Sequence[ReferralPerson], added: Sequence[Person]) -> Became:
    return {told.pk: person for told, person in zip(people, added, strict=True)}


def check_joining(referral: Referral, join: Joining, members: Mapping[UUID, Membership]) -> None:
    """Refuse choices that cannot be right, and those made from a household that is not the present one."""
    if join.household != members.keys():
        raise Conflict(HOUSEHOLD_CHANGED)
    if found := wrong_choices(referral, members, join.choices):
        raise WrongAnswer(f"{next(iter(found.values()))}.")
    if joining.all_left_out(join.choices.values()):
        raise WrongAnswer(joining.NOBODY)


def wrong_choices(
    referral: Referral, members: Mapping[UUID, Membership], choices: Mapping[UUID, Choice]
) -> dict[UUID, str]:
    """Return what is wrong with the choices, by the person of the referral."""
    people = {p.uid: Somebody(str(p), p.known) for p in referral.people.all()}
    household = {uid: Somebody(str(m.person), known_of(m.person)) for uid, m in members.items()}
    agreed = referral.agreed_by.uid if referral.agreed_by and referral.agreement == GIVEN else None
    return joining.wrong(people, household, choices, agreed=agreed)


def _note_differences(
    referral: Referral, pairs: Sequence[tuple[ReferralPerson, Membership]], *, by: User, on: date
) -> None:
    """Keep what the referral says otherwise of those who are known; where they live, once for the household.

    Of somebody whose address is protected no address is repeated: it stands in the referral alone.
    """
    there = next((p for p, _ in pairs if p.part != Membership.Part.AWAY), None)
    for person, member in pairs:
        place = place_of(member, on=on, by=by)
        told = _told(person, _place(referral) if person is there and not place.protected else Place())
        record = _on_record(member, place)
        words = joining.said_otherwise(told, record)
        if joining.named_otherwise(told.name, record.name):
            keep_spelling(
                member, given_names=person.given_names, family_name=person.family_name,
                source=source_of(referral), by=by,
            )  # fmt: skip
        state_person(
            member.person, family=member.family, words=words, source=source_of(referral), by=by,
            said_on=referral.arrival.sent_on,
        )  # fmt: skip


def _told(person: ReferralPerson, place: Place) -> Told:
    ids = person.known.identifiers
    return Told(str(person), person.born_on, person.born_estimated, ids, person.school, **_in_words(place))


def _on_record(member: Membership, place: Place) -> Told:
    person = member.person
    name, ids = f"{person.given_names} {person.family_name}", known_of(person).identifiers
    return Told(name, person.born_on, person.born_estimated, ids, member.school, **_in_words(place))


def _in_words(place: Place) -> dict[str, str]:
    return {name: getattr(place, name) for name in ("address", "postcode", "phone", "safe_contact")}


def _place(referral: Referral) -> Place:
    return Place(referral.address, referral.postcode, referral.phone, referral.safe_contact)


def source_of(referral: Referral) -> str:
    return f"Referral from {referral.agency}, {day_in_words(referral.arrival.sent_on)}"[:200]


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


def _keep_numbers(
    referral: Referral, family: Family, people: Iterable[tuple[ReferralPerson, Person]], *, by: User
) -> None:
    """Keep the numbers of those who are new; one that has to be checked first stays on their record as it was told.

    Somebody who has a number already was found by it.
    """
    source, said_on = source_of(referral), referral.arrival.sent_on
    for told, person in people:
        if not known_of(person).identifiers:
            keep_numbers(person, told.identifiers, family=family, source=source, by=by, said_on=said_on)


def _note_needs(referral: Referral, family: Family, *, by: User, on: date) -> None:
    """Open the needs the referral names from the day it was sent, known to us from the day it was accepted."""
    sent_on, source = referral.arrival.sent_on, source_of(referral)
    for need in referral.needs.all():
        find_need(family, kind=need.kind, evidence=need.evidence, source=source, by=by, on=on, seen_on=sent_on)


def _note_agreement(referral: Referral, family: Family, became: Became, *, agreed: Agreed | None, by: User) -> None:
    if agreed is not None:
        record_agreement(family, state=Agreement.State.GIVEN, said_on=agreed.on, how=agreed.how, by=by)
        return
    if referral.agreed_on is None:
        raise NotAllowed(NOT_AGREED)
    record_agreement(
        family,
        state=Agreement.State.GIVEN,
        said_on=referral.agreed_on,
        how=Agreement.How.WRITING if referral.is_own else Agreement.How.REFERRER,
        by=by,
        person=became.get(referral.agreed_by_id or 0),
    )


def _attach(referral: Referral, family: Family, *, by: User, on: date, outcome: State) -> None:
    """Close the referral with its family. From now on it is as open, and as restricted, as the family's record."""
    with connection.cursor() as cursor:
        cursor.execute("select slf.attach_referral(%s, %s, %s)", [referral.pk, family.pk, on])
    referral.refresh_from_db()
    ask_elsewhere(referral)
    told = rules.esf_message if outcome is State.ESF else rules.accepted_message
    referral.state, referral.message = outcome, told(referral.arrival.locality.name, on=on)
    referral.save(update_fields=["state", "message"])
    tell_referrer(referral, by=by)


# Decline -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def decline_referral(
    referral: Referral, *, by: User, on: date, reason: str, message: str, seen: int | None = None
) -> Referral:
    """Decline with a reason, and tell the referrer in the words of whoever decides."""
    referral = lock_referral(referral, by=by)
    if referral.state == State.DECLINED and referral.decided_by_id == by.pk:
        return referral
    refuse_if_settled(referral)
    refuse_if_replied(referral, seen=seen)
    if reason not in dict(value_of(rules.REASONS, on=on).choices):
        raise WrongAnswer(rules.NOT_A_REASON)
    referral.state = next_state(referral.state, Action.DECLINE)
    referral.decided_by, referral.decided_on, referral.reason, referral.message = by, on, reason, message
    keep_decision(referral)
    tell_referrer(referral, by=by)
    return referral

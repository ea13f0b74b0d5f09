"""Sending an adult to the provider, and what the provider does: take on or not, begin, be in contact, end."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max

from casework.provider import rules
from casework.provider.models import ProviderContact, Provision
from casework.provider.rules import State, Step, WrongProvision
from families.households.services import household_on
from families.people.models import Family, Membership, Person
from families.people.rules import age_on
from families.people.services import lock_family
from slf.access.models import Scope, ScopeMember
from slf.access.rights import rights_of
from slf.access.rules import Can, Role
from slf.access.services import move_family, shared_scope
from slf.accounts.models import User
from slf.policy.models import value_of
from slf.web.errors import Conflict, NotAllowed, NotForYou
from slf.web.words import day_in_words

ADULTS = frozenset({Membership.Part.PARENT, Membership.Part.ADULT, Membership.Part.AWAY})
OF_AGE = 16


def is_shared(family: Family) -> bool:
    """Tell whether the provider's workers may open the family."""
    return ScopeMember.objects.filter(scope=family.scope_id, role=Role.ESF).exists()


def adults_of(family: Family, *, by: User, on: date) -> list[Membership]:
    """Return who of the family can be sent: whoever is an adult in it, or known to be 16 or older."""
    return [
        member
        for member in household_on(family, on, by=by)
        if member.part in ADULTS or (member.person.born_on and age_on(member.person.born_on, on) >= OF_AGE)
    ]


@transaction.atomic
def send_to_provider(
    family: Family, person: Person, *, why: str, agreed_on: date, sent_on: date, by: User, on: date
) -> Provision:
    """Send one adult of a family to the provider. The same again is the same.

    A family that is not shared yet is shared with it by who may share it: they agreed, and ``agreed_on`` says when.
    """
    rules.check_words(why=why)
    rules.check_day("agreed_on", agreed_on, after=None, on=on)
    rules.check_day("sent_on", sent_on, after=agreed_on, on=on)
    if not Family.objects.open_to(by, can=Can.SEND_TO_PROVIDER).filter(pk=family.pk).exists():
        raise NotForYou(rules.NOT_YOURS_TO_SEND)
    family = lock_family(family)
    if not is_shared(family):
        _share(family, by=by)
    if person.pk not in {one.pk for each in adults_of(family, by=by, on=on) for one in (each.person, each.entry)}:
        raise WrongProvision(rules.NOT_AN_ADULT, field="person")
    there: Provision | None = Provision.objects.living().filter(family=family, person=person).first()
    if there is not None:
        if (there.sent_by_id, there.why, there.sent_on) == (by.pk, why.strip(), sent_on):
            return there
        raise Conflict(rules.ALREADY.format(who=person, day=day_in_words(there.sent_on)))
    made: Provision = Provision.objects.create(
        family=family, person=person, state=State.SENT, why=why.strip(), agreed_on=agreed_on, sent_on=sent_on,
        sent_by=by,
    )  # fmt: skip
    return made


def _share(family: Family, *, by: User) -> None:
    """Open the family to the provider of its locality: for who may share it, of a family that is not restricted."""
    home, may = family.scope.locality, rights_of(by).may(Can.SHARE_FAMILY, family.scope_id)
    if home is None or family.scope.kind != Scope.Kind.LOCALITY or not may:
        raise NotAllowed(rules.NOT_SHARED)
    move_family(family, to=shared_scope(home, role=Role.ESF), by=by)


@transaction.atomic
def take_on(provision: Provision, *, answered_on: date, by: User, on: date) -> Provision:
    """Say that the provider takes somebody on. Safe twice; whoever comes second is told who was first."""
    held = hold(provision, by=by)
    if held.state == State.TAKEN_ON and (held.answered_by_id, held.answered_on) == (by.pk, answered_on):
        return held
    rules.check_day("answered_on", answered_on, after=held.sent_on, on=on)
    held.state, held.answered_on, held.answered_by = rules.next_state(held.standing, Step.TAKE_ON), answered_on, by
    held.save(update_fields=["state", "answered_on", "answered_by"])
    return held


@transaction.atomic
def turn_down(provision: Provision, *, refusal: str, answer: str, answered_on: date, by: User, on: date) -> Provision:
    """Say that the provider does not take somebody on, and why. Safe twice."""
    rules.check_reason("refusal", refusal, known=value_of(rules.REFUSALS, on=on))
    rules.check_words(answer=answer)
    held = hold(provision, by=by)
    if held.state == State.NOT_TAKEN_ON and (held.answered_by_id, held.refusal) == (by.pk, refusal):
        return held
    rules.check_day("answered_on", answered_on, after=held.sent_on, on=on)
    held.state, held.answered_on, held.answered_by = rules.next_state(held.standing, Step.TURN_DOWN), answered_on, by
    held.refusal, held.answer = refusal, answer.strip()
    held.save(update_fields=["state", "answered_on", "answered_by", "refusal", "answer"])
    return held


@transaction.atomic
def begin_provision(provision: Provision, *, begun_on: date, by: User, on: date) -> Provision:
    """Write down that the provision began: from that day on they are attached to it. Safe twice."""
    held = hold(provision, by=by)
    if held.state == State.BEGUN and (held.begun_by_id, held.begun_on) == (by.pk, begun_on):
        return held
    rules.check_day("begun_on", begun_on, after=held.answered_on, on=on)
    held.state, held.begun_on, held.begun_by = rules.next_state(held.standing, Step.BEGIN), begun_on, by
    held.save(update_fields=["state", "begun_on", "begun_by"])
    return held


@transaction.atomic
def record_contact(
    provision: Provision, *, happened_on: date, kind: str, words: str, by: User, on: date
) -> ProviderContact:
    """Write down one contact of the provider. The same of the same day again is the same."""
    if kind not in set(rules.ContactKind):
        raise WrongProvision("Say what kind of contact it was.", field="kind")
    rules.check_words(words=words)
    held = hold(provision, by=by)
    if held.state not in rules.WITH_THEM:
        raise Conflict(held.standing.words)
    rules.check_day("happened_on", happened_on, after=held.answered_on, on=on)
    said = {"happened_on": happened_on, "kind": kind, "words": words.strip(), "recorded_by": by}
    there: ProviderContact | None = ProviderContact.objects.filter(provision=held, **said).first()
    if there is not None:
        return there
    made: ProviderContact = ProviderContact.objects.create(
        family_id=held.family_id, provision=held, recorded_on=on, **said
    )
    return made


@transaction.atomic
def end_provision(
    provision: Provision, *, ended_on: date, ending: str, ended_words: str, by: User, on: date
) -> Provision:
    """Write down that the provider's work with somebody ended, and why. Safe twice."""
    rules.check_reason("ending", ending, known=value_of(rules.ENDINGS, on=on))
    rules.check_words(ended_words=ended_words)
    held = hold(provision, by=by)
    if held.state == State.ENDED and (held.ended_by_id, held.ending, held.ended_on) == (by.pk, ending, ended_on):
        return held
    state = rules.next_state(held.standing, Step.END)
    last = held.contacts.aggregate(day=Max("happened_on"))["day"]
    rules.check_day("ended_on", ended_on, after=max(filter(None, (held.last_day, last))), on=on)
    _end(held, state, ended_on=ended_on, ending=ending, words=ended_words, by=by)
    return held


def end_those_of(family: Family, *, words: str, by: User, on: date) -> list[Provision]:
    """End what the provider still does for a family that is not shared with it from now on."""
    rows: Iterable[Provision] = Provision.objects.living().filter(family=family)
    ended = list(rows.select_for_update(of=("self",), no_key=True))  # type: ignore[attr-defined]
    for held in ended:
        state = rules.next_state(held.standing, Step.UNSHARE)
        _end(held, state, ended_on=on, ending=rules.NOT_SHARED_ANY_MORE, words=words, by=by)
    return ended


def _end(held: Provision, state: State, *, ended_on: date, ending: str, words: str, by: User) -> None:
    held.state, held.ended_on, held.ended_by = state, ended_on, by
    held.ending, held.ended_words = ending, words.strip()
    held.save(update_fields=["state", "ended_on", "ended_by", "ending", "ended_words"])


def hold(provision: Provision, *, by: User) -> Provision:
    """Wait for whoever writes of the same person, and return the row as it is then."""
    rows = Provision.objects.visible_to(by, can=Can.PROVIDE).filter(pk=provision.pk)
    rows = rows.select_related("sent_by", "answered_by", "begun_by", "ended_by")
    held: Provision | None = rows.select_for_update(of=("self",), no_key=True).first()
    if held is None:
        raise NotForYou(rules.NOT_YOURS)
    return held

"""Referrals made the way people make them: through the services, in the referrer's own name."""

from contextlib import contextmanager
from datetime import date

from django.db import transaction

from families.identifiers.rules import upn_check_letter
from families.people.services import ever_in
from referrals.intake import services
from referrals.intake.models import Referral
from referrals.intake.rules import PersonAnswer
from referrals.intake.services import PersonRow
from referrals.triage.joining import Choice, Fate
from referrals.triage.likeness import likeliest
from referrals.triage.services import Joining
from tests.at_once import in_the_name_of

SENT_ON = date(2014, 10, 15)
AGREED_ON = date(2014, 10, 10)
UPN = upn_check_letter("820432113001") + "820432113001"

MARSH = (
    PersonAnswer("Dawn", "Marsh", "parent", date(1980, 5, 4), ni_number="AB123456C"),
    PersonAnswer("Lee", "Marsh", "parent", date(1978, 11, 23)),
    PersonAnswer("Kelly", "Marsh", "child", date(2000, 9, 1), school="Limehurst Academy", upn=UPN),
    PersonAnswer("Jake", "Marsh", "child", date(2004, 2, 29)),
    PersonAnswer("Ruby", "Marsh", "child", date(2010, 7, 15)),
)
NEEDS = {
    "education": "Kelly was in school on 61 of 140 days.",
    "housing": "Five people in two rooms.",
    "poverty": "No food in the house twice this term.",
    "parenting": "Bedtimes at midnight.",
}


@contextmanager
def undone():
    """Have what is done inside never have happened."""
    before = transaction.savepoint()
    yield
    transaction.savepoint_rollback(before)


def empty_draft(user) -> Referral:
    with in_the_name_of(user):
        return services.start_referral(by=user)


def full_draft(
    user, *, people=MARSH, needs=NEEDS, postcode="LE11 2AB", agreement="given", district=None, in_danger=False
) -> Referral:
    """Make a draft that could be sent."""
    with in_the_name_of(user):
        draft = services.start_referral(by=user)
        services.say_danger(draft, by=user, in_danger=in_danger, spoke_to="Ann at the duty line" if in_danger else "")
        services.list_people(draft, by=user, people=[PersonRow(None, person) for person in people])
        services.say_home(draft, by=user, address="4 Mill Lane, Loughborough", postcode=postcode, district=district)
        services.say_needs(draft, by=user, needs=needs, whole_family=True, whole_family_why="Home and school together.")
        agreed = {"agreed_on": AGREED_ON, "agreed_by": draft.people.first().uid} if agreement == "given" else {}
        agreed |= {"refused_why": "not_now"} if agreement == "refused" else {}
        services.say_agreement(draft, by=user, family_knows=True, agreement=agreement, **agreed)
        return again(draft)


def sent_referral(user, *, on=SENT_ON, **what) -> Referral:
    """Make a referral that waits in its locality. The object is as the referrer last saw it."""
    draft = full_draft(user, **what)
    with in_the_name_of(user):
        services.send_referral(draft, by=user, on=on)
    return draft


def joining(referral, family, by, **fates):
    """Choose who is whom in a family that is known: by given name "new", "leave" or a person; others by likeness."""
    with in_the_name_of(by):
        members = ever_in(family, by=by)
        people = Referral.objects.for_page().get(pk=referral.pk).people.all()
        like = {pair.person.uid: pair.member.person for pair in likeliest(people, members)}
        choices = {p.uid: _choice(fates.get(p.given_names, like.get(p.uid, "new"))) for p in people}
    return Joining(family, choices, frozenset(member.person.uid for member in members))


def _choice(fate):
    return Choice(Fate(fate)) if fate in {"new", "leave"} else Choice(Fate.SAME, fate.uid)


def again(draft: Referral) -> Referral:
    return Referral.objects.for_page().get(pk=draft.pk)


def again_as(user, uid) -> Referral:
    """Return a sent referral as somebody of its locality sees it now."""
    return Referral.objects.visible_to(user).for_page().get(uid=uid)

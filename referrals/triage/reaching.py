"""What a referral says that is asked again later, kept with the record: reaching safely, and who is responsible."""

from collections.abc import Mapping
from datetime import date

from families.contact.services import set_rule
from families.needs.services import state_responsible
from families.people.models import Family, Membership, Person
from referrals.intake.models import Referral
from slf.accounts.models import User


def keep_safe_contact(
    referral: Referral, family: Family, became: Mapping[int, Person], *, source: str, by: User, on: date
) -> None:
    """Make the coded rules of whoever asked for help; nothing where somebody else referred, or they are not in it."""
    person = became.get(referral.own.sender_id) if referral.is_own else None
    if person is None:
        return
    rows = Membership.objects.visible_to(by).filter(family=family, person=person)
    member = rows.order_by("-period").first()
    if member is None:
        return
    for rule in referral.own.reach.rules(str(referral.own.sender)):
        set_rule(
            member, channel=rule.channel, never=rule.never, days=rule.days, after=rule.after, before=rule.before,
            who_answers=rule.who_answers, source=source, by=by, on=on,
        )  # fmt: skip


def keep_responsible(
    referral: Referral, family: Family, became: Mapping[int, Person], *, source: str, by: User
) -> None:
    """Keep what was believed of each adult's parental responsibility; it begins the form that asks what it rests on."""
    said_on = referral.arrival.sent_on
    for told in referral.people.all():
        if (person := became.get(told.pk)) is not None:
            state_responsible(
                person, family=family, responsible=told.responsible, source=source, by=by, said_on=said_on
            )  # fmt: skip

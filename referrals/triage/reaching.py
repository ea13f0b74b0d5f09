"""What a family that referred itself said of reaching it safely, kept with the record it becomes."""

from collections.abc import Mapping
from datetime import date

from families.contact.services import set_rule
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

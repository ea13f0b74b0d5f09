"""Sending what a family said of itself. Nobody acts; nothing comes back but a reference to quote."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction

from referrals.intake.rules import DECIDE_WITHIN, SUFFICES, PersonAnswer, WrongAnswer, reference_of
from referrals.ourselves import rules
from referrals.ourselves.rules import Reach
from slf.clock import add_working_days
from slf.policy.models import value_of

NO_PLACE = "Say which district you live in."


@transaction.atomic
def refer_ourselves(
    *,
    sender: PersonAnswer,
    others: list[PersonAnswer],
    reach: Reach,
    address: str,
    postcode: str,
    district: str,
    needs: list[str],
    words: str,
    told_to_ring_at: str | None,
    on: date,
) -> str:
    """Send a family's own referral to the team of its postcode and return the reference. The same again is the same."""
    told = {
        "people": [person_told(person) for person in (sender, *others)],
        "agreement": rules.agreement_of(sender, suffices=value_of(SUFFICES, on=on)),
        "address": address,
        "postcode": postcode,
        "district": district,
        "needs": rules.evidence_of(needs, words),
        "words": words,
        "told_to_ring_at": told_to_ring_at,
        **reach_told(reach),
    }
    due = add_working_days(on, value_of(DECIDE_WITHIN, on=on))
    with connection.cursor() as cursor:
        sent = json.dumps(told | {"digest": rules.digest_of(told)})
        cursor.execute("select slf.refer_ourselves(%s, %s, %s)", [sent, on, due])
        (uid,) = cursor.fetchone()
    if uid is None:
        raise WrongAnswer(NO_PLACE)
    return reference_of(uid)


def person_told(person: PersonAnswer) -> dict[str, Any]:
    born = person.born_on.isoformat() if person.born_on else None
    names = {"given_names": person.given_names, "family_name": person.family_name, "part": person.part}
    return names | {"born_on": born, "born_estimated": person.born_estimated}


def reach_told(reach: Reach) -> Mapping[str, Any]:
    return {
        "phone": reach.phone,
        "may_ring": reach.may_ring,
        "may_text": reach.may_text,
        "may_leave_message": reach.may_leave_message,
        "days": list(reach.days),
        "after": reach.after and reach.after.isoformat(),
        "before": reach.before and reach.before.isoformat(),
        "other_way": reach.other_way,
    }

"""From what the families of a run earned to its claims: one after the other, so that who is first is no accident."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from performance.claims.models import Claim, ClaimedPerson, ClaimRun, Judged
from performance.claims.rules import CALLED, SLOTS
from performance.claims.whole_run import already_claimed
from slf.accounts.models import User


class Earned(NamedTuple):
    """A result that may be claimed, as the worker that judged the family kept it for the claim."""

    judged: int
    family: int
    component: str
    amount: str
    price_rule: str
    people: Sequence[int]

    @property
    def wanted(self) -> set[tuple[str, int]]:
        return {(SLOTS[self.component], person) for person in self.people}


def claim(earned: Iterable[Earned], run: ClaimRun, *, by: User) -> None:
    """Claim what was earned, in this order, but nothing for a person who is claimed for already.

    A family closed to the office since it was judged is not claimed for.
    """
    kept = still_seen(earned, by=by)
    taken = already_claimed(run.scheme, {person for each in kept for person in each.people})
    lines = []
    for each in kept:
        if not each.wanted & taken:
            taken |= each.wanted
            lines.append(each)
    claims = Claim.objects.bulk_create(as_claim(each, run) for each in lines)
    ClaimedPerson.objects.bulk_create(
        ClaimedPerson(family_id=c.family_id, claim=c, person_id=pk, scheme=run.scheme, slot=SLOTS[c.component])
        for c, each in zip(claims, lines, strict=True)
        for pk in each.people
    )


def still_seen(earned: Iterable[Earned], *, by: User) -> list[Earned]:
    earned = list(earned)
    judged = Judged.objects.visible_to(by).filter(pk__in=[each.judged for each in earned])
    seen = set(judged.values_list("pk", flat=True))
    return [each for each in earned if each.judged in seen]


def as_claim(earned: Earned, run: ClaimRun) -> Claim:
    return Claim(
        run=run, judged_id=earned.judged, family_id=earned.family, component=earned.component,
        component_name=CALLED[earned.component], amount=Decimal(earned.amount), price_rule=earned.price_rule,
    )  # fmt: skip

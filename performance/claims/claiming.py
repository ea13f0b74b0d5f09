"""From what the families of a run earned to its claims: one after the other, so that who is first is no accident."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from families.people.models import Person
from performance.claims.models import Claim, ClaimRun, Judged
from performance.claims.rules import CALLED, SLOTS
from performance.claims.whole_run import already_claimed, ask
from slf.accounts.models import User

PEOPLE = """
    insert into performance_claimedperson (uid, scheme, live, family_id, claim_id, person_id, slot)
    select gen_random_uuid(), %s, true, named.* from unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[]) named
    returning true
"""
AT_ONCE = 2000


class Earned(NamedTuple):
    """A result that may be claimed, as the worker that judged the family kept it for the claim."""

    judged: int
    family: int
    component: str
    amount: str
    price_rule: str
    people: Sequence[int]

    def wanted(self, ones: Mapping[int, int]) -> set[tuple[str, int]]:
        """Return for whom it takes which slot: of somebody entered twice, for the one person."""
        return {(SLOTS[self.component], ones.get(person, person)) for person in self.people}


def claim(earned: Iterable[Earned], run: ClaimRun, *, by: User) -> None:
    """Claim what was earned, in this order, but nothing for a person who is claimed for already.

    A family closed to the office since it was judged is not claimed for. Who is claimed for is asked once for the
    whole run: asked again and again, while its own claims fill the table, the answer takes longer each time.
    """
    kept = still_seen(earned, run, by=by)
    people = {person for each in kept for person in each.people}
    taken, ones = already_claimed(run.scheme, people), one_person(people, by=by)
    lines = []
    for each in kept:
        if not (wanted := each.wanted(ones)) & taken:
            taken |= wanted
            lines.append(each)
    claims = Claim.objects.bulk_create((as_claim(each, run) for each in lines), batch_size=AT_ONCE)
    name_people(run, [(c, person) for c, each in zip(claims, lines, strict=True) for person in each.people])


def name_people(run: ClaimRun, people: Sequence[tuple[Claim, int]]) -> None:
    """Write whom each claim is for; this is most of the rows that one worker alone writes."""
    rows = [(c.family_id, c.pk, person, SLOTS[c.component]) for c, person in people]
    if rows:
        ask(PEOPLE, run.scheme, *(list(column) for column in zip(*rows, strict=True)))


def one_person(people: Iterable[int], *, by: User) -> dict[int, int]:
    """Return the one person by each entry of somebody who was entered twice, whether or not they are in sight."""
    again = Person.objects.visible_to(by).filter(pk__in=people, merged_into__isnull=False)
    return dict(again.values_list("pk", "merged_into_id"))


def still_seen(earned: Iterable[Earned], run: ClaimRun, *, by: User) -> list[Earned]:
    seen = set(Judged.objects.visible_to(by).filter(run=run).values_list("pk", flat=True))
    return [each for each in earned if each.judged in seen]


def as_claim(earned: Earned, run: ClaimRun) -> Claim:
    return Claim(
        run=run, judged_id=earned.judged, family_id=earned.family, component=earned.component,
        component_name=CALLED[earned.component], amount=Decimal(earned.amount), price_rule=earned.price_rule,
    )  # fmt: skip

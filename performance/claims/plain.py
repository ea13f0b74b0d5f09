"""What the engine reads, as the JSON of docs/judge-format.md."""

from typing import Any

from performance.pbr.rules import Fact, Household, Period, Term
from performance.pbr.rules.catalogue import KINDS, Shape


def case_as_dict(household: Household, facts: tuple[Fact, ...]) -> dict[str, Any]:
    """Return what is a family's own in its case; scheme, day, calendar and shared facts are the run's."""
    return {"household": household_as_dict(household), "facts": [fact_as_dict(fact) for fact in facts]}


def household_as_dict(household: Household) -> dict[str, Any]:
    members = [
        {
            "id": m.id,
            "parenting": m.parenting,
            "lived_here": [stay_as_dict(stay) for stay in m.lived_here],
        }
        | ({"name": m.name} if m.name else {})
        | ({"born": m.born.isoformat()} if m.born else {})
        | ({"lives_elsewhere": [stay_as_dict(stay) for stay in m.elsewhere]} if m.elsewhere else {})
        for m in household.members
    ]
    attached = {"attached_on": household.attached_on.isoformat()} if household.attached_on else {}
    return {"id": household.id} | attached | {"members": members}


def stay_as_dict(period: Period) -> dict[str, str]:
    ends = {"to": period.ends_on.isoformat()} if period.ends_on else {}
    return {"from": period.starts_on.isoformat()} | ends


def term_as_dict(term: Term) -> dict[str, str]:
    return {"name": term.name, "starts_on": term.starts_on.isoformat(), "ends_on": term.ends_on.isoformat()}


def fact_as_dict(fact: Fact) -> dict[str, Any]:
    told: dict[str, Any] = {"id": fact.id, "kind": fact.kind, "source": fact.source}
    told["recorded_on"] = fact.recorded_on.isoformat()
    if fact.person:
        told["person"] = fact.person
    if not fact.confirmed:
        told["confirmed"] = False
    if fact.value:
        told["value"] = dict(fact.value)
    return told | when_as_dict(fact)


def when_as_dict(fact: Fact) -> dict[str, str]:
    shape = KINDS[fact.kind].shape
    if shape is Shape.TERM:
        return {}
    return {"day": fact.day.isoformat()} if shape is Shape.EVENT else stay_as_dict(fact.period)

"""Whether a family meets what a service asks for, by what is recorded of it."""

from collections.abc import Collection
from datetime import date

from referrals.directory import rules
from referrals.directory.models import Service
from referrals.directory.rules import Known, Missed
from slf.policy.models import value_of


def known_of(needs: int, *, ages: Collection[int], on: date) -> Known:
    """Return the level that so many different needs make today, with the ages."""
    two, three = value_of(rules.LEVEL_TWO, on=on), value_of(rules.LEVEL_THREE, on=on)
    return Known(rules.level_of(needs, two=two, three=three), tuple(ages))


def missed_of(service: Service | None, known: Known) -> list[Missed]:
    """Return what the family does not meet; of a service that is not in the directory nothing is known."""
    return rules.missed(service.terms, known) if service else []


def warning_of(service: Service, known: Known) -> str:
    return rules.warning(str(service), service.terms, known, missed_of(service, known))


def is_a_reason(code: str, *, on: date) -> bool:
    return code in dict(value_of(rules.WHY_ALL_THE_SAME, on=on).choices)

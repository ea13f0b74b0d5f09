"""Needs found, with the evidence they are for others: nothing is typed twice."""

from datetime import date

from django.db import transaction

from families.facts.models import Fact
from families.needs.models import Need
from families.needs.rules import CONCERNS
from families.people.models import Family, Person
from slf.accounts.models import User


@transaction.atomic
def find_need(
    family: Family, *, kind: str, person: Person | None = None, evidence: str = "", source: str, by: User, on: date
) -> Need:
    """Record a need of a family (or one member) from ``on``; one that is open already stays as it is."""
    need, found = Need.objects.get_or_create(
        family=family, kind=kind, person=person, ended_on=None,
        defaults={"started_on": on, "evidence": evidence, "source": source},
    )  # fmt: skip
    if found and kind in CONCERNS:
        note_concern(need, by=by, on=on)
    return need


def note_concern(need: Need, *, by: User, on: date) -> Fact:
    """State a need as the local concern that it is, so that eligibility can rest on it."""
    about = f"need:{need.uid}"
    return Fact.objects.create(
        family=need.family, person=need.person, kind="local_concern", period=(on, date.fromordinal(on.toordinal() + 1)),
        value={"concern": CONCERNS[need.kind]}, source=Fact.Source.CASEWORK, about_key=about, source_key=about,
        source_name=f"Need recorded: {need.source}"[:200], recorded_on=on, recorded_by=by,
    )  # fmt: skip

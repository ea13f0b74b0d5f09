"""Needs found, with the evidence they are for others: nothing is typed twice."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from families.facts.models import Fact
from families.needs.models import Need, Statement
from families.needs.rules import CONCERNS
from families.people.models import Family, Person
from slf.accounts.models import User

ONE_DAY = timedelta(days=1)


@transaction.atomic
def find_need(
    family: Family,
    *,
    kind: str,
    person: Person | None = None,
    evidence: str = "",
    source: str,
    by: User,
    on: date,
    seen_on: date | None = None,
) -> Need:
    """Record on a day a need of a family (or one member), seen then or before.

    One open already stays as it is, and what is said of it now is kept beside it.
    """
    of_whom = {"person__in": person.rows()} if person else {"person": None}
    known = Need.objects.filter(family=family, kind=kind, ended_on=None, **of_whom).order_by("pk").first()
    need, found = (known, False) if known else Need.objects.get_or_create(
        family__pk=family.pk, kind=kind, person=person, ended_on=None,
        defaults={"family": family, "started_on": seen_on or on, "evidence": evidence, "source": source},
    )  # fmt: skip
    if not found:
        state_again(need, words=evidence, source=source, by=by, said_on=seen_on or on)
    elif kind in CONCERNS:
        note_concern(need, by=by, on=on)
    return need


def each_once(needs: Iterable[Need]) -> list[Need]:
    """Return some needs, but one that was found of both entries of somebody, or in both of two families, once."""
    found: dict[tuple[str, int | None], Need] = {}
    for need in needs:
        found.setdefault((need.kind, need.person.pk if need.person else None), need)
    return list(found.values())


def state_again(need: Need, *, words: str, source: str, by: User, said_on: date) -> None:
    """Keep what somebody said of a need that is on the record already."""
    if words:
        Statement.objects.create(
            family_id=need.family_id, need=need, words=words, source=source, said_on=said_on, recorded_by=by
        )


def state_person(person: Person, *, family: Family, words: str, source: str, by: User, said_on: date) -> None:
    """Keep what somebody said of a person of the family that the record has otherwise."""
    if words:
        Statement.objects.create(
            family=family, person=person, words=words, source=source, said_on=said_on, recorded_by=by
        )


RESPONSIBLE_AS_TOLD = {True: "Has parental responsibility", False: "Does not have parental responsibility"}


def state_responsible(
    person: Person, *, family: Family, responsible: bool | None, source: str, by: User, said_on: date
) -> None:
    """Keep what somebody believes of a person's parental responsibility, until it is written down with its ground."""
    if responsible is not None:
        Statement.objects.create(
            family=family, person=person, words=f"{RESPONSIBLE_AS_TOLD[responsible]}, as it was told. Not verified.",
            responsible=responsible, source=source, said_on=said_on, recorded_by=by,
        )  # fmt: skip


def note_concern(need: Need, *, by: User, on: date) -> Fact:
    """State a need as the local concern that it is: eligibility can rest on it from ``on``, not before."""
    fact = concern_of(need, by=by, on=on)
    fact.save()
    return fact


def concern_of(need: Need, *, by: User, on: date) -> Fact:
    """Return what a need states as a local concern, not saved."""
    about, seen_on = f"need:{need.uid}", need.started_on
    return Fact(
        family=need.family, person=need.person, kind="local_concern", period=(seen_on, seen_on + ONE_DAY),
        value={"concern": CONCERNS[need.kind]}, source=Fact.Source.CASEWORK, about_key=about, source_key=about,
        source_name=f"Need recorded: {need.source}"[:200], recorded_on=on, recorded_by=by,
    )  # fmt: skip

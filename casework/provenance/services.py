"""Marking an entry: fact, reported or opinion, whose information, and who must not learn of it."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from casework.provenance import rules
from casework.provenance.models import Provenance, ProvenanceKeptFrom
from casework.provenance.rules import About, Marks
from families.people.models import Membership
from slf.accounts.models import User
from slf.web.errors import Conflict, NotAllowed


@transaction.atomic
def carry_marks(about: About, before: Any, after: Any, *, by: User) -> None:
    """Say of what takes an entry's place what is said of it: put right, it is kept from the same people."""
    rows = Provenance.objects.visible_to(by).current().filter(about=about, entry=before.uid)
    said: Provenance | None = rows.in_full().first()
    if said is not None:
        mark_entry(about, after, said.as_rules(), by=by, on=said.marked_on)


@transaction.atomic
def mark_entry(
    about: About, entry: Any, marks: Marks, *, by: User, on: date, seen: str | None = None
) -> Provenance | None:
    """Say of an entry what it is. The same again changes nothing; nothing said of what was never marked is no row.

    ``seen``: the marks that were on the page. Of others since then nothing is taken away without a word.
    """
    if about == About.CONCERN and entry.concern.is_mistaken:
        raise NotAllowed(rules.A_MISTAKE)
    people = Membership.objects.visible_to(by).filter(family__in=[entry.family_id, entry.family.shown.pk])
    marks.check(about, people=set(people.values_list("person_id", flat=True)))
    rows = Provenance.objects.visible_to(by).current().filter(about=about, entry=entry.uid)
    before: Provenance | None = rows.in_full().first()
    if (before.as_rules() if before else Marks()) == marks:
        return before
    if seen is not None and seen != seen_as(before):
        raise Conflict(rules.CHANGED)
    try:
        with transaction.atomic():
            made = Provenance.objects.create(
                family_id=entry.family_id, about=about, entry=entry.uid, grade=marks.grade, told_by_id=marks.told_by,
                told_by_other=marks.told_by_other.strip(), marked_by=by, marked_on=on, supersedes=before,
            )  # fmt: skip
    except IntegrityError as both:
        raise Conflict(rules.CHANGED) from both
    for person in sorted(marks.kept_from):
        ProvenanceKeptFrom.objects.create(family_id=entry.family_id, provenance=made, person_id=person)
    for agency in sorted(marks.kept_from_agencies):
        ProvenanceKeptFrom.objects.create(family_id=entry.family_id, provenance=made, agency=agency)
    return made


def seen_as(marks: Provenance | None) -> str:
    """Return how a page names the marks that it shows."""
    return str(marks.uid) if marks else ""

"""Looking again at lines of a claim: the same rules, day and calendar, and what is known of those days today."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone

from families.people.models import Family as FamilyRow
from families.register.rules import Purpose
from families.register.services import use_on
from performance.claims.assembly import Family, assemble, attached_cases, files_received, searched_facts, searched_near
from performance.claims.differing import differences
from performance.claims.frozen import attached_within, judge_again, thaw_scheme
from performance.claims.models import ClaimRun, Judged
from performance.claims.plain import case_as_dict
from performance.claims.record.reading import Record
from performance.claims.using import may_be_used
from performance.pbr.case_file import read_shared
from performance.pbr.rules import Fact, judge
from performance.since.models import LineSince
from performance.since.told import Change, What, changes
from slf.accounts.models import User
from slf.clock import today
from slf.web.words import day_in_words

SIZE = 100
ONE_WITH_ANOTHER = "The family was known twice: it is one with another since."


class Today:
    """What a run would rest on if it was prepared today, for the day of its claim, by the rules it froze."""

    def __init__(self, run: ClaimRun, *, by: User) -> None:
        self.run, self.by, self.at, self.scheme = run, by, timezone.now(), thaw_scheme(run.rules)
        self.use = use_on(today(), purpose=Purpose.CLAIM)
        self.terms, *_ = read_shared(run.shared)
        files = [file for file in files_received(by=by, on=today()) if may_be_used(file, self.use)]
        self.searched, self.near = self.by_then(searched_facts(files)), searched_near(files)
        self.record = Record(run, self.scheme)

    def by_then(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """Return the facts that begin by the day of the claim, as if each had been recorded by then."""
        on = self.run.claim_on
        return tuple(replace(f, recorded_on=min(f.recorded_on, on)) for f in facts if f.period.starts_on <= on)


def claimed_after(last: int, run: ClaimRun, *, by: User) -> list[Judged]:
    """Return the next lines of a run that claim something and whose evidence is still kept, by their keys."""
    rows = Judged.objects.visible_to(by).filter(run=run, pk__gt=last, claims__isnull=False)
    return list(rows.exclude(case="").distinct().order_by("pk")[:SIZE])


def look_at(rows: Sequence[Judged], book: Today) -> int:
    """Look at some lines again and write down what changed, in the place of what was written before.

    Of a family that the looker may not open, nothing is said.
    """
    seen = FamilyRow.objects.visible_to(book.by).filter(pk__in=[row.family_id for row in rows])
    again = dict(seen.values_list("pk", "merged_into"))
    by_family = {row.family_id: row for row in rows if row.family_id in again}
    told = [since(by_family[pk], [Change(What.OTHERWISE, ONE_WITH_ANOTHER)], [], book) for pk in again if again[pk]]
    told += each_again([row for pk, row in by_family.items() if not again[pk]], book)
    LineSince.objects.bulk_create(
        told, update_conflicts=True, unique_fields=["judged"],
        update_fields=["looked_by", "looked_at", "changed", "differs"],
    )  # fmt: skip
    return len(told)


def each_again(rows: Sequence[Judged], book: Today) -> Iterator[LineSince]:
    by_family = {row.family_id: row for row in rows}
    cases = attached_cases(by=book.by, on=book.run.claim_on, within=attached_within(book.run))
    attached = dict(cases.filter(one__in=list(by_family)))
    asked = [(pk, attached.get(pk) or row.attached_on) for pk, row in by_family.items()]
    for family in assemble(asked, by=book.by, on=today(), at=book.at, use=book.use, near=book.near, record=book.record):
        row = by_family[family.pk]
        began = [] if attached.get(family.pk) == row.attached_on else [attachment(row, attached.get(family.pk))]
        changed, differs = compared(row, family, book)
        yield since(row, [*began, *changed], differs, book)


def attachment(row: Judged, on: Any) -> Change:
    if on is None:
        return Change(What.GONE, f"That the service began with the family on {day_in_words(row.attached_on)}.")
    return Change(What.OTHERWISE, f"The service began with the family on {day_in_words(on)}.")


def compared(row: Judged, family: Family, book: Today) -> tuple[list[Change], list[Any]]:
    on, facts = book.run.claim_on, book.by_then(family.facts)
    now = judge(book.scheme, family.household, (*facts, *book.searched), on, book.terms)
    told = case_as_dict(family.household, tuple(f for f in family.facts if f.period.starts_on <= on))
    changed = changes(json.loads(row.case), told, on=on.isoformat())
    return changed, differences(judge_again(row, book.run).content, now.content)


def since(row: Judged, changed: Sequence[Change], differs: Sequence[Any], book: Today) -> LineSince:
    return LineSince(
        family_id=row.family_id, run=book.run, judged=row, looked_by=book.by, looked_at=book.at,
        changed=[list(each) for each in changed], differs=[list(each) for each in differs],
    )  # fmt: skip

"""A run at work: families chunk by chunk, then people of files, then its numbers. Killed, it goes on where it was."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone

from families.facts.models import Fact
from families.hub.models import FeedFile
from families.register.rules import Use
from families.sharing.use import counted
from performance.claims.assembly import files_received, school_terms, searched_facts, searched_near
from performance.claims.using import unusable
from performance.identification import gathering, rules
from performance.identification.gathering import Looked, Stranger
from performance.identification.models import FoundPerson, IdentificationRun, Identified
from performance.pbr.rules import Fact as Evidence
from performance.pbr.rules import Judgement, Scheme, judge
from performance.rulebook.reading import schemes_in_use
from slf.accounts.models import User
from slf.work.models import Job

FAMILIES, PEOPLE, DONE = "families", "people", "done"
NEITHER = "neither"
MOST_LINES = 20


class Book:
    """What is the same for everybody a run looks at: schemes, calendar, files, and the days searched."""

    def __init__(self, run: IdentificationRun, *, by: User) -> None:
        self.run, self.by, self.on = run, by, run.on
        self.use = Use.from_dict(run.use)
        self.schemes = [version.as_scheme for version in schemes_in_use(on=run.on)]
        self.terms = school_terms()
        self.received = files_received(by=by, on=run.on)
        self.files: list[FeedFile] = gathering.usable(self.received, self.use)
        self.searched, self.near = tuple(searched_facts(self.files)), searched_near(self.files)

    def in_force(self, day: date) -> list[Scheme]:
        return [scheme for scheme in self.schemes if scheme.in_force(day)]

    def judge(self, scheme: Scheme, household: Any, facts: Iterable[Evidence]) -> Judgement:
        return judge(scheme, household, (*facts, *self.searched), self.on, self.terms)


def look(job: Job, *, run: str) -> dict[str, int]:
    """Do the work of a run from where an earlier attempt stopped; return how many are on each list."""
    by = job.asked_by
    with job.step(job.cursor or [FAMILIES, 0, {}]):
        found = IdentificationRun.objects.visible_to(by).get(uid=run)
        book, total = Book(found, by=by), gathering.how_many(by=by)
    seen = 0
    while job.cursor[0] == FAMILIES:
        with job.step():
            seen += next_families(job, book)
            job.report(seen, total, "Looking at families")
    if job.cursor[0] == PEOPLE:
        with job.step():
            next_people(job, book)
    with job.step():
        return finish(found, job, book)


def next_families(job: Job, book: Book) -> int:
    """Look at the next families in one step, and move the cursor; the numbers of those on no list go with it."""
    _, last, neither = job.cursor
    pks = gathering.families_after(last, by=book.by)
    if not pks:
        job.cursor = [PEOPLE, 0, neither]
        return 0
    rows, others = [], Counter(neither)
    at = book.run.begun_at
    for each in gathering.look_at(pks, by=book.by, on=book.on, at=at, use=book.use, near=book.near):
        for row in places(each, book):
            if row is None:
                others[NEITHER] += 1
            else:
                rows.append(row)
    Identified.objects.bulk_create(rows)
    job.cursor = [FAMILIES, pks[-1], dict(others)]
    return len(pks)


def places(each: Looked, book: Book) -> Iterator[Identified | None]:
    """Yield the row of a family under each scheme of its day; nothing where it is on no list."""
    household = each.family.household
    day = household.attached_on or book.on
    for scheme in book.in_force(day):
        found = book.judge(scheme, household, each.family.facts)
        missing = rules.one_away(scheme, found)
        place = rules.place_of(found, missing, worked_with=household.attached_on is not None)
        yield place and Identified(
            run=book.run, family_id=each.family.pk, place=place, scheme=scheme.version, reference=household.id,
            judged_on=found.judged_on, attached_on=household.attached_on, attached_by=each.attached_by[:300],
            eligible=found.eligible, reason=rules.met_in_words(scheme, found)[:500],
            missing=[one.as_dict() for one in missing],
        )  # fmt: skip


def next_people(job: Job, book: Book) -> None:
    groups = gathering.groups_of(book.files, by=book.by)
    others = Counter(job.cursor[2])
    others["strangers"] = len(groups)
    for start in range(0, len(groups), gathering.SIZE):
        some = groups[start : start + gathering.SIZE]
        people = gathering.strangers(some, by=book.by, on=book.on)
        FoundPerson.objects.bulk_create(row for person in people for row in of_person(person, book))
    job.cursor = [DONE, 0, dict(others)]


def of_person(person: Stranger, book: Book) -> Iterator[FoundPerson]:
    """Yield the row of somebody of files under each scheme of the day: eligible alone, or one fact away."""
    for scheme in book.in_force(book.on):
        found = book.judge(scheme, person.household, person.facts)
        missing = rules.one_away(scheme, found)
        if rules.place_of(found, missing, worked_with=False):
            yield FoundPerson(
                run=book.run, scope_id=book.run.scope_id, scheme=scheme.version, lines=shortened(person.lines),
                eligible=found.eligible, reason=rules.met_in_words(scheme, found)[:500],
                missing=[one.as_dict() for one in missing],
            )  # fmt: skip


def shortened(lines: Sequence[str]) -> list[str]:
    more = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], *([f"and {more} more files"] if more > 0 else [])]


def finish(run: IdentificationRun, job: Job, book: Book) -> dict[str, int]:
    """Keep the numbers, which stay when what was found is deleted. Done again, it says the same."""
    found = IdentificationRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
    if found.finished_at is None:
        found.counts = counts_of(found, job, by=book.by)
        found.said = {
            "cannot": rules.cannot_be_found({file.get_feed_display() for file in book.files}),
            "left_out": [asdict(each) for each in left_out(book)],
            "unusable": unusable(book.received, book.use),
            "in_doubt": gathering.in_doubt(book.files, by=book.by),
        }
        found.finished_at = timezone.now()
        found.save(update_fields=["counts", "said", "finished_at"])
    counts: dict[str, int] = found.counts
    return counts


def counts_of(run: IdentificationRun, job: Job, *, by: User) -> dict[str, int]:
    rows = Identified.objects.visible_to(by).filter(run=run)
    listed = dict(rows.order_by().values_list("place").annotate(n=Count("pk")))
    people = FoundPerson.objects.visible_to(by).filter(run=run).count()
    return {**{place: listed.get(place, 0) for place in rules.Place}, "people": people, NEITHER: 0, **job.cursor[2]}


def left_out(book: Book) -> list[Any]:
    return counted(Fact.objects.visible_to(book.by).known_on(book.on), book.use, user=book.by)

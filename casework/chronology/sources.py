"""Where the chronology's entries come from: one function for each table, one query (or two) for each function.

Nothing is copied into the chronology: it reads what the areas keep, each through what the reader may see.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import F, Q
from django.urls import reverse

from casework.assessments.models import Assessment
from casework.chronology import around, helped, money, papers, tasks
from casework.chronology.assessed import assessments, rows_of
from casework.chronology.cases import allocations, cases, closings, decisions, handovers
from casework.chronology.concerns import concerns
from casework.chronology.latest import newest
from casework.chronology.more import MORE
from casework.chronology.own_pages import own_pages, own_words, plan_reviews
from casework.chronology.rules import Entry, Kind, Step, in_order
from casework.diary.models import PlannedVisit
from casework.diary.rules import CASE_CLOSED
from casework.diary.rules import State as DiaryState
from casework.importing.models import BroughtOver
from casework.plans.models import Plan
from casework.plans.rules import PlanState
from casework.stars.models import Reading
from casework.transfers.models import Transfer
from casework.transfers.rules import State as TransferState
from casework.visits.models import Sighting, Visit
from families.contesting.marks import MARK, marks_of
from families.contesting.rules import About, key_of
from families.facts.words import period_in_words, value_in_words
from families.households.models import HouseholdChange
from families.households.page import line_of
from families.kin.models import Relationship, Responsibility
from families.merging.models import PersonMerge
from families.needs.models import Need, Statement
from families.people.models import Family, Person
from families.register.rules import Purpose, Use
from families.register.services import use_on
from families.restricting.models import RestrictionStep
from families.sharing.models import Agreement
from families.sharing.use import LeftOut, facts_for, left_out
from families.twice.models import FamilyMerge
from referrals.intake.models import Referral
from referrals.intake.origins import origins_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.words import day_in_words

CORRECTED = Q(superseded_by__isnull=False)


def chronology(
    family: Family,
    *,
    user: User,
    most: int | None = None,
    marks: Collection[str] | None = None,
    assessed: Iterable[Assessment] | None = None,
    use: Use | None = None,
) -> list[Entry]:
    """Return what happened with a family and the user may see, the newest first; at most the ``most`` latest.

    ``marks``, ``assessed`` and ``use``: what is contested, the assessments, and what may be used today, of who has
    asked for them already.
    """
    above = [source for name, (_, source) in MORE.items() if around.asks(family, name)]
    found = [entry for source in (*SOURCES, *above) for entry in source(family, user, most)]
    found += facts(family, user, most, use or use_today())
    found += assessments(rows_of(family, user) if assessed is None else assessed)
    marks = marks_of(family, user=user) if marks is None else marks
    return [marked(entry) if entry.key in marks else entry for entry in in_order(found)[:most]]


def of(*people: Person | None) -> frozenset[UUID]:
    """Return of whom an entry tells; of somebody entered twice, the one person they are."""
    return frozenset(person.shown.uid for person in people if person is not None)


def marked(entry: Entry) -> Entry:
    return replace(entry, detail=(*entry.detail, MARK))


def evidence_left_out(family: Family, *, user: User, use: Use | None = None) -> list[LeftOut]:
    """Return what evidence the chronology does not tell of, and why."""
    return left_out(family, use or use_today(), user=user)


def use_today() -> Use:
    return use_on(today(), purpose=Purpose.SUPPORT)


def visits(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    href = reverse("casework:visits", args=[family.uid])
    rows = Visit.objects.visible_to(user).filter(family=family).for_list()
    for visit in rows.order_by("-happened_on", F("began_at").desc(nulls_last=True), "-pk")[:most]:
        yield Entry(
            visit.happened_on,
            Kind.CONTACT,
            Step.CONTACT,
            visit.get_kind_display(),
            text=visit.note,
            detail=(*(said_of(sighting) for sighting in visit.sightings.all()), *more_of(visit)),
            by=str(visit.recorded_by),
            href=f"{href}#visit-{visit.uid}",
            at=visit.began_at,
            key=key_of(About.NOTE, visit.uid),
            mark=f"visit:{visit.uid}",
            people=of(*(sighting.person for sighting in visit.sightings.all())),
        )


def more_of(visit: Visit) -> Iterator[str]:
    if visit.is_outside_hours:
        yield "Outside office hours"
    if visit.changed:
        yield f"What has changed: {visit.changed}"
    if visit.next_step:
        yield f"Agreed next: {visit.next_step}"


def came_to_nothing(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell of visits that were planned: that nobody was met, or that one, or the rest of a series, was cancelled."""
    href = reverse("casework:visits", args=[family.uid])
    states = [DiaryState.NO_ACCESS, DiaryState.CANCELLED]
    rows = PlannedVisit.objects.visible_to(user).filter(family=family, state__in=states).for_list()
    told: set[tuple] = set()
    for row in newest(rows.exclude(reason=CASE_CLOSED), most, "settled_on"):
        together = (row.series or row.pk, row.state, row.settled_on)
        if together in told:
            continue
        told.add(together)
        what = "No access" if row.state == DiaryState.NO_ACCESS else "Cancelled"
        title, said = f"{what}: {row}", {"text": row.said, "by": str(row.settled_by), "href": href}
        yield Entry(row.settled_on, Kind.CONTACT, Step.CONTACT, title, detail=(row.because,), **said)


def said_of(sighting: Sighting) -> str:
    why = f" ({sighting.get_why_display().lower()})" if sighting.why else ""
    return f"{sighting.person}: {sighting.get_how_display().lower()}{why}"


def referrals(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    origins = origins_of(family)
    opens = Referral.objects.visible_to(user, can=Can.TRIAGE).filter(uid__in=[origin.uid for origin in origins])
    may_open = set(opens.values_list("uid", flat=True))
    for origin in origins:
        href = reverse("referrals:triage", args=[origin.uid]) if origin.uid in may_open else ""
        yield Entry(origin.sent_on, Kind.DECISION, Step.REFERRED, f"Referred by {origin.agency}", href=href)
        if origin.decided_on:
            by = str(origin.decided_by)
            yield Entry(origin.decided_on, Kind.DECISION, Step.ACCEPTED, "Referral accepted", by=by, href=href)


def agreements(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    rows = Agreement.objects.visible_to(user).filter(family=family).select_related("person__merged_into", "recorded_by")
    for row in newest(rows, most, "said_on"):
        title = f"{row.person or 'The family'}: {row.get_state_display().lower()} (agreement to the service)"
        how, by = row.get_how_display(), str(row.recorded_by)
        yield Entry(row.said_on, Kind.DECISION, Step.AGREEMENT, title, detail=(how,), by=by, people=of(row.person))


def household(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell who came and went, on the day from which it holds; who corrected a day, on that day."""
    rows = HouseholdChange.objects.visible_to(user).filter(family=family)
    for row in newest(rows.select_related("person__merged_into", "recorded_by", "came_from"), most, "on"):
        line = line_of(row)
        yield Entry(
            line.on, Kind.HOUSEHOLD, Step.HOUSEHOLD, line.title, text=line.words, detail=tuple(line.detail),
            by=line.by, href=reverse("families:household", args=[family.uid]), people=of(row.person),
        )  # fmt: skip


def kin(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell what two people became to each other and who came to have responsibility, where the day is known."""
    href = reverse("families:genogram", args=[family.uid])
    known = {"family": family, "period__startswith__isnull": False}
    rows = Relationship.objects.visible_to(user).filter(**known)
    rows = rows.select_related("person__merged_into", "other__merged_into", "recorded_by")
    for row in newest(rows, most, "period__startswith"):
        said = {"text": row.words, "detail": (row.source,), "by": str(row.recorded_by), "href": href}
        both = of(row.person, row.other)
        yield Entry(row.period.lower, Kind.HOUSEHOLD, Step.HOUSEHOLD, str(row), people=both, **said)
    held = Responsibility.objects.visible_to(user).filter(**known)
    held = held.select_related("child__merged_into", "holder__merged_into", "recorded_by")
    for row in newest(held, most, "period__startswith"):
        detail = tuple(filter(None, (row.get_ground_display(), row.court_order, row.source)))
        said = {"detail": detail, "by": str(row.recorded_by), "href": href}
        both = of(row.child, row.holder)
        yield Entry(row.period.lower, Kind.HOUSEHOLD, Step.HOUSEHOLD, str(row), people=both, **said)


def merges(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell that two entries were made one person, and taken apart, to those who see both."""
    rows = PersonMerge.objects.visible_to(user).filter(family=family)
    for row in newest(rows.select_related("person", "into", "by", "undone_by"), most, "undone_on", "since"):
        two = f"{row.person} and {row.into}"
        made = f"{two}: two entries made one person"
        who = of(row.person, row.into)
        yield Entry(row.since, Kind.HOUSEHOLD, Step.HOUSEHOLD, made, text=row.reason, by=str(row.by), people=who)
        if row.undone_on:
            said = {"text": row.undone_reason, "by": str(row.undone_by), "people": who}
            yield Entry(row.undone_on, Kind.HOUSEHOLD, Step.HOUSEHOLD, f"{two}: two people again", **said)


def families_made_one(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell that two families were made one, and taken apart, to those who see both."""
    rows = FamilyMerge.objects.visible_to(user).filter(Q(family=family) | Q(into=family.pk))
    rows = rows.select_related("family", "into", "by", "undone_by")
    for row in newest(rows, most, "undone_on", "since"):
        two = f"{row.family}, {row.family.reference}, and {row.into}, {row.into.reference}"
        made, by = f"{two}: made one family", str(row.by)
        yield Entry(row.since, Kind.HOUSEHOLD, Step.HOUSEHOLD, made, text=row.reason, by=by)
        if row.undone_on:
            apart, by = f"{two}: two families again", str(row.undone_by)
            yield Entry(row.undone_on, Kind.HOUSEHOLD, Step.HOUSEHOLD, apart, text=row.undone_reason, by=by)


def needs(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    rows = Need.objects.visible_to(user).filter(family=family).select_related("person__merged_into")
    href = reverse("casework:needs_of_family", args=[family.uid])
    for need in newest(rows, most, "ended_on", "started_on"):
        whose = f"{need.get_kind_display()}{f': {need.person}' if need.person else ''}"
        found = f"Need found: {whose}"
        said = {"key": key_of(About.NEED, need.uid), "people": of(need.person), "mark": f"need:{need.uid}"}
        said |= {"href": f"{href}#need-{need.uid}"}
        text, source = need.evidence, (need.source,)
        yield Entry(need.started_on, Kind.NEED, Step.NEED_FOUND, found, text=text, detail=source, **said)
        if need.ended_on:
            yield Entry(need.ended_on, Kind.NEED, Step.NEED_MET, f"Need met: {whose}", **said)


def statements(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell what was said again of needs and people that the record knew already."""
    rows = (
        Statement.objects.visible_to(user)
        .filter(family=family)
        .select_related("need__person__merged_into", "person__merged_into")
    )
    for row in newest(rows, most, "said_on"):
        of_person = "Told otherwise of" if row.responsible is None else "Told of"
        title = f"Need named again: {row.need}" if row.need else f"{of_person} {row.person}"
        who = of(row.person, row.need and row.need.person)
        said = {"text": row.words, "detail": (row.source,), "people": who}
        mark = f"need:{row.need.uid}" if row.need else ""
        yield Entry(row.said_on, Kind.NEED, Step.STATEMENT, title, mark=mark, **said)


def readings(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    rows = (
        Reading.objects.visible_to(user)
        .filter(family=family)
        .select_related("recorded_by", "tool")
        .annotate(was_corrected=CORRECTED)
    )
    for row in newest(rows, most, "taken_on"):
        corrected = ("Corrected later",) if row.was_corrected else ()
        yield Entry(
            row.taken_on,
            Kind.STAR,
            Step.STAR,
            f"Star reading: {row.average:.1f} of {row.tool.highest} on average",
            text=row.note,
            detail=(row.get_completed_display(), *corrected),
            by=str(row.recorded_by),
            href=reverse("casework:star", args=[family.uid]),
            mark=f"reading:{row.uid}",
        )


def plans(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    rows = Plan.objects.visible_to(user).filter(family=family).select_related("started_by", "family")
    for plan in newest(rows, most, "ended_on", "agreed_on", "started_on"):
        href = plan.get_absolute_url()
        title = f"Plan, version {plan.number}"
        given_up = ("Thrown away later",) if plan.state == PlanState.DROPPED else ()
        by = str(plan.started_by)
        started = f"{title}: started"
        yield Entry(plan.started_on, Kind.PLAN, Step.PLAN_STARTED, started, detail=given_up, by=by, href=href)
        if plan.agreed_on:
            yield Entry(plan.agreed_on, Kind.PLAN, Step.PLAN_AGREED, f"{title}: agreed with the family", href=href)
        if plan.ended_on:
            yield Entry(plan.ended_on, Kind.PLAN, Step.PLAN_ENDED, f"{title}: ended with the case", href=href)


def facts(family: Family, user: User, most: int | None, use: Use) -> Iterator[Entry]:
    rows = facts_for(use, user=user).filter(family=family).annotate(was_corrected=CORRECTED)
    for row in newest(rows.select_related("person__merged_into"), most, "period__startswith"):
        corrected = ("Corrected later",) if row.was_corrected else ()
        title = f"{row.get_kind_display()}{f': {row.person}' if row.person else ''}"
        said = tuple(f"{name}: {what}" for name, what in value_in_words(row.kind, row.value))
        detail = (*spell(row.period.lower, row.period.upper), *said, *corrected)
        said = {"by": row.source_name, "key": key_of(About.FACT, row.uid), "people": of(row.person)}
        yield Entry(row.period.lower, Kind.EVIDENCE, Step.EVIDENCE, title, detail=detail, **said)


def spell(starts: date, ends_before: date | None) -> tuple[str, ...]:
    """Return the period in words; a single day, which the entry stands on, needs none."""
    words = period_in_words(starts, ends_before)
    return () if words == day_in_words(starts) else (words,)


def restrictions(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell that it changed who may see the family. Why is read where who may see it is read."""
    rows = RestrictionStep.objects.visible_to(user).filter(family=family).newest_first()
    for row in rows[:most]:
        yield Entry(row.done_on, Kind.DECISION, Step.RESTRICTED, row.get_kind_display(), by=str(row.by))


def transfers(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    rows = Transfer.objects.visible_to(user).filter(family=family, state=TransferState.ACCEPTED).for_page()
    for row in newest(rows, most, "decided_on"):
        title = f"Handed over from {row.from_locality} to {row.to_locality}"
        told = (row.reason, f"Must know: {row.must_know}")
        yield Entry(row.decided_on, Kind.DECISION, Step.MOVED, title, detail=told, by=str(row.decided_by))


def brought_over(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell where the family, and a case of it, came from when it was brought over, and who had referred it."""
    rows = BroughtOver.objects.visible_to(user).filter(family=family).select_related("brought_by")
    for row in newest(rows, most, "brought_on"):
        what = "Case" if row.case_id else "Family"
        title = f"{what} brought over from the list “{row.source}”"
        there = (f"There it is {row.reference}, row {row.row} of {row.file_name}",)
        yield Entry(row.brought_on, Kind.DECISION, Step.BROUGHT_OVER, title, detail=there, by=str(row.brought_by))
        if row.referred_on:
            told = f"Referred by {row.referred_by}" if row.referred_by else "Referred"
            yield Entry(row.referred_on, Kind.DECISION, Step.REFERRED, told, detail=(f"As “{row.source}” has it",))


SOURCES: tuple[Callable[[Family, User, int | None], Iterator[Entry]], ...] = (
    visits, came_to_nothing, concerns, referrals, cases, closings, decisions, allocations, handovers, restrictions,
    transfers, agreements, needs, statements, readings, plans, helped.help_given, helped.help_sessions,
    money.requests, money.entries, plan_reviews, tasks.settled, own_pages, own_words, household, kin, merges,
    around.team, around.meetings, around.meeting_actions, around.service_requests,
    families_made_one, brought_over, papers.documents,
)  # fmt: skip

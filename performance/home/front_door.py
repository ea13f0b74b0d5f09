"""What waits at the front door: referrals to decide on, families that have no worker, and how full each worker is."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Window
from django.urls import reverse

from casework.cases.waiting import waiting_for_a_worker
from casework.taking_back.models import TakingBack
from casework.transfers.models import Arrival
from families.interests.models import Interest
from families.needs.rules import band_for
from families.numbers.models import NumberQuestion
from families.numbers.services import open_questions as numbers_asked
from families.people.models import Family
from performance.home.panels import Item, Panel, Part, Tile
from referrals.allocation.conflicts import to_look_into
from referrals.allocation.services import caseloads
from referrals.intake.models import Referral
from referrals.triage.models import MatchQuestion
from referrals.triage.questions import open_questions, unheard
from referrals.triage.services import clock_of
from referrals.workers.services import workers_of_team
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 8
TO_DO_SHOWN = timedelta(days=28)
"""How long what the duty manager asks stays on the page. Source: ``EXAMPLE``."""


def part(user: User, on: date) -> Part:
    """Each figure opens the list behind it and equals its length."""
    referrals = Referral.objects.visible_to(user, can=Can.TRIAGE).waiting().for_list()
    shown = list(referrals.annotate(of_all=Window(Count("pk")))[:SHOWN])
    unallocated = waiting_for_a_worker(user, on=on)
    queue, without = reverse("referrals:queue"), reverse("casework:waiting")
    families = (
        Family.objects.visible_to(user)
        .standing()
        .aggregate(all=Count("pk"), without=Count("pk", filter=Q(pk__in=unallocated.order_by().values("pk"))))
    )
    all_arrivals = {"more": "All", "href": reverse("casework:arrivals")}
    tiles = (
        Tile("Referrals waiting", shown[0].of_all if shown else 0, queue),
        Tile("Families waiting for a worker", families["without"], without),
        Tile("Families", families["all"], reverse("families:list"), waits=False),
    )
    panels = (
        Panel("From the duty manager", list(asked_of_team(user, on))),
        Panel("Somebody knows the family", [known_to(one) for one in to_look_into(user, on=on)[:SHOWN]]),
        Panel("Handed over by other localities", [arrived(one) for one in arriving(user)], **all_arrivals),
        Panel(
            "Referrals to decide on",
            [waiting(referral, on) for referral in shown],
            empty="No referral waits for a decision.",
            more="The whole queue",
            href=queue,
        ),
        Panel(
            "Waiting for a worker",
            [to_allocate(family) for family in unallocated[:SHOWN]],
            more="All who wait",
            href=without,
        ),
        Panel("The team's caseloads", list(team(user, on)), more="The team", href=reverse("casework:team")),
    )
    return Part(tiles=tiles, panels=panels)


def known_to(interest: Interest) -> Item:
    """Say who knows a family: where they work with it, it needs another worker, else somebody else who decides."""
    detail = f"{interest.user} knows the family"
    family = interest.family
    if interest.works:
        href = reverse("casework:allocate", args=[family.uid])
        return Item(family.name, href, detail=detail, tag="Needs another worker", tone="late", families=(family.pk,))
    href = reverse("access:who_know", args=[family.uid])
    return Item(family.name, href, detail=detail, tag="Somebody else decides", tone="attention", families=(family.pk,))


def arriving(user: User) -> QuerySet[Arrival]:
    return Arrival.objects.visible_to(user, can=Can.ALLOCATE).waiting().for_list()[:SHOWN]


def arrived(arrival: Arrival) -> Item:
    """Name a family by its reference alone: more is told when it is accepted."""
    detail = f"From {arrival.from_locality}, moves on {day_in_words(arrival.moves_on)}"
    return Item(arrival.reference, arrival.get_absolute_url(), detail=detail, tag="Answer", tone="attention")


def waiting(referral: Referral, on: date) -> Item:
    clock = clock_of(referral, on=on)
    href = reverse("referrals:triage", args=[referral.uid])
    detail = f"From {referral.agency}, {day_in_words(referral.sent_on)}"
    return Item(referral.name, href, detail=detail, tag=clock.words, tone=clock.tone)


def questions(user: User, on: date) -> Part:
    """Ask whoever may see both sides whether a referral elsewhere is about a family they know."""
    items = [to_answer(question) for question in open_questions(user)[:SHOWN]]
    if waits := unheard():
        items.insert(0, Item(waits, reverse("access:restricted"), detail="Name somebody who decides", tone="late"))
    numbers = [number_of(question) for question in numbers_asked(user)[:SHOWN]]
    more = {"more": "All questions", "href": reverse("referrals:questions")}
    all_numbers = {"more": "All numbers", "href": reverse("families:numbers")}
    lists = TakingBack.objects.visible_to(user, can=Can.RESTRICT_FAMILY).waiting().for_list()[:SHOWN]
    all_lists = {"more": "All lists", "href": reverse("casework:takings_back")}
    return Part(
        panels=(
            Panel("May be known twice", items, **more),
            Panel("Numbers asked about", numbers, **all_numbers),
            Panel("Lists to be taken back", [to_take_back(taking) for taking in lists], **all_lists),
        )
    )


def to_take_back(taking: TakingBack) -> Item:
    detail = f"{taking.asked_by} asks for it, {day_in_words(taking.asked_on)}"
    return Item(taking.source, taking.get_absolute_url(), detail=detail, tag="Decide", tone="attention")


def number_of(question: NumberQuestion) -> Item:
    return Item(
        question.family.name,
        reverse("families:number", args=[question.uid]),
        detail=f"Somebody in {question.where} was given the {question.get_kind_display()} of {question.recorded}",
        tag="Answer",
        tone="attention",
        families=(question.family_id,),
    )


def to_answer(question: MatchQuestion) -> Item:
    return Item(
        question.family.name,
        reverse("referrals:answer", args=[question.uid]),
        detail=f"A referral to {question.locality} may be about it",
        tag="Answer",
        tone="attention",
        families=(question.family_id,),
    )


def asked_of_team(user: User, on: date) -> Iterator[Item]:
    """What the duty manager asks of the team about its referrals, for some weeks."""
    rows = Referral.objects.visible_to(user, can=Can.TRIAGE).exclude(to_do="").filter(to_do_on__gt=on - TO_DO_SHOWN)
    for referral in rows.for_list().order_by("-to_do_on")[:SHOWN]:
        yield Item(referral.name, reverse("referrals:triage", args=[referral.uid]), detail=referral.to_do)


def to_allocate(family: Family) -> Item:
    href = reverse("casework:allocate", args=[family.uid])
    detail = f"{band_for(family.needs_open).label}, since {day_in_words(family.waiting_since)}"
    return Item(family.name, href, detail=detail, tag="No worker", tone="attention", families=(family.pk,))


def team(user: User, on: date) -> Iterator[Item]:
    """Each worker of the localities this person allocates in, the fullest first."""
    workers = list(workers_of_team(user))
    loads = caseloads(workers, on=on)
    for worker in sorted(workers, key=lambda one: (-loads[one.pk].load, str(one))):
        load = loads[worker.pk]
        full = {"tag": "Full", "tone": "late"} if load.is_full else {}
        yield Item(
            str(worker), f"{reverse('families:list')}?worker={worker.uid}", detail=f"Caseload {load.words}", **full
        )

"""What waits at the front door: referrals to decide on, families that have no worker, and how full each worker is."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from families.people.models import Family
from performance.home.panels import Item, Panel, Part, Tile
from referrals.allocation.models import Allocation
from referrals.allocation.services import caseloads, workers_in
from referrals.intake.models import Referral
from referrals.triage.services import clock_of
from slf.access.models import Scope
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 8


def part(user: User, on: date) -> Part:
    """Each figure opens the list behind it and equals its length."""
    referrals = Referral.objects.visible_to(user, can=Can.TRIAGE).waiting()
    unallocated = without_worker(user, on)
    queue, without = reverse("referrals:queue"), f"{reverse('families:list')}?worker=none"
    tiles = (
        Tile("Referrals waiting", referrals.count(), queue),
        Tile("Families without a worker", unallocated.count(), without),
        Tile("Families", Family.objects.visible_to(user).count(), reverse("families:list")),
    )
    panels = (
        Panel(
            "Referrals to decide on",
            [waiting(referral, on) for referral in referrals.for_list()[:SHOWN]],
            empty="No referral waits for a decision.",
            more="The whole queue",
            href=queue,
        ),
        Panel("No worker yet", [to_allocate(family) for family in unallocated[:SHOWN]], more="All", href=without),
        Panel("The team's caseloads", list(team(user, on))),
    )
    return Part(tiles=tiles, panels=panels)


def waiting(referral: Referral, on: date) -> Item:
    clock = clock_of(referral, on=on)
    href = reverse("referrals:triage", args=[referral.uid])
    detail = f"From {referral.agency}, {day_in_words(referral.sent_on)}"
    return Item(referral.name, href, detail=detail, tag=clock.words, tone=clock.tone)


def without_worker(user: User, on: date):
    """Return the families this person allocates that nobody works with today."""
    given = Q(pk__in=Allocation.objects.visible_to(user).current(on=on).values("family"))
    return Family.objects.visible_to(user, can=Can.ALLOCATE).exclude(given).order_by("known_since", "name")


def to_allocate(family: Family) -> Item:
    href, detail = reverse("casework:allocate", args=[family.uid]), f"Known since {day_in_words(family.known_since)}"
    return Item(family.name, href, detail=detail, tag="No worker", tone="attention", families=(family.pk,))


def team(user: User, on: date) -> Iterator[Item]:
    """Each worker of the localities this person allocates in, the fullest first."""
    workers = list(workers_of(user))
    loads = caseloads(workers, on=on)
    for worker in sorted(workers, key=lambda one: (-loads[one.pk].load, str(one))):
        load = loads[worker.pk]
        full = {"tag": "Full", "tone": "late"} if load.is_full else {}
        yield Item(
            str(worker), f"{reverse('families:list')}?worker={worker.uid}", detail=f"Caseload {load.words}", **full
        )


def workers_of(user: User) -> QuerySet[User]:
    """Return the family support workers of the localities in which this person allocates families."""
    audiences = rights_of(user).open_scopes(RecordClass.CARD, can=Can.ALLOCATE)
    return workers_in(Scope.objects.filter(pk__in=audiences, kind=Scope.Kind.LOCALITY).values("locality"))

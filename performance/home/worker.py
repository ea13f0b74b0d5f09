"""A worker's day: visits due, families not heard of, notes not sent, families just given, actions due."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy

from casework.cases.models import Handover
from casework.diary.models import PlannedVisit
from casework.glance.sight import Sight
from casework.glance.views import mine
from casework.plans.models import Action
from casework.visits import rules
from families.people.models import Family
from performance.home.panels import Item, Main, Panel, Part
from referrals.allocation.models import current_on
from slf.accounts.models import User
from slf.web.words import day_in_words

SOON = timedelta(days=7)
TOLD_FOR = timedelta(days=28)
"""How long what the worker before said of a family stays on the page. Source: ``EXAMPLE``."""
NAMED = 4
RECORD = "Record the visit"
RECORD_ONE = "Record a visit"
NO_VISIT = "No visit is due in the next seven days."
MY_FAMILIES = reverse_lazy("casework:my_families")
TODAY = "Today"
TAKE_ALONG = Main("Take today's visits along", reverse_lazy("casework:at_hand"))


def part(user: User, on: date) -> Part:
    families = mine(user)
    sight = Sight.of(families, user=user, on=on)
    actions, visits = list(my_actions(user, on)), list(due(families, sight, user))
    return Part(
        main=TAKE_ALONG if any(item.tag == TODAY for item in visits) else None,
        panels=(
            Panel("New families", list(new(families, sight, user))),
            Panel("Handed over to you", [handed(row) for row in handed_over(user, on)]),
            Panel("Visits due", visits, NO_VISIT, more="My families", href=MY_FAMILIES),
            Panel("No contact for too long", list(silent(families, sight))),
            Panel("Actions due", [item_of(action, on) for action in actions]),
        ),
    )


def due(families: Sequence[Family], sight: Sight, user: User) -> Iterator[Item]:
    """The planned visits up to a week from now, the most overdue first; each is one click from its form."""
    rows = PlannedVisit.objects.visible_to(user).open().of_worker(user, on=sight.on).for_list()
    planned = list(rows.filter(due_on__lte=sight.on + SOON))
    diary = [(row.due_on, row.due_at or time.min, row.family.shown, row) for row in planned]
    in_it = {family.pk for _, _, family, _ in diary}
    agreed = [
        (visit.next_visit_on, time.min, family, None)
        for family in families
        if family.pk not in in_it and (visit := sight.contacts.get(family.pk)) and visit.next_visit_on
    ]
    for day, _, family, row in sorted(diary + agreed, key=lambda one: (one[0], one[1], one[2].name)):
        if day <= sight.on + SOON:
            press = {} if day > sight.on else to_record(family, row)
            yield Item(family.name, **link(family, sight, row.words if row else day_in_words(day), row), **press,
                       **how_late(day, sight.on))  # fmt: skip


def how_late(day: date, on: date) -> dict[str, str]:
    if day < on:
        return {"tag": "Overdue", "tone": "late"}
    return {"tag": TODAY, "tone": "attention"} if day == on else {}


def silent(families: Sequence[Family], sight: Sight) -> Iterator[Item]:
    """Families whose last contact is too long ago."""
    for family in families:
        visit = sight.contacts.get(family.pk)
        days = rules.days_since(visit and visit.happened_on, today=sight.on)
        if days is not None and days > sight.contact_every:
            detail = f"{days} days since the last contact"
            yield Item(family.name, **link(family, sight, detail), **to_record(family))


def new(families: Sequence[Family], sight: Sight, user: User) -> Iterator[Item]:
    """Families given to this worker and not yet visited."""
    for family in families:
        given = sight.work.get(family.pk)
        if given and given.worker_id == user.pk and family.pk not in sight.contacts:
            detail = f"Yours since {day_in_words(given.since)}, not visited yet"
            yield Item(family.name, **link(family, sight, detail), **to_record(family), tag="New", tone="new")


def handed_over(user: User, on: date) -> QuerySet[Handover]:
    """Return what this person was told lately of families that others had before them and they still have."""
    rows = Handover.objects.visible_to(user).filter(next=user, happened_on__gt=on - TOLD_FOR, happened_on__lte=on)
    mine_now = current_on(on, through="family__allocations__")
    return rows.filter(mine_now, family__allocations__worker=user).select_related("family", "former").distinct()


def handed(row: Handover) -> Item:
    together = f" You visit together on {day_in_words(row.joint_visit_on)}." if row.joint_visit_on else ""
    return Item(
        row.family.name,
        reverse("families:family", args=[row.family.uid]),
        detail=f"From {row.former}, {day_in_words(row.happened_on)}: “{row.must_know}”{together}",
        families=(row.family_id,),
        tag="New",
        tone="new",
    )


def link(family: Family, sight: Sight, detail: str, row: PlannedVisit | None = None) -> dict:
    """Return the way to a family or its planned visit, told apart from others of its name by who lives in it."""
    given = [
        member.called or member.person.known_as or member.person.given_names
        for member in sight.households.get(family.pk, [])
    ]
    who = f"{', '.join(given[:NAMED])}{' and others' if len(given) > NAMED else ''}. " if given else ""
    known = "".join(f"{flag.text}. " for flag in sight.flags.get(family.pk, ()))
    href = row.get_absolute_url() if row else reverse("families:family", args=[family.uid])
    return {"href": href, "detail": f"{known}{who}{detail}", "families": (family.pk,)}


def to_record(family: Family, row: PlannedVisit | None = None) -> dict[str, str]:
    """Return the way to the form: filled in with what was planned, where something was."""
    if row:
        return {"press": reverse("casework:record_planned_visit", args=[row.uid]), "press_text": RECORD}
    return {"press": reverse("casework:record_visit", args=[family.uid]), "press_text": RECORD_ONE}


def my_actions(user: User, on: date) -> Iterator[Action]:
    actions = Action.objects.visible_to(user).to_do().filter(worker=user, due_on__lte=on + SOON)
    return actions.select_related("family")


def item_of(action: Action, on: date) -> Item:
    return Item(
        action.what,
        reverse("casework:plan", args=[action.family.uid]),
        detail=f"{action.family.name}, {day_in_words(action.due_on)}",
        families=(action.family_id,),
        **how_late(action.due_on, on),
    )

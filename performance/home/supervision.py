"""Supervision: what waits to be signed, what was agreed in it, and who is due."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from casework.supervision.line import lines, mine
from casework.supervision.models import AgreedAction, SupervisionPart
from performance.home.panels import Item, Panel, Part
from performance.home.worker import how_late
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 8
SOON = timedelta(days=7)


def of_mine(user: User, on: date) -> Part:
    """What this person has not signed, and what they agreed to do about families until it is done."""
    parts = SupervisionPart.objects.visible_to(user).to_sign(user).for_page().order_by("supervision__held_on", "pk")
    agreed = AgreedAction.objects.visible_to(user).to_do().filter(owner=user).select_related("family")
    every = {"more": "All", "href": reverse("casework:supervisions")}
    return Part(
        panels=(
            Panel("Supervision to sign", [to_sign(part, user) for part in parts[:SHOWN]], **every),
            Panel("Agreed in supervision", [of_action(action, on) for action in agreed[:SHOWN]]),
        )
    )


def to_sign(part: SupervisionPart, user: User) -> Item:
    other = part.worker if part.supervision.supervisor_id == user.pk else part.supervision.supervisor
    href = part.supervision.get_absolute_url()
    return Item(str(part.supervision), href, detail=f"With {other}", tag="Sign", tone="attention")


def of_action(action: AgreedAction, on: date) -> Item:
    return Item(
        action.what,
        reverse("casework:agreed_action", args=[action.uid]),
        detail=f"{action.family.name}, {day_in_words(action.due_on)}",
        families=(action.family_id,),
        **how_late(action.due_on, on),
    )


def due(user: User, on: date) -> Part:
    """Whom this person supervises next; of people others supervise, those that are overdue."""
    found = lines(user, on=on)
    own = {line.worker.pk for line in mine(found, user)}
    waiting = [line for line in found if line.due.is_overdue or (line.worker.pk in own and line.due.day <= on + SOON)]
    waiting.sort(key=lambda line: (line.worker.pk not in own, line.due.day, str(line.worker)))
    team = {"more": "The team", "href": reverse("casework:team")}
    return Part(panels=(Panel("Supervision due", list(items(waiting[:SHOWN], own)), "No supervision is due.", **team),))


def items(waiting, own: set[int]) -> Iterator[Item]:
    for line in waiting:
        href = f"{reverse('casework:begin_supervision')}?worker={line.worker.uid}"
        said = [line.due.words, *([] if line.worker.pk in own else ["Somebody else supervises them"])]
        late = {"tag": "Overdue", "tone": "late"} if line.due.is_overdue else {}
        yield Item(str(line.worker), href, detail=". ".join(said), **late)

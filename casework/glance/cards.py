"""The card of a family, filled in from what the reader may see."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from casework.glance.sight import Sight
from casework.visits import rules
from families.people.models import Family, Membership
from families.people.rules import age_on
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.cards import FamilyCard, Flag, Member

CARD_ONLY = "You see who they are."
NOT_HERE = {Membership.Part.EXPECTED: " (expected)", Membership.Part.CARE: " (in care)"}
OPENS_WITH_A_REASON = f"{CARD_ONLY} The rest of the record opens with a reason."


def cards_for(families: Sequence[Family], *, user: User, on: date) -> list[FamilyCard]:
    """Return a card for each family, in their order."""
    sight = Sight.of(families, user=user, on=on)
    return [card(family, sight) for family in families]


def with_allocation(cards: Sequence[FamilyCard], families: Sequence[Family], *, user: User) -> list[FamilyCard]:
    """Return the cards with the way to allocate or hand over, on those whose family this person allocates."""
    return [replace(card, **to_allocate(card, family, user=user)) for card, family in zip(cards, families, strict=True)]


def to_allocate(card: FamilyCard, family: Family, *, user: User, again: bool = False) -> dict[str, str]:
    """Return the way to allocate; of a family whose case is closed only once it was referred ``again``."""
    if (card.closed_on and not again) or not rights_of(user).may(Can.ALLOCATE, family.scope_id):
        return {}
    text = "Hand over" if card.worker else "Allocate"
    return {"action_text": text, "action_href": reverse("casework:allocate", args=[family.uid])}


def card(family: Family, sight: Sight) -> FamilyCard:
    known = {
        "name": family.name,
        "href": reverse("families:family", args=[family.uid]),
        "locality": locality_of(family),
        "worker": sight.worker(family.pk),
        "closed_on": sight.closed.get(family.pk),
        "household": [member_of(m, sight) for m in sight.households.get(family.pk, [])],
        "flags": list(flags_of(family, sight)),
    }
    if family.pk not in sight.opened:
        return FamilyCard(**known, note=OPENS_WITH_A_REASON if family.pk in sight.openable else CARD_ONLY)
    return FamilyCard(**known, **contact(family, sight), **next_step(family, sight), **star(family, sight))


def locality_of(family: Family) -> str:
    return str(family.scope.locality or "")


def member_of(membership: Membership, sight: Sight) -> Member:
    """Return one of the household; of a child who lives there also when they were last seen, if the reader may know."""
    person, is_child = membership.person, membership.part == Membership.Part.CHILD
    tells = is_child and membership.family_id in sight.opened
    days = rules.days_since(sight.seen.get((membership.family_id, person.pk)), today=sight.on)
    return Member(
        name=f"{membership.name}{NOT_HERE.get(membership.part, '')}",
        age=person.born_on and age_on(person.born_on, sight.on),
        is_contested=membership.contested,
        is_child=tells,
        days_since_seen=days,
        is_overdue=tells and sight.is_overdue(membership.family_id, days, every=sight.child_seen_every),
    )


def flags_of(family: Family, sight: Sight) -> Iterator[Flag]:
    if family.scope.is_restricted:
        yield Flag("Named people only", tone="late")
    yield from sight.flags.get(family.pk, ())


def contact(family: Family, sight: Sight) -> dict:
    visit = sight.contacts.get(family.pk)
    days = rules.days_since(visit and visit.happened_on, today=sight.on)
    late = sight.is_overdue(family.pk, days, every=sight.contact_every)
    return {"days_since_contact": days, "contact_overdue": late}


def next_step(family: Family, sight: Sight) -> dict:
    """Return what comes first: the visit that was planned or the next action of the agreed plan."""
    steps = sorted(steps_of(family, sight), key=lambda step: step[1])
    if not steps:
        return {}
    what, day = steps[0]
    return {"next_step": what, "next_step_on": day, "next_step_overdue": day < sight.on}


def steps_of(family: Family, sight: Sight) -> Iterator[tuple[str, date]]:
    if (visit := sight.contacts.get(family.pk)) and visit.next_visit_on:
        yield "Visit", visit.next_visit_on
    if action := sight.next_steps.get(family.pk):
        yield action.what, action.due_on


def star(family: Family, sight: Sight) -> dict:
    if (pair := sight.stars.get(family.pk)) is None:
        return {}
    first, last = pair
    readings = [first.average] if first == last else [first.average, last.average]
    return {"star": readings, "star_top": last.tool.highest}

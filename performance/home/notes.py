"""Unsent notes, for whoever has some."""

from datetime import date

from casework.cases.work import work_with
from families.people.models import Family
from performance.home.panels import Item, Panel, Part
from slf.accounts.models import User
from slf.clock import shown
from slf.drafts.models import Draft
from slf.web.words import day_in_words, moment_in_words


def part(user: User, on: date) -> Part:
    drafts = list(Draft.objects.of(user).with_something_in_it().order_by("-saved_at"))
    names = dict(Family.objects.visible_to(user).filter(pk__in=[d.family_id for d in drafts]).values_list("pk", "name"))
    _, closed = work_with(names, user=user, on=on) if names else ({}, {})
    items = [item_of(draft, names.get(draft.family_id, ""), closed.get(draft.family_id)) for draft in drafts]
    return Part(panels=(Panel("Unsent notes", items),))


def item_of(draft: Draft, family: str, closed_on: date | None) -> Item:
    saved = shown(draft.saved_at)
    tag = {"tag": "Not sent", "tone": "neutral"}
    if draft.conflict_of_id:
        tag = {"tag": "Second copy", "tone": "attention"}
    elif closed_on:
        tag = {"tag": f"Case closed {day_in_words(closed_on)}", "tone": "attention"}
    return Item(
        name_of(draft, family),
        draft.get_absolute_url(),
        detail=f"Written {moment_in_words(saved)}. {beginning(draft)}",
        families=(draft.family_id,) if family else (),
        **tag,
    )


def name_of(draft: Draft, family: str) -> str:
    if draft.about and not draft.family_id:
        return str(draft.get_kind_display())
    return f"{draft.get_kind_display()}: {family or 'family not chosen yet'}"


def beginning(draft: Draft) -> str:
    first = next((values[0] for name, values in draft.content.items() if name == "note" or name[:2] == "a-"), "")
    note = " ".join(first.split())
    return f"“{note[:60]}{'…' if len(note) > 60 else ''}”" if note else ""

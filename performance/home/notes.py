"""Unsent notes, for whoever has some."""

from datetime import date

from django.utils.timezone import localtime

from families.people.models import Family
from performance.home.panels import Item, Panel, Part
from slf.accounts.models import User
from slf.drafts.models import Draft
from slf.web.words import moment_in_words


def part(user: User, on: date) -> Part:
    drafts = list(Draft.objects.of(user).with_something_in_it().order_by("-saved_at"))
    names = dict(Family.objects.visible_to(user).filter(pk__in=[d.family_id for d in drafts]).values_list("pk", "name"))
    return Part(panels=(Panel("Unsent notes", [item_of(draft, names.get(draft.family_id, "")) for draft in drafts]),))


def item_of(draft: Draft, family: str) -> Item:
    saved = localtime(draft.saved_at)
    tag = (
        {"tag": "Second copy", "tone": "attention"} if draft.conflict_of_id else {"tag": "Not sent", "tone": "neutral"}
    )
    return Item(
        f"{draft.get_kind_display()}: {family or 'family not chosen yet'}",
        draft.get_absolute_url(),
        detail=f"Written {moment_in_words(saved)}. {beginning(draft)}",
        families=(draft.family_id,) if family else (),
        **tag,
    )


def beginning(draft: Draft) -> str:
    note = " ".join(draft.content.get("note", [""])[0].split())
    return f"“{note[:60]}{'…' if len(note) > 60 else ''}”" if note else ""

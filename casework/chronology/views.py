"""The chronology of a family: all of it or one kind, on screen and on paper."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.chronology.rules import KIND_NAMES, Entry, Kind, counted, known_kind
from casework.chronology.sources import chronology as everything
from casework.chronology.sources import evidence_left_out
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view


@require_safe
def chronology(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what happened, the newest first; ``?kind=`` narrows it."""
    family = get_or_refuse(Family.objects.open_to(request.user), request.user, uid=uid)
    log_view(request, "Chronology", family=family)
    entries = everything(family, user=request.user)
    kind = known_kind(request.GET.get("kind"))
    shown = [entry for entry in entries if kind in {None, entry.kind}]
    context = {"family": family, "entries": shown, "kind": kind, "kinds": choices(entries, kind)}
    context["left_out"] = evidence_left_out(family, user=request.user)
    return render(request, "casework/chronology/chronology.html", context)


def choices(entries: Sequence[Entry], chosen: Kind | None) -> list[dict]:
    """Return the kinds to choose from with their numbers, "Everything" first."""
    everything_ = {"name": "Everything", "value": "", "number": len(entries), "chosen": chosen is None}
    found = counted(entries)
    return [everything_] + [
        {"name": KIND_NAMES[kind], "value": kind.value, "number": number, "chosen": kind is chosen}
        for kind, number in found.items()
    ]

"""The page people land on after signing in."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.home import notes, worker
from performance.home.panels import Part
from slf.access.doors import log_view
from slf.access.rights import rights_of
from slf.access.rules import Role
from slf.clock import today

PARTS: tuple[tuple[frozenset[Role], Callable], ...] = (
    (frozenset({Role.FSW, Role.ESF}), worker.part),
)  # fmt: skip


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person, by the posts they hold."""
    parts = list(parts_for(request.user))
    panels = [panel for part in parts for panel in part.panels if panel.is_shown]
    tiles = [tile for part in parts for tile in part.tiles]
    named = {family for panel in panels for item in panel.items for family in item.families}
    if named:
        log_view(request, "My day", families=named)
    return render(request, "performance/home/home.html", {"panels": panels, "tiles": tiles, "today": today()})


def parts_for(user) -> Iterator[Part]:
    """Unsent notes first, then what each post held brings."""
    held = {role for role, _ in rights_of(user).reaches}
    yield notes.part(user, today())
    for roles, part in PARTS:
        if roles & held:
            yield part(user, today())

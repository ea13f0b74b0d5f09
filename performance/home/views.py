"""The page people land on after signing in."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from performance.home import (
    assessments,
    claims,
    closings,
    concerns,
    data_office,
    front_door,
    lone_working,
    meetings,
    money,
    notes,
    own_pages,
    partner,
    plan_reviews,
    progress,
    provider,
    reports,
    second_look,
    supervision,
    tasks,
    trail,
    ways,
    worker,
)
from performance.home.panels import Part
from slf.access.doors import log_view
from slf.access.rights import rights_of
from slf.access.rules import Role
from slf.clock import today

PARTS: tuple[tuple[frozenset[Role], Callable[..., Part]], ...] = (
    (frozenset({Role.ESF}), provider.part),
    (frozenset({Role.FSW, Role.ESF}), worker.part),
    (frozenset({Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD, Role.ESF}), tasks.part),
    (frozenset({Role.FSW}), assessments.of_mine),
    (frozenset({Role.FSW, Role.SENIOR, Role.MANAGER, Role.ESF}), own_pages.part),
    (frozenset({Role.FSW, Role.SENIOR}), plan_reviews.part),
    (frozenset({Role.FSW}), closings.of_mine),
    (frozenset({Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD}), money.part),
    (frozenset({Role.FSW}), progress.part),
    (frozenset({Role.FSW}), second_look.to_tell),
    (frozenset({Role.SENIOR, Role.MANAGER}), second_look.contested),
    (frozenset({Role.SENIOR, Role.MANAGER}), closings.to_confirm),
    (frozenset({Role.SENIOR, Role.MANAGER}), closings.to_check),
    (frozenset({Role.SENIOR, Role.MANAGER}), assessments.to_sign),
    (frozenset({Role.FSW, Role.SENIOR}), meetings.to_finish),
    (frozenset({Role.SENIOR, Role.MANAGER}), front_door.part),
    (frozenset({Role.FSW, Role.SENIOR, Role.MANAGER, Role.HEAD}), supervision.of_mine),
    (frozenset({Role.SENIOR, Role.MANAGER, Role.HEAD}), supervision.due),
    (frozenset({Role.FSW, Role.SENIOR, Role.MANAGER}), second_look.partners),
    (frozenset({Role.MANAGER, Role.HEAD}), front_door.questions),
    (frozenset({Role.DATA}), data_office.part),
    (frozenset({Role.AUDITOR, Role.ADMIN}), trail.part),
    (frozenset({Role.MANAGER}), claims.to_review),
    (frozenset({Role.AUDITOR}), claims.to_audit),
    (frozenset({Role.HEAD}), claims.to_sign),
    (frozenset({Role.SRO}), claims.to_certify),
    (frozenset({Role.REFERRER}), partner.part),
    (reports.READERS, reports.part),
    (frozenset({Role.HEAD, Role.ADMIN}), second_look.settings),
    (frozenset({Role.HEAD}), second_look.rules),
    (frozenset({Role.SENIOR, Role.MANAGER, Role.HEAD}), ways.emergencies),
    (frozenset({Role.SENIOR, Role.MANAGER, Role.HEAD}), second_look.overrides),
    (frozenset({Role.HEAD}), ways.left),
    (
        frozenset({Role.HEAD}),
        ways.to(
            ways.DASHBOARD,
            ways.FAMILIES,
            ways.MONEY,
            ways.HELP,
            ways.REQUESTS,
            ways.EMERGENCIES,
            ways.TWICE,
            ways.SETTINGS,
            ways.RESULTS,
        ),
    ),
    (
        frozenset({Role.MANAGER}),
        ways.to(ways.DASHBOARD, ways.RESULTS, ways.MONEY, ways.HELP, ways.REQUESTS, ways.EMERGENCIES, ways.TWICE),
    ),
    (frozenset({Role.SENIOR}), ways.to(ways.MONEY, ways.HELP, ways.REQUESTS, ways.TWICE)),
    (frozenset({Role.BUSINESS}), meetings.to_plan),
    (frozenset({Role.BUSINESS}), meetings.to_type),
    (frozenset({Role.BUSINESS}), ways.to(ways.FAMILIES)),
    (frozenset({Role.ADMIN}), ways.to(ways.PEOPLE, ways.METHODS, ways.SETTINGS, ways.ROLES)),
    (frozenset({Role.BOARD}), ways.to(ways.ROLES)),
    (frozenset({Role.AUDITOR}), ways.to(ways.TRAIL)),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for this person, by the posts they hold."""
    parts = list(parts_for(request.user))
    panels = [panel for part in parts for panel in part.panels if panel.is_shown]
    tiles = [tile for part in parts for tile in part.tiles]
    main = next((part.main for part in parts if part.main), None)
    named = {family for panel in panels for item in panel.items for family in item.families}
    if named:
        log_view(request, "My day", families=named)
    return render(
        request, "performance/home/home.html", {"panels": panels, "tiles": tiles, "today": today(), "main": main}
    )


def parts_for(user) -> Iterator[Part]:
    """Alarms, unsent notes and safeguarding first, then what each post held brings."""
    held = roles_of(user)
    yield lone_working.part(user, today())
    yield notes.part(user, today())
    yield concerns.part(user, today())
    for roles, part in PARTS:
        if roles & held:
            yield part(user, today())


def roles_of(user) -> frozenset[Role]:
    """Return the roles of the posts in force; a board member's or administrator's post reaches no record at all."""
    reached = {role for role, _ in rights_of(user).reaches}
    posts = user.posts.filter(period__contains=timezone.localdate()).values_list("role", flat=True)
    return frozenset(reached | {Role(role) for role in posts})

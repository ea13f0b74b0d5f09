"""The household: who is in it on a day, and each thing that can happen to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from families.households import forms, page, services
from families.needs.models import Need
from families.people.models import Family, Membership
from families.people.services import ever_in
from slf.access.doors import get_or_refuse, log_view
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.clock import today
from slf.web.forms import refusals_in, sent
from slf.work.once import once_only

BAD_REQUEST = 400
NOT_FOUND = "No family with that reference is one that you may see."


def may_change(request: HttpRequest, family: Family) -> bool:
    return Family.objects.visible_to(request.user, can=Can.CHANGE_HOUSEHOLD).filter(pk=family.pk).exists()


def family_or_refuse(request: HttpRequest, uid: UUID, *, can: Can = Can.CHANGE_HOUSEHOLD) -> Family:
    families = Family.objects.open_to(request.user).select_related("scope__widens")
    return get_or_refuse(families, request.user, can=can, uid=uid)


def membership_or_refuse(request: HttpRequest, uid: UUID) -> Membership:
    """Return a membership of a family whose record is open, if this person may change who is in it."""
    opened = Family.objects.open_to(request.user)
    rows = Membership.objects.filter(family__in=opened).select_related("family__scope__widens", "person__merged_into")
    membership = get_or_refuse(rows, request.user, can=Can.CHANGE_HOUSEHOLD, uid=uid)
    family_or_refuse(request, membership.family.uid)
    return membership


@require_safe
def household(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show who is in the family today, or on the day asked for, who has left, and what was written down."""
    family = family_or_refuse(request, uid, can=Can.READ)
    day = forms.DayForm.day_of(request.GET)
    related = page.came_out_of(family, user=request.user)
    log_view(request, "Household", family=family)
    context = {
        "family": family, "day": day, "is_today": day == today(), "related": related,
        "rows": page.rows_on(family, day, user=request.user), "gone": page.gone_by(family, day, user=request.user),
        "lines": page.lines_of(family, user=request.user), "may_change": may_change(request, family),
        "may_merge": rights_of(request.user).may(Can.REVIEW_FAMILY, family.scope_id),
        "may_make_one_family": rights_of(request.user).may(Can.RESTRICT_FAMILY, family.scope_id),
    }  # fmt: skip
    return render(request, "families/households/household.html", context)


@require_http_methods(["GET", "POST"])
@once_only
def join(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask who comes to the family."""
    family = family_or_refuse(request, uid)
    form = forms.JoinForm(sent(request))
    act = done(lambda said: services.join_family(family, by=request.user, **said), "{0.person} is in the family.")
    return ask(request, form, family, act, heading="Somebody new in the family", beside="known")


@require_http_methods(["GET", "POST"])
@once_only
def join_known(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask who of those known already comes, or comes back: of this family, or with ``?from=`` of another one."""
    family = family_or_refuse(request, uid)
    reference = request.GET.get("from", "").strip().upper()
    other = Family.objects.visible_to(request.user).filter(reference=reference).first() if reference else None
    if other and other != family:
        log_view(request, "Household, to add somebody to another family", family=other)
    known = offered(family, other, request)
    form = forms.ReturnForm(sent(request), known=known)
    act = done(lambda said: services.join_family(family, by=request.user, **said), "{0.person} is in the family.")
    more = {"reference": reference, "not_found": NOT_FOUND if reference and not other else "", "nobody": not known}
    return ask(request, form, family, act, heading="Somebody known already", beside="from", **more)


def offered(family: Family, other: Family | None, request: HttpRequest) -> list[Membership]:
    """Return whom the reader may see and who is not in the family today."""
    here = {row.person.pk for row in services.household_on(family, today(), by=request.user)}
    return [row for row in ever_in(other or family, by=request.user) if row.person.pk not in here]


@require_http_methods(["GET", "POST"])
@once_only
def expect(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask when a baby is expected."""
    family = family_or_refuse(request, uid)
    form = forms.ExpectForm(sent(request))
    act = done(
        lambda said: services.expect_baby(family, by=request.user, **said),
        "{0.person} is expected. Say on the genogram whose baby it is.",
    )
    return ask(request, form, family, act, heading="A baby is expected")


@require_http_methods(["GET", "POST"])
@once_only
def split(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask who becomes a family of their own."""
    family = family_or_refuse(request, uid)
    known = services.household_on(family, today(), by=request.user, known=True)
    members = [row for row in known if row.part != Membership.Part.RELATIVE]
    needs = (
        Need.objects.visible_to(request.user)
        .filter(family=family)
        .open_on(today())
        .select_related("person__merged_into")
    )
    form = forms.SplitForm(sent(request), members=members, needs=needs)
    act = done(
        lambda said: services.split_family(family, by=request.user, **said),
        "{0.name} is a family of its own, {0.reference}. It has no worker yet, and has not agreed to the service.",
    )
    return ask(request, form, family, act, heading="Some of them become a family of their own", beside="split")


@require_http_methods(["GET", "POST"])
@once_only
def leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask when and why somebody left."""
    row = membership_or_refuse(request, uid)
    form = forms.LeaveForm(sent(request), membership=row)
    act = done(lambda said: services.leave_family(row, by=request.user, **said), "{0.person} has left the family.")
    return ask(request, form, row.family, act, heading=f"{row.person} is in the family no longer")


@require_http_methods(["GET", "POST"])
@once_only
def change_part(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask who somebody is in the family from now on."""
    row = membership_or_refuse(request, uid)
    form = forms.PartForm(sent(request), membership=row)
    act = done(lambda said: services.change_part(row, by=request.user, **said), "{0.person} has another part.")
    return ask(request, form, row.family, act, heading=f"{row.person} has another part in the family")


@require_http_methods(["GET", "POST"])
@once_only
def born(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask who was born."""
    row = membership_or_refuse(request, uid)
    named = {"given_names": row.person.given_names} if row.person.given_names != services.BABY else {}
    form = forms.BornForm(sent(request), initial={"family_name": row.person.family_name, **named})
    act = done(lambda said: services.is_born(row, by=request.user, **said), "{0.person} is a child of the family.")
    return ask(request, form, row.family, act, heading=f"{row.person} is born")


@require_http_methods(["GET", "POST"])
@once_only
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask for the right days."""
    row = membership_or_refuse(request, uid)
    form = forms.CorrectForm(sent(request), initial={"starts_on": row.period.lower, "ends_on": row.period.upper})
    act = done(
        lambda said: services.correct_stay(row, by=request.user, **said), "The days of {0.person} are put right."
    )
    return ask(request, form, row.family, act, heading=f"Correct the days of {row.person}")


# Parts of the pages above


def done(verb: Callable[[dict[str, Any]], Any], message: str) -> Callable[[dict[str, Any]], str]:
    """Return what does the act and says in a sentence what was done."""
    return lambda said: message.format(verb(said))


def ask(
    request: HttpRequest, form: Any, family: Family, act: Callable[[dict[str, Any]], str], *, heading: str, **more: Any
) -> HttpResponse:
    """Show a question; answered, do what was said. A refusal stands above the form, and what was typed stays."""
    if form.is_valid():
        with refusals_in(form):
            messages.success(request, act(form.said()))
            return redirect("families:household", family.uid)
    log_view(request, heading, family=family)
    known = {"beside": "", "reference": "", "not_found": "", "nobody": False}
    context = {"form": form, "family": family, "heading": heading, **known, **more}
    status = BAD_REQUEST if form.errors else 200
    return render(request, "families/households/form.html", context, status=status)

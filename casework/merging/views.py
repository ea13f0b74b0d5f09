"""Which other family it is; both side by side; making them one; taking them apart."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework.merging import page
from casework.merging.forms import ApartForm, MergeForm, ReferenceForm
from casework.merging.services import added_since, merge_families, undo_family_merge
from families.merging.services import ACROSS
from families.people.models import Family
from families.twice.models import FamilyMerge
from families.twice.page import may_be_one_family
from slf.access.doors import get_or_refuse, log_view
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import refusals_in, sent
from slf.work.once import once_only

BAD_REQUEST = 400
NOT_FOUND = "There is no family with this reference among those you may make one."


def family_or_refuse(user: User, uid: UUID) -> Family:
    """Return a family whose record is open, to those who decide over families there."""
    families = Family.objects.open_to(user).select_related("scope__locality")
    family: Family = get_or_refuse(families, user, can=ACROSS, uid=uid)
    return family


def merge_or_refuse(user: User, uid: UUID) -> FamilyMerge:
    """Return what was made one in a record that is open, to those who decide over families there."""
    rows = FamilyMerge.objects.visible_to(user).filter(family__in=Family.objects.open_to(user))
    merge: FamilyMerge = get_or_refuse(
        rows.select_related("family", "into", "by", "undone_by"), user, can=ACROSS, uid=uid
    )
    return merge


def named(family: Family) -> str:
    """Return the name and reference of a family: the two have often one name."""
    return f"{family}, {family.reference}"


@require_safe
def choose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask which other family it is; nothing is changed by asking."""
    family = family_or_refuse(request.user, uid)
    form = ReferenceForm(request.GET or None, here=family.reference)
    if form.is_valid():
        families = Family.objects.open_to(request.user).visible_to(request.user, can=ACROSS)
        other = families.filter(reference=form.cleaned_data["reference"]).first()
        if other is not None:
            return redirect("casework:merge_families", other.uid, family.uid)
        form.add_error("reference", NOT_FOUND)
    pairs = may_be_one_family(request.user, on=today(), family=family)
    beside = {one.pk for pair in pairs for one in (pair.twice, pair.one)}
    log_view(request, "A family known twice", families={family.pk, *beside})
    context = {"family": family, "form": form, "pairs": pairs}
    return render(request, "casework/merging/choose.html", context, status=BAD_REQUEST if form.errors else 200)


@require_http_methods(["GET", "POST"])
@once_only
def merge(request: HttpRequest, uid: UUID, one: UUID) -> HttpResponse:
    """Show both families side by side and what would be shown afterwards; make them one."""
    family, into = family_or_refuse(request.user, uid), family_or_refuse(request.user, one)
    form = MergeForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            done = merge_families(family, into=into, by=request.user, on=today(), **form.cleaned_data)
            messages.success(request, f"The two are one family, {named(into)}.")
            return redirect("casework:merged_families", done.uid)
    log_view(request, "Two families side by side", families=[family.pk, into.pk])
    context = {"preview": page.preview(family, into, by=request.user, on=today()), "form": form, "family": into}
    return render(request, "casework/merging/merge.html", context, status=BAD_REQUEST if form.errors else 200)


@require_http_methods(["GET", "POST"])
@once_only
def merged(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was made one, by whom and why; take it apart."""
    done = merge_or_refuse(request.user, uid)
    added = list(added_since(done)) if done.undone_at is None else []
    form = ApartForm(sent(request), added=added, other=named(done.family))
    if form.is_valid():
        with refusals_in(form):
            undo_family_merge(done, by=request.user, on=today(), **form.said)
            messages.success(request, f"{named(done.family)}, and {named(done.into)}, are two families again.")
            return redirect("casework:merged_families", uid)
    log_view(request, "Two families that are one", families=[done.family_id, done.into_id])
    context = {"merge": done, "form": form, "family": done.into}
    return render(request, "casework/merging/merged.html", context, status=BAD_REQUEST if form.errors else 200)

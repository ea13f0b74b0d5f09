"""Who may have been entered twice; both side by side; making them one; taking them apart."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from families.merging import page
from families.merging.forms import ChooseForm, MergeForm, UndoForm
from families.merging.models import PersonMerge
from families.merging.services import ACROSS, WITHIN, added_since, merge_people, undo_merge
from families.people.models import Family, Membership, Person
from families.twice.page import families_made_one, may_be_one_family
from slf.access.doors import get_or_refuse, log_view, requires, signed_in
from slf.access.models import FamilyRecord
from slf.access.rights import rights_of
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import refusals_in, sent
from slf.work.once import once_only

BAD_REQUEST = 400


def entry_or_refuse(user: User, uid: UUID) -> tuple[Person, Membership]:
    """Return one entry as it was written, of a family whose record is open, to those who review families there."""
    rows = Membership.objects.filter(family__in=Family.objects.open_to(user)).select_related("family")
    stay = get_or_refuse(rows, user, can=WITHIN, person__uid=uid)
    return Person.objects.visible_to(user).get(pk=stay.person_id), stay


def merge_or_refuse(user: User, uid: UUID) -> PersonMerge:
    """Return what was made one in a family whose record is open, to those who review families there."""
    opened = Family.objects.open_to(user)
    rows = PersonMerge.objects.visible_to(user).filter(family__in=opened)
    merge: PersonMerge = get_or_refuse(
        rows.select_related("person", "into", "family", "by", "undone_by"), user, can=WITHIN, uid=uid
    )
    return merge


def families_of(*people: Person, by: User) -> list[int]:
    rows = Membership.objects.visible_to(by).filter(person__in=people)
    return list(rows.order_by().values_list("family", flat=True))


@requires(WITHIN)
@require_safe
def twice(request: HttpRequest) -> HttpResponse:
    """List the people and the families that may be there twice, and what was made one."""
    pairs, merges = page.may_be_twice(request.user), page.made_one(request.user)
    families = {row.family_id for pair in pairs for row in (pair.twice, pair.one)}
    log_view(request, "People entered twice", families=families | {merge.family_id for merge in merges})
    context = {"pairs": pairs, "merges": merges, "most": page.MOST, **families_twice(request)}
    return render(request, "families/merging/twice.html", context)


def families_twice(request: HttpRequest) -> dict[str, Any]:
    """Return which families may be known twice and which were made one, to those who may make them one."""
    user = signed_in(request)
    if not rights_of(user).may(ACROSS):
        return {"may_make_families_one": False}
    pairs, merges = may_be_one_family(user, on=today()), families_made_one(user)
    shown = [family.pk for pair in pairs for family in (pair.twice, pair.one)]
    log_view(request, "Families known twice", families=[*shown, *(merge.family_id for merge in merges)])
    return {"may_make_families_one": True, "families": pairs, "families_made_one": merges}


@require_safe
def choose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask which two entries of one family are one person; nothing is changed by asking."""
    family = get_or_refuse(Family.objects.open_to(request.user), request.user, can=WITHIN, uid=uid)
    form = ChooseForm(request.GET or None, people=page.entries_of(family, by=request.user))
    if form.is_valid():
        return redirect("families:merge", form.cleaned_data["twice"], form.cleaned_data["one"])
    log_view(request, "Somebody entered twice", family=family)
    context = {"family": family, "form": form, "pairs": page.may_be_twice(request.user, family=family)}
    return render(request, "families/merging/choose.html", context, status=BAD_REQUEST if form.errors else 200)


@require_http_methods(["GET", "POST"])
@once_only
def merge(request: HttpRequest, uid: UUID, one: UUID) -> HttpResponse:
    """Show both entries side by side and what would be shown afterwards; make them one."""
    (person, stay), (into, _) = entry_or_refuse(request.user, uid), entry_or_refuse(request.user, one)
    form = MergeForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            done = merge_people(person, into=into, by=request.user, on=today(), **form.cleaned_data)
            messages.success(request, f"The two entries are one person, {into}.")
            return redirect("families:merged", done.uid)
    log_view(request, "Two entries side by side", families=families_of(person, into, by=request.user))
    shown = page.preview(person, into, by=request.user, on=today())
    context = {"preview": shown, "form": form, "family": stay.family}
    status = BAD_REQUEST if form.errors else 200
    return render(request, "families/merging/merge.html", context, status=status)


@require_http_methods(["GET", "POST"])
@once_only
def merged(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was made one, by whom and why; take it apart."""
    done = merge_or_refuse(request.user, uid)
    added = [row for row, _ in added_since(done)] if done.undone_at is None else []
    form = UndoForm(sent(request), added=[row for row in added if not row.append_only], other=done.person)
    if form.is_valid():
        with refusals_in(form):
            undo_merge(done, by=request.user, on=today(), **form.said)
            messages.success(request, f"{done.person} and {done.into} are two people again.")
            return redirect("families:merged", uid)
    log_view(request, "Two entries that are one person", family=done.family)
    context = {"merge": done, "form": form, "staying": kept_where_written(added)}
    status = BAD_REQUEST if form.errors else 200
    return render(request, "families/merging/merged.html", context, status=status)


def kept_where_written(added: list[FamilyRecord]) -> list[str]:
    """Return what is never changed, and so stays with the one it was written of, in words."""
    return [f"{row._meta.verbose_name.capitalize()}: {row}" for row in added if row.append_only]

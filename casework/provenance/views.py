"""The page on which an entry is marked."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casework.provenance.entries import ENTRIES
from casework.provenance.forms import MarksForm
from casework.provenance.models import Provenance, marks_in
from casework.provenance.rules import ABOUT_NAMES, About
from casework.provenance.services import mark_entry
from families.contesting.marks import marks_of as contested_in
from families.households.services import household_on
from families.needs.models import Need, Statement
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import did, sent
from slf.work.once import once_only

BAD_REQUEST = 400


def entry_or_refuse(user: User, about: str, uid: UUID, *, can: Can) -> tuple[About, Any]:
    """Return the entry of one kind that the person may mark, or read the marks of; of no such kind there is none."""
    if about not in set(About):
        raise Http404
    kind = About(about)
    of = ENTRIES[kind]
    open_families = Family.objects.open_to(user, record_class=of.model.record_class)
    rows = of.model.objects.select_related(f"{of.family}__merged_into")
    rows = rows.filter(**{f"{of.family}__in": open_families})
    return kind, get_or_refuse(rows, user, can=can, uid=uid)


def marks_of(about: About, entry: Any, user: User) -> Provenance | None:
    rows = Provenance.objects.visible_to(user).current().filter(about=about, entry=entry.uid)
    found: Provenance | None = rows.in_full().first()
    return found


def way_back(kind: About, entry: Any, family: Family) -> tuple[str, str]:
    """Return the page that the marks were opened from, and what it is called: the entry itself where it has one."""
    if kind == About.VISIT:
        return f"{reverse('casework:visits', args=[family.uid])}#visit-{entry.uid}", "Visits"
    if kind == About.DOCUMENT:
        return reverse("casework:document", args=[entry.uid]), "The document"
    if kind == About.READING:
        return f"{reverse('casework:star', args=[family.uid])}#readings", "Star"
    if kind == About.CONCERN:
        return f"{entry.concern.get_absolute_url()}#entry-{entry.uid}", "The concern"
    if kind == About.DECISION:
        return f"{reverse('casework:family_supervision', args=[family.uid])}#decision-{entry.uid}", "Supervision"
    return f"{reverse('casework:needs_of_family', args=[family.uid])}#need-{entry.uid}", "Needs"


@require_safe
def needs(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show each need that was found: what is said of it, by whom, and whose information it is."""
    user = signed_in(request)
    family = get_or_refuse(Family.objects.open_to(user), user, uid=uid)
    log_view(request, "Needs", family=family)
    return render(request, "casework/provenance/needs.html", {
        "family": family, "needs": needs_of(family, user), "provenances": marks_in(family, user=user),
        "contested": contested_in(family, user=user), "may_work": may_work_with(family, user), "today": today(),
    })  # fmt: skip


def needs_of(family: Family, user: User) -> Any:
    """Return the needs of a family with what was said of them again, those that are open first."""
    rows = Need.objects.visible_to(user).filter(family=family).select_related("person__merged_into")
    again = Prefetch("statements", Statement.objects.visible_to(user))
    return rows.prefetch_related(again).order_by(F("ended_on").desc(nulls_first=True), "started_on", "pk")


@require_http_methods(["GET", "POST"])
@once_only
def mark(request: HttpRequest, about: str, uid: UUID) -> HttpResponse:
    """Ask what kind of statement an entry is, whose information, and who must not learn of it."""
    user = signed_in(request)
    kind, entry = entry_or_refuse(user, about, uid, can=Can.WORK_FAMILY)
    family = entry.family.shown
    members = household_on(family, today(), by=user, known=True)
    before = marks_of(kind, entry, user)
    back = way_back(kind, entry, family)
    form = MarksForm(sent(request), about=kind, members=members, before=before, said=getattr(entry, "grade", ""))
    if form.is_valid():
        verb = partial(mark_entry, kind, entry, by=user, on=today())
        if did(form, lambda: (verb(form.marks, seen=form.cleaned_data["seen"]), True)):
            messages.success(request, "The marks are kept.")
            return redirect(back[0])
    log_view(request, f"Mark an entry: {ABOUT_NAMES[kind]}", family=family)
    shown = {"form": form, "family": family, "entry": entry, "what": ABOUT_NAMES[kind], "back": back}
    return render(request, "casework/provenance/mark.html", shown, status=BAD_REQUEST if form.errors else 200)

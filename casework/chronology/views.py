"""The chronology of a family: all of it, one kind, one person or some days, on screen and as a bundle on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from casework.chronology.forms import NarrowForm
from casework.chronology.kept import kept_from, others_of
from casework.chronology.paper import bundle
from casework.chronology.rules import KIND_NAMES, Entry, Kind, counted, known_kind, printed_for, with_marks
from casework.chronology.sources import chronology as everything
from casework.chronology.sources import evidence_left_out
from casework.provenance.models import lines_in
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rights import rights_of
from slf.paper.pdf import pdf_response

A_PAGE = 100
"""Entries on one page of the screen: a telephone does not fetch years to show a week. A document has them all."""


@dataclass(frozen=True)
class Asked:
    """What somebody asked to see of a chronology. ``entries``: of every kind, ``shown``: of the one asked for."""

    family: Family
    form: NarrowForm
    kind: Kind | None
    entries: Sequence[Entry]

    @classmethod
    def of(cls, request: HttpRequest, uid: UUID) -> "Asked":
        user = signed_in(request)
        family = get_or_refuse(Family.objects.open_to(user), user, uid=uid)
        narrows = any(value for name, value in request.GET.items() if name not in {"kind", "page"})
        form = NarrowForm(request.GET if narrows else None, family=family, user=user)
        wanted = form.narrowed
        entries = [entry for entry in everything(family, user=user) if wanted.takes(entry)]
        if form.is_asked_wrongly and request.GET.get("reader"):
            entries = []  # for whom it is made is not sure, so nothing is
        if form.made_for is not None:
            others = others_of(family, form.made_for, user=user)
            entries = printed_for(entries, withheld=kept_from(family, form.made_for, user=user), others=others)
        else:
            entries = with_marks(entries, lines_in(family, user=user))
        return cls(family, form, known_kind(request.GET.get("kind")), entries)

    @property
    def shown(self) -> list[Entry]:
        return [entry for entry in self.entries if self.kind in {None, entry.kind}]


@require_safe
def chronology(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what happened, the newest first; ``?kind=``, ``person=`` and two days narrow it, ``page=`` turns it."""
    asked = Asked.of(request, uid)
    log_view(request, "Chronology", family=asked.family)
    context = {
        "family": asked.family,
        "page": Paginator(asked.shown, A_PAGE).get_page(request.GET.get("page")),
        "kind": asked.kind,
        "kinds": choices(request, asked),
        "form": asked.form,
        "asked": without_page(request).urlencode(),
        "made_for": asked.form.made_for,
        "may_ask": may_work_with(asked.family, signed_in(request)),
        "staff_here": asked.family.scope_id not in rights_of(signed_in(request)).as_partner,
        "left_out": evidence_left_out(asked.family, user=signed_in(request)),
    }
    return render(request, "casework/chronology/chronology.html", context)


@require_safe
def print_chronology(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Return what is shown as one document with numbered pages. A copy for one person is asked for and released."""
    asked = Asked.of(request, uid)
    if request.GET.get("reader"):
        return redirect(f"{reverse('casework:ask_chronology_copy', args=[asked.family.uid])}?{request.GET.urlencode()}")
    log_view(request, "Chronology, as a document", family=asked.family)
    left_out = evidence_left_out(asked.family, user=signed_in(request))
    words = asked.form.in_words(asked.kind)
    data = bundle(asked.family, asked.shown, words=words, left_out=len(left_out), by=signed_in(request))
    return pdf_response(f"chronology {asked.family.reference}", "casework/chronology/chronology.typ", data)


def choices(request: HttpRequest, asked: Asked) -> list[dict]:
    """Return the kinds to choose from with their numbers, "Everything" first; what else was asked for stays."""
    found = [("", "Everything", len(asked.entries), asked.kind is None)]
    found += [(k.value, KIND_NAMES[k], number, k is asked.kind) for k, number in counted(asked.entries).items()]
    query = without_page(request)
    rows = []
    for value, name, number, chosen in found:
        query["kind"] = value
        rows.append({"name": name, "value": value, "href": f"?{query.urlencode()}", "number": number, "chosen": chosen})
    return rows


def without_page(request: HttpRequest) -> QueryDict:
    """Return what was asked for, as it is asked for as a document or of another kind: from its beginning."""
    query = request.GET.copy()
    query.pop("page", None)
    return query

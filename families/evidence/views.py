"""The evidence about a family."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from families.contesting.marks import marks_of
from families.facts.models import Fact, FactQuerySet
from families.facts.words import period_in_words, value_in_words
from families.overriding.models import overridden
from families.overriding.services import in_use, why_shown
from families.people.models import Family
from families.register.rules import Purpose
from families.register.services import use_on
from families.sharing.use import NOTHING_MORE, facts_for, left_out
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.clock import today

PAGE = 50


@require_safe
def evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what each fact says, its source and the day it was recorded; what it corrects and whether it stands."""
    family = get_or_refuse(with_evidence(request.user), request.user, uid=uid)
    user, use = signed_in(request), use_on(today(), purpose=Purpose.SUPPORT)
    shown = in_use(family, user=user)
    log_view(request, "Evidence", family=family, why=why_shown(shown))
    also = overridden(user) if shown else NOTHING_MORE
    facts = for_list(facts_for(use, user=user, also=also).filter(family=family))
    page = Paginator(facts, PAGE).get_page(request.GET.get("page"))
    by_override = {(row.agency, row.kind): row for row in shown}
    lines = [
        (fact, value_in_words(fact.kind, fact.value), when(fact), by_override.get((fact.agency, fact.kind)))
        for fact in page
    ]
    left = left_out(family, use, user=user, also=also)
    context = {
        "family": family,
        "page": page,
        "lines": lines,
        "left_out": left,
        "marks": marks_of(family, user=user),
        "may_decide": left and rights_of(user).may(Can.DECIDE_SHARING, family.scope_id),
    }
    return render(request, "families/evidence/evidence.html", context)


def for_list(facts: FactQuerySet) -> FactQuerySet:
    """Return facts as they are listed, the latest first, each with whether it was corrected."""
    found = facts.select_related("person__merged_into", "supersedes")
    found = found.annotate(was_corrected=Q(superseded_by__isnull=False))
    return found.order_by("-period__startswith", "-pk")


def when(fact: Fact) -> str:
    return period_in_words(fact.period.lower, fact.period.upper)


def with_evidence(user):
    """Return the families whose evidence this person may read: not everyone who may see the card."""
    return Family.objects.open_to(user, record_class=RecordClass.EVIDENCE)

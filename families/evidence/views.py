"""The evidence about a family."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from families.facts.models import Fact, FactQuerySet
from families.facts.words import period_in_words, value_in_words
from families.people.models import Family
from families.register.rules import Purpose
from families.register.services import use_on
from families.sharing.use import facts_for, left_out
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import RecordClass
from slf.clock import today

PAGE = 50


@require_safe
def evidence(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what each fact says, its source and the day it was recorded; what it corrects and whether it stands."""
    family = get_or_refuse(with_evidence(request.user), request.user, uid=uid)
    log_view(request, "Evidence", family=family)
    use = use_on(today(), purpose=Purpose.SUPPORT)
    facts = for_list(facts_for(use, user=request.user).filter(family=family))
    page = Paginator(facts, PAGE).get_page(request.GET.get("page"))
    lines = [(fact, value_in_words(fact.kind, fact.value), when(fact)) for fact in page]
    left = left_out(family, use, user=request.user)
    return render(
        request, "families/evidence/evidence.html", {"family": family, "page": page, "lines": lines, "left_out": left}
    )


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

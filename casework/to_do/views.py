"""All that one has to do, the tasks of nobody, those set for others, and what was settled lately."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.tasks.models import Task
from casework.tasks.views import A_PAGE, need_to_set_some
from casework.to_do.listing import counted, to_do
from slf.access.doors import log_view, signed_in
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show what one has to do wherever it comes from, the tasks of nobody who can see to them, and what was done."""
    user = signed_in(request)
    need_to_set_some(user)
    rows, found = Task.objects.visible_to(user).for_list(), to_do(user)
    adrift = list(rows.adrift(user).soonest_first()) if reviews(user) else []
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "things": [(one, *one.tag_on(today())) for one in page],
        "counted": counted(found),
        "adrift": adrift,
        "given": list(rows.open().filter(set_by=user).exclude(owner=user).soonest_first()[:A_PAGE]),
        "settled": list(rows.settled().of(user).order_by("-settled_on", "-pk")[:10]),
        "today": today(),
    }
    named = [one.family.pk for one in page]
    named += [task.family_id for task in (*adrift, *shown["given"], *shown["settled"])]
    log_view(request, "My tasks", families=named)
    return render(request, "casework/to_do/mine.html", shown)


def reviews(user: User) -> bool:
    return rights_of(user).may(Can.REVIEW_FAMILY)

"""I know this family; who knows it; noting it of somebody; ending it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from families.interests import services
from families.interests.forms import EndForm, KnowForm, NoteForm
from families.interests.models import Interest
from families.interests.rules import may_end
from families.interests.services import DECIDES
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.access.rights import rights_of
from slf.clock import today
from slf.web.forms import refusals_in, sent
from slf.work.once import once_only

BAD_REQUEST = 400


@require_http_methods(["GET", "POST"])
@once_only
def know(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that one knows this family; once it is said, show what was said."""
    user = signed_in(request)
    family = get_or_refuse(Family, user, uid=uid)
    said, form = services.own_of(user, family), KnowForm(sent(request))
    if form.is_valid() and said is None:
        services.declare(family, about=user, **form.cleaned_data, by=user, on=today())
        messages.success(request, "It is written down that you know this family.")
        seen = Family.objects.visible_to(user).filter(pk=family.pk).exists()
        return redirect("access:know", uid) if seen else redirect("home")
    log_view(request, "I know this family", family=family)
    decides = rights_of(user).may(DECIDES, family.scope_id)
    context = {
        "family": family, "form": form, "said": said, "decides": decides, "works": services.works_with(family, user),
    }  # fmt: skip
    return shown(request, "know", context)


@require_http_methods(["GET", "POST"])
@once_only
def note(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note of a colleague that they know this family."""
    user = signed_in(request)
    family = get_or_refuse(Family, user, can=DECIDES, uid=uid)
    form = NoteForm(sent(request), people=services.colleagues(family, besides=user))
    if form.is_valid():
        services.declare(family, **form.cleaned_data, by=user, on=today())
        messages.success(request, f"It is noted that {form.cleaned_data['about']} knows this family.")
        return redirect("access:who_know", uid)
    log_view(request, "Somebody knows this family", family=family)
    return shown(request, "note", {"family": family, "form": form})


@require_safe
def who_know(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show to those who decide who knows this family, and who was said to."""
    user = signed_in(request)
    family = get_or_refuse(Family, user, can=DECIDES, uid=uid)
    log_view(request, "Who knows this family", family=family)
    rows = [(row, row.ended_on is None and _ends(row, user.pk)) for row in rows_of(family, user)]
    return render(request, "families/interests/who_know.html", {"family": family, "rows": rows})


def rows_of(family: Family, user: Any) -> Any:
    return Interest.objects.visible_to(user).filter(family=family).for_list()


def _ends(row: Interest, user: int) -> bool:
    return may_end(user, about=row.user_id, declared_by=row.declared_by_id)


@require_http_methods(["GET", "POST"])
@once_only
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a conflict of interest that was looked into."""
    user = signed_in(request)
    rows = Interest.objects.select_related("family", "user", "declared_by")
    interest = get_or_refuse(rows, user, can=DECIDES, uid=uid)
    form = EndForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            services.end(interest, reason=form.cleaned_data["reason"], by=user, on=today())
            messages.success(request, f"It is ended. The family can be opened to {interest.user} again.")
            return redirect("access:who_know", interest.family.uid)
    log_view(request, "End a conflict of interest", family=interest.family)
    return shown(request, "end", {"family": interest.family, "interest": interest, "form": form})


def shown(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    status = BAD_REQUEST if context["form"].errors else 200
    return render(request, f"families/interests/{name}.html", context, status=status)

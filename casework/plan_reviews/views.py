"""Reviews of the plan: see when it is due and what was said, and record one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from casework.plan_reviews import services
from casework.plan_reviews.forms import ReviewForm
from casework.plan_reviews.models import PlanReview
from casework.plan_reviews.rules import EVERY
from casework.plans.models import Goal, Plan
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view, may_work_with, signed_in
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.drafts.typed import keeps
from slf.policy.models import setting_on, value_of
from slf.web.forms import did, sent
from slf.web.words import day_in_words
from slf.work.once import once_only

BAD_REQUEST = 400


def family_or_refuse(user: User, uid: UUID, *, can: Can = Can.READ) -> Family:
    family: Family = get_or_refuse(Family.objects.open_to(user), user, can=can, uid=uid)
    return family


@require_safe
def reviews(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show when the plan is due to be reviewed, and every review there was."""
    user = signed_in(request)
    family = family_or_refuse(user, uid)
    log_view(request, "Reviews of the plan", family=family)
    return render(request, "casework/plan_reviews/reviews.html", standing(family, user))


def standing(family: Family, user: User) -> dict[str, Any]:
    plan = Plan.objects.visible_to(user).in_force().filter(family=family).first()
    return {
        "family": family,
        "plan": plan,
        "due": services.due_on(plan, by=user, on=today()) if plan else None,
        "every": setting_on(EVERY),
        "reviews": PlanReview.objects.visible_to(user).filter(family=family).for_page(),
        "may_work": may_work_with(family, user),
        "today": today(),
    }


@require_http_methods(["GET", "POST"])
@once_only
@keeps("plan_review")
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask how each goal went, what the family says, and when to look next."""
    user = signed_in(request)
    family = family_or_refuse(user, uid, can=Can.WORK_FAMILY)
    plan = Plan.objects.visible_to(user).in_force().filter(family=family).first()
    if plan is None:
        raise Http404
    goals = list(Goal.objects.visible_to(user).filter(plan=plan))
    form = ReviewForm(sent(request), goals=goals, agreed_on=plan.agreed_on, every=value_of(EVERY))
    if form.is_valid() and (made := did(form, lambda: services.record_review(plan, by=user, on=today(), **form.told))):
        messages.success(request, f"The review is kept. The next one is on {day_in_words(made.next_on)}.")
        return redirect("casework:plan_reviews", uid=family.uid)
    log_view(request, "Review the plan", family=family)
    status = BAD_REQUEST if form.errors else 200
    shown = {"form": form, "family": family, "plan": plan, "note": request.note}
    return render(request, "casework/plan_reviews/review.html", shown, status=status)

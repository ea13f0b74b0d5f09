"""Pages of those who put their name to a run: a manager's review of a locality, signing, certifying, submitting."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from performance.claims.checking import Places
from performance.claims.forms import CertifyForm, ReviewForm, SignForm
from performance.claims.models import Claim, ClaimRun, Judged
from performance.claims.putting_names import certify_run, sign_run, submit_run
from performance.claims.reviewing import OfLocality, localities_of, managed_by, review_claims, why_nothing
from performance.claims.views import ROWS_A_PAGE, actions, failed, totals, what_is_next
from performance.claims.whole_run import i_know_of
from slf.access.doors import get_or_refuse, log_view, signed_in
from slf.access.rules import Can
from slf.accounts.models import User
from slf.accounts.reauth import recent_sign_in_required
from slf.web.forms import did
from slf.work.once import once_only


def locality_or_refuse(run: ClaimRun, slug: str, *, by: User) -> OfLocality:
    """Return a locality of the run that this person reviews; another's is a missing one."""
    own = {place.slug for place in managed_by(by)}
    found = [each for each in localities_of(run, by=by) if each.locality.slug == slug and slug in own]
    if not found:
        raise Http404
    return found[0]


@require_http_methods(["GET", "POST"])
@once_only
def review(request: HttpRequest, uid: UUID, slug: str) -> HttpResponse:
    """Show a manager what a run claims for families of their locality and what it does not, and take their word."""
    user = signed_in(request)
    found = get_or_refuse(ClaimRun.objects.for_list(), user, can=Can.REVIEW_CLAIM, uid=uid)
    of = locality_or_refuse(found, slug, by=user)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        agreed, word = form.cleaned_data["agreed"] == "yes", form.cleaned_data["word"]
        if did(form, lambda: review_claims(found, locality=of.locality, agreed=agreed, word=word, by=user)):
            said = "You agreed with what is claimed." if agreed else "The run is sent back, with your reason."
            messages.success(request, said)
            return redirect(found)
    context = {"run": found, "of": of, "form": form} | lines(request, of, found)
    return render(request, "performance/claims/review.html", context)


def lines(request: HttpRequest, of: OfLocality, found: ClaimRun) -> dict[str, Any]:
    """Return the claims of a locality in a run, and its families without one with the reason."""
    user, here = signed_in(request), {"run": found, "scope__locality": of.locality}
    claimed = list(Claim.objects.visible_to(user).filter(**here).for_list())
    without = Judged.objects.visible_to(user).filter(**here, claims=None).order_by("reference")
    page = Paginator(without.prefetch_related("claims"), ROWS_A_PAGE).get_page(request.GET.get("page"))
    places = Places(user, [])
    rows = [(row, why_nothing(row, found, places)) for row in page]
    families = {row.family_id for row in [*claimed, *page]}
    log_view(request, f"To review: {found}", families=sorted(families))
    hidden = of.lines - len(claimed)
    return {"claimed": claimed, "page": page, "rows": rows, "hidden": hidden, "knows": i_know_of(found)}


def naming(can: Can, form_of: type[forms.Form], verb: Callable[..., ClaimRun], word: str, done: str) -> Callable:
    """Return the page on which somebody puts their name to a run: all of it to look at, and a declaration."""

    @require_http_methods(["GET", "POST"])
    @recent_sign_in_required
    @once_only
    def put_name(request: HttpRequest, uid: UUID) -> HttpResponse:
        user = signed_in(request)
        found = get_or_refuse(ClaimRun.objects.for_list(), user, can=can, uid=uid)
        form = form_of(request.POST or None)
        if form.is_valid():
            verb(found, by=user)
            messages.success(request, done)
            return redirect(found)
        figures = totals(request, found)
        log_view(request, f"To {word}: {found}", families=[test.family_id for test in figures["sample"]])
        localities = localities_of(found, by=user)
        waits = word in actions(request, found) and not failed(figures["sample"])
        next_step = "" if waits else what_is_next(found, localities, figures["sample"])
        more = {"localities": localities, "knows": i_know_of(found), "next": next_step}
        context = {"run": found, "form": form, "word": word} | figures | more
        return render(request, "performance/claims/put_name.html", context)

    return put_name


sign = naming(Can.SIGN_CLAIM, SignForm, sign_run, "sign", "The claim is signed.")
certify = naming(Can.CERTIFY_CLAIM, CertifyForm, certify_run, "certify", "The claim is certified. Its file is ready.")


@require_POST
@recent_sign_in_required
@once_only
def submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say that the file was submitted."""
    found = get_or_refuse(ClaimRun, request.user, can=Can.PREPARE_CLAIM, uid=uid)
    submit_run(found, by=signed_in(request))
    messages.success(request, "The claim is submitted.")
    return redirect(found)

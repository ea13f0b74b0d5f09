"""The page of what is on this device, what a phone takes along, and the doors that the phone's own script uses."""

from uuid import UUID

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casework.at_hand import rules, services
from casework.at_hand.api import as_bundle
from casework.at_hand.bundle import todays
from casework.visits.beside import are_right, asked
from casework.visits.services import record_from_draft
from casework.visits.views import about, form_for
from slf.access.doors import log_view, requires, signed_in
from slf.access.rules import Can
from slf.clock import today
from slf.drafts.models import Draft
from slf.drafts.rules import Written
from slf.policy.models import setting_on, value_of
from slf.web.words import EXAMPLE

APP, LIMIT = "allauth.account", "at_hand"
TICKET = "X-At-Hand"
YES, GONE, TOO_MANY = 204, 410, 429


@requires(Can.WORK_FAMILY)
@never_cache
@require_safe
def at_hand(request: HttpRequest) -> HttpResponse:
    """Say what is on this device and what would be taken along; the page's own script does the rest."""
    user = signed_in(request)
    rows = todays(user, on=today())
    log_view(request, "Today's visits, to take along", families=[row.family_id for row in rows])
    context = {
        "rows": rows,
        "figures": value_of(rules.PIN_FIGURES),
        "what": setting_on(rules.ON_A_PHONE),
        "wrong": value_of(rules.WRONG_PINS),
        "example": EXAMPLE,
    }
    return render(request, "casework/at_hand/at_hand.html", context)


@requires(Can.WORK_FAMILY)
@never_cache
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Give today's visits to the device that asks. That is a look at each of the families, and logged as one."""
    user = signed_in(request)
    bundle, families = as_bundle(user, on=today())
    log_view(request, "Today's visits, taken along on a device", families=[family.pk for family in families])
    more = {
        "owner": str(user.uid),
        "left": int((services.ends_at() - services.now()).total_seconds()),
        "ticket": services.make_ticket(user, families),
        "wrong": value_of(rules.WRONG_PINS),
    }
    return JsonResponse({"bundle": bundle, **more})


@login_not_required
@never_cache
@require_safe
def still(request: HttpRequest) -> HttpResponse:
    """Tell a device whether what it took along may stay (204), or has to go (410). It shows nothing of anybody."""
    if not ratelimit.consume(request, app=APP, action=LIMIT, limit_get=True):
        return HttpResponse(status=TOO_MANY)
    return HttpResponse(status=YES if services.still_holds(request.headers.get(TICKET, "")) else GONE)


@require_POST
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make a visit of a note that was finished without a connection. What it lacks is asked on the note's page."""
    user = signed_in(request)
    draft = get_object_or_404(Draft.objects.of(user).filter(kind="visit", thrown_away_at=None), uid=uid)
    if draft.sent_at:
        return told(services.visit_of(draft.uid, by=user), draft)
    family = about(draft, user) if draft.family_id else None
    form = form_for(family, data=services.as_sent(draft.content)) if family else None
    beside = asked(family, user, data=draft.content) if family else ()
    if form is None or not all([form.is_valid(), are_right(beside, form)]):
        return told(None, draft)
    written = Written(draft.revision, draft.writer, draft.seq, draft.content)
    sent = record_from_draft(draft.uid, family=family, by=user, written=written, beside=beside, **form.answers)
    return told(sent.visit, sent.copy or draft)


def told(visit, draft: Draft) -> JsonResponse:
    """Return where the visit is, or the note that waits."""
    if visit is None:
        return JsonResponse({"sent": False, "url": draft.get_absolute_url()})
    return JsonResponse({"sent": True, "url": reverse("families:family", args=[visit.family.uid])})

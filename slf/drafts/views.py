"""Doors for pages' own script: save, recover; the service worker and the page to start from without a connection."""

import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from slf.drafts import sealing, services
from slf.drafts.models import Draft
from slf.drafts.rules import FINISHED, KINDS, Verdict
from slf.drafts.sealing import CannotOpen
from slf.drafts.services import Saved
from slf.drafts.wire import SealedItem, WrittenSerializer
from slf.web.api import problem_response
from slf.web.reading import json_of
from slf.work.once import as_uuid

OWNER_HEADER = "X-Draft-Owner"
KEPT_FOR_OFFLINE = (
    "govuk/govuk-frontend.min.css", "moj/moj-frontend.min.css", "slf/slf.css", "slf/casework.css", "slf/start.js",
    "slf/drafts.js", "slf/at_hand.js", "slf/offline.js", "slf/mark.svg",
)  # fmt: skip

WORKER = Path(__file__).with_name("worker.js").read_text()


@require_http_methods(["GET", "HEAD", "PUT"])
def one_draft(request: HttpRequest, uid: UUID) -> HttpResponse:
    return save(request, uid) if request.method == "PUT" else state(request, uid)


def state(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say how far the server knows a draft of the caller (0: not at all). A page that shows less loads itself again."""
    known = Draft.objects.of(request.user).filter(uid=uid).values_list("revision", flat=True).first()
    return JsonResponse({"revision": known or 0})


def save(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep what an open page holds. A page of somebody who has left this device saves nothing in another's name."""
    if request.headers.get(OWNER_HEADER, str(request.user.uid)) != str(request.user.uid):
        return problem_response(401, "This page belongs to somebody else who was signed in here.")
    sent = WrittenSerializer(data=sent_json(request))
    if not sent.is_valid():
        return problem_response(400, "This is not a draft.")
    return JsonResponse(as_answer(services.save_draft(uid, by=request.user, written=sent.written, of=sent.begun_as)))


@require_POST
def recover(request: HttpRequest) -> HttpResponse:
    """Take in one sealed copy left on this device. 422: not sealed by this person, or not to be opened any more."""
    try:
        opened = sealing.unseal(sent_json(request), owner=str(request.user.uid))
    except CannotOpen:
        return problem_response(422, "This copy cannot be opened here.")
    item = SealedItem(data=opened)
    if not item.is_valid():
        return problem_response(422, "This copy holds no draft.")
    return JsonResponse(as_answer(services.save_draft(**item.draft, by=request.user, recovered=True)))


def as_answer(saved: Saved) -> dict:
    draft = saved.draft
    to_send = FINISHED in draft.content and draft.sent_at is None and saved.verdict is not Verdict.CONFLICT
    sends = KINDS[draft.kind].sends if to_send else ""
    return {
        "uid": str(draft.uid),
        "revision": draft.revision,
        "verdict": saved.verdict,
        "was_new": saved.verdict is not Verdict.SAME,
        "saved_at": timezone.localtime(draft.saved_at).strftime("%H:%M"),
        "url": draft.get_absolute_url(),
        "send": sends and reverse(sends, args=[draft.uid]),
    }


def sent_json(request: HttpRequest) -> dict[str, Any]:
    """Return the object that was sent; anything else is an empty one, which no serializer takes."""
    try:
        sent = json_of(request.body)
    except ValueError:
        sent = {}
    return sent if isinstance(sent, dict) else {}


@ensure_csrf_cookie
@require_safe
def device(request: HttpRequest) -> JsonResponse:
    """Tell this device whose notes it keeps now, and the public key to seal them with."""
    return JsonResponse({"owner": str(request.user.uid), "key": sealing.public_key()})


@require_POST
def throw_away(request: HttpRequest, uid: UUID) -> HttpResponse:
    thrown = get_object_or_404(Draft.objects.of(request.user), uid=uid)
    services.throw_away(thrown, by=request.user, writer=as_uuid(request.POST.get("draft-writer")))
    return redirect("home")


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker from the root, with the list of the files it keeps."""
    files = json.dumps([static(name) for name in KEPT_FOR_OFFLINE])
    version = hashlib.sha256(f"{files}{offline_page()}{WORKER}".encode()).hexdigest()[:12]
    script = f'const VERSION = "slf-{version}";\nconst FILES = {files};\n{WORKER}'
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@login_not_required
@gzip_page
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show the page a device keeps to start a note without a connection. Nothing of anybody is on it."""
    return HttpResponse(offline_page(), headers={"Cache-Control": "no-cache"})


def offline_page() -> str:
    return render_to_string("slf/drafts/offline.html", {"name": settings.SERVICE_NAME})

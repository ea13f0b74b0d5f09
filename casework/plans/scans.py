"""The scan of a plan that an adult signed on paper: checked by what is in it, kept under a name that says nothing."""

import hashlib
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from casework.plans import rules
from casework.plans.models import AnswerScan, PlanAnswer
from referrals.attachments.pictures import without_whereabouts
from referrals.attachments.rules import LARGEST, WORD, kind_of, safe_name
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.errors import Conflict, DomainError, NotAllowed, NotForYou


class WrongScan(DomainError):
    """A file that is no scan."""

    status = 422
    title = "This file cannot be kept"


@transaction.atomic
def add_scan(answer: PlanAnswer, *, file: BinaryIO, name: str, by: User) -> AnswerScan:
    """Keep the scan of what somebody signed. The same file again is the same; another one is refused.

    Of a picture only the picture is kept, not where it was taken.
    """
    rows = PlanAnswer.objects.visible_to(by, can=Can.WORK_FAMILY).filter(pk=answer.pk).select_related("plan")
    held = rows.first()
    if held is None:
        raise NotForYou(rules.NOT_YOURS_TO_SCAN)
    if held.how != rules.How.PAPER:
        raise NotAllowed(rules.NOT_ON_PAPER)
    held.plan.__class__.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=held.plan_id)
    content, kind = checked(file)
    digest = hashlib.sha256(content).hexdigest()
    there = AnswerScan.objects.visible_to(by).filter(answer=held).first()
    if there is not None and there.digest != digest:
        raise Conflict(rules.SCANNED)
    if there is not None:
        return there
    scan = AnswerScan(
        family_id=held.family_id, answer=held, name=safe_name(name, kind), content_type=kind.content_type,
        size=len(content), digest=digest, added_by=by,
    )  # fmt: skip
    scan.content.save(name, ContentFile(content), save=False)
    scan.save()
    return scan


def checked(file: BinaryIO):
    """Return the content as it is kept and what it is: a PDF or a picture."""
    content = file.read(LARGEST + 1)
    kind = kind_of(content)
    if kind is WORD:
        raise WrongScan(rules.NO_SCAN)
    return (without_whereabouts(content, kind) if kind.is_picture else content), kind


def handed_out(scan: AnswerScan) -> HttpResponse:
    """Give the content to be saved, never to be shown by the browser in our name."""
    with scan.content.open("rb") as stored:
        answer = HttpResponse(stored.read(), content_type=scan.content_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=scan.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer

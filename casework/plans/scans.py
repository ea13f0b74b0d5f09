"""The scan of a plan that an adult signed on paper: checked by what is in it, kept under a name that says nothing."""

from typing import BinaryIO

from django.db import transaction

from casework.plans import rules
from casework.plans.models import AnswerScan, PlanAnswer
from slf.access.rules import Can
from slf.accounts.models import User
from slf.files.handing import handed_out
from slf.files.rules import SCANS
from slf.files.services import check, keep, take
from slf.web.errors import Conflict, NotAllowed, NotForYou

__all__ = ["add_scan", "checked", "handed_out"]


def checked(file: BinaryIO) -> None:
    """Refuse what is no scan, before anything is recorded. The file stands at its beginning again."""
    check(file, kinds=SCANS)


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
    taken = take(file, name=name, what="Scan of a signed plan", by=by, kinds=SCANS)
    held.plan.__class__.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=held.plan_id)
    there = AnswerScan.objects.visible_to(by).filter(answer=held).first()
    if there is not None and there.digest != taken.digest:
        raise Conflict(rules.SCANNED)
    if there is not None:
        return there
    scan = AnswerScan(family_id=held.family_id, answer=held, added_by=by, **taken.row)
    keep(scan.content, taken)
    scan.save()
    return scan

"""Telling who asked what became of it, and sweeping away receipts that belong to no row. No mail names a family."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import timezone

from casework.budget.models import FOLDER, Spending
from casework.budget.rules import State
from slf.work.registry import job

log = logging.getLogger(__name__)
LEFT_FOR = timedelta(days=1)
"""How long content may be without a row: longer than any request that is still to commit one."""
SUBJECT = f"{settings.SERVICE_NAME}: money for a family"
SAID = {
    State.APPROVED: "{who} approved money that you asked for. Sign in: “My day” shows for which family.",
    State.DECLINED: "{who} declined money that you asked for. Sign in: “My day” shows why.",
}


@job("budget.tell_decided", title="Telling who asked for money what was decided")
def tell_decided(job, *, spending: int) -> dict[str, int]:
    with job.step():
        found = Spending.objects.for_page().get(pk=spending)
        words, asked_by = SAID.get(State(found.state)), found.asked_by
    if not (words and asked_by.is_active and asked_by.email):
        return {"told": 0}
    send_mail(SUBJECT, words.format(who=found.decided_by), None, [asked_by.email])
    return {"told": 1}


@shared_task(name="casework.sweep_receipts")  # type: ignore[untyped-decorator]  # Celery has no types
def sweep_receipts() -> int:
    """Delete content that has had no row for a day; return how much."""
    if not default_storage.exists(FOLDER):
        return 0
    before = timezone.now() - LEFT_FOR
    stored = [FOLDER + name for name in default_storage.listdir(FOLDER)[1]]
    old = [name for name in stored if default_storage.get_modified_time(name) < before]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select slf.receipts_without_row(%s::text[])", [old])
        left = [name for (name,) in cursor.fetchall()]
    for name in left:
        log.warning("Stored receipt %s belongs to no payment and is deleted.", name)
        default_storage.delete(name)
    return len(left)

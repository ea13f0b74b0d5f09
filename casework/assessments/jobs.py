"""Telling who signs assessments off that one waits, and whoever wrote it what became of it. No mail names a family."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail

from casework.assessments.models import Assessment
from referrals.allocation.services import to_tell_of
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.accounts.models import User
from slf.work.registry import job

log = logging.getLogger(__name__)
SUBJECT = f"{settings.SERVICE_NAME}: the assessment of a family"
FINISHED = "{who} finished the assessment of a family. Sign in: “My day” shows which one it is."
SAID = {
    "signed": "{who} signed off an assessment that you wrote. Sign in to read it.",
    "returned": "{who} sent back an assessment that you wrote. Sign in: “My day” shows why.",
}


@job("assessment.tell_seniors", title="Telling who decides that an assessment waits to be signed off")
def tell_seniors(job, *, assessment: int) -> dict[str, int]:
    with job.step():
        found = Assessment.objects.for_page().get(pk=assessment)
        told = who_signs(found)
    for address in told:
        send_mail(SUBJECT, FINISHED.format(who=found.finished_by), None, [address])
    if not told:
        log.warning("Nobody could be told that assessment %s waits to be signed off.", assessment)
    return {"told": len(told)}


@job("assessment.tell", title="Telling who wrote an assessment what became of it")
def tell(job, *, assessment: int, what: str) -> dict[str, int]:
    with job.step():
        found = Assessment.objects.for_page().get(pk=assessment)
        told = [one for one in addresses({found.started_by_id, found.finished_by_id}) if one != job.asked_by.email]
    for address in told:
        send_mail(SUBJECT, SAID[what].format(who=job.asked_by), None, [address])
    return {"told": len(told)}


def who_signs(found: Assessment) -> list[str]:
    """Return the addresses of who may sign it off; of a restricted family, of nobody who is not named."""
    scope = found.family.scope
    if not scope.is_restricted:
        return to_tell_of(scope.locality_id, worker=found.finished_by)
    people = User.objects.filter(scopemember__scope=scope).exclude(pk=found.finished_by_id).distinct()
    return addresses(person.pk for person in people if rights_of(person).may(Can.SIGN_ASSESSMENT, scope.pk))


def addresses(people: Iterable[int | None]) -> list[str]:
    rows = User.objects.filter(pk__in=set(people), is_active=True).exclude(email="").order_by("pk")
    return list(rows.values_list("email", flat=True))

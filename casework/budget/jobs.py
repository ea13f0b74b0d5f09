"""Telling who asked what became of it. No mail names a family."""

from django.conf import settings
from django.core.mail import send_mail

from casework.budget.models import Spending
from casework.budget.rules import State
from slf.work.registry import job

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

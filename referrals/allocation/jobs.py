"""Telling those who allocate that families lost their worker. No family is named in a mail."""

import logging

from django.conf import settings
from django.core.mail import send_mail

from referrals.allocation import services
from slf.work.registry import job

log = logging.getLogger(__name__)
LEFT = "{worker} can no longer work with {families}, which {have} to be given to somebody else."


@job("allocation.tell_seniors", title="Telling who allocates that families lost their worker")
def tell_seniors(job, *, worker: int, locality: int | None, families: int) -> dict[str, int]:
    with job.step():
        left = services.worker_of(worker)
        told = services.to_tell_of(locality, worker=left)
    many = (
        {"families": "1 family", "have": "has"}
        if families == 1
        else {"families": f"{families} families", "have": "have"}
    )
    for address in told:
        send_mail(f"{settings.SERVICE_NAME}: families to allocate", LEFT.format(worker=left, **many), None, [address])
    if not told:
        log.warning("Nobody could be told that %s of locality %s lost their worker.", many["families"], locality)
    return {"told": len(told)}

"""Looking who is late, calling who answers, and whether the clock itself runs."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import timezone

from casework.lone_working import rules
from casework.lone_working.models import Watch
from casework.lone_working.services.asking import call
from slf.policy.models import value_of

log = logging.getLogger(__name__)
LOOK = "casework.lone_working.look"
SUBJECT = f"{settings.SERVICE_NAME}: an alarm waits for you"
CALLED = "Somebody who is out alone needs an answer. Sign in at once: “My day” shows who it is and what to do."
STOPPED_SUBJECT = f"{settings.SERVICE_NAME}: the clock has stopped"
STOPPED = (
    "The clock that looks whether somebody who is out alone is late has stopped. Workers or pages look in its place as "
    "long as they run. Start the process “beat” again."
)


@dataclass(frozen=True)
class Clock:
    """Whether somebody looks who is late: ``runs`` at all, and whether the clock itself does."""

    runs: bool
    is_itself: bool
    looked_at: datetime | None


def clock() -> Clock:
    looks: Mapping[str, datetime] = dict(Watch.objects.values_list("source", "looked_at"))
    now, last = timezone.now(), max(looks.values(), default=None)
    return Clock(not rules.has_stopped(last, now=now), not rules.has_stopped(looks.get("beat"), now=now), last)


def look(source: str) -> int:
    """Raise the alarm of whoever is late, call who answers, and say so when the clock itself has stopped."""
    with transaction.atomic():
        raised: int = call("look_who_is_late", source, timedelta(minutes=value_of(rules.ESCALATE)))
    send_calls()
    if source != "beat":
        tell_that_it_stopped()
    return raised


def send_calls() -> None:
    """Send what is to be sent; what fails is tried again. Each stays locked until then, so that nobody sends it too."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select call, address from slf.calls_to_mail()")
            found = cursor.fetchall()
        for number, address in found:
            try:
                send_mail(SUBJECT, CALLED, None, [address])
            except (SMTPException, OSError):
                log.exception("Call %s could not be mailed; it is tried again.", number)
            else:
                call("call_was_mailed", number)


def tell_that_it_stopped() -> None:
    silent: Any = rules.STOPPED_AFTER
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select address from slf.who_hears_that_the_clock_stopped(%s)", [silent])
        heard = [address for (address,) in cursor.fetchall()]
    for address in heard:
        send_mail(STOPPED_SUBJECT, STOPPED, None, [address])


def stand_in(source: str) -> bool:
    """Look in the clock's place if nobody has looked for too long; tell whether that was needed."""
    with transaction.atomic():
        needed = not clock().runs
    if needed:
        log.warning("Nobody looked who is late: %s does it in place of the clock.", source)
        look(source)
    return needed


def look_at_once() -> None:
    """Have a worker send what was raised just now. A broker that is away must not break the page."""
    transaction.on_commit(
        lambda: current_app.send_task(LOOK, args=["worker"], queue="default", retry=False), robust=True
    )


def forget_outings() -> int:
    """Delete the rows whose time is over."""
    with transaction.atomic():
        gone: int = call("forget_outings", timedelta(days=value_of(rules.KEPT)))
    return gone

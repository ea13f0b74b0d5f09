"""The clock's door, and the workers' own: who is late, and what is forgotten.

A worker looks by itself too, so that the alarm runs on when the process of the clock does not.
"""

from typing import Any

from celery import current_app, shared_task
from celery.signals import worker_ready

from casework.lone_working import services
from casework.lone_working.rules import LOOKS_EVERY


@shared_task(name=services.LOOK)
def look(source: str = "beat") -> None:
    services.look(source)


@shared_task(name="casework.lone_working.forget")
def forget() -> None:
    services.forget_outings()


@worker_ready.connect
def look_by_oneself(sender: Any, **kwargs: Any) -> None:
    """Have this worker ask for a look every so often, whatever the clock does."""
    sender.timer.call_repeatedly(LOOKS_EVERY.total_seconds(), ask_for_a_look)


def ask_for_a_look() -> None:
    seconds = LOOKS_EVERY.total_seconds()
    current_app.send_task(services.LOOK, args=["worker"], queue="default", retry=False, expires=seconds)

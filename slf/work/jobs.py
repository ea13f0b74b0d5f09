"""Celery's and the clock's door: run one job, sweep up lost ones, forget old keys."""

from celery import shared_task

from slf.work import services


@shared_task(name="slf.work.run")
def run(uid: str) -> None:
    services.run(uid)


@shared_task(name="slf.work.sweep")
def sweep() -> None:
    services.sweep()


@shared_task(name="slf.work.forget_once_keys")
def forget_once_keys() -> None:
    services.forget_once_keys()

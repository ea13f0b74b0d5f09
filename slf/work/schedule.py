"""The clock's part of the work. A missed sweep is not worth catching up on: it expires before the next.

Written for django-celery-beat, which reads ``expire_seconds`` and drops Celery's own ``expires``.
"""

from celery.schedules import crontab

BEAT = {
    "send lost jobs again": {"task": "slf.work.sweep", "schedule": 5.0, "options": {"expire_seconds": 5}},
    "forget old request keys": {"task": "slf.work.forget_once_keys", "schedule": crontab(minute=17)},
    "look who is late": {
        "task": "casework.lone_working.look", "schedule": 20.0, "options": {"expire_seconds": 20},
    },
    "forget who was out alone": {"task": "casework.lone_working.forget", "schedule": crontab(minute=29)},
    "look for missed clocks of concerns": {"task": "concerns.look_for_missed", "schedule": crontab(minute="*/5")},
    "promise the mail of the day": {"task": "performance.promise_digests", "schedule": crontab(minute="*/10")},
    "take back emergency access": {"task": "slf.access.close_emergencies", "schedule": crontab(minute="*/10")},
    "end what a hand-over left open": {"task": "casework.transfers.close_kept", "schedule": crontab(minute="*/30")},
    "derive permissions of a new day": {"task": "slf.access.derive_everybodys", "schedule": crontab(hour=0, minute=5)},
    "find families a scheme is for": {"task": "performance.identify", "schedule": crontab(hour=1, minute=35)},
    "work out progress to results": {"task": "performance.monitor", "schedule": crontab(hour=2, minute=35)},
    "sweep files without a row": {"task": "slf.files.sweep", "schedule": crontab(hour=3, minute=15)},
    "look at files the scanner could not look at": {
        "task": "slf.files.look_again", "schedule": 60.0, "options": {"expire_seconds": 60},
    },
    "promise the reports that are due": {"task": "performance.promise_reports", "schedule": crontab(hour=5, minute=20)},
    "clear sessions that are over": {"task": "slf.accounts.clear_sessions", "schedule": crontab(minute=41)},
    "look what changed since claims were frozen": {
        "task": "performance.look_since", "schedule": crontab(hour=3, minute=35),
    },
    "verify the trail of claims": {"task": "performance.verify_trail", "schedule": crontab(hour=2, minute=35)},
    "seal yesterday's view log": {"task": "slf.access.seal_views", "schedule": crontab(hour=2, minute=5)},
}  # fmt: skip

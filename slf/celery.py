"""The Celery application: it carries nudges; what was promised, by whom, stands in ``slf.work``'s rows."""

from celery import Celery

app = Celery("slf")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "slf.work", "slf.access", "slf.accounts", "slf.files", "casework.transfers", "casework.lone_working",
        "casework.safeguarding", "performance.digest",
    ],
    related_name="jobs",
)  # fmt: skip

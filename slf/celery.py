"""The Celery application: queues, delivery guarantees and the rights a task runs under."""

from celery import Celery

app = Celery("slf")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

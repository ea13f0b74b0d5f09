"""What all five floors stand on. Importing Celery here gives tasks `delay_on_commit`."""

from slf.celery import app as celery_app

__all__ = ["celery_app"]

"""Work in the background: the row in the database is the promise, Celery only carries the nudge."""

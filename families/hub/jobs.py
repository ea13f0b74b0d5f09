"""Loading a file in the background, or trying its rows again, in the name of whoever sent it."""

from django.urls import reverse

from families.hub import services
from slf.work.registry import job


@job("hub.load", title="Loading a file", queue="reports")
def load(job, *, file: str) -> dict[str, int]:
    job.result_url = reverse("families:feed_file", args=[file])
    return services.load_file(job, file=file)


@job("hub.retry", title="Trying rows of a file again", queue="reports")
def retry(job, *, retry: str, file: str) -> dict[str, int]:
    job.result_url = reverse("families:feed_file", args=[file])
    return services.retry_rows(job, retry=retry)

"""Loading a file in the background, in the name of whoever sent it."""

from django.urls import reverse

from families.hub import services
from slf.work.registry import job


@job("hub.load", title="Loading a file", queue="reports")
def load(job, *, file: str) -> dict[str, int]:
    job.result_url = reverse("families:feed_file", args=[file])
    return services.load_file(job, file=file)

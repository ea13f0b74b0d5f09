"""Taking a list back in the background, in the name of whoever decided it."""

from django.urls import reverse

from casework.taking_back import services
from slf.work.registry import job


@job("importing.take_back", title="Taking a list back", queue="reports")
def take_back(job, *, taking: str) -> dict[str, int]:
    job.result_url = reverse("casework:taking_back", args=[taking])
    return services.take_back(job, taking=taking)

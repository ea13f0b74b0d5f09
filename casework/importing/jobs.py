"""Trying a list in the background, and making it, in the name of whoever asked."""

from django.urls import reverse

from casework.importing import looking_up, making, services
from slf.work.registry import job


@job("importing.try", title="Trying a list", queue="reports")
def try_list(job, *, file: str) -> dict[str, int]:
    job.result_url = reverse("casework:import", args=[file])
    return services.try_file(job, file=file)


@job("importing.make", title="Bringing families over", queue="reports")
def make(job, *, file: str) -> dict[str, int]:
    job.result_url = reverse("casework:import", args=[file])
    return making.make_file(job, file=file)


@job("importing.numbers", title="Looking up the numbers of a list", queue="reports")
def look_up(job, *, file: str) -> None:
    job.result_url = reverse("casework:import", args=[file])
    looking_up.look_up_numbers(job, file=file)

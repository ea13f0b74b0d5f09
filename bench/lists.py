"""List pages: how many queries, how long, and whether 10,000 rows behind a page cost more than 10."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from django.db import connection
from django.test import Client

from bench.figures import Line, in_turns, percentile
from casework.glance import views as glance
from performance.outcomes import views as outcomes
from referrals.triage.views import queue as triage
from slf.accounts.models import User

PAGES = {
    "My families": ("/casework/families/", "fsw"),
    "Families of a locality": ("/families/", "senior"),
    "Triage queue": ("/referrals/triage/", "senior"),
    "Dashboard figure, open cases": ("/performance/dashboard/open/", "senior"),
}
MOST_QUERIES = 12


def sign_in(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def opened(client: Client, address: str):
    def read() -> None:
        response = client.get(address)
        if response.status_code != 200:
            message = f"{address} answered {response.status_code}"
            raise RuntimeError(message)

    return read


class Counter:
    """Every statement that reaches PostgreSQL, session and rights included."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def queries(read) -> int:
    with connection.execute_wrapper(counter := Counter()):
        read()
    return counter.count


@contextmanager
def ten_a_page() -> Iterator[None]:
    """Show ten rows on every page, so that a list of ten and a list of ten thousand show as much."""
    with (
        patch.object(glance, "PAGE", 10),
        patch.object(triage, "A_PAGE", 10),
        patch.object(outcomes, "ROWS_A_PAGE", 10),
    ):
        yield


def people(county: SimpleNamespace, role: str) -> tuple[User, User]:
    """Return who reads the list of few rows and who the list of many."""
    small, large = county.small.slug, county.large.slug
    if role == "senior":
        return county.seniors[small], county.seniors[large]
    return county.workers[small][0], county.workers[large][3]


def measure(county: SimpleNamespace, *, times: int) -> Iterator[Line]:
    for name, (address, role) in PAGES.items():
        few, many = (opened(sign_in(user), address) for user in people(county, role))
        in_turns([few, many], times=1)
        counted = queries(few), queries(many)
        yield Line(
            f"{name}: queries",
            max(counted),
            "",
            MOST_QUERIES,
            note=f"{counted[0]} with 10 rows, {counted[1]} with 10,000",
        )
        ((*_, full),) = [in_turns([few, many], times=times)]
        yield Line(
            f"{name}: p95",
            percentile(full, 0.95) * 1000,
            "ms",
            200,
            watched=True,
            note=f"{county.families:,} families, {times} requests",
        )
        with ten_a_page():
            yield ratio_of(name, role, in_turns([few, many], times=times))


def ratio_of(name: str, role: str, seconds: list[list[float]]) -> Line:
    few, many = (percentile(column, 0.5) * 1000 for column in seconds)
    behind = "caseload of 10 and 15, county behind" if role == "fsw" else "10 rows a page"
    return Line(
        f"{name}: 10,000 rows / 10 rows", many / few, "x", 1.3, note=f"medians {many:.1f} / {few:.1f} ms; {behind}"
    )

"""Single pages: my day, dashboard, data quality, team and drift at county size, and a family with 500 entries."""

from collections.abc import Iterator
from types import SimpleNamespace

from django.db import transaction

from bench.county import filling
from bench.figures import Line, in_turns, percentile
from bench.lists import opened, queries, sign_in
from families.people.models import Family
from slf.access.acting import acting_as

ENTRIES = 500
LONG = """
    insert into casework_visit (uid, family_id, scope_id, kind, happened_on, note, grade, recorded_at, recorded_by_id)
    select gen_random_uuid(), %(family)s, scope_id, 'home', date '2014-10-10' - n, 'Seen at home.', '', now(), %(by)s
    from families_family, generate_series(1, %(entries)s) n where id = %(family)s
"""


def measure(county: SimpleNamespace, *, times: int) -> Iterator[Line]:
    small, large = county.small.slug, county.large.slug
    yield from pair(
        "My day of a worker", "/", county.workers[small][0], county.workers[large][3], times=times, watched=200
    )
    yield from pair("My day of a senior", "/", county.seniors[small], county.seniors[large], times=times, watched=200)
    address = f"/performance/dashboard/?locality={small}"
    yield from pair(
        "Dashboard at county size", "/performance/dashboard/", county.office, county.office,
        few_at=address, times=max(20, times // 5), watched=500,
    )  # fmt: skip
    seniors = county.seniors[small], county.seniors[large]
    yield from pair("Data quality", "/performance/quality/", *seniors, times=max(20, times // 5), watched=500)
    for name, address in (("Team", "/casework/team/"), ("Drift list", "/casework/drift/")):
        yield from pair(name, address, *seniors, times=max(20, times // 5), watched=500)
    yield from of_a_family(county, times=times)


def pair(name: str, address: str, few, many, *, times: int, watched: int, few_at: str = "") -> Iterator[Line]:
    """Compare a page of few rows with one of many: the same queries, and how long the many take."""
    acts = [opened(sign_in(few), few_at or address), opened(sign_in(many), address)]
    in_turns(acts, times=1)
    yield from lines(name, acts, times=times, watched=watched, note="10 families / the large place")


def of_a_family(county: SimpleNamespace, *, times: int) -> Iterator[Line]:
    """Compare a family with a handful of entries with one of 500, on its page and in its chronology."""
    worker = county.workers[county.large.slug][3]
    with acting_as(worker), transaction.atomic():
        short, long = Family.objects.visible_to(worker).filter(shares__user=worker).order_by("pk")[:2]
    with filling() as cursor:
        cursor.execute(LONG, {"family": long.pk, "by": worker.pk, "entries": ENTRIES})
    client = sign_in(worker)
    for name, root, part in (("Family page", "", ""), ("Chronology", "/casework", "chronology/")):
        acts = [opened(client, f"{root}/families/{family.uid}/{part}") for family in (short, long)]
        in_turns(acts, times=1)
        yield from lines(name, acts, times=times, watched=200, note=f"few entries / {ENTRIES}")


def lines(name: str, acts, *, times: int, watched: int, note: str) -> Iterator[Line]:
    few, many = (queries(act) for act in acts)
    yield Line(f"{name}: queries with many rows / few", many / few, "x", 1, note=f"{many} / {few}, {note}")
    *_, full = in_turns(acts, times=times)
    yield Line(f"{name}: p95", percentile(full, 0.95) * 1000, "ms", watched, watched=True, note=note)

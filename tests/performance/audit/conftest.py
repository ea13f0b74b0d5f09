import pytest
from django.db import transaction

from performance.audit import services
from performance.audit.frame import open_own_samples
from performance.audit.models import AuditTest
from slf.access.acting import acting_as
from tests.performance.claims.conftest import office, prepare, review, unconfirmed  # noqa: F401  (fixtures)
from tests.performance.claims.factories import family_with_a_result, seen


@pytest.fixture
def families(charnwood, melton, everything):
    """Two families of one locality and one of another, each with a result and seen before it: none warns."""
    made = [family_with_a_result(by=everything, locality=place) for place in (charnwood, charnwood, melton)]
    for family in made:
        seen(family, by=everything)
    return made


@pytest.fixture
def run(families, prepare, review):  # noqa: F811
    return review(prepare())


@pytest.fixture
def sampled(run, office):  # noqa: F811
    with acting_as(office.auditor):
        return services.draw_sample(run, seed="7 3 5", by=office.auditor)


@pytest.fixture
def sample_of():
    """Return ``sample_of(run, user)``: the lines of the sample this person sees, by place."""

    def of(run, user):
        with acting_as(user), transaction.atomic():
            open_own_samples()
            rows = AuditTest.objects.visible_to(user).filter(run=run).select_related("run", "claim__judged")
            return list(rows.order_by("place"))

    return of

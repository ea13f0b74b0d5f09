"""A family and its worker, who looks at its plan; who says what to it."""

import pytest

from casework.plans.rules import How, Said
from casework.plans.services import record_answer
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family
from tests.casework.plans.factories import AGREED
from tests.factories import FamilyFactory


@pytest.fixture
def family():
    return FamilyFactory(household=True, name="The Hartleys")


@pytest.fixture
def worker(post, charnwood, family, everything):
    user = post(Role.FSW, charnwood)
    hold_family(family, user=user, kind=Share.Kind.WORKER, by=everything)
    return user


@pytest.fixture
def client(worker, signed_in):
    return signed_in(worker)


@pytest.fixture
def says(everything):
    """Return ``says(plan, person, said=..., on=...)``: record one adult's answer."""

    def record(plan, person, said=Said.AGREED, *, on=AGREED, revision=None, reason=""):
        revision = plan.revision if revision is None else revision
        return record_answer(
            plan, person=person, said=said, how=How.PAPER, said_on=on, revision=revision, reason=reason, by=everything
        )

    return record

"""Who says what to a plan."""

import pytest

from casework.plans.rules import How, Said
from casework.plans.services import record_answer
from tests.casework.plans.factories import AGREED


@pytest.fixture
def says(everything):
    """Return ``says(plan, person, said=..., on=...)``: record one adult's answer."""

    def record(plan, person, said=Said.AGREED, *, on=AGREED, revision=None, reason=""):
        revision = plan.revision if revision is None else revision
        return record_answer(
            plan, person=person, said=said, how=How.PAPER, said_on=on, revision=revision, reason=reason, by=everything
        )

    return record

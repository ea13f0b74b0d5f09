"""What is shown all the same, and what is contested, of a family that is known twice: either entry's facts."""

from datetime import date

import pytest

from families.contesting.marks import contested_facts
from families.contesting.models import Contest
from families.facts.models import Fact
from families.overriding.models import overridden
from families.overriding.rules import Occasion
from families.overriding.services import show_all_the_same
from families.register.rules import Purpose
from families.register.services import use_on
from families.sharing.use import facts_for
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family
from tests.casework.merging.factories import known_twice, made_one
from tests.families.households.factories import MAY, TODAY, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.SERVICE_DATE = TODAY.isoformat()


@pytest.fixture
def pair(everything):
    """Return the family that is there again, with a fact from health, and the one that stands."""
    again, family, people = known_twice()
    fact = Fact.objects.create(
        family=again, kind="homelessness", agency="health", source="feed", source_name="Ward round, row 3",
        source_key="one", period=(date(2014, 3, 3), date(2014, 3, 4)), recorded_on=date(2014, 4, 1),
        recorded_by=everything,
    )  # fmt: skip
    return again, family, people["Dawn"].person, fact


def test_what_is_shown_all_the_same_is_of_either(pair, post, charnwood, everything):
    again, family, _, fact = pair
    worker, senior = post(Role.FSW, charnwood), post(Role.SENIOR, charnwood)
    hold_family(family, user=worker, kind=Share.Kind.WORKER, by=everything)
    made_one(again, family)
    with acting_as(senior):
        show_all_the_same(
            family, agency="health", kind="homelessness", shown_to=worker, occasion=Occasion.COURT, by=senior,
            reason="The court asked for it by noon",
        )  # fmt: skip
    with acting_as(worker):
        facts = facts_for(use_on(TODAY, purpose=Purpose.SUPPORT), user=worker, also=overridden(worker))
        assert list(facts.filter(family=family)) == [fact]


def test_what_was_contested_before_is_told_of_a_claim_for_the_family_that_stands(pair, post):
    again, family, mother, fact = pair
    Contest.objects.create(
        family=again, kind="correction", raised_by=mother, about="fact", target=fact.uid, words="Homelessness",
        says="We were at my sister's", received_on=MAY, due_on=TODAY, taken_by=somebody(),
    )  # fmt: skip
    made_one(again, family)
    with acting_as(post(Role.AUDITOR)):
        assert contested_facts(family.pk) == {str(fact.uid): MAY}

from datetime import date

import pytest
from django.urls import reverse

from families.facts.models import Fact
from slf.access.rules import Role
from tests.factories import FamilyFactory

AGENCY = {"exclusion_fixed": "schools", "benefit_spell": "dwp"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def family(everything):
    family = FamilyFactory(household=True)
    child = family.memberships.filter(part="child").first().person
    first = fact(family, child, everything, key="1")
    fact(family, child, everything, key="2", supersedes=first, source_name="Exclusions file, row 9")
    return family


def fact(family, person, by, *, key, **more):
    given = {"source_name": "Exclusions file, row 2", **more}
    given = {"kind": "exclusion_fixed", "period": (date(2014, 3, 3), date(2014, 3, 5))} | given
    return Fact.objects.create(
        family=family, person=person, source="feed", agency=AGENCY[given["kind"]], source_key=key,
        recorded_on=date(2014, 4, 1), recorded_by=by, **given,
    )  # fmt: skip


def page(client, family):
    return client.get(reverse("families:evidence", args=[family.uid]))


class TestTheEvidence:
    def test_names_each_fact_with_its_source_and_marks_the_corrected(self, family, signed_in, post, charnwood):
        text = page(signed_in(post(Role.SENIOR, charnwood)), family).content.decode()
        assert "Exclusions file, row 9" in text
        assert text.count("Corrected later") == 1

    def test_says_what_each_fact_states_and_what_it_corrects(self, family, signed_in, post, charnwood, everything):
        adult = family.memberships.filter(part="parent").first().person
        for benefit in ("JSA", "UC"):
            said = {"kind": "benefit_spell", "period": (date(2014, 5, 1), None), "value": {"benefit": benefit}}
            fact(family, adult, everything, key=benefit, **said)
        text = " ".join(page(signed_in(post(Role.SENIOR, charnwood)), family).content.decode().split())
        assert "Benefit: JSA" in text
        assert "Benefit: UC" in text
        assert "From 1 May 2014, still going on" in text
        assert "3 March 2014 to 4 March 2014" in text
        assert text.count("Corrects what was recorded on") == 1

    def test_is_open_to_the_data_office_which_sees_no_casework(self, family, signed_in, post):
        text = page(signed_in(post(Role.DATA)), family).content.decode()
        assert "Fixed-term exclusion" in text
        assert "Chronology" not in text

    def test_is_closed_to_a_worker_who_sees_the_card(self, family, signed_in, post, charnwood):
        assert page(signed_in(post(Role.FSW, charnwood)), family).status_code == 404

    def test_is_told_to_programs_in_pages(self, family, api, post, charnwood, everything):
        child = family.memberships.filter(part="child").first().person
        for n in range(60):
            fact(family, child, everything, key=f"more-{n}")
        address, client = reverse("api-evidence", args=[family.uid]), api(post(Role.SENIOR, charnwood))
        first, second = client.get(address).json(), client.get(address, {"page": 2}).json()
        assert (first["count"], len(first["results"]), len(second["results"])) == (62, 50, 12)
        assert client.get(address, {"page": 3}).status_code == 404

    def test_costs_the_same_for_many(
        self, family, signed_in, post, charnwood, django_assert_max_num_queries, everything
    ):
        client = signed_in(post(Role.SENIOR, charnwood))
        page(client, family)
        with django_assert_max_num_queries(40) as few:
            page(client, family)
        child = family.memberships.filter(part="child").first().person
        for n in range(30):
            fact(family, child, everything, key=f"more-{n}")
        with django_assert_max_num_queries(len(few)):
            page(client, family)

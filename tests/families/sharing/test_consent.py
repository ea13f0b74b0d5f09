"""What rests on consent is used while somebody who may say so has said yes, and not a day longer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from families.facts.models import Fact
from families.register.models import Gateway
from families.register.rules import Ground, Purpose
from families.register.services import use_on
from families.sharing.models import Consent
from families.sharing.services import NOT_THEIRS, SAY_WHY, record_consent
from families.sharing.use import facts_for, left_out
from slf.access.rules import Role
from slf.access.services import hold_family
from slf.clock import today
from slf.web.errors import NotAllowed
from tests.factories import FamilyFactory
from tests.families.register.factories import close_gateway, in_force

pytestmark = pytest.mark.django_db
SCHOOL = Ground("education", "schools", by_consent=True)


@pytest.fixture
def family(everything):
    return FamilyFactory(household=True)


@pytest.fixture
def people(family):
    return [row.person for row in family.memberships.order_by("pk")]


@pytest.fixture
def parent(people):
    return people[0]


@pytest.fixture
def child(people):
    return people[2]


@pytest.fixture(autouse=True)
def _by_consent(family, child, everything):
    """What schools say is used by consent only, and there is one such fact about the eldest child."""
    close_gateway("schools", "education", "support")
    in_force(Gateway, agency="schools", category="education", purpose="support", law="Consent", by_consent=True)
    Fact.objects.create(
        family=family, person=child, kind="exclusion_fixed", agency="schools", source="feed", source_name="A file",
        source_key="one", period=(date(2014, 3, 3), date(2014, 3, 4)), recorded_on=date(2014, 4, 1),
        recorded_by=everything,
    )  # fmt: skip


@pytest.fixture
def says(family, everything):
    def say(state, *, said_by, person=None, on=None, **more):
        said = {"purpose": Purpose.SUPPORT, "how": "in_person", "said_on": on or today(), "by": everything}
        return record_consent(family, SCHOOL, state=state, said_by=said_by, person=person, **said, **more)

    return say


@pytest.fixture
def used(family, everything):
    use = use_on(today(), purpose=Purpose.SUPPORT)
    return lambda on=None: facts_for(replace(use, on=on or today()), user=everything).count() == 1


class TestWhatRestsOnConsent:
    def test_is_left_out_until_somebody_says_yes(self, says, used, parent):
        assert not used()
        says("given", said_by=parent)
        assert used()

    def test_is_left_out_again_once_it_is_taken_back(self, says, used, parent, family, everything):
        says("given", said_by=parent, on=today() - timedelta(days=9))
        says("withdrawn", said_by=parent)
        assert not used()
        (left,) = left_out(family, use_on(today(), purpose=Purpose.SUPPORT), user=everything)
        assert "with consent only, and there is none today" in left.because

    def test_is_used_on_the_days_between_and_on_no_other(self, says, used, parent):
        says("given", said_by=parent, on=today() - timedelta(days=9))
        says("withdrawn", said_by=parent, on=today() - timedelta(days=2))
        assert [used(today() - timedelta(days=ago)) for ago in (10, 9, 3, 2)] == [False, True, True, False]

    def test_is_not_opened_by_a_yes_to_another_purpose(self, family, used, parent, everything):
        record_consent(
            family, SCHOOL, purpose=Purpose.CLAIM, person=None, said_by=parent, state="given", said_on=today(),
            how="in_person", by=everything,
        )  # fmt: skip
        assert not used()


class TestAChild:
    def test_who_understands_decides_for_themselves_whatever_the_family_says(self, says, used, parent, child):
        says("refused", said_by=child, person=child, on=today() - timedelta(days=3), competence="Explained it back")
        says("given", said_by=parent)
        assert not used()

    def test_decides_nothing_until_somebody_says_why_they_may(self, says, child):
        with pytest.raises(NotAllowed, match=SAY_WHY):
            says("given", said_by=child, person=child)

    def test_is_spoken_for_by_a_parent(self, says, used, parent, child):
        says("given", said_by=parent, person=child)
        assert used()


class TestAnAdult:
    def test_does_not_speak_for_another_adult(self, says, people):
        with pytest.raises(NotAllowed, match=NOT_THEIRS):
            says("given", said_by=people[0], person=people[1])


class TestAStatement:
    @pytest.mark.parametrize(
        "change", [lambda rows: rows.update(state="given"), lambda rows: rows.delete()], ids=["state", "row"]
    )
    def test_is_never_changed(self, says, parent, change):
        row = says("refused", said_by=parent)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change(Consent.objects.filter(pk=row.pk))


class TestTheForm:
    @pytest.fixture
    def client(self, signed_in, post, charnwood, family, everything):
        worker = post(Role.FSW, charnwood)
        hold_family(family, user=worker, kind="worker", by=everything)
        return signed_in(worker)

    @pytest.fixture
    def sent(self, parent):
        return {
            "what": "support:schools:education", "person": "family", "state": "given", "said_by": str(parent.uid),
            "said_on_day": "1", "said_on_month": "10", "said_on_year": "2014", "how": "writing",
            "evidence": "Locked cabinet, Loughborough",
        }  # fmt: skip

    def test_keeps_what_was_said_and_the_page_shows_it(self, client, sent, family, used):
        answer = client.post(reverse("families:new_consent", args=[family.uid]), sent, follow=True)
        assert "Locked cabinet, Loughborough" in answer.content.decode()
        assert used()

    def test_says_beside_the_field_why_a_child_does_not_decide(self, client, sent, family, child):
        address = reverse("families:new_consent", args=[family.uid])
        text = client.post(address, sent | {"said_by": str(child.uid)}).content.decode()
        assert SAY_WHY.rstrip(".") in text
        assert "Locked cabinet, Loughborough" in text

    def test_takes_nobody_of_another_family(self, client, sent, family):
        stranger = FamilyFactory(household=True).memberships.first().person
        address = reverse("families:new_consent", args=[family.uid])
        assert "govuk-error-summary" in client.post(address, sent | {"said_by": str(stranger.uid)}).content.decode()
        assert not Consent.objects.exists()

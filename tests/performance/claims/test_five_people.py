"""Who may give their word and put their name to a run: one's own locality, no other part in it, no family known."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from performance.audit import services as audit
from performance.claims.models import ClaimRun
from performance.claims.putting_names import sign_run
from performance.claims.reviewing import localities_of, review_claims
from performance.claims.reviews import LocalityReview
from performance.claims.rules import State
from performance.home.claims import to_review
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.access.rules import Role
from slf.access.services import give_post
from slf.web.errors import Incomplete, NotAllowed, NotForYou
from tests.families.interests.factories import knows
from tests.performance.claims.factories import CLAIM_ON, already, family_with_a_result, sign_off_warnings

pytestmark = pytest.mark.django_db(transaction=True)
SINCE = CLAIM_ON.replace(year=2012)


@pytest.fixture
def families(charnwood, melton, everything):
    return [family_with_a_result(by=everything, locality=place) for place in (charnwood, melton)]


@pytest.fixture
def run(families, prepare):
    return prepare()


@pytest.fixture
def managers(post, charnwood, melton):
    return {place.slug: post(Role.MANAGER, place) for place in (charnwood, melton)}


def say(run, slug, by, *, agreed=True, word="") -> ClaimRun:
    with acting_as(by), transaction.atomic():
        return review_claims(run, locality=Locality.objects.get(slug=slug), agreed=agreed, word=word, by=by)


def sql(by, statement, *values):
    with acting_as(by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


class TestAReview:
    def test_moves_the_run_on_once_every_locality_with_claims_agreed(self, run, managers):
        assert say(run, "charnwood", managers["charnwood"]).state == State.PREPARED
        assert say(run, "melton", managers["melton"]).state == State.REVIEWED

    def test_is_of_ones_own_locality(self, run, managers):
        with pytest.raises(NotAllowed, match="not yours to review"):
            say(run, "melton", managers["charnwood"])
        with acting_as(managers["charnwood"]), transaction.atomic():
            seen = list(run.claims.visible_to(managers["charnwood"]))
        assert [claim.scope.locality.slug for claim in seen] == ["charnwood"]

    def test_sent_back_says_why_and_holds_the_run_until_the_manager_agrees(self, run, managers):
        with pytest.raises(Incomplete):
            say(run, "charnwood", managers["charnwood"], agreed=False)
        say(run, "charnwood", managers["charnwood"], agreed=False, word="Nobody worked with the second family")
        assert say(run, "melton", managers["melton"]).state == State.PREPARED
        assert say(run, "charnwood", managers["charnwood"]).state == State.REVIEWED

    def test_of_one_locality_is_not_read_in_another(self, run, managers, office):
        say(run, "charnwood", managers["charnwood"], agreed=False, word="About one family")
        for reader, words in ((managers["melton"], []), (office.head, ["About one family"])):
            with acting_as(reader), transaction.atomic():
                assert [each.review.word for each in localities_of(run, by=reader) if each.review] == words
                assert len(LocalityReview.objects.filter(run=run)) == len(words)

    def test_waits_on_my_day_of_whoever_gives_it_until_it_is_given(self, run, managers):
        manager = managers["charnwood"]
        with acting_as(manager), transaction.atomic():
            assert len(to_review(manager, CLAIM_ON).panels[0].items) == 1
        say(run, "charnwood", manager)
        with acting_as(manager), transaction.atomic():
            assert not to_review(manager, CLAIM_ON).panels[0].items

    def test_by_whoever_prepared_the_run_is_refused(self, run, office):
        give_post(office.data, role=Role.MANAGER, locality=None, by=office.head, starts_on=SINCE)
        with pytest.raises(NotForYou, match="five people"):
            say(run, "charnwood", office.data)
        with pytest.raises(ProgrammingError, match="not yours to review"):
            sql(office.data, "select slf.review_claims(%s, %s, true, '')", run.pk, Locality.objects.first().pk)

    def test_keeps_its_manager_from_auditing_and_signing(self, run, managers, office, everything):
        for slug, manager in managers.items():
            say(run, slug, manager)
        both = managers["charnwood"]
        for role in (Role.AUDITOR, Role.HEAD):
            give_post(both, role=role, locality=None, by=everything, starts_on=SINCE)
        with acting_as(both), pytest.raises(NotForYou, match="five people"):
            audit.draw_sample(run, by=both)
        with pytest.raises(ProgrammingError, match="not yours to take"):
            sql(both, "update performance_claimrun set state = 'sampled', audited_by_id = %s", both.pk)

    @pytest.mark.parametrize(
        "statement",
        [
            "insert into performance_localityreview (uid, scope_id, run_id, locality_id, agreed, word, reviewed_by_id, "
            "reviewed_at) select gen_random_uuid(), scope_id, id, 1, true, '', prepared_by_id, now() "
            "from performance_claimrun",
            "update performance_localityreview set agreed = true",
            "delete from performance_localityreview",
        ],
    )
    def test_is_written_by_its_function_alone(self, run, office, statement):
        with pytest.raises(ProgrammingError, match="permission denied"):
            sql(office.data, statement)

    @pytest.mark.parametrize("who", ["data", "head", "auditor"])
    def test_is_skipped_by_nobody(self, run, office, who):
        with pytest.raises(ProgrammingError, match="not yours to take"):
            sql(getattr(office, who), "update performance_claimrun set state = 'reviewed', reviewed_at = now()")


class TestSomebodyWhoKnowsAFamily:
    def test_reviews_nothing_of_the_run(self, run, families, managers):
        knows(families[0], managers["charnwood"])
        with pytest.raises(NotForYou, match="know a family"):
            say(run, "charnwood", managers["charnwood"])

    def test_audits_nothing_of_the_run(self, run, families, review, office, everything):
        review(run)
        knows(families[0], office.auditor, by=everything)
        with acting_as(office.auditor), pytest.raises(NotForYou, match="know a family"):
            audit.draw_sample(run, by=office.auditor)
        with pytest.raises(ProgrammingError, match="not yours to take"):
            sql(office.auditor, "update performance_claimrun set state = 'sampled', audited_by_id = %s",
                office.auditor.pk)  # fmt: skip

    @pytest.mark.parametrize("another", [True, False])
    def test_signs_only_where_nobody_else_could_and_it_is_written_down(
        self, run, families, office, post, everything, another
    ):
        already(run, State.AUDITED)
        knows(families[0], office.head)
        if another:
            post(Role.HEAD)
            with acting_as(office.head), pytest.raises(NotForYou, match="know a family"):
                sign_run(run, by=office.head)
        else:
            with acting_as(office.head), pytest.raises(NotAllowed, match="not passed"):
                sign_run(run, by=office.head)
            sign_off_warnings(run, by=office.manager)
            sql(office.head, "update performance_claimrun set state = 'signed', signed_by_id = %s, "
                             "signed_knowing = true", office.head.pk)  # fmt: skip
            with acting_as(office.head), transaction.atomic():
                assert ClaimRun.objects.get(pk=run.pk).signed_knowing

"""Two people with the same file at the same moment, each on a connection of their own."""

import pytest
from django.db import transaction

from families.facts.models import Fact
from families.hub.models import FeedFile
from families.hub.services import FEEDS, load_chunk, rows_of
from performance.demo.identifiers import made_up_upn
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict
from slf.work.models import Job
from tests.at_once import at_once, meanwhile, wait_for_a_lock
from tests.factories import MembershipFactory
from tests.families.hub.factories import ATTENDANCE, as_csv, receive

pytestmark = pytest.mark.django_db(transaction=True)


def sent_at_once(*people):
    def sending(person):
        def verb():
            with acting_as(person):
                return receive(as_csv([ATTENDANCE]), by=person)

        return verb

    return at_once(*map(sending, people))


class TestTwoPeopleSendingTheSameFileAtOnce:
    @pytest.mark.parametrize("attempt", range(3))
    def test_one_wins_and_the_other_is_told(self, post, charnwood, attempt):
        given = sent_at_once(post(Role.DATA), post(Role.DATA))
        (kept,) = [one for one in given if isinstance(one, FeedFile)]
        (refused,) = [one for one in given if isinstance(one, Conflict)]
        assert refused.message.startswith(f"{kept.uploaded_by} sent the same file on ")
        with transaction.atomic():
            assert FeedFile.objects.count() == 1


class TestOnePersonSendingTwiceAtOnce:
    def test_has_one_file_and_one_job(self, post, charnwood):
        person = post(Role.DATA)
        first, second = sent_at_once(person, person)
        assert first == second
        with acting_as(person), transaction.atomic():
            assert Job.objects.asked_by(person).count() == 1


class TestTwoFilesOfOneFeed:
    def test_that_state_the_same_in_another_order_do_not_block_each_other(self, post, charnwood):
        person = post(Role.DATA)
        for upn in (made_up_upn(5), made_up_upn(6)):
            MembershipFactory(part="child", person__upn=upn, person__born_on="2000-09-01")
        one, other_one = ATTENDANCE | {"UPN": made_up_upn(5)}, ATTENDANCE | {"UPN": made_up_upn(6)}
        with acting_as(person):
            first, second = (receive(as_csv(sent), by=person) for sent in ([one, other_one], [other_one, one]))
            forward, backward = rows(first), rows(second)
            with meanwhile(lambda: load_chunk(second, backward, by=person), person) as (outcome, other):
                load_chunk(first, forward[:1], by=person)
                other.start()
                wait_for_a_lock(other)
                load_chunk(first, forward[1:], by=person)
            assert outcome == [None]
            with transaction.atomic():
                assert Fact.objects.count() == 2


def rows(file):
    with file.content.open("rb") as content:
        return list(rows_of(content, FEEDS[file.feed]))

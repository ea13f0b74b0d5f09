from datetime import date, time

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.utils import DatabaseError

from families.contact.models import ContactRule
from families.people.models import Membership
from families.sharing.models import Agreement
from referrals.intake.models import Receipt, Referral
from referrals.intake.rules import DECIDE_WITHIN, PersonAnswer, WrongAnswer
from referrals.ourselves.models import OwnReferral
from referrals.ourselves.rules import Reach
from referrals.triage.models import MatchQuestion
from slf.access.acting import acting_as
from slf.accounts.models import User
from slf.web.errors import NotAllowed
from tests.factories import FamilyFactory, MembershipFactory
from tests.referrals.intake.factories import SENT_ON, again_as, in_the_name_of, sent_referral
from tests.referrals.ourselves.factories import REACH, own_referral, send_own
from tests.referrals.triage.factories import accept
from tests.slf.policy.factories import confirmed

pytestmark = pytest.mark.django_db


class TestAFamilyThatRefersItself:
    def test_is_in_the_queue_of_the_team_of_its_postcode(self, senior, melton_senior):
        referral = own_referral()
        assert again_as(senior, referral.uid).due_on == date(2014, 10, 22)
        assert not Referral.objects.visible_to(melton_senior).exists()
        assert (referral.agency, referral.state, referral.agreement) == ("The family itself", "received", "given")
        assert [(str(p), p.part) for p in referral.people.all()] == [
            ("Donna Tansley", "parent"),
            ("Kyle Tansley", "child"),
        ]
        assert {need.kind for need in referral.needs.all()} == {"poverty", "parenting"}
        assert str(referral.agreed_by) == "Donna Tansley"

    def test_says_how_it_is_reached_safely(self):
        own = own_referral().own
        assert own.safe_contact[0] == ("Ringing", "Yes, only on Monday and Wednesday, between 9:30 and 14:30")
        assert ("A text message", "Never") in own.safe_contact
        assert own.words == "The rent eats everything."

    def test_goes_where_it_says_when_the_postcode_is_not_known(self, melton):
        assert own_referral(postcode="LE99 9ZZ", district="melton").locality == melton
        with pytest.raises(WrongAnswer, match="which district"):
            send_own(postcode="LE99 9ZZ")

    def test_is_one_however_often_the_same_is_sent_in_a_day(self):
        first = send_own()
        assert send_own() == first
        assert OwnReferral.objects.count() == 1
        assert send_own(words="And now the boiler.") != first
        assert send_own(on=date(2014, 10, 16)) != first

    def test_has_as_long_to_wait_as_every_other(self):
        confirmed(DECIDE_WITHIN, 2)
        assert own_referral().due_on == date(2014, 10, 17)

    def test_of_somebody_who_cannot_agree_alone_waits_for_who_can(self, senior):
        referral = own_referral(sender=PersonAnswer("Kyle", "Tansley", "child", date(2000, 1, 1)), others=())
        assert (referral.agreement, referral.agreed_by) == ("not_asked", None)
        with pytest.raises(NotAllowed, match="not agreed"):
            accept(referral, senior)

    def test_that_another_locality_may_know_is_asked_about_there(self, melton):
        family = FamilyFactory(locality=melton)
        born = date(1984, 10, 15)
        MembershipFactory(family=family, person__family_name="Tansley", person__born_on=born)
        own_referral(sender=PersonAnswer("Donna", "Tansley", "parent", born))
        assert MatchQuestion.objects.get().family == family

    def test_keeps_its_history(self):
        assert own_referral().events.count() >= 1


class TestAcceptingIt:
    def test_keeps_the_agreement_and_when_it_is_safe_to_ring(self, senior):
        family = accept(own_referral(), senior)
        donna = Membership.objects.get(family=family, person__given_names="Donna")
        coded = {rule.channel: rule for rule in ContactRule.objects.filter(membership=donna)}
        assert coded["text"].never
        ring = coded["call"]
        assert (ring.days, ring.after, ring.before) == ([0, 2], time(9, 30), time(14, 30))
        assert ring.who_answers == "Donna Tansley"
        agreed = Agreement.objects.get(family=family)
        assert (agreed.how, agreed.said_on, str(agreed.person)) == ("writing", SENT_ON, "Donna Tansley")


class TestNobody:
    """Whoever has no account may send, and nothing else."""

    TABLES = (
        "referrals_referral", "referrals_referralperson", "referrals_referralneed", "referrals_ownreferral",
        "referrals_receipt", "families_family", "families_person",
    )  # fmt: skip

    @pytest.mark.parametrize("table", TABLES)
    @pytest.mark.parametrize("asked", ["select * from {}", "select count(*) from {}", "select 1 from {} limit 1"])
    def test_reads_and_counts_nothing(self, table, asked, school):
        MembershipFactory(), own_referral(), sent_referral(school)
        with acting_as(None), pytest.raises(ProgrammingError, match="nobody is acting"), transaction.atomic():
            ask(asked.format(table))

    @pytest.mark.parametrize(
        "statement",
        [
            "insert into referrals_ownreferral select * from referrals_ownreferral",
            "update referrals_referral set state = 'declined'",
            "delete from referrals_referral",
            "update referrals_ownreferral set may_ring = true",
            "delete from referrals_ownreferral",
        ],
    )
    def test_writes_nothing_but_by_the_function(self, statement):
        own_referral()
        with acting_as(None), pytest.raises(ProgrammingError), transaction.atomic():
            ask(statement)

    def test_reads_nothing_after_sending(self):
        with acting_as(None), transaction.atomic():
            send_own()
            with pytest.raises(ProgrammingError, match="nobody is acting"), transaction.atomic():
                ask("select count(*) from referrals_referral")

    def test_is_who_the_account_of_the_families_is_too(self):
        own_referral()
        account = User.objects.get(username="family.itself")
        assert (account.is_service, account.has_usable_password(), account.posts.count()) == (True, False, 0)
        with in_the_name_of(account):
            assert [m.objects.visible_to(account).count() for m in (Referral, Receipt, OwnReferral)] == [0, 0, 0]
            assert ask("select count(*) from referrals_referral") == [(0,)]

    def test_sends_no_more_than_a_page_can_say(self):
        with pytest.raises(DatabaseError, match="too much was sent"):
            send_own(words="x" * 70_000)


class TestInTheDatabase:
    @pytest.mark.parametrize(
        ("reach", "constraint"),
        [
            (Reach(), "reached_somehow"),
            (Reach("1", may_ring=True, after=time(15), before=time(9)), "begins_before_it_ends"),
            (Reach("1", may_ring=True, days=(7,)), "days_of_a_week"),
        ],
    )
    def test_a_way_to_be_reached_is_one(self, reach, constraint):
        with pytest.raises(DatabaseError, match=constraint):
            send_own(reach=reach)

    def test_what_was_said_does_not_change(self):
        own_referral(reach=REACH)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            ask("update referrals_ownreferral set may_text = true")


def ask(statement: str):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None

from datetime import date, datetime, time

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from families.addresses.models import Phone
from families.contact.models import ContactRule
from families.contact.rules import Channel, Rule, may_contact
from families.contact.services import end_rule, rules_of, set_rule
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import NotAllowed
from tests.factories import FamilyFactory, MembershipFactory

ON = date(2014, 10, 15)
MONDAY_TEN, MONDAY_THREE, SUNDAY_TEN = (datetime(2014, 10, d, h) for d, h in ((13, 10), (13, 15), (19, 10)))  # noqa: DTZ001
SCHOOL_HOURS = Rule(Channel.CALL, days=(0, 1, 2, 3, 4), after=time(9, 30), before=time(15))
NEVER = Rule(Channel.LETTER, never=True)


class TestWhetherSomebodyMayBeContacted:
    @pytest.mark.parametrize(
        ("rules", "channel", "at", "may"),
        [
            pytest.param((), Channel.CALL, SUNDAY_TEN, True, id="nothing is known against it"),
            pytest.param((SCHOOL_HOURS,), Channel.CALL, MONDAY_TEN, True, id="in the time that is safe"),
            pytest.param((SCHOOL_HOURS,), Channel.CALL, MONDAY_THREE, False, id="at its end, no more"),
            pytest.param((SCHOOL_HOURS,), Channel.CALL, SUNDAY_TEN, False, id="on another day"),
            pytest.param((SCHOOL_HOURS,), Channel.LETTER, SUNDAY_TEN, True, id="a rule is for its own way alone"),
            pytest.param((NEVER,), Channel.LETTER, MONDAY_TEN, False, id="never"),
            pytest.param((NEVER, Rule(Channel.LETTER)), Channel.LETTER, MONDAY_TEN, False, id="never goes before all"),
            pytest.param(
                (SCHOOL_HOURS, Rule(Channel.CALL, days=(6,))), Channel.CALL, SUNDAY_TEN, True, id="one of two allows it"
            ),
        ],
    )
    def test_is_what_the_rules_for_that_way_say(self, rules, channel, at, may):
        answer = may_contact(rules, channel, at)
        assert answer.may is may
        assert bool(answer.why) is not may

    def test_and_why_not_is_said_in_words(self):
        said = "Ringing: only on Monday, Tuesday, Wednesday, Thursday and Friday, between 9:30 and 15:00"
        assert may_contact((SCHOOL_HOURS,), Channel.CALL, SUNDAY_TEN).why == said
        assert may_contact((NEVER,), Channel.LETTER, SUNDAY_TEN).why == "A letter: never"

    def test_a_rule_says_who_answers_and_the_safe_word(self):
        rule = Rule(Channel.CALL, who_answers="Donna herself", safe_word="the cat")
        assert rule.in_full == "Ringing: at any time; only Donna herself answers; safe word “the cat”"


@pytest.mark.django_db
class TestARuleOfContact:
    @pytest.fixture
    def donna(self, charnwood):
        return MembershipFactory(family=FamilyFactory(name="Hallam family"), person__given_names="Donna")

    @pytest.fixture
    def senior(self, post, charnwood):
        return post(Role.SENIOR, charnwood)

    def rule(self, donna, by, **more):
        said = {"channel": "call", "never": True, "source": "Herself"} | more
        return set_rule(donna, **said, by=by, on=ON)

    def test_belongs_to_the_household_it_was_told_in(self, donna, senior, post, melton):
        other = MembershipFactory(family=FamilyFactory(locality=melton), person=donna.person)
        elsewhere = post(Role.SENIOR, melton)
        with acting_as(senior):
            self.rule(donna, senior)
            assert rules_of(donna.family, by=senior, on=ON)[donna.person_id]
        with acting_as(elsewhere):
            assert rules_of(other.family, by=elsewhere, on=ON) == {}
            assert not ContactRule.objects.exists()

    def test_is_there_once_and_ends_once(self, donna, senior):
        with acting_as(senior):
            one = self.rule(donna, senior)
            assert self.rule(donna, senior) == one
            end_rule(one, by=senior, on=ON)
            with pytest.raises(NotAllowed):
                end_rule(one, by=senior, on=ON)
            assert rules_of(donna.family, by=senior, on=ON) == {}

    @pytest.mark.parametrize(
        "wrong",
        [{"never": True, "after": time(9)}, {"never": False, "after": time(9), "before": time(8)},
         {"never": False, "days": [7]}],
        ids=str,
    )  # fmt: skip
    def test_that_contradicts_itself_is_refused_by_the_database(self, donna, senior, wrong):
        with acting_as(senior), pytest.raises(IntegrityError), transaction.atomic():
            ContactRule.objects.create(
                family=donna.family, membership=donna, channel="call", source="x", began_on=ON, set_by=senior, **wrong
            )

    def test_holds_a_number_back_on_the_page_of_the_family(self, donna, senior, signed_in):
        Phone.objects.create(
            family=donna.family, membership=donna, number="01509 496001", period=(date(2013, 1, 7), None)
        )
        with acting_as(None):
            browser = signed_in(senior)
            assert 'href="tel:01509496001"' in browser.get(donna.family.get_absolute_url()).content.decode()
        with acting_as(senior):
            self.rule(donna, senior, never=False, after=time(9, 30), before=time(15))
        with acting_as(None), time_machine.travel("2014-10-15T19:00:00Z", tick=False):
            page = signed_in(senior).get(donna.family.get_absolute_url()).content.decode()
        assert 'href="tel:01509496001"' not in page
        assert "Do not ring 01509 496001 now." in page
        assert "between 9:30 and 15:00" in page

    def test_is_written_down_and_ended_on_the_page_of_the_person(self, donna, senior, signed_in):
        with acting_as(None):
            browser, who = signed_in(senior), [donna.family.uid, donna.person.uid]
            typed = {"channel": "call", "when": "sometimes", "days": ["0", "4"], "source": "Herself"}
            page = browser.post(reverse("families:person_add_rule", args=who), typed, follow=True).content.decode()
            assert "Ringing: only on Monday and Friday" in page
            wrong = browser.post(reverse("families:person_add_rule", args=who), typed | {"when": "never"})
            assert wrong.status_code == 400
            assert "has no days and no times" in wrong.content.decode()
            wrong = browser.post(reverse("families:person_add_rule", args=who), typed | {"after": "25:00"})
            assert "The beginning must be a time, like 9:30" in wrong.content.decode()
        with acting_as(senior):
            rule = ContactRule.objects.get()
        with acting_as(None):
            page = browser.post(reverse("families:person_end_rule", args=[*who, rule.uid]), follow=True)
        assert "Nothing is written down" in page.content.decode()

    def test_is_written_and_asked_for_by_programs(self, donna, senior, api):
        with acting_as(None):
            program = api(senior)
            address = f"/api/v1/families/{donna.family.uid}/people/{donna.person.uid}/contact-rules/"
            made = program.post(address, {"channel": "letter", "never": True, "source": "Herself"}, format="json")
            assert (made.status_code, made.json()["safe_now"]) == (201, False)
            assert [row["says"] for row in program.get(address).json()] == ["A letter: never"]
            assert program.post(f"{address}{made.json()['uid']}/end/").status_code == 200
            assert program.get(address).json() == []

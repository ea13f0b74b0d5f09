import re
from datetime import date

import pytest
from django.urls import reverse

from families.contact.models import ContactRule
from families.names.models import PersonName
from families.needs.models import Statement
from families.people.models import Membership, Person
from performance.demo.identifiers import made_up_nhs_number, made_up_upn
from slf.access.acting import acting_as
from slf.access.models import Share, View
from slf.access.rules import Role
from slf.access.services import hold_family
from tests.factories import FamilyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
NHS, UPN = made_up_nhs_number(7), made_up_upn(7)
SAID = {"source": "Certificate seen", "told_by": "document"}


@pytest.fixture
def worker(post, charnwood, everything, donna):
    user = post(Role.FSW, charnwood)
    hold_family(donna.family, user=user, kind=Share.Kind.WORKER, by=everything)
    return user


@pytest.fixture
def donna(charnwood):
    return MembershipFactory(
        family=FamilyFactory(name="Hallam family"), person__given_names="Donna", person__family_name="Hallam",
        person__nhs_number=NHS,
    )  # fmt: skip


@pytest.fixture
def browser(signed_in, worker):
    with acting_as(None):
        yield signed_in(worker)


def address(member, page="person") -> str:
    return reverse(f"families:{page}", args=[member.family.uid, member.person.uid])


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def now(member) -> Person:
    return Person.objects.get(pk=member.person_id)


class TestThePage:
    def test_shows_who_somebody_is_with_their_numbers(self, browser, donna):
        page = text(browser.get(address(donna)))
        assert "Born 4 May 1980, 34 years old" in page
        assert f"{NHS[:3]} {NHS[3:6]} {NHS[6:]}" in page

    def test_shows_a_colleague_who_sees_the_card_no_numbers_and_nothing_to_change(
        self, signed_in, post, charnwood, donna
    ):
        colleague = post(Role.FSW, charnwood)
        with acting_as(None):
            page = text(signed_in(colleague).get(address(donna)))
        assert "Donna" in page
        assert NHS[6:] not in page
        assert address(donna, "person_name") not in page
        assert "opens with a reason" in page

    def test_is_linked_from_the_household_of_the_family(self, browser, donna):
        page = text(browser.get(donna.family.get_absolute_url()))
        assert f'href="{address(donna)}"' in page

    def test_leaves_a_row_in_the_view_log(self, browser, donna, worker):
        browser.get(address(donna))
        with acting_as(worker):
            assert View.objects.filter(user=worker, family_id=donna.family_id).last().what == "Person"

    def test_of_somebody_of_another_family_is_missing(self, browser, donna):
        other = reverse("families:person", args=[donna.family.uid, "00000000-0000-4000-8000-000000000000"])
        assert browser.get(other).status_code == 404


class TestANewName:
    TYPED = {"given_names": "Donna", "family_name": "Toone", "why": "changed", "was": "maiden", "revision": 1} | SAID

    def test_takes_the_place_of_the_one_before(self, browser, donna, worker):
        answer = browser.post(address(donna, "person_name"), self.TYPED, follow=True)
        page = text(answer)
        assert "Donna Toone" in page
        assert "Maiden name" in page
        assert "Certificate seen (a document that was seen)" in page

    def test_needs_to_say_what_the_old_one_was(self, browser, donna):
        page = browser.post(address(donna, "person_name"), self.TYPED | {"was": ""})
        assert page.status_code == 400
        assert "Answer “What was the name until now?”" in text(page)

    def test_that_somebody_else_changed_meanwhile_is_shown_beside_what_was_typed(self, browser, donna, worker):
        with acting_as(worker):
            Person.objects.filter(pk=donna.person_id).update(family_name="Wragg", revision=2)
        answer = browser.post(address(donna, "person_name"), self.TYPED)
        page = text(answer)
        assert answer.status_code == 409
        assert "Somebody else changed this person while you had it open" in page
        assert "It says now</span> Donna Wragg" in page
        assert 'value="Toone"' in page
        assert 'name="revision" value="2"' in page


class TestAnotherName:
    TYPED = {"kind": "alias", "given_names": "Shaz", "shown": "household"} | SAID

    def test_that_only_this_family_may_know_is_marked(self, browser, donna):
        page = text(browser.post(address(donna, "person_add_name"), self.TYPED, follow=True))
        assert "Shaz" in page
        assert "Only in this family" in page

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"given_names": ""}, "Enter a given name or a family name"),
            ({"shown": ""}, "Select who may see this name"),
            ({"ended_on_day": 1, "ended_on_month": 1, "ended_on_year": 2011, "began_on_day": 1, "began_on_month": 1,
              "began_on_year": 2012}, "The last day must be on or after the first"),
        ],
    )  # fmt: skip
    def test_says_what_is_missing_beside_the_box(self, browser, donna, wrong, sentence):
        answer = browser.post(address(donna, "person_add_name"), self.TYPED | wrong)
        assert answer.status_code == 400
        assert sentence in text(answer)

    def test_told_in_error_is_taken_away(self, browser, donna, worker):
        browser.post(address(donna, "person_add_name"), self.TYPED)
        with acting_as(worker):
            name = PersonName.objects.get()
        page = text(browser.post(f"{address(donna)}names/{name.uid}/remove/", follow=True))
        assert "is taken away" in page
        assert "No other name is known" in page

    def test_that_the_household_calls_somebody_is_on_its_card(self, browser, donna):
        browser.post(address(donna, "person_add_name"), self.TYPED | {"family_name": "Wragg", "shown": "called_here"})
        assert "Shaz Wragg" in text(browser.get(donna.family.get_absolute_url()))


class TestWhoChangedWhat:
    def test_names_who_changed_it_here_with_what_stood_there_before(self, browser, donna, worker):
        browser.post(address(donna, "person_name"), TestANewName.TYPED)
        page = text(browser.get(address(donna, "person_history")))
        assert "Hallam" in page
        assert "Toone" in page
        assert str(worker) in page

    def test_tells_the_time_of_each_change_once(self, browser, donna):
        browser.post(address(donna, "person_name"), TestANewName.TYPED)
        page = text(browser.get(address(donna, "person_history")))
        times = [re.findall(r", \d\d:\d\d", head) for head in re.findall(r'<th [^>]*scope="row".*?</th>', page)]
        assert times
        assert {len(each) for each in times} == {1}

    def test_names_a_choice_as_the_page_does(self, browser, donna):
        typed = {"birth": "unknown", "gender": Person.Gender.OTHER, "revision": 1}
        browser.post(address(donna, "person_birth"), typed)
        assert Person.Gender.OTHER.label in text(browser.get(address(donna, "person_history")))

    def test_tells_when_a_rule_of_safe_contact_was_set_and_when_it_was_ended(self, browser, donna, worker):
        said = {"channel": "call", "when": "never", "source": "Donna herself"}
        browser.post(address(donna, "person_add_rule"), said)
        with acting_as(worker):
            rule = ContactRule.objects.get()
        told = re.escape(str(rule))
        set_only = text(browser.get(address(donna, "person_history")))
        browser.post(reverse("families:person_end_rule", args=[donna.family.uid, donna.person.uid, rule.uid]))
        both = text(browser.get(address(donna, "person_history")))
        assert [len(re.findall(told, page)) for page in (set_only, both)] == [1, 2]
        assert "Safe contact" in both

    def test_keeps_the_sentence_a_rule_was_made_of_and_asks_it_no_more(self, browser, donna, worker):
        with acting_as(worker):
            Membership.objects.filter(pk=donna.pk).update(safe_contact="Never when Kyle is home")
        told = text(browser.get(address(donna)))
        assert "As it was told: Never when Kyle is home" in told
        assert "Make it a rule" in told
        asked = browser.get(address(donna, "person_add_rule"))
        assert "As it was told</span> Never when Kyle is home" in text(asked)
        assert "takes_over" in asked.context["form"].fields
        said = {"channel": "call", "when": "never", "source": "As it was told", "takes_over": "on"}
        assert browser.post(address(donna, "person_add_rule"), said).status_code == 302
        page = text(browser.get(address(donna)))
        assert "in the words it was told in: “Never when Kyle is home”" in page
        assert "A rule says it." in page
        assert "takes_over" not in browser.get(address(donna, "person_add_rule")).context["form"].fields

    def test_asks_again_about_a_sentence_when_the_rule_made_of_it_has_ended(self, browser, donna, worker):
        with acting_as(worker):
            Membership.objects.filter(pk=donna.pk).update(safe_contact="Never when Kyle is home")
        said = {"channel": "call", "when": "never", "source": "As it was told", "takes_over": "on"}
        browser.post(address(donna, "person_add_rule"), said)
        with acting_as(worker):
            rule = ContactRule.objects.get()
        browser.post(reverse("families:person_end_rule", args=[donna.family.uid, donna.person.uid, rule.uid]))
        page = text(browser.get(address(donna)))
        assert "A rule says it." not in page
        assert "Make it a rule" in page
        browser.post(address(donna, "person_add_rule"), said)
        assert "A rule says it." in text(browser.get(address(donna)))

    def test_is_a_way_from_the_head_of_the_page(self, browser, donna):
        page = text(browser.get(address(donna)))
        assert page.index("Who changed what") < page.index("Who they are")

    def test_names_nobody_of_another_family(self, donna, melton, post, signed_in, worker):
        other = MembershipFactory(family=FamilyFactory(locality=melton), person=donna.person)
        elsewhere = post(Role.SENIOR, melton)
        elsewhere.first_name = "Zebedee"
        elsewhere.save()
        with acting_as(None):
            signed_in(elsewhere).post(address(other, "person_name"), TestANewName.TYPED)
            page = text(signed_in(worker).get(address(donna, "person_history")))
        assert "Toone" in page
        assert "the service" in page
        assert "Zebedee" not in page


class TestBirth:
    def test_is_a_day_or_about_an_age_or_not_known(self, browser, donna, worker):
        typed = {"gender": "female", "revision": 1, "birth": "about", "age": "30"}
        browser.post(address(donna, "person_birth"), typed)
        with acting_as(worker):
            assert (now(donna).born_on, now(donna).born_estimated) == (date(1984, 4, 1), True)
        browser.post(address(donna, "person_birth"), typed | {"birth": "unknown", "revision": 2})
        with acting_as(worker):
            assert (now(donna).born_on, now(donna).born_estimated) == (None, False)

    def test_after_death_is_refused_beside_the_day_of_death(self, browser, donna):
        days = {"born_on_day": 1, "born_on_month": 1, "born_on_year": 2012, "died_on_day": 1, "died_on_month": 1,
                "died_on_year": 2011}  # fmt: skip
        answer = browser.post(
            address(donna, "person_birth"), days | {"birth": "known", "gender": "male", "revision": 1}
        )
        assert answer.status_code == 400
        assert "The day of death must be after the date of birth" in text(answer)

    def test_and_death_are_on_the_page(self, browser, donna, worker):
        with acting_as(worker):
            Person.objects.filter(pk=donna.person_id).update(died_on=date(2014, 2, 3))
        assert "Born 4 May 1980, died at 33" in text(browser.get(address(donna)))


class TestNumbers:
    def typed(self, **numbers):
        return {"nhs_number": NHS, "source": "Letter", "revision": 1} | numbers

    def test_are_kept_as_they_are_written(self, browser, donna, worker):
        browser.post(address(donna, "person_numbers"), self.typed(upn=UPN.lower()))
        with acting_as(worker):
            assert (now(donna).upn, now(donna).nhs_number) == (UPN, NHS)

    def test_that_cannot_be_one_are_refused_beside_the_box(self, browser, donna):
        answer = browser.post(address(donna, "person_numbers"), self.typed(upn="A801200001001"))
        assert answer.status_code == 400
        assert "Unique pupil number has a first letter that does not fit its numbers" in text(answer)

    def test_of_somebody_in_sight_are_refused_with_their_name(self, browser, donna, worker, everything):
        with acting_as(everything):
            MembershipFactory(
                family=donna.family, person__given_names="Kelly", person__family_name="H", person__upn=UPN
            )
        answer = browser.post(address(donna, "person_numbers"), self.typed(upn=UPN))
        assert answer.status_code == 400
        assert "Kelly H has this unique pupil number. One of the two is wrong" in text(answer)

    def test_of_somebody_out_of_sight_are_to_be_checked_and_tell_nothing(
        self, browser, donna, worker, everything, melton
    ):
        with acting_as(everything):
            MembershipFactory(family=FamilyFactory(locality=melton), person__given_names="Kelly", person__upn=UPN)
        page = text(browser.post(address(donna, "person_numbers"), self.typed(upn=UPN), follow=True))
        assert "is not kept before somebody has checked it" in page
        assert "Kelly" not in page
        with acting_as(worker):
            assert now(donna).upn is None
            assert Statement.objects.get().words == f"UPN {UPN}: to be checked before it is kept"


class TestAPersonInTwoFamilies:
    """The other household's worker sees the person, and nothing that was told in the first."""

    @pytest.fixture
    def other(self, donna, melton):
        return MembershipFactory(family=FamilyFactory(locality=melton), person=donna.person)

    @pytest.fixture
    def elsewhere(self, signed_in, post, melton, other, worker):
        user = post(Role.SENIOR, melton)
        with acting_as(None):
            yield signed_in(user)

    def test_is_shown_with_a_name_of_all_and_without_where_it_is_from(self, elsewhere, browser, donna, other):
        browser.post(address(donna, "person_add_name"), TestAnotherName.TYPED | {"shown": "all"})
        page = text(elsewhere.get(address(other)))
        assert "Shaz" in page
        assert "Certificate seen" not in page
        assert "Take away" not in page

    @pytest.mark.parametrize("shown", ["household", "called_here"])
    def test_is_shown_without_a_name_that_is_kept_there(self, elsewhere, browser, donna, other, shown):
        browser.post(address(donna, "person_add_name"), TestAnotherName.TYPED | {"shown": shown})
        assert "Shaz" not in text(elsewhere.get(address(other)))
        assert "Shaz" not in text(elsewhere.get(other.family.get_absolute_url()))
        assert "Shaz" not in text(elsewhere.get(reverse("api-person", args=[other.family.uid, donna.person.uid])))

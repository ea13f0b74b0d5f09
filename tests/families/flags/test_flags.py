from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.plans.paper import paper
from families.addresses.services import Place
from families.flags import rules
from families.flags.models import Flag
from families.flags.services import end_flag, set_flag
from families.flags.shown import flags_of
from families.households.services import change_part, split_family
from families.people.models import Membership
from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rules import Role
from slf.access.services import hold_family
from slf.web.errors import NotAllowed
from tests.casework.plans.factories import agreed
from tests.factories import FamilyFactory, MembershipFactory

pytestmark = pytest.mark.django_db
ON, LATER = date(2014, 10, 15), date(2014, 11, 1)


@pytest.fixture
def family(charnwood):
    return FamilyFactory(name="Hallam family", household=True)


@pytest.fixture
def wayne(family):
    return MembershipFactory(family=family, person__given_names="Wayne", person__family_name="Hallam")


@pytest.fixture
def senior(post, charnwood):
    return post(Role.SENIOR, charnwood)


def flag(family, kind="dog", *, by, on=ON, **more):
    return set_flag(family, kind=kind, source="Seen on a visit", by=by, on=on, **more)


def said(family, user, on=ON):
    return [one.text for one in flags_of(family, user=user, on=on)]


class TestAFlag:
    def test_of_a_member_names_them_and_says_what_is_meant(self, family, wayne, senior):
        with acting_as(senior):
            flag(family, "court_order", words="not within 100 metres", membership=wayne, by=senior)
            assert said(family, senior) == ["Court order in force, Wayne Hallam: not within 100 metres"]

    def test_counts_from_its_day_to_its_last(self, family, senior):
        with acting_as(senior):
            flag(family, by=senior, until=LATER)
            days = [date(2014, 10, 14), ON, LATER, date(2014, 11, 2)]
            assert [bool(said(family, senior, on=day)) for day in days] == [False, True, True, False]

    def test_of_somebody_who_left_counts_no_more(self, family, wayne, senior):
        with acting_as(senior):
            flag(family, "violence", membership=wayne, by=senior)
            Membership.objects.filter(pk=wayne.pk).update(period=(date(2013, 1, 7), ON))
            assert said(family, senior) == []

    def test_of_somebody_who_has_another_part_goes_on(self, family, wayne, senior):
        with acting_as(senior):
            flag(family, "violence", membership=wayne, by=senior)
            change_part(wayne, part="away", by=senior, on=ON)
            assert said(family, senior) == ["Has been violent to workers, Wayne Hallam"]

    def test_goes_along_into_a_household_of_their_own(self, family, wayne, senior):
        with acting_as(senior):
            flag(family, "violence", membership=wayne, by=senior)
            second = split_family(family, going=[wayne], name="Wayne's family", on=ON, place=Place(), by=senior)
            assert said(second, senior) == ["Has been violent to workers, Wayne Hallam"]

    def test_ended_counts_no_more_and_keeps_who_set_and_who_ended_it(self, family, senior):
        with acting_as(senior):
            one = flag(family, by=senior)
            end_flag(one, by=senior, on=ON)
            with pytest.raises(NotAllowed, match="was ended already"):
                end_flag(one, by=senior, on=ON)
            assert said(family, senior) == []
            assert Flag.objects.get().ended_by == senior

    def test_set_twice_is_there_once(self, family, senior):
        with acting_as(senior):
            assert flag(family, by=senior) == flag(family, by=senior)

    @pytest.mark.parametrize(
        "wrong", [{"kind": "cat"}, {"kind": "other"}, {"until": date(2014, 1, 1)}, {"ended_on": ON}], ids=str
    )
    def test_that_cannot_be_is_refused_by_the_database(self, family, senior, wrong):
        with acting_as(senior), pytest.raises(IntegrityError), transaction.atomic():
            Flag.objects.create(**{"family": family, "kind": "dog", "began_on": ON, "source": "x"} | wrong)

    def test_of_a_member_of_another_family_is_refused_by_the_database(self, family, everything):
        with pytest.raises(IntegrityError), transaction.atomic():
            flag(family, membership=MembershipFactory(), by=everything)


class TestWhereTheFamilyIsNamed:
    @pytest.fixture
    def worker(self, post, charnwood, everything, family):
        user = post(Role.FSW, charnwood)
        hold_family(family, user=user, kind=Share.Kind.WORKER, by=everything)
        flag(family, "not_alone", by=everything)
        return user

    @pytest.mark.parametrize("address", ["/families/", "/families/?q=hallam", "{family}", "{family}flags/"])
    def test_the_flag_is_shown(self, signed_in, worker, family, address):
        with acting_as(None):
            page = signed_in(worker).get(address.format(family=family.get_absolute_url())).content.decode()
        assert "Do not visit alone" in page

    def test_it_is_shown_to_colleagues_who_see_the_card(self, signed_in, post, charnwood, worker, family):
        colleague = post(Role.FSW, charnwood)
        with acting_as(None):
            page = signed_in(colleague).get(family.get_absolute_url()).content.decode()
        assert "Do not visit alone" in page
        assert "opens with a reason" in page

    def test_it_is_before_the_eyes_of_who_records_a_visit(self, signed_in, worker, family):
        with acting_as(None):
            page = signed_in(worker).post(reverse("casework:record_visit", args=[family.uid]), follow=True)
        assert "Do not visit alone" in page.content.decode()

    def test_it_is_before_the_eyes_of_who_allocates(self, signed_in, senior, worker, family):
        with acting_as(None):
            page = signed_in(senior).get(reverse("casework:allocate", args=[family.uid])).content.decode()
        assert "Do not visit alone" in page


class TestWhatAFamilySees:
    def test_holds_no_flag_of_any_kind(self, family, everything):
        plan = agreed(family, goals=1)
        household = list(Membership.objects.filter(family=family).select_related("person"))
        before = paper(plan, members=household, marks=())
        for kind in rules.KINDS:
            flag(family, kind, words="told in confidence", by=everything)
        assert paper(plan, members=household, marks=()) == before

    @pytest.mark.parametrize("kind", ["domestic_abuse", "marac", "no_contact"])
    def test_may_never_hold_one_about_domestic_abuse(self, kind):
        assert kind in rules.FOR_NO_FAMILY_MEMBER


class TestThePages:
    TYPED = {"kind": "dog", "about": "family", "source": "Seen on a visit"}

    @pytest.fixture
    def browser(self, signed_in, senior, family):
        with acting_as(None):
            yield signed_in(senior)

    def test_set_one_and_end_it(self, browser, family, senior):
        page = browser.post(reverse("families:add_flag", args=[family.uid]), self.TYPED, follow=True).content.decode()
        assert "it stands wherever the family is named" in page
        assert f"set by {senior}" in page
        with acting_as(senior):
            one = Flag.objects.get()
        page = browser.post(reverse("families:end_flag", args=[family.uid, one.uid]), follow=True).content.decode()
        assert "Nothing has to be known before knocking" in page
        assert f"ended by {senior}" in page

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [({"kind": ""}, "Select what it is"), ({"about": ""}, "Select whom it is about"),
         ({"kind": "other"}, "Say in a few words what it is"),
         ({"until_day": 1, "until_month": 1, "until_year": 2014}, "The last day must be on or after")],
    )  # fmt: skip
    def test_say_what_is_wrong_beside_the_box(self, browser, family, wrong, sentence):
        answer = browser.post(reverse("families:add_flag", args=[family.uid]), self.TYPED | wrong)
        assert answer.status_code == 400
        assert sentence in answer.content.decode()


class TestTheApi:
    def test_sets_lists_and_ends(self, api, senior, family, wayne):
        person = str(wayne.person.uid)
        with acting_as(None):
            program, address = api(senior), f"/api/v1/families/{family.uid}/flags/"
            sent = {"kind": "marac", "person": person, "source": "MARAC minutes"}
            made = program.post(address, sent, format="json").json()
            assert (made["person"], made["shown_to_family"]) == (person, False)
            assert [one["uid"] for one in program.get(address).json()] == [made["uid"]]
            assert program.post(f"{address}{made['uid']}/end/").json()["ended_on"] == "2014-10-15"
            assert program.get(address).json() == []
            assert program.post(address, {"kind": "other", "source": "x"}, format="json").status_code == 400

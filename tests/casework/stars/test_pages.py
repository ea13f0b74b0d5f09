"""The star's pages as a worker uses them."""

import re
from datetime import date

import pytest
from django.urls import reverse

from casework.stars.models import Reading
from slf.access.models import Share, View
from slf.access.rules import Role
from slf.access.services import hold_family
from tests.casework.stars.factories import HIGH, LOW, ReadingFactory, taken_into_use
from tests.factories import FamilyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]


@pytest.fixture
def family():
    return FamilyFactory(household=True)


@pytest.fixture
def worker(post, charnwood, family, everything):
    user = post(Role.FSW, charnwood)
    hold_family(family, user=user, kind=Share.Kind.WORKER, by=everything)
    return user


@pytest.fixture
def client(worker, signed_in):
    return signed_in(worker)


def page(family):
    return reverse("casework:star", args=[family.uid])


def take(family):
    return reverse("casework:take_reading", args=[family.uid])


def answers(marks=LOW, **more):
    day = {"taken_on_day": "14", "taken_on_month": "10", "taken_on_year": "2014"}
    return {"completed": "together", **day, **{f"mark-{code}": mark for code, mark in marks.items()}, **more}


class TestTheStarOfAFamilyWithoutReadings:
    def test_says_what_to_do(self, client, family):
        assert b"Take the first reading" in client.get(page(family)).content


class TestTheStar:
    def test_compares_any_two_readings_and_shows_each_area_over_time(self, client, family):
        first = ReadingFactory(family=family)
        second = ReadingFactory(family=family, taken_on=date(2014, 6, 2), marks=LOW | {"home": 5}, completed="family")
        ReadingFactory(family=family, later=True)
        shown = client.get(page(family), {"reading": first.uid, "against": second.uid}).content.decode()
        assert f'<option value="{second.uid}" selected>2 June 2014, by the family</option>' in shown
        assert "Of 8 areas marked both times, 1 is higher, 7 are the same." in shown
        assert "2, 5, 4" in shown

    def test_is_taken_with_the_star_that_was_chosen(self, client, family):
        taken_into_use()
        assert f"{take(family)}?star=other" in client.get(page(family)).content.decode()
        assert "A?" in client.get(f"{take(family)}?star=other").content.decode()

    def test_shows_the_latest_against_the_first_with_the_figures_beside_it(self, client, family):
        ReadingFactory(family=family)
        ReadingFactory(family=family, later=True)
        shown = client.get(page(family)).content.decode()
        assert "8 September 2014" in shown
        assert "3 March 2014" in shown
        assert "Of 8 areas marked both times, 6 are higher, 1 is lower, 1 is the same." in shown
        assert "up 3" in shown
        assert "<svg" in shown

    def test_shows_another_reading_when_it_is_chosen(self, client, family):
        first = ReadingFactory(family=family)
        ReadingFactory(family=family, later=True)
        shown = client.get(page(family), {"reading": str(first.uid)}).content.decode()
        assert "against the first reading" not in shown

    def test_says_what_was_not_talked_about(self, client, family):
        ReadingFactory(family=family, marks={"home": 3})
        assert client.get(page(family)).content.decode().count("not talked about") >= 7

    def test_is_one_row_of_the_view_log(self, client, family, worker):
        client.get(page(family))
        assert list(View.objects.filter(user=worker).values_list("what", "family_id")) == [("Star", family.pk)]

    def test_takes_as_many_queries_for_many_readings_as_for_one(self, client, family, django_assert_max_num_queries):
        ReadingFactory(family=family)
        client.get(page(family))
        with django_assert_max_num_queries(40) as few:
            client.get(page(family))
        for _ in range(10):
            ReadingFactory(family=family, later=True)
        with django_assert_max_num_queries(len(few)):
            client.get(page(family))


class TestTakingAReading:
    def test_has_nothing_ticked_beforehand(self, client, family):
        assert not re.search(r'type="radio"[^>]*checked', client.get(take(family)).content.decode())

    def test_saves_it_and_shows_the_star(self, client, family, worker):
        answer = client.post(take(family), answers(note="We sleep now"))
        assert answer.headers["Location"] == page(family)
        reading = Reading.objects.get()
        assert (reading.marks, reading.note, reading.recorded_by) == (LOW, "We sleep now", worker)

    def test_takes_no_talk_for_an_answer(self, client, family):
        client.post(take(family), answers(LOW | {"home": "none"}))
        assert "home" not in Reading.objects.get().marks

    def test_keeps_what_was_typed_when_something_is_missing(self, client, family):
        given = answers(note="We sleep now")
        del given["mark-home"]
        answer = client.post(take(family), given)
        shown = answer.content.decode()
        assert answer.status_code == 400
        assert "Choose a mark for “Our home”, or say that you did not talk about it" in shown
        assert shown.count(" checked") == 8  # the seven other marks and who gave them
        assert "We sleep now" in shown
        assert not Reading.objects.exists()

    def test_refuses_a_day_still_to_come(self, client, family):
        answer = client.post(take(family), answers(taken_on_day="16"))
        assert "The date must be on or before 15 October 2014" in answer.content.decode()

    def test_refuses_a_reading_without_a_mark(self, client, family):
        answer = client.post(take(family), answers(dict.fromkeys(LOW, "none")))
        assert "Mark at least one area" in answer.content.decode()

    def test_twice_is_once(self, client, family):
        key = re.search(r'name="once" value="([^"]+)"', client.get(take(family)).content.decode())[1]
        for _ in range(2):
            assert client.post(take(family), answers(once=key)).status_code == 302
        assert Reading.objects.count() == 1


class TestCorrectingAReading:
    @pytest.fixture
    def wrong(self, family):
        return ReadingFactory(family=family)

    @pytest.fixture
    def address(self, wrong):
        return reverse("casework:correct_reading", args=[wrong.uid])

    def test_starts_from_what_was_recorded(self, client, address):
        assert client.get(address).content.decode().count(" checked") == 9

    def test_keeps_both_and_says_so(self, client, address, family, wrong):
        client.post(address, answers(HIGH, why="Wrong marks for school"))
        shown = client.get(page(family)).content.decode()
        assert "Wrong marks for school" in shown
        assert "Readings that were corrected" in shown
        assert Reading.objects.current().get().supersedes == wrong

    def test_asks_why(self, client, address):
        assert b"Answer \xe2\x80\x9cWhat was wrong?\xe2\x80\x9d" in client.post(address, answers(HIGH)).content

    def test_tells_the_second_of_two(self, client, address, wrong):
        client.post(address, answers(HIGH, why="First"))
        answer = client.post(address, answers(LOW, why="What I typed"))
        assert answer.status_code == 409
        assert "Somebody else has corrected this reading already" in answer.content.decode()
        assert "What I typed" in answer.content.decode()

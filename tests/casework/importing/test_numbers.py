"""Numbers of a list behave as if somebody typed them: kept, or to be checked first, and a try looks none of them up."""

import pytest
from django.db import connections, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from casework.importing import paper
from casework.importing.models import ImportRow
from casework.importing.numbers import SENTENCE
from casework.importing.rules.judging import NUMBER_NOT_TAKEN, State
from casework.importing.services import NOT_MADE, look_up_again
from families.needs.models import Statement
from families.numbers.models import NumberQuestion, NumberTry
from families.numbers.rules import HITS_A_DAY, TO_CHECK
from families.people.models import Person
from performance.demo.identifiers import made_up_upn
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import NotAllowed
from slf.work.models import Job
from slf.work.services import run
from tests.casework.importing.factories import DONNA, TYLER, again, as_csv, rows_of
from tests.casework.importing.test_who_may import begin
from tests.factories import MembershipFactory
from tests.slf.accounts.recently import signed_in_recently

pytestmark = pytest.mark.django_db(transaction=True)
UPN = made_up_upn(7)


@pytest.fixture
def data(post, charnwood):
    """A data officer of Charnwood alone: families of Melton are out of their sight."""
    return post(Role.DATA, charnwood)


def elsewhere(melton, *numbers):
    kelly = {"family__locality": melton, "person__given_names": "Kelly"}
    return [MembershipFactory(**kelly, person__upn=made_up_upn(n)) for n in numbers]


def children(*numbers):
    """Return families of one child each, in the order of the rows, with made-up pupil numbers."""
    letters = [f"{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(len(numbers))]
    return [
        TYLER | {"Family reference": f"F-{of}", "Given names": f"Tyler{of}", "UPN": made_up_upn(number)}
        for of, number in zip(letters, numbers, strict=True)
    ]


def kept():
    with transaction.atomic():
        return {person.given_names: person.upn for person in Person.objects.filter(given_names__startswith="Tyler")}


def to_check(file):
    return [number for (_, number), row in rows_of(file).items() if row.to_check]


def look_up(file, who):
    with acting_as(who):
        with transaction.atomic():
            job = look_up_again(file, by=who).numbers_job
        run(job.uid)
    return again(file)


def a_day_later():
    """Let 24 hours go by since the last try: nothing but the owner may change one."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("update families_numbertry set at = at - interval '25 hours'")


class TestATry:
    def test_is_the_same_whether_somebody_out_of_sight_has_the_number_or_nobody(self, dry, data, melton):
        elsewhere(melton, 1)
        rows = rows_of(dry(as_csv(*children(1, 2)))).values()
        assert {(row.state, str(row.problems), str(row.numbers)) for row in rows} == {(State.READY, "[]", "{}")}
        with transaction.atomic():
            assert not NumberTry.objects.exists()

    def test_says_that_a_number_of_somebody_known_is_not_taken(self, dry, charnwood):
        MembershipFactory(person__given_names="Donna", person__family_name="Palmer", person__born_on="1980-05-04")
        row = rows_of(dry(as_csv(DONNA | {"NI number": "AB123456C", "Duty manager decided": "Same person"})))
        assert row["people", 2].problems == [{"column": "NI number", "sentence": NUMBER_NOT_TAKEN, "level": "warning"}]


class TestANumberOfSomebodyOutOfSight:
    def test_is_to_be_checked_and_asked_about_where_they_are_known(self, bring, data, melton):
        (there,) = elsewhere(melton, 1)
        file = bring(as_csv(*children(1, 2)))
        assert kept() == {"Tyleraa": None, "Tylerab": made_up_upn(2)}
        row = rows_of(file)["people", 2]
        assert row.problems == [{"column": "UPN", "sentence": SENTENCE, "level": "warning"}]
        with transaction.atomic():
            said = Statement.objects.get()
            assert (said.words, said.person) == (f"UPN {made_up_upn(1)}: {TO_CHECK}", row.person)
            question = NumberQuestion.objects.get()
            assert (question.family, question.asked_by) == (there.family, data)

    def test_ties_out_in_the_report(self, bring, data, melton):
        elsewhere(melton, 1)
        file = bring(as_csv(*children(1, 2, 3), DONNA | {"UPN": made_up_upn(4), "Surname": ""}))
        with acting_as(data), transaction.atomic():
            sums = paper.tally(file, user=data)
            assert sums[-1] == ("Numbers", 4, dict.fromkeys(State, 0) | {State.MADE: 3, State.REFUSED: 1})
            assert paper.numbers_made(file, user=data) == {"total": 3, "kept": 2, "to_check": 1, "not_taken": 0}

    def test_counts_one_of_somebody_known_as_not_taken(self, bring, data):
        MembershipFactory(person__given_names="Donna", person__family_name="Palmer", person__born_on="1980-05-04")
        file = bring(as_csv(DONNA | {"NI number": "AB123456C", "Duty manager decided": "Same person"}))
        with acting_as(data), transaction.atomic():
            assert paper.numbers_made(file, user=data) == {"total": 1, "kept": 0, "to_check": 0, "not_taken": 1}


class TestAListOfManyNumbers:
    """Of which as many as one person may meet in a day belong to people out of sight, and then one more."""

    @pytest.fixture
    def file(self, bring, melton):
        elsewhere(melton, *range(HITS_A_DAY + 1))
        return bring(as_csv(*children(90, *range(HITS_A_DAY), 91, HITS_A_DAY, 92)))

    def test_has_none_looked_up_after_as_many_as_may_be_typed_in_a_day(self, file, data):
        assert [of for of, upn in kept().items() if upn] == ["Tyleraa"]
        assert to_check(file) == list(range(3, 3 + HITS_A_DAY + 3))
        with transaction.atomic():
            assert NumberTry.objects.filter(user=data, outcome="asked").count() == HITS_A_DAY
            assert NumberTry.objects.filter(user=data, outcome="held_back").count() == 1
            assert NumberQuestion.objects.count() == HITS_A_DAY

    def test_says_the_same_of_all_that_are_to_be_checked(self, file, data, signed_in, api):
        with transaction.atomic():
            assert len({str(row.problems) for row in file.rows.all() if row.to_check}) == 1
            assert {said.words.partition(": ")[2] for said in Statement.objects.all()} == {TO_CHECK}
        with acting_as(None):
            text = signed_in_recently(signed_in(data), data).get(file.get_absolute_url()).content.decode()
            rows = api(data).get(f"/api/v1/imports/{file.uid}/rows/").json()["results"]
        assert text.count(SENTENCE) == HITS_A_DAY + 3
        assert "held_back" not in text + str(rows)

    def test_tells_the_heads_of_service(self, file, data):
        with acting_as(data), transaction.atomic():
            assert Job.objects.filter(kind="numbers.tell_heads").exists()

    def test_keeps_nothing_more_on_the_same_day(self, file, data):
        before = to_check(file)
        assert to_check(look_up(file, data)) == before

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_has_the_rest_looked_up_the_day_after(self, file, data):
        a_day_later()
        file = look_up(file, data)
        assert to_check(file) == [*range(3, 3 + HITS_A_DAY), 3 + HITS_A_DAY + 1]
        assert {of for of, upn in kept().items() if upn} == {"Tyleraa", "Tylerag", "Tylerai"}
        with transaction.atomic():
            assert NumberQuestion.objects.count() == HITS_A_DAY + 1

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_leaves_what_somebody_wrote_down_meanwhile(self, file, data):
        with transaction.atomic():
            Person.objects.filter(given_names="Tylerag").update(upn=UPN)
        a_day_later()
        look_up(file, data)
        assert kept()["Tylerag"] == UPN
        with transaction.atomic():
            assert not ImportRow.objects.filter(numbers_wait=True).exists()

    @pytest.mark.django_db(transaction=True, databases=["default", "owner"])
    def test_is_looked_up_by_a_colleague_too_and_by_nobody_for_nothing(self, file, data, post, charnwood):
        with transaction.atomic():
            colleague = post(Role.DATA, charnwood)
        assert len(to_check(look_up(file, colleague))) == HITS_A_DAY + 1
        with acting_as(data), pytest.raises(ProgrammingError, match="no such file"), transaction.atomic():
            begin(file)

    def test_offers_to_look_them_up_on_its_page_and_to_programs(self, file, data, signed_in, api):
        address = reverse("casework:import_numbers", args=[file.uid])
        with acting_as(None):
            browser = signed_in_recently(signed_in(data), data)
            assert "Look up the numbers" in browser.get(file.get_absolute_url()).content.decode()
            assert browser.post(address, {}).status_code == 302
            answer = api(data).post(f"/api/v1/imports/{file.uid}/numbers/")
        assert answer.json()["numbers"] == {"total": 9, "kept": 1, "to_check": 8, "not_taken": 0}


def test_numbers_of_a_list_that_is_not_made_are_not_looked_up(dry, data):
    file = dry(as_csv(*children(1)))
    with acting_as(data), pytest.raises(NotAllowed, match=NOT_MADE), transaction.atomic():
        look_up_again(file, by=data)

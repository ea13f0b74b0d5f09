"""Taking a reading, correcting one, and what the database refuses whoever asks."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.stars.models import Reading, StarTool
from casework.stars.reference import load_tool
from casework.stars.rules import Completed, Tool
from casework.stars.services import MarksRefused, correct_reading, take_reading
from slf.access.acting import acting_as
from slf.access.rules import Role
from slf.web.errors import Conflict
from tests.casework.stars.factories import HIGH, LATER_DAY, LOW, OTHER, ReadingFactory, taken_into_use
from tests.factories import FamilyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]
ON = date(2014, 10, 15)


@pytest.fixture
def tool():
    return StarTool.objects.in_use(on=ON)


@pytest.fixture
def family():
    return FamilyFactory(household=True)


class TestTakingAReading:
    def test_keeps_the_marks_who_gave_them_and_who_recorded_them(self, family, tool, everything):
        reading = take_reading(family, tool=tool, marks=LOW, completed=Completed.FAMILY, taken_on=ON, by=everything)
        reading.refresh_from_db()
        assert (reading.marks, reading.completed, reading.recorded_by) == (LOW, "family", everything)
        assert reading.scope_id == family.scope_id

    def test_may_leave_out_what_was_not_talked_about(self, family, tool, everything):
        reading = take_reading(
            family, tool=tool, marks={"home": 6}, completed=Completed.WORKER, taken_on=ON, by=everything
        )
        assert reading.average == 6

    @pytest.mark.parametrize("marks", [{}, {"home": 0}, {"home": 7}, {"house": 3}])
    def test_refuses_marks_off_the_star(self, family, tool, everything, marks):
        with pytest.raises(MarksRefused) as refused:
            take_reading(family, tool=tool, marks=marks, completed=Completed.WORKER, taken_on=ON, by=everything)
        assert refused.value.problems
        assert not Reading.objects.exists()


class TestCorrectingAReading:
    def test_makes_a_new_one_that_counts_instead(self, everything):
        wrong = ReadingFactory()
        right = correct_reading(
            wrong, marks=HIGH, completed=Completed.TOGETHER, taken_on=wrong.taken_on, by=everything, why="Wrong family"
        )
        assert list(Reading.objects.current()) == [right]
        assert Reading.objects.count() == 2

    def test_is_done_once_and_the_second_person_is_told(self, everything):
        wrong = ReadingFactory()
        answers = {"marks": HIGH, "completed": Completed.TOGETHER, "taken_on": wrong.taken_on, "by": everything}
        correct_reading(wrong, why="Mistyped", **answers)
        with pytest.raises(Conflict, match="Somebody else has corrected"):
            correct_reading(wrong, why="Mistyped too", **answers)


class TestTheFirstAndTheLatestReading:
    def test_are_those_that_nobody_corrected(self, family, everything):
        first, latest = ReadingFactory(family=family), ReadingFactory(family=family, later=True)
        corrected = correct_reading(
            first, marks=HIGH, completed=Completed.TOGETHER, taken_on=first.taken_on, by=everything, why="Mistyped"
        )
        assert Reading.objects.pairs([family.pk]).get(family.pk) == (corrected, latest)

    def test_are_the_same_when_there_is_one(self, family):
        only = ReadingFactory(family=family)
        assert Reading.objects.pairs([family.pk]).get(family.pk) == (only, only)

    def test_are_nothing_when_there_is_none(self, family):
        assert Reading.objects.pairs([family.pk]).get(family.pk) is None

    def test_are_compared_within_one_star(self, family):
        ReadingFactory(family=family)
        other = taken_into_use()
        latest = ReadingFactory(family=family, tool=other, taken_on=LATER_DAY, marks={"a": 2})
        assert Reading.objects.pairs([family.pk]).get(family.pk) == (latest, latest)

    def test_of_many_families_take_one_query(self, django_assert_num_queries):
        readings = [ReadingFactory() for _ in range(5)] + [ReadingFactory(later=True)]
        with django_assert_num_queries(1):
            pairs = Reading.objects.pairs([reading.family_id for reading in readings])
        assert len(pairs) == 6


class TestTakingAToolIntoUse:
    def test_makes_it_the_one_for_new_readings_from_its_day(self, tool):
        other = taken_into_use(licence="L-1", instead_of=tool.code)
        assert StarTool.objects.in_use(on=LATER_DAY) == other
        assert StarTool.objects.in_use(on=date(2014, 9, 7)) == tool
        assert other.as_rules() == OTHER

    def test_twice_changes_nothing(self):
        assert taken_into_use() == taken_into_use()

    def test_is_refused_when_it_is_not_a_star(self):
        with pytest.raises(ValueError, match="A star has 3 to 20 areas"):
            load_tool(Tool("x", 1, "X", 1, 3, (), ()), starts_on=ON, source="test")


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


class TestTheDatabase:
    """Raw SQL on the application's own connection."""

    @pytest.mark.parametrize(
        "marks",
        [
            "{}",
            "[1]",
            "3",
            '{"home": 7}',
            '{"home": 0}',
            '{"home": 2.5}',
            '{"home": "2"}',
            '{"home": null}',
            '{"x": 2}',
        ],
    )
    def test_refuses_marks_off_the_star(self, family, tool, everything, marks):
        with pytest.raises(IntegrityError, match=r"marks at least one area|off the scale"):
            run(
                "insert into casework_reading (uid, family_id, tool_id, taken_on, completed, marks, note, "
                "why_corrected, recorded_by_id, recorded_at) "
                "values (gen_random_uuid(), %s, %s, %s, 'worker', %s, '', '', %s, now())",
                family.pk, tool.pk, ON, marks, everything.pk,
            )  # fmt: skip

    @pytest.mark.parametrize("sql", ["update casework_reading set note = 'x'", "delete from casework_reading"])
    def test_lets_nobody_change_a_reading(self, sql):
        ReadingFactory()
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(sql)

    @pytest.mark.parametrize(
        "sql",
        [
            "update casework_startool set highest = 20",
            "delete from casework_stararea",
            "update casework_starstage set name = 'x'",
        ],
    )
    def test_lets_nobody_change_a_star_that_is_in_use(self, sql):
        with pytest.raises(Exception, match=r"[Cc]annot"):
            run(sql)

    def test_refuses_to_correct_another_familys_reading(self, family, everything):
        with pytest.raises(IntegrityError, match="of the same family"):
            ReadingFactory(family=family, supersedes=ReadingFactory(), why_corrected="Wrong")

    def test_shows_another_locality_nothing(self, post, melton):
        ReadingFactory()
        with acting_as(post(Role.SENIOR, melton)):
            assert not Reading.objects.exists()

import pytest

from families.restricting.rules import (
    NOBODY_DECIDES,
    NOT_IN_POST,
    WORKER_NOT_NAMED,
    Part,
    decides,
    differences,
    written,
    wrong,
)
from slf.access.rules import Role

MANAGER, WORKER, SENIOR = Part(1, Role.MANAGER), Part(2, Role.FSW), Part(3, Role.SENIOR)
EVERYBODY = (MANAGER, WORKER, SENIOR)


class TestThePeopleNamed:
    @pytest.mark.parametrize(
        ("named", "worker", "refusal"),
        [
            pytest.param([MANAGER, WORKER], 2, "", id="a manager and the worker"),
            pytest.param([MANAGER], None, "", id="a manager alone, and nobody works with the family"),
            pytest.param([WORKER, SENIOR], None, NOBODY_DECIDES, id="nobody who decides"),
            pytest.param([], None, NOBODY_DECIDES, id="nobody"),
            pytest.param([MANAGER, Part(9, Role.HEAD)], None, NOT_IN_POST, id="somebody who has left"),
            pytest.param([MANAGER, Part(1, Role.HEAD)], None, NOT_IN_POST, id="somebody in a post they do not hold"),
            pytest.param([MANAGER], 2, WORKER_NOT_NAMED, id="a worker who is not named"),
            pytest.param([MANAGER, SENIOR], 3, WORKER_NOT_NAMED, id="a senior does not work with a family"),
        ],
    )
    def test_have_to_be_able_to_decide_and_work(self, named, worker, refusal):
        assert wrong(named, in_post=EVERYBODY, worker=worker) == refusal

    @pytest.mark.parametrize("role", list(Role))
    def test_decide_as_manager_or_head(self, role):
        assert decides(role) == (role in {Role.MANAGER, Role.HEAD})

    def test_are_written_once_and_in_one_order(self):
        text = written([SENIOR, MANAGER, MANAGER])
        assert text == ["1:manager", "3:senior"]
        assert [Part.read(each) for each in text] == [MANAGER, SENIOR]

    def test_differ_by_who_was_added_and_who_was_taken_off(self):
        assert differences([MANAGER, WORKER], [MANAGER, SENIOR]) == ([SENIOR], [WORKER])

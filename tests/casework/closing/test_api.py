"""Closing a case through the API."""

import pytest

from casework.cases.models import Case
from tests.casework.closing.factories import MISTAKE, TODAY, closed, proposed, told

pytestmark = pytest.mark.django_db
SAID = {**vars(told()), "closes_on": "2014-10-15"}


def address(family, *more):
    return "/".join(["/api/v1/families", str(family.uid), "case", *more, ""])


class TestACase:
    def test_says_how_it_stands_and_what_closing_does(self, api, senior, worker, family):
        said = api(senior).get(address(family)).json()
        assert (said["opened_on"], said["closed_on"], said["closings"]) == ("2014-09-01", None, [])
        assert {"text": f"{worker} works with the family no more, and has room for another one"} in said["before"][
            "ends"
        ]

    def test_is_closed(self, api, senior, family):
        answer = api(senior).post(address(family, "close"), SAID, format="json")
        assert answer.status_code == 201
        row = answer.json()
        assert (row["state"], row["because"], row["decided_by"]) == (
            "closed", "The family reached what it wanted", str(senior),
        )  # fmt: skip
        said = api(senior).get(address(family)).json()
        assert (said["closed_on"], said["before"]) == ("2014-10-15", None)

    @pytest.mark.parametrize(
        "wrong",
        [{"reason": "because"}, {"asked_by": "nobody"}, {"reached": ""}, {"closes_on": "never"}, {"family_says": None}],
    )
    def test_is_not_closed_by_what_is_no_answer(self, api, senior, family, wrong):
        answer = api(senior).post(address(family, "close"), SAID | wrong, format="json")
        assert answer.status_code == 400
        assert next(iter(wrong)) in str(answer.json())

    def test_is_not_closed_on_a_day_to_come(self, api, senior, family):
        answer = api(senior).post(address(family, "close"), SAID | {"closes_on": "2014-10-16"}, format="json")
        assert answer.status_code == 422
        assert Case.objects.get().closed_on is None

    def test_says_who_was_first(self, api, senior, manager, family):
        closed(family, manager)
        answer = api(senior).post(address(family, "close"), SAID, format="json")
        assert answer.status_code == 409
        assert "closed this case" in answer.json()["detail"]


class TestAProposal:
    def test_is_made_confirmed_and_taken_back(self, api, senior, worker, family):
        made = api(worker).post(address(family, "propose-closing"), SAID, format="json").json()
        assert made["state"] == "proposed"
        one = f"/api/v1/closings/{made['uid']}"
        assert api(senior).post(f"{one}/confirm/", {}, format="json").json()["state"] == "closed"
        back = api(senior).post(f"{one}/take-back/", {"because": MISTAKE}, format="json").json()
        assert (back["state"], back["taken_back_on"]) == ("taken_back", TODAY.isoformat())

    def test_is_sent_back_or_withdrawn(self, api, senior, worker, family):
        one = f"/api/v1/closings/{proposed(family, worker).uid}"
        assert (
            api(senior).post(f"{one}/send-back/", {"answer": "Not yet."}, format="json").json()["answer"] == "Not yet."
        )
        two = f"/api/v1/closings/{proposed(family, worker).uid}"
        assert api(worker).post(f"{two}/withdraw/", {}, format="json").json()["state"] == "withdrawn"
        assert api(worker).post(f"{one}/withdraw/", {}, format="json").status_code == 409

"""A date in three boxes: each way it can be wrong has its sentence, and nothing typed is lost."""

from datetime import date

import pytest

from slf.web.forms import GovDateField, GovForm
from tests.slf.web.conftest import read


class Form(GovForm):
    on = GovDateField(
        label="When did you visit?",
        called="The date of the visit",
        earliest=date(2012, 1, 1),
        latest=lambda: date(2014, 10, 15),
    )
    born = GovDateField(label="Date of birth", required=False, autocomplete="bday")


def typed(day="", month="", year=""):
    return {"on_day": day, "on_month": month, "on_year": year}


class TestReadingADate:
    @pytest.mark.parametrize(
        ("boxes", "day"),
        [
            pytest.param(("27", "3", "2014"), date(2014, 3, 27), id="figures"),
            pytest.param(("07", "03", "2014"), date(2014, 3, 7), id="noughts before"),
            pytest.param(("27", "March", "2014"), date(2014, 3, 27), id="the month in full"),
            pytest.param((" 27", "mar ", "2014"), date(2014, 3, 27), id="the month cut short, with spaces"),
            pytest.param(("29", "2", "2012"), date(2012, 2, 29), id="a leap day"),
        ],
    )
    def test_takes_what_people_write(self, boxes, day):
        form = Form(typed(*boxes))
        assert form.is_valid(), form.errors
        assert form.cleaned_data["on"] == day

    @pytest.mark.parametrize(
        ("boxes", "sentence", "wrong"),
        [
            pytest.param(("", "", ""), "Enter the date of the visit", ["day", "month", "year"], id="nothing"),
            pytest.param(("27", "", "2014"), "The date of the visit must include a month", ["month"], id="no month"),
            pytest.param(
                ("", "", "2014"), "The date of the visit must include a day and month", ["day", "month"], id="year only"
            ),
            pytest.param(
                ("31", "2", "2014"),
                "The date of the visit must be a real date",
                ["day", "month", "year"],
                id="31 February",
            ),
            pytest.param(
                ("27", "Mooch", "2014"),
                "The date of the visit must be a real date, like 27 3 2012",
                ["month"],
                id="no such month",
            ),
            pytest.param(
                ("27", "3", "14"),
                "The date of the visit must have a year of 4 numbers, like 2012",
                ["year"],
                id="a short year",
            ),
            pytest.param(
                ("\N{ARABIC-INDIC DIGIT ONE}", "3", "2014"),
                "The date of the visit must be a real date, like 27 3 2012",
                ["day"],
                id="other digits",
            ),
            pytest.param(
                ("27", "3", "20141015000"),
                "The date of the visit must be a real date, like 27 3 2012",
                ["year"],
                id="a year of eleven numbers",
            ),
            pytest.param(
                ("99999999999", "3", "2014"),
                "The date of the visit must be a real date, like 27 3 2012",
                ["day"],
                id="a day of eleven numbers",
            ),
            pytest.param(
                ("27", "999999999", "2014"),
                "The date of the visit must be a real date",
                ["day", "month", "year"],
                id="a month of nine numbers",
            ),
            pytest.param(
                ("9" * 5000, "3", "2014"),
                "The date of the visit must be a real date, like 27 3 2012",
                ["day"],
                id="a day of thousands of numbers",
            ),
            pytest.param(
                ("16", "10", "2014"),
                "The date of the visit must be on or before 15 October 2014",
                ["day", "month", "year"],
                id="tomorrow",
            ),
            pytest.param(
                ("31", "12", "2011"),
                "The date of the visit must be on or after 1 January 2012",
                ["day", "month", "year"],
                id="before the service",
            ),
        ],
    )
    def test_says_what_is_wrong_marks_the_box_and_keeps_what_was_typed(self, boxes, sentence, wrong):
        form = Form(typed(*boxes))
        assert form.errors["on"] == [sentence]
        page = read(form["on"].as_field_group())
        assert [box["name"].removeprefix("on_") for box in page.all("input", aria_invalid="true")] == wrong
        assert [box["value"] for box in page.all("input")] == list(boxes)

    def test_may_be_left_out_where_it_is_optional(self):
        form = Form(typed("27", "3", "2014"))
        assert form.is_valid()
        assert form.cleaned_data["born"] is None


class TestADateOnThePage:
    def test_opens_with_the_date_it_has(self):
        page = read(Form(initial={"on": date(2014, 10, 5)})["on"].as_field_group())
        assert [box["value"] for box in page.all("input")] == ["5", "10", "2014"]

    def test_is_a_group_named_by_the_question_with_a_label_for_each_box(self):
        page = read(Form()["on"].as_field_group())
        assert page.one("fieldset")["role"] == "group"
        assert page.one("legend").text == "When did you visit?"
        assert [label["for"] for label in page.all("label")] == [box["id"] for box in page.all("input")]

    def test_asks_the_browser_for_a_birthday_only_when_told(self):
        page = read(Form()["born"].as_field_group())
        assert [box["autocomplete"] for box in page.all("input")] == ["bday-day", "bday-month", "bday-year"]
        assert {box["autocomplete"] for box in read(Form()["on"].as_field_group()).all("input")} == {"off"}

    def test_knows_whether_it_was_changed(self):
        day = date(2014, 10, 5)
        assert not Form(typed("5", "10", "2014"), initial={"on": day}).has_changed()
        assert Form(typed("6", "10", "2014"), initial={"on": day}).has_changed()

import io
from datetime import date

import pytest

from families.hub.files import check_file, rows_of
from families.hub.rules import FEEDS, LONGEST_REASON, BadRow, about_key, source_key
from families.hub.shown import how_many
from tests.families.hub.factories import ATTENDANCE

ATTENDANCE_FEED = FEEDS["attendance"]
HEADER = ",".join(ATTENDANCE_FEED.columns)
LINE = ",".join(ATTENDANCE.values())


def row(**changed):
    return ATTENDANCE | {name.replace("_", " "): value for name, value in changed.items()}


class TestARowOfAttendance:
    def test_states_possible_attended_and_unauthorised_sessions_of_a_term(self):
        reading = ATTENDANCE_FEED.read(ATTENDANCE)
        assert reading.identifiers == {"upn": ATTENDANCE["UPN"]}
        assert (reading.starts_on, reading.ends_before) == (date(2013, 9, 2), date(2013, 12, 21))
        assert reading.value == {
            "term": "2013-14 autumn", "possible": 140, "attended": 110, "unauthorised": 25,
            "fixed_exclusions": 0, "school": "Rawlins",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            pytest.param({"UPN": " "}, "No identifier: fill in “UPN”.", id="nobody named"),
            pytest.param({"UPN": "A1"}, "“UPN” is 'A1': a unique pupil number must be a letter", id="no pupil number"),
            pytest.param({"UPN": "A801200001001"}, "has a first letter that does not fit", id="a wrong check letter"),
            pytest.param({"Term": "last autumn"}, "write it as 2013-14 autumn", id="a term in words"),
            pytest.param({"Term starts": "31/02/2013"}, "there is no such day", id="no such day"),
            pytest.param({"Term starts": "09-02-13"}, "write the date as 03/10/2013", id="an odd date"),
            pytest.param({"Possible sessions": "many"}, "write a whole number", id="no number"),
            pytest.param({"Attended sessions": "139"}, "are more than 140 possible", id="more than possible"),
            pytest.param({"School": "=HYPERLINK()"}, "a formula is not a value", id="a formula"),
            pytest.param({"Term ends": "01/09/2013"}, "ends before it starts", id="ends first"),
            pytest.param({"Term ends": "31/12/9999"}, "the year must be from 1900 to 2100", id="the last day there is"),
            pytest.param({"Date of birth": "1/1/0001"}, "the year must be from 1900", id="the first day there is"),
            pytest.param({"Possible sessions": "9" * 50}, "at most 6 figures", id="a number without end"),
            pytest.param({"Possible sessions": "²"}, "write a whole number", id="a figure set high"),
            pytest.param({"School": "x" * 201}, "“School” is longer than 200 characters", id="a long cell"),
            pytest.param({"Term": "\U000e0001" * 190}, "write it as 2013-14 autumn", id="what does not print"),
        ],
    )
    def test_that_cannot_be_read_says_which_cell_and_why(self, changed, sentence):
        with pytest.raises(BadRow, match=sentence):
            ATTENDANCE_FEED.read(row(**changed))

    @pytest.mark.parametrize("column", ["Term", "Date of birth", "Possible sessions"])
    def test_has_a_reason_that_can_be_kept_whatever_it_holds(self, column):
        with pytest.raises(BadRow) as refused:
            ATTENDANCE_FEED.read(ATTENDANCE | {column: "\U000e0001" * 200})
        assert len(str(refused.value)) <= LONGEST_REASON

    def test_with_other_figures_is_another_version_of_the_same_statement(self):
        first, second = ATTENDANCE_FEED.read(ATTENDANCE), ATTENDANCE_FEED.read(row(Attended_sessions="100"))
        about = about_key(ATTENDANCE_FEED, 1, 2, first)
        assert about == about_key(ATTENDANCE_FEED, 1, 2, second)
        assert source_key(about, first) != source_key(about, second)


class TestNumbers:
    @pytest.mark.parametrize(("number", "words"), [(0, ""), (1, "1 row"), (40000, "40,000 rows")])
    def test_are_said_with_their_noun(self, number, words):
        assert how_many(number, "row") == words


class TestARowOfBenefits:
    def test_without_an_end_goes_on(self):
        cells = dict.fromkeys(FEEDS["benefits"].columns, "") | {
            "NI number": "ab 12 34 56 c", "Benefit": "jsa", "Start date": "2013-04-01",
        }  # fmt: skip
        reading = FEEDS["benefits"].read(cells)
        assert (reading.identifiers, reading.ends_before) == ({"ni_number": "AB123456C"}, None)


class TestAFile:
    def test_says_of_each_row_on_which_line_of_the_file_it_begins(self):
        broken = LINE.replace("Rawlins", '"Rawlins\nCollege"')
        content = f"{HEADER}\n\n{broken}\n{LINE}\n".encode()
        assert [(row.number, row.line) for row in rows_of(io.BytesIO(content), ATTENDANCE_FEED)] == [(2, 3), (3, 5)]

    def test_that_comes_back_with_its_reasons_is_read_again(self):
        content = f"{HEADER},Reason\n{LINE},No person has this identifier\n".encode("utf-8-sig")
        assert check_file(io.BytesIO(content), ATTENDANCE_FEED)[1] == 1

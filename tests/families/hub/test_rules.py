import io
from datetime import date

import pytest

from families.hub.files import check_file
from families.hub.rules import FEEDS, BadFile, BadRow, about_key, source_key
from tests.families.hub.factories import ATTENDANCE

ATTENDANCE_FEED = FEEDS["attendance"]
HEADER = ",".join(ATTENDANCE_FEED.columns)
LINE = ",".join(ATTENDANCE.values())


def row(**changed):
    return ATTENDANCE | {name.replace("_", " "): value for name, value in changed.items()}


class TestARowOfAttendance:
    def test_states_possible_attended_and_unauthorised_sessions_of_a_term(self):
        reading = ATTENDANCE_FEED.read(ATTENDANCE)
        assert reading.identifiers == {"upn": "A823456789012"}
        assert (reading.starts_on, reading.ends_before) == (date(2013, 9, 2), date(2013, 12, 21))
        assert reading.value == {
            "term": "2013-14 autumn", "possible": 140, "attended": 110, "unauthorised": 25,
            "fixed_exclusions": 0, "school": "Rawlins",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            pytest.param({"UPN": " "}, "No identifier: fill in “UPN”.", id="nobody named"),
            pytest.param({"Term": "last autumn"}, "write it as 2013-14 autumn", id="a term in words"),
            pytest.param({"Term starts": "31/02/2013"}, "there is no such day", id="no such day"),
            pytest.param({"Term starts": "09-02-13"}, "write the date as 03/10/2013", id="an odd date"),
            pytest.param({"Possible sessions": "many"}, "write a whole number", id="no number"),
            pytest.param({"Attended sessions": "139"}, "are more than 140 possible", id="more than possible"),
            pytest.param({"School": "=HYPERLINK()"}, "a formula is not a value", id="a formula"),
            pytest.param({"Term ends": "01/09/2013"}, "ends before it starts", id="ends first"),
        ],
    )
    def test_that_cannot_be_read_says_which_cell_and_why(self, changed, sentence):
        with pytest.raises(BadRow, match=sentence):
            ATTENDANCE_FEED.read(row(**changed))

    def test_with_other_figures_is_another_version_of_the_same_statement(self):
        first, second = ATTENDANCE_FEED.read(ATTENDANCE), ATTENDANCE_FEED.read(row(Attended_sessions="100"))
        about = about_key(ATTENDANCE_FEED, 1, 2, first)
        assert about == about_key(ATTENDANCE_FEED, 1, 2, second)
        assert source_key(about, first) != source_key(about, second)


class TestARowOfBenefits:
    def test_without_an_end_goes_on(self):
        cells = dict.fromkeys(FEEDS["benefits"].columns, "") | {
            "NI number": "qq 12 34 56 c", "Benefit": "jsa", "Start date": "2013-04-01",
        }  # fmt: skip
        reading = FEEDS["benefits"].read(cells)
        assert (reading.identifiers, reading.ends_before) == ({"ni_number": "QQ123456C"}, None)


class TestAFile:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            pytest.param(b"UPN,Surname\n1,2\n", "Missing: Forename", id="missing columns"),
            pytest.param(f"{HEADER},Shoe size\n".encode(), "Not known: Shoe size", id="unknown column"),
            pytest.param(f"{HEADER},UPN\n".encode(), "Twice: UPN", id="a column twice"),
            pytest.param(f"{HEADER}\n{LINE}\nÉ".encode("latin-1"), "Line 3 has a character", id="broken encoding"),
            pytest.param(f"{HEADER}\n\0".encode(), "NUL bytes", id="NUL bytes"),
            pytest.param(f"{HEADER}\n".encode(), "no rows", id="no rows"),
            pytest.param(b"", "Missing: UPN", id="empty"),
            pytest.param(f"{HEADER}\n{LINE},more\n".encode(), "more cells than there are columns", id="extra cell"),
            pytest.param(f'{HEADER}\n"open\n'.encode(), "not a line of a CSV file", id="an open quote"),
            pytest.param(f"{HEADER}\n".encode() + b"a\n" * 200_001, "more than 200,000 rows", id="too many rows"),
        ],
    )
    def test_that_is_not_of_this_feed_is_refused_whole(self, content, sentence):
        with pytest.raises(BadFile, match=sentence):
            check_file(io.BytesIO(content), ATTENDANCE_FEED)

    def test_that_comes_back_with_its_reasons_is_read_again(self):
        content = f"{HEADER},Reason\n{LINE},No person has this identifier\n".encode("utf-8-sig")
        assert check_file(io.BytesIO(content), ATTENDANCE_FEED)[1] == 1

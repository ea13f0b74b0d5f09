"""Files that open safely in a spreadsheet, and hold what they were given."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slf.paper.sheets import DoesNotFit, csv_bytes, csv_response, guarded, sheet_name, xlsx_bytes, xlsx_response

HEADS = ("Family", "Visits", "On")


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


class TestACsvFile:
    @pytest.mark.parametrize(
        "text",
        [
            "=1+1",
            "+44 1509",
            "-2",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            "  =1+1",
            "\N{NO-BREAK SPACE}=1",
            "\N{FULLWIDTH EQUALS SIGN}1",
        ],
    )
    def test_makes_a_text_harmless_that_would_run(self, text):
        cell = read_csv(csv_bytes(["Name"], [(text,)]))[1][0]
        assert cell.startswith("'")
        assert cell.removeprefix("'").replace("\r", "\n") == text.replace("\r", "\n")

    @given(st.text(max_size=30))
    def test_never_begins_a_cell_with_anything_that_runs(self, text):
        assert not str(guarded(text)).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))

    @pytest.mark.parametrize(
        ("cell", "written"), [(-5, "-5"), (Decimal("-2.50"), "-2.50"), ("O'Brien", "O'Brien"), ("a=b", "a=b")]
    )
    def test_leaves_figures_and_names_alone(self, cell, written):
        assert read_csv(csv_bytes(["x"], [(cell,)]))[1] == [written]

    def test_guards_its_heads_too(self):
        assert read_csv(csv_bytes(["=HYPERLINK()"], []))[0] == ["'=HYPERLINK()"]

    def test_says_that_it_is_utf_8(self):
        content = csv_bytes(["Name"], [("Łukasz",)])
        assert content.startswith(b"\xef\xbb\xbf")
        assert read_csv(content)[1] == ["Łukasz"]

    def test_writes_days_moments_and_answers_one_way(self):
        moment = datetime(2014, 10, 5, 13, 32, tzinfo=UTC)
        row = (date(2014, 10, 5), moment, True, None)
        assert read_csv(csv_bytes(["a", "b", "c", "d"], [row]))[1] == ["2014-10-05", "2014-10-05 14:32", "Yes", ""]

    def test_drops_what_no_text_holds(self):
        assert read_csv(csv_bytes(["x"], [("a\0b",)]))[1] == ["ab"]

    def test_downloads_under_a_plain_name(self):
        answer = csv_response('Claim "P1", Charnwood', HEADS, [])
        assert answer["Content-Disposition"] == 'attachment; filename="claim-p1-charnwood.csv"'
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert not answer.streaming


class TestASpreadsheet:
    def test_holds_each_thing_as_what_it_is(self):
        rows = [("Walker", 3, date(2014, 10, 5)), ("Reid", Decimal("2.5"), None)]
        sheet = read_xlsx(xlsx_bytes(HEADS, rows, title="Visits"))
        assert [cell.value for cell in sheet[1]] == list(HEADS)
        assert [cell.value for cell in sheet[2]] == ["Walker", 3, datetime(2014, 10, 5)]  # noqa: DTZ001  (a day)
        assert [cell.value for cell in sheet[3]] == ["Reid", 2.5, None]
        assert sheet["C2"].number_format == "d mmmm yyyy"

    @pytest.mark.parametrize("text", ["=1+1", "http://evil.example", "{=SUM(A1)}", "00123"])
    def test_keeps_a_text_a_text(self, text):
        content = xlsx_bytes(["x"], [(text,)])
        sheet = read_xlsx(content)
        assert (sheet["A2"].value, sheet["A2"].data_type) == (text, "s")
        assert sheet["A2"].hyperlink is None
        assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")

    def test_keeps_its_head_in_sight(self):
        sheet = read_xlsx(xlsx_bytes(HEADS, [("Walker", 3, None)]))
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == "A1:C2"

    def test_says_so_when_a_text_does_not_fit(self):
        with pytest.raises(DoesNotFit, match="Row 1, column 1"):
            xlsx_bytes(["x"], [("x" * 32_768,)])

    @pytest.mark.parametrize(
        ("title", "name"), [("Claim: P1/2", "Claim  P1 2"), ("x" * 40, "x" * 31), ("[]", "Sheet1")]
    )
    def test_has_a_name_that_excel_takes(self, title, name):
        assert sheet_name(title) == name

    def test_downloads_as_what_it_is(self):
        answer = xlsx_response("Claim P1", HEADS, [])
        assert answer["Content-Disposition"].endswith('"claim-p1.xlsx"')
        assert answer.content.startswith(b"PK")

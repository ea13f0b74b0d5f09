"""Files that are broken, too large, or made to do harm: refused whole, with a sentence, and nothing kept."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from casework.importing import files
from casework.importing.files import check_file, rows_of
from casework.importing.rules.columns import Sheet, names_of
from casework.importing.rules.reading import read_line
from families.hub.rules import BadFile
from tests.casework.importing.factories import CASE, DONNA, as_book, as_csv

HEAD = ",".join(names_of(Sheet.PEOPLE)).encode()


def refusal(content: bytes) -> str:
    with pytest.raises(BadFile) as refused:
        check_file(io.BytesIO(content))
    return str(refused.value)


def packed(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "part"),
    [
        pytest.param(b"", "These are not the columns", id="empty"),
        pytest.param(HEAD, "no rows", id="no rows"),
        pytest.param(b"Family reference;Given names\n", "semicolons", id="semicolons"),
        pytest.param(HEAD + b",Shoe size\n", "Not known: Shoe size", id="an unknown column"),
        pytest.param(HEAD + b",Surname\n", "Twice: Surname", id="a column twice"),
        pytest.param(b"Family reference,Surname\n", "Missing: Given names", id="a missing column"),
        pytest.param(HEAD + b"\n\xff\xfe\xfa", "not UTF-8", id="broken encoding"),
        pytest.param(HEAD + b"\na\0b", "no text file", id="NUL"),
        pytest.param(b"%PDF-1.7", "a PDF. Send the table itself, as XLSX or saved as “CSV UTF-8”", id="a PDF"),
        pytest.param(HEAD + b'\n"a,b', "never closed", id="an open quotation mark"),
        pytest.param("Family reference".encode("utf-16"), "UTF-16", id="UTF-16"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1", "old form", id="old Excel"),
        pytest.param(b"PK\x03\x04broken", "no spreadsheet", id="a broken archive"),
        pytest.param(packed(a=b"b"), "no spreadsheet", id="another archive"),
        pytest.param(packed(a=b"0" * (files.LARGEST_UNPACKED + 1)), "unpacks to far more", id="a bomb"),
        pytest.param(b"x" * (files.LARGEST_FILE + 1), "larger than", id="too large"),
        pytest.param(HEAD + b"\n" + b"x," * 40, "more cells than there are columns", id="too many cells"),
        pytest.param(HEAD + b"\n" + b"x" * 6000, "no text a person typed", id="an endless cell"),
    ],
)
def test_is_refused_with_a_sentence(content, part):
    assert part in refusal(content)


def test_a_million_rows_are_refused_before_they_are_read():
    assert "more than 20,000 rows" in refusal(HEAD + b"\nx" * 1_000_000)


def test_sheets_that_are_not_ours_are_named():
    book = Workbook()
    book.create_sheet("Other")
    content = io.BytesIO()
    book.save(content)
    assert "Call the sheets" in refusal(content.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_document_type_is_refused_before_anything_of_it_is_unfolded(part, encoding):
    """A thousand letters of entities that stand for entities would be gigabytes of text."""
    laughs = f'<?xml version="1.0" encoding="{encoding}"?><!-- a --><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    kept = io.BytesIO()
    with zipfile.ZipFile(as_book([DONNA])) as book, zipfile.ZipFile(kept, "w") as changed:
        for name in book.namelist():
            content = book.read(name)
            if name == part:
                content = (laughs + content.decode().partition("?>")[2]).encode(encoding)
            changed.writestr(name, content)
    with pytest.raises(BadFile, match="no spreadsheet"):
        files.refuse_a_bomb(kept.getvalue())


class TestASpreadsheet:
    def rows(self, upload):
        return [row.cells for row in rows_of(upload.read())]

    def test_gives_days_numbers_and_text_as_they_look(self):
        told = DONNA | {"Date of birth": date(1980, 5, 4), "NHS number": 9434765919, "Telephone": "01509 555012"}
        (row,) = self.rows(as_book([told]))
        assert (row["Date of birth"], row["NHS number"]) == ("1980-05-04", "9434765919")

    def test_gives_both_sheets(self):
        sheets = [row.sheet for row in rows_of(as_book([DONNA], [CASE]).read())]
        assert sheets == [Sheet.PEOPLE, Sheet.CASES]

    def test_with_a_formula_has_that_row_refused(self):
        (row,) = self.rows(as_book([DONNA | {"Surname": '=HYPERLINK("http://example.com")'}]))
        line = read_line(Sheet.PEOPLE, 2, row, today=date(2014, 10, 15))
        assert "a formula is not a value" in line.problems[0].sentence

    def test_with_a_day_as_a_number_has_it_explained(self):
        (row,) = self.rows(as_book([DONNA | {"Joined on": 41281}]))
        line = read_line(Sheet.PEOPLE, 2, row, today=date(2014, 10, 15))
        assert "it may mean 07/01/2013" in line.problems[0].sentence

    def test_leaves_empty_rows_out(self):
        assert len(self.rows(as_book([DONNA, dict.fromkeys(DONNA), DONNA]))) == 2


def test_what_we_gave_to_mend_is_taken_again():
    columns = [*names_of(Sheet.PEOPLE), "Row", "Reason"]
    (row,) = rows_of(as_csv(DONNA | {"Row": "7", "Reason": "x"}, columns=columns).read())
    assert "Reason" not in row.cells

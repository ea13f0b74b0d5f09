import pytest

from slf.files import office, portable, rules
from slf.files.rules import WrongFile
from tests.referrals.attachments.factories import JPEG, PDF, PNG, PROGRAM, WITH_MACROS, WORD, archive


def locked(content: bytes) -> bytes:
    """Say of each part that it is encrypted, in its header and in the list of what is inside."""
    made = bytearray(content)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(mark)
        while place >= 0:
            made[place + flags] |= office.ENCRYPTED
            place = made.find(mark, place + 1)
    return bytes(made)


class TestTheKindOfAFile:
    @pytest.mark.parametrize(
        ("content", "kind"), [(PDF, rules.PDF), (JPEG, rules.JPEG), (PNG, rules.PNG), (WORD, rules.WORD)]
    )
    def test_is_told_by_its_content(self, content, kind):
        assert rules.kind_of(content) is kind

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            pytest.param(PROGRAM, rules.NOT_ALLOWED, id="a program"),
            pytest.param(b"<html><script>", rules.NOT_ALLOWED, id="a page"),
            pytest.param(b"<svg xmlns=", rules.NOT_ALLOWED, id="a drawing that may carry a script"),
            pytest.param(archive("a.txt"), rules.NOT_ALLOWED, id="an archive"),
            pytest.param(b"PK\x03\x04 broken", rules.NOT_ALLOWED, id="a broken archive"),
            pytest.param(WITH_MACROS, office.MACROS, id="a document with a program in it"),
            pytest.param(
                archive("[Content_Types].xml", "word/document.xml", "word/activeX/a.bin"), office.MACROS, id="a control"
            ),
            pytest.param(locked(WORD), office.LOCKED, id="a document with a password"),
            pytest.param(b"%PDF-1.7 trailer << /Encrypt 4 0 R >>", portable.LOCKED, id="a PDF with a password"),
            pytest.param(b"%PDF-1.7 << /S /JavaScript /JS (app.alert) >>", portable.PROGRAM, id="a PDF with a program"),
            pytest.param(rules.OLE + b"made up", rules.OLD_OR_LOCKED, id="a document of long ago, or locked"),
            pytest.param(b"", rules.EMPTY, id="nothing"),
            pytest.param(PDF + b"x" * rules.LARGEST, rules.TOO_LARGE, id="too much"),
        ],
    )
    def test_is_refused_with_what_to_do(self, content, sentence):
        with pytest.raises(WrongFile) as refusal:
            rules.kind_of(content)
        assert refusal.value.message == sentence


class TestANameMadeSafe:
    @pytest.mark.parametrize(
        ("given", "safe"),
        [
            ("School report.pdf", "School report.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\ann\\report.PDF", "report.pdf"),
            ("report.pdf.exe", "report.pdf.pdf"),
            ('a"b\r\nSet-Cookie: x.pdf', "a_bSet-Cookie_ x.pdf"),
            ("\u202efdp.exe", "fdp.pdf"),
            ("???.pdf", "file.pdf"),
            ("Zoë's notes.pdf", "Zoë_s notes.pdf"),
            ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
        ],
    )
    def test_is_a_plain_one_with_the_ending_it_really_has(self, given, safe):
        assert rules.safe_name(given, rules.PDF) == safe


class TestANameThatMustSayWhatItIs:
    @pytest.mark.parametrize("given", ["order.pdf", "ORDER.PDF", "order", "C:\\scans\\order.pdf"])
    def test_does(self, given):
        rules.check_name(given, rules.PDF)

    @pytest.mark.parametrize("given", ["order.jpg", "order.pdf.exe", "order.docx"])
    def test_does_not(self, given):
        with pytest.raises(WrongFile, match="but the file is a PDF"):
            rules.check_name(given, rules.PDF)

    @pytest.mark.parametrize("given", ["a.jpg", "a.jpeg", "image"])
    def test_of_a_picture(self, given):
        rules.check_name(given, rules.JPEG)

import pytest

from referrals.attachments import rules
from referrals.intake.rules import WrongAnswer
from tests.referrals.attachments.factories import JPEG, PDF, PNG, PROGRAM, WITH_MACROS, WORD, archive


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
            pytest.param(WITH_MACROS, rules.MACROS, id="a document with a program in it"),
            pytest.param(b"", rules.EMPTY, id="nothing"),
            pytest.param(PDF + b"x" * rules.LARGEST, rules.TOO_LARGE, id="too much"),
        ],
    )
    def test_is_refused_with_what_to_do(self, content, sentence):
        with pytest.raises(WrongAnswer) as refusal:
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

"""Documents: whole, tagged, safe from what was typed, and the same on every machine."""

from datetime import date

import pytest

from slf.paper.fonts import characters, printable
from slf.paper.pdf import pdf_response, render_pdf
from slf.web.catalogue import STAR
from tests.slf.paper.reading import pages, words

PLAN = {
    "title": "Plan of the Walker family",
    "about": "Agreed on 3 March 2014",
    "facts": [["Worker", "Priya Shah"], ["Review", date(2014, 10, 15)]],
    "head": ["Goal", "Who", "By"],
    "rows": [["Kelly is in school every day", "Dawn", date(2014, 12, 19)]],
    "star": str(STAR.svg),
    "star_says": STAR.says,
}


def document(**changes):
    return render_pdf("slf/paper/example.typ", PLAN | changes)


class TestADocument:
    def test_is_a_tagged_pdf_for_everyone(self):
        pdf = document()
        assert pdf.startswith(b"%PDF-1.7")
        assert b"/MarkInfo" in pdf
        assert b"/Marked true" in pdf
        assert b"pdfuaid:part" in pdf
        assert b"/Lang(en-GB)" in pdf

    def test_says_its_title_its_marking_and_its_pages(self):
        found = pages(document(rows=PLAN["rows"] * 60))
        assert "Plan of the Walker family" in found[0]
        assert all("OFFICIAL-SENSITIVE" in page for page in found)
        assert [f"Page {number} of 3" in page for number, page in enumerate(found, 1)] == [True] * 3

    def test_writes_days_as_people_do(self):
        text = words(document())
        assert "Review: 15 October 2014" in text
        assert "19 December 2014" in text

    def test_repeats_the_head_of_a_table_on_every_page(self):
        with_rows = [page for page in pages(document(rows=PLAN["rows"] * 60)) if "Kelly is in" in page]
        assert len(with_rows) == 2
        assert all("Goal" in page for page in with_rows)

    def test_brings_its_own_letters(self):
        pdf = document()
        assert b"Arimo" in pdf
        for stranger in (b"Liberation", b"DejaVu", b"Libertinus"):
            assert stranger not in pdf

    def test_downloads_under_a_plain_name(self):
        answer = pdf_response("Plan: Walker", "slf/paper/example.typ", PLAN)
        assert answer["Content-Disposition"] == 'attachment; filename="plan-walker.pdf"'


class TestWhatWasTyped:
    @pytest.mark.parametrize(
        "typed", ['#read("/slf/settings.py")', "*bold* _it_ $x^2$", '"]; #panic()', "\\u{41} <label> @ref"]
    )
    def test_is_never_markup(self, typed):
        assert " ".join(typed.split()) in words(document(rows=[[typed, "", ""]]))

    @pytest.mark.parametrize(
        "typed", ["\N{GRINNING FACE}", "\0", "ગુજરાતી", "한", "a\N{VARIATION SELECTOR-16}", "\N{RIGHT-TO-LEFT OVERRIDE}"]
    )
    def test_never_costs_a_family_its_document(self, typed):
        assert document(title=f"Plan {typed}", rows=[[typed, typed, typed]]).startswith(b"%PDF")

    def test_is_shown_as_a_square_where_the_font_has_no_such_letter(self):
        assert printable({"a": ["Łukasz \N{GRINNING FACE}\0!"]}) == {"a": ["Łukasz \N{WHITE SQUARE}!"]}

    def test_keeps_the_letters_of_europe(self):
        typed = "Zażółć gęślą jaźń, Ștefan, Ağaoğlu, Владимир, Ελένη, “quoted” £5 • ≥ 2"
        assert printable(typed) == typed

    def test_has_a_square_to_show(self):
        assert ord("\N{WHITE SQUARE}") in characters()

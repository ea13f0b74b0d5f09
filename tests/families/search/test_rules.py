from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from families.search import rules
from families.search.rules import Way, parse

ON = date(2014, 10, 15)


def read(text):
    """Return what is looked up, part by part, without the spellings of names."""
    kinds = ("word", "born", "exchanged", "reference", "code", "postcode", "district", "telephone")
    return [{kind: getattr(part, kind) for kind in kinds if getattr(part, kind)} for part in parse(text, on=ON)]


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("typed", "parts"),
        [
            pytest.param("Donna  Hallam", [{"word": "donna"}, {"word": "hallam"}], id="names are taken one by one"),
            pytest.param("The Hallam family", [{"word": "hallam"}], id="what every family is called is left out"),
            pytest.param("The", [{"word": "the"}], id="unless it is all"),
            pytest.param("D Hallam", [{"word": "hallam"}], id="an initial tells too little"),
            pytest.param("O'Brien-Smythe", [{"word": "obrien"}, {"word": "smythe"}], id="hyphens part names"),
            pytest.param("SLF 42", [{"reference": "SLF-000042"}], id="a reference may be short"),
            pytest.param("42", [{"reference": "SLF-000042"}], id="or only its number"),
            pytest.param("29/2/04", [{"born": date(2004, 2, 29)}], id="two figures are a year of this century"),
            pytest.param("4/4/84", [{"born": date(1984, 4, 4)}], id="or of the last, if it is not yet"),
            pytest.param("02/13/1984", [{"exchanged": date(1984, 2, 13)}], id="a month that is none is a day"),
            pytest.param("31/02/1984", [{}], id="a day that is none is asked for and found nowhere"),
            pytest.param("13th of October 2012", [{"born": date(2012, 10, 13)}], id="a month in words"),
            pytest.param("le112qa", [{"postcode": "LE11 2QA"}], id="a postcode without its space"),
            pytest.param("hallam le11", [{"word": "hallam"}, {"district": "LE11 "}], id="LE11 is not LE1"),
            pytest.param("0044 7700 900123", [{"telephone": "3210090077"}], id="telephone numbers from their end"),
            pytest.param(
                "900123", [{"telephone": "321009", "reference": "SLF-900123"}], id="or are a reference"
            ),
            pytest.param("ab 12 34 56 c", [{"code": "AB123456C"}], id="an NI number with spaces"),
            pytest.param("a12345678901b", [{"code": "A12345678901B"}], id="a UPN"),
            pytest.param("943 476 5919", [{"code": "9434765919", "telephone": "9195674349"}], id="an NHS number"),
        ],
    )  # fmt: skip
    def test_is_read(self, typed, parts):
        assert read(typed) == parts

    @given(st.text(max_size=200))
    def test_is_read_whatever_it_is(self, text):
        assert len(parse(text, on=ON)) <= rules.MOST_PARTS
        assert all(isinstance(part.keys(), dict) for part in parse(text, on=ON))

    @given(st.text(alphabet="0123456789/-. SLFabcdefoctmar+", max_size=90))
    def test_of_figures_is_read_whatever_it_is(self, text):
        parse(text, on=ON)

    def test_is_cut(self):
        assert len(rules.tidy("donna " * 2000)) <= rules.LONGEST
        assert rules.tidy("a\x00b\ud800c") == "a b c"


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("catherine", "kathryn"), ("stephen", "steven"), ("smith", "smyth"), ("mohammed", "muhammad"),
            ("reid", "read"),
            ("knight", "night"), ("macdonald", "mcdonald"), ("geoffrey", "jeffrey"), ("philips", "fillips"),
            ("clark", "clarke"), ("wright", "rite"), ("hughes", "huws"), ("christine", "kristin"),
        ],
    )  # fmt: skip
    def test_sound_alike(self, one, other):
        assert rules.sound(one) == rules.sound(other)

    @pytest.mark.parametrize(("one", "other"), [("smith", "jones"), ("donna", "dorothy"), ("karen", "sharon")])
    def test_sound_different(self, one, other):
        assert rules.sound(one) != rules.sound(other)

    @given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12), st.data())
    def test_one_letter_away_are_found(self, word, data):
        at = data.draw(st.integers(0, len(word) - 1))
        typos, patterns = rules.one_letter_away(word)
        with_another = f"{word[:at]}q{word[at + 1 :]}"
        assert f"{with_another[:at]}_{with_another[at + 1 :]}" in patterns
        assert f"{word[:at]}_{word[at:]}" in patterns
        assert word[:at] + word[at + 1 :] in {*typos, word}

    def test_short_ones_have_no_typos(self):
        assert rules.one_letter_away("lee") == ((), ())

    def test_have_other_forms_both_ways(self):
        assert "liz" in rules.other_forms("elizabeth")
        assert "elizabeth" in rules.other_forms("liz")
        assert rules.other_forms("quux") == ()

    def test_of_the_table_are_as_they_are_compared(self):
        words = [word for group in rules.SAME_NAME for word in group]
        assert [word for word in words if rules.words_of(word) != [word]] == []


class TestWhy:
    def test_is_said_of_every_way(self):
        (part,) = parse("donna", on=ON)
        assert all(rules.why(way, part) for way in Way)

    def test_is_one_line_for_each_person(self):
        said = [("Ann", "named “ann”"), ("", "the reference"), ("Ann", "born 3 May 1980")]
        assert list(rules.joined(said)) == ["Ann: named “ann”, born 3 May 1980", "The reference"]

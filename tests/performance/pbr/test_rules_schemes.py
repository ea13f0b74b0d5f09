"""The rows of the schemes that ship: graded, sourced, dated, read by the engine, written down and tested."""

from pathlib import Path

import pytest

from performance.pbr import schemes
from performance.pbr.rules.catalogue import KINDS
from performance.pbr.rules.criteria import OF_CHILD, OF_FAMILY
from performance.pbr.rules.judging import RESULTS
from tests.performance.pbr.story import GOOD, P1, day, judged

ROOT = Path(__file__).parents[3]
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_rules*.py"))
DOCUMENT = (ROOT / "docs" / "pbr-rules.md").read_text(encoding="utf-8")


class TestTheRowsOfP1:
    @pytest.mark.parametrize("row", P1.rows.values(), ids=lambda row: row.id)
    def test_each_has_a_question_a_grade_and_a_source(self, row):
        assert row.question.endswith((".", "?"))
        assert row.grade in ("P", "S", "D", "U")
        assert row.source

    @pytest.mark.parametrize("row", P1.rows.values(), ids=lambda row: row.id)
    def test_each_is_named_in_a_test(self, row):
        assert row.id in TESTS.replace(__name__, "")

    @pytest.mark.parametrize("row", P1.rows.values(), ids=lambda row: row.id)
    def test_each_is_written_down_with_its_grade_and_source(self, row):
        (line,) = [line for line in DOCUMENT.splitlines() if line.startswith(f"| {row.id} |")]
        assert f"| {row.grade} |" in line
        assert row.source in line

    def test_none_has_two_rows(self):
        assert sum(len(getattr(P1, part)) for part in schemes.PARTS) == len(P1.rows)

    def test_every_criterion_and_result_is_one_the_engine_knows(self):
        assert {row.kind for row in P1.criteria} <= set(OF_CHILD) | set(OF_FAMILY)
        assert {row.group for row in P1.results if row.kind in RESULTS} == {
            *("crime_asb_education", "progress_to_work", "continuous_employment")
        }

    def test_no_kind_but_prices_splits_windows_and_combinations_comes_twice(self):
        kinds = [
            row.kind for row in P1.rows.values() if row.kind not in ("price", "split", "claim_window", "combination")
        ]
        assert len(kinds) == len(set(kinds))


class TestSchemes:
    def test_are_found_by_name(self):
        assert schemes.versions() == ["P1"]
        assert (schemes.load("P1").starts_on, schemes.load("P1").ends_on) == (day("2012-04-01"), day("2015-05-31"))
        with pytest.raises(LookupError, match=r"There is no scheme P9\. There is P1\."):
            schemes.load("P9")

    def test_confirming_a_row_makes_another_scheme_with_another_digest(self):
        confirmed = P1.confirming({"P1-ID-3b": "Financial framework, March 2012"})
        assert confirmed.rows["P1-ID-3b"].settled
        assert not P1.rows["P1-ID-3b"].settled
        assert confirmed.digest != P1.digest

    def test_confirming_a_row_that_is_not_there_is_refused(self):
        with pytest.raises(KeyError, match="P1-ID-9"):
            P1.confirming({"P1-ID-9": "x"})

    def test_an_unconfirmed_row_is_read_in_its_stricter_way(self):
        row = P1.rows["P1-ID-2c"]
        assert (row.in_use["counts"], P1.confirming({"P1-ID-2c": "x"}).rows["P1-ID-2c"].in_use["counts"]) == (
            False,
            True,
        )


class TestTheDocuments:
    def test_every_kind_of_fact_is_described(self):
        described = (ROOT / "docs" / "judge.md").read_text(encoding="utf-8")
        missing = [kind for kind in KINDS if f"| `{kind}` |" not in described]
        fields = [f"`{name}`" for kind in KINDS.values() for name in kind.value if f"`{name}`" not in described]
        assert (missing, fields) == ([], [])

    def test_every_key_of_a_judgement_is_described(self):
        described = (ROOT / "docs" / "judge.md").read_text(encoding="utf-8")
        content = judged(*GOOD, scheme=P1).as_dict()
        keys = {*content, *content["trace"][0], *content["results"]["attachment"], *content["eligibility"]}
        assert [key for key in sorted(keys) if f"`{key}`" not in described] == []

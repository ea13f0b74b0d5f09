"""The rows of the schemes that ship: graded, sourced, dated, read by the engine, written down and tested."""

from pathlib import Path

import pytest

from performance.pbr import schemes
from performance.pbr.rules import scheme_of, scheme_on
from performance.pbr.rules.catalogue import KINDS
from performance.pbr.rules.criteria import OF_CHILD, OF_FAMILY
from performance.pbr.rules.figures import wrong
from performance.pbr.rules.judging import RESULTS
from performance.pbr.rules.shapes import SORTS
from tests.performance.pbr.story import GOOD, P1, day, judged

ROOT = Path(__file__).parents[3]
SCHEMES = [schemes.load(version) for version in schemes.versions()]
DOCUMENT = (ROOT / "docs" / "pbr-rules.md").read_text(encoding="utf-8")


ROWS = [row for scheme in SCHEMES for row in scheme.rows.values()]
SEVERAL = ("price", "split", "claim_window", "combination", "process", "context", "attendance_above")


class TestTheRows:
    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
    def test_each_has_a_question_a_grade_a_source_and_how_it_is_tested(self, row):
        assert row.question.endswith((".", "?"))
        assert row.grade in ("P", "S", "D", "U")
        assert row.source
        assert row.sort in SORTS

    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
    def test_each_is_written_down_with_its_grade_and_source(self, row):
        (line,) = [line for line in DOCUMENT.splitlines() if line.startswith(f"| {row.id} |")]
        assert f"| {row.sort} | {row.grade} | {row.source} |" in line

    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
    def test_the_value_each_came_with_is_one_it_may_have(self, row):
        assert wrong(row.value, row.value) == []

    @pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.version)
    def test_none_has_two_rows(self, scheme):
        assert sum(len(getattr(scheme, part)) for part in schemes.PARTS) == len(scheme.rows)

    @pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.version)
    def test_every_criterion_is_one_the_engine_knows(self, scheme):
        assert {row.kind for row in scheme.criteria} <= set(OF_CHILD) | set(OF_FAMILY)
        assert {row.group for row in scheme.criteria} == set(scheme.by_kind["criteria_names"].value["called"])

    def test_the_results_are_those_of_each_programme(self):
        """SF-7: continuous employment is no result of the last one."""
        found = {s.version: [row.group for row in s.results if row.kind in RESULTS] for s in SCHEMES}
        assert found == {
            "P1": ["crime_asb_education", "progress_to_work", "continuous_employment"],
            "P2": ["sustained_progress", "continuous_employment"],
            "SF": ["sustained_progress"],
        }

    @pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.version)
    def test_only_criteria_and_a_few_kinds_come_twice(self, scheme):
        once = [row.kind for row in scheme.rows.values() if row.kind not in SEVERAL and row not in scheme.criteria]
        assert len(once) == len(set(once))

    def test_every_row_of_the_sources_is_there(self):
        """A combined row of the sources stands here as several: P1-C-5-1, P2-ID-1.4-OOW, P2-M-1-AF, SF-9-1."""
        ids = {row.id for row in ROWS}
        assert [asked for asked in OF_THE_SOURCES.split() if asked not in ids] == []


OF_THE_SOURCES = """
    P1-ID-1a P1-ID-1b P1-ID-1c P1-ID-2a P1-ID-2b P1-ID-2c P1-ID-3 P1-ID-3b P1-ID-4 P1-Q-1 P1-Q-2 P1-Q-3 P1-Q-4
    P1-R-EDU-1 P1-R-EDU-2 P1-R-ASB P1-R-OFF P1-R-OFF-b P1-R-ALL P1-R-SIB P1-R-NEU P1-R-CE P1-R-CE-b P1-R-CE-c P1-R-PTW
    P1-M-1 P1-M-2 P1-M-3 P1-M-3t P1-M-4 P1-M-5 P1-M-6 P1-M-7 P1-C-1 P1-C-2 P1-C-3 P1-C-4 P1-C-5 P1-C-6 P1-C-7
    P2-ID-1 P2-ID-2 P2-ID-3 P2-ID-4 P2-ID-5 P2-M-1 P2-R-1 P2-R-2 P2-R-3 P2-P-1 P2-P-2 P2-P-3 P2-A-1 P2-A-2 P2-A-3
    SF-1 SF-2 SF-3 SF-4 SF-5 SF-6 SF-7 SF-8 SF-9 SF-10 SF-11 SF-12 SF-13 SF-14 SF-15
"""


class TestSchemes:
    def test_are_found_by_name(self):
        assert schemes.versions() == ["P1", "P2", "SF"]
        assert (schemes.load("P1").starts_on, schemes.load("P1").ends_on) == (day("2012-04-01"), day("2015-05-31"))
        with pytest.raises(LookupError, match=r"There is no scheme P9\. There is P1, P2, SF\."):
            schemes.load("P9")

    @pytest.mark.parametrize(
        ("on", "version"),
        [
            ("2012-03-31", None),
            ("2012-04-01", "P1"),
            ("2015-03-31", "P1"),
            ("2015-04-01", "P2"),
            ("2022-10-02", "P2"),
            ("2022-10-03", "SF"),
            ("2025-03-31", "SF"),
            ("2025-04-01", None),
        ],
    )
    def test_a_day_belongs_to_one_or_to_none(self, on, version):
        """SF-15: nothing is paid by results from April 2025."""
        found = scheme_on(SCHEMES, day(on))
        assert (found and found.version) == version

    @pytest.mark.parametrize(
        ("attached", "result", "claim", "version"),
        [
            ("2014-06-02", "2015-02-02", "2015-05-31", "P1"),
            ("2014-06-02", "2015-02-02", "2015-06-01", None),
            ("2015-04-02", "2015-05-02", "2015-05-03", "P2"),
            ("2021-06-02", "2022-10-03", "2022-11-01", None),
            ("2023-06-02", "2024-10-03", "2025-04-01", None),
        ],
    )
    def test_until_it_is_confirmed_which_day_decides_all_three_have_to_lie_in_one(
        self, attached, result, claim, version
    ):
        """P1-DATE P2-DATE SF-DATE"""
        days = {"attached_on": day(attached), "result_on": day(result), "claim_on": day(claim)}
        found = scheme_of(SCHEMES, **days)
        assert (found and found.version) == version
        confirmed = [s.confirming({f"{s.version}-DATE": "A letter"}) for s in SCHEMES]
        assert scheme_of(confirmed, **days).version == scheme_on(SCHEMES, day(attached)).version

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
        described = (ROOT / "docs" / "judge-format.md").read_text(encoding="utf-8")
        missing = [kind for kind in KINDS if f"| `{kind}` |" not in described]
        fields = [f"`{name}`" for kind in KINDS.values() for name in kind.value if f"`{name}`" not in described]
        assert (missing, fields) == ([], [])

    def test_every_key_of_a_judgement_is_described(self):
        described = (ROOT / "docs" / "judge-format.md").read_text(encoding="utf-8")
        content = judged(*GOOD, scheme=P1).as_dict()
        keys = {*content, *content["trace"][0], *content["results"]["attachment"], *content["eligibility"]}
        assert [key for key in sorted(keys) if f"`{key}`" not in described] == []

"""`manage.py judge`: the same judgement as a claim, from a file, without a database."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from performance.pbr.case_file import read_case
from performance.pbr.rules import judge
from performance.pbr.schemes import load

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
FAMILY = EXAMPLES / "family-p1.json"


def run(*args: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("judge", *args, stdout=out, stderr=err)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


class TestJudgingAFile:
    def test_prints_the_judgement_of_the_engine(self):
        status, out, err = run(str(FAMILY))
        case = read_case(FAMILY.read_text(encoding="utf-8"))
        assert (status, err) == (0, "")
        assert json.loads(out) == judge(load("P1"), case.household, case.facts, case.on, case.terms).as_dict()

    def test_twice_gives_the_same_bytes(self):
        assert run(str(FAMILY)) == run(str(FAMILY))

    def test_the_day_and_the_scheme_of_the_command_come_first(self):
        content = json.loads(run(str(FAMILY), "--on", "2013-10-15", "--scheme", "P1")[1])
        assert (content["on"], content["scheme"]["version"]) == ("2013-10-15", "P1")

    def test_the_day_of_the_service_where_nobody_says(self, tmp_path, settings):
        settings.SERVICE_DATE = "2014-10-14"
        case = json.loads(FAMILY.read_text(encoding="utf-8"))
        del case["on"]
        (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
        assert json.loads(run(str(tmp_path / "case.json"))[1])["on"] == "2014-10-14"

    def test_confirmed_rows_unblock(self, tmp_path):
        case = json.loads(FAMILY.read_text(encoding="utf-8"))
        blocked = json.loads(run(str(FAMILY))[1])
        rows = [{"row": row["rule"], "reference": "Board, 3 October 2014"} for row in blocked["to_be_confirmed"]]
        (tmp_path / "case.json").write_text(json.dumps({**case, "confirmed_rows": rows}), encoding="utf-8")
        free = json.loads(run(str(tmp_path / "case.json"))[1])
        assert (blocked["blocks_submission"], free["blocks_submission"]) == (True, False)
        assert [name for name, each in free["results"].items() if each["claimable"]] == ["continuous_employment"]

    def test_from_the_input(self, monkeypatch):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FAMILY.read_bytes())))
        assert run("-")[1] == run(str(FAMILY))[1]


class TestBadInput:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"\xff\xfe{}", "is not UTF-8 text: byte 1 cannot be read."),
            (b"{", "The file is not JSON: line 1, column 2: Expecting property name enclosed in double quotes."),
            (b"{}", "household is missing."),
        ],
    )
    def test_is_a_sentence_and_status_2(self, tmp_path, content, sentence):
        (tmp_path / "case.json").write_bytes(content)
        status, out, err = run(str(tmp_path / "case.json"))
        assert (status, out) == (2, "")
        assert sentence in err

    def test_a_day_that_is_none(self):
        with pytest.raises(CommandError, match='has to be a date like 2014-10-15, not "tomorrow"'):
            run(str(FAMILY), "--on", "tomorrow")

    def test_a_file_that_is_not_there(self):
        assert run("nowhere.json") == (2, "", "nowhere.json cannot be read: No such file or directory.\n")

    def test_a_scheme_that_is_not_there(self):
        assert run(str(FAMILY), "--scheme", "P9") == (2, "", "There is no scheme P9. There is P1, P2, SF.\n")

    def test_a_row_that_is_not_there(self, tmp_path):
        case = {**json.loads(FAMILY.read_text(encoding="utf-8")), "confirmed_rows": [{"row": "P1-X", "reference": "y"}]}
        (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
        assert run(str(tmp_path / "case.json")) == (2, "", 'confirmed_rows: the scheme has no row "P1-X".\n')


class TestTheExamples:
    @pytest.mark.parametrize(
        ("name", "eligible", "answers", "claimable"),
        [
            ("family-p1", "met", ["met", "met", "not_known", "met"], []),
            ("family-p1-confirmed", "met", ["met", "met", "not_known", "met"], ["continuous_employment"]),
            ("family-p1-no-figures", "met", ["met", "not_known", "not_known", "not_known"], []),
        ],
    )
    def test_are_judged(self, name, eligible, answers, claimable):
        content = json.loads(run(str(EXAMPLES / f"{name}.json"))[1])
        assert content["eligibility"]["answer"] == eligible
        assert [each["answer"] for each in content["results"].values()] == answers
        assert [name for name, each in content["results"].items() if each["claimable"]] == claimable

    def test_are_judged_as_they_were_when_first_written_down(self):
        """Where this is meant to fail, raise ENGINE: a claim says which engine judged it."""
        kept = Path(__file__).parent / "examples" / "family-p1.judgement.json"
        assert run(str(FAMILY))[1] == kept.read_text(encoding="utf-8")

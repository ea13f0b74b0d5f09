"""`manage.py judge`: the same judgement as a claim, from a file, without a database."""

import io
import json
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator

from performance.pbr.case_file import BadCase, read_case
from performance.pbr.case_schema import case_schema, problems_with
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

    @pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
    def test_a_day_that_nobody_can_count_from_is_said(self, tmp_path, day):
        case = json.loads(FAMILY.read_text(encoding="utf-8"))
        case["household"]["members"][0]["born"] = case["on"] = day
        (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
        status, out, err = run(str(tmp_path / "case.json"))
        assert (status, out) == (2, "")
        assert f"on: '{day}'" in err
        with pytest.raises(CommandError):
            run(str(FAMILY), "--on", day)

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
        assert run(str(tmp_path / "case.json")) == (
            2,
            "",
            'confirmed_rows or changed_rows: the scheme has no row "P1-X".\n',
        )


class TestTheExamples:
    @pytest.mark.parametrize(
        ("name", "eligible", "answers", "claimable"),
        [
            ("family-p1", "met", ["met", "met", "not_known", "met"], []),
            ("family-p1-confirmed", "met", ["met", "met", "not_known", "met"], ["continuous_employment"]),
            ("family-p1-no-figures", "met", ["met", "not_known", "not_known", "not_known"], []),
            ("family-p2", "met", ["met", "met", "not_known"], []),
            ("family-sf", "met", ["met", "met"], []),
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


def changed(*place, to) -> dict:
    case = json.loads(FAMILY.read_text(encoding="utf-8"))
    part = case
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = to
    return case


class TestTheSchema:
    def test_that_is_published_is_the_one_that_is_checked(self):
        kept = Path(__file__).parents[3] / "docs" / "judge.schema.json"
        assert json.loads(kept.read_text(encoding="utf-8")) == case_schema()
        Draft202012Validator.check_schema(case_schema())

    @pytest.mark.parametrize("file", sorted(EXAMPLES.glob("family-*.json")), ids=lambda file: file.stem)
    def test_takes_every_example(self, file):
        assert list(problems_with(json.loads(file.read_text(encoding="utf-8")))) == []

    @pytest.mark.parametrize(
        ("content", "place"),
        [
            (changed("facts", 0, "kind", to="attendence"), "facts[0].kind"),
            (changed("on", to="15/10/2014"), "on"),
            (changed("household", "attached_on", to="2014-02-30"), "household.attached_on"),
            (changed("household", "members", 0, "born", to="yesterday"), "household.members[0].born"),
            (changed("household", "members", to=[]), "household.members"),
            (changed("terms", 0, "ends_on", to=3), "terms[0].ends_on"),
            (changed("facts", 0, "seen", to="2014-10-15"), "facts[0]"),
            (changed("confirmed_rows", to=[{"row": "P1-ID-3b"}]), "confirmed_rows[0]"),
        ],
        ids=lambda each: each if isinstance(each, str) else "",
    )
    def test_says_the_place_of_what_is_wrong_as_the_reader_does(self, content, place):
        assert any(problem.startswith(f"{place}: ") for problem in problems_with(content))
        with pytest.raises(BadCase) as refused:
            read_case(json.dumps(content))
        assert any(problem.startswith(place) for problem in refused.value.problems)

    def test_null_is_the_same_as_leaving_a_name_out(self):
        assert list(problems_with(changed("household", "attached_on", to=None))) == []


class TestRulesOfTheCounty:
    def test_are_judged_by(self, tmp_path):
        value = {"months": 12}
        case = changed("changed_rows", to=[{"row": "P1-R-ASB-b", "value": value, "reference": "Board, 3 October 2014"}])
        (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
        content = json.loads(run(str(tmp_path / "case.json"))[1])
        scheme = load("P1").setting({"P1-R-ASB-b": value}).confirming({"P1-R-ASB-b": "Board, 3 October 2014"})
        assert content["scheme"]["digest"] == scheme.digest

    def test_that_cannot_be_are_a_sentence(self, tmp_path):
        case = changed("changed_rows", to=[{"row": "P1-R-ASB-b", "value": {"months": 0}, "reference": "x"}])
        (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
        assert run(str(tmp_path / "case.json")) == (
            2, "", "changed_rows: P1-R-ASB-b: Months: give a whole number from 1 to 120.\n",
        )  # fmt: skip

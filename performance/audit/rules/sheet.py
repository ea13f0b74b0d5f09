"""The test sheet of one line: the three questions a spot check asks, and the result that follows from the answers."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from slf.web.errors import Incomplete


class Section(StrEnum):
    """What is asked of each line: pbr.md P2-A-1, as the department's own spot checks ask it."""

    ELIGIBILITY = "eligibility"
    APPROACH = "approach"
    EVIDENCE = "evidence"


ASKED: Mapping[Section, str] = {
    Section.ELIGIBILITY: "Eligibility: was the family eligible when the service began with it?",
    Section.APPROACH: "Whole-family approach: did one worker, one assessment and one plan cover the whole family?",
    Section.EVIDENCE: "Evidence of the result: does the evidence show the result that is claimed?",
}
CALLED: Mapping[Section, str] = {
    Section.ELIGIBILITY: "Eligibility",
    Section.APPROACH: "Whole-family approach",
    Section.EVIDENCE: "Evidence of the result",
}


class Found(StrEnum):
    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    NOT_APPLICABLE = "not_applicable"


SAID: Mapping[Found, str] = {
    Found.SUPPORTED: "Supported",
    Found.NOT_SUPPORTED: "Not supported",
    Found.NOT_APPLICABLE: "Not applicable",
}
SAYS_WHY = "Say what is missing or does not apply"
PASSED, FAILED = "passed", "failed"


class Answer(NamedTuple):
    """What was found in one section."""

    found: str = ""
    note: str = ""

    @property
    def needs_note(self) -> bool:
        return self.found in (Found.NOT_SUPPORTED, Found.NOT_APPLICABLE) and not self.note.strip()


Sheet = Mapping[Section, Answer]


def sheet_of(said: Mapping[str, Any]) -> dict[Section, Answer]:
    """Return the sheet in a row, a form or what a program sent; what it does not say is not answered."""
    return {each: Answer(said.get(each.value, ""), said.get(f"{each.value}_note", "")) for each in Section}


def not_said(section: Section) -> str:
    return f"Say what you found: {CALLED[section].lower()}"


def missing(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield the field and the sentence for whatever a sheet still lacks."""
    for section in Section:
        answer = sheet.get(section, Answer())
        if answer.found not in set(Found):
            yield section.value, not_said(section)
        elif answer.needs_note:
            yield f"{section.value}_note", SAYS_WHY
    if all(sheet.get(section, Answer()).found == Found.NOT_APPLICABLE for section in Section):
        yield Section.EVIDENCE.value, "A line of which nothing applies was not tested. Answer at least one question"


def result_of(sheet: Sheet) -> str:
    """Return the line's result: supported where nothing is unsupported. Raises ``Incomplete`` for half a sheet."""
    if lacks := list(missing(sheet)):
        raise Incomplete([(sentence, None) for _, sentence in lacks], "The test sheet is not complete.")
    return FAILED if any(sheet[section].found == Found.NOT_SUPPORTED for section in Section) else PASSED

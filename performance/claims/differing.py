"""Which answers of one judgement another does not give."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from performance.claims.rules import CALLED
from performance.claims.shown import SAID

ELIGIBILITY = "eligibility"
UNASKED = {"answer": "not_known"}


class Difference(NamedTuple):
    """One answer that would be another: by its code, what it was and is, and why."""

    code: str
    was: str
    now: str
    reason: str

    @property
    def said(self) -> str:
        called = "Eligible when attached" if self.code == ELIGIBILITY else CALLED.get(self.code, self.code)
        return f"{called}: {SAID[self.was].lower()} then, {SAID[self.now].lower()} now. {self.reason}"


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return every answer of one judgement that another does not give, eligibility first."""
    pairs: Sequence[tuple[str, Mapping[str, Any], Mapping[str, Any]]] = [
        (ELIGIBILITY, before[ELIGIBILITY], after[ELIGIBILITY]),
        *((code, before["results"].get(code, UNASKED), found) for code, found in after["results"].items()),
    ]
    return [
        Difference(code, then["answer"], now["answer"], now["reason"])
        for code, then, now in pairs
        if then["answer"] != now["answer"]
    ]

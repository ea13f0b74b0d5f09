"""Of any entry: what kind of statement it is, whose information, and who must not learn of it. No Django here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from slf.web.errors import DomainError


class Grade(StrEnum):
    """What kind of statement an entry is."""

    FACT = "fact"
    REPORTED = "reported"
    OPINION = "opinion"


GRADE_NAMES: Mapping[Grade, str] = {
    Grade.FACT: "Fact: I saw or heard it myself",
    Grade.REPORTED: "Reported: somebody told me",
    Grade.OPINION: "Opinion: what I make of it",
}


class About(StrEnum):
    """What may be marked. PostgreSQL knows the table of each (``sql.py``)."""

    VISIT = "visit"
    NEED = "need"
    READING = "reading"
    DOCUMENT = "document"
    CONCERN = "concern"
    DECISION = "decision"


ABOUT_NAMES: Mapping[About, str] = {
    About.VISIT: "Visit or contact",
    About.NEED: "Need",
    About.READING: "Star reading",
    About.DOCUMENT: "Document",
    About.CONCERN: "Entry of a safeguarding concern",
    About.DECISION: "Decision in supervision",
}
TABLES: Mapping[About, str] = {
    About.VISIT: "casework_visit",
    About.NEED: "families_need",
    About.READING: "casework_reading",
    About.DOCUMENT: "casework_document",
    About.CONCERN: "casework_concernentry",
    About.DECISION: "casework_decision",
}


class Agency(StrEnum):
    """Who else reads a record that is shared with them, and may have to be left out."""

    ESF = "esf"


AGENCY_NAMES: Mapping[Agency, str] = {Agency.ESF: "The employment provider (ESF)"}
READ_BY_AGENCIES = frozenset({About.VISIT, About.NEED, About.READING})
"""What of a record those who share a family read at all, so that it can be kept from them."""

LONGEST_OTHER = 120
NOT_OF_THE_FAMILY = "Choose people of this family."
TWO_SOURCES = "Say whose information it is once: somebody of the family, or somebody else."
NOT_READ_THERE = "They do not read this part of the record in any case."
A_MISTAKE = "It was entered in error: nothing is said of it any more."
CHANGED = "Somebody else marked this entry while you were working. Look at it again."


class WrongMarks(DomainError):
    """Marks that cannot be."""

    status = 422
    title = "This cannot be marked so"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Marks:
    """What is said of an entry. Nothing said is nothing marked: no answer is taken for another. People by their ids."""

    grade: str = ""
    told_by: int | None = None
    told_by_other: str = ""
    kept_from: frozenset[int] = field(default_factory=frozenset)
    kept_from_agencies: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_blank(self) -> bool:
        return self == Marks()

    def check(self, about: About, *, people: Collection[int]) -> None:
        """Refuse people of another family, two sources at once, and an agency that does not read such entries."""
        named = self.kept_from | ({self.told_by} if self.told_by else set())
        if not named <= set(people):
            raise WrongMarks(NOT_OF_THE_FAMILY, field="kept_from")
        if self.told_by and self.told_by_other.strip():
            raise WrongMarks(TWO_SOURCES, field="told_by_other")
        if self.kept_from_agencies and about not in READ_BY_AGENCIES:
            raise WrongMarks(NOT_READ_THERE, field="kept_from_agencies")


def may_learn(kept_from: Collection[object], readers: Collection[object]) -> bool:
    """Tell whether all who will read it may: kept from one of them, it is kept from a page for them all."""
    return not set(kept_from) & set(readers)

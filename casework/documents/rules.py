"""What a document of a family is: its kind from the county's list, what it may be about, and when it may be masked."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from slf.policy.rules import ReasonList, Reasons, Setting
from slf.web.errors import DomainError

WHERE = "Documents"
EXAMPLES = {
    "letter": "Letter",
    "report": "Report of another service",
    "court_order": "Court order",
    "consent": "Consent form",
    "minutes": "Minutes of a meeting",
    "school": "From a school or nursery",
    "health": "From a doctor or hospital",
    "photograph": "Photograph",
    "other": "Something else",
}
KINDS: Setting[Reasons] = Setting(
    "document_kinds", "What kinds of documents there are", WHERE, ReasonList(),
    [{"code": code, "label": label, "retired": False} for code, label in EXAMPLES.items()],
    help="Chosen by whoever keeps a document with a family.",
)  # fmt: skip
SETTINGS = (KINDS,)
LONGEST_LINE, LONGEST = 120, 1000

NOT_A_KIND = "Choose a kind from the list."
NOT_YET = "A document has the date that is on it: today or earlier."
NO_TITLE = "Say in a few words what the document is."
NO_WHY = "Say why there is a new version."
IN_ERROR = "This document was entered in error. It stays as it is."
OTHER_REASON = "This document is marked as entered in error already."
NOT_YOURS = "You can keep documents of families that you work with."
SAME_FILE = "That file is a version of this document already."
KEPT_ALREADY = "That file is kept with this family already, as “{title}”."
MASKED = "Entered in error"


class About(StrEnum):
    """What of the record a document may belong to. PostgreSQL has a column for each."""

    VISIT = "visit"
    PLAN = "plan"
    ASSESSMENT = "assessment"
    CONCERN = "concern"
    MEETING = "meeting"
    READING = "reading"
    SUPERVISION = "supervision"
    OWN_PART = "own_part"


ABOUT_NAMES: Mapping[About, str] = {
    About.VISIT: "A visit or contact",
    About.PLAN: "The plan",
    About.ASSESSMENT: "An assessment",
    About.CONCERN: "A safeguarding concern",
    About.MEETING: "A meeting of the team around the family",
    About.READING: "A star reading",
    About.SUPERVISION: "A supervision in which the family was talked over",
    About.OWN_PART: "What stays between a worker and their supervisor",
}


class WrongDocument(DomainError):
    """An answer about a document that cannot be. ``field`` is the one it is about."""

    status = 422
    title = "This document cannot be kept so"

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def check_told(*, kind: str, title: str, dated_on: date, kinds: Reasons, on: date) -> None:
    """Refuse a kind that is not on the list, a document without a title, and a date still to come."""
    if kind not in dict(kinds.choices):
        raise WrongDocument(NOT_A_KIND, field="kind")
    if not title.strip():
        raise WrongDocument(NO_TITLE, field="title")
    if dated_on > on:
        raise WrongDocument(NOT_YET, field="dated_on")

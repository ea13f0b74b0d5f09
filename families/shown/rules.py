"""What a partner was shown, in one shape whatever recorded it, and whom a withdrawal concerns. No Django."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from families.facts.rules import AGENCIES
from families.register.rules import Purpose
from slf.policy.rules import Number, Setting

TELL_WITHIN: Setting[int] = Setting(
    "tell_partners_in", "How long until partners are told that a family took something back", "Sharing",
    Number("working days", 1, 60), 5,
    help="The law says that they are told, and not within how many days (UK GDPR Articles 7(3) and 19). What was taken "
    "back before keeps its day.",
)  # fmt: skip
DCLG = "dclg"
DEPARTMENT = "Department for Communities and Local Government"
SERVICE = "locality"
REFERRER = "referrer"
PARTNERS: Mapping[str, str] = {
    **AGENCIES,
    REFERRER: "Who referred the family",
    DCLG: DEPARTMENT,
    SERVICE: "Other teams of the service",
}
"""Who may have been shown something: the agencies, whoever referred, and where claims and hand-overs go."""


class What(StrEnum):
    """What somebody was shown."""

    FACTS = "facts"
    DOCUMENT = "document"
    STATUS = "status"
    QUESTION = "question"
    RECORD = "record"
    CLAIM = "claim"
    EXPORT = "export"
    TOLD = "told"

    @property
    def label(self) -> str:
        return WHAT[self]


WHAT: Mapping[What, str] = {
    What.FACTS: "Facts about the family",
    What.DOCUMENT: "A document",
    What.STATUS: "What became of the referral",
    What.QUESTION: "A question about the referral",
    What.RECORD: "The family's record",
    What.CLAIM: "A claim",
    What.EXPORT: "A file",
    What.TOLD: "Something they were told",
}
WRITTEN_DOWN = (What.FACTS, What.DOCUMENT, What.TOLD)
"""What a worker writes down themselves, because the service cannot know it: told on the telephone, handed over."""

NO_GATEWAY = "No gateway was in force that day"
BY_AGREEMENT = "The family's agreement to the service"


@dataclass(frozen=True)
class Shown:
    """One showing: when, to whom of which partner, what, by which gateway, by whom.

    ``category`` is empty where it may have held anything. ``partner`` names the partner as the report heads it: an
    agency's name, or a referrer's own ("Rawlins Academy").
    """

    on: date
    code: str
    what: What
    detail: str
    to: str = ""
    named: str = ""
    gateway: str = ""
    by: str = ""
    category: str = ""
    purpose: Purpose = Purpose.SUPPORT

    @property
    def partner(self) -> str:
        return self.named or PARTNERS[self.code]

    @property
    def has_no_gateway(self) -> bool:
        return self.gateway == NO_GATEWAY


@dataclass(frozen=True)
class Withdrawal:
    """Something a family took back: its agreement (no category), or consent to one use of one kind of information."""

    on: date
    words: str
    agency: str = ""
    category: str = ""
    purpose: Purpose = Purpose.SUPPORT

    @property
    def is_of_all(self) -> bool:
        return not self.category

    def concerns(self, shown: Shown) -> bool:
        """Tell whether something was shown under what was then taken back. Hand-overs stay inside the service, and a
        claim rests on law, not on the agreement: neither hangs on it."""
        if shown.on > self.on or shown.code == SERVICE or shown.purpose is not self.purpose:
            return False
        return self.is_of_all or shown.category in {"", self.category}


@dataclass(frozen=True)
class ToTell:
    """A partner who has to hear of a withdrawal, why, and what was written down of telling them."""

    partner: str
    because: str
    tellings: Sequence[object] = field(default_factory=tuple)

    @property
    def is_told(self) -> bool:
        return bool(self.tellings)


def by_partner(rows: Iterable[Shown]) -> dict[str, list[Shown]]:
    """Return what was shown by partner, in the order of their names, the newest first."""
    found: dict[str, list[Shown]] = {}
    for row in sorted(rows, key=lambda row: (row.on, row.detail), reverse=True):
        found.setdefault(row.partner, []).append(row)
    return dict(sorted(found.items()))


def to_tell(
    withdrawal: Withdrawal,
    rows: Iterable[Shown],
    *,
    gave: Collection[str],
    told: Mapping[str, Sequence[object]],
) -> list[ToTell]:
    """Return each partner who was shown something under what was taken back, and the one who shares it with us.

    ``gave`` are the codes of the agencies whose facts we hold, ``told`` what was written down, by partner.
    """
    because: dict[str, str] = {}
    if not withdrawal.is_of_all and withdrawal.agency in gave:
        because[PARTNERS[withdrawal.agency]] = "Shares it with the service, and is asked to stop"
    for partner, shown in by_partner(row for row in rows if withdrawal.concerns(row)).items():
        because.setdefault(partner, f"Was shown: {', '.join(sorted({row.what.label.lower() for row in shown}))}")
    return [ToTell(partner, why, tuple(told.get(partner, ()))) for partner, why in sorted(because.items())]

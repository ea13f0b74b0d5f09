"""For what a fact that was left out may be shown all the same, by which law, and until when. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

SHORTEST = timedelta(hours=2)
"""An override lasts to the end of the day, and no less than this. Example, not Leicestershire policy."""

LONGEST_REASON = 500
GDPR = date(2018, 5, 25)
"""The first day of the UK GDPR and the Data Protection Act 2018; before it, the Act of 1998."""


class Occasion(StrEnum):
    VITAL = "vital"
    SAFEGUARDING = "safeguarding"
    COURT = "court"
    CRIME = "crime"

    @property
    def label(self) -> str:
        return OCCASIONS[self].label


@dataclass(frozen=True)
class ForWhat:
    """What an occasion is called, and the law it rests on before and since 25 May 2018 (legislation.gov.uk)."""

    label: str
    act_1998: str
    gdpr: str


OCCASIONS: Mapping[Occasion, ForWhat] = {
    Occasion.VITAL: ForWhat(
        "Somebody's life or health is in danger now",
        "DPA 1998, Schedule 2 paragraph 4 and Schedule 3 paragraph 3: vital interests",
        "UK GDPR Article 6(1)(d) and Article 9(2)(c): vital interests",
    ),
    Occasion.SAFEGUARDING: ForWhat(
        "A safeguarding enquiry about a child or an adult at risk",
        "DPA 1998, Schedule 2 paragraph 5(b) and Schedule 3 paragraph 7: functions under an enactment",
        "UK GDPR Article 6(1)(e) and Article 9(2)(g), with DPA 2018 Schedule 1 paragraph 18: safeguarding",
    ),
    Occasion.COURT: ForWhat(
        "An order of a court, or a duty by law",
        "DPA 1998 section 35: disclosures required by law or made in connection with legal proceedings",
        "UK GDPR Article 6(1)(c) and Article 9(2)(f), with DPA 2018 Schedule 2 paragraph 5",
    ),
    Occasion.CRIME: ForWhat(
        "Preventing or detecting a crime",
        "DPA 1998 section 29: crime and taxation",
        "DPA 2018 Schedule 1 paragraph 10 and Schedule 2 paragraph 2: crime",
    ),
}


def law_on(day: date, occasion: Occasion) -> str:
    """Return the law that an occasion rests on, on a day."""
    return OCCASIONS[occasion].gdpr if day >= GDPR else OCCASIONS[occasion].act_1998


def ends_at(begins: datetime) -> datetime:
    """Return the end of the day on which an override begins, in that day's own time zone; never less than two hours."""
    midnight = datetime.combine(begins.date() + timedelta(days=1), time.min, tzinfo=begins.tzinfo)
    return max(midnight, begins + SHORTEST)

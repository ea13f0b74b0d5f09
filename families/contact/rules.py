"""When and how somebody may be contacted safely: coded rules, and the one answer that everything which would ask gives.

Somebody without a rule for a way may be contacted by it. Where there are rules for it, one of them has to allow the
moment, and one that says "never" forbids it whatever the others say.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum


class Channel(StrEnum):
    CALL = "call"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"


CHANNELS: Mapping[str, str] = {
    Channel.CALL: "Ringing",
    Channel.TEXT: "A text message",
    Channel.EMAIL: "An email",
    Channel.LETTER: "A letter",
    Channel.VISIT: "A visit",
}
CHANNEL_CHOICES = [(str(channel), name) for channel, name in CHANNELS.items()]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Rule:
    """One rule for one way: never, or on some days (none named: any) between two times."""

    channel: str
    never: bool = False
    days: Collection[int] = ()
    after: time | None = None
    before: time | None = None
    who_answers: str = ""
    safe_word: str = ""
    told: str = ""

    def allows(self, at: datetime) -> bool:
        if self.never or (self.days and at.weekday() not in self.days):
            return False
        return (self.after is None or self.after <= at.time()) and (self.before is None or at.time() < self.before)

    @property
    def words(self) -> str:
        """The rule as a worker reads it: "only on Monday and Friday, between 9:30 and 15:00"."""
        return "never" if self.never else ", ".join(filter(None, (self._days, self._times))) or "at any time"

    @property
    def in_full(self) -> str:
        """The rule with its way, who may answer, the safe word, and the sentence it was told in."""
        who = f"only {self.who_answers} answers" if self.who_answers else ""
        word = f"safe word “{self.safe_word}”" if self.safe_word else ""
        told = f"in the words it was told in: “{self.told}”" if self.told else ""
        return "; ".join(filter(None, (self.in_short, who, word, told)))

    @property
    def in_short(self) -> str:
        """The rule with its way alone, for whoever must not read the safe word."""
        return f"{CHANNELS[self.channel]}: {self.words}"

    @property
    def _days(self) -> str:
        named = [DAYS[day] for day in sorted(self.days)]
        return f"only on {' and '.join(filter(None, (', '.join(named[:-1]), named[-1])))}" if named else ""

    @property
    def _times(self) -> str:
        if self.after and self.before:
            return f"between {clock(self.after)} and {clock(self.before)}"
        return f"from {clock(self.after)}" if self.after else f"before {clock(self.before)}" if self.before else ""


@dataclass(frozen=True)
class Answer:
    """Whether somebody may be contacted in this way at this moment, and why not."""

    may: bool
    why: str = ""


def may_contact(rules: Iterable[Rule], channel: str, at: datetime) -> Answer:
    """Return whether a way is safe at a moment, by the rules of one person."""
    mine = [rule for rule in rules if rule.channel == channel]
    if any(rule.never for rule in mine):
        return Answer(may=False, why=f"{CHANNELS[channel]}: never")
    if not mine or any(rule.allows(at) for rule in mine):
        return Answer(may=True)
    return Answer(may=False, why=f"{CHANNELS[channel]}: {'; or '.join(rule.words for rule in mine)}")


def clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02d}"

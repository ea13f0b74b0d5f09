"""What may be put on a phone for a day, how long its PIN is, and how many wrong ones wipe it."""

from datetime import datetime, time, timedelta

from slf.policy.rules import Number, Setting, Ticked, Ticks

WHERE = "Visits"
OPEN, PROTECTED, RESTRICTED = "open", "protected", "restricted"
ON_A_PHONE: Setting[Ticked] = Setting(
    "at_hand_what", "What a worker may take along on a phone for the day", WHERE,
    Ticks(
        rows={
            OPEN: "Today's visits to a family",
            PROTECTED: "An address or telephone number that is protected",
            RESTRICTED: "Today's visits to a restricted family",
        },
        columns={"phone": "May be taken along"},
    ),
    [f"{OPEN}:phone"],
    help="Encrypted with a PIN and gone at midnight. Whoever takes them along could open the same record themselves.",
)  # fmt: skip
PIN_FIGURES: Setting[int] = Setting(
    "at_hand_pin", "How long the PIN for today's visits on a phone is at least", WHERE, Number("characters", 6, 12), 6
)
WRONG_PINS: Setting[int] = Setting(
    "at_hand_wrong", "After how many wrong PINs today's visits are wiped from a phone", WHERE, Number("PINs", 3, 10), 5
)
SETTINGS = (ON_A_PHONE, PIN_FIGURES, WRONG_PINS)


def may_go(what: str, ticked: Ticked) -> bool:
    return (what, "phone") in ticked


def midnight_after(moment: datetime) -> datetime:
    """Return when the day of a moment ends, by the clock that the moment is told in."""
    next_day = moment.date() + timedelta(days=1)
    return datetime.combine(next_day, time.min, tzinfo=moment.tzinfo)

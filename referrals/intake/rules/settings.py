"""What the front door goes by and the county may set. Each is an example until it is confirmed."""

from collections.abc import Mapping

from referrals.intake.rules.answers import ADULT_PARTS, RESPONSIBLE
from slf.policy.rules import Number, ReasonList, Reasons, Setting, Telephone, Ticked, Ticks

WHERE = "Front door"

DECIDE_WITHIN: Setting[int] = Setting(
    "decide_within", "How long a team has to decide on a referral", WHERE, Number("working days", 1, 60), 5,
    help="A referral that was sent before keeps its day.",
)  # fmt: skip

REPLY_WITHIN: Setting[int] = Setting(
    "reply_within", "How long a referrer has to reply to a question", WHERE, Number("working days", 1, 60), 5,
    help="A question that was asked before keeps its day.",
)  # fmt: skip

EMERGENCY_NUMBER: Setting[str] = Setting(
    "emergency_number", "The number to ring in an emergency", WHERE, Telephone(), "999",
    source="The emergency number of the United Kingdom",
)  # fmt: skip

DUTY_NUMBER: Setting[str] = Setting(
    "duty_number", "The children's duty line to ring about danger", WHERE, Telephone(), "0116 496 0123",
    help="Until it is confirmed, a number kept for made-up use stands here.",
)  # fmt: skip

REFUSED_BECAUSE: Mapping[str, str] = {
    "no_help": "They do not want help",
    "other_help": "They have help that they are content with",
    "no_trust": "They do not trust services like this",
    "not_now": "Not now, perhaps later",
    "not_said": "They did not say",
}

REFUSALS: Setting[Reasons] = Setting(
    "refusals", "Why a family refuses", WHERE, ReasonList(),
    [{"code": code, "label": label, "retired": False} for code, label in REFUSED_BECAUSE.items()],
    help="They are counted in the figures on demand.",
)  # fmt: skip

SUFFICES: Setting[Ticked] = Setting(
    "suffices", "Whose agreement is enough for the family", WHERE, Ticks(ADULT_PARTS, RESPONSIBLE),
    ["parent:yes", "parent:not_known", "adult:yes"],
    help="By where they live and parental responsibility. Whoever is not ticked has no say alone, and no veto.",
)  # fmt: skip

ALL = (DECIDE_WITHIN, REPLY_WITHIN, EMERGENCY_NUMBER, DUTY_NUMBER, SUFFICES, REFUSALS)

"""How one worker hands a family to the next."""

from datetime import date, timedelta

JOINT_VISIT_WITHIN = timedelta(days=28)
"""How long after the handover the two workers visit together at the latest. Source: ``EXAMPLE``."""

SAY_WHAT_TO_KNOW = "Say what the next worker must know"
VISIT_AFTERWARDS = f"The joint visit must be within {JOINT_VISIT_WITHIN.days} days of the handover"


def wrong_with_handover(*, must_know: str, joint_visit_on: date | None, on: date) -> dict[str, str]:
    """Return what a handover lacks, by the name of the answer; nothing when it is whole."""
    wrong = {}
    if not must_know.strip():
        wrong["must_know"] = SAY_WHAT_TO_KNOW
    if joint_visit_on and not on <= joint_visit_on <= on + JOINT_VISIT_WITHIN:
        wrong["joint_visit_on"] = VISIT_AFTERWARDS
    return wrong

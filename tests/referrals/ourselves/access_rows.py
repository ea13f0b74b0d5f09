"""Public: whoever sends it is nobody, and nothing of any family is shown. What was sent is read in triage alone."""

from tests.access_table import Exempt

PUBLIC = "Public: a family asks for help. It shows what its own sender typed in this sitting, and no family's record."

ROWS = [
    Exempt(f"referrals_public:{name}", PUBLIC)
    for name in (
        "ourselves", "ourselves_step", "ourselves_ring", "ourselves_check", "ourselves_sent", "ourselves_leave",
    )
]  # fmt: skip

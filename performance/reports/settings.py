"""What a county decides about its reports. Examples until somebody confirms them."""

from slf.policy.rules import Number, Setting

LEAST: Setting[int] = Setting(
    "reports_least", "The smallest number of families that is given to others", "Reports", Number("families", 3, 20), 5,
    help="Smaller numbers are left out of a report that is given to others, with what would tell them.",
)  # fmt: skip
SETTINGS = (LEAST,)

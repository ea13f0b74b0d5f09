"""What a county decides about its reports. Examples until somebody confirms them."""

from slf.policy.rules import Number, Setting

LEAST: Setting[int] = Setting(
    "reports_least", "The smallest number of families that is given to others", "Reports", Number("families", 3, 20), 5,
    help="Smaller numbers are left out of a report that is given to others, with what would tell them.",
)  # fmt: skip
SHARE: Setting[int] = Setting(
    "reports_return_share", "How many families are in the national return", "Reports", Number("%", 10, 100), 10,
    help="At least one in ten was asked for each year (the resource pack of Family Monitoring Data, 2012 to 2015).",
)  # fmt: skip
SETTINGS = (LEAST, SHARE)

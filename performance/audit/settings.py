"""How much of a claim an auditor tests. Examples until somebody confirms them."""

from slf.policy.rules import Number, Setting

SHARE: Setting[int] = Setting(
    "audit_share", "How much of a claim internal audit tests", "Claims", Number("% of the lines", 1, 100), 10,
    help="Of the lines that are not always tested, rounded up. The department checked 10% of one council's claims.",
)  # fmt: skip
LEAST: Setting[int] = Setting(
    "audit_least", "How many lines internal audit tests at least", "Claims", Number("lines", 1, 100), 5,
    help="Or all of them where there are fewer. No document gives this number.",
)  # fmt: skip
MORE: Setting[int] = Setting(
    "audit_more", "How much more internal audit tests after a line fails", "Claims",
    Number("% more of the lines", 1, 100), 10,
    help="What is offered; the auditor may say another number. No document gives this number.",
)  # fmt: skip
SETTINGS = (SHARE, LEAST, MORE)

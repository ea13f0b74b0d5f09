"""What a county decides about its claims. Examples until somebody confirms them."""

from slf.policy.rules import Number, Setting

JUMP: Setting[int] = Setting(
    "claims_jump", "How many more claims than usual are a jump", "Claims", Number("% more", 10, 500), 50,
    help="A run with so many more claims than earlier runs of its scheme is looked at. No document gives this number.",
)  # fmt: skip
SETTINGS = (JUMP,)

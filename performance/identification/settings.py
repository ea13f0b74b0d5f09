"""What a county decides about identification. Examples until somebody confirms them."""

from slf.policy.rules import Number, Setting

KEPT: Setting[int] = Setting(
    "identification_kept", "How long what identification finds is kept", "Identification", Number("days", 1, 365), 30,
    help="After so many days what a run found is deleted for good; that it ran, and how many it found, stays. "
    "No document gives this number.",
)  # fmt: skip
SETTINGS = (KEPT,)

"""What a county decides about its claims. Examples until somebody confirms them."""

from slf.policy.rules import Number, Setting

JUMP: Setting[int] = Setting(
    "claims_jump", "How many more claims than usual are a jump", "Claims", Number("% more", 10, 500), 50,
    help="A run with so many more claims than earlier runs of its scheme is looked at. No document gives this number.",
)  # fmt: skip
PLEDGED: Setting[int] = Setting(
    "claims_pledged", "Families pledged for the year", "Claims", Number("families", 0, 20_000), 0,
    help="How many families the county promised to work with in the year of the claim. 0 says that it is not known.",
)  # fmt: skip
KEPT: Setting[int] = Setting(
    "claims_kept", "How long the evidence of a claim is kept", "Claims", Number("years", 1, 50), 7,
    help="So many years after a run is settled or withdrawn, two people may dispose of the facts, households and "
    "judgements it froze; its figures and fingerprints stay. No document gives this number: it is to be confirmed.",
)  # fmt: skip
SETTINGS = (JUMP, PLEDGED, KEPT)

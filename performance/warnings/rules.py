"""Who signs off a warning, and until when. Pure, no Django."""

from performance.claims.checks import CHECKS, Level
from performance.claims.rules import State

OPEN = ("prepared", "reviewed", "sampled", "audited")
"""The states in which a run is frozen and nobody has signed it."""
OF_A_LINE, OF_A_RUN = ("manager", "head"), ("head",)
"""The roles that sign off: of a line, in the locality that its family is of; of the run as a whole, the head."""
SHORTEST = 10
ASKS = {check.number: check.asks for check in CHECKS if check.level is Level.WARN}
PREPARER = "Whoever prepared a run signs off none of its warnings."
TOO_SHORT = f"Give a reason of at least {SHORTEST} letters: somebody reads it in years to come."
OVER = "The warnings of this run are not signed off any more: it is signed, or withdrawn."


def is_open(state: str) -> bool:
    return str(State(state)) in OPEN

"""Closing a case, or proposing to; confirming, sending back and withdrawing a proposal; taking a closing back.

Whoever closes has the people who hold the family, the family, its case and its plan to themselves, in this order.
"""

from casework.closing.outcomes import asked_of, name_of, needs_to_say, record_check
from casework.closing.services.closing import authors_of_notes, close_case, confirm_closing
from casework.closing.services.proposing import propose_closing, send_back_closing, withdraw_closing
from casework.closing.services.taking_back import not_to_be_taken_back, take_back_closing

__all__ = [
    "asked_of",
    "authors_of_notes",
    "close_case",
    "confirm_closing",
    "name_of",
    "needs_to_say",
    "not_to_be_taken_back",
    "propose_closing",
    "record_check",
    "send_back_closing",
    "take_back_closing",
    "withdraw_closing",
]

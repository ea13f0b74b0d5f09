"""Start an assessment or a review, write it section by section, finish it, sign it off or send it back.

Whoever writes holds the assessment's row; what somebody else wrote meanwhile is never overwritten without being asked.
"""

from casework.assessments.services.deciding import (
    finish_assessment,
    place_of,
    send_back,
    sign_off,
    throw_away_assessment,
)
from casework.assessments.services.pages import Page, Saved, WrongAnswers, members_of, missing_from, pages_of
from casework.assessments.services.writing import save_from_draft, save_page, start_assessment

__all__ = [
    "Page",
    "Saved",
    "WrongAnswers",
    "finish_assessment",
    "members_of",
    "missing_from",
    "pages_of",
    "place_of",
    "save_from_draft",
    "save_page",
    "send_back",
    "sign_off",
    "start_assessment",
    "throw_away_assessment",
]

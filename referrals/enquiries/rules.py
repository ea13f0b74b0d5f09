"""What a team may ask the referrer, how long the reply may take, and what waiting for it does to the clock."""

from collections.abc import Collection, Mapping

from referrals.intake.rules import SECTION_HEADINGS, Section, WrongAnswer

CLOCK_STOPS = True
"""Whether the clock of the decision stops until the referrer replies; if not, the reply has only a clock of its own.
Source: ``EXAMPLE``."""

OTHER = "other"
SUBJECTS: Mapping[str, str] = {
    **{section.value: SECTION_HEADINGS[section] for section in Section},
    OTHER: "Something else",
}
"""What a question is about: a page of the referral, so that what comes back incomplete is counted by page."""

LONGEST_QUESTION, LONGEST_REPLY = 500, 2000
NOTHING_ASKED = "Ask at least one question."
TOO_LONG = f"A question must be {LONGEST_QUESTION:,} characters or fewer, a reply {LONGEST_REPLY:,}."
REPLY_TO_ALL = "Reply to every question. If you do not know, say so."
NOT_ASKED = "Nobody waits for a reply about this referral any more."
REPLIED_MEANWHILE = (
    "The referrer replied while you were deciding. Nothing is decided yet: open the referral and read the reply first."
)


def days_given_back(waited: int) -> int:
    """Return by how many working days a decision is due later, after a reply that took so many."""
    return max(0, waited) if CLOCK_STOPS else 0


def check_questions(questions: Mapping[str, str]) -> None:
    """Refuse an enquiry that asks nothing, or something nobody can read."""
    if not questions or not all(text.strip() for text in questions.values()):
        raise WrongAnswer(NOTHING_ASKED)
    _check_length(questions.values(), LONGEST_QUESTION)


def check_replies(replies: Mapping[str, str], *, asked: Collection[str]) -> None:
    """Refuse a reply that leaves a question open, or answers one that was not asked."""
    if set(replies) != set(asked) or not all(text.strip() for text in replies.values()):
        raise WrongAnswer(REPLY_TO_ALL)
    _check_length(replies.values(), LONGEST_REPLY)


def _check_length(texts: Collection[str], longest: int) -> None:
    if any(len(text) > longest for text in texts):
        raise WrongAnswer(TOO_LONG)

"""What a colour means, one table for every tag, flag and message. The word always stands beside the colour."""

from types import MappingProxyType

TONES = MappingProxyType(
    {
        "good": "green",
        "new": "blue",
        "waiting": "turquoise",
        "attention": "yellow",
        "late": "red",
        "sensitive": "purple",
        "neutral": "grey",
    }
)
STATES = MappingProxyType(
    {
        "draft": "neutral",
        "sent": "new",
        "received": "new",
        "new": "new",
        "waiting": "waiting",
        "queued": "waiting",
        "running": "waiting",
        "in progress": "waiting",
        "due": "attention",
        "returned": "attention",
        "asked": "attention",
        "incomplete": "attention",
        "overdue": "late",
        "failed": "late",
        "refused": "late",
        "declined": "neutral",
        "closed": "neutral",
        "withdrawn": "neutral",
        "dropped": "neutral",
        "accepted": "good",
        "agreed": "good",
        "active": "good",
        "done": "good",
        "eligible": "good",
        "signed": "good",
        "restricted": "sensitive",
        "safeguarding": "sensitive",
    }
)
MESSAGES = MappingProxyType(
    {"debug": "information", "info": "information", "success": "success", "warning": "warning", "error": "error"}
)


class UnknownTone(LookupError):
    """A template named a tone that is not in the table."""


def tone_of(state: str) -> str:
    return STATES.get(str(state).lower().replace("_", " "), "neutral")


def colour_of(*, tone: str = "", state: str = "") -> str:
    """Return the tag's colour from a tone, else from a state's word; a state we do not know is grey."""
    tone = tone or tone_of(state)
    if tone not in TONES:
        raise UnknownTone(f"{tone!r} is not one of {', '.join(TONES)}")
    return TONES[tone]

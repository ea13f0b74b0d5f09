"""What may be said of a change of address. No Django here."""

from datetime import date

from slf.web.errors import DomainError
from slf.web.words import day_in_words


class WrongAddress(DomainError):
    """An answer about an address that cannot be right."""

    status = 422
    title = "This cannot be right"


def since_problem(since: date, *, joined: date, name: str, on: date) -> str:
    """Return why somebody cannot live somewhere from a day on; nothing when they can."""
    if since > on:
        return "The day they moved cannot be still to come"
    if since < joined:
        return f"{name} came to this household on {day_in_words(joined)}; say where they live from that day on"
    return ""


def nothing_said(*, address: str, postcode: str, protected: bool) -> bool:
    """Tell whether an answer names no place at all; of a protected one it need not be known."""
    return not (address or postcode or protected)

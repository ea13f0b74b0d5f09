"""What families said about sharing: a consent taken back, and the partners who have to hear of it."""

from datetime import date, timedelta

from families.register.rules import Ground, Purpose
from families.sharing.models import Consent
from families.sharing.services import record_consent
from families.shown.services import report_on, tell_partner, write_down_showing
from performance.demo.people import Made
from slf.accounts.models import User

CONSENTED, TALKED, TAKEN_BACK, TOLD = (timedelta(days=days) for days in (160, 90, 6, 4))
HEALTH = Ground("health", "health", by_consent=True)
SHOWINGS = (
    ("health", "Jo Kershaw, health visitor", "facts", "health", "That the mother takes medicine for depression"),
    ("schools", "Mrs Rudge, head of year", "told", "health", "That appointments in the morning make them late"),
    ("schools", "Mrs Rudge, head of year", "document", "education", "The attendance letter we wrote together"),
)  # fmt: skip


def make_sharing(charnwood: list[Made], *, worker: User, by: User, today: date) -> None:
    """Let the first family take back consent to health information after two partners were told of it; one knows."""
    each = charnwood[0]
    said = {"purpose": Purpose.SUPPORT, "person": None, "said_by": each.adults[0], "by": by}
    state = Consent.State
    record_consent(
        each.row, HEALTH, state=state.GIVEN, said_on=today - CONSENTED, how="writing", **said,
        evidence="Signed form, locked cabinet of the Loughborough office",
    )  # fmt: skip
    for agency, to, what, category, words in SHOWINGS:
        about = {"agency": agency, "to": to, "what": what, "category": category, "words": words}
        write_down_showing(each.row, **about, shown_on=today - TALKED, by=worker, on=today)
    record_consent(each.row, HEALTH, state=state.WITHDRAWN, said_on=today - TAKEN_BACK, how="in_person", **said)
    (taken,) = report_on(each.row, user=by, on=today).taken_back
    call = {"whom": "Jo Kershaw", "told_on": today - TOLD, "how": "phone"}
    tell_partner(taken, partner="Health services", **call, by=worker, on=today)

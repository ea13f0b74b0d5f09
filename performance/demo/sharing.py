"""What families said about sharing: a consent taken back, what is shown all the same, and what is contested."""

from datetime import date, timedelta

from families.contesting.items import Item, items_of
from families.contesting.models import Contest
from families.contesting.rules import Decision, Kind
from families.contesting.services import decide_contest, take_down, tell_them
from families.facts.models import Fact
from families.overriding import rules as overriding
from families.overriding.services import show_all_the_same
from families.people.models import Person
from families.register.rules import Ground, Purpose
from families.sharing.models import Consent
from families.sharing.services import record_consent
from families.shown.services import report_on, tell_partner, write_down_showing
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.accounts.models import User

CONSENTED, TALKED, TAKEN_BACK, TOLD = (timedelta(days=days) for days in (160, 90, 6, 4))
SAID, SAID_BEFORE, DECIDED, ANSWERED = (timedelta(days=days) for days in (12, 40, 21, 20))
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


def show_some(each: Made, *, worker: User, senior: User, today: date) -> None:
    """Show the worker what health told of the first family, although the family took its consent back."""
    day = today - TALKED
    Fact.objects.create(
        family=each.row, kind="homelessness", agency="health", source="feed", source_name="Discharge letters, line 12",
        source_key=f"demonstration-{each.row.reference}", period=(day, day + timedelta(days=9)), recorded_on=day,
        recorded_by=senior,
    )  # fmt: skip
    why = "Children's social care makes an enquiry about the youngest and asked today where they slept in July."
    said = {"agency": "health", "kind": "homelessness", "occasion": overriding.Occasion.SAFEGUARDING, "reason": why}
    with acting_as(senior):
        show_all_the_same(each.row, **said, shown_to=worker, by=senior)


def contest_some(each: Made, *, worker: User, senior: User, today: date) -> None:
    """Have the first family contest a name, which is open, and what an agency said, which was noted as contested."""
    with acting_as(senior):
        items, parent = items_of(each.row, user=senior), each.adults[0]
    name = items[f"name:{each.children[0].uid}"]
    said = {"kind": Kind.CORRECTION, "raised_by": parent, "by": worker, "on": today}
    with acting_as(worker):
        take_down(
            each.row, **said, item=name, received_on=today - SAID,
            says="The name on the birth certificate has another letter. We gave the school the same copy.",
        )  # fmt: skip
        told = {"says": "It was the neighbours. The officer said so himself.", "received_on": today - SAID_BEFORE}
        row = take_down(each.row, **said, **told, item=a_fact(items, whose=parent))
    with acting_as(senior):
        why = "The partnership stands by its record. It stays, with your words beside it."
        row = decide_contest(row, decision=Decision.NOTED, reason=why, by=senior, on=today - DECIDED)
    with acting_as(worker):
        tell_them(row, told_on=today - ANSWERED, told_how=Contest.How.WRITING, by=worker, on=today)


def a_fact(items: dict[str, Item], *, whose: Person) -> Item:
    return next(item for key, item in items.items() if key.startswith("fact:") and item.person == whose)

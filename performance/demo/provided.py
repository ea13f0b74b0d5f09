"""What the ESF provider does in Charnwood: one waits, one is with it, one is in work, one is not taken on."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from casework.provider.evidence import begin_and_attach, record_progress
from casework.provider.models import Provision
from casework.provider.progress import Told
from casework.provider.services import end_provision, record_contact, send_to_provider, take_on, turn_down
from families.people.models import Family
from families.register.models import Gateway
from families.register.rules import Purpose
from families.register.services import confirm, propose
from performance.demo.people import Made
from slf.access.acting import acting_as
from slf.access.models import Scope
from slf.accounts.models import User

DEMONSTRATION = "Demonstration only: no document stands behind this"
HOPES = (
    "A few hours in a shop or a kitchen, after six years without work. Afraid of forms.",
    "Wants to drive a fork-lift again. The licence ran out in a long illness.",
    "Work in school hours. Helps in the breakfast club already.",
    "Anything outdoors. Cannot read well, and says so only when asked.",
)
CONTACTS = (
    (60, "meeting", "Looked at the jobs of before and what still counts. The old licence comes along next time."),
    (46, "missed", "Did not come; rang, the bus had not come."),
    (32, "phone", "The course begins in three weeks, the fare is paid."),
)


def provide_some(charnwood: Sequence[Made], accounts: dict[str, User], *, today: date) -> None:
    """Let the senior send adults of the families that are shared, and the provider say what became of each."""
    share_by_law(accounts)
    shared = Family.objects.filter(scope__kind=Scope.Kind.SHARED, merged_into=None)
    with acting_as(accounts["senior.charnwood"]), transaction.atomic():
        keys = set(shared.values_list("pk", flat=True))
    some = [each for each in charnwood if each.row.pk in keys and each.adults][: len(HOPES)]
    steps = (waits, goes_on, in_work, is_turned_down)
    for each, why, step in zip(some, HOPES, steps, strict=False):
        with acting_as(accounts["senior.charnwood"]), transaction.atomic():
            day = today - timedelta(days=12 if step is waits else 150)
            made = send_to_provider(
                each.row, each.adults[0], why=why, agreed_on=day, sent_on=day, by=accounts["senior.charnwood"], on=today
            )
        with acting_as(accounts["esf"]), transaction.atomic():
            step(made, accounts["esf"], today)


def share_by_law(accounts: dict[str, User]) -> None:
    """Let the register hold by what the provider shares about work; the county has its own to propose."""
    for purpose in Purpose:
        with acting_as(accounts["data"]), transaction.atomic():
            said = {"law": "Agreement with the ESF provider", "source": DEMONSTRATION, "grade": "U"}
            row = propose(
                Gateway, by=accounts["data"], starts=date(2012, 4, 1), agency="esf", category="work", purpose=purpose,
                document=DEMONSTRATION, **said,
            )  # fmt: skip
        with acting_as(accounts["head"]), transaction.atomic():
            confirm(row, by=accounts["head"])


def waits(made: Provision, by: User, today: date) -> None:
    """Nobody has said yet whether they are taken on."""


def goes_on(made: Provision, by: User, today: date) -> None:
    take_on(made, answered_on=today - timedelta(days=140), by=by, on=today)
    begin_and_attach(made, begun_on=today - timedelta(days=130), by=by, on=today)
    for ago, kind, words in CONTACTS:
        record_contact(made, happened_on=today - timedelta(days=ago), kind=kind, words=words, by=by, on=today)
    day = today - timedelta(days=11)
    told = Told("training", day, "letter", str(by), day, "Fork-lift, five days at Loughborough.")
    record_progress(made, told, by=by, on=today)


def in_work(made: Provision, by: User, today: date) -> None:
    take_on(made, answered_on=today - timedelta(days=145), by=by, on=today)
    begin_and_attach(made, begun_on=today - timedelta(days=140), by=by, on=today)
    began, seen = today - timedelta(days=105), today - timedelta(days=8)
    record_progress(made, Told("work", began, "contract", str(by), began), by=by, on=today)
    said = "School kitchen, sixteen hours a week. “I like the people.”"
    end_provision(made, ended_on=today - timedelta(days=90), ending="work", ended_words=said, by=by, on=today)
    record_progress(made, Told("work_13", seen, "payslip", str(by), seen), by=by, on=today)


def is_turned_down(made: Provision, by: User, today: date) -> None:
    said = {"refusal": "not_meant", "answer": "Reading comes first; the college in Loughborough has a place."}
    turn_down(made, answered_on=today - timedelta(days=141), by=by, on=today, **said)

"""A family whose case was closed three months ago: it is time to ask how it is."""

from datetime import date, timedelta

from django.db import transaction

from casework.cases.services import allocate_family
from casework.closing.services import close_case
from casework.visits.services import record_visit
from families.addresses.services import Place
from families.needs.services import find_need
from families.people.models import Family
from families.people.services import NewPerson, create_family
from families.sharing.models import Agreement
from families.sharing.services import record_agreement
from performance.demo.closings import REACHED, became, on_day
from slf.access.acting import acting_as
from slf.access.models import Locality
from slf.access.services import locality_scope
from slf.accounts.models import User

BEGAN, CLOSED = timedelta(days=320), timedelta(days=95)
VISITS = (
    (300, "home", "Met Karen and Toby at home. The rent is four months behind; the letters lay unopened."),
    (240, "school", "With the head of year: Toby is in on four days of five."),
    (170, "home", "The debts are on a plan with the credit union. Karen opens the post on Fridays now."),
    (110, "home", "Said goodbye. Karen: “I know where you are.”"),
)
PEOPLE = (
    NewPerson("Karen", "Whitmore", "parent", date(1981, 3, 14)),
    NewPerson("Toby", "Whitmore", "child", date(2002, 9, 8), school="Rawlins Academy"),
)


def close_one_long_ago(accounts: dict[str, User], *, by: User, today: date) -> None:
    """Let one family have been worked with until last summer."""
    worker, senior = accounts["fsw.charnwood"], accounts["senior.charnwood"]
    began, closed = today - BEGAN, today - CLOSED
    family = known(by=by, on=began)
    with acting_as(senior), transaction.atomic():
        allocate_family(family, worker=worker, by=senior, on=began)
    for days, kind, note in VISITS:
        with acting_as(worker), transaction.atomic():
            day = today - timedelta(days=days)
            record_visit(family, by=worker, kind=kind, happened_on=day, note=note, sightings=[])
    with acting_as(senior), transaction.atomic():
        said = became(family, "met", "partly", on=closed)
        close_case(family, on_day(REACHED, closed), by=senior, on=closed, outcomes=said)


def known(*, by: User, on: date) -> Family:
    """Write the family down, what it needs, and that it agreed."""
    place = Place("31 Moira Street, Loughborough", "LE11 1AU")
    scope = locality_scope(Locality.objects.get(slug="charnwood"))
    with acting_as(by), transaction.atomic():
        family, _ = create_family(name="Whitmore family", scope=scope, people=PEOPLE, place=place, by=by, on=on)
        for kind, evidence in (
            ("poverty", "Rent arrears of four months"),
            ("education", "In school 71 days of 100"),
        ):
            find_need(family, kind=kind, evidence=evidence, source="School", by=by, on=on)
        record_agreement(family, state=Agreement.State.GIVEN, said_on=on, how=Agreement.How.IN_PERSON, by=by)
    return family

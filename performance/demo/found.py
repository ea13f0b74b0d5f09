"""What agencies' files say of families nobody works with and of people nobody knows; and the run that finds them."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db import transaction

from performance.demo.identifiers import made_up_ni_number
from performance.demo.people import Made
from performance.identification.services import look_now
from performance.monitoring.services import work_out_by_night
from slf.access.acting import acting_as
from slf.accounts.models import User
from slf.work.services import run

INTERVENED, ON_BENEFIT = date(2014, 6, 17), date(2012, 5, 8)
STRANGERS = (("Carl", "Dexter", date(1979, 2, 11)), ("Mandy", "Orton", date(1986, 9, 30)))
FIRST_NUMBER, OTHERS = 990_001, 6
Row = dict[str, str]


def numbers_of(others: Iterable[Made]) -> Iterator[Row]:
    """Yield the head of a row for some adults of families nobody works with, then for people nobody knows."""
    adults = [each.adults[0] for each in others if each.adults and each.adults[0].ni_number]
    for adult in adults[:OTHERS]:
        yield who(adult.given_names, adult.family_name, adult.born_on, adult.ni_number)
    for number, (given, surname, born) in enumerate(STRANGERS, start=FIRST_NUMBER):
        yield who(given, surname, born, made_up_ni_number(number))


def who(given: str, surname: str, born: date, number: str) -> Row:
    return {"Forename": given, "Surname": surname, "Date of birth": f"{born:%d/%m/%Y}", "NI number": number}


def asb_of_others(others: Iterable[Made]) -> list[Row]:
    days = {"UPN": "", "Intervention date": f"{INTERVENED:%d/%m/%Y}", "Instrument": "ABC", "Case reference": ""}
    return [head | days for head in numbers_of(others)]


def benefits_of_others(others: Iterable[Made]) -> list[Row]:
    said = {"Benefit": "JSA", "Start date": f"{ON_BENEFIT:%d/%m/%Y}", "End date": ""}
    return [head | said for head in numbers_of(others)]


def look_for_families(officer: User, *, today: date) -> None:
    """Look over the data once, and work out how far the families worked with are, as the night does."""
    with acting_as(officer):
        with transaction.atomic():
            found = look_now(by=officer, on=today)
        run(found.job.uid)
    run(work_out_by_night().uid)

"""Help to a family, begun and given the way a worker does."""

from datetime import date

from casework.interventions.models import Method
from casework.interventions.services import begin_help, deliver_session, end_help
from families.people.models import Membership
from slf.accounts.models import User
from tests.referrals.intake.factories import in_the_name_of

TODAY = date(2014, 10, 15)
BEGAN = date(2014, 9, 10)
COURSE, REWARD, SANCTION = "Parenting course, in a group", "A reward that was promised", "What was agreed to follow"


def method(name: str = COURSE) -> Method:
    return Method.objects.get(name=name)


def people(family, part="parent") -> list:
    return [row.person for row in Membership.objects.filter(family=family, part=part).select_related("person")]


def begun(family, by: User, name: str = COURSE, *, on: date = TODAY, **other):
    said = {"people": people(family)[:1], "words": "Mornings without shouting.", "begun_on": BEGAN} | other
    with in_the_name_of(by):
        return begin_help(family, method(name), by=by, on=on, **said)


def held(help, by: User, day: date = TODAY, **other):
    said = {"people": people(help.family)[:1], "words": "Practised praising."} | other
    with in_the_name_of(by):
        return deliver_session(help, happened_on=day, by=by, on=TODAY, **said)


def ended(help, by: User, day: date = TODAY, result: str = "finished"):
    with in_the_name_of(by):
        return end_help(help, ended_on=day, result=result, result_words="They still use it.", by=by, on=TODAY)


def answers(family, **other):
    day = {"begun_on_day": "10", "begun_on_month": "9", "begun_on_year": "2014"}
    said = {"method": str(method().uid), "people": [str(people(family)[0].uid)], "words": "Mornings."}
    return day | said | other

"""Two at once: the PIN is counted one by one, a link opens for one of two, and nobody has two pages."""

import pytest
from django.db import transaction

from casework.own_page.models import OwnPage
from casework.own_page.services import ask_for_page
from casework.own_page.visit import open_page
from slf.web.errors import DomainError
from tests.at_once import at_once, committed, in_the_name_of
from tests.casework.closing.factories import TODAY
from tests.casework.own_page.factories import SAFE
from tests.casework.plans.factories import parents

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def tries(link, pin):
    return in_the_name_of(None)(lambda: open_page(token=link.token, held="", pin=pin, on=TODAY))


def test_one_of_two_opens_a_link(link):
    opened = at_once(tries(link, link.pin), tries(link, link.pin))
    assert sorted(secret is None for secret in opened) == [False, True]


def test_guessing_at_once_is_counted_one_by_one(link):
    wrong = "000000" if link.pin != "000000" else "111111"
    assert at_once(*[tries(link, wrong)] * 5) == [None] * 5
    with transaction.atomic():
        assert OwnPage.objects.get().locked_at is not None


def test_two_who_ask_for_one_person_get_one_page(family, worker, senior):
    def asks(by):
        return in_the_name_of(by)(lambda: ask_for_page(family, person, SAFE, by=by, on=TODAY))

    person = committed(lambda: parents(family)[0])
    given = at_once(asks(worker), asks(senior))
    assert sum(isinstance(one, DomainError) for one in given) == 1
    assert committed(lambda: OwnPage.objects.count()) == 1

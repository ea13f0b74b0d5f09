"""Every address x method x role x (own / other locality / restricted / missing)."""

import importlib
import re
import uuid
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver, reverse

from slf.access.acting import acting_as
from slf.access.models import Share
from slf.access.rights import forget_rights
from slf.access.rules import Role
from slf.access.services import hold_family, restrict_family
from tests.access_table import COUNTY, Exempt, Row
from tests.factories import FamilyFactory
from tests.slf.accounts.recently import signed_in_recently

HERE = Path(__file__).parent


def declared() -> list[Row | Exempt]:
    """Collect every area's rows."""
    modules = sorted(HERE.rglob("access_rows.py"))
    names = (".".join(m.relative_to(HERE.parent).with_suffix("").parts) for m in modules)
    return [row for name in names for row in importlib.import_module(name).ROWS]


ROWS = declared()
TABLE = [row for row in ROWS if isinstance(row, Row)]
OF_A_FAMILY = [row for row in TABLE if row.subject]
OF_AN_OFFICE = [row for row in TABLE if row.of_office]
NOBODYS = [row for row in TABLE if not row.subject and not row.of_office]


def addresses(patterns=None, prefix: str = "") -> set[str]:
    """Return the name of every address the service answers."""
    found = set()
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(entry, URLPattern):
            found.add(f"{prefix}{entry.name or entry.lookup_str}")
        else:
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            found |= addresses(entry.url_patterns, space)
    return found


def ask(client, method: str, row: Row, kwargs, body=None):
    address = reverse(row.name, kwargs=kwargs)
    if address.startswith("/api/"):
        return getattr(client, method)(address, body or {}, **({} if method == "get" else {"format": "json"}))
    return getattr(client, method)(address, body or {})


def door(user, api, row: Row):
    """Return the user's client, signed in just now where the address asks for it."""
    return signed_in_recently(api(user), user) if row.recent else api(user)


def content(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def pairs(rows):
    return [
        pytest.param(row, method, role, id=f"{row.name}-{method}-{role}")
        for row in rows
        for method in row.methods()
        for role in Role
    ]


class TestTheTable:
    def test_has_a_row_for_every_address(self):
        assert addresses() - {row.name for row in ROWS} == set()

    def test_names_no_address_that_is_gone(self):
        assert {row.name for row in ROWS} - addresses() == set()

    def test_names_each_address_once(self):
        names = [row.name for row in ROWS]
        assert sorted(names) == sorted(set(names))


@pytest.fixture
def reader(post, charnwood, everything):
    """Return ``reader(role, locality, family=None, holds=False)``: a user with that post who may hold the family."""

    def make(role, locality, family=None, *, holds=False):
        user = post(role, None if role in COUNTY else locality)
        if holds:
            hold_family(family, user=user, kind=Share.Kind.WORKER, by=everything)
        return user

    return make


@pytest.mark.django_db
class TestAFamilysAddress:
    @pytest.mark.parametrize(("row", "method", "role"), pairs(OF_A_FAMILY))
    def test_answers_by_role_and_says_the_same_of_foreign_restricted_and_missing(
        self, row, method, role, reader, charnwood, melton, api, everything
    ):
        family = FamilyFactory(household=True)
        kwargs = row.subject(family)
        table = row.methods()[method]
        if row.owner and role in table:
            own = row.owner(kwargs)
        else:
            own = reader(role, charnwood, family, holds=role in row.holds)
        stranger = reader(role, melton)
        missing_kwargs = {key: uuid.uuid4() if isinstance(value, uuid.UUID) else value for key, value in kwargs.items()}
        with acting_as(None):
            missing = ask(api(stranger), method, row, missing_kwargs, row.post_body(kwargs))
            if role not in COUNTY:
                other = ask(api(stranger), method, row, kwargs, row.post_body(kwargs))
                assert (other.status_code, content(other)) == (missing.status_code, content(missing))
            assert missing.status_code in ({404, 403} if role in row.not_their_job else {404})
            answer = ask(api(own), method, row, kwargs, row.post_body(kwargs))
        expected = table.get(role, 403 if role in row.not_their_job else 404)
        assert answer.status_code == expected, content(answer)[:2000]

    @pytest.mark.parametrize(("row", "method", "role"), pairs(r for r in OF_A_FAMILY if not r.owner))
    def test_of_a_restricted_family_is_a_missing_one_to_everybody_not_named(
        self, row, method, role, reader, charnwood, api, everything
    ):
        family = FamilyFactory(household=True)
        kwargs = row.subject(family)
        user = reader(role, charnwood, family, holds=role in row.holds)
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        forget_rights(everything)
        missing_kwargs = {key: uuid.uuid4() if isinstance(value, uuid.UUID) else value for key, value in kwargs.items()}
        with acting_as(None):
            missing = ask(api(user), method, row, missing_kwargs, row.post_body(kwargs))
            answer = ask(api(user), method, row, kwargs, row.post_body(kwargs))
        assert (answer.status_code, content(answer)) == (missing.status_code, content(missing))
        assert answer.status_code in {404, 403}


@pytest.mark.django_db
class TestAnAddressOfNobodysRow:
    @pytest.mark.parametrize(("row", "method", "role"), pairs(NOBODYS))
    def test_answers_those_whose_job_it_is(self, row, method, role, reader, charnwood, api):
        user = reader(role, charnwood)
        with acting_as(None):
            answer = ask(door(user, api, row), method, row, {}, row.post_body({}))
        assert answer.status_code == row.methods()[method].get(role, row.refused), content(answer)[:2000]


@pytest.mark.django_db
class TestAnAddressOfAnOffice:
    @pytest.mark.parametrize(("row", "method", "role"), pairs(OF_AN_OFFICE))
    def test_answers_its_people_and_is_a_missing_one_to_the_others(self, row, method, role, reader, charnwood, api):
        kwargs = row.of_office()
        client = door(reader(role, charnwood), api, row)
        missing_kwargs = {key: uuid.uuid4() if isinstance(value, uuid.UUID) else value for key, value in kwargs.items()}
        with acting_as(None):
            missing = ask(client, method, row, missing_kwargs, row.post_body(kwargs))
            answer = ask(client, method, row, kwargs, row.post_body(kwargs))
        expected = row.methods()[method].get(role, 403 if role in row.not_their_job else 404)
        assert answer.status_code == expected, content(answer)[:2000]
        assert missing.status_code in ({404, 403} if role in row.not_their_job else {404})
        if expected == 404:
            assert content(answer) == content(missing)


@pytest.mark.django_db
class TestForeignIdentifiersInABody:
    @pytest.mark.parametrize("row", [pytest.param(r, id=r.name) for r in OF_A_FAMILY if r.foreign])
    def test_are_answered_as_missing_ones(self, row, reader, charnwood, melton, api):
        own, foreign = FamilyFactory(household=True), FamilyFactory(household=True, locality=melton)
        kwargs, with_foreign, with_missing = row.foreign(own, foreign)
        user = reader(Role.SENIOR, charnwood, own)
        with acting_as(None):
            answers = [ask(api(user), "post", row, kwargs, body) for body in (with_foreign, with_missing)]
        assert answers[0].status_code == answers[1].status_code
        assert answers[0].status_code in {200, 400, 404, 422}
        plain = [re.sub(rb"[0-9a-f-]{36}|csrf[^>]*>", b"", content(a)) for a in answers]
        assert plain[0] == plain[1]


@pytest.mark.django_db
class TestSomebodySignedOut:
    @pytest.mark.parametrize("row", [pytest.param(r, id=r.name) for r in TABLE])
    def test_gets_nothing_but_the_way_to_sign_in(self, row, api):
        family = FamilyFactory(household=True) if row.subject else None
        kwargs = row.subject(family) if row.subject else row.of_office() if row.of_office else {}
        from rest_framework.test import APIClient

        with acting_as(None):
            for method in row.methods():
                assert ask(APIClient(), method, row, kwargs).status_code in {302, 401, 403}

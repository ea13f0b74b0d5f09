"""Every address x method x role x (own / other locality / restricted / missing)."""

import importlib
import re
import uuid
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver, reverse

from slf.access.acting import acting_as
from slf.access.rights import forget_rights
from slf.access.rules import POSTS, Role
from slf.access.services import restrict_family
from tests.access_table import COUNTY, Exempt, Row
from tests.factories import FamilyFactory
from tests.readers import api, reader, staff
from tests.slf.accounts.recently import signed_in_recently

HERE = Path(__file__).parent
__all__ = ["api", "reader", "staff"]
pytestmark = [pytest.mark.addresses]


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
    return [pytest.param(row, method, id=f"{row.name}-{method}") for row in rows for method in row.methods()]


def gone(kwargs):
    """Return the same arguments with identifiers that nothing has: uids, and the ``key`` of what goes by a word."""
    other = {key: uuid.uuid4() for key, value in kwargs.items() if isinstance(value, uuid.UUID)}
    return kwargs | other | ({"key": f"no-{uuid.uuid4()}"} if "key" in kwargs else {})


def said(response):
    return response.status_code, content(response)


def refusal(row, role) -> int:
    """Return what a role gets of its own family's row when the act is not its job, or the row is none of its own."""
    return 403 if role in row.not_their_job else 404


def refused(response, row, role) -> bool:
    """Tell whether a row that is not there was refused: 403 only where the act is refused before a row is looked up."""
    return response.status_code == 404 or (response.status_code == 403 and role in row.not_their_job)


class TestTheTable:
    def test_has_a_row_for_every_address(self):
        assert addresses() - {row.name for row in ROWS} == set()

    def test_names_no_address_that_is_gone(self):
        assert {row.name for row in ROWS} - addresses() == set()

    def test_names_each_address_once(self):
        names = [row.name for row in ROWS]
        assert sorted(names) == sorted(set(names))


@pytest.mark.django_db
class TestAFamilysAddress:
    """Each role in turn; a role that may act gets a subject of its own, because acting changes it."""

    @pytest.mark.parametrize(("row", "method"), pairs(OF_A_FAMILY))
    def test_answers_each_role_for_its_own_family(self, row, method, reader, charnwood, api):
        table, wrong, kwargs = row.methods()[method], {}, None
        for role in sorted(POSTS, key=table.__contains__):  # first those who may not: the others may take it away
            if kwargs is None or (role in table and method != "get"):
                family = FamilyFactory(household=True)
                kwargs = row.subject(family)
            owns = row.owner and role in table
            own = row.owner(kwargs) if owns else reader(role, charnwood, family, holds=role in row.holds)
            with acting_as(None):
                answer = ask(door(own, api, row), method, row, kwargs, row.post_body(kwargs))
            if answer.status_code != table.get(role, refusal(row, role)):
                wrong[role] = said(answer)
        assert wrong == {}

    @pytest.mark.parametrize(("row", "method"), pairs(OF_A_FAMILY))
    def test_is_a_missing_one_in_another_locality_to_the_byte(self, row, method, reader, melton, api):
        kwargs, wrong = row.subject(FamilyFactory(household=True)), {}
        for role in set(POSTS) - COUNTY:
            client = door(reader(role, melton), api, row)
            with acting_as(None):
                missing = ask(client, method, row, gone(kwargs), row.post_body(kwargs))
                other = ask(client, method, row, kwargs, row.post_body(kwargs))
            if said(other) != said(missing) or not refused(missing, row, role):
                wrong[role] = (said(other), said(missing))
        assert wrong == {}

    @pytest.mark.parametrize(("row", "method"), pairs(r for r in OF_A_FAMILY if not r.owner))
    def test_is_a_missing_one_to_all_when_the_family_is_restricted(
        self, row, method, reader, charnwood, api, everything
    ):
        family, wrong = FamilyFactory(household=True), {}
        kwargs = row.subject(family)
        clients = {role: door(reader(role, charnwood, family, holds=role in row.holds), api, row) for role in POSTS}
        restrict_family(family, to=[(everything, Role.MANAGER)], by=everything)
        forget_rights(everything)
        for role, client in clients.items():
            with acting_as(None):
                missing = ask(client, method, row, gone(kwargs), row.post_body(kwargs))
                answer = ask(client, method, row, kwargs, row.post_body(kwargs))
            if said(answer) != said(missing) or not refused(answer, row, role):
                wrong[role] = (said(answer), said(missing))
        assert wrong == {}


@pytest.mark.django_db
class TestAnAddressOfNobodysRow:
    @pytest.mark.parametrize(("row", "method"), pairs(NOBODYS))
    def test_answers_those_whose_job_it_is(self, row, method, reader, charnwood, api):
        wrong = {}
        for role in POSTS:
            client = door(reader(role, charnwood), api, row)
            with acting_as(None):
                answer = ask(client, method, row, {}, row.post_body({}))
            if answer.status_code != row.methods()[method].get(role, row.refused):
                wrong[role] = said(answer)
        assert wrong == {}


@pytest.mark.django_db
class TestAnAddressOfAnOffice:
    @pytest.mark.parametrize(("row", "method"), pairs(OF_AN_OFFICE))
    def test_answers_its_people_and_is_a_missing_one_to_the_others(self, row, method, reader, charnwood, api):
        table, wrong, kwargs = row.methods()[method], {}, None
        for role in POSTS:
            kwargs = row.of_office() if kwargs is None or (role in table and method != "get") else kwargs
            client = door(reader(role, charnwood), api, row)
            with acting_as(None):
                missing = ask(client, method, row, gone(kwargs), row.post_body(kwargs))
                answer = ask(client, method, row, kwargs, row.post_body(kwargs))
            expected = table.get(role, refusal(row, role))
            if answer.status_code != expected or not refused(missing, row, role):
                wrong[role] = (said(answer), said(missing))
            if expected == 404 and content(answer) != content(missing):
                wrong[role] = (said(answer), said(missing))
        assert wrong == {}


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

"""The access table: one row per address. ``tests/test_access_table.py`` walks it and fails for an address without one.

An area declares its rows in ``tests/<app>/<area>/access_rows.py`` as ``ROWS = [Row(...), ...]``.

For an address of a family's record, ``subject(family)`` makes (with the area's factories) what the address shows and
returns the address's arguments. The walk then asks, for every method and every role:

* own        a user of the family's locality (county-wide roles: county-wide) -> the status in ``get`` / ``post``;
             a role that is not in the dict must get 404 (or 403 when listed in ``not_their_job``)
* other      the same role in another locality            -> 404
* restricted the family is closed to named people          -> 404 for everybody, county-wide roles included
* missing    an identifier that does not exist             -> 404, the same bytes as ``other`` and ``restricted``

For a row of an office (a claim run, a raw file), ``of_office()`` makes it and returns the address's arguments:
county-wide roles in the table get their status, everybody else what a missing one gets.

For an address that is nobody's row (``subject=None``), ``get`` / ``post`` name the roles that may and ``refused`` is
what the others get (403).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from slf.access.rules import Role

STAFF = (Role.FSW, Role.SENIOR, Role.MANAGER)
COUNTY = frozenset({Role.HEAD, Role.SRO, Role.DATA, Role.AUDITOR, Role.BOARD, Role.ADMIN})
"""Roles whose posts are county-wide: no locality is "other" to them."""


def all_of(*roles: Role, status: int = 200) -> dict[Role, int]:
    """Return the same status for several roles: ``get=all_of(Role.FSW, Role.SENIOR)``."""
    return dict.fromkeys(roles, status)


@dataclass(frozen=True)
class Row:
    """One address: its URL name, how to make its subject, and what each role gets.

    ``holds``: roles (FSW) that are given the family first, as its worker. ``get``/``post``/``patch``/``delete`` map
    a role to the status for its own family; ``post_body(kwargs)`` gives the body of the post. ``foreign`` posts
    another locality's identifiers: it returns ``(own arguments, body with foreign ids, body with missing ids)`` and
    the two answers must be the same but for the identifiers themselves. ``owner(kwargs)`` names the one user whose
    row it is (a draft, a job, a referrer's receipt): everybody else, colleagues included, gets 404.
    ``recent``: an act that needs the person themselves, now; the walk has them signed in just before.
    """

    name: str
    subject: Callable[[Any], Mapping[str, Any]] | None = None
    get: Mapping[Role, int] = field(default_factory=dict)
    post: Mapping[Role, int] = field(default_factory=dict)
    patch: Mapping[Role, int] = field(default_factory=dict)
    delete: Mapping[Role, int] = field(default_factory=dict)
    post_body: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda kwargs: {}
    holds: frozenset[Role] = frozenset({Role.FSW})
    not_their_job: frozenset[Role] = frozenset()
    refused: int = 403
    owner: Callable[[Mapping[str, Any]], Any] | None = None
    of_office: Callable[[], Mapping[str, Any]] | None = None
    recent: bool = False
    foreign: Callable[[Any, Any], tuple[Mapping, Mapping, Mapping]] | None = None

    def methods(self) -> dict[str, Mapping[Role, int]]:
        tables = {"get": self.get, "post": self.post, "patch": self.patch, "delete": self.delete}
        return {method: table for method, table in tables.items() if table}


@dataclass(frozen=True)
class Exempt:
    """An address that shows nothing of any family, with the reason."""

    name: str
    reason: str

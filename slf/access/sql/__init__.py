"""The functions PostgreSQL decides access with. Owned by ``slf_definer`` (no log-in, bypasses row security).

Python never hands the database a list of rights: it says who acts, and these functions work out the rest
from posts, scope members and shares. One file for each subject; migrations and other rooms import from here.
"""

from slf.access.sql.audiences import FAMILY_SCOPE, MAKE_SCOPE, MOVE_FAMILY, PERSON_SCOPES, TRIGGERS
from slf.access.sql.changing import changed, without_trigger
from slf.access.sql.emergencies import BREAK_GLASS, CLOSE_EMERGENCIES, HEADS_SERVICE
from slf.access.sql.entering import ENTER, FAMILIES_HELD, FAMILIES_WORKED, NAMED, REACHES, SCOPES, TODAY
from slf.access.sql.grants import BROAD, CLOSE_HISTORY, NARROW, ROLE_TABLES, definer, roles_that
from slf.access.sql.looks import LOOKS, SEALS
from slf.access.sql.shares import DERIVE_SHARES, END_HOLDINGS, LEFT_BEHIND

__all__ = [
    "BREAK_GLASS",
    "BROAD",
    "CLOSE_EMERGENCIES",
    "CLOSE_HISTORY",
    "DERIVE_SHARES",
    "END_HOLDINGS",
    "ENTER",
    "FAMILIES_HELD",
    "FAMILIES_WORKED",
    "FAMILY_SCOPE",
    "FORWARD",
    "HEADS_SERVICE",
    "LEFT_BEHIND",
    "LOOKS",
    "MAKE_SCOPE",
    "MOVE_FAMILY",
    "NAMED",
    "NARROW",
    "PERSON_SCOPES",
    "REACHES",
    "REVERSE",
    "ROLE_TABLES",
    "SCOPES",
    "SEALS",
    "TODAY",
    "TRIGGERS",
    "changed",
    "definer",
    "roles_that",
    "without_trigger",
]

FORWARD = [
    TODAY,
    NAMED,
    REACHES,
    FAMILIES_HELD,
    FAMILIES_WORKED,
    ENTER,
    SCOPES,
    FAMILY_SCOPE,
    TRIGGERS,
    PERSON_SCOPES,
    MAKE_SCOPE,
    MOVE_FAMILY,
    BREAK_GLASS,
    HEADS_SERVICE,
    CLOSE_EMERGENCIES,
    DERIVE_SHARES,
    LEFT_BEHIND,
    END_HOLDINGS,
    SEALS,
    LOOKS,
    ROLE_TABLES,
]

REVERSE = """
drop trigger if exists spread_scopes on families_membership;
drop function if exists slf.lists_mine(bigint[]), slf.looks_at(bigint), slf.broken_seals(),
    slf.seal_views(), slf.digest_of_views(date, text, integer),
    slf.end_holdings(bigint, bigint, date), slf.left_behind(bigint, date, bigint[]),
    slf.derive_shares(bigint), slf.close_emergencies(),
    slf.break_glass(text, text), slf.heads_service(),
    slf.make_scope(text, text, text, bigint, jsonb), slf.move_family(bigint, bigint), slf.spread_scopes(),
    slf.person_scopes(bigint), slf.hold_scope(), slf.fill_scope(),
    slf.families_held(bigint), slf.families_worked(bigint),
    slf.family_scope(bigint), slf.acting_user(), slf.scopes(text), slf.enter(bigint), slf.reaches(bigint),
    slf.named(bigint), slf.today() cascade;
"""

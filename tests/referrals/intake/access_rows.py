"""Drafts and receipts: theirs who wrote them, and nobody else's."""

from slf.access.rules import ROLES, Can, Role
from slf.access.services import give_post
from slf.accounts.models import User
from tests.access_table import Row, all_of
from tests.factories import KNOWN_SINCE
from tests.referrals.intake.factories import full_draft, sent_referral

MAY = [role for role in Role if Can.REFER in ROLES[role]]
MAY_NOT = frozenset(role for role in Role if Can.REFER not in ROLES[role])
OWNERS: dict = {}


def a_referrer(family) -> User:
    user = User.objects.create_user(f"referrer.{User.objects.count()}", first_name="Referrer")
    give_post(user, role=Role.REFERRER, locality=family.scope.locality, by=user, starts_on=KNOWN_SINCE)
    return user


def of_draft(family):
    return kept(full_draft, a_referrer(family))


def of_receipt(family):
    return kept(sent_referral, a_referrer(family))


def of_danger(family):
    return kept(full_draft, a_referrer(family), in_danger=True)


def kept(make, user, **what):
    uid = make(user, **what).uid
    OWNERS[uid] = user
    return {"uid": uid}


def owner(kwargs):
    return OWNERS[kwargs["uid"]]


def theirs(name, subject, *, get=200, post=0, patch=0, body=None, bodies=None):
    methods = {
        method: {Role.REFERRER: status} for method, status in (("get", get), ("post", post), ("patch", patch)) if status
    }
    more = {"post_body": bodies or (lambda kwargs: body)} if body or bodies else {}
    return Row(name, subject, **methods, **more, owner=owner, not_their_job=MAY_NOT)


ROWS = [
    Row("referrals:mine", get=all_of(*MAY)),
    Row("referrals:start", get=all_of(*MAY), post=all_of(*MAY, status=302)),
    theirs("referrals:referral", of_receipt),
    theirs("referrals:danger", of_draft, post=302, body={"in_danger": "no"}),
    theirs("referrals:ring", of_danger, post=302, body={"spoke_to": "Ann"}),
    theirs(
        "referrals:people", of_draft, post=302,
        body={f"{name}-{count}_FORMS": 0 for name in ("adults", "children") for count in ("TOTAL", "INITIAL")},
    ),
    theirs(
        "referrals:known", of_draft, post=200,
        body={f"{name}-{count}_FORMS": 0 for name in ("adults", "children") for count in ("TOTAL", "INITIAL")},
    ),
    theirs("referrals:home", of_draft, post=302, body={"postcode": "LE11 2AB"}),
    theirs("referrals:needs", of_draft, post=302, body={"needs": ["crime"], "evidence_crime": "Seen."}),
    theirs("referrals:agreement", of_draft, post=302, body={"agreement": "not_asked"}),
    theirs("referrals:check", of_draft, post=302),
    theirs("referrals:discard", of_draft, post=302),
    Row("api-referrals", get=all_of(*MAY), post=all_of(*MAY, status=201)),
    theirs("api-referral", of_draft, patch=428),  # the walk does not say what it saw
    theirs("api-referral-send", of_draft, get=0, post=200),
    Row("api-receipts", get=all_of(*MAY)),
    theirs("api-receipt", of_receipt),
]  # fmt: skip

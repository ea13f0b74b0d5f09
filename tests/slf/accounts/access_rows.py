"""Addresses of signing in: they show the person themselves and nobody's family. Walked by tests/slf/accounts."""

from django.utils import timezone

from slf.access.models import Post
from slf.access.rules import POSTS, Role
from slf.accounts.models import User
from tests.access_table import Exempt, Row, all_of

SELF = "Shows the person their own account and nothing of any family."
SIGN_IN = "For somebody who is not signed in yet; shows nothing of any family."

OWN = (
    "account_change_password", "account_logout", "account_me", "account_proved", "account_reauthenticate",
    "account_roles", "account_second_factor", "account_stay", "account_ask_council", "account_confirm_council",
    "mfa_activate_totp",
    "mfa_add_webauthn", "mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_edit_webauthn",
    "mfa_generate_recovery_codes", "mfa_index", "mfa_list_webauthn", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes",
)  # fmt: skip
BEFORE = (
    "account_login", "account_inactive", "mfa_authenticate", "mfa_login_webauthn", "openid_connect_login",
    "openid_connect_callback", "socialaccount_login_cancelled", "account_new_password",
)  # fmt: skip
ADMINS = all_of(Role.ADMIN)
OTHERS = frozenset(POSTS) - {Role.ADMIN}


def somebody() -> dict:
    return {"uid": User.objects.create_user(f"somebody.{User.objects.count()}").uid}


def somebodys_post() -> dict:
    person = User.objects.get(**somebody())
    post = Post.objects.create(user=person, role=Role.BOARD, period=(timezone.localdate(), None))
    return {"uid": person.uid, "pk": post.pk}


def starter(kwargs) -> dict:
    return {"username": f"starter.{User.objects.count()}", "first_name": "Sita", "last_name": "Starter",
            "email": f"starter.{User.objects.count()}@example.org"}  # fmt: skip


def an_address(kwargs) -> dict:
    return {"email": f"new.{User.objects.count()}@example.org"}


def a_post() -> dict:
    return {"role": Role.BOARD, "locality": None}


ROWS = [
    Row("account_people", get=ADMINS),
    Row("api-accounts", get=ADMINS, post=all_of(Role.ADMIN, status=201), post_body=starter, recent=True),
    Row(
        "api-account-address", of_office=somebody, post=ADMINS, post_body=an_address, not_their_job=OTHERS, recent=True
    ),
    Row("account_make", get=ADMINS, post=all_of(Role.ADMIN, status=302), post_body=starter, recent=True),
    Row(
        "account_change_address",
        of_office=somebody,
        get=ADMINS,
        post=all_of(Role.ADMIN, status=302),
        post_body=an_address,
        not_their_job=OTHERS,
        recent=True,
    ),
    Row(
        "api-give-post",
        of_office=somebody,
        post=all_of(Role.ADMIN, status=201),
        not_their_job=OTHERS,
        recent=True,
        post_body=lambda kwargs: a_post() | {"starts_on": timezone.localdate().isoformat()},
    ),
    Row(
        "api-end-post",
        of_office=lambda: {"uid": somebodys_post()["uid"]},
        post=ADMINS,
        not_their_job=OTHERS,
        recent=True,
        post_body=lambda kwargs: a_post() | {"on": timezone.localdate().isoformat()},
    ),
    Row("account_person", of_office=somebody, get=ADMINS, not_their_job=OTHERS),
    Row("account_give_post", of_office=somebody, get=ADMINS, post=ADMINS, not_their_job=OTHERS, recent=True),
    Row("account_end_post", of_office=somebodys_post, get=ADMINS, post=ADMINS, not_their_job=OTHERS, recent=True),
    Row("account_reset_sign_in", of_office=somebody, get=ADMINS, post=ADMINS, not_their_job=OTHERS, recent=True),
    *(Exempt(name, SELF) for name in OWN),
    *(Exempt(name, SIGN_IN) for name in BEFORE),
    Exempt("schema", "The description of the API: no rows of anybody."),
    Exempt("schema-ui", "The description of the API, to read."),
]

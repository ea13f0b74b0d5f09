"""An account made for somebody who starts, and the mail address by which its person is reached."""

from django.db import connection, transaction

from slf.accounts.models import AccountChange, User
from slf.accounts.services import another
from slf.web.errors import NotAllowed
from slf.work.services import promise

NAME_TAKEN = "Somebody has this user name already."
ADDRESS_TAKEN = "This mail address belongs to another account."
NOT_YOUR_OWN_ADDRESS = "Nobody changes their own mail address here. Ask another administrator."


@transaction.atomic
def make_account(
    username: str, *, first_name: str, last_name: str, email: str, by: User, site: str, job_title: str = "",
    with_link: bool = True,
) -> User:  # fmt: skip
    """Make an account that opens nothing until it holds a post.

    ``with_link``: its person gets a link to choose a password, and nobody else knows it. Without one they sign in with
    their council account. ``site`` is the address of this service that the link begins with.
    """
    _one_at_a_time()
    if User.objects.filter(username__iexact=username).exists():
        raise NotAllowed(NAME_TAKEN)
    _refuse_taken(email)
    user = User(username=username, first_name=first_name, last_name=last_name, email=email, job_title=job_title)
    user.set_unusable_password()
    user.full_clean()
    user.save()
    made = AccountChange.objects.create(user=user, by=by, what=AccountChange.What.MADE, after=email)
    if with_link:
        promise("accounts.tell_of_account", by=by, once=str(made.pk), change=made.pk, site=site)
    return user


@transaction.atomic
def change_address(user: User, *, email: str, by: User) -> User:
    """Change the mail address of somebody else; both addresses and the heads of service are told. Again: nothing."""
    user = another(user, by=by, refusal=NOT_YOUR_OWN_ADDRESS)
    if user.email == email:
        return user
    _one_at_a_time()
    _refuse_taken(email, besides=user)
    changed = AccountChange.objects.create(
        user=user, by=by, what=AccountChange.What.ADDRESS, before=user.email, after=email
    )
    user.email = email
    user.save(update_fields=["email"])
    promise("accounts.tell_of_address", by=by, once=str(changed.pk), change=changed.pk)
    return user


def change_of(pk: int) -> AccountChange:
    return AccountChange.objects.select_related("user", "by").get(pk=pk)


def _one_at_a_time() -> None:
    """Let administrators wait for each other, so that neither a name nor an address is taken twice."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('slf.accounts.making'))")


def _refuse_taken(email: str, *, besides: User | None = None) -> None:
    if User.objects.filter(email__iexact=email).exclude(pk=besides and besides.pk).exists():
        raise NotAllowed(ADDRESS_TAKEN)

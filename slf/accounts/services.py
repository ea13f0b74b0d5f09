"""Starters, movers and leavers as the council's directory tells them, and what is done on the server itself."""

import logging
from collections.abc import Iterable
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from slf.access.models import Locality, Post
from slf.access.rules import Role
from slf.access.services import end_post, end_post_alone, give_post
from slf.accounts.models import AccountChange, SignInReset, User
from slf.accounts.rules import Seat, seats
from slf.web.errors import NotAllowed, NotForYou
from slf.work.services import promise

log = logging.getLogger(__name__)
ONE_ALREADY = "There is an administrator already. Administrators make the other accounts."

NOT_YOURSELF = "Nobody gives themselves a post. Ask another administrator."
NOT_YOUR_OWN_END = "Nobody ends their own post. Ask another administrator."
NOT_YOUR_OWN_RESET = "Change your own password and second steps in your account."
A_SERVICE = "This account is the service's own."
NOT_BEFORE_TODAY = "A post begins or ends today at the earliest."
NO_LAST_DAY = "That is no last day. Leave it out for a post without an end."
ENDS_FIRST = "The last day must not be before the first."
HELD_ALREADY = "They hold this post already in part of that time."
OVER_BY_THEN = "This post is over by then."
NO_ADDRESS = (
    "There is no mail address for them here, so no link can be sent. Whoever runs the server can reset their sign-in."
)
IN_THE_DIRECTORY = "They sign in with their council account, which is looked after in the council's directory."


@transaction.atomic
def posts_from_groups(user: User, *, groups: Iterable[str], by: User) -> list[Post]:
    """Make the user's lasting posts those that the groups mean. A loan has an end, and the directory knows no loans.

    New posts come before old ones end: a worker who moves keeps the families that both open.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    today, wanted = timezone.localdate(), seats(groups, settings.SLF_OIDC_GROUPS)
    held = {seat_of(post): post for post in posts_in_force(user, on=today)}
    for seat in sorted(wanted - set(held), key=lambda seat: (seat.role, seat.locality or "")):
        take_seat(user, seat, by=by, on=today)
    for seat, post in held.items():
        if seat not in wanted and post.period.upper is None:
            end_post(post, by=by, on=today)
    return list(posts_in_force(user, on=today))


def take_seat(user: User, seat: Seat, *, by: User, on: date) -> None:
    """Give the post a seat means, from a day on and for good. One that was still to begin gives way to it."""
    try:
        locality = locality_of(seat)
    except Locality.DoesNotExist:
        log.error("SLF_OIDC_GROUPS names the locality %s, which there is not: no post for %s.", seat.locality, user.pk)
        return
    for post in posts_to_come(user, on=on):
        if seat_of(post) == seat:
            end_post_alone(post, by=by, on=on)
    give_post(user, role=seat.role, locality=locality, by=by, starts_on=on)


@transaction.atomic
def leave(user: User, *, by: User, on: date) -> User:
    """Cut a leaver off: every post ends and the account closes, which also ends every session at its next request."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    for post in posts_to_come(user, on=on):
        end_post(post, by=by, on=on)
    user.is_active = False
    user.save(update_fields=["is_active"])
    log.info("The account of %s was closed by %s.", user.username, by.username)
    return user


def posts_in_force(user: User, *, on: date) -> QuerySet[Post]:
    """Return the posts the user holds on a day."""
    return Post.objects.filter(user=user, period__contains=on).select_related("locality").order_by("role", "pk")


def posts_to_come(user: User, *, on: date) -> QuerySet[Post]:
    """Return the posts that a day finds in force or still to begin."""
    return Post.objects.filter(not_over(on), user=user, period__isempty=False).select_related("locality").order_by("pk")


def not_over(on: date) -> Q:
    return Q(period__endswith__isnull=True) | Q(period__endswith__gt=on)


def last_day(post: Post) -> date | None:
    """Return the last day a post opens anything; None when no end is set."""
    ends: date | None = post.period.upper
    return ends - timedelta(days=1) if ends else None


def seat_of(post: Post) -> Seat:
    return Seat(Role(post.role), post.locality.slug if post.locality else None)


def locality_of(seat: Seat) -> Locality | None:
    return Locality.objects.get(slug=seat.locality) if seat.locality else None


def account_for(username: str) -> User | None:
    """Return the person the administrator made an account for under this council user name."""
    return User.objects.filter(username__iexact=username, is_service=False).first() if username else None


def by_directory_only(user: User) -> bool:
    """Tell whether the council's directory is this person's only door: it asks for its own second factor."""
    return not user.has_usable_password() and SocialAccount.objects.filter(user=user).exists()


def directory_account() -> User:
    """Return the service account in whose name the council's directory gives and ends posts."""
    return service_account("directory", name="Council directory")


def console_account() -> User:
    """Return the service account of whoever types commands on the server."""
    return service_account("console", name="Server console")


def service_account(username: str, *, name: str) -> User:
    first, last = name.split()
    names = {"first_name": first, "last_name": last, "is_service": True}
    user, made = User.objects.get_or_create(username=username, defaults=names)
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


@transaction.atomic
def first_administrator(username: str, *, password: str, by: User, on: date) -> User:
    """Make the first account, with the administrator's post. Once there is one, administrators make the others."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Post.objects.filter(role=Role.ADMIN, user__is_active=True, period__contains=on).exists():
        raise NotAllowed(ONE_ALREADY)
    user = new_account(username, password=password)
    give_post(user, role=Role.ADMIN, locality=None, by=by, starts_on=on)
    log.warning("The account %s was made with the administrator's post by %s.", user.username, by.username)
    return user


def new_account(username: str, *, password: str) -> User:
    """Make a local account; raises ``ValidationError`` for a name or password that is not good enough."""
    user = User(username=username)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    return user


@transaction.atomic
def reset_sign_in(user: User, *, password: str | None, by: User) -> SignInReset:
    """Take away password and second steps of one account and end its sessions; ``password`` is the new one.

    Sessions carry a digest of the password, so that every one of them ends at its next request.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user=user).delete()
    log.warning("Password and second steps of %s were reset by %s.", user.username, by.username)
    return SignInReset.objects.create(user=user, by=by)


def people(asked: str = "") -> QuerySet[User]:
    """Return everybody with an account, or those whose name or user name has the words in it, with their posts."""
    rows = User.objects.filter(is_service=False)
    for word in asked.split():
        rows = rows.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(username__icontains=word))
    today = timezone.localdate()
    posts = Post.objects.filter(not_over(today), period__isempty=False).select_related("locality").order_by("pk")
    return rows.prefetch_related(Prefetch("posts", posts, to_attr="posts_now")).order_by("last_name", "username")


def all_posts(user: User) -> QuerySet[Post]:
    """Return every post the user holds, held or will hold, the newest first, with who gave and ended it."""
    return Post.objects.filter(user=user).select_related("locality", "given_by", "ended_by").order_by("-period", "-pk")


@transaction.atomic
def appoint(
    user: User, *, role: Role, locality: Locality | None, by: User, starts_on: date, last_day: date | None = None
) -> Post:
    """Give somebody else a post, from today or a later day on."""
    user = another(user, by=by, refusal=NOT_YOURSELF)
    if last_day == date.max:
        raise NotAllowed(NO_LAST_DAY)
    ends_on = last_day + timedelta(days=1) if last_day else None
    if starts_on < timezone.localdate():
        raise NotAllowed(NOT_BEFORE_TODAY)
    if ends_on and ends_on <= starts_on:
        raise NotAllowed(ENDS_FIRST)
    same = Post.objects.filter(user=user, role=role, locality=locality, period__overlap=(starts_on, ends_on))
    if same.exists():
        raise NotAllowed(HELD_ALREADY)
    return give_post(user, role=role, locality=locality, by=by, starts_on=starts_on, ends_on=ends_on)


@transaction.atomic
def dismiss(post: Post, *, by: User, on: date) -> Post:
    """End somebody else's post: from a day on, today at the earliest, it opens nothing."""
    another(post.user, by=by, refusal=NOT_YOUR_OWN_END)
    post = Post.objects.get(pk=post.pk)
    if on < timezone.localdate():
        raise NotAllowed(NOT_BEFORE_TODAY)
    if post.period.isempty or (post.period.upper and post.period.upper <= on):
        raise NotAllowed(OVER_BY_THEN)
    return end_post(post, by=by, on=on)


@transaction.atomic
def reset_anothers_sign_in(user: User, *, by: User, site: str) -> SignInReset:
    """Take away somebody else's password and second steps; a link to choose a new password goes to their own address.

    Nobody but them ever knows the new password, and the head of service is told. ``site`` is the address of this
    service that the link begins with.
    """
    user = another(user, by=by, refusal=NOT_YOUR_OWN_RESET)
    if by_directory_only(user):
        raise NotAllowed(IN_THE_DIRECTORY)
    if not user.email:
        raise NotAllowed(NO_ADDRESS)
    reset = reset_sign_in(user, password=None, by=by)
    promise("accounts.tell_of_reset", by=by, reset=reset.pk, site=site)
    return reset


def reset_of(pk: int) -> SignInReset:
    return SignInReset.objects.select_related("user", "by").get(pk=pk)


def heads_to_tell(reset: SignInReset | AccountChange) -> list[str]:
    """Return the addresses of active heads of service who are neither side of it."""
    heads = Post.objects.filter(role=Role.HEAD, period__contains=timezone.localdate()).values("user")
    people = User.objects.filter(pk__in=heads, is_active=True, is_service=False).exclude(email="")
    return list(people.exclude(pk__in=[reset.user_id, reset.by_id]).values_list("email", flat=True).order_by("pk"))


def way_back_in(user: User) -> str:
    """Return the path at which this person chooses a new password, once and within a day."""
    who = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("account_new_password", args=[who, default_token_generator.make_token(user)])


def another(user: User, *, by: User, refusal: str) -> User:
    """Lock the account of somebody else who signs in; nobody administers themselves."""
    if user.pk == by.pk:
        raise NotForYou(refusal)
    if user.is_service:
        raise NotAllowed(A_SERVICE)
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)

"""The demonstration's accounts and their posts."""

from datetime import date

from performance.demo.names import COLLEAGUES, COLLEAGUES_SURNAMES
from slf.access.models import Locality
from slf.access.rules import Role
from slf.access.services import give_post
from slf.accounts.models import User

SINCE = date(2012, 4, 1)
ACCOUNTS = {
    "fsw.charnwood": ("Sam", "Rowley", Role.FSW, "charnwood", ""),
    "fsw2.charnwood": ("Nadia", "Iqbal", Role.FSW, "charnwood", ""),
    "fsw.melton": ("Tom", "Brett", Role.FSW, "melton", ""),
    "senior.charnwood": ("Ruth", "Okafor", Role.SENIOR, "charnwood", ""),
    "manager.charnwood": ("David", "Lowe", Role.MANAGER, "charnwood", ""),
    "manager.melton": ("Helen", "Marsh", Role.MANAGER, "melton", ""),
    "head": ("Margaret", "Ellis", Role.HEAD, None, ""),
    "sro": ("Andrew", "Hollis", Role.SRO, None, ""),
    "support.charnwood": ("Joan", "Tyler", Role.BUSINESS, "charnwood", ""),
    "data": ("Priti", "Shah", Role.DATA, None, ""),
    "auditor": ("Colin", "Frost", Role.AUDITOR, None, ""),
    "school": ("Jane", "Harvey", Role.REFERRER, None, "Fairholme College"),
    "esf": ("Marcus", "Bell", Role.ESF, "charnwood", ""),
    "admin": ("Alan", "Pryce", Role.ADMIN, None, ""),
}
OTHER_MANAGERS = {
    "north-west-leicestershire": ("Karen", "Whitlock"), "oadby-and-wigston": ("Imran", "Aziz"),
    "harborough": ("Gillian", "Peel"), "blaby": ("Stuart", "Wain"), "hinckley-and-bosworth": ("Joy", "Adeyemi"),
}  # fmt: skip
"""Managers of the other localities: each reviews what a claim asks for there. They sign in as manager.harborough."""
ACCOUNTS |= {f"manager.{slug}": (first, last, Role.MANAGER, slug, "") for slug, (first, last) in OTHER_MANAGERS.items()}
WORKERS = {
    "north-west-leicestershire": 5, "charnwood": 10, "melton": 3, "oadby-and-wigston": 2, "harborough": 2, "blaby": 2,
    "hinckley-and-bosworth": 6,
}  # fmt: skip
"""Family support workers in year 1 (Locality Proposals Information Pack, 10 October 2012)."""


def make_builder() -> User:
    """Return the service user in whose name the county is made; its posts end when it is done."""
    builder, _ = User.objects.get_or_create(
        username="demo.builder", defaults={"is_service": True, "last_name": "Demonstration"}
    )
    builder.set_unusable_password()
    builder.save()
    for role in (Role.SENIOR, Role.MANAGER, Role.HEAD, Role.DATA):
        give_post(builder, role=role, locality=None, by=builder, starts_on=SINCE)
    return builder


def make_accounts(password: str, *, by: User) -> dict[str, User]:
    """Make the accounts that sign in."""
    places = {locality.slug: locality for locality in Locality.objects.all()}
    made = {}
    for username, (first, last, role, place, agency) in ACCOUNTS.items():
        user = User.objects.create_user(username, f"{username}@slf.example", password, first_name=first, last_name=last,
                                        job_title=agency)  # fmt: skip
        give_post(user, role=role, locality=places.get(place), by=by, starts_on=SINCE)
        made[username] = user
    return made


def make_workers(accounts: dict[str, User], *, by: User) -> dict[str, list[User]]:
    """Return the workers of each locality: the accounts that sign in first, then colleagues who do not."""
    workers = {}
    for locality in Locality.objects.all():
        own = [accounts[name] for name, row in ACCOUNTS.items() if row[2] is Role.FSW and row[3] == locality.slug]
        others = [colleague(locality, n, by=by) for n in range(len(own), WORKERS[locality.slug])]
        workers[locality.slug] = own + others
    return workers


def colleague(locality: Locality, number: int, *, by: User) -> User:
    place = locality.pk * max(WORKERS.values()) + number
    first, last = (names[place % len(names)] for names in (COLLEAGUES, COLLEAGUES_SURNAMES))
    user = User(username=f"worker{number}.{locality.slug}", first_name=first, last_name=last)
    user.set_unusable_password()
    user.save()
    give_post(user, role=Role.FSW, locality=locality, by=by, starts_on=SINCE)
    return user

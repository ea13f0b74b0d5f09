"""The seven localities and the role table, as data; and history closed to all but its triggers."""

from django.db import connections

from slf.access.models import Locality, Opening, Scope, ScopeMember
from slf.access.rules import opening_rows
from slf.access.sql import CLOSE_HISTORY

LOCALITIES = {
    "north-west-leicestershire": "North West Leicestershire",
    "charnwood": "Charnwood",
    "melton": "Melton",
    "oadby-and-wigston": "Oadby and Wigston",
    "harborough": "Harborough",
    "blaby": "Blaby",
    "hinckley-and-bosworth": "Hinckley and Bosworth",
}


def load(*, using: str) -> None:
    for slug, name in LOCALITIES.items():
        locality, _ = Locality.objects.using(using).update_or_create(slug=slug, defaults={"name": name})
        load_scope(locality, using=using)
    load_openings(using=using)
    with connections[using].cursor() as cursor:
        cursor.execute(CLOSE_HISTORY)


def load_scope(locality: Locality, *, using: str) -> None:
    """Make the everyday audience of a locality, with the key that ``services.scope_for`` gives it."""
    scope, _ = Scope.objects.using(using).get_or_create(
        audience_key=f"locality:{locality.pk}:",
        defaults={"kind": Scope.Kind.LOCALITY, "name": locality.name, "locality": locality},
    )
    ScopeMember.objects.using(using).get_or_create(scope=scope, locality=locality, role="")


def load_openings(*, using: str) -> None:
    """Make the table that PostgreSQL reads equal to ``rules.OPENS``. Only the owner may write it."""
    rows, wanted = Opening.objects.using(using), opening_rows()
    held = {(o.role, o.mode, o.record_class, o.named_only): o.pk for o in rows.all()}
    rows.filter(pk__in=[pk for key, pk in held.items() if key not in wanted]).delete()
    rows.bulk_create(
        Opening(role=role, mode=mode, record_class=record_class, named_only=named_only)
        for role, mode, record_class, named_only in sorted(wanted - set(held))
    )

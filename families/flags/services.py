"""Setting a flag, and ending it."""

from datetime import date

from django.db import transaction

from families.flags.models import Flag
from families.people.models import Family, Membership
from slf.accounts.models import User
from slf.web.errors import NotAllowed


@transaction.atomic
def set_flag(
    family: Family,
    *,
    kind: str,
    words: str = "",
    membership: Membership | None = None,
    until: date | None = None,
    source: str,
    by: User,
    on: date,
) -> Flag:
    """Set a flag from a day on. Set twice it is there once. Of a member, it stands where they were entered."""
    entered = membership.family if membership and membership.family_id != family.pk else family
    whose = entered.pk if entered.merged_into_id == family.pk else family.pk
    flag, _ = Flag.objects.get_or_create(
        family__pk=whose, membership=membership, kind=kind, words=words, until=until, ended_on=None,
        defaults={"family_id": whose, "began_on": on, "source": source, "set_by": by},
    )  # fmt: skip
    return flag


def carry_flags(old: Membership, new: Membership) -> None:
    """Have what has to be known of somebody known in another family too, when they begin a time there."""
    if old.family_id == new.family_id:
        return
    rows = Flag.objects.filter(family__pk=old.family_id, membership__person_id=old.person_id, ended_on__isnull=True)
    kept = ("kind", "words", "began_on", "until", "source", "set_by_id")
    for flag in rows:
        Flag.objects.create(family_id=new.family_id, membership=new, **{name: getattr(flag, name) for name in kept})


@transaction.atomic
def end_flag(flag: Flag, *, by: User, on: date) -> Flag:
    """End a flag: it counts no more from a day on, and stays on the record."""
    now: Flag = Flag.objects.select_for_update(of=("self",), no_key=True).get(pk=flag.pk)
    if now.ended_on is not None:
        message = f"This flag was ended already, by {now.ended_by}."
        raise NotAllowed(message)
    now.ended_on, now.ended_by = on, by
    now.save(update_fields=["ended_on", "ended_by"])
    return now

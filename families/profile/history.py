"""Who changed what about a person and when, from the versions the database keeps.

The person's row is shared by all their families. Who changed it is named only where it was changed from this family's
own pages: a name from elsewhere would tell that somebody is known there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from families.about.models import AboutAnswer
from families.contact.models import ContactRule
from families.names.models import PersonName
from families.people.models import Membership, Person
from slf.accounts.models import User

FIELDS = {
    "given_names": "Given names",
    "family_name": "Family name",
    "known_as": "Called for short",
    "born_on": "Date of birth",
    "born_estimated": "Estimated",
    "gender": "Lives as",
    "died_on": "Day of death",
    "upn": "UPN",
    "nhs_number": "NHS number",
    "ni_number": "NI number",
}
ELSEWHERE = "the service"
CONTACT = "Safe contact"
DONE = {"insert": "Name added", "delete": "Name taken away", "update": "Name changed"}


@dataclass(frozen=True)
class Change:
    """One thing that was changed: what stood there before, and what after."""

    at: datetime
    what: str
    before: str
    after: str
    by: str


def history_of(member: Membership, user: User) -> list[Change]:
    """Return all that was changed about somebody and may be told in this family, the newest first."""
    names = {one.pk: str(one) for one in User.objects.all()}
    found = [*of_person(member, names), *of_names(member, names), *of_answers(member, user)]
    found += of_contact(member, user, names)
    return sorted(found, key=lambda change: change.at, reverse=True)


def of_person(member: Membership, names: dict[int, str]) -> Iterator[Change]:
    versions = Person.pgh_event_model.objects.filter(pgh_obj_id=member.person_id)  # not a door: behind the membership
    before = None
    for version in versions.order_by("pgh_id"):
        for field, what in FIELDS.items() if before else ():
            old, new = said_in(before, field), said_in(version, field)
            if old != new:
                yield Change(version.pgh_created_at, what, old, new, who(version.pgh_context, names, member))
        before = version


def of_names(member: Membership, names: dict[int, str]) -> Iterator[Change]:
    versions = PersonName.pgh_event_model.objects  # not a door: behind the membership, of this family alone
    for version in versions.filter(person_id=member.person_id, family_id=member.family_id).order_by("pgh_id"):
        said = f"{version.given_names} {version.family_name}".strip()
        removed = version.pgh_label == "delete"
        by = who(version.pgh_context, names, member)
        yield Change(
            version.pgh_created_at, DONE[version.pgh_label], said if removed else "", "" if removed else said, by
        )


def of_answers(member: Membership, user: User) -> Iterator[Change]:
    rows = AboutAnswer.objects.visible_to(user).filter(family=member.family, person=member.person)
    for row in rows.select_related("supersedes", "recorded_by"):
        yield Change(row.recorded_at, row.get_kind_display(), str(row.supersedes or ""), str(row), str(row.recorded_by))


def of_contact(member: Membership, user: User, names: dict[int, str]) -> Iterator[Change]:
    """Yield each rule of safe contact when it was set and when it was ended: a rule is never changed."""
    rules = {row.pk: row for row in ContactRule.objects.visible_to(user).filter(membership=member)}
    versions = ContactRule.pgh_event_model.objects.filter(pgh_obj_id__in=rules)  # not a door: behind the rules in sight
    for version in versions.order_by("pgh_id"):
        said, by = str(rules[version.pgh_obj_id]), who(version.pgh_context, names, member)
        ended = version.ended_on is not None
        yield Change(version.pgh_created_at, CONTACT, said if ended else "", "" if ended else said, by)


def who(context: dict[str, Any] | None, names: dict[int, str], member: Membership) -> str:
    """Return who changed a row from this family's own pages."""
    said = context or {}
    here = f"/families/{member.family.uid}/" in str(said.get("door", ""))
    return names.get(said.get("user") or 0, ELSEWHERE) if here else ELSEWHERE


def said_in(version: Any, field: str) -> str:
    """Return what a version says, a choice by its name."""
    name_of_choice = getattr(version, f"get_{field}_display", None)
    return name_of_choice() if name_of_choice else in_words(getattr(version, field))


def in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if hasattr(value, "strftime"):
        return f"{value.day} {value:%B %Y}"
    return str(value or "")

"""Who is invited to a meeting, how each is told apart, and whether a meeting is still called as somebody saw it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256

from casework.around.models import TeamMember
from casework.meetings.models import Invitee, Meeting
from families.people.models import Person
from slf.accounts.models import User


@dataclass(frozen=True)
class Invited:
    """Who is invited: of the family, of the team around it, and colleagues besides."""

    people: Collection[Person] = field(default_factory=tuple)
    members: Collection[TeamMember] = field(default_factory=tuple)
    users: Collection[User] = field(default_factory=tuple)

    @property
    def keys(self) -> set[tuple[str, int]]:
        named = [("person_id", self.people), ("member_id", self.members), ("user_id", self.users)]
        return {(column, one.pk) for column, those in named for one in those}


def keys_of(row: Invitee) -> list[tuple[str, int]]:
    """Return how somebody invited is named: a person by whom they are, even where they were entered twice."""
    named = {"person_id": row.person.pk if row.person else None, "member_id": row.member_id, "user_id": row.user_id}
    return [(column, pk) for column, pk in named.items() if pk is not None]


def seen_of(meeting: Meeting) -> str:
    """Return what tells a meeting as it is called now from the same one before or after a change."""
    rows = meeting.invited.filter(is_withdrawn=False).select_related("person")
    invited = sorted(f"{column} {pk}" for row in rows for column, pk in keys_of(row))
    called = [meeting.day.isoformat(), f"{meeting.starts_at:%H:%M}", meeting.place, meeting.purpose, *invited]
    return sha256("\n".join(called).encode()).hexdigest()

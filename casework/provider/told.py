"""The provider's work in the family's chronology: sent, answered, begun, each contact, ended."""

from collections.abc import Iterator

from django.urls import reverse

from casework.chronology.latest import newest
from casework.chronology.rules import Entry, Kind, Step
from casework.provider.models import ProviderContact, Provision, WorkProgress
from casework.provider.rules import State
from families.people.models import Family
from slf.accounts.models import User


def with_the_provider(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    rows = Provision.objects.visible_to(user).filter(family=family).for_page()
    for row in newest(rows, most, "ended_on", "begun_on", "answered_on", "sent_on"):
        yield from steps_of(row)
    yield from contacts(family, user, most)
    yield from toward_work(family, user, most)


def steps_of(row: Provision) -> Iterator[Entry]:
    who, more = row.person, {"href": row.get_absolute_url(), "people": frozenset([row.person.shown.uid])}
    yield Entry(
        row.sent_on, Kind.HELP, Step.HELP, f"{who}: sent to the ESF provider", text=row.why, by=str(row.sent_by), **more
    )
    if row.answered_on:
        refused = row.state == State.NOT_TAKEN_ON
        title = f"{who}: {'not taken on' if refused else 'taken on'} by the ESF provider"
        said = {"text": row.answer, "detail": tuple(filter(None, [row.refused_because])), "by": str(row.answered_by)}
        yield Entry(row.answered_on, Kind.HELP, Step.HELP, title, **said, **more)
    if row.begun_on:
        yield Entry(
            row.begun_on, Kind.HELP, Step.HELP, f"{who}: ESF provision began", by=str(row.begun_by), **more
        )  # fmt: skip
    if row.ended_on:
        said = {"text": row.ended_words, "detail": (row.ended_because,), "by": str(row.ended_by)}
        yield Entry(row.ended_on, Kind.HELP, Step.HELP, f"{who}: ESF provision ended", **said, **more)


def contacts(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell of the provider's contacts: of each, what was done and by whom."""
    href = reverse("casework:provision", args=[family.uid])
    rows = ProviderContact.objects.visible_to(user).filter(family=family)
    for row in newest(rows.select_related("recorded_by", "provision__person__merged_into"), most, "happened_on"):
        who = row.provision.person
        yield Entry(
            row.happened_on, Kind.HELP, Step.HELP, f"ESF provider and {who}: {row.get_kind_display().lower()}",
            text=row.words, by=str(row.recorded_by), href=href, people=frozenset([who.shown.uid]),
        )  # fmt: skip


def toward_work(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell of each step toward work that holds, with what shows it."""
    rows = WorkProgress.objects.visible_to(user).standing().filter(family=family)
    for row in newest(rows.select_related("recorded_by", "provision__person__merged_into"), most, "happened_on"):
        who = row.provision.person
        yield Entry(
            row.happened_on, Kind.HELP, Step.HELP, f"{who}: {row.get_step_display().lower()}", text=row.words,
            detail=(row.shown_by,), by=str(row.recorded_by), href=reverse("casework:provision", args=[family.uid]),
            people=frozenset([who.shown.uid]),
        )  # fmt: skip

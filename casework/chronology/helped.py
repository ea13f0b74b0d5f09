"""The chronology of help given: begun, each session, and how it ended."""

from collections.abc import Iterator

from django.urls import reverse

from casework.chronology.kept import mark_of
from casework.chronology.latest import newest
from casework.chronology.rules import Entry, Kind, Step
from casework.interventions.models import Help, HelpSession
from families.people.models import Family
from slf.accounts.models import User


def help_given(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    href = reverse("casework:help_given", args=[family.uid])
    rows = Help.objects.visible_to(user).filter(family=family).for_page()
    for row in newest(rows, most, "ended_on", "begun_on"):
        detail = (f"For {row.names}", *filter(None, [row.meant]))
        rests_on = answers(row)
        said = {"text": row.words, "detail": detail, "by": str(row.begun_by), "href": href, "rests_on": rests_on}
        yield Entry(row.begun_on, Kind.HELP, Step.HELP, f"Begun: {row.method}", **said)
        if row.ended_on:
            said = {"text": row.result_words, "detail": (row.became, row.dose.words), "by": str(row.ended_by)}
            said |= {"href": href, "rests_on": rests_on}
            yield Entry(row.ended_on, Kind.HELP, Step.HELP, f"Ended: {row.method}", **said)


def help_sessions(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell of each session that counts; what was struck out is read where the help is."""
    href = reverse("casework:help_given", args=[family.uid])
    rows = HelpSession.objects.visible_to(user).counting().filter(family=family).for_page()
    rows = rows.select_related("help__method", "help__goal", "visit", "recorded_by")
    for row in newest(rows, most, "happened_on"):
        rests_on = answers(row.help) | ({f"visit:{row.visit.uid}"} if row.visit else set())
        said = {"text": row.words, "detail": (f"Took part: {row.who}",), "by": str(row.recorded_by), "href": href}
        said |= {"rests_on": rests_on}
        yield Entry(row.happened_on, Kind.HELP, Step.HELP, f"{row.help.method}: a session", **said)


def answers(help: Help) -> frozenset[str]:
    """Return the mark of the goal that help was given for, where there is one."""
    return frozenset([mark_of(help.goal)] if help.goal else [])

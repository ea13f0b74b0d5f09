"""The chronology of what a family does with its plan: reviews, own pages, and what was said on them by whom."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localtime

from casework.chronology.kept import mark_of
from casework.chronology.latest import newest
from casework.chronology.rules import Entry, Kind, Step
from casework.own_page.models import OwnPage, OwnPageWord
from casework.own_page.rules import SAID_ON_IT, State
from casework.plan_reviews.models import PlanReview
from families.people.models import Family
from slf.accounts.models import User


def own_pages(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell when somebody got a page of the plan and when it ended, and when the screen said that it is not safe."""
    href = reverse("casework:own_pages", args=[family.uid])
    rows = OwnPage.objects.visible_to(user).filter(family=family).for_page()
    for row in newest(rows, most, "handed_on", "asked_on"):
        if row.state == State.UNSAFE:
            by = str(row.asked_by)
            yield Entry(
                row.asked_on, Kind.PLAN, Step.OWN_PAGE, f"No own page for {row.person}: not safe", by=by, href=href
            )
        if row.handed_on:
            detail = (f"Released by {row.decided_by}",)
            title, by = f"{row.person} has an own page of the plan", str(row.handed_by)
            yield Entry(row.handed_on, Kind.PLAN, Step.OWN_PAGE, title, detail=detail, by=by, href=href)


def own_words(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell what somebody said on their own page; nobody of the service wrote it."""
    href = f"{reverse('casework:own_pages', args=[family.uid])}#said"
    rows = OwnPageWord.objects.visible_to(user).filter(family=family).select_related("person__merged_into", "action")
    for row in newest(rows, most, "said_on"):
        by, at = SAID_ON_IT.format(who=row.person), localtime(row.said_at).time().replace(microsecond=0)
        yield Entry(row.said_on, Kind.PLAN, Step.OWN_WORD, row.title, text=row.words, by=by, href=href, at=at)


def plan_reviews(family: Family, user: User, most: int | None) -> Iterator[Entry]:
    """Tell when the plan was looked at again, what the family said, and how each goal went."""
    href = reverse("casework:plan_reviews", args=[family.uid])
    rows = PlanReview.objects.visible_to(user).filter(family=family).for_page()
    for row in newest(rows, most, "held_on"):
        detail = tuple(f"{one.goal}: {one.get_went_display().lower()}" for one in row.goals.all())
        said = {"text": row.family_says, "detail": detail, "by": str(row.recorded_by), "href": href}
        said |= {"rests_on": frozenset(mark_of(one.goal) for one in row.goals.all())}
        yield Entry(row.held_on, Kind.PLAN, Step.PLAN_REVIEWED, "Plan reviewed", **said)

"""Own pages of the plan: what waits for a senior, what a worker hands over, what somebody said on theirs."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet, Value
from django.urls import reverse

from casework.own_page.models import OwnPage, OwnPageWord
from casework.own_page.rules import State
from performance.home import copies
from performance.home.panels import Item, Panel, Part
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 8
TOLD_FOR = timedelta(days=28)
"""How long it stays on the page that an asking was sent back. Source: ``EXAMPLE``."""


def part(user: User, on: date) -> Part:
    """What was said on their own pages and not read, which pages need their worker, and which wait for a senior."""
    mine = OwnPage.objects.visible_to(user).of_worker(user, on=on)
    words = OwnPageWord.objects.visible_to(user).filter(read_on=None, page__in=mine.values("pk"))
    needs = Q(state=State.OPEN, locked_at__isnull=False) | Q(state=State.OPEN, handed_on=None)
    back = Q(state=State.SENT_BACK, asked_by=user, decided_on__gt=on - TOLD_FOR)
    asked = OwnPage.objects.visible_to(user, can=Can.DECIDE_SHARING).waiting().exclude(asked_by=user)
    either = Q(pk__in=mine.filter(needs | back).values("pk")) | Q(pk__in=asked.values("pk"))
    found, papers = OwnPage.objects.visible_to(user).filter(either), copies.rows_for(user, on)
    there = there_are(words=words, pages=found, copies=papers)
    return Part(
        panels=(
            *([Panel("Said on their own page", said(words))] if "words" in there else ()),
            *(panels(found) if "pages" in there else ()),
            *(copies.panels(papers) if "copies" in there else ()),
        )
    )


def there_are(**rows: QuerySet) -> set[str]:
    """Return of what there is something to show: asked once for all, since on most days there is nothing."""
    asked = [found.order_by().values_list(Value(name), flat=True) for name, found in rows.items()]
    return set(asked[0].union(*asked[1:]))


def said(words: QuerySet) -> list[Item]:
    rows = words.select_related("family", "page", "action", "person__merged_into").order_by("pk")[:SHOWN]
    return [of_word(word) for word in rows]


def panels(rows: QuerySet) -> tuple[Panel, Panel]:
    pages = list(rows.for_page().order_by("asked_on", "pk"))
    waiting = [of_asking(page) for page in pages if page.state == State.WAITING]
    theirs = [of_page(page) for page in pages if page.state != State.WAITING]
    return Panel("Own pages of the plan", theirs[:SHOWN]), Panel("Own pages to release", waiting[:SHOWN])


def of_word(word: OwnPageWord) -> Item:
    words = f": “{word.words}”" if word.words else ""
    more = {"tag": "Asks for help", "tone": "attention"} if word.asks_for_help else {"tag": "New", "tone": "new"}
    href = f"{reverse('casework:own_pages', args=[word.family.shown.uid])}#said"
    detail = f"{word.family.name}, {day_in_words(word.said_on)}{words}"
    return Item(word.title, href, detail=detail, families=(word.family_id,), **more)


def of_page(page: OwnPage) -> Item:
    if page.state == State.SENT_BACK:
        return item(page, f"{page.decided_by}: “{page.answer}”", tag="Sent back", tone="attention")
    if page.locked_at:
        return item(
            page, "Too many wrong PINs. Ask them, when they are alone, whether it was they", tag="Locked", tone="late"
        )
    return item(page, f"Released by {page.decided_by}", tag="Hand over", tone="attention")


def of_asking(page: OwnPage) -> Item:
    return item(page, f"Asked for by {page.asked_by}, {day_in_words(page.asked_on)}", tag="Decide", tone="attention")


def item(page: OwnPage, detail: str, **more: str) -> Item:
    href = reverse("casework:own_pages", args=[page.family.shown.uid])
    who = f"{page.person}, {page.family.name}"
    return Item(who, href, detail=detail, families=(page.family_id,), **more)

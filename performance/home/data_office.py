"""The data office: files from agencies, rows that want mending, lists to bring over, claim runs on their way."""

from datetime import date

from django.db.models import Count
from django.urls import reverse

from casework.importing.models import ImportFile
from families.hub.models import FeedFile, FeedRow
from families.hub.rules import State as RowState
from families.hub.shown import shown_state
from performance.claims.models import ClaimRun
from performance.claims.payments.services import TO_CONFIRM
from performance.claims.rules import BEFORE_SUBMISSION, NEXT, State
from performance.home.claims import runs_for, with_money_to_confirm
from performance.home.panels import Item, Panel, Part
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 5
UNDER_WAY = sorted({*BEFORE_SUBMISSION, State.SUBMITTED, State.PART_PAID})


def part(user: User, on: date) -> Part:
    files = list(FeedFile.objects.visible_to(user, can=Can.LOAD_FEED).for_list()[:SHOWN])
    to_mend = unreadable(files, user)
    lists = ImportFile.objects.visible_to(user, can=Can.LOAD_FEED).for_list().filter(made_at=None)[:SHOWN]
    runs = with_money_to_confirm(runs_for(user, Can.PREPARE_CLAIM), user).filter(state__in=UNDER_WAY)[:SHOWN]
    return Part(
        panels=(
            Panel(
                "Files from agencies", [of_file(file, to_mend.get(file.pk, 0)) for file in files],
                empty="No file has been sent yet.", more="Send a file", href=reverse("families:send_feed_file"),
            ),
            Panel(
                "Families to bring over", [of_list(one) for one in lists],
                more="All lists", href=reverse("casework:imports"),
            ),
            Panel(
                "Claim runs under way", [of_run(run) for run in runs],
                empty="No claim run is under way.", more="Claim runs", href=reverse("performance:claim_runs"),
            ),
        )
    )  # fmt: skip


def unreadable(files: list[FeedFile], user: User) -> dict[int, int]:
    """Return how many rows of each file could not be read. Rows about people nobody knows are nothing to mend."""
    rows = FeedRow.objects.visible_to(user).current().filter(file__in=files, state=RowState.FAILED)
    return dict(rows.order_by().values_list("file").annotate(n=Count("pk")))


def of_file(file: FeedFile, to_mend: int) -> Item:
    state, tone = shown_state(file)
    if to_mend:
        state, tone = f"{state}, {to_mend:,} to mend", "attention"
    detail = f"{file.get_feed_display()}, {day_in_words(file.received_on)}"
    return Item(file.name, file.get_absolute_url(), detail=detail, tag=state, tone=tone)


def of_list(one: ImportFile) -> Item:
    state, tone = one.stage
    detail = f"{one.source}, {one.locality}, {day_in_words(one.received_on)}"
    return Item(one.name, one.get_absolute_url(), detail=detail, tag=state, tone=tone)


def of_run(run: ClaimRun) -> Item:
    detail = TO_CONFIRM if getattr(run, "to_confirm", False) else NEXT[State(run.state)]
    return Item(str(run), run.get_absolute_url(), detail=detail, tag=run.get_state_display(), tone="waiting")

"""The data office: files from agencies, rows that want mending, claim runs on their way."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from families.hub.models import FeedFile
from families.hub.rules import State as RowState
from families.hub.shown import shown_state
from performance.claims.models import ClaimRun
from performance.claims.rules import State
from performance.home.panels import Item, Panel, Part
from slf.access.rules import Can
from slf.accounts.models import User
from slf.web.words import day_in_words

SHOWN = 5
TO_MEND = [RowState.UNMATCHED, RowState.FAILED]
UNDER_WAY = [State.PREPARING, State.PREPARED, State.SAMPLED, State.AUDITED, State.SIGNED]


def part(user: User, on: date) -> Part:
    files = FeedFile.objects.visible_to(user, can=Can.LOAD_FEED).for_list()
    counted = files.annotate(to_mend=Count("rows", filter=Q(rows__state__in=TO_MEND)))[:SHOWN]
    runs = ClaimRun.objects.visible_to(user, can=Can.PREPARE_CLAIM).for_list().filter(state__in=UNDER_WAY)[:SHOWN]
    feeds = reverse("families:feed_files")
    return Part(
        panels=(
            Panel(
                "Files from agencies", [of_file(file) for file in counted],
                empty="No file has been loaded yet.", more="Load a file", href=feeds,
            ),
            Panel(
                "Claim runs under way", [of_run(run) for run in runs],
                empty="No claim run is under way.", more="Claim runs", href=reverse("performance:claim_runs"),
            ),
        )
    )  # fmt: skip


def of_file(file: FeedFile) -> Item:
    state, tone = shown_state(file)
    if file.to_mend:
        state, tone = f"{state}, {file.to_mend} to mend", "attention"
    detail = f"{file.get_feed_display()}, {day_in_words(file.received_on)}"
    return Item(file.name, file.get_absolute_url(), detail=detail, tag=state, tone=tone)


def of_run(run: ClaimRun) -> Item:
    return Item(str(run), run.get_absolute_url(), tag=run.get_state_display(), tone="waiting")

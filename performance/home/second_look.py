"""What waits for a decision, a second person or being told: contested, taken back, shown all the same, proposed."""

from datetime import date

from django.urls import reverse

from families.contesting.models import Contest
from families.contesting.services import decided_of, waiting_for
from families.overriding.services import to_review
from families.shown.withdrawals import partners_to_tell
from performance.home.panels import Item, Panel, Part, Tile
from performance.rulebook.models import RuleProposal
from performance.rulebook.services import to_confirm as rules_to_confirm
from slf.accounts.models import User
from slf.policy.models import SettingValue
from slf.policy.services import to_confirm
from slf.web.words import day_in_words

SHOWN = 5


def contested(user: User, on: date) -> Part:
    """What people object to or say is wrong, to be decided or told, the next due first."""
    items = [of_contest(contest, on) for contest in waiting_for(user)[:SHOWN]]
    return Part(panels=(Panel("Contested", items, more="All", href=reverse("families:contests_waiting")),))


def to_tell(user: User, on: date) -> Part:
    """What was decided on in the families this person works with, so that they tell whoever said it."""
    return Part(
        panels=(Panel("Decided: tell them", [of_contest(contest, on) for contest in decided_of(user)[:SHOWN]]),)
    )


def of_contest(contest: Contest, on: date) -> Item:
    detail = f"{contest.short}, said by {contest.raised_by}"
    tag, tone = clock_of(contest, on)
    href = reverse("families:contests", args=[contest.family.uid])
    return Item(contest.family.name, href, detail=detail, tag=tag, tone=tone, families=(contest.family_id,))


def clock_of(contest: Contest, on: date) -> tuple[str, str]:
    if not contest.is_open:
        return "To tell", "attention"
    late = contest.days_left(on) < 0
    return f"Answer by {day_in_words(contest.due_on)}", "late" if late else "attention"


def partners(user: User, on: date) -> Part:
    """Say how many partners nobody has told yet of what a family took back; nothing when there is none."""
    waiting = partners_to_tell(user, on=on)
    tone = "late" if any(one.is_late for one in waiting) else "attention"
    tile = Tile("Partners to tell", len(waiting), reverse("families:partners_to_tell"), tone=tone)
    return Part(tiles=(tile,) if waiting else ())


def overrides(user: User, on: date) -> Part:
    """Say how much was shown all the same and waits for a review by this person; nothing when none does."""
    waiting = to_review(user).count()
    tile = Tile("Shown all the same, to review", waiting, reverse("families:overrides"), tone="attention")
    return Part(tiles=(tile,) if waiting else ())


def settings(user: User, on: date) -> Part:
    """What somebody else proposed and this person may confirm."""
    return Part(panels=(Panel("Settings to confirm", [of_setting(value) for value in to_confirm(user)]),))


def rules(user: User, on: date) -> Part:
    """What somebody else proposed of the rules of a scheme, for the second person; nothing when nothing waits."""
    items = [of_rules(proposal) for proposal in rules_to_confirm(user)]
    return Part(panels=(Panel("Rules of claims to confirm", items),) if items else ())


def of_rules(proposal: RuleProposal) -> Item:
    detail = f"By {proposal.document}. Proposed by {proposal.proposed_by}"
    return Item(str(proposal), proposal.get_absolute_url(), detail=detail, tag="Confirm", tone="attention")


def of_setting(value: SettingValue) -> Item:
    detail = f"{', '.join(value.words)}, from {day_in_words(value.starts_on)}. Proposed by {value.proposed_by}"
    return Item(str(value), value.get_absolute_url(), detail=detail, tag="Confirm", tone="attention")

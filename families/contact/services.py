"""Writing down when it is safe to get in touch, ending a rule, and asking whether now is safe."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from django.db import transaction

from families.contact.models import ContactRule
from families.contact.rules import Answer, Rule, may_contact
from families.people.models import Family, Membership
from slf.accounts.models import User
from slf.web.errors import NotAllowed


@transaction.atomic
def set_rule(
    member: Membership,
    *,
    channel: str,
    never: bool,
    days: Collection[int] = (),
    after: time | None = None,
    before: time | None = None,
    who_answers: str = "",
    safe_word: str = "",
    source: str,
    takes_over: bool = False,
    by: User,
    on: date,
) -> ContactRule:
    """Write down when a way is safe, or that it never is. Said twice it is there once.

    ``takes_over``: it says what was told in a sentence, whose words it keeps.
    """
    words = member.safe_contact if takes_over else ""
    when = {"days": [], "after": None, "before": None} if never else {
        "days": sorted(days), "after": after, "before": before,
    }  # fmt: skip
    rule, _ = ContactRule.objects.get_or_create(
        family_id=member.family_id, membership=member, channel=channel, never=never, who_answers=who_answers,
        safe_word=safe_word, ended_on=None, **when,
        defaults={"source": source, "words": words, "began_on": on, "set_by": by},
    )  # fmt: skip
    if words and rule.words != words:
        rule.words = words
        rule.save(update_fields=["words"])
    return rule


def not_taken_over(member: Membership, *, by: User, on: date) -> str:
    """Return the sentence told of safe contact with somebody, or nothing where a rule that holds on the day says it."""
    rows = ContactRule.objects.visible_to(by).on(on).filter(family=member.family_id, words=member.safe_contact)
    said = rows.filter(membership__person__in=member.person.rows()).exists()
    return "" if said else member.safe_contact


@transaction.atomic
def end_rule(rule: ContactRule, *, by: User, on: date) -> ContactRule:
    """End a rule from a day on. It stays on the record."""
    now: ContactRule = ContactRule.objects.select_for_update(of=("self",), no_key=True).get(pk=rule.pk)
    if now.ended_on is not None:
        message = f"This rule was ended already, by {now.ended_by}."
        raise NotAllowed(message)
    now.ended_on, now.ended_by = on, by
    now.save(update_fields=["ended_on", "ended_by"])
    return now


def rules_of(family: Family, *, by: User, on: date) -> dict[int, list[Rule]]:
    """Return the rules that hold in a family on a day, by person: a rule outlives a change of somebody's part."""
    found: dict[int, list[Rule]] = {}
    rows = ContactRule.objects.visible_to(by).on(on).filter(family=family)
    for row in rows.select_related("membership__person__merged_into"):
        found.setdefault(row.membership.person.pk, []).append(row.rule)
    return found


def safe_with_all(rules: Iterable[Iterable[Rule]], channel: str, at: datetime) -> Answer:
    """Return whether a way several people share is safe now: what one of them must not get, none gets."""
    answers = (may_contact(one, channel, at) for one in rules)
    return next((answer for answer in answers if not answer.may), Answer(may=True))

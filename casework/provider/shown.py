"""Who is with the provider, as its worker sees it: each with what is due, the most overdue first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from casework.provider.counted import sentence
from casework.provider.models import ProviderContact, Provision, WorkProgress
from casework.provider.progress import OUTCOMES, Toward, next_check
from casework.provider.rules import ANSWER_WITHIN, CONTACT_WITHIN, Due
from families.people.models import Family
from slf.accounts.models import User
from slf.policy.models import value_of


@dataclass(frozen=True)
class Row:
    """One person with the provider, and what is due for them: the first of what there is."""

    provision: Provision
    dues: Sequence[Due]
    on: date

    @property
    def due(self) -> Due | None:
        return self.dues[0] if self.dues else None

    @property
    def href(self) -> str:
        """Where what is due is written down."""
        one = self.provision
        if one.waits:
            return reverse("casework:answer_provision", args=[one.uid])
        in_work = self.due is not None and self.due.is_about_work
        return reverse(f"casework:{'work_progress' if in_work else 'provider_contact'}", args=[one.uid])

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due.is_late(self.on)


@dataclass(frozen=True)
class Shown:
    """One provision as its page shows it."""

    provision: Provision
    contacts: Sequence[ProviderContact]
    progress: Sequence[tuple[WorkProgress, str]]


def with_us(user: User, *, on: date) -> list[Row]:
    """Return everybody who was sent to the provider, is with it, or whose work it still follows: two questions."""
    rows = list(Provision.objects.visible_to(user).with_provider().for_page())
    steps = standing_of(rows, user=user) if rows else {}
    answer, contact = value_of(ANSWER_WITHIN, on=on), value_of(CONTACT_WITHIN, on=on)
    found = [Row(row, due_of(row, steps.get(row.pk, []), answer=answer, contact=contact), on) for row in rows]
    return sorted(found, key=lambda each: (each.due.by if each.due else date.max, str(each.provision.person)))


def standing_of(rows: Iterable[Provision], *, user: User) -> dict[int, list[WorkProgress]]:
    found: dict[int, list[WorkProgress]] = {}
    for step in WorkProgress.objects.visible_to(user).standing().filter(provision__in=rows).order_by("happened_on"):
        found.setdefault(step.provision_id, []).append(step)
    return found


def due_of(row: Provision, steps: Sequence[WorkProgress], *, answer: int, contact: int) -> list[Due]:
    work_on = max((step.happened_on for step in steps if step.step == Toward.WORK), default=None)
    since = {step.step for step in steps if step.began_on == work_on}
    found = [row.due(answer=answer, contact=contact), next_check(work_on, since)]
    return sorted(filter(None, found), key=lambda due: due.by)


def shown_of(family: Family, *, user: User) -> list[Shown]:
    """Return the provisions of a family with their contacts and steps, each step with who counts it."""
    rows = list(Provision.objects.visible_to(user).filter(family=family).for_page())
    contacts: dict[int, list[ProviderContact]] = {}
    for row in ProviderContact.objects.visible_to(user).filter(family=family).select_related("recorded_by"):
        contacts.setdefault(row.provision_id, []).append(row)
    steps: dict[int, list[WorkProgress]] = {}
    for step in WorkProgress.objects.visible_to(user).filter(family=family).for_page():
        steps.setdefault(step.provision_id, []).append(step)
    return [Shown(row, contacts.get(row.pk, []), counted(row, steps.get(row.pk, []))) for row in rows]


def counted(row: Provision, steps: Sequence[WorkProgress]) -> list[tuple[WorkProgress, str]]:
    """Return each step with who counts its outcome."""
    attached = [step.happened_on for step in steps if step.step == Toward.ESF_ATTACHED and step.holds]
    first = min(attached, default=None)
    return [
        (step, sentence(OUTCOMES[Toward(step.step)], on=step.began_on or step.happened_on, attached_on=first))
        for step in steps
    ]

"""What is asked when money is asked for, decided about, paid, proved and reversed."""

from typing import Any
from uuid import UUID

from django import forms

from casework.budget.models import Spending
from casework.budget.page import parts_of_plan
from casework.budget.rules import LONGEST, LONGEST_LINE, METHOD_NAMES, MOST, Asking
from casework.plans.models import Action, Goal
from casework.plans.rules import PlanState
from families.people.models import Family
from slf.access.rules import SHORTEST_REASON
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import GovDateField, GovForm, MoneyField, OnceForm, Radios


def words(label: str, help_text: str = "", *, rows: int = 3, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=area, **more)


class AskForm(OnceForm):
    called = {
        "what_for": "What it is for", "amount": "The amount", "payee": "Who is to be paid",
        "family_does": "What the family will do",
    }  # fmt: skip
    what_for = words("What is the money for?", "Say what is to be bought and what it will change for the family.")
    amount = MoneyField(label="How much?", max_value=MOST, help_text="In pounds and pence, for example 85.50.")
    payee = forms.CharField(
        label="Who is to be paid?", max_length=LONGEST_LINE, help_text="The shop, the landlord or the service."
    )
    part = forms.ChoiceField(
        label="Which part of the plan does it help?", required=False,
        help_text="From the plan that the family agreed to.",
    )  # fmt: skip
    family_does = words(
        "What will the family do?", "What they give, do or save towards it. If nothing, say so and why.", rows=2
    )
    field_order = ("what_for", "amount", "payee", "part", "family_does")

    def __init__(self, *args: Any, family: Family, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.family, self.user = family, user
        if parts := parts_of_plan(family, user=user):
            self.fields["part"].choices = [("", "None of them"), *parts]
        else:
            del self.fields["part"]

    @property
    def asking(self) -> Asking:
        said = self.cleaned_data
        return Asking(said["what_for"], said["amount"], said["payee"], said["family_does"])

    @property
    def chosen(self) -> dict[str, Any]:
        return part_of_plan(self.cleaned_data.get("part", ""), family=self.family, user=self.user)


def part_of_plan(part: str, *, family: Family, user: User) -> dict[str, Any]:
    """Return the goal or action that "goal:…" or "action:…" names in the family's agreed plan; nothing for none."""
    kind, _, uid = part.partition(":")
    if kind == "goal":
        rows = Goal.objects.visible_to(user).filter(family=family, plan__state=PlanState.AGREED)
        return {"goal": rows.filter(uid=UUID(uid)).first()}
    if kind == "action":
        rows = Action.objects.visible_to(user).filter(family=family, goal__plan__state=PlanState.AGREED)
        return {"action": rows.select_related("goal").filter(uid=UUID(uid)).first()}
    return {}


class ApproveForm(OnceForm):
    """Nothing is asked: what is decided about stands above."""


class DeclineForm(OnceForm):
    called = {"answer": "Why it is declined"}
    answer = words("Why is it declined?", "Whoever asked reads this, and may tell the family.")


class CancelForm(OnceForm):
    called = {"because": "Why it is cancelled"}
    because = words("Why is it cancelled?", "It is kept with the request.", rows=2)


class PayForm(OnceForm):
    called = {
        "amount": "The amount", "paid_on": "The day", "method": "How it was paid",
        "is_last": "Whether anything more is to be paid",
    }  # fmt: skip
    amount = MoneyField(label="How much was paid?", max_value=MOST)
    paid_on = GovDateField(label="When was it paid?", called="The day", latest=today)
    method = forms.ChoiceField(
        label="How was it paid?", choices=[(method.value, name) for method, name in METHOD_NAMES.items()], widget=Radios
    )
    reference = forms.CharField(
        label="What does the bank, card or shop call it?", max_length=LONGEST_LINE, required=False,
        help_text="The number on the statement, the order or the voucher.",
    )  # fmt: skip
    is_last = forms.TypedChoiceField(
        label="Is anything more to be paid for this?", coerce=lambda said: said == "no", widget=Radios(inline=True),
        choices=[("no", "No: what is left is free again"), ("yes", "Yes")],
    )  # fmt: skip

    def __init__(self, *args: Any, spending: Spending, **kwargs: Any):
        super().__init__(*args, **kwargs)


class ReceiptForm(OnceForm):
    called = {"no_receipt": "Why there is no receipt"}
    file = forms.FileField(
        label="The receipt", required=False,
        help_text="A PDF, a Word document or a picture, up to 10 MB. Where a picture was taken is not kept.",
    )  # fmt: skip
    no_receipt = forms.CharField(
        label="Or why is there none?", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.must_follow |= {"file", "no_receipt"}  # one of the two, so neither is called optional


class ReverseForm(OnceForm):
    called = {"reason": "Why it is reversed"}
    reason = words(
        "Why is it reversed?", "The entry stays. The opposite is entered today, with this beside it.",
        min_length=SHORTEST_REASON,
    )  # fmt: skip


class AllowanceForm(OnceForm):
    called = {"amount": "The allowance", "reason": "Why it is changed"}
    amount = MoneyField(label="What is the whole allowance from today on?", max_value=MOST)
    reason = words("Why is it changed?", "It stands in the ledger of this family.", min_length=SHORTEST_REASON)


class DayForm(GovForm):
    """As on which day a ledger is shown."""

    on = GovDateField(label="As it stood on", called="The day", latest=today)

"""All that a family has said so far, page by page: what is still open, how it reads, and what is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from referrals.ourselves import forms, sitting
from referrals.ourselves.rules import OWN_WORDS, PARTS, Step

FORMS: Mapping[Step, Any] = {
    Step.DANGER: forms.DangerForm,
    Step.YOU: forms.YouForm,
    Step.REACH: forms.ReachForm,
    Step.HOUSEHOLD: forms.OthersFormSet,
    Step.HOME: forms.HomeForm,
    Step.HELP: forms.HelpForm,
    Step.AGREE: forms.AgreeForm,
}
Rows = list[tuple[str, str]]


def blank(step: Step) -> Any:
    return FORMS[step]()


def bound(step: Step, sent: QueryDict | None) -> Any:
    """Return the form of a page with what was sent from it, or None."""
    return None if sent is None else FORMS[step](sent)


@dataclass(frozen=True)
class Answers:
    typed: Mapping[str, Any]

    @classmethod
    def of(cls, request: HttpRequest) -> "Answers":
        return cls(sitting.typed(request))

    def sent_from(self, step: Step) -> QueryDict | None:
        return sitting.page_of(self.typed, step)

    def form(self, step: Step) -> Any:
        """Return the form of a page that was answered, checked again."""
        form = bound(step, self.sent_from(step))
        if form is None or not form.is_valid():
            return None
        return form

    def is_done(self, step: Step) -> bool:
        form = self.form(step)
        return form is not None and not (step is Step.DANGER and form.is_danger)

    def first_open(self) -> Step | None:
        return next((step for step in Step if not self.is_done(step)), None)

    def must_come_first(self, step: Step) -> Step | None:
        """Return the page about danger where it is not answered, or somebody is in danger."""
        return None if step is Step.DANGER or self.is_done(Step.DANGER) else Step.DANGER

    def next_after(self, step: Step) -> Step | None:
        order = list(Step)
        later = order[order.index(step) + 1 :]
        return next((one for one in later if not self.is_done(one)), None) or self.first_open()

    def told(self) -> dict[str, Any]:
        """Return everything that is sent; every page is answered."""
        you, help_with = self.form(Step.YOU).person(), self.form(Step.HELP).cleaned_data
        return {
            "sender": you,
            "others": list(self.form(Step.HOUSEHOLD).people(named_like=you.family_name)),
            "reach": self.form(Step.REACH).reach(),
            **self.form(Step.HOME).place,
            "needs": help_with["needs"],
            "words": help_with["words"],
            "told_to_ring_at": self.typed.get("told_to_ring_at"),
        }

    def in_words(self) -> list[tuple[Step, Rows]]:
        """Return each page as the family reads it before it is sent."""
        return [(step, WORDS[step](self.form(step))) for step in Step if step in WORDS]


def _you(form: forms.YouForm) -> Rows:
    said = form.cleaned_data
    name = f"{said['given_names']} {said['family_name']}"
    return [("Your name", name), ("Your age", str(said["age"])), ("You are", PARTS[said["part"]])]


def _reach(form: forms.ReachForm) -> Rows:
    reach = form.reach()
    return [("Telephone", reach.phone or "None given"), *reach.words("")]


def _household(form: forms.OtherSet) -> Rows:
    lines = [one.cleaned_data for one in form.forms if one.is_somebody()]
    said = [(" ".join(filter(None, (one["given_names"], one["family_name"]))), f"{one['age']}") for one in lines]
    return said or [("Lives with you", "Nobody named")]


def _home(form: forms.HomeForm) -> Rows:
    return [("Postcode", form.cleaned_data["postcode"]), ("Address", form.cleaned_data["address"] or "Not said")]


def _help(form: forms.HelpForm) -> Rows:
    said = form.cleaned_data
    return [
        ("Help with", "; ".join(OWN_WORDS[need] for need in said["needs"]) or "Said in your own words"),
        ("In your own words", said["words"] or "Nothing more"),
    ]


WORDS: Mapping[Step, Any] = {
    Step.YOU: _you,
    Step.REACH: _reach,
    Step.HOUSEHOLD: _household,
    Step.HOME: _home,
    Step.HELP: _help,
}

"""Which help was given on a visit, and who took part: asked on its form of families that are given help."""

from collections.abc import Iterator
from typing import Any

from django import forms

from casework.interventions import rules, services
from casework.interventions.forms import choices
from casework.interventions.models import Help
from casework.visits.beside import Answers, Beside, Sent
from casework.visits.models import Visit
from families.households.services import household_on
from families.people.models import Family
from slf.access.doors import may_work_with
from slf.accounts.models import User
from slf.clock import today
from slf.web.forms import Checkboxes, GovForm


class OnVisitForm(GovForm):
    """For each help that goes on, who took part in it today. Nobody is ticked; nobody ticked means it was not done."""

    def __init__(self, *args: Any, family: Family, user: User, helps: list[Help], **kwargs: Any):
        self.helps, self.members = helps, household_on(family, today(), by=user)
        super().__init__(*args, **kwargs)
        for help in helps:
            self.fields[name_of(help)] = forms.MultipleChoiceField(
                label=str(help.method), help_text="Who took part? Nobody ticked: it was not done on this visit.",
                widget=Checkboxes, required=False, choices=choices(self.members),
            )  # fmt: skip

    @property
    def says_something(self) -> bool:
        return any(self[name].value() for name in self.fields)

    def is_right(self, visit: Any) -> bool:
        """Tell whether what was done can have been on the day of the visit."""
        day = visit.cleaned_data.get("happened_on")
        if not self.is_valid():
            return False
        for help, people in self.done() if day else ():
            try:
                rules.check_session(
                    day, people={one.pk for one in people}, begun_on=help.begun_on, ended_on=None, on=today()
                )
            except rules.WrongHelp as wrong:
                self.add_error(name_of(help), wrong.message)
        return not self.errors

    def done(self) -> Iterator[tuple[Help, list[Any]]]:
        for help in self.helps:
            if ticked := set(self.cleaned_data.get(name_of(help)) or ()):
                yield help, [one.entry for one in self.members if str(one.person.uid) in ticked]


def name_of(help: Help) -> str:
    return f"help-{help.uid}"


def ask(family: Family, user: User, sent: Sent, typed: Answers) -> OnVisitForm | None:
    """Return the form where the reader works with the family and help goes on."""
    helps = services.going_on(family, by=user) if may_work_with(family, user) else []
    if not helps:
        return None
    return OnVisitForm(sent, initial=dict(typed), family=family, user=user, helps=helps)


def keep(visit: Visit, form: OnVisitForm, by: User) -> None:
    """Write down a session of each help that was given; the visit is where it was, and its note the rest."""
    for help, people in form.done():
        services.deliver_session(help, happened_on=visit.happened_on, people=people, by=by, on=today(), visit=visit)


ON_A_VISIT = Beside("Help given today", ask, keep)

"""What is asked when help begins, was given, is struck out or ends; and an entry of the catalogue."""

from collections.abc import Iterable
from typing import Any

from django import forms

from casework.interventions.models import Method
from casework.interventions.rules import KIND_NAMES, LONGEST, MOST_SESSIONS, MOST_WEEKS, RESULTS
from casework.plans.models import Goal
from casework.plans.rules import ADULTS, PlanState
from families.households.services import household_on
from families.needs.rules import NEEDS
from families.people.models import Family, Membership, Person
from slf.access.rules import SHORTEST_REASON
from slf.accounts.models import User
from slf.clock import today
from slf.policy.models import setting_on
from slf.web.forms import Checkboxes, GovDateField, OnceForm, OnceModelForm, Radios
from slf.web.words import EXAMPLE


def words(label: str, help_text: str = "", *, rows: int = 3, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=area, **more)


def choices(members: Iterable[Membership]) -> list[tuple[str, str]]:
    return [(str(member.person.uid), member.name) for member in members]


class PeopleForm(OnceForm):
    """A form that asks for people of one family; ``people_in`` gives them back."""

    def __init__(self, *args: Any, family: Family, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.members = household_on(family, today(), by=user)

    def people_in(self, name: str) -> list[Person]:
        chosen = set(self.cleaned_data.get(name) or ())
        return [member.entry for member in self.members if str(member.person.uid) in chosen]


class BeginForm(PeopleForm):
    called = {
        "method": "What is begun", "people": "Who it is for", "words": "What it is for", "begun_on": "The first day",
        "sessions": "The number of sessions", "weeks": "The number of weeks",
    }  # fmt: skip
    method = forms.ModelChoiceField(Method.objects.none(), label="What is begun?", to_field_name="uid")
    people = forms.MultipleChoiceField(label="Who is it for?", widget=Checkboxes)
    words = words("What is it for, in this family?", "What should be different afterwards.")
    goal = forms.ModelChoiceField(
        Goal.objects.none(), label="Which goal of the plan does it help?", required=False, to_field_name="uid",
        empty_label="None of them", help_text="An incentive or a sanction always belongs to a goal.",
    )  # fmt: skip
    begun_on = GovDateField(label="When does it begin?", called="The first day", latest=today)
    sessions = forms.IntegerField(
        label="How many sessions are meant?", required=False, min_value=1, max_value=MOST_SESSIONS,
        help_text="Left empty, the number of the catalogue.",
    )  # fmt: skip
    weeks = forms.IntegerField(
        label="In how many weeks?", required=False, min_value=1, max_value=MOST_WEEKS,
        help_text="Left empty, the number of the catalogue.",
    )  # fmt: skip
    agreed_by = forms.MultipleChoiceField(
        label="Incentive or sanction: who agreed to it?", required=False, widget=Checkboxes,
        help_text="The adults who agreed to it in the plan.",
    )  # fmt: skip
    agreed_on = GovDateField(
        label="Incentive or sanction: when did they agree?", called="The day they agreed", required=False, latest=today
    )

    def __init__(self, *args: Any, family: Family, user: User, **kwargs: Any):
        super().__init__(*args, family=family, user=user, **kwargs)
        self.fields["method"].queryset = Method.objects.offered_on(today())
        self.fields["method"].choices = [("", "Choose"), *by_kind(self.fields["method"].queryset)]
        self.fields["people"].choices = choices(self.members)
        self.fields["agreed_by"].choices = choices(one for one in self.members if one.part in ADULTS)
        goals = Goal.objects.visible_to(user).filter(family=family, plan__state=PlanState.AGREED)
        self.fields["goal"].queryset = goals
        if not goals.exists():
            del self.fields["goal"]

    @property
    def told(self) -> dict[str, Any]:
        """Return what the service asks, the people as rows."""
        said = dict(self.cleaned_data)
        return said | {name: self.people_in(name) for name in ("people", "agreed_by")}


def by_kind(methods: Iterable[Method]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return methods as a choice grouped by kind, each with its dose."""
    found: dict[str, list[tuple[str, str]]] = {}
    for method in methods:
        dose = f" ({method.dose})" if method.dose else ""
        found.setdefault(method.get_kind_display(), []).append((str(method.uid), f"{method.name}{dose}"))
    return list(found.items())


class SessionForm(PeopleForm):
    called = {"happened_on": "The day", "people": "Who took part"}
    happened_on = GovDateField(label="When was it?", called="The day", latest=today)
    people = forms.MultipleChoiceField(label="Who took part?", widget=Checkboxes)
    words = words("What was done?", "In a sentence or two; the visit has the rest.", required=False)

    def __init__(self, *args: Any, family: Family, user: User, **kwargs: Any):
        super().__init__(*args, family=family, user=user, **kwargs)
        self.fields["people"].choices = choices(self.members)

    @property
    def told(self) -> dict[str, Any]:
        return self.cleaned_data | {"people": self.people_in("people")}


class EndForm(OnceForm):
    called = {"ended_on": "The day", "result": "How it ended", "result_words": "How it went"}
    result = forms.ChoiceField(label="How did it end?", widget=Radios)
    result_words = words("How did it go?", "What is different now, in the family's words where you can.")
    ended_on = GovDateField(label="When did it end?", called="The day", latest=today)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        now = setting_on(RESULTS)
        self.fields["result"].choices = now.value.choices
        self.fields["result"].help_text = f"The list is an {EXAMPLE}." if now.is_example else ""


class StrikeForm(OnceForm):
    called = {"because": "Why it is struck out"}
    because = words(
        "Why is it struck out?", "It stays to be read, with this beside it, and counts no more.", rows=2,
        min_length=SHORTEST_REASON,
    )  # fmt: skip


class MethodForm(OnceModelForm):
    called = {"needs": "Which issues it is for", "evidence": "What is known of it", "source": "The source"}
    kind = forms.ChoiceField(
        label="What kind is it?", widget=Radios, choices=[(kind.value, name) for kind, name in KIND_NAMES.items()]
    )
    sessions = forms.IntegerField(
        label="How many sessions are meant?", required=False, min_value=1, max_value=MOST_SESSIONS
    )
    weeks = forms.IntegerField(label="In how many weeks?", required=False, min_value=1, max_value=MOST_WEEKS)
    needs = forms.MultipleChoiceField(
        label="Which issues is it for?", choices=list(NEEDS.items()), widget=Checkboxes, required=False
    )
    starts_on = GovDateField(label="Offered from")
    ends_on = GovDateField(label="Last day", required=False, help_text="Leave this empty while nobody knows one.")

    class Meta:
        model = Method
        fields = [
            "name", "kind", "offers", "sessions", "weeks", "needs", "evidence", "source", "is_example", "starts_on",
            "ends_on",
        ]  # fmt: skip
        labels = {
            "offers": "What is it, and for whom?", "evidence": "What is known of whether it works?",
            "source": "Where is that written?", "is_example": "This is still an example that nobody has confirmed",
        }  # fmt: skip
        widgets = {"evidence": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["kind"]  # what was given by it stays what it was

    def clean(self) -> None:
        super().clean()
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day must be after the first, or the same")

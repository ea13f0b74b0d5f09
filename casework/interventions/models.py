"""The catalogue of agreed methods, and what of it a family was given: for whom, how often, with what result."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from casework.interventions import rules
from casework.interventions.rules import KIND_NAMES, LONGEST, PART_NAMES, STATE_NAMES, Dose, Kind, Part, State
from casework.plans.models import Goal
from casework.visits.models import Visit
from families.needs.rules import NEEDS
from families.people.models import Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.history.kept import kept
from slf.policy.models import value_of

KINDS = [(kind.value, name) for kind, name in KIND_NAMES.items()]


class MethodQuerySet(models.QuerySet["Method"]):
    def offered_on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


@kept
class Method(models.Model):
    """One entry of the catalogue, for as long as it is offered: reference data, kept by who keeps lists."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=KINDS)
    offers = models.CharField(max_length=300, help_text="What it is and for whom, in a sentence.")
    sessions = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many are meant.")
    weeks = models.PositiveSmallIntegerField(null=True, blank=True, help_text="In how many weeks.")
    needs = ArrayField(models.CharField(max_length=24, choices=list(NEEDS.items())), default=list)
    evidence = models.TextField(max_length=LONGEST, help_text="What is known of whether it works.")
    source = models.CharField(max_length=300, help_text="Where that is written, or who said so.")
    is_example = models.BooleanField(default=False, help_text="Shipped with the service; nobody confirmed it.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day it is offered.")
    objects = MethodQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name", "pk"]
        constraints = [
            models.CheckConstraint(name="casework_method_kind", condition=Q(kind__in=[kind.value for kind in Kind])),
            models.CheckConstraint(
                name="casework_method_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="casework_method_says_what", condition=~Q(name="") & ~Q(evidence="") & ~Q(source="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dose(self) -> str:
        return rules.meant(self.sessions, self.weeks)

    @property
    def needs_in_words(self) -> list[str]:
        return [NEEDS[need] for need in self.needs if need in NEEDS]


class HelpQuerySet(FamilyRecordQuerySet):
    def going_on(self) -> Self:
        return self.filter(state=State.GOING)

    def with_delivered(self) -> Self:
        """Add how many sessions were delivered, without those that were struck out."""
        each = HelpSession.objects.filter(help=OuterRef("pk"), struck_on=None).order_by().values("help")
        return self.annotate(delivered=Coalesce(Subquery(each.annotate(number=Count("pk")).values("number")), 0))

    def for_page(self) -> Self:
        sessions = HelpSession.objects.for_page()
        people = HelpPerson.objects.select_related("person__merged_into")
        rows = self.with_delivered().select_related("method", "goal", "begun_by", "ended_by", "family__merged_into")
        return rows.prefetch_related(models.Prefetch("sessions_held", sessions), models.Prefetch("people", people))


@kept
class Help(FamilyRecord):
    """One method of the catalogue given to a family, from its beginning to its end."""

    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="helps")
    kind = models.CharField(max_length=12, choices=KINDS, help_text="As the catalogue has it.")
    words = models.TextField(max_length=LONGEST, help_text="What it is for, in this family.")
    goal = models.ForeignKey(Goal, null=True, on_delete=models.PROTECT, related_name="+")
    sessions = models.PositiveSmallIntegerField(null=True, help_text="How many are meant.")
    weeks = models.PositiveSmallIntegerField(null=True, help_text="In how many weeks.")
    agreed_on = models.DateField(null=True, help_text="When the family agreed to an incentive or a sanction.")
    begun_on = models.DateField()
    begun_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=5, choices=[(s.value, name) for s, name in STATE_NAMES.items()])
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=12, blank=True, help_text="A code of the setting “help_results”.")
    result_words = models.TextField(max_length=LONGEST, blank=True)
    objects = HelpQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_on", "-pk"]
        indexes = [models.Index(fields=["method", "state"])]
        constraints = [
            models.CheckConstraint(name="casework_help_says_what", condition=~Q(words="")),
            models.CheckConstraint(
                name="casework_help_ended_says_how",
                condition=Q(state="going", ended_on=None, ended_by=None, result="", result_words="")
                | (Q(state="ended", ended_on__gte=F("begun_on"), ended_by__isnull=False) & ~Q(result="")),
            ),
            models.CheckConstraint(
                name="casework_help_agreed_in_the_plan",
                condition=Q(kind="intervention")
                | Q(kind__in=["incentive", "sanction"], goal__isnull=False, agreed_on__lte=F("begun_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} for {self.family}"

    @property
    def is_going(self) -> bool:
        return self.state == State.GOING

    @property
    def dose(self) -> Dose:
        """How much of it was delivered; rows come ``with_delivered``."""
        return Dose(self.sessions, self.weeks, self.delivered)

    @property
    def meant(self) -> str:
        return rules.meant(self.sessions, self.weeks)

    @property
    def should_end_by(self) -> date | None:
        return rules.should_end_by(self.begun_on, self.weeks)

    @property
    def became(self) -> str:
        """How it ended in words; a result that is retired is still said."""
        return value_of(rules.RESULTS).label(self.result) if self.result else ""

    @property
    def is_for(self) -> list[Person]:
        return self._those(Part.FOR)

    @property
    def was_agreed_by(self) -> list[Person]:
        return self._those(Part.AGREED)

    @property
    def names(self) -> str:
        return named(self.is_for)

    @property
    def agreed_names(self) -> str:
        return named(self.was_agreed_by)

    def _those(self, part: Part) -> list[Person]:
        return [each.person for each in self.people.all() if each.part == part]


class HelpPerson(FamilyRecord):
    """Whom of the family it is for, and which adults agreed to it. Only ever added to, with the help itself."""

    append_only = True
    help = models.ForeignKey(Help, on_delete=models.PROTECT, related_name="people")
    person = PersonField(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=6, choices=[(part.value, name) for part, name in PART_NAMES.items()])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["help", "person", "part"], name="casework_helpperson_once"),
            models.CheckConstraint(
                name="casework_helpperson_part", condition=Q(part__in=[part.value for part in Part])
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}: {self.get_part_display().lower()}"


class SessionQuerySet(FamilyRecordQuerySet):
    def counting(self) -> Self:
        return self.filter(struck_on=None)

    def for_page(self) -> Self:
        people = HelpSessionPerson.objects.select_related("person__merged_into")
        rows = self.select_related("recorded_by", "struck_by").order_by("happened_on", "pk")
        return rows.prefetch_related(models.Prefetch("took_part", people))


@kept
class HelpSession(FamilyRecord):
    """One session: who took part. One that was written down by mistake is struck out and stays to be read."""

    help = models.ForeignKey(Help, on_delete=models.PROTECT, related_name="sessions_held")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField()
    words = models.TextField(max_length=LONGEST, blank=True)
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    struck_on = models.DateField(null=True)
    struck_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    struck_because = models.TextField(max_length=LONGEST, blank=True)
    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="casework_helpsession_struck_says_why",
                condition=Q(struck_on=None, struck_by=None, struck_because="")
                | (Q(struck_on__isnull=False, struck_by__isnull=False) & ~Q(struck_because="")),
            ),
            models.UniqueConstraint(
                fields=["help", "visit"], name="casework_helpsession_once_a_visit", condition=Q(struck_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.help.method}, session"

    @property
    def who(self) -> str:
        return ", ".join(str(each.person) for each in self.took_part.all())


class HelpSessionPerson(FamilyRecord):
    """One of the family who took part in a session."""

    append_only = True
    session = models.ForeignKey(HelpSession, on_delete=models.PROTECT, related_name="took_part")
    person = PersonField(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="casework_helpsessionperson_once")
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.person)


def named(people: Iterable[Person]) -> str:
    return ", ".join(str(person) for person in people)

"""An adult of a family with the ESF provider: sent, taken on or not, begun, ended; and the provider's contacts."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse

from casework.provider import progress, rules
from casework.provider.rules import CONTACT_NAMES, LIVING, LONGEST, STATE_NAMES, ContactKind, Standing, State
from families.people.models import Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.history.kept import kept
from slf.policy.models import value_of
from slf.web.words import day_in_words

STATES = [(state.value, name) for state, name in STATE_NAMES.items()]
TOWARD = [(step.value, name) for step, name in progress.TOWARD_NAMES.items()]
EVIDENCE = [(kind.value, name) for kind, name in progress.EVIDENCE_NAMES.items()]
CONTACT_KINDS = [(kind.value, name) for kind, name in CONTACT_NAMES.items()]
NAMED = {"on_delete": models.PROTECT, "related_name": "+"}
NOT_ANSWERED = Q(answered_on=None, answered_by=None)
ANSWERED = Q(answered_on__gte=F("sent_on"), answered_by__isnull=False)
NOT_BEGUN = Q(begun_on=None, begun_by=None)
BEGUN = Q(begun_on__gte=F("answered_on"), begun_by__isnull=False)
NOT_ENDED = Q(ended_on=None, ended_by=None, ending="", ended_words="")
ENDED = Q(ended_on__gte=F("sent_on"), ended_by__isnull=False) & ~Q(ending="")
NOT_REFUSED = Q(refusal="", answer="")


class ProvisionQuerySet(FamilyRecordQuerySet):
    def living(self) -> Self:
        return self.filter(state__in=LIVING)

    def with_provider(self) -> Self:
        """Return who was sent or is with it, and who has begun work that is not followed to the end."""
        begun = WorkProgress.objects.standing().filter(provision=OuterRef("pk"))
        working = Exists(begun.filter(step=progress.Toward.WORK))
        followed = Exists(begun.filter(step=progress.Toward.WORK_26))
        over = Q(state=State.ENDED) & ~Q(ending=rules.NOT_SHARED_ANY_MORE)
        return self.filter(Q(state__in=LIVING) | (working & ~followed & over))

    def with_last_contact(self) -> Self:
        return self.annotate(last_contact=Max("contacts__happened_on"))

    def for_page(self) -> Self:
        people = ("sent_by", "answered_by", "begun_by", "ended_by", "person__merged_into")
        return self.with_last_contact().select_related("family__merged_into", "family__scope__locality", *people)


@kept
class Provision(FamilyRecord):
    """One sending of one adult to the provider, and what became of it. What was said of it never changes."""

    person = PersonField(Person, on_delete=models.PROTECT, related_name="provisions")
    state = models.CharField(max_length=12, choices=STATES)
    why = models.TextField(max_length=LONGEST, help_text="What it is hoped for.")
    agreed_on = models.DateField(help_text="When they agreed to be sent.")
    sent_on = models.DateField()
    sent_by = models.ForeignKey("slf.User", **NAMED)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey("slf.User", null=True, **NAMED)
    refusal = models.CharField(max_length=12, blank=True, help_text="A code of the setting “esf_refusals”.")
    answer = models.TextField(max_length=LONGEST, blank=True, help_text="Why they were not taken on, in words.")
    begun_on = models.DateField(null=True)
    begun_by = models.ForeignKey("slf.User", null=True, **NAMED)
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey("slf.User", null=True, **NAMED)
    ending = models.CharField(max_length=12, blank=True, help_text="A code of the setting “esf_endings”.")
    ended_words = models.TextField(max_length=LONGEST, blank=True)
    objects = ProvisionQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="casework_provision_one_at_a_time", fields=["family", "person"],
                condition=Q(state__in=sorted(LIVING)),
            ),
            models.CheckConstraint(
                name="casework_provision_as_far_as_it_came",
                condition=(Q(state="sent") & NOT_ANSWERED & NOT_REFUSED & NOT_BEGUN & NOT_ENDED)
                | (Q(state="taken_on") & ANSWERED & NOT_REFUSED & NOT_BEGUN & NOT_ENDED)
                | (Q(state="not_taken_on") & ANSWERED & ~Q(refusal="") & ~Q(answer="") & NOT_BEGUN & NOT_ENDED)
                | (Q(state="begun") & ANSWERED & NOT_REFUSED & BEGUN & NOT_ENDED)
                | (Q(state="ended") & ENDED & NOT_REFUSED & (NOT_ANSWERED | ANSWERED) & (NOT_BEGUN | BEGUN)),
            ),
            models.CheckConstraint(
                name="casework_provision_agreed_first", condition=Q(agreed_on__lte=F("sent_on")) & ~Q(why="")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person} with the ESF provider"

    def get_absolute_url(self) -> str:
        return f"{reverse('casework:provision', args=[self.family.shown.uid])}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"provision-{self.uid}"

    @property
    def is_living(self) -> bool:
        return self.state in LIVING

    @property
    def waits(self) -> bool:
        return self.state == State.SENT

    @property
    def may_progress(self) -> bool:
        """Tell whether something is still written of it: of what is over, whether they are in work."""
        return self.state != State.NOT_TAKEN_ON and self.ending != rules.NOT_SHARED_ANY_MORE

    @property
    def is_taken_on(self) -> bool:
        return self.state == State.TAKEN_ON

    @property
    def is_with_them(self) -> bool:
        return self.state in rules.WITH_THEM

    @property
    def standing(self) -> Standing:
        """Who did the last thing to it, and when."""
        who, day = {
            State.SENT: (self.sent_by, self.sent_on),
            State.BEGUN: (self.begun_by, self.begun_on),
            State.ENDED: (self.ended_by, self.ended_on),
        }.get(State(self.state), (self.answered_by, self.answered_on))
        return Standing(State(self.state), str(who), day)

    @property
    def refused_because(self) -> str:
        return value_of(rules.REFUSALS).label(self.refusal) if self.refusal else ""

    @property
    def ended_because(self) -> str:
        if self.ending == rules.NOT_SHARED_ANY_MORE:
            return "The family is not shared with the provider any more"
        return value_of(rules.ENDINGS).label(self.ending) if self.ending else ""

    def due(self, *, answer: int, contact: int) -> rules.Due | None:
        """Return what the provider is to do next; rows come ``with_last_contact``."""
        return rules.due(
            State(self.state), sent_on=self.sent_on, answered_on=self.answered_on, last_contact=self.last_contact,
            answer=answer, contact=contact,
        )  # fmt: skip

    @property
    def last_day(self) -> date:
        """The last day of which something is written down."""
        return max(filter(None, (self.sent_on, self.answered_on, self.begun_on)))


class ProviderContact(FamilyRecord):
    """One contact of the provider with somebody it took on. Only ever added to."""

    append_only = True
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="contacts")
    happened_on = models.DateField()
    kind = models.CharField(max_length=8, choices=CONTACT_KINDS)
    words = models.TextField(max_length=LONGEST)
    recorded_by = models.ForeignKey("slf.User", **NAMED)
    recorded_on = models.DateField()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="casework_providercontact_says_what",
                condition=Q(kind__in=[kind.value for kind in ContactKind], happened_on__lte=F("recorded_on"))
                & ~Q(words=""),
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class WorkProgressQuerySet(FamilyRecordQuerySet):
    def standing(self) -> Self:
        """Return what holds: neither corrected by a later row nor taken back."""
        return self.filter(superseded_by=None, is_withdrawn=False)

    def for_page(self) -> Self:
        rows = self.select_related("recorded_by", "provision", "family__merged_into")
        return rows.annotate(was_corrected=Q(superseded_by__isnull=False)).order_by("happened_on", "pk")


class WorkProgress(FamilyRecord):
    """One step toward work with what shows it. Only ever added to: a correction is a later row. A trigger makes a fact
    of what is shown."""

    append_only = True
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="progress")
    step = models.CharField(max_length=16, choices=TOWARD)
    happened_on = models.DateField(help_text="Still in work: the day on which they were.")
    began_on = models.DateField(null=True, help_text="Still in work: the first day of that work.")
    evidence = models.CharField(max_length=10, choices=EVIDENCE)
    seen_by = models.CharField(max_length=120, help_text="Who has seen it.")
    seen_on = models.DateField()
    words = models.TextField(max_length=LONGEST, blank=True)
    recorded_by = models.ForeignKey("slf.User", **NAMED)
    recorded_on = models.DateField()
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    is_withdrawn = models.BooleanField(default=False, help_text="What it corrects did not happen.")
    objects = WorkProgressQuerySet.as_manager()

    class Meta:
        ordering = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="casework_workprogress_shown_by_something",
                condition=Q(
                    step__in=[step for step, _ in TOWARD], evidence__in=[kind for kind, _ in EVIDENCE],
                    happened_on__lte=F("recorded_on"), seen_on__lte=F("recorded_on"),
                )
                & ~Q(seen_by=""),
            ),
            models.CheckConstraint(
                name="casework_workprogress_still_since",
                condition=Q(step__in=sorted(progress.STILL), began_on__lt=F("happened_on"))
                | (~Q(step__in=sorted(progress.STILL)) & Q(began_on=None)),
            ),
            models.CheckConstraint(
                name="casework_workprogress_seen_in_work",
                condition=~Q(step__in=sorted(progress.IN_WORK)) | Q(seen_on__gte=F("happened_on")),
            ),
            models.CheckConstraint(
                name="casework_workprogress_taken_back_says_why",
                condition=Q(is_withdrawn=False) | (Q(supersedes__isnull=False) & ~Q(words="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_step_display()

    @property
    def shows(self) -> bool:
        return progress.shows(self.step, self.evidence)

    @property
    def shown_by(self) -> str:
        return f"{self.get_evidence_display()}, seen by {self.seen_by} on {day_in_words(self.seen_on)}"

    @property
    def holds(self) -> bool:
        """Tell whether it is neither corrected nor taken back; rows come ``for_page``."""
        return not self.was_corrected and not self.is_withdrawn

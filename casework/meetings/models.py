"""A meeting of the team around a family: who is invited and came, its minutes, its actions, and who was given what."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from casework.around.models import TeamMember
from casework.carried.models import on_plan
from casework.carried.rules import Kind as Agreed
from casework.meetings.rules import (
    CAME_NAMES,
    DONE_NAMES,
    LONGEST,
    LONGEST_WHAT,
    PAPER_NAMES,
    POINT_NAMES,
    STATE_NAMES,
    WRITTEN,
    Done,
    Kind,
    Paper,
    State,
)
from casework.tasks.models import Task
from families.people.models import Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.history.kept import kept
from slf.web.words import day_in_words

if TYPE_CHECKING:
    from casework.meetings.wanted import WantedMeeting
    from slf.accounts.models import User

STATES = [(state.value, name) for state, name in STATE_NAMES.items()]
POINTS = [(kind.value, name) for kind, name in POINT_NAMES.items()]
WRITTEN_POINTS = [(kind.value, name) for kind, name in WRITTEN.items()]
CAME = [(came.value, name) for came, name in CAME_NAMES.items()]
DONE = [(done.value, name) for done, name in DONE_NAMES.items()]
PAPERS = [(paper.value, name) for paper, name in PAPER_NAMES.items()]


class MeetingQuerySet(FamilyRecordQuerySet):
    def planned(self) -> Self:
        return self.filter(state=State.PLANNED)

    def to_type(self, *, on: date) -> Self:
        """Return meetings that were held and whose minutes nobody said are typed."""
        return self.planned().filter(day__lte=on, typed_on=None)

    def to_finish(self) -> Self:
        return self.planned().filter(typed_on__isnull=False)

    def for_list(self) -> Self:
        return self.select_related("family__merged_into", "called_by", "finished_by", "typed_by", "wanted__asked_by")

    def in_full(self, user: "User") -> Self:
        """Return meetings with all that this person may read of their minutes."""
        invited = Invitee.objects.for_page()
        points = MeetingPoint.objects.visible_to(user).select_related("written_by").order_by("place", "pk")
        actions = MeetingAction.objects.visible_to(user).for_page()
        rows = self.for_list().select_related("follows", "cancelled_by")
        return rows.prefetch_related(
            models.Prefetch("invited", invited), models.Prefetch("points", points),
            models.Prefetch("actions", actions), "copies", "next",
        )  # fmt: skip


@kept
class Meeting(FamilyRecord):
    """One meeting, from being called to its minutes, which then never change."""

    record_class = RecordClass.MEETING
    day = models.DateField()
    starts_at = models.TimeField()
    place = models.CharField(max_length=200)
    purpose = models.CharField(max_length=LONGEST_WHAT)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="next")
    called_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    called_on = models.DateField()
    state = models.CharField(max_length=9, choices=STATES)
    revision = models.PositiveIntegerField(default=0, help_text="Counts how often its minutes were written.")
    typed_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    typed_on = models.DateField(null=True, help_text="Its minutes are typed, and wait to be finished.")
    finished_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    finished_on = models.DateField(null=True)
    cancelled_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_on = models.DateField(null=True)
    cancelled_because = models.CharField(max_length=LONGEST_WHAT, blank=True)
    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="casework_meeting_once", fields=["family", "day", "starts_at"], condition=~Q(state="cancelled")
            ),
            models.CheckConstraint(name="casework_meeting_says_what", condition=~Q(place="") & ~Q(purpose="")),
            models.CheckConstraint(
                name="casework_meeting_typed_by_somebody",
                condition=Q(typed_by=None, typed_on=None) | Q(typed_by__isnull=False, typed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_meeting_finished_by_somebody",
                condition=Q(state="finished", finished_by__isnull=False, finished_on__isnull=False)
                | (~Q(state="finished") & Q(finished_by=None, finished_on=None)),
            ),
            models.CheckConstraint(
                name="casework_meeting_cancelled_says_why",
                condition=(
                    Q(state="cancelled", cancelled_by__isnull=False, cancelled_on__isnull=False)
                    & ~Q(cancelled_because="")
                )
                | (~Q(state="cancelled") & Q(cancelled_by=None, cancelled_on=None, cancelled_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Meeting of {day_in_words(self.day)}"

    def get_absolute_url(self) -> str:
        return reverse("casework:meeting", args=[self.uid])

    @property
    def asked_for(self) -> "WantedMeeting | None":
        """What somebody wanted it for, where business support was asked to plan it."""
        return getattr(self, "wanted", None)

    @property
    def is_planned(self) -> bool:
        return self.state == State.PLANNED

    @property
    def is_finished(self) -> bool:
        return self.state == State.FINISHED

    @property
    def when(self) -> str:
        return f"{day_in_words(self.day)}, {self.starts_at:%H:%M}"

    @property
    def those_invited(self) -> list["Invitee"]:
        return [one for one in self.invited.all() if not one.is_withdrawn]

    @property
    def written(self) -> list["MeetingPoint"]:
        return [point for point in self.points.all() if point.words]


class InviteeQuerySet(FamilyRecordQuerySet):
    def for_page(self) -> Self:
        rows = self.select_related("person__merged_into", "member__user", "member__service", "user")
        return rows.order_by("user_id", "person_id", "pk")


@kept
class Invitee(FamilyRecord):
    """Somebody invited to a meeting: of the family, of the team around it, or a colleague."""

    record_class = RecordClass.MEETING
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invited")
    person = PersonField(Person, null=True, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(TeamMember, null=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    came = models.CharField(max_length=9, blank=True, choices=CAME)
    is_withdrawn = models.BooleanField(default=False, help_text="Not invited after all.")
    revision = models.PositiveIntegerField(default=0)
    objects = InviteeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="casework_invitee_is_somebody",
                condition=Q(person__isnull=False, member=None, user=None)
                | Q(person=None, member__isnull=False, user=None)
                | Q(person=None, member=None, user__isnull=False),
            ),
            models.UniqueConstraint(name="casework_invitee_person_once", fields=["meeting", "person"]),
            models.UniqueConstraint(name="casework_invitee_member_once", fields=["meeting", "member"]),
            models.UniqueConstraint(name="casework_invitee_user_once", fields=["meeting", "user"]),
        ]

    def __str__(self) -> str:
        return str(self.person or self.member or self.user)

    @property
    def is_of_us(self) -> bool:
        """Whether they read the record itself, so that nothing of it is kept from them."""
        return self.user_id is not None or (self.member is not None and self.member.is_of_us)

    @property
    def account(self) -> int | None:
        """The account of a colleague."""
        return self.user_id or (self.member.user_id if self.member else None)

    @property
    def is_outside(self) -> bool:
        return self.member is not None and not self.member.is_of_us

    @property
    def of(self) -> str:
        if self.person_id:
            return "The family"
        return self.member.of if self.member else "This service"


class KeptQuerySet(FamilyRecordQuerySet):
    """What of the minutes may be kept from somebody who was invited."""

    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Leave out, where somebody reads for a partner alone, what is kept from anybody outside."""
        rows, as_partner = super().visible_to(user, can=can), rights_of(user).as_partner
        return rows.exclude(~Q(kept_from=[]), scope__in=as_partner) if as_partner else rows


@kept
class MeetingPoint(FamilyRecord):
    """One paragraph or decision of the minutes, or what was added when they were finished."""

    record_class = RecordClass.MEETING
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="points")
    kind = models.CharField(max_length=9, choices=POINTS)
    place = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=LONGEST, blank=True, help_text="Empty: taken out.")
    kept_from = ArrayField(models.BigIntegerField(), default=list, help_text="Invited people who must not learn of it.")
    revision = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.CheckConstraint(
                name="casework_meetingpoint_addition_says_something", condition=~Q(kind="addition") | ~Q(words="")
            )
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_addition(self) -> bool:
        return self.kind == Kind.ADDITION


class ActionQuerySet(KeptQuerySet):
    def to_do(self) -> Self:
        """Return what is to be done, but for what is an action of the plan that the family lives by."""
        return self.filter(~on_plan(Agreed.MEETING), state=Done.TO_DO)

    def for_page(self) -> Self:
        whom = ("owner__person__merged_into", "owner__member__user", "owner__member__service", "owner__user")
        rows = self.select_related("family__merged_into", "meeting", "set_by", "done_by", "task", *whom)
        return rows.annotate(on_plan=on_plan(Agreed.MEETING))


@kept
class MeetingAction(FamilyRecord):
    """What somebody who was invited is to do, and by when. A colleague's is a ``task``, and is settled with that."""

    record_class = RecordClass.MEETING
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=LONGEST_WHAT)
    owner = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField()
    kept_from = ArrayField(models.BigIntegerField(), default=list, help_text="Invited people who must not learn of it.")
    set_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField()
    state = models.CharField(max_length=7, choices=DONE)
    done_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True)
    came_of_it = models.CharField(max_length=LONGEST_WHAT, blank=True)
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="+")
    on_plan = False
    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(name="casework_meetingaction_says_what", condition=~Q(what="")),
            models.CheckConstraint(
                name="casework_meetingaction_settled_by_somebody",
                condition=Q(state="to_do", done_by=None, done_on=None, came_of_it="")
                | (Q(state__in=["done", "dropped"], done_by__isnull=False, done_on__isnull=False) & ~Q(came_of_it="")),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_to_do(self) -> bool:
        return self.state == Done.TO_DO

    def is_late(self, on: date) -> bool:
        return self.is_to_do and not self.on_plan and self.due_on < on


class MeetingCopy(FamilyRecord):
    """That somebody invited was given the invitation, or their copy of the minutes. Only ever added to."""

    record_class = RecordClass.MEETING
    append_only = True
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="copies")
    invitee = models.ForeignKey(Invitee, on_delete=models.PROTECT, related_name="copies")
    what = models.CharField(max_length=10, choices=PAPERS)
    left_out = models.PositiveSmallIntegerField(default=0, help_text="How much of the minutes was left out for them.")
    given_on = models.DateField()
    given_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="casework_meetingcopy_once_a_day", fields=["invitee", "what", "given_on"]
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_what_display()} for {self.invitee}"

    @property
    def is_minutes(self) -> bool:
        return self.what == Paper.MINUTES

"""Somebody's own page of the plan, the keys that open it, and what was said on it."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from casework.own_page import rules
from casework.own_page.rules import BECAUSE_NAMES, DEVICE_NAMES, LIVING, LONGEST, STATE_NAMES, State
from casework.plans.models import Action, Plan
from families.people.models import Person, PersonField
from referrals.allocation.models import current_on
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.history.kept import kept
from slf.web.words import day_in_words

NAMED = {"on_delete": models.PROTECT, "related_name": "+"}
SAFE = Q(asked_alone=True, could_be_harmed=False) & ~Q(device="watched") & ~Q(understands=False)


class OwnPageQuerySet(FamilyRecordQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=State.WAITING)

    def for_page(self) -> Self:
        people = ("asked_by", "decided_by", "handed_by", "ended_by", "person__merged_into")
        return self.select_related("family__scope__locality", "plan", *people)

    def of_worker(self, user, *, on: date) -> Self:
        """Return those of families that somebody works with now, and those they asked for."""
        mine = current_on(on, through="family__allocations__") & Q(family__allocations__worker=user)
        return self.filter(mine | Q(asked_by=user)).distinct()


NOT_HANDED = Q(handed_by=None, handed_on=None, ends_on=None, link_by="", pin_by="")
HANDED = (
    Q(handed_by__isnull=False, handed_on__isnull=False, ends_on__gt=F("handed_on")) & ~Q(link_by="") & ~Q(pin_by="")
)


@kept
class OwnPage(FamilyRecord):
    """One asking for a page: the screen before it, who released it and what it leaves out, and how it ended."""

    person = PersonField(Person, on_delete=models.PROTECT, related_name="own_pages")
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="own_pages", help_text="Another version needs another page."
    )
    state = models.CharField(max_length=9, choices=[(state.value, name) for state, name in STATE_NAMES.items()])
    asked_alone = models.BooleanField()
    device = models.CharField(max_length=7, choices=[(one.value, name) for one, name in DEVICE_NAMES.items()])
    could_be_harmed = models.BooleanField()
    understands = models.BooleanField(null=True, help_text="Of a child: understands what it is, and wants it.")
    safe_times = models.CharField(max_length=200, blank=True)
    not_shown = models.CharField(max_length=LONGEST, blank=True, help_text="What must not be seen on it, in words.")
    goals_out = ArrayField(models.BigIntegerField(), default=list)
    actions_out = ArrayField(models.BigIntegerField(), default=list)
    asked_by = models.ForeignKey("slf.User", **NAMED)
    asked_on = models.DateField()
    decided_by = models.ForeignKey("slf.User", null=True, **NAMED)
    decided_on = models.DateField(null=True)
    answer = models.CharField(max_length=LONGEST, blank=True, help_text="Why it was sent back.")
    handed_by = models.ForeignKey("slf.User", null=True, **NAMED)
    handed_on = models.DateField(null=True)
    link_by = models.CharField(max_length=5, blank=True)
    pin_by = models.CharField(max_length=5, blank=True)
    ends_on = models.DateField(null=True, help_text="The first day on which it opens no more.")
    opened_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True, help_text="After too many wrong PINs.")
    ended_by = models.ForeignKey("slf.User", null=True, **NAMED)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(
        max_length=10, blank=True, choices=[(one.value, name) for one, name in BECAUSE_NAMES.items()]
    )
    ended_words = models.CharField(max_length=LONGEST, blank=True)
    objects = OwnPageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="casework_ownpage_one_at_a_time", fields=["family", "person"],
                condition=Q(state__in=sorted(LIVING)),
            ),
            models.CheckConstraint(
                name="casework_ownpage_known",
                condition=Q(state__in=[state.value for state in State], device__in=list(DEVICE_NAMES)),
            ),
            models.CheckConstraint(name="casework_ownpage_screened", condition=Q(state="unsafe") | SAFE),
            models.CheckConstraint(
                name="casework_ownpage_two_people",
                condition=Q(decided_by__isnull=True) | ~Q(asked_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="casework_ownpage_released_by_somebody",
                condition=Q(state__in=["unsafe", "waiting", "ended"])
                | Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_ownpage_sent_back_says_why", condition=~Q(state="sent_back") ^ ~Q(answer="")
            ),
            models.CheckConstraint(name="casework_ownpage_handed_over_with_an_end", condition=NOT_HANDED | HANDED),
            models.CheckConstraint(
                name="casework_ownpage_ended_says_why",
                condition=(Q(state="ended", ended_at__isnull=False) & ~Q(ended_because=""))
                | (~Q(state="ended") & Q(ended_by=None, ended_at=None, ended_because="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Own page of {self.person}"

    @property
    def screen(self) -> rules.Screen:
        names = ("asked_alone", "device", "could_be_harmed", "understands", "safe_times", "not_shown")
        return rules.Screen(**{name: getattr(self, name) for name in names})

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING

    @property
    def is_living(self) -> bool:
        return self.state in LIVING

    @property
    def link_by_words(self) -> str:
        return rules.LINK_WAYS[rules.Way(self.link_by)]

    @property
    def pin_by_words(self) -> str:
        return rules.PIN_WAYS[rules.Way(self.pin_by)]

    def is_over(self, on: date) -> bool:
        """Tell whether its days are over although nobody ended it."""
        return self.is_open and self.ends_on is not None and self.ends_on <= on

    @property
    def screen_lines(self) -> list[tuple[str, str]]:
        """The screen, question by question, as the senior reads it."""
        child = [] if self.understands is None else [("A child: understands it and wants it", yes_no(self.understands))]
        return [
            ("Asked alone", yes_no(self.asked_alone)),
            ("Who sees the telephone", self.get_device_display()),
            ("Could somebody harm them for it", yes_no(self.could_be_harmed)),
            *child,
            ("Safe times", self.safe_times or "Any time"),
            ("What must not be seen", self.not_shown or "Nothing was named"),
            ("Asked by", f"{self.asked_by}, {day_in_words(self.asked_on)}"),
        ]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What became of it, each with what it is called."""
        ways = ", ".join(rules.WAY_NAMES[rules.Way(way)] for way in (self.link_by, self.pin_by) if way)
        decided = "Sent back by" if self.state == State.SENT_BACK else "Released by"
        because = ": ".join(filter(None, (self.get_ended_because_display(), self.ended_words)))
        by = f", {self.ended_by}" if self.ended_by else ""
        told = [
            (decided, self.decided_on, f"{self.decided_by}, {{day}}{self.answer and f': {self.answer}'}"),
            ("Handed over by", self.handed_on, f"{self.handed_by}, {{day}} (link and PIN: {ways})"),
            ("First opened", self.opened_at, "{day}"),
            ("Opens until", self.ends_on if self.is_open else None, "the day before {day}"),
            ("Locked", self.locked_at, "{day}, after too many wrong PINs"),
            ("Ended", self.ended_at, f"{because}, {{day}}{by}"),
        ]
        return [(label, said.replace("{day}", day_in_words(day))) for label, day, said in told if day]


def yes_no(said: object) -> str:
    return "Yes" if said else "No"


class OwnPageKey(models.Model):
    """What opens a page: digests of the link's secret, of the PIN and of the browser's cookie.

    Nobody's rights reach it: functions of the database alone read and write it.
    """

    page = models.OneToOneField(OwnPage, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)
    salt = models.CharField(max_length=64)
    pin = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField()
    wrong = models.PositiveSmallIntegerField(default=0)
    awake_minutes = models.PositiveSmallIntegerField()
    cookie = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  (NULLs are not unique)
    awake_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Key of page {self.page_id}"


class OwnPageWord(FamilyRecord):
    """One thing that somebody said on their own page: of an action of theirs, or of how it goes."""

    page = models.ForeignKey(OwnPage, on_delete=models.PROTECT, related_name="words")
    person = PersonField(Person, on_delete=models.PROTECT, related_name="own_words")
    action = models.ForeignKey(Action, null=True, on_delete=models.PROTECT, related_name="own_words")
    progress = models.CharField(max_length=7, blank=True, choices=list(rules.PROGRESS_NAMES.items()))
    mark = models.PositiveSmallIntegerField(null=True, choices=list(rules.MARKS.items()))
    words = models.CharField(max_length=rules.LONGEST_SAID, blank=True)
    said_on = models.DateField()
    said_at = models.DateTimeField(auto_now_add=True)
    read_by = models.ForeignKey("slf.User", null=True, **NAMED)
    read_on = models.DateField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["page", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="casework_ownpageword_says_something",
                condition=(Q(action__isnull=False, mark=None) & Q(progress__in=list(rules.PROGRESS_NAMES)))
                | (Q(action=None, progress="") & (Q(mark__in=list(rules.MARKS)) | (Q(mark=None) & ~Q(words="")))),
            ),
            models.CheckConstraint(
                name="casework_ownpageword_read_says_when", condition=Q(read_by=None) ^ Q(read_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What was said in short: "says it is done: Get up at seven"."""
        if self.action is not None:
            return f"{self.person} {rules.SAID_OF[rules.Progress(self.progress)]}: {self.action}"
        return f"{self.person}: {rules.MARKS[self.mark] if self.mark else 'wrote'}"

    @property
    def asks_for_help(self) -> bool:
        return self.progress == rules.Progress.HELP

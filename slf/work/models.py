"""The promise (Job) and the key that makes a request safe to send twice (OnceKey)."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from slf.work import rules
from slf.work.registry import kind_of
from slf.work.rules import State

if TYPE_CHECKING:
    from slf.accounts.models import User

LONGEST_SENTENCE, LONGEST_ERROR = 500, 1000


class LostLease(Exception):
    """This worker was silent for so long that the job was given to another one. Nothing it does counts any more."""


class JobQuerySet(models.QuerySet):
    def asked_by(self, user: "User") -> Self:
        """Return the jobs this person asked for; nobody sees another person's."""
        return self.filter(asked_by=user)

    def held(self, *, attempt: int) -> Self:
        return self.filter(state=State.RUNNING, attempts=attempt)


class Job(models.Model):
    """Work that somebody was promised.

    The row is committed with the change that asks for it and is the only truth. A worker holds it by a lease
    (``heartbeat_at``) and by ``attempts``, its fence. Rows are claimed by the functions of ``slf.work.sql``.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=80)
    asked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    arguments = models.JSONField(default=dict)
    queue = models.CharField(max_length=20, choices=[(q.value, q.value) for q in rules.Queue])
    once_key = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001  (NULLs are not unique)
    state = models.CharField(max_length=10, choices=rules.STATE_NAMES.items(), default=State.WAITING)

    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    sentence = models.CharField(max_length=LONGEST_SENTENCE, blank=True)
    cursor = models.JSONField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    result_url = models.CharField(max_length=500, blank=True)
    error = models.CharField(max_length=LONGEST_ERROR, blank=True)

    attempts = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    due_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()
    reported = 0.0

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "once_key"], name="slf_job_once"),
            models.CheckConstraint(name="slf_job_state_known", condition=Q(state__in=[s.value for s in State])),
            models.CheckConstraint(
                name="slf_job_over_has_an_end",
                condition=Q(state__in=["done", "failed"], finished_at__isnull=False)
                | Q(state__in=["waiting", "running"], finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="slf_job_running_has_a_heartbeat", condition=~Q(state="running") | Q(heartbeat_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="slf_job_unfinished", condition=Q(state__in=["waiting", "running"])),
            models.Index(fields=["asked_by", "-created_at"], name="slf_job_asked"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("job", args=[self.uid])

    @property
    def title(self) -> str:
        return kind_of(self.kind).title

    @property
    def is_over(self) -> bool:
        return self.state in rules.OVER

    @property
    def gave_up(self) -> bool:
        """Tell whether it ended because it went wrong too often, not because it was refused."""
        return self.state == State.FAILED and rules.worn_out(self.errors)

    @property
    def percent(self) -> int | None:
        return 100 if self.state == State.DONE else rules.percent(self.done, self.total)

    @contextmanager
    def step(self, cursor: Any = None) -> Iterator[Self]:
        """Do one chunk of the work in one transaction that also moves the cursor.

        Give the cursor, or set ``job.cursor`` inside. After a kill the next worker starts from the last cursor
        that was committed, so each chunk counts once. A worker that lost the job cannot commit.
        """
        before, errors = self.cursor, self.errors
        try:
            with transaction.atomic(durable=True):
                self.keep(heartbeat_at=Now())
                self.cursor = before if cursor is None else cursor
                yield self
                self.errors = errors if self.cursor == before else 0
                self.keep(heartbeat_at=Now(), cursor=self.cursor, errors=self.errors, **self._progress())
        except BaseException:
            self.cursor, self.errors = before, errors
            raise

    def report(self, done: int, total: int | None = None, sentence: str = "") -> None:
        """Say how far it is. Committed at once when nothing else is open, else with the step; never more than 3/s."""
        self.done, self.total, self.sentence = done, total, (sentence or self.sentence)[:LONGEST_SENTENCE]
        if connection.in_atomic_block or time.monotonic() - self.reported < 1 / rules.REPORTS_A_SECOND:
            return
        with transaction.atomic():
            self.keep(**self._progress())
        self.reported = time.monotonic()

    def keep(self, **changes: Any) -> None:
        """Write to the row and lock it, if this worker still holds the job; else raise ``LostLease``."""
        if not type(self).objects.held(attempt=self.attempts).filter(pk=self.pk).update(**changes):
            raise LostLease(str(self.uid))

    def _progress(self) -> dict[str, Any]:
        return {"done": self.done, "total": self.total, "sentence": self.sentence}


class OnceKey(models.Model):
    """One request that a person may send again without it being done again. Kept for 24 hours."""

    user = models.ForeignKey("slf.User", on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    door = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    location = models.CharField(max_length=500, blank=True)
    body = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="slf_oncekey_once")]
        indexes = [models.Index(F("created_at"), name="slf_oncekey_age")]

    def __str__(self) -> str:
        return f"{self.door}, {self.key}"

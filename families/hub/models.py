"""Files from agencies and their rows, kept raw. Central: data officers only, never casework."""

from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

from families.hub.rules import FEEDS, STATE_NAMES, Area
from families.people.models import Person, PersonField
from slf.access.models import Locality, Scoped, ScopedQuerySet
from slf.access.rules import RecordClass
from slf.work.models import Job

MOST_REASONS = 10
FEED_CHOICES = [(feed.code, feed.label) for feed in FEEDS.values()]


class FeedFileQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        """Load what the list shows; ``loaded`` tells whether the last row of the file has been dealt with."""
        last = FeedRow.objects.filter(file=OuterRef("pk"), number=OuterRef("rows_expected") + 1)
        return self.select_related("uploaded_by", "job").annotate(loaded=Exists(last)).order_by("-uploaded_at")


class FeedFile(Scoped):
    """One file as it was sent. The same content is one file, however often it is sent."""

    record_class = RecordClass.EVIDENCE
    feed = models.CharField(max_length=20, choices=FEED_CHOICES)
    name = models.CharField(max_length=200)
    content = models.FileField(upload_to="feeds/")
    sha256 = models.CharField(max_length=64)
    rows_expected = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    covers = DateRangeField(help_text="The days the file speaks for: what it does not list did not happen.")
    whole_county = models.BooleanField(
        default=False, help_text="The agency searched for every family of the county: its silence counts for each."
    )
    searched_localities = ArrayField(
        models.SlugField(), default=list, blank=True, help_text="Where it searched, if not in the whole county."
    )
    received_on = models.DateField(help_text="The date of the service on which it arrived.")
    job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="+")
    objects = FeedFileQuerySet.as_manager()
    loaded: bool  # by ``for_list``

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "sha256"], name="families_feedfile_once"),
            models.CheckConstraint(
                name="families_feedfile_one_area", condition=Q(whole_county=False) | Q(searched_localities=[])
            ),
            models.CheckConstraint(
                name="families_feedfile_covers_days",
                condition=Q(covers__isempty=False, covers__startswith__isnull=False, covers__endswith__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> Area:
        return Area(self.whole_county, tuple(self.searched_localities))

    @property
    def searched_in_words(self) -> str:
        """Return "the whole county", or the names of the localities."""
        if self.whole_county:
            return "the whole county"
        names = Locality.objects.filter(slug__in=self.searched_localities).values_list("name", flat=True)
        return ", ".join(names) or "no area that was stated"

    @property
    def rows_in_print(self) -> str:
        return f"{self.rows_expected:,}"

    @property
    def last_day(self) -> date:
        return self.covers.upper - timedelta(days=1)

    def get_absolute_url(self) -> str:
        return reverse("families:feed_file", args=[self.uid])


class FeedRetry(Scoped):
    """The same file sent again: those of its rows that matched nobody are tried again."""

    record_class = RecordClass.EVIDENCE
    file = models.ForeignKey(FeedFile, on_delete=models.PROTECT, related_name="retries")
    asked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(help_text="The date of the service.")
    asked_at = models.DateTimeField(auto_now_add=True)
    tried = models.PositiveIntegerField(help_text="Rows that matched nobody when the file came again.")
    became = models.PositiveIntegerField(null=True, help_text="How many of them became a fact; none while it is tried.")
    job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="+")
    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(name="families_feedretry_some_of_them", condition=Q(became__lte=F("tried"))),
        ]

    def __str__(self) -> str:
        return f"{self.file}, sent again"


class FeedRowQuerySet(ScopedQuerySet):
    def current(self) -> Self:
        """Return what became of each row in the end, not what had become of it before it was tried again."""
        return self.filter(superseded_by=None)

    def counts(self) -> dict[str, int]:
        """Return how many rows are in each state."""
        return dict(self.order_by().values_list("state").annotate(n=Count("pk")))

    def by_reason(self) -> list[tuple[str, int]]:
        """Return each reason and how many rows have it, the most frequent first."""
        return list(
            self.order_by().values_list("reason").annotate(n=Count("pk")).order_by("-n", "reason")[:MOST_REASONS]
        )


class FeedRow(Scoped):
    """One row of a file, raw, and what became of it. Tried again with another answer, it is a row that supersedes."""

    record_class = RecordClass.EVIDENCE
    append_only = True
    file = models.ForeignKey(FeedFile, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(help_text="Its place among the rows; the head of the file is 1.")
    line = models.PositiveIntegerField(help_text="The line of the file it begins on, as an editor counts them.")
    raw = models.JSONField()
    state = models.CharField(max_length=10, choices=[(s.value, name) for s, name in STATE_NAMES.items()])
    reason = models.CharField(max_length=300, blank=True)
    person = PersonField(Person, null=True, on_delete=models.PROTECT, related_name="+")
    retry = models.ForeignKey(FeedRetry, null=True, on_delete=models.PROTECT, related_name="rows")
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    objects = FeedRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "number"], condition=Q(supersedes=None), name="families_feedrow_once"
            ),
            models.CheckConstraint(
                name="families_feedrow_superseded_by_a_retry",
                condition=Q(supersedes=None, retry=None) | Q(supersedes__isnull=False, retry__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["file", "state"])]

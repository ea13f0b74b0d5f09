"""Facts: dated evidence about a family or a person. Never edited: a correction is a new fact that supersedes."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from families.facts.rules import AGENCIES, KINDS, OWN
from families.people.models import Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import Can, RecordClass


class FactQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user, *, can=Can.READ):
        """Return what says something: a row that only takes another one back is no evidence itself."""
        return super().visible_to(user, can=can).filter(takes_back=False)

    def known_on(self, day, *, at=None):
        """Return the facts as known at the end of one day: recorded by then, not superseded by then.

        ``at`` takes a moment too, after which nothing that came in counts.
        """
        told = {"recorded_on__lte": day} | ({"recorded_at__lte": at} if at else {})
        return self.filter(**told).exclude(**{f"superseded_by__{name}": value for name, value in told.items()})

    def once(self):
        """Return all but what was written again of a family that is known twice: the same row of a file, for both."""
        one = Coalesce("person__merged_into", "person")
        told = self.model.objects.annotate(one=one).filter(superseded_by=None)
        same = {name: models.OuterRef(name) for name in ("kind", "agency", "period", "value", "source_name")}
        there = told.filter(family__pk=models.OuterRef("family__merged_into"), one=models.OuterRef("one"), **same)
        again = told.filter(models.Exists(there), family__merged_into__isnull=False, source=Fact.Source.FEED)
        return self.exclude(pk__in=again.order_by().values("pk"))


class Fact(FamilyRecord):
    """One piece of evidence: what, about whom, when, how it is known, recorded when and by whom."""

    class Source(models.TextChoices):
        FEED = "feed", "File from a partner agency"
        CASEWORK = "casework", "Recorded by a worker"

    append_only = True
    record_class = RecordClass.EVIDENCE
    person = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=32, choices=[(k.code, k.label) for k in KINDS.values()])
    period = DateRangeField(help_text="A single day is a period of one day; open-ended when it still goes on.")
    value = models.JSONField(default=dict)
    source = models.CharField(max_length=10, choices=Source.choices)
    agency = models.CharField(
        max_length=12,
        choices=list(AGENCIES.items()),
        blank=True,
        default=OWN,
        db_default=OWN,
        help_text="Whose information it is; empty for what the service recorded itself.",
    )
    source_name = models.CharField(max_length=200, help_text="As shown to a reader: the file and row, or the visit.")
    source_key = models.CharField(max_length=200, unique=True, help_text="Same key, same fact: loaded once.")
    about_key = models.CharField(
        max_length=200,
        db_index=True,
        help_text="What is stated: facts with the same key are versions of one statement.",
    )
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(
        null=True, help_text="When the file it stands in was sent; none where there is no file."
    )
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    takes_back = models.BooleanField(
        default=False, db_default=False, help_text="What it supersedes does not hold, and nothing stands in its place."
    )
    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["family", "kind"]), models.Index(fields=["person", "kind"])]
        constraints = [
            models.CheckConstraint(
                name="families_fact_has_start",
                condition=Q(period__isempty=False) & Q(period__startswith__isnull=False),
            ),
            models.CheckConstraint(
                name="families_fact_about_person",
                condition=Q(person__isnull=False) | Q(kind__in=[k.code for k in KINDS.values() if not k.about_person]),
            ),
            models.CheckConstraint(
                name="families_fact_takes_something_back",
                condition=Q(takes_back=False) | Q(supersedes__isnull=False),
            ),
            models.CheckConstraint(
                name="families_fact_of_a_file_names_its_agency", condition=~Q(source="feed") | ~Q(agency=OWN)
            ),
            models.UniqueConstraint(
                name="families_fact_begins_once", fields=["about_key"],
                condition=Q(supersedes=None) & ~Q(about_key=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_kind_display()

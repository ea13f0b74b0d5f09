"""A document of a family, its versions, and that it was entered in error. All three are only ever added to."""

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from casework.assessments.models import Assessment
from casework.documents.rules import ABOUT_NAMES, LONGEST, LONGEST_LINE, MASKED, About
from casework.documents.rules import KINDS as KINDS_OF_DOCUMENTS
from casework.meetings.models import Meeting
from casework.plans.models import Plan
from casework.safeguarding.models import Concern
from casework.stars.models import Reading
from casework.supervision.models import Supervision, SupervisionPart
from casework.visits.models import Visit
from families.people.models import Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import Can, RecordClass
from slf.files.rules import KINDS, LARGEST, in_short
from slf.policy.models import value_of

if TYPE_CHECKING:
    from slf.accounts.models import User

FOLDER = "documents/"
ABOUT = [about.value for about in About]


class DocumentQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return those of families open to them; one about a concern or a supervision to those who read that."""
        concerns = Concern.objects.visible_to(user).values("pk")
        supervisions = Supervision.objects.visible_to(user).values("pk")
        own = SupervisionPart.objects.own_of(user).values("pk")
        rows = super().visible_to(user, can=can).filter(Q(concern=None) | Q(concern__in=concerns))
        rows = rows.filter(Q(supervision=None) | Q(supervision__in=supervisions))
        return rows.filter(Q(own_part=None) | Q(own_part__in=own))

    def for_page(self) -> Self:
        versions = DocumentVersion.objects.select_related("added_by").order_by("-number")
        rows = self.select_related(
            "family__merged_into", "family__scope__locality", "person__merged_into", "kept_by", "mistake__said_by",
            "visit__family", "plan__family", "assessment", "concern", "meeting", "reading__tool", "reading__family",
            "supervision", "own_part__supervision", "own_part__worker",
        )  # fmt: skip
        return rows.prefetch_related(models.Prefetch("versions", versions))


class Document(FamilyRecord):
    """What is kept: of which kind, from whom, with which date on it, and what of the record it is about.

    Partners who share a family do not open its documents, so it is of the class that practice alone opens.
    """

    record_class = RecordClass.SAFEGUARDING
    append_only = True
    kind = models.CharField(max_length=12, help_text="A code of the setting “document_kinds”.")
    title = models.CharField(max_length=LONGEST_LINE)
    dated_on = models.DateField(help_text="The date that is on it.")
    source = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="From whom: an agency or a person.")
    person = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    concern = models.ForeignKey(Concern, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    reading = models.ForeignKey(Reading, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    supervision = models.ForeignKey(Supervision, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    own_part = models.ForeignKey(
        SupervisionPart, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Of what stays between the two: read by them and the line above.",
    )  # fmt: skip
    kept_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    kept_on = models.DateField()
    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-dated_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="casework_document_says_what", condition=~Q(title="") & ~Q(kind="")),
            models.CheckConstraint(
                name="casework_document_about_one_thing",
                condition=reduce(or_, (Q(**dict.fromkeys(set(ABOUT) - {one})) for one in ABOUT)),
            ),
            models.CheckConstraint(
                name="casework_document_not_in_advance", condition=Q(dated_on__lte=models.F("kept_on"))
            ),
        ]

    def __str__(self) -> str:
        return MASKED if self.is_mistaken else self.title

    def get_absolute_url(self) -> str:
        return reverse("casework:document", args=[self.uid])

    @property
    def logged(self) -> str:
        """What the view log calls it: more people read that than a document about a concern or a supervision."""
        of_few = self.concern_id or self.supervision_id or self.own_part_id
        return f"Document {self.uid}" if of_few else f"Document: {self}"

    @property
    def kind_name(self) -> str:
        """The kind in words, as the list has it now; one that is retired is still said."""
        return value_of(KINDS_OF_DOCUMENTS).label(self.kind)

    @property
    def is_mistaken(self) -> bool:
        return getattr(self, "mistake", None) is not None

    @property
    def all_versions(self) -> list["DocumentVersion"]:
        """The newest first; none to whom it is masked."""
        return list(self.versions.all())

    @property
    def newest(self) -> "DocumentVersion | None":
        return next(iter(self.all_versions), None)

    @property
    def about(self) -> Any:
        """The one thing of the record that it is about, if any."""
        return next((row for name in ABOUT if (row := getattr(self, name))), None)

    @property
    def about_name(self) -> str:
        return next((ABOUT_NAMES[name] for name in About if getattr(self, name)), "")


class OfDocumentQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return what belongs to documents this person reads. What was a mistake PostgreSQL keeps from most."""
        return self.filter(document__in=Document.objects.visible_to(user, can=can))


def stored_as(version: "DocumentVersion", given: str) -> str:
    return f"{FOLDER}{version.uid}"


class DocumentVersion(FamilyRecord):
    """One version of a document: the file as it was sent. A new one stands beside it and never in its place."""

    record_class = RecordClass.SAFEGUARDING
    append_only = True
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=LONGEST, blank=True, help_text="Why there is a new version.")
    name = models.CharField(max_length=100, help_text="As it is shown and saved: made safe.")
    content = models.FileField(upload_to=stored_as, max_length=100, unique=True)
    content_type = models.CharField(max_length=80, choices=[(k.content_type, k.label) for k in KINDS.values()])
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content.")
    added_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    added_on = models.DateField()
    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="casework_documentversion_number_once"),
            models.UniqueConstraint(fields=["document", "digest"], name="casework_documentversion_content_once"),
            models.CheckConstraint(
                name="casework_documentversion_kind_allowed",
                condition=Q(content_type__in=list(KINDS), size__gt=0, size__lte=LARGEST),
            ),
            models.CheckConstraint(
                name="casework_documentversion_says_why", condition=Q(number=1) | (Q(number__gt=1) & ~Q(why=""))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_short(self) -> str:
        return in_short(self.get_content_type_display(), self.size)

    @property
    def is_picture(self) -> bool:
        return KINDS[self.content_type].is_picture


class DocumentMistake(FamilyRecord):
    """That a document was entered in error: it is masked, and never gone."""

    record_class = RecordClass.SAFEGUARDING
    append_only = True
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="mistake")
    because = models.TextField(max_length=LONGEST)
    said_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    said_on = models.DateField()
    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="casework_documentmistake_says_why", condition=~Q(because=""))]

    def __str__(self) -> str:
        return f"{MASKED}: {self.because}"

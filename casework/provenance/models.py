"""The marks of an entry, one row each time somebody marks it; the newest counts and those before stay."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from casework.provenance import rules
from casework.provenance.rules import ABOUT_NAMES, AGENCY_NAMES, GRADE_NAMES, About, Agency, Marks
from families.people.models import Family, Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rights import rights_of

if TYPE_CHECKING:
    from slf.accounts.models import User


class ProvenanceQuerySet(FamilyRecordQuerySet):
    def current(self) -> Self:
        return self.filter(superseded_by__isnull=True)

    def in_full(self) -> Self:
        kept = ProvenanceKeptFrom.objects.select_related("person__merged_into")
        rows = self.select_related("told_by__merged_into", "marked_by")
        return rows.prefetch_related(models.Prefetch("kept", kept))


class Provenance(FamilyRecord):
    """What was said of one entry: fact, reported or opinion, and whose information it is."""

    append_only = True
    about = models.CharField(max_length=10, choices=[(about.value, name) for about, name in ABOUT_NAMES.items()])
    entry = models.UUIDField(help_text="The uid of what is marked.")
    grade = models.CharField(max_length=10, blank=True, choices=GRADE_NAMES.items())
    told_by = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_by_other = models.CharField(max_length=rules.LONGEST_OTHER, blank=True)
    marked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    marked_on = models.DateField()
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    objects = ProvenanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "entry"], condition=Q(supersedes=None), name="casework_provenance_begins_once"
            ),
            models.CheckConstraint(
                name="casework_provenance_known",
                condition=Q(about__in=[about.value for about in About], grade__in=["", *GRADE_NAMES]),
            ),
            models.CheckConstraint(
                name="casework_provenance_one_source", condition=Q(told_by=None) | Q(told_by_other="")
            ),
        ]
        indexes = [models.Index(fields=["entry"])]

    def __str__(self) -> str:
        return f"{self.get_about_display()}: {self.get_grade_display() or 'not marked'}"

    @property
    def key(self) -> str:
        return f"{self.about}:{self.entry}"

    def as_rules(self) -> Marks:
        kept = list(self.kept.all())
        return Marks(
            self.grade, self.told_by_id, self.told_by_other,
            frozenset(row.person_id for row in kept if row.person_id),
            frozenset(row.agency for row in kept if row.agency),
        )  # fmt: skip

    @property
    def lines(self) -> list[str]:
        """What is marked, in words."""
        source = str(self.told_by or self.told_by_other or "")
        kept = ", ".join(sorted(str(row) for row in self.kept.all()))
        said = [self.get_grade_display(), source and f"Information of {source}", kept and f"Not for {kept}"]
        return [line for line in said if line]


class ProvenanceKeptFrom(FamilyRecord):
    """Somebody of the family, or an agency, who must not learn of an entry."""

    append_only = True
    provenance = models.ForeignKey(Provenance, on_delete=models.PROTECT, related_name="kept")
    person = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=10, blank=True, choices=[(a.value, name) for a, name in AGENCY_NAMES.items()])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provenance", "person", "agency"], name="casework_keptfrom_each_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="casework_provenancekeptfrom_one", condition=Q(person__isnull=True) ^ Q(agency="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.get_agency_display()


def without_kept(rows: Any, user: "User", about: About) -> Any:
    """Leave out, where somebody reads for a partner alone, what is kept from the agency."""
    if not (as_partner := rights_of(user).as_partner):
        return rows
    kept = Provenance.objects.current().filter(about=about, kept__agency=Agency.ESF)
    return rows.exclude(scope__in=as_partner, uid__in=kept.values("entry"))


def marks_in(family: Family, *, user: "User") -> dict[str, Provenance]:
    """Return what is marked in a family's record, by entry, in two queries."""
    rows = Provenance.objects.visible_to(user).current().filter(family=family).in_full()
    return {row.key: row for row in rows}


def lines_in(family: Family, *, user: "User") -> dict[str, list[str]]:
    """Return what is marked in a family's record, in words, by entry."""
    return {key: row.lines for key, row in marks_in(family, user=user).items()}


def is_marked(about: About) -> models.Exists:
    """Return, for a query of entries, whether each is marked: the marks are asked for only where one is."""
    return models.Exists(Provenance.objects.current().filter(about=about, entry=models.OuterRef("uid")))


def needs_kept_from(family: Family, people: Iterable[Person], *, user: "User") -> frozenset[UUID]:
    """Return the needs of which one of some people must not learn, whichever of their rows is named."""
    if not (ids := {person.shown.pk for person in people}):
        return frozenset()
    rows = Provenance.objects.visible_to(user).current().filter(family=family, about=About.NEED)
    kept = rows.filter(Q(kept__person__in=ids) | Q(kept__person__merged_into__in=ids))
    return frozenset(kept.values_list("entry", flat=True))


def withheld(family: Family, person: Person, *, user: "User") -> frozenset[str]:
    """Return the entries of a family's record that one person must not learn of, whichever of their rows is named."""
    ids = set(person.shown.rows()) | {person.shown.pk}
    rows = Provenance.objects.visible_to(user).current().filter(family=family, kept__person__in=ids)
    return frozenset(row.key for row in rows.distinct())

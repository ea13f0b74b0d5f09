"""Other names of a person, dated, with their source. The name in use stands in ``Person``."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from families.names import rules
from families.people.models import Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import Can, RecordClass
from slf.history.kept import kept

if TYPE_CHECKING:
    from slf.accounts.models import User


class PersonNameQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: "User", *, can: Can = Can.READ) -> Self:
        """Return the names of families one may read, and those of people that are kept from nobody."""
        own = super().visible_to(user, can=can)
        if can is not Can.READ:
            return own
        shared = self.filter(protected=False, person__in=Person.objects.visible_to(user))
        return self.filter(Q(pk__in=own.values("pk")) | Q(pk__in=shared.values("pk")))

    def told_in(self, family: models.Model | int) -> Self:
        """Keep what the page of one family shows: a name that is protected elsewhere is not among it."""
        return self.filter(Q(protected=False) | Q(family=family))


@kept
class PersonName(FamilyRecord):
    """A name somebody was or is called by, beside the one in use.

    It is the person's, so whoever knows the person knows it, and the search finds it; unless it is ``protected``: then
    it stays with the household in which it was told, for it may give away where somebody lives who must not be found.
    Source and whose word it is always stay there.
    """

    record_class = RecordClass.CARD
    person = PersonField(Person, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=10, choices=rules.KIND_CHOICES)
    given_names = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    began_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    told_by = models.CharField(max_length=10, choices=rules.WORD_CHOICES)
    protected = models.BooleanField(default=False)
    called_here = models.BooleanField(default=False, help_text="What the household calls them; protected, always.")
    recorded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    objects = PersonNameQuerySet.as_manager()

    class Meta:
        ordering = [F("ended_on").desc(nulls_first=True), F("began_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                name="families_personname_says_something", condition=~Q(given_names="", family_name="")
            ),
            models.CheckConstraint(
                name="families_personname_ends_after_start",
                condition=Q(began_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
            ),
            models.CheckConstraint(
                name="families_personname_called_here_is_protected",
                condition=Q(called_here=False) | Q(protected=True, ended_on__isnull=True),
            ),
            models.UniqueConstraint(
                name="families_personname_called_one_thing_here",
                fields=["family", "person"],
                condition=Q(called_here=True),
            ),
            models.UniqueConstraint(
                name="families_personname_once",
                fields=["family", "person", "kind", "given_names", "family_name", "began_on", "ended_on"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return rules.full(self.given_names, self.family_name)

    @property
    def in_words(self) -> str:
        return rules.in_words(self.kind, str(self), ended_on=self.ended_on)

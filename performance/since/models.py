"""What changed in the evidence of a claimed line since it was frozen: looked at by night and on demand."""

from typing import Self

from django.db import models

from performance.claims.differing import Difference
from performance.claims.models import ClaimRun, Judged
from performance.claims.office import reads_lines
from performance.since.told import WORDS
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.access.rules import Can, RecordClass
from slf.accounts.models import User


class LineSinceQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: User, *, can: Can = Can.READ) -> Self:
        """Return what is told of lines whose evidence this person opens: of others it would tell the evidence."""
        found = super().visible_to(user, can=can).filter(judged__in=Judged.objects.with_evidence_for(user))
        return found if reads_lines(user) else found.none()

    def of_run(self, run: ClaimRun) -> Self:
        """Return the lines of a run of which something changed, those that would be decided otherwise first."""
        told = self.filter(run=run).exclude(changed=[], differs=[]).select_related("judged")
        lean = told.defer("judged__case", "judged__judgement", "judged__checks")
        return lean.annotate(calm=models.Q(differs=[])).order_by("calm", "judged__reference")


class LineSince(FamilyRecord):
    """What is known today of the days a claimed line rests on, against what the line froze."""

    record_class = RecordClass.CLAIM
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="+")
    judged = models.OneToOneField(Judged, on_delete=models.PROTECT, related_name="since")
    looked_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    looked_at = models.DateTimeField()
    changed = models.JSONField(default=list, help_text="What is new, gone or otherwise, as sentences.")
    differs = models.JSONField(default=list, help_text="The answers that would be others.")
    objects = LineSinceQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.judged.reference}: changed since"

    @property
    def told(self) -> list[tuple[str, list[str]]]:
        """Return the sentences under what they are: new, not stated any more, otherwise."""
        groups = [(words, [said for kind, said in self.changed if kind == what]) for what, words in WORDS.items()]
        return [(words, said) for words, said in groups if said]

    @property
    def decided_otherwise(self) -> list[str]:
        return [Difference(*each).said for each in self.differs]

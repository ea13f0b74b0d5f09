"""Questions whether a referral made elsewhere is about a family that is known."""

from datetime import date

from django.db import models
from django.db.models import Q

from referrals.intake.models import Referral
from slf.access.models import FamilyRecord, Locality
from slf.access.rules import RecordClass
from slf.web.words import day_in_words


class MatchQuestion(FamilyRecord):
    """Whether a referral made elsewhere is about this family, for whoever may see the family to decide.

    It stands in the known family's record, so those who refer and triage elsewhere never see that it was asked.
    ``people`` is ``[{"told", "told_born", "recorded", "recorded_born", "why"}, ...]``. Only functions write it.
    """

    class Answer(models.TextChoices):
        CARRY_ON = "carry_on", "Different families: the team carries on"
        LINKED = "linked", "The same family: the team is to speak to me"

    record_class = RecordClass.REFERRAL
    append_only = True
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="match_questions")
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+", help_text="Where it was sent.")
    agency = models.CharField(max_length=200)
    people = models.JSONField()
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="Why; read by those who may see the question.")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "family"], name="referrals_matchquestion_asked_once"),
            models.CheckConstraint(
                name="referrals_matchquestion_answered_by_somebody",
                condition=Q(answer="", answered_by__isnull=True, answered_on__isnull=True)
                | Q(~Q(answer=""), answered_by__isnull=False, answered_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family} asked about on {day_in_words(self.asked_at)}"

    @property
    def pairs(self) -> list[dict[str, str]]:
        """Return who is like whom, as it is read."""
        return [
            {side: self._side(pair, side) for side in ("told", "recorded")} | {"why": pair["why"]}
            for pair in self.people
        ]

    def _side(self, pair: dict[str, str | None], side: str) -> str:
        born = pair[f"{side}_born"]
        return f"{pair[side]}, born {day_in_words(date.fromisoformat(born))}" if born else f"{pair[side]}"

"""How samples were drawn, what was found in each line of them, and the opinion that is given on a claim."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple, Self

from django.db import models
from django.db.models import F, Q

from performance.audit.frame import lines_of
from performance.audit.rules.drawing import LONGEST_SEED, Line, Place, Row, draw, number, strata
from performance.audit.rules.estimate import Counts, Estimate, estimate
from performance.audit.rules.opinion import LEVELS, Level
from performance.audit.rules.sheet import CALLED, SAID, Found, Section, sheet_of
from performance.claims.models import Claim, ClaimRun
from slf.access.models import FamilyRecord, FamilyRecordQuerySet, Scoped, ScopedQuerySet
from slf.access.rights import rights_of
from slf.access.rules import Can, RecordClass
from slf.history.kept import kept

LONGEST_NOTE = 1000
LONGEST_REASON = 2000


class SampleDrawQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("drawn_by").order_by("round")


class SampleDraw(Scoped):
    """One drawing of a run's sample: the frame, the seed and how much was wanted. Never changed.

    The frame stands here as it was, so that the sample can be drawn again whatever becomes of its families.
    """

    record_class = RecordClass.CLAIM
    append_only = True
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="draws")
    round = models.PositiveSmallIntegerField(help_text="1, then one more for each extension.")
    seed = models.CharField(max_length=LONGEST_SEED)
    share = models.PositiveSmallIntegerField(help_text="Per cent of the lines that are not always tested.")
    least = models.PositiveSmallIntegerField(help_text="The fewest lines, where there are as many.")
    frame = models.TextField(help_text="Every line with its stratum and why it is always tested; JSON, by identifier.")
    why = models.CharField(max_length=500, blank=True, help_text="Of an extension: why more are tested.")
    drawn_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(auto_now_add=True)
    objects = SampleDrawQuerySet.as_manager()

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["run", "round"], name="performance_sampledraw_once")]

    def __str__(self) -> str:
        return f"Drawing {self.round} of {self.run}"

    @cached_property
    def kept_lines(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.frame)
        return found

    @cached_property
    def lines(self) -> list[Line]:
        return lines_of(self.kept_lines)

    @cached_property
    def places(self) -> list[Place]:
        """The sample up to this drawing, drawn again from what was kept."""
        return draw(self.seed, self.lines, share=self.share, least=self.least)

    @cached_property
    def strata(self) -> list[Row]:
        return strata(self.lines, self.places)

    @property
    def always(self) -> int:
        return sum(1 for line in self.lines if line.always)

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the frame with each line's number and place: what an auditor needs to draw it by hand."""
        places = {place.line.uid: place.place for place in self.places}
        return [
            (each["line"], each["reference"], line.locality, line.route, "; ".join(line.always),
             number(self.seed, line), places.get(line.uid))
            for each, line in zip(self.kept_lines, self.lines, strict=True)
        ]  # fmt: skip


class Finding(NamedTuple):
    """What an auditor found in a sampled claim, and when."""

    said: str
    note: str
    at: datetime


class AuditTestQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: Any, *, can: Can = Can.READ) -> Self:
        """Return also the lines of one's own samples whose family was closed to named people since.

        PostgreSQL shows those once ``frame.open_own_samples`` has asked for them, to the auditor who drew alone.
        """
        found = super().visible_to(user, can=can)
        mine = can in {Can.READ, Can.AUDIT_CLAIM} and rights_of(user).may(Can.AUDIT_CLAIM)
        return found | self.filter(run__audited_by=user) if mine else found

    def for_list(self) -> Self:
        found = self.select_related("claim__judged", "tested_by").prefetch_related("events")
        return found.defer("claim__judged__case", "claim__judged__judgement", "claim__judged__checks").order_by("place")


FOUND = [(each.value, SAID[each]) for each in Found]


def found_in(section: Section) -> models.CharField:
    return models.CharField(CALLED[section], max_length=14, choices=FOUND, blank=True)


SECTIONS = [section.value for section in Section]
UNTESTED = Q(**dict.fromkeys(SECTIONS, ""))
NONE_FAILED = Q(*(~Q(**{name: Found.NOT_SUPPORTED.value}) & ~Q(**{name: ""}) for name in SECTIONS))
ONE_FAILED = Q(*(Q(**{name: Found.NOT_SUPPORTED.value}) for name in SECTIONS), _connector=Q.OR)


@kept
class AuditTest(FamilyRecord):
    """One claim of the sample, the answers to the three questions of its sheet, and the result that follows."""

    class Result(models.TextChoices):
        NOT_YET = "", "Not tested yet"
        PASSED = "passed", "Evidence supports the claim"
        FAILED = "failed", "Evidence does not support the claim"

    record_class = RecordClass.CLAIM
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="test")
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="tests")
    place = models.PositiveIntegerField(help_text="In the order drawn.")
    round = models.PositiveSmallIntegerField(default=1, help_text="In which drawing it came into the sample.")
    locality = models.CharField(max_length=80, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text="Why it is tested whatever is drawn.")
    eligibility, approach, evidence = (found_in(section) for section in Section)
    eligibility_note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    approach_note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    evidence_note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    note = models.TextField(blank=True, help_text="Anything else; of a changed finding, why it changed.")
    tested_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    tested_at = models.DateTimeField(null=True)
    objects = AuditTestQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.CheckConstraint(
                name="performance_audittest_result_follows",  # a line tested before there was a sheet has no answers
                condition=UNTESTED | (Q(result="passed") & NONE_FAILED) | (Q(result="failed") & ONE_FAILED),
            ),
            models.CheckConstraint(
                name="performance_audittest_failed_says_why",
                condition=~Q(result="failed") | ~Q(note="") | ~Q(eligibility_note="") | ~Q(approach_note="")
                | ~Q(evidence_note=""),
            ),
        ]  # fmt: skip

    @property
    def reference(self) -> str:
        return self.claim.reference

    def findings(self) -> list[Finding]:
        """Return every finding recorded, the first first: a changed one stays to be seen by who signs."""
        kept = sorted(self.events.all(), key=attrgetter("pgh_id"))
        told = [Finding(self.Result(e.result).label, noted(vars(e)), e.tested_at) for e in kept if e.result]
        return list(dict.fromkeys(told))

    @property
    def tone(self) -> str:
        return {self.Result.PASSED: "good", self.Result.FAILED: "late"}.get(self.result, "waiting")


def noted(row: Mapping[str, Any]) -> str:
    """Return everything written on a sheet, each note behind its section."""
    notes = [f"{CALLED[each]}: {answer.note}" for each, answer in sheet_of(row).items() if answer.note]
    return ". ".join([*notes, *([row["note"]] if row["note"] else [])])


LEVEL_CHOICES = [(each.value, LEVELS[each]) for each in Level]


class AuditOpinionQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("given_by")


class AuditOpinion(Scoped):
    """What internal audit says of a claim, and the findings it rests on as they were then. Never changed."""

    record_class = RecordClass.CLAIM
    append_only = True
    run = models.OneToOneField(ClaimRun, on_delete=models.PROTECT, related_name="opinion")
    level = models.CharField(max_length=11, choices=LEVEL_CHOICES)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    lines = models.PositiveIntegerField(help_text="Of the frame.")
    always = models.PositiveIntegerField(help_text="Of those, how many are always tested.")
    always_failed = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField()
    drawn_failed = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    given_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    objects = AuditOpinionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="performance_auditopinion_says_why", condition=Q(level=Level.FULL.value) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="performance_auditopinion_counts",
                condition=Q(failed=F("always_failed") + F("drawn_failed")) & Q(lines__gte=F("always") + F("drawn")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.run}"

    @property
    def estimate(self) -> Estimate | None:
        return estimate(Counts(self.lines, self.always, self.always_failed, self.drawn, self.drawn_failed))

    @property
    def tone(self) -> str:
        return {Level.FULL: "good", Level.SUBSTANTIAL: "good", Level.LIMITED: "attention"}.get(
            Level(self.level), "late"
        )

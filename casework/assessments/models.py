"""Assessments of families: the questions (versioned reference data, never changed), and what was answered.

What is signed off is held by triggers (``casework.assessments.sql``), like what waits to be.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from casework.assessments import rules
from casework.assessments.rules import LIVING, Answer, Asked, Form, State, Whose
from casework.visits.rules import GRADE_NAMES
from families.people.models import Family, Person, PersonField
from slf.access.models import FamilyRecord, FamilyRecordQuerySet
from slf.history.kept import kept
from slf.web.words import day_in_words

NEVER_CHANGED = pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)
"""An answer must mean next year what it meant when it was given: a change of words is a new version of the tool."""

TONES = {
    State.WRITING: "new", State.FINISHED: "attention", State.RETURNED: "attention", State.SIGNED: "good",
    State.DROPPED: "neutral",
}  # fmt: skip


class AssessmentToolQuerySet(models.QuerySet):
    def in_use(self, *, on: date) -> "AssessmentTool":
        """Return the tool that new assessments are made with: the one that came into use last."""
        found = self.with_wording().filter(starts_on__lte=on).order_by("-starts_on", "-version", "-pk").first()
        if found is None:
            raise self.model.DoesNotExist("No assessment is in use. Load the reference data.")
        return found

    def with_wording(self) -> Self:
        return self.prefetch_related("sections__questions")


class AssessmentTool(models.Model):
    """One version of the assessment: through its sections and questions, its words."""

    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=80)
    starts_on = models.DateField(help_text="New assessments are made with it from this day, until a later one starts.")
    source = models.CharField(max_length=200)
    objects = AssessmentToolQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="casework_assessmenttool_version_once")]
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        return self.name

    def as_rules(self) -> rules.Tool:
        """Return the tool as the rules see it. Load with ``with_wording()`` first."""
        sections = tuple(
            rules.Section(s.code, s.title, s.intro, Whose(s.whose), tuple(q.as_rules() for q in s.questions.all()))
            for s in self.sections.all()
        )
        return rules.Tool(self.code, self.version, self.name, sections)


class AssessmentSection(models.Model):
    tool = models.ForeignKey(AssessmentTool, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=80)
    intro = models.CharField(max_length=300, blank=True)
    whose = models.CharField(max_length=6, choices=[(whose.value, whose.value) for whose in Whose])

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "code"], name="casework_assessmentsection_once"),
            models.UniqueConstraint(fields=["tool", "position"], name="casework_assessmentsection_place"),
        ]
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        return self.title


class AssessmentQuestion(models.Model):
    tool = models.ForeignKey(AssessmentTool, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(AssessmentSection, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    words = models.CharField(max_length=200)
    help = models.CharField(max_length=300, blank=True)
    form = models.CharField(max_length=6, choices=[(form.value, form.value) for form in Form])
    options = models.JSONField(default=list, blank=True)
    asked = models.CharField(max_length=5, blank=True, choices=[(asked.value, asked.value) for asked in Asked])
    when_question = models.SlugField(max_length=40, blank=True)
    when_among = ArrayField(models.SlugField(max_length=40), default=list, blank=True)
    needed = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["tool", "code"], name="casework_assessmentquestion_once"),
            models.UniqueConstraint(fields=["section", "position"], name="casework_assessmentquestion_place"),
        ]
        triggers = [NEVER_CHANGED]

    def __str__(self) -> str:
        return self.words

    def as_rules(self) -> rules.Question:
        when = rules.Condition(self.when_question, frozenset(self.when_among)) if self.when_question else None
        options = tuple((code, label) for code, label in self.options)
        form, asked = Form(self.form), Asked(self.asked)
        return rules.Question(self.code, self.words, self.help, form, options, asked, when, self.needed)


class AssessmentQuerySet(FamilyRecordQuerySet):
    def living(self) -> Self:
        return self.filter(state__in=LIVING)

    def signed(self) -> Self:
        return self.filter(state=State.SIGNED)

    def in_hand(self, family: Family) -> "Assessment | None":
        """Return the one that is being written, was sent back, or waits to be signed off."""
        return self.living().filter(family=family).order_by("-pk").first()

    def last_signed(self, family: Family) -> "Assessment | None":
        return self.signed().filter(family=family).order_by("-finished_on", "-pk").first()

    def for_page(self) -> Self:
        people = ("started_by", "finished_by", "signed_by", "sent_back_by")
        return self.select_related("family__scope__locality", "tool", "reviews", *people)

    def in_full(self) -> Self:
        """Return assessments with all their answers and questions."""
        answers = AssessmentAnswer.objects.select_related(
            "question", "person__merged_into", "told_by__merged_into", "written_by"
        )
        kept_from = KeptFrom.objects.select_related("person__merged_into")
        return self.for_page().prefetch_related(
            models.Prefetch("answers", answers),
            models.Prefetch("answers__kept", kept_from),
            "tool__sections__questions",
        )

    def of_families(self, families: Iterable[int]) -> dict[int, list["Assessment"]]:
        """Return those that live and the last one signed, by family, in one query however many families."""
        found: dict[int, list[Assessment]] = defaultdict(list)
        rows = self.exclude(state=State.DROPPED).of_each(families).select_related("family", "sent_back_by")
        for row in rows.order_by("family_id", "state", "-finished_on", "-pk").distinct("family_id", "state"):
            found[row.stands].append(row)
        return found


@kept
class Assessment(FamilyRecord):
    """One assessment of a family, or a review of the one before. ``revision`` counts what was written."""

    number = models.PositiveSmallIntegerField()
    tool = models.ForeignKey(AssessmentTool, on_delete=models.PROTECT, related_name="+")
    reviews = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reviewed_by")
    state = models.CharField(max_length=8, choices=[(s.value, name) for s, name in rules.STATE_NAMES.items()])
    revision = models.PositiveIntegerField(default=1)
    started_on = models.DateField()
    started_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    finished_on = models.DateField(null=True, blank=True)
    finished_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_back_on = models.DateField(null=True, blank=True)
    sent_back_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_back_because = models.TextField(max_length=rules.LONGEST, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["family", "number"], name="casework_assessment_number_once"),
            models.UniqueConstraint(
                fields=["family"], condition=Q(state__in=sorted(LIVING)), name="casework_assessment_one_in_hand"
            ),
            models.CheckConstraint(name="casework_assessment_known", condition=Q(state__in=[s.value for s in State])),
            models.CheckConstraint(
                name="casework_assessment_finished_by_somebody",
                condition=Q(finished_by__isnull=True, finished_on__isnull=True)
                | Q(finished_by__isnull=False, finished_on__gte=F("started_on")),
            ),
            models.CheckConstraint(
                name="casework_assessment_finished_first",
                condition=Q(state__in=["writing", "dropped", "returned"]) | Q(finished_by__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_assessment_signed_by_another",
                condition=(~Q(state="signed") & Q(signed_by__isnull=True, signed_on__isnull=True))
                | (Q(state="signed", signed_on__gte=F("finished_on")) & ~Q(signed_by=F("finished_by"))),
            ),
            models.CheckConstraint(
                name="casework_assessment_sent_back_says_why",
                condition=Q(sent_back_by__isnull=True, sent_back_on__isnull=True, sent_back_because="")
                | (Q(sent_back_by__isnull=False, sent_back_on__isnull=False) & ~Q(sent_back_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_name} {self.number}, {day_in_words(self.finished_on or self.started_on)}"

    def get_absolute_url(self) -> str:
        return reverse("casework:assessment", args=[self.uid])

    @property
    def kind_name(self) -> str:
        return "Review" if self.reviews_id else "Assessment"

    @property
    def number_words(self) -> str:
        return str(self.number)

    @property
    def tone(self) -> str:
        return TONES[State(self.state)]

    @property
    def is_finished(self) -> bool:
        return self.state == State.FINISHED

    @property
    def is_open(self) -> bool:
        return self.state in rules.OPEN

    @property
    def was_sent_back(self) -> bool:
        return self.state == State.RETURNED

    def said(self) -> dict[str, dict[str, Answer]]:
        """Return ``{person's identifier, "" for the family: {question: answer}}``. Load with ``in_full()`` first."""
        found: dict[str, dict[str, Answer]] = defaultdict(dict)
        for row in self.answers.all():
            if not row.value:
                continue
            found[row.subject][row.question.code] = row.as_rules()
        return found


@kept
class AssessmentAnswer(FamilyRecord):
    """What was said to one question, of the family or of one member; by whom, and of what kind a statement it is.

    ``revision`` is the assessment's when this was last written: what tells a writer that somebody else was here. What
    is taken away again stays as a row that says nothing.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(AssessmentQuestion, on_delete=models.PROTECT, related_name="+")
    person = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    value = models.TextField(max_length=rules.LONGEST, blank=True)
    grade = models.CharField(max_length=10, blank=True, choices=GRADE_NAMES.items())
    told_by = PersonField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    told_by_other = models.CharField(max_length=rules.LONGEST_OTHER, blank=True)
    revision = models.PositiveIntegerField()
    written_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question", "person"], name="casework_assessmentanswer_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="casework_assessmentanswer_grade_known", condition=Q(grade__in=["", *GRADE_NAMES])
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.question}: {self.value[:40]}"

    @property
    def subject(self) -> str:
        return str(self.person.uid) if self.person else ""

    def as_rules(self) -> Answer:
        told_by = str(self.told_by.uid) if self.told_by else ""
        kept_from = frozenset(str(row.person.uid) for row in self.kept.all())
        return Answer(self.value, self.grade, told_by, self.told_by_other, kept_from)


@kept
class KeptFrom(FamilyRecord):
    """Somebody of the family who must not learn of an answer."""

    answer = models.ForeignKey(AssessmentAnswer, on_delete=models.CASCADE, related_name="kept")
    person = PersonField(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "person"], name="casework_keptfrom_once")]

    def __str__(self) -> str:
        return f"Not for {self.person}"


def answers_of(said: Mapping[str, Mapping[str, Answer]], subject: str) -> dict[str, Answer]:
    """Return what was said of the family or of one member."""
    return dict(said.get(subject, {}))

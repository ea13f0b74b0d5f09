"""Lists that localities kept by hand: each file as it was sent, what becomes of its rows, and what came of it."""

import operator
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from itertools import chain
from typing import Self

from django.db import models
from django.db.models import Count, F, Func, Q
from django.db.models.expressions import CombinedExpression
from django.urls import reverse

from casework.cases.models import Case
from casework.importing.rules.columns import DUE, GIVEN, IDENTIFIERS, OPENED, SHEET_NAMES, SURNAME, Sheet
from casework.importing.rules.judging import STATE_NAMES, TO_MEND, State, families_by_state
from casework.importing.rules.reading import UNNAMED
from families.identifiers.rules import KINDS
from families.numbers.rules import FREE
from families.people.models import Family, Person, PersonField
from slf.access.models import FamilyRecord, Locality, Scoped, ScopedQuerySet
from slf.access.rules import RecordClass
from slf.accounts.models import User
from slf.work.models import Job

SHEETS = [(sheet.value, name) for sheet, name in SHEET_NAMES.items()]
STATES = [(state.value, name) for state, name in STATE_NAMES.items()]


class ImportFileQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        related = ("locality", "uploaded_by", "confirmed_by", "restarted_by", "check_job", "make_job", "numbers_job")
        stopped = Func("pk", function="slf.making_has_stopped", output_field=models.BooleanField())
        return self.select_related(*related).annotate(stopped=stopped).order_by("-uploaded_at", "-pk")


class ImportFile(Scoped):
    """One file of one list of one locality. The same content of the same list is one file, however often it is sent."""

    record_class = RecordClass.EVIDENCE
    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80, help_text="What the locality calls its list; with the reference the key.")
    name = models.CharField(max_length=200)
    content = models.FileField(upload_to="imports/")
    sha256 = models.CharField(max_length=64)
    rows_expected = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    received_on = models.DateField(help_text="The date of the service.")
    check_job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField(null=True, help_text="The day of the last try; none while the first one runs.")
    confirmed_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(null=True)
    restarted_by = models.ForeignKey(
        "slf.User", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="Who started the making again last, after it had stopped; the rest is made in their name.",
    )  # fmt: skip
    restarted_on = models.DateField(null=True)
    make_job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True, help_text="Then it can be sent anew. Only a function writes it.")
    numbers_job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="+")
    objects = ImportFileQuerySet.as_manager()
    stopped = False
    """Whether the job that makes it gave up, as ``for_list`` finds."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["locality", "source", "sha256"],
                condition=Q(taken_back_at=None),
                name="casework_importfile_once",
            ),
            models.CheckConstraint(
                name="casework_importfile_tried_before_it_is_made",
                condition=Q(confirmed_by=None, confirmed_on=None, make_job=None, made_at=None)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False, checked_on__isnull=False),
            ),
            models.CheckConstraint(
                name="casework_importfile_restarted_by_somebody",
                condition=Q(restarted_by=None, restarted_on=None)
                | Q(restarted_by__isnull=False, restarted_on__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(name="casework_importfile_has_a_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("casework:import", args=[self.uid])

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_by_id is not None

    @property
    def maker(self) -> User | None:
        """Return in whose name it is made: who confirmed it, or started it again last."""
        return self.restarted_by or self.confirmed_by

    @property
    def is_made(self) -> bool:
        return self.made_at is not None

    @property
    def stage(self) -> tuple[str, str]:
        """How far it is, in a word and its tone. A colleague's job is theirs to see; the file says enough."""
        if self.taken_back_at:
            return "Taken back", "neutral"
        if self.is_made:
            return "Made", "good"
        if self.is_confirmed:
            return ("Stopped", "late") if self.stopped else ("Being made", "waiting")
        return ("Tried, nothing made yet", "attention") if self.checked_on else ("Being tried", "waiting")


class ImportRowQuerySet(ScopedQuerySet):
    def counts(self) -> dict[str, Counter[str]]:
        """Return, by sheet, how many rows are in each state."""
        found: dict[str, Counter[str]] = {sheet: Counter() for sheet in Sheet}
        for sheet, state, n in self.order_by().values_list("sheet", "state").annotate(n=Count("pk")):
            found[sheet][state] = n
        return found

    def numbers(self) -> dict[str, Mapping[str, int]]:
        """Return, by state, how many numbers rows of people have, are kept and are to be checked first."""
        free = {field: Q(**{f"numbers__{field}": FREE}) for field in KINDS}
        said = {field: ~Q(raw__contains={column: ""}) & Q(raw__has_key=column) for column, field in IDENTIFIERS.items()}
        told = {field: Q(numbers__has_key=field) for field in KINDS}
        sums = {
            "total": sum_of(said.values()),
            "kept": sum_of(free.values()),
            "to_check": sum_of(told[field] & ~free[field] for field in KINDS),
        }
        rows = self.filter(sheet=Sheet.PEOPLE).order_by().values("state").annotate(**sums)
        return {row.pop("state"): row for row in rows}

    def families(self) -> Counter[State]:
        """Return how many families of the sheet of people are in each state."""
        rows = self.filter(sheet=Sheet.PEOPLE).order_by().values_list("family_key", "state").distinct()
        return families_by_state(rows)

    def to_mend(self) -> Self:
        return self.filter(state__in=[state.value for state in TO_MEND])

    def in_order(self) -> Self:
        return self.order_by("-sheet", "number")


def sum_of(conditions: Iterable[Q]) -> CombinedExpression:
    """Return how many of these conditions the rows of a group fulfil, all together."""
    return reduce(operator.add, (Count("pk", filter=condition) for condition in conditions))


class ImportRow(Scoped):
    """One row of a sheet, raw, and what becomes of it; with what was made of it, if anything was."""

    record_class = RecordClass.EVIDENCE
    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="rows")
    source = models.CharField(max_length=80)
    sheet = models.CharField(max_length=6, choices=SHEETS)
    number = models.PositiveIntegerField(help_text="As the spreadsheet counts: the head is 1.")
    reference = models.CharField(max_length=40, blank=True)
    family_key = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=64)
    raw = models.JSONField()
    state = models.CharField(max_length=10, choices=STATES)
    problems = models.JSONField(default=list, help_text="[{column, sentence, level}]")
    numbers = models.JSONField(default=dict, help_text="What came of each number of somebody new, by its field.")
    numbers_wait = models.BooleanField(default=False, help_text="Some of them were one too many that day.")
    family = models.ForeignKey(Family, null=True, on_delete=models.PROTECT, related_name="+")
    person = PersonField(Person, null=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "sheet", "number"], name="casework_importrow_once"),
            models.UniqueConstraint(
                fields=["scope", "source", "sheet", "key"],
                condition=Q(state="made"),
                name="casework_importrow_made_once",
            ),
            models.CheckConstraint(
                name="casework_importrow_made_of_something", condition=~Q(state="made") | Q(family__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["scope", "source", "family_key"], name="casework_importrow_family")]

    def __str__(self) -> str:
        return f"Row {self.number} of {self.get_sheet_display().lower()}"

    @property
    def wrong(self) -> list[Mapping[str, str]]:
        """The problems, those that keep the row from being made first."""
        return sorted(self.problems, key=lambda problem: problem["level"] == "warning")

    @property
    def to_check(self) -> list[str]:
        """The numbers of somebody new that are not kept before they are checked, for whatever reason."""
        return [field for field in KINDS if self.numbers.get(field, FREE) != FREE]

    @property
    def who(self) -> str:
        """Whom or what the row is of, as it was sent."""
        if self.sheet == Sheet.CASES:
            return f"Case opened {self.raw.get(OPENED) or 'on no day'}"
        given = self.raw.get(GIVEN, "") or (UNNAMED if self.raw.get(DUE) else "")
        return " ".join(filter(None, (given, self.raw.get(SURNAME, "")))) or "Nobody named"

    @property
    def reasons(self) -> str:
        return " ".join(in_words(problem) for problem in self.wrong)


def came_from(file: ImportFile) -> str:
    """Return the source that stands in the record of what a list brought."""
    return f"Brought over from the list “{file.source}”"


def counted(*made: Iterable[FamilyRecord]) -> dict[int, Counter[str]]:
    """Return, by family, how many rows of each table are among those that were made."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for row in chain(*made):
        found[row.family_id][row._meta.db_table] += 1
    return found


def in_words(problem: Mapping[str, str]) -> str:
    return f"{problem['column']}: {problem['sentence']}" if problem["column"] else problem["sentence"]


class BroughtOver(FamilyRecord):
    """Where a family or a case came from, in its own record: the list, its reference there, and what it said."""

    record_class = RecordClass.RECORD
    append_only = True
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80)
    reference = models.CharField(max_length=40)
    row = models.PositiveIntegerField(help_text="The first row of the sheet that it came from.")
    file_name = models.CharField(max_length=200)
    referred_by = models.CharField(max_length=200, blank=True)
    referred_on = models.DateField(null=True)
    brought_on = models.DateField()
    came_with = models.JSONField(
        default=dict, help_text="{table: rows} of what is only added to; whatever else stands there was added since."
    )
    brought_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["brought_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["family", "case"], name="casework_broughtover_once", nulls_distinct=False),
            models.CheckConstraint(
                name="casework_broughtover_referred_before",
                condition=Q(referred_on__isnull=True) | Q(referred_on__lte=F("brought_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.reference}"

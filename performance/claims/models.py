"""Claim runs, the judgements frozen in them, and the claims they make. Their audit is ``performance.audit``."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from families.people.models import Person, PersonField
from performance.claims.office import figures_alone, reads_lines, sampled_alone
from performance.claims.rules import SLOTS, STATE_NAMES, TONES, State, pounds
from performance.pbr import schemes
from performance.rulebook.models import SchemeVersion
from slf.access.models import FamilyRecord, FamilyRecordQuerySet, Scoped, ScopedQuerySet
from slf.access.rights import rights_of
from slf.access.rules import OPENS, ROLES, Can, RecordClass
from slf.accounts.models import User
from slf.history.kept import kept
from slf.web.words import day_in_words
from slf.work.models import Job


class SchoolTerm(models.Model):
    """A term of the county's school calendar."""

    name = models.CharField(max_length=20, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(name="performance_schoolterm_in_order", condition=Q(ends_on__gt=F("starts_on")))
        ]

    def __str__(self) -> str:
        return self.name


class ClaimRunQuerySet(ScopedQuerySet):
    def for_list(self):
        people = ("prepared_by", "audited_by", "signed_by", "certified_by", "submitted_by", "withdrawn_by")
        return self.select_related(*people, "job", "version").order_by("-created_at")


@kept
class ClaimRun(Scoped):
    """Everything one scheme asks for on one day: judged at once, frozen, reviewed, audited, signed, paid."""

    record_class = RecordClass.CLAIM
    scheme = models.CharField(max_length=10)
    rules = models.TextField(
        help_text="Every row of the scheme as it stood, confirmations included; JSON in its own order."
    )
    rules_digest = models.CharField(max_length=64)
    shared = models.TextField(
        help_text="What every case of the run shares, as JSON: school calendar, records searched, files received."
    )
    version = models.ForeignKey(
        SchemeVersion, null=True, on_delete=models.PROTECT, related_name="+",
        help_text="Which version of the scheme it is judged by; none for a run from before there were versions.",
    )  # fmt: skip
    engine = models.CharField(max_length=10)
    claim_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=[(s.value, n) for s, n in STATE_NAMES.items()], default=State.PREPARING
    )
    job = models.OneToOneField(Job, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    prepared_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True, help_text="When the last locality with lines agreed.")
    digest = models.CharField(max_length=64, blank=True, help_text="Of every judgement and claim, when frozen.")
    answers = models.TextField(
        default="", help_text="What the checks of the whole run answered when it was frozen; JSON."
    )
    seed = models.CharField(max_length=32, blank=True)
    audited_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    audited_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_knowing = models.BooleanField(default=False, help_text="Knew a family of it, and nobody else could sign.")
    certified_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    certified_at = models.DateTimeField(null=True)
    certified_knowing = models.BooleanField(default=False)
    submitted_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    submitted_on = models.DateField(null=True)
    # What a run said of its payment before its lines had a ledger (claims/payments). Nobody writes these any more.
    paid_on = models.DateField(null=True)
    payment_reference = models.CharField(max_length=100, blank=True)
    withdrawn_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    objects = ClaimRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="performance_claimrun_different_people",
                condition=~Q(prepared_by=F("audited_by"))
                & ~Q(prepared_by=F("signed_by"))
                & ~Q(prepared_by=F("certified_by"))
                & ~Q(audited_by=F("signed_by"))
                & ~Q(audited_by=F("certified_by"))
                & ~Q(signed_by=F("certified_by")),
            ),
            models.UniqueConstraint(
                fields=["scheme", "claim_on"],
                condition=~Q(state=State.WITHDRAWN),
                name="performance_claimrun_once_a_day",
            ),
            models.CheckConstraint(
                name="performance_claimrun_frozen_has_digest",
                condition=Q(state__in=[State.PREPARING, State.WITHDRAWN]) | ~Q(digest=""),
            ),
            models.CheckConstraint(
                name="performance_claimrun_withdrawn_says_why",
                condition=~Q(state=State.WITHDRAWN) | ~Q(withdrawn_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Claim of {day_in_words(self.claim_on)}"

    @property
    def scheme_name(self) -> str:
        return schemes.load(self.scheme).name

    @property
    def tone(self) -> str:
        return TONES[State(self.state)]

    def get_absolute_url(self) -> str:
        return reverse("performance:claim_run", args=[self.uid])


class Chunk(Scoped):
    """Some families of a run that is being prepared, judged together by whichever worker locks it. Not kept."""

    record_class = RecordClass.CLAIM
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="chunks")
    number = models.PositiveIntegerField()
    first = models.BigIntegerField(help_text="The first of its families; they are in the order of their keys.")
    last = models.BigIntegerField()
    families = models.PositiveIntegerField()
    earned = models.JSONField(null=True, help_text="What its families may claim, once they are judged.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="performance_chunk_once")]


class JudgedQuerySet(FamilyRecordQuerySet):
    def visible_to(self, user: User, *, can: Can = Can.READ) -> Self:
        """Return what this person may read family by family: nothing for who certifies, who reads figures alone."""
        found = super().visible_to(user, can=can)
        return found.exclude(scope__in=figures_alone(user)) if reads_lines(user) else found.none()

    def counted_for(self, user: User) -> Self:
        """Return what may be counted for this person, whether or not they may read it."""
        return super().visible_to(user)

    def with_evidence_for(self, user: User) -> Self:
        """Return those whose evidence this person opens: who audits alone, the families of a sample alone."""
        roles = {role for role, _ in rights_of(user).reaches if RecordClass.CLAIM in OPENS[role].read}
        audits_alone = all(Can.AUDIT_CLAIM in ROLES[role] for role in roles)
        sampled = Claim.objects.filter(test__isnull=False).values("judged")
        return (
            self.filter(pk__in=sampled)
            if audits_alone
            else self.exclude(~Q(pk__in=sampled), scope__in=sampled_alone(user))
        )

    def for_list(self):
        return self.defer("case", "judgement", "checks").prefetch_related("claims").order_by("family_id")

    def with_answer(self, answer: str):
        return self.filter(answer=answer) if answer else self


class Judged(FamilyRecord):
    """One family in one run: what was known, and the judgement with its whole reasoning. Never changed.

    It names its family by the reference frozen with it: an auditor may not read the family's card.
    """

    class Eligible(models.TextChoices):
        MET = "met", "Eligible"
        NOT_MET = "not_met", "Not eligible"
        NOT_KNOWN = "not_known", "Not known"

    record_class = RecordClass.CLAIM
    append_only = True
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="judged")
    reference = models.CharField(max_length=20)
    attached_on = models.DateField()
    case = models.TextField(help_text="Household and own facts in the format of docs/judge.md; the rest is the run's.")
    judgement = models.TextField(help_text="Canonical JSON: judged again, the same bytes.")
    digest = models.CharField(max_length=64)
    checks = models.TextField(default="", help_text="What the checks of each met result answered then; JSON.")
    answer = models.CharField(max_length=10, choices=Eligible.choices)
    reason = models.CharField(max_length=500)
    objects = JudgedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "family"], name="performance_judged_once")]
        indexes = [models.Index(fields=["run", "answer"])]

    @property
    def is_gone(self) -> bool:
        """Tell whether what it rested on was disposed of: a case that is there is never empty."""
        return not self.case

    @property
    def tone(self) -> str:
        return {self.Eligible.MET: "good", self.Eligible.NOT_KNOWN: "attention"}.get(self.answer, "neutral")

    def get_absolute_url(self) -> str:
        return reverse("performance:judged", args=[self.uid])


class ClaimQuerySet(FamilyRecordQuerySet):
    def for_list(self):
        return self.select_related("judged").defer("judged__case", "judged__judgement", "judged__checks").order_by("pk")


class Claim(FamilyRecord):
    """One component of one family in one run: what is asked for. Never changed."""

    record_class = RecordClass.CLAIM
    append_only = True
    run = models.ForeignKey(ClaimRun, on_delete=models.PROTECT, related_name="claims")
    judged = models.ForeignKey(Judged, on_delete=models.PROTECT, related_name="claims")
    component = models.CharField(max_length=24, choices=[(c, c) for c in SLOTS])
    component_name = models.CharField(max_length=80)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    price_rule = models.CharField(max_length=40)
    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "family", "component"], name="performance_claim_once"),
            models.CheckConstraint(name="performance_claim_amount_positive", condition=Q(amount__gt=0)),
        ]

    @property
    def reference(self) -> str:
        return self.judged.reference

    @property
    def pounds(self) -> str:
        return pounds(self.amount)


class ClaimedPerson(FamilyRecord):
    """A person in a live claim. The database refuses the same person twice for one scheme and slot."""

    record_class = RecordClass.CLAIM
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="people")
    person = PersonField(Person, on_delete=models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=10)
    slot = models.CharField(max_length=20)
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "scheme", "slot"], condition=Q(live=True), name="performance_claimed_once"
            )
        ]

"""Referrals with the people and needs they name, and the referrer's receipt.

A draft stands in the referrer's own audience; sending moves it, with its people and needs, into the locality's
(``referrals.intake.sql``). The receipt stays with the referrer, so no policy ever has to ask "this or that".
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localtime

from families.identifiers.constraints import possible
from families.identifiers.rules import NI_NUMBER, UPN
from families.needs.rules import NEEDS, Band, band_for
from families.people.models import Family
from families.people.rules import Known
from referrals.directory.rules import WHY_ALL_THE_SAME
from referrals.intake import rules
from referrals.intake.rules import Answers, PersonAnswer, State
from slf.access.models import Locality, Scoped, ScopedQuerySet
from slf.access.rules import RecordClass
from slf.history.kept import kept
from slf.policy.models import value_of

if TYPE_CHECKING:
    from slf.accounts.models import User

STATES = [(state.value, name) for state, name in rules.STATE_NAMES.items()]
NOT_SENT = (State.DRAFT, State.DISCARDED)


class ReferralQuerySet(ScopedQuerySet):
    def drafts_of(self, user: "User") -> Self:
        return self.filter(referred_by=user, state=State.DRAFT)

    def waiting(self) -> Self:
        """Return what a locality has still to decide, the most pressing first."""
        return self.filter(state=State.RECEIVED).order_by("due_on", "sent_at", "pk")

    def asked(self) -> Self:
        """Return what waits for the referrer's reply, the longest overdue first."""
        return self.filter(state=State.ASKED).order_by("reply_by", "pk")

    def for_list(self) -> Self:
        """Load all that a list shows."""
        return self.select_related("locality", "referred_by").prefetch_related("people", "needs")

    def for_page(self) -> Self:
        return (
            self.for_list()
            .select_related("family", "decided_by", "agreed_by", "passed_from", "reviewer", "own__sender")
            .prefetch_related("enquiries__asked_by", "attachments")
        )


@dataclass(frozen=True)
class Arrival:
    """When a referral was sent, to whom, and by when it is decided."""

    sent_on: date
    due_on: date
    locality: Locality


@kept
class Referral(Scoped):
    """What a partner or colleague tells the service about a family: a draft, then a locality's to decide."""

    record_class = RecordClass.REFERRAL
    referred_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="referrals", editable=False)
    agency = models.CharField(max_length=200, help_text="The school, practice or team that refers.")
    state = models.CharField(max_length=10, choices=STATES, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1, help_text="Goes up with every saved page and every reply.")
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    phone = models.CharField("telephone number", max_length=30, blank=True)
    safe_contact = models.CharField(max_length=200, blank=True)
    locality = models.ForeignKey(
        Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="By the postcode; where that is not known, as the referrer says. Sending settles it.",
    )  # fmt: skip

    whole_family = models.BooleanField(
        null=True, blank=True, help_text="Whether work with the whole family would help, as the referrer sees it."
    )
    whole_family_why = models.CharField(max_length=500, blank=True, db_default="")

    family_knows = models.BooleanField(null=True, blank=True)
    agreement = models.CharField(max_length=10, blank=True, choices=list(rules.AGREEMENTS.items()))
    refused_why = models.CharField(max_length=12, blank=True, db_default="", help_text="A code of the setting.")
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        "referrals.ReferralPerson", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    in_danger = models.BooleanField(null=True, blank=True)
    told_to_ring_at = models.DateTimeField(null=True, blank=True, help_text="When the page gave the number to ring.")
    spoke_to = models.CharField(max_length=120, blank=True)

    first_tried_on = models.DateField(null=True, blank=True, help_text="When it was first to be sent.")
    first_missing = models.JSONField(
        default=list, blank=True, db_default=[], help_text="The pages on which something was missing then."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True, help_text="Since when the referrer's reply is waited for.")
    reply_by = models.DateField(null=True, blank=True)
    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals")
    reviewer = models.ForeignKey(
        "slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Who of the team is to look at it; anybody who may decide still may.",
    )  # fmt: skip
    decided_by = models.ForeignKey("slf.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    signposted_to = models.ForeignKey(
        "referrals.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signposted_because = models.CharField(
        max_length=12, blank=True, db_default="", help_text="Why there, where the service asks for more."
    )
    passed_from = models.ForeignKey(Locality, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    passed_on = models.DateField(null=True, blank=True)
    passed_why = models.CharField(
        max_length=300, blank=True, db_default="", help_text="Read by the team that has it now."
    )
    message = models.TextField(blank=True, help_text="What the referrer is told about the decision.")
    to_do = models.CharField(max_length=300, blank=True, help_text="What the duty manager asks of the team.")
    to_do_on = models.DateField(null=True, blank=True)
    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["scope", "state", "due_on"]), models.Index(fields=["referred_by", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["id", "scope"], name="referrals_referral_id_scope"),
            models.CheckConstraint(
                name="referrals_referral_state_known", condition=Q(state__in=[s.value for s in State])
            ),
            models.CheckConstraint(
                name="referrals_referral_sent_says_when_and_where",
                condition=Q(state__in=NOT_SENT)
                | Q(sent_on__isnull=False, due_on__gte=F("sent_on"), locality__isnull=False),
            ),
            models.CheckConstraint(
                name="referrals_referral_asked_says_by_when",
                condition=Q(asked_on__isnull=False, reply_by__gte=F("asked_on"), state=State.ASKED)
                | (~Q(state=State.ASKED) & Q(asked_on__isnull=True, reply_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="referrals_referral_accepted_has_family",
                condition=Q(family__isnull=True, state__in=[s.value for s in State if s not in rules.TAKEN_ON])
                | Q(
                    family__isnull=False,
                    state__in=[s.value for s in State if s in rules.TAKEN_ON],
                    decided_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="referrals_referral_declined_says_why",
                condition=~Q(state=State.DECLINED) | (Q(decided_by__isnull=False) & ~Q(reason="") & ~Q(message="")),
            ),
            models.CheckConstraint(
                name="referrals_referral_signposted_says_where",
                condition=Q(signposted_to__isnull=True) ^ Q(state=State.SIGNPOSTED, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="referrals_referral_signposted_because",
                condition=Q(signposted_because="") | Q(signposted_to__isnull=False),
            ),
            models.CheckConstraint(
                name="referrals_referral_passed_on_says_why",
                condition=Q(passed_from__isnull=True, passed_on__isnull=True, passed_why="")
                | (Q(passed_from__isnull=False, passed_on__isnull=False) & ~Q(passed_why="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.uid])

    @property
    def name(self) -> str:
        """The family's name as far as it is known."""
        return rules.family_name(person.as_answer() for person in self.people.all()) or "Family not named yet"

    @property
    def reference(self) -> str:
        return rules.reference_of(self.uid)

    @property
    def is_own(self) -> bool:
        """Tell whether the family itself sent it, so that nobody is told or asked by a receipt."""
        return hasattr(self, "own")

    @property
    def signposted_why(self) -> str:
        return value_of(WHY_ALL_THE_SAME).label(self.signposted_because) if self.signposted_because else ""

    @property
    def needs_in_words(self) -> str:
        """Return "4, at risk"; of one or none the band says the number."""
        count = len(self.needs.all())
        return f"{count}, {self.band.label.lower()}" if count > 1 else self.band.label

    @property
    def band(self) -> Band:
        return band_for(len(self.needs.all()))

    @property
    def arrival(self) -> Arrival:
        if self.sent_on is None or self.due_on is None or self.locality is None:
            message = "A draft has not arrived anywhere."
            raise ValueError(message)
        return Arrival(self.sent_on, self.due_on, self.locality)

    @property
    def agreement_words(self) -> str:
        return rules.AGREEMENT_WORDS.get(self.agreement, "")

    @property
    def refused_words(self) -> str:
        return value_of(rules.REFUSALS).label(self.refused_why) if self.refused_why else ""

    def answers(self) -> Answers:
        """Return the referral as the rules see it."""
        order = list(NEEDS)
        needs = sorted(self.needs.all(), key=lambda need: order.index(need.kind))
        return Answers(
            people=tuple(person.as_answer() for person in self.people.all()),
            address=self.address,
            postcode=self.postcode,
            phone=self.phone,
            safe_contact=self.safe_contact,
            district=self.locality.name if self.locality else "",
            needs={need.kind: need.evidence for need in needs},
            whole_family=self.whole_family,
            whole_family_why=self.whole_family_why,
            family_knows=self.family_knows,
            agreement=self.agreement,
            agreed_on=self.agreed_on,
            agreed_by=str(self.agreed_by) if self.agreed_by else "",
            agreed_is_enough=self.agreed_by is None or self.agreed_by.as_answer().may_agree(value_of(rules.SUFFICES)),
            refused_why=self.refused_why,
            refused_words=self.refused_words,
            in_danger=self.in_danger,
            spoke_to=self.spoke_to,
            told_to_ring_at=self.told_to_ring_at and localtime(self.told_to_ring_at),
        )


@kept
class ReferralPerson(Scoped):
    """Somebody a referral names. Its scope follows the referral's."""

    record_class = RecordClass.REFERRAL
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="people")
    position = models.PositiveSmallIntegerField(default=0)
    part = models.CharField(max_length=8, blank=True, choices=list(rules.PARTS.items()))
    given_names = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    born_on = models.DateField(null=True, blank=True)
    born_estimated = models.BooleanField(default=False)
    school = models.CharField(max_length=120, blank=True)
    upn = models.CharField("unique pupil number", max_length=13, blank=True)
    responsible = models.BooleanField("parental responsibility", null=True, blank=True)
    ni_number = models.CharField("National Insurance number", max_length=9, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="referrals_referralperson_estimate_has_a_date",
                condition=Q(born_estimated=False) | Q(born_on__isnull=False),
            ),
            *(possible(kind, table="referrals_referralperson") for kind in (UPN, NI_NUMBER)),
        ]

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip() or "Somebody not named yet"

    def as_answer(self) -> PersonAnswer:
        return PersonAnswer(
            given_names=self.given_names,
            family_name=self.family_name,
            part=self.part,
            born_on=self.born_on,
            born_estimated=self.born_estimated,
            school=self.school,
            upn=self.upn,
            ni_number=self.ni_number,
            responsible=self.responsible,
        )

    @property
    def identifiers(self) -> dict[str, str]:
        return {name: value for name in ("upn", "ni_number") if (value := getattr(self, name))}

    @property
    def known(self) -> Known:
        """What is compared when this may be somebody who is known already."""
        ids = frozenset(self.identifiers.values())
        return Known(self.given_names, self.family_name, self.born_on, self.born_estimated, ids)


@kept
class ReferralNeed(Scoped):
    """One of the common issues, and what the referrer has seen of it. Its scope follows the referral's."""

    record_class = RecordClass.REFERRAL
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=24, choices=list(NEEDS.items()))
    evidence = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["referral", "kind"], name="referrals_referralneed_once")]

    def __str__(self) -> str:
        return self.get_kind_display()


class ReceiptQuerySet(ScopedQuerySet):
    def kept_by(self, user: "User") -> Self:
        return self.filter(referred_by=user)

    def to_reply_to(self) -> Self:
        return self.filter(state=State.ASKED)


@kept
class Receipt(Scoped):
    """What the referrer keeps: the words they sent, as they stood, and what became of it. Only functions change it.

    ``content`` is ``[{"section", "title", "rows": [[label, words], ...]}, ...]`` (``referrals.intake.words``), and
    ``enquiries`` ``[{"uid", "about", "question", "asked_on", "reply_by", "reply", "replied_on"}, ...]``. Its uid is the
    referral's, so that one address shows the draft first and the receipt later.
    """

    record_class = RecordClass.REFERRAL
    append_only = True
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="receipt")
    referred_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="receipts", editable=False)
    name = models.CharField(max_length=120)
    agency = models.CharField(max_length=200)
    team = models.CharField(max_length=80)
    content = models.JSONField()
    enquiries = models.JSONField(default=list, help_text="What the team asked, and what was replied.")
    state = models.CharField(max_length=10, choices=STATES, default=State.RECEIVED)
    sent_on = models.DateField()
    due_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    message = models.TextField(blank=True)
    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        indexes = [models.Index(fields=["referred_by", "-sent_on"])]

    def __str__(self) -> str:
        return self.name

    @property
    def open_enquiries(self) -> list[dict[str, str]]:
        """Return what a reply is waited for, while one is."""
        return [one for one in self.enquiries if not one["reply"]] if self.state == State.ASKED else []

    @property
    def replied(self) -> list[dict[str, str]]:
        return [one for one in self.enquiries if one["reply"]]

    @property
    def reply_by(self) -> date | None:
        """Return by when the reply is asked for, while it is."""
        return date.fromisoformat(self.open_enquiries[0]["reply_by"]) if self.open_enquiries else None

    @property
    def reference(self) -> str:
        return rules.reference_of(self.uid)

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.uid])

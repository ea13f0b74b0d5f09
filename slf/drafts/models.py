"""A draft: one person's unsent note. Nobody else reads it, colleagues and seniors included."""

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from slf.drafts import rules

if TYPE_CHECKING:
    from slf.accounts.models import User

IS_OPEN = Q(sent_at__isnull=True, thrown_away_at__isnull=True)


class DraftQuerySet(models.QuerySet):
    def of(self, user: "User") -> Self:
        return self.filter(owner=user)

    def unsent(self) -> Self:
        return self.filter(IS_OPEN)

    def with_something_in_it(self) -> Self:
        return self.unsent().exclude(content={})


class Draft(models.Model):
    """The newest state of a note, and which page wrote it. ``conflict_of``: kept beside another state of the same."""

    policy = ("owned", "owner_id")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    owner = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="drafts")
    kind = models.CharField(max_length=20, choices=[(code, kind.label) for code, kind in rules.KINDS.items()])
    family = models.ForeignKey("families.Family", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(
        max_length=120, blank=True, help_text="Which page of a long form, or the address of its only one."
    )
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, default=rules.digest({}))
    revision = models.PositiveIntegerField(default=0)
    writer = models.UUIDField(null=True, blank=True)
    seq = models.PositiveIntegerField(default=0)
    conflict_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    saved_at = models.DateTimeField(db_default=Now())
    recovered_at = models.DateTimeField(null=True, blank=True, help_text="Came from a device, not from an open page.")
    sent_at = models.DateTimeField(null=True, blank=True)
    thrown_away_at = models.DateTimeField(null=True, blank=True)
    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "uid"], name="slf_draft_once"),
            models.UniqueConstraint(
                fields=["owner", "kind", "family", "about"],
                condition=IS_OPEN & Q(conflict_of__isnull=True) & (Q(family__isnull=False) | ~Q(about="")),
                nulls_distinct=False,
                name="slf_draft_one_open",
            ),
            models.CheckConstraint(name="slf_draft_kind_known", condition=Q(kind__in=list(rules.KINDS))),
        ]
        indexes = [models.Index(fields=["owner", "-saved_at"], condition=IS_OPEN, name="slf_draft_unsent")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, draft"

    def get_absolute_url(self) -> str:
        page = rules.KINDS[self.kind].url_name
        return reverse(page, args=[self.uid]) if page else f"{self.about}?note={self.uid}"

    @property
    def held(self) -> rules.Held:
        is_thrown = self.thrown_away_at is not None
        closed = is_thrown or self.sent_at is not None
        more = {"is_closed": closed, "is_thrown_away": is_thrown}
        return rules.Held(self.revision, self.writer, self.seq, self.digest, **more)

"""Values of settings: dated, proposed by one person, confirmed by another, never rewritten."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Self, TypeVar

from django.db import connections, models
from django.db.models import F, Q
from django.urls import reverse

from slf.access.acting import APPLICATION
from slf.clock import today
from slf.history.kept import kept
from slf.policy import rules
from slf.policy.registry import SETTINGS
from slf.policy.rules import Setting
from slf.web.words import EXAMPLE

T = TypeVar("T")
CONFIRMED = Q(confirmed_by__isnull=False)
WAITING = Q(confirmed_by__isnull=True, taken_back_by__isnull=True)


class SettingValueQuerySet(models.QuerySet[Any]):
    def confirmed(self) -> Self:
        return self.filter(CONFIRMED)

    def waiting(self) -> Self:
        """Return the values that wait for a second person."""
        return self.filter(WAITING)

    def for_list(self) -> Self:
        return self.select_related("proposed_by", "confirmed_by", "taken_back_by").order_by("-starts_on", "-pk")


@kept
class SettingValue(models.Model):
    """What one setting is from a day on, by which document."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField("setting", max_length=40)
    value = models.JSONField()
    starts_on = models.DateField(help_text="The first day it counts.")
    document = models.CharField(max_length=300, help_text="What it rests on, and where that is kept.")
    proposed_by = models.ForeignKey("slf.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey("slf.User", null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    objects = SettingValueQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                name="slf_settingvalue_two_people",
                condition=Q(confirmed_by__isnull=True) | ~Q(proposed_by=F("confirmed_by")),
            ),
            models.CheckConstraint(
                name="slf_settingvalue_confirmed_says_when",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="slf_settingvalue_taken_back_never_counted",
                condition=Q(taken_back_by__isnull=True, taken_back_at__isnull=True)
                | Q(taken_back_by__isnull=False, taken_back_at__isnull=False, confirmed_by__isnull=True),
            ),
            models.CheckConstraint(name="slf_settingvalue_rests_on_something", condition=~Q(document="")),
            models.UniqueConstraint(name="slf_settingvalue_one_waits", fields=["key"], condition=WAITING),
        ]

    def __str__(self) -> str:
        return self.setting.label if self.setting else self.key

    def get_absolute_url(self) -> str:
        return reverse("policy:setting", args=[self.key])

    @property
    def setting(self) -> Setting[Any] | None:
        return SETTINGS.get(self.key)

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_by_id is None and self.taken_back_by_id is None

    @property
    def words(self) -> list[str]:
        return self.setting.kind.words(self.value) if self.setting else [str(self.value)]


@dataclass(frozen=True)
class InForce(Generic[T]):
    """What a setting is on a day. Without a confirmed row it is what the service came with."""

    setting: Setting[T]
    row: SettingValue | None

    @property
    def raw(self) -> Any:
        return self.setting.default if self.row is None else self.row.value

    @property
    def value(self) -> T:
        return self.setting.read(self.raw)

    @property
    def words(self) -> list[str]:
        return self.setting.kind.words(self.raw)

    @property
    def source(self) -> str:
        """Return what it rests on: the document, or where the value it came with is from."""
        return self.setting.source if self.row is None else self.row.document

    @property
    def is_example(self) -> bool:
        return self.row is None and self.setting.source == EXAMPLE

    @property
    def mark(self) -> str:
        """Return what is said behind the value wherever it is shown: that it is an example, or nothing."""
        return f" ({EXAMPLE})" if self.is_example else ""


def setting_on(setting: Setting[T], *, on: date | None = None) -> InForce[T]:
    """Return what a setting is on a day; today, unless said otherwise."""
    rows = (row for row in _confirmed_rows() if row.key == setting.key)
    return InForce(setting, rules.in_force(rows, on=on or today()))


def value_of(setting: Setting[T], *, on: date | None = None) -> T:
    return setting_on(setting, on=on).value


def settings_on(settings: Iterable[Setting[Any]], *, on: date) -> list[InForce[Any]]:
    """Return several settings with who confirmed each."""
    found = [setting_on(setting, on=on) for setting in settings]
    models.prefetch_related_objects([now.row for now in found if now.row], "confirmed_by")
    return found


def _confirmed_rows() -> list[SettingValue]:
    """Return every confirmed value: few rows, asked once in a transaction and kept on its connection."""
    connection = connections[APPLICATION]
    if not connection.in_atomic_block:
        return list(SettingValue.objects.confirmed())
    if connection.settings_read is None:
        connection.settings_read = list(SettingValue.objects.confirmed())
    return connection.settings_read


def forget_settings() -> None:
    """Have the settings read again, after one was confirmed."""
    connections[APPLICATION].settings_read = None

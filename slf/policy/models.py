"""Values of settings: dated, proposed by one person, confirmed by another, never rewritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Self, TypeVar

from django.db import connections, models
from django.db.models import Q
from django.urls import reverse

from slf.access.acting import APPLICATION
from slf.clock import today
from slf.history.kept import kept
from slf.policy import rules
from slf.policy.proposed import WAITING, Proposed, ProposedQuerySet
from slf.policy.registry import SETTINGS
from slf.policy.rules import Setting
from slf.web.words import EXAMPLE

T = TypeVar("T")
CONFIRMED = Q(confirmed_by__isnull=False)


class SettingValueQuerySet(ProposedQuerySet):
    def confirmed(self) -> Self:
        return self.filter(CONFIRMED)

    def for_list(self) -> Self:
        return self.select_related("proposed_by", "confirmed_by", "taken_back_by").order_by("-starts_on", "-pk")


@kept
class SettingValue(Proposed):
    """What one setting is from a day on, by which document."""

    key = models.CharField("setting", max_length=40)
    value = models.JSONField()
    starts_on = models.DateField(help_text="The first day it counts.")
    objects = SettingValueQuerySet.as_manager()

    class Meta(Proposed.Meta):
        abstract = False
        indexes = [models.Index(fields=["key", "starts_on"])]
        constraints = [
            *Proposed.Meta.constraints,
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

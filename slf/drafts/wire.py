"""How a state of a draft travels as JSON, from an open page and out of a sealed copy alike."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from slf.drafts import rules
from slf.drafts.rules import Of, Written


class OfSerializer(serializers.Serializer):
    """Which form a new draft is of: its kind, the address of its page, the family."""

    kind = serializers.ChoiceField(choices=[code for code, kind in rules.KINDS.items() if not kind.url_name])
    page = serializers.RegexField(r"^/[a-z][\w/-]*/$", max_length=120)
    family = serializers.UUIDField(required=False)


class WrittenSerializer(serializers.Serializer):
    """``base``: the revision it builds on. ``writer``: this page's id. ``seq``: counts what this page has written.

    ``of``: what it is a draft of, where the device began it; without it, of a visit.
    """

    base = serializers.IntegerField(min_value=0, max_value=2_000_000_000)
    writer = serializers.UUIDField()
    seq = serializers.IntegerField(min_value=0, max_value=2_000_000_000)
    content = serializers.DictField(help_text="Answers by name: a text, or a list of texts.")
    of = OfSerializer(required=False)

    @property
    def written(self) -> Written:
        return as_written(self.validated_data)

    @property
    def begun_as(self) -> Of | None:
        return as_of(self.validated_data)


class SealedItem(serializers.Serializer):
    """What a device's sealed copy holds once it is open."""

    uid = serializers.UUIDField()
    written = WrittenSerializer()

    @property
    def draft(self) -> dict[str, Any]:
        written = self.validated_data["written"]
        return {"uid": self.validated_data["uid"], "written": as_written(written), "of": as_of(written)}


def as_of(values: Mapping[str, Any]) -> Of | None:
    return Of(**values["of"]) if "of" in values else None


def as_written(values: Mapping[str, Any]) -> Written:
    return Written(values["base"], values["writer"], values["seq"], rules.cleaned(values["content"]))

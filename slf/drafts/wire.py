"""How a state of a draft travels as JSON, from an open page and out of a sealed copy alike."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from slf.drafts import rules
from slf.drafts.rules import Written


class WrittenSerializer(serializers.Serializer):
    """``base``: the revision it builds on. ``writer``: this page's id. ``seq``: counts what this page has written."""

    base = serializers.IntegerField(min_value=0, max_value=2_000_000_000)
    writer = serializers.UUIDField()
    seq = serializers.IntegerField(min_value=0, max_value=2_000_000_000)
    content = serializers.DictField(help_text="Answers by name: a text, or a list of texts.")

    @property
    def written(self) -> Written:
        return as_written(self.validated_data)


class SealedItem(serializers.Serializer):
    """What a device's sealed copy holds once it is open."""

    uid = serializers.UUIDField()
    written = WrittenSerializer()

    @property
    def draft(self) -> dict[str, Any]:
        return {"uid": self.validated_data["uid"], "written": as_written(self.validated_data["written"])}


def as_written(values: Mapping[str, Any]) -> Written:
    return Written(values["base"], values["writer"], values["seq"], rules.cleaned(values["content"]))

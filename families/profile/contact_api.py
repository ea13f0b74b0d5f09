"""When it is safe to get in touch with somebody, for programs; and whether now is."""

from typing import Any

from django.http import Http404
from django.urls import path
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from families.contact.models import ContactRule
from families.contact.rules import may_contact
from families.contact.services import end_rule, set_rule
from families.profile.api import CREATED, PERSON, OfAPerson
from families.profile.members import is_open
from slf.access.doors import get_or_refuse
from slf.access.rules import Can
from slf.clock import today


class ContactRuleSerializer(serializers.ModelSerializer):
    """One rule. ``safe_now``: whether somebody may be contacted in this way at this moment, by all their rules."""

    words = serializers.CharField(read_only=True, help_text="The sentence it says, as it was told with a referral.")
    takes_over = serializers.BooleanField(
        write_only=True, default=False, help_text="It says what was told in a sentence, whose words it keeps."
    )
    days = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=6), required=False, default=list)
    says = serializers.CharField(source="rule.in_full", read_only=True)
    safe_now = serializers.SerializerMethodField()

    class Meta:
        model = ContactRule
        fields = [
            "uid", "channel", "never", "days", "after", "before", "who_answers", "safe_word", "source", "words",
            "takes_over", "says", "safe_now", "ended_on",
        ]  # fmt: skip
        read_only_fields = ["uid", "ended_on"]

    def get_safe_now(self, rule: ContactRule) -> bool:
        return may_contact(self.context["rules"], rule.channel, timezone.localtime()).may

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        after, before = said.get("after"), said.get("before")
        if said.get("never") and (after or before or said["days"]):
            raise serializers.ValidationError({"never": "“Never” has no days and no times."})
        if after and before and after >= before:
            raise serializers.ValidationError({"before": "The end must be after the beginning."})
        return said | {"never": said.get("never", False)}


class Rules(OfAPerson):
    """The rules of safe contact with somebody in this family."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not is_open(self.member, request.user):
            raise Http404

    def rows(self):
        rows = ContactRule.objects.visible_to(self.request.user)
        return rows.filter(family=self.member.family, membership__person=self.member.person)

    def shown(self, rows) -> list[dict[str, Any]]:
        rules = [row.rule for row in self.rows().on(today())]
        return list(ContactRuleSerializer(rows, many=True, context={"rules": rules}).data)

    @extend_schema(operation_id="contact_rules", responses=ContactRuleSerializer(many=True))
    def get(self, request, uid, person):
        """Return the rules that hold today."""
        return Response(self.shown(self.rows().on(today())))

    @extend_schema(
        operation_id="contact_rule_set", request=ContactRuleSerializer, responses={201: ContactRuleSerializer}
    )
    def post(self, request, uid, person):
        """Write one down, from today on."""
        rule = set_rule(self.member, **self.read(ContactRuleSerializer), by=request.user, on=today())
        return Response(self.shown([rule])[0], status=CREATED)


class EndRule(Rules):
    http_method_names = ["post", "options"]

    @extend_schema(operation_id="contact_rule_end", request=None, responses=ContactRuleSerializer)
    def post(self, request, uid, person, rule):
        """End one: from today on it holds no more."""
        found = get_or_refuse(self.rows(), request.user, can=Can.WORK_FAMILY, uid=rule)
        return Response(self.shown([end_rule(found, by=request.user, on=today())])[0])


urlpatterns = [
    path(f"{PERSON}contact-rules/", Rules.as_view(), name="api-contact-rules"),
    path(f"{PERSON}contact-rules/<uuid:rule>/end/", EndRule.as_view(), name="api-end-contact-rule"),
]

"""Replying to a team's questions, for programs."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from referrals.enquiries import rules
from referrals.enquiries.services import reply_to_team
from referrals.intake.api import ForThoseWho, ReceiptSerializer
from referrals.intake.models import Receipt
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin


class ReplySerializer(serializers.Serializer):
    """The reply to one question: its uid as the receipt's ``enquiries`` give it, and the words."""

    uid = serializers.UUIDField()
    reply = serializers.CharField(max_length=rules.LONGEST_REPLY)


class RepliesSerializer(serializers.Serializer):
    """Every open question at once; 422 where one is left out, 409 where nobody waits for a reply."""

    replies = ReplySerializer(many=True)

    def validate_replies(self, given):
        if len({one["uid"] for one in given}) < len(given):
            raise serializers.ValidationError("Reply to each question once.")
        return given


class Reply(ForThoseWho, OnceMixin, generics.GenericAPIView):
    """Reply to what a team asks about a referral you sent; it goes back to the team to decide."""

    serializer_class = RepliesSerializer
    queryset = Receipt.objects.none()
    needs = Can.REFER

    @extend_schema(responses=ReceiptSerializer)
    def post(self, request, *args, **kwargs):
        rows = Receipt.objects.kept_by(request.user)
        receipt = get_or_refuse(rows, request.user, can=Can.REFER, uid=kwargs["uid"])
        log_view(request, "Questions about a referral")
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        replies = {str(one["uid"]): one["reply"] for one in given.validated_data["replies"]}
        receipt = reply_to_team(receipt, by=request.user, on=today(), replies=replies)
        return Response(ReceiptSerializer(receipt, context=self.get_serializer_context()).data)


urlpatterns = [path("receipts/<uuid:uid>/reply/", Reply.as_view(), name="api-receipt-reply")]

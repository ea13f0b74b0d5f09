"""A referral as it is waiting, and one with everything that is known of it."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.response import Response

from families.people.models import Membership
from families.people.services import ever_in_each
from referrals.attachments.models import Attachment
from referrals.enquiries.models import Enquiry
from referrals.intake.api import ForThoseWho, NeedSerializer, PersonSerializer
from referrals.intake.models import Referral
from referrals.ourselves.models import OwnReferral
from referrals.triage import likeness, rules, services
from referrals.triage.likeness import Like
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today


class WaitingSerializer(serializers.ModelSerializer):
    """A referral as the queue shows it."""

    name = serializers.CharField(read_only=True)
    locality = serializers.CharField(source="locality.slug", read_only=True)
    needs_count = serializers.SerializerMethodField()
    band = serializers.CharField(source="band.label", read_only=True)
    working_days_waited = serializers.SerializerMethodField()
    working_days_left = serializers.SerializerMethodField()
    reviewer = serializers.CharField(source="reviewer.username", default=None, read_only=True)

    class Meta:
        model = Referral
        fields = [
            "uid", "reference", "name", "agency", "locality", "state", "sent_on", "due_on", "working_days_waited",
            "working_days_left", "asked_on", "reply_by", "needs_count", "band", "agreement", "in_danger", "reviewer",
            "told_to_ring_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_needs_count(self, referral: Referral) -> int:
        return len(referral.needs.all())

    def get_working_days_waited(self, referral: Referral) -> int:
        return services.clock_of(referral, on=today()).waited

    def get_working_days_left(self, referral: Referral) -> int:
        return services.clock_of(referral, on=today()).left


class PairSerializer(serializers.Serializer):
    """Somebody of the referral and whom of the record they are like; both uids are what accepting names."""

    person = serializers.UUIDField(source="person.uid")
    person_name = serializers.CharField(source="person.__str__")
    person_born_on = serializers.DateField(source="person.born_on", allow_null=True)
    member = serializers.UUIDField(source="member.person.uid")
    member_name = serializers.CharField(source="member.person.__str__")
    member_born_on = serializers.DateField(source="member.person.born_on", allow_null=True)
    why = serializers.CharField(source="likeness.words")


class HouseholdMemberSerializer(serializers.ModelSerializer):
    """Somebody who is or was in the family."""

    member = serializers.UUIDField(source="person.uid")
    name = serializers.CharField(source="person.__str__")
    born_on = serializers.DateField(source="person.born_on", allow_null=True)
    until = serializers.DateField(source="period.upper", allow_null=True)

    class Meta:
        model = Membership
        fields = ["member", "name", "born_on", "part", "until"]
        read_only_fields = fields


class LikeSerializer(serializers.Serializer):
    """A family you may see that this could be, with everybody who is or was in it."""

    family = serializers.UUIDField(source="family.uid")
    reference = serializers.CharField(source="family.reference")
    name = serializers.CharField(source="family.name")
    reasons = serializers.ListField(child=serializers.CharField())
    pairs = PairSerializer(many=True)
    household = serializers.SerializerMethodField()

    @extend_schema_field(HouseholdMemberSerializer(many=True))
    def get_household(self, like: Like) -> list[dict]:
        return HouseholdMemberSerializer(self.context["households"][like.family.pk], many=True).data


class EnquirySerializer(serializers.ModelSerializer):
    """What the team asked the referrer, and the reply."""

    asked_by = serializers.CharField(source="asked_by.__str__", read_only=True)

    class Meta:
        model = Enquiry
        fields = ["uid", "round", "about", "question", "asked_by", "asked_on", "reply_by", "reply", "replied_on"]
        read_only_fields = fields


class FileSerializer(serializers.ModelSerializer):
    """A file of the referral; its content is at ``files/{uid}/`` below it."""

    class Meta:
        model = Attachment
        fields = ["uid", "name", "content_type", "size", "digest", "added_at"]
        read_only_fields = fields


class WaySerializer(serializers.Serializer):
    """One way of getting in touch, and whether and when it is safe."""

    way = serializers.CharField()
    said = serializers.CharField()


class OwnSerializer(serializers.Serializer):
    """What a family that referred itself said: how it is reached safely, and its own words."""

    sender = serializers.UUIDField(source="sender.uid")
    safe_contact = serializers.SerializerMethodField()
    words = serializers.CharField()

    @extend_schema_field(WaySerializer(many=True))
    def get_safe_contact(self, own: OwnReferral) -> list[dict[str, str]]:
        return [{"way": way, "said": said} for way, said in own.safe_contact]


class ReferralSerializer(WaitingSerializer):
    """A referral with everything. ``elsewhere`` is the same sentence always; ``to_do`` what the duty manager asks.

    A decision may name the ``revision`` it was made from: it is refused with 409 when the referrer replied since.
    """

    people = PersonSerializer(many=True, read_only=True)
    needs = NeedSerializer(many=True, read_only=True)
    agreed_by = serializers.StringRelatedField(allow_null=True)
    family = serializers.UUIDField(source="family.uid", default=None, read_only=True)
    decided_by = serializers.StringRelatedField(allow_null=True)
    enquiries = EnquirySerializer(many=True, read_only=True)
    files = FileSerializer(source="attachments", many=True, read_only=True)
    own = serializers.SerializerMethodField(help_text="What a family that referred itself said; else nothing.")
    likes = serializers.SerializerMethodField()
    elsewhere = serializers.SerializerMethodField()

    class Meta(WaitingSerializer.Meta):
        fields = [
            *WaitingSerializer.Meta.fields, "revision", "people", "address", "postcode", "phone", "safe_contact",
            "needs", "whole_family", "whole_family_why", "family_knows", "refused_why", "agreed_on", "agreed_by",
            "spoke_to", "own", "enquiries", "files", "likes", "elsewhere", "to_do",
            "family", "decided_by", "decided_on", "reason", "message",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(OwnSerializer(allow_null=True))
    def get_own(self, referral: Referral) -> dict | None:
        return OwnSerializer(referral.own).data if referral.is_own else None

    @extend_schema(responses=LikeSerializer(many=True))
    def get_likes(self, referral: Referral) -> list[dict]:
        return LikeSerializer(self.context["likes"], many=True, context=self.context).data

    def get_elsewhere(self, referral: Referral) -> str:
        return rules.ELSEWHERE


class ReferralView(ForThoseWho, generics.GenericAPIView):
    """What the addresses of one referral share."""

    serializer_class = ReferralSerializer
    queryset = Referral.objects.none()
    needs = Can.TRIAGE

    def find(self) -> Referral:
        rows = Referral.objects.exclude(sent_on=None).for_page()
        self.referral = get_or_refuse(rows, self.request.user, can=Can.TRIAGE, uid=self.kwargs["uid"])
        self.likes = likeness.like_families([self.referral], user=self.request.user)[self.referral.pk]
        became = [self.referral.family_id] if self.referral.family_id else []
        log_view(self.request, "Referral", families=[*became, *(like.family.pk for like in self.likes)])
        return self.referral

    def answer(self) -> Response:
        households = ever_in_each([like.family for like in self.likes], by=self.request.user)
        context = self.get_serializer_context() | {"likes": self.likes, "households": households}
        return Response(ReferralSerializer(self.referral, context=context).data)


class OneReferral(ReferralView):
    """One referral with everything."""

    def get(self, request, *args, **kwargs):
        self.find()
        return self.answer()

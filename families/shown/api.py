"""What partners were shown of a family, for programs: read it, add a showing, say that a partner was told."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from families.facts.rules import AGENCIES, CATEGORIES
from families.shown.models import PartnerTold
from families.shown.rules import WRITTEN_DOWN
from families.shown.services import report_on, tell_partner, write_down_showing
from families.shown.views import find_withdrawal, to_change, to_read, who_waits
from slf.access.doors import log_view
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201


def day_until_today():
    return serializers.DateField(validators=[not_to_come])


def not_to_come(day):
    if day > today():
        raise serializers.ValidationError("This day is still to come.")


class ShownSerializer(serializers.Serializer):
    """One showing. ``gateway`` is by what it was shared, in the register's words."""

    partner = serializers.CharField()
    on = serializers.DateField()
    what = serializers.CharField()
    detail = serializers.CharField()
    to = serializers.CharField(allow_blank=True)
    gateway = serializers.CharField(allow_blank=True)
    by = serializers.CharField(allow_blank=True)


class GivenSerializer(serializers.Serializer):
    """What an agency gave the service."""

    agency = serializers.CharField()
    what = serializers.CharField()
    number = serializers.IntegerField()
    first = serializers.DateField()
    last = serializers.DateField()
    gateway = serializers.CharField(allow_blank=True)


class ToldSerializer(serializers.ModelSerializer):
    by = serializers.CharField(read_only=True)

    class Meta:
        model = PartnerTold
        fields = ["uid", "partner", "whom", "told_on", "how", "by"]


class ToTellSerializer(serializers.Serializer):
    partner = serializers.CharField()
    because = serializers.CharField()
    told = ToldSerializer(source="tellings", many=True)


class TakenBackSerializer(serializers.Serializer):
    """A withdrawal that stands, and the partners who are to hear of it."""

    uid = serializers.UUIDField(source="row.uid")
    on = serializers.DateField(source="withdrawal.on")
    words = serializers.CharField(source="withdrawal.words")
    tell_by = serializers.DateField()
    partners = ToTellSerializer(many=True)


class PartnerWaitingSerializer(serializers.Serializer):
    """One partner nobody has told yet of what a family took back (``withdrawal``), and by when."""

    family = serializers.UUIDField(source="family.uid")
    reference = serializers.CharField(source="family.reference")
    withdrawal = serializers.UUIDField(source="taken.row.uid")
    on = serializers.DateField(source="taken.withdrawal.on")
    words = serializers.CharField(source="taken.withdrawal.words")
    partner = serializers.CharField(source="partner.partner")
    because = serializers.CharField(source="partner.because")
    tell_by = serializers.DateField(source="taken.tell_by")
    overdue = serializers.BooleanField(source="is_late")


class ReportSerializer(serializers.Serializer):
    """All that is known. Looks are known since ``looks_since``, what was said outside where it was written down."""

    looks_since = serializers.DateField(allow_null=True)
    open_to_esf = serializers.BooleanField()
    shown = ShownSerializer(source="rows", many=True)
    given = GivenSerializer(many=True)
    taken_back = TakenBackSerializer(many=True)


class ShowingSerializer(serializers.Serializer):
    """What a partner was shown outside of the service."""

    agency = serializers.ChoiceField(choices=list(AGENCIES.items()))
    to = serializers.CharField(max_length=120)
    what = serializers.ChoiceField(choices=[(what.value, what.label) for what in WRITTEN_DOWN])
    category = serializers.ChoiceField(choices=list(CATEGORIES.items()))
    words = serializers.CharField(max_length=300)
    shown_on = day_until_today()
    gateway = serializers.CharField(read_only=True)


class TellSerializer(serializers.Serializer):
    """That a partner was told."""

    partner = serializers.CharField(max_length=200)
    whom = serializers.CharField(max_length=120)
    told_on = day_until_today()
    how = serializers.ChoiceField(choices=PartnerTold.How.choices)


class ShownOfAFamily(OnceMixin, APIView):
    """What each partner was shown of a family."""

    @extend_schema(operation_id="shown_read", responses=ReportSerializer)
    def get(self, request: Request, uid) -> Response:
        """Return the report."""
        family = to_read(request, uid)
        log_view(request, "What partners were shown", family=family)
        return Response(ReportSerializer(report_on(family, user=request.user, on=today())).data)

    @extend_schema(operation_id="shown_add", request=ShowingSerializer, responses={201: ShowingSerializer})
    def post(self, request: Request, uid) -> Response:
        """Write down what a partner was shown outside of the service."""
        family = to_change(request, uid)
        log_view(request, "What a partner was shown, written down", family=family)
        body = ShowingSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        row = write_down_showing(family, **body.validated_data, by=request.user, on=today())
        return Response(ShowingSerializer(row).data, status=CREATED)


class PartnersTold(OnceMixin, APIView):
    """Partners told of a withdrawal."""

    @extend_schema(operation_id="partner_told", request=TellSerializer, responses={201: ToldSerializer})
    def post(self, request: Request, uid, taken) -> Response:
        """Write down that a partner was told."""
        family = to_change(request, uid)
        log_view(request, "A partner told of a withdrawal", family=family)
        found = find_withdrawal(family, taken, user=request.user)
        body = TellSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        row = tell_partner(found, **body.validated_data, by=request.user, on=today())
        return Response(ToldSerializer(row).data, status=CREATED)


class PartnersToTell(APIView):
    """Partners who were not told yet, of every family whoever asks has to do with."""

    @extend_schema(operation_id="partners_to_tell", responses=PartnerWaitingSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Return them, the next due first."""
        return Response(PartnerWaitingSerializer(who_waits(request), many=True).data)


urlpatterns = [
    path("partners-to-tell/", PartnersToTell.as_view(), name="api-partners-to-tell"),
    path("families/<uuid:uid>/shown/", ShownOfAFamily.as_view(), name="api-shown"),
    path("families/<uuid:uid>/withdrawn/<uuid:taken>/told/", PartnersTold.as_view(), name="api-partner-told"),
]

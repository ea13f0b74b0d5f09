"""Handing families over to another locality, for programs."""

from django.core.exceptions import PermissionDenied
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.transfers import services
from casework.transfers.models import Arrival, Transfer
from casework.transfers.rules import KEEP_DAYS
from families.people.models import Family
from slf.access.api import may
from slf.access.doors import get_or_refuse, log_view
from slf.access.models import Locality
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201


class TransferSerializer(serializers.ModelSerializer):
    """One hand-over, as the family's own locality sees it."""

    to = serializers.SlugRelatedField(source="to_locality", slug_field="slug", queryset=Locality.objects.all())
    since = serializers.SlugRelatedField(source="from_locality", slug_field="slug", read_only=True)
    keep_days = serializers.ChoiceField(choices=KEEP_DAYS, default=0)
    proposed_by = serializers.CharField(source="proposed_by.__str__", read_only=True)

    class Meta:
        model = Transfer
        fields = [
            "uid", "since", "to", "moves_on", "reason", "must_know", "keep_days", "state", "answer", "proposed_by",
            "proposed_on", "decided_on",
        ]  # fmt: skip
        read_only_fields = ["uid", "state", "answer", "proposed_on", "decided_on"]
        extra_kwargs = {"reason": {"max_length": 500}, "must_know": {"max_length": 4000}}


class ArrivalSerializer(serializers.ModelSerializer):
    """All that is told of a family before it is accepted."""

    since = serializers.SlugRelatedField(source="from_locality", slug_field="slug", read_only=True)
    proposed_by = serializers.CharField(source="proposed_by.__str__", read_only=True)

    class Meta:
        model = Arrival
        fields = ["uid", "reference", "people", "since", "proposed_by", "proposed_on", "moves_on", "keep_days", "state"]
        read_only_fields = fields


class SendBackSerializer(serializers.Serializer):
    answer = serializers.CharField(max_length=500)


class TakenOverSerializer(serializers.Serializer):
    family = serializers.UUIDField()


class OfAFamily(OnceMixin, APIView):
    def family(self) -> Family:
        rows = Family.objects.open_to(self.request.user).select_related("scope__locality")
        family: Family = get_or_refuse(rows, self.request.user, uid=self.kwargs["uid"])
        if not services.hands_over(self.request.user, family):
            raise PermissionDenied
        return family

    def transfers(self, family: Family):
        return Transfer.objects.visible_to(self.request.user).filter(family=family).for_page()


class Transfers(OfAFamily):
    """The hand-overs of a family, the latest first."""

    @extend_schema(operation_id="transfers_read", responses=TransferSerializer(many=True))
    def get(self, request, uid):
        family = self.family()
        log_view(request, "Hand over to another locality", family=family)
        return Response(TransferSerializer(self.transfers(family), many=True).data)

    @extend_schema(operation_id="transfers_propose", request=TransferSerializer, responses={201: TransferSerializer})
    def post(self, request, uid):
        """Offer the family to another locality."""
        family = self.family()
        body = TransferSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = dict(body.validated_data)
        made = services.propose_transfer(family, to=said.pop("to_locality"), by=request.user, on=today(), **said)
        log_view(request, "Hand over to another locality", family=family)
        return Response(TransferSerializer(self.transfers(family).get(pk=made.pk)).data, status=CREATED)


class WithdrawTransfer(OfAFamily):
    @extend_schema(operation_id="transfers_withdraw", request=None, responses=TransferSerializer)
    def post(self, request, uid):
        """Take the offer that waits back."""
        family = self.family()
        if (waiting := self.transfers(family).waiting().first()) is None:
            raise services.Conflict(services.DECIDED)
        services.withdraw_transfer(waiting, by=request.user, on=today())
        log_view(request, "Hand over to another locality", family=family)
        return Response(TransferSerializer(self.transfers(family).get(pk=waiting.pk)).data)


class Arrivals(generics.ListAPIView):
    """Families that other localities hand over, and that wait for an answer."""

    permission_classes = [may(Can.ALLOCATE)]
    serializer_class = ArrivalSerializer
    queryset = Arrival.objects.none()

    def get_queryset(self):
        return Arrival.objects.visible_to(self.request.user, can=Can.ALLOCATE).waiting().for_list()

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Families handed over to us")
        return page


class OfAnArrival(OnceMixin, APIView):
    def arrival(self) -> Arrival:
        arrival: Arrival = get_or_refuse(
            Arrival.objects.for_list(), self.request.user, can=Can.ALLOCATE, uid=self.kwargs["uid"]
        )
        return arrival


class ArrivalDetail(OfAnArrival):
    @extend_schema(operation_id="arrivals_read_one", responses=ArrivalSerializer)
    def get(self, request, uid):
        """Show what is told of it."""
        arrival = self.arrival()
        log_view(request, f"Hand-over of {arrival.reference}")
        return Response(ArrivalSerializer(arrival).data)


class AcceptArrival(OfAnArrival):
    @extend_schema(operation_id="arrivals_accept", request=None, responses=TakenOverSerializer)
    def post(self, request, uid):
        """Take the family over; say who works with it next."""
        family = services.accept_transfer(self.arrival(), by=request.user, on=today())
        log_view(request, "Family card", family=family)
        return Response({"family": family.uid})


class SendBackArrival(OfAnArrival):
    @extend_schema(operation_id="arrivals_send_back", request=SendBackSerializer, responses=ArrivalSerializer)
    def post(self, request, uid):
        """Send it back with a reason."""
        arrival = self.arrival()
        body = SendBackSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        services.send_back_transfer(arrival, by=request.user, on=today(), **body.validated_data)
        return Response(ArrivalSerializer(self.arrival()).data)


urlpatterns = [
    path("families/<uuid:uid>/transfers/", Transfers.as_view(), name="api-transfers"),
    path("families/<uuid:uid>/transfers/withdraw/", WithdrawTransfer.as_view(), name="api-transfer-withdraw"),
    path("arrivals/", Arrivals.as_view(), name="api-arrivals"),
    path("arrivals/<uuid:uid>/", ArrivalDetail.as_view(), name="api-arrival"),
    path("arrivals/<uuid:uid>/accept/", AcceptArrival.as_view(), name="api-arrival-accept"),
    path("arrivals/<uuid:uid>/send-back/", SendBackArrival.as_view(), name="api-arrival-send-back"),
]

"""Payment for programs: remittances, what became of each line, and the entries of its ledger."""

from collections.abc import Callable
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from performance.claims.models import Claim, ClaimRun
from performance.claims.office import in_office, reads_lines, reads_whole
from performance.claims.payments import services
from performance.claims.payments.models import KINDS, ClaimEntry, Remittance, RemittanceLine
from performance.claims.payments.rules import Kind
from performance.claims.rules import State
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.accounts.api import SignedInRecently
from slf.accounts.models import User
from slf.work.once import OnceMixin

CREATED = 201


def refuse_unless(reads: Callable[[User], bool], user: User) -> None:
    """Raise ``PermissionDenied`` for who reads the run, but not this of it: ``performance.claims.office``."""
    if not reads(user):
        raise PermissionDenied


class PaidLineSerializer(serializers.Serializer):
    """One row of a remittance, as the department names it: the result by its code or in words."""

    family = serializers.CharField(source="reference", max_length=20)
    result = serializers.CharField(source="called", max_length=80)
    amount = serializers.DecimalField(max_digits=10, decimal_places=2)


class RemittanceOfRunSerializer(serializers.ModelSerializer):
    """A remittance, without its lines. It counts once confirmed by a second person."""

    run = serializers.UUIDField(source="run.uid", read_only=True)
    on = serializers.DateField(source="received_on")
    entered_by = serializers.StringRelatedField()
    confirmed_by = serializers.StringRelatedField()
    taken_back_by = serializers.StringRelatedField()

    class Meta:
        model = Remittance
        fields = ["uid", "run", "reference", "on", "amount", "entered_by", "entered_at", "confirmed_by",
                  "confirmed_at", "taken_back_by", "taken_back_at"]  # fmt: skip
        read_only_fields = ["uid", "entered_at", "confirmed_at", "taken_back_at"]
        extra_kwargs = {"amount": {"min_value": Decimal("0.01")}}


class RemittanceSerializer(RemittanceOfRunSerializer):
    """A remittance with its lines; ``differences`` say what keeps it from being confirmed."""

    lines = PaidLineSerializer(many=True)
    differences = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta(RemittanceOfRunSerializer.Meta):
        fields = [*RemittanceOfRunSerializer.Meta.fields, "lines", "differences"]

    def to_representation(self, instance: Remittance) -> dict:
        lines = services.lines_of_remittance(instance)
        shown = RemittanceOfRunSerializer(instance).data
        told = services.differences(instance, lines)
        return shown | {"lines": PaidLineSerializer(lines, many=True).data, "differences": told}


class ClaimMoneySerializer(serializers.Serializer):
    """What became of a run, in the lines that the caller may see."""

    state = serializers.ChoiceField(choices=[state.value for state in State])
    asked = serializers.DecimalField(max_digits=12, decimal_places=2)
    paid = serializers.DecimalField(max_digits=12, decimal_places=2)
    released = serializers.DecimalField(max_digits=12, decimal_places=2)
    outstanding = serializers.DecimalField(max_digits=12, decimal_places=2)


class LetGoSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=[Kind.REJECTED.value, Kind.WITHDRAWN.value], write_only=True)
    reason = serializers.CharField(max_length=500, write_only=True)


class WhyReversedSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500, write_only=True)


class ClaimEntrySerializer(serializers.ModelSerializer):
    """What was done to a line: its effect on what is paid and on what is let go of."""

    kind = serializers.ChoiceField(choices=KINDS)
    remittance = serializers.CharField(source="remittance.reference", allow_null=True, default=None)
    reverses = serializers.UUIDField(source="reverses.uid", allow_null=True, default=None)
    entered_by = serializers.StringRelatedField()

    class Meta:
        model = ClaimEntry
        fields = ["uid", "kind", "paid", "released", "remittance", "reverses", "reason", "entered_by", "entered_at"]


class MoneyOfARun(generics.GenericAPIView):
    """What of a run is asked, paid, let go of and outstanding."""

    serializer_class = ClaimMoneySerializer
    queryset = ClaimRun.objects.none()

    def get(self, request, uid):
        run = get_or_refuse(ClaimRun, request.user, uid=uid)
        log_view(request, f"Payment: {run}")
        money, _ = services.money_in_sight(run, by=request.user)
        sums = {name: getattr(money, name) for name in ("asked", "paid", "released", "outstanding")}
        return Response(ClaimMoneySerializer({"state": run.state} | sums).data)


class Remittances(OnceMixin, generics.GenericAPIView):
    """The remittances of a run, and a way to enter one."""

    serializer_class = RemittanceSerializer
    queryset = ClaimRun.objects.none()

    @extend_schema(responses=RemittanceOfRunSerializer(many=True))
    def get(self, request, uid):
        run = get_or_refuse(ClaimRun, request.user, uid=uid)
        refuse_unless(in_office, request.user)
        log_view(request, f"Remittances: {run}")
        page = self.paginate_queryset(Remittance.objects.visible_to(request.user).filter(run=run).for_list())
        return self.get_paginated_response(RemittanceOfRunSerializer(page, many=True).data)

    @extend_schema(responses={CREATED: RemittanceSerializer})
    def post(self, request, uid):
        run = get_or_refuse(ClaimRun, request.user, can=Can.PREPARE_CLAIM, uid=uid)
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        made = services.enter_remittance(
            run, reference=said["reference"], on=said["received_on"], amount=said["amount"], by=request.user,
            rows=[(line["reference"], line["called"], str(line["amount"])) for line in said["lines"]],
        )  # fmt: skip
        return Response(RemittanceSerializer(made).data, status=CREATED)


class RemittanceDetail(generics.GenericAPIView):
    """One remittance, line by line."""

    serializer_class = RemittanceSerializer
    queryset = Remittance.objects.none()

    def get(self, request, uid):
        found = get_or_refuse(Remittance.objects.for_list(), request.user, uid=uid)
        refuse_unless(reads_whole, request.user)
        seen = RemittanceLine.objects.visible_to(request.user).filter(remittance=found)
        log_view(request, f"{found}: {found.run}", families=seen.values_list("family_id", flat=True))
        return Response(RemittanceSerializer(found).data)


class VerbOfARemittance(OnceMixin, generics.GenericAPIView):
    """One verb of a remittance; answers with it as it is afterwards."""

    serializer_class = RemittanceSerializer
    queryset = Remittance.objects.none()
    can: Can
    verb: staticmethod

    @extend_schema(request=None)
    def post(self, request, uid):
        found = get_or_refuse(Remittance.objects.for_list(), request.user, can=self.can, uid=uid)
        return Response(RemittanceSerializer(type(self).verb(found, by=request.user)).data)


class ConfirmRemittance(VerbOfARemittance):
    """Confirm, as a second person, that a remittance pays what it says."""

    permission_classes = [IsAuthenticated, SignedInRecently]
    can, verb = Can.CONFIRM_PAYMENT, staticmethod(services.confirm_remittance)


class TakeBackRemittance(VerbOfARemittance):
    """Take back a remittance that nobody has confirmed."""

    can, verb = Can.PREPARE_CLAIM, staticmethod(services.take_back_remittance)


class EntriesOfALine(OnceMixin, generics.GenericAPIView):
    """What was done to a line, and a way to say that it is rejected or taken back."""

    serializer_class = LetGoSerializer
    queryset = Claim.objects.none()
    pagination_class = None

    def get_permissions(self):
        """Ask who changes a line to prove who they are: what was paid may be undone by it."""
        asked = [IsAuthenticated, SignedInRecently] if self.request.method == "POST" else [IsAuthenticated]
        return [each() for each in asked]

    @extend_schema(responses=ClaimEntrySerializer(many=True))
    def get(self, request, uid):
        claim = get_or_refuse(Claim.objects.select_related("run"), request.user, uid=uid)
        refuse_unless(reads_lines, request.user)
        log_view(request, f"Line of a claim: {claim.run}", families=[claim.family_id])
        return Response(ClaimEntrySerializer(services.entries_of(claim, by=request.user), many=True).data)

    @extend_schema(responses=ClaimEntrySerializer(many=True))
    def post(self, request, uid):
        claim = get_or_refuse(Claim.objects.select_related("run"), request.user, can=Can.PREPARE_CLAIM, uid=uid)
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        services.let_go_of_line(claim, kind=Kind(said["kind"]), reason=said["reason"], by=request.user)
        return Response(ClaimEntrySerializer(services.entries_of(claim, by=request.user), many=True).data)


class ReverseEntry(OnceMixin, generics.GenericAPIView):
    """Reverse one entry to the penny."""

    permission_classes = [IsAuthenticated, SignedInRecently]

    serializer_class = WhyReversedSerializer
    queryset = ClaimEntry.objects.none()

    @extend_schema(responses=ClaimEntrySerializer(many=True))
    def post(self, request, uid):
        rows = ClaimEntry.objects.select_related("claim__run")
        entry = get_or_refuse(rows, request.user, can=Can.PREPARE_CLAIM, uid=uid)
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.reverse_entry(entry, **sent.validated_data, by=request.user)
        return Response(ClaimEntrySerializer(services.entries_of(entry.claim, by=request.user), many=True).data)


urlpatterns = [
    path("claim-runs/<uuid:uid>/payment/", MoneyOfARun.as_view(), name="api-payment"),
    path("claim-runs/<uuid:uid>/remittances/", Remittances.as_view(), name="api-remittances"),
    path("remittances/<uuid:uid>/", RemittanceDetail.as_view(), name="api-remittance"),
    path("remittances/<uuid:uid>/confirm/", ConfirmRemittance.as_view(), name="api-remittance-confirm"),
    path("remittances/<uuid:uid>/take-back/", TakeBackRemittance.as_view(), name="api-remittance-take-back"),
    path("claim-lines/<uuid:uid>/entries/", EntriesOfALine.as_view(), name="api-claim-entries"),
    path("claim-entries/<uuid:uid>/reverse/", ReverseEntry.as_view(), name="api-claim-entry-reverse"),
]

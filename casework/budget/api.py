"""A family's budget for programs: its ledger on a day, requests and what becomes of them, payments and receipts."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, generics, parsers, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.budget import services
from casework.budget.doors import (
    entry_or_refuse,
    family_or_refuse,
    handed_out,
    own_or_decided_or_refuse,
    receipt_or_refuse,
    spending_or_refuse,
)
from casework.budget.forms import part_of_plan
from casework.budget.models import BudgetEntry, Spending, SpendingReceipt
from casework.budget.page import ledgers, spendings_for
from casework.budget.rules import LONGEST, LONGEST_LINE, METHOD_NAMES, STATE_NAMES, Asking, State
from families.people.models import Family
from slf.access.doors import log_view
from slf.access.rights import rights_of
from slf.access.rules import SHORTEST_REASON, Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201
PLAN_PART = "goal:… or action:… with the uid of a part of the plan that the family agreed to"
NO_SUCH_PART = "There is no such part of the plan that the family agreed to."


class SpendingReceiptSerializer(serializers.ModelSerializer):
    """A receipt; its content is at its own address. ``no_receipt``: why there is none."""

    class Meta:
        model = SpendingReceipt
        fields = ["uid", "name", "content_type", "size", "digest", "no_receipt", "added_on"]
        read_only_fields = fields


class BudgetEntrySerializer(serializers.ModelSerializer):
    """One line of a ledger. Nothing of it ever changes; ``reverses`` names the entry it undoes."""

    spending = serializers.UUIDField(source="spending.uid", default=None)
    reverses = serializers.UUIDField(source="reverses.uid", default=None)
    recorded_by = serializers.StringRelatedField()
    receipts = SpendingReceiptSerializer(many=True)

    class Meta:
        model = BudgetEntry
        fields = [
            "uid", "kind", "counts_on", "recorded_on", "allowance", "held", "paid", "spending", "reverses", "reason",
            "method", "reference", "is_last", "recorded_by", "receipts",
        ]  # fmt: skip
        read_only_fields = fields


class BudgetBalanceSerializer(serializers.Serializer):
    """What a ledger adds up to: ``left`` is what can still be approved."""

    allowance = serializers.DecimalField(9, 2)
    held = serializers.DecimalField(9, 2)
    paid = serializers.DecimalField(9, 2)
    left = serializers.DecimalField(9, 2)


class BudgetLedgerSerializer(serializers.Serializer):
    family = serializers.UUIDField(source="family.uid")
    fund = serializers.CharField(source="account.fund_name")
    balance = BudgetBalanceSerializer()
    entries = BudgetEntrySerializer(many=True)


class BudgetSerializer(serializers.Serializer):
    """How a family's budget stood at the end of a day. A family that is one with another has the ledgers of both."""

    on = serializers.DateField()
    ledgers = BudgetLedgerSerializer(many=True)


class SpendingSerializer(serializers.ModelSerializer):
    """Money asked for, and what became of it."""

    family = serializers.UUIDField(source="family.shown.uid")
    state = serializers.ChoiceField([(state.value, name) for state, name in STATE_NAMES.items()])
    goal = serializers.UUIDField(source="goal.uid", default=None)
    action = serializers.UUIDField(source="action.uid", default=None)
    asked_by = serializers.StringRelatedField()
    decided_by = serializers.StringRelatedField(allow_null=True)
    ended_by = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = Spending
        fields = [
            "uid", "family", "state", "what_for", "amount", "payee", "family_does", "goal", "action", "asked_by",
            "asked_on", "decided_by", "decided_on", "answer", "ended_by", "ended_on", "because",
        ]  # fmt: skip
        read_only_fields = fields


class AskSpendingSerializer(serializers.Serializer):
    what_for = serializers.CharField(max_length=LONGEST)
    amount = serializers.DecimalField(9, 2)
    payee = serializers.CharField(max_length=LONGEST_LINE)
    family_does = serializers.CharField(max_length=LONGEST)
    part = serializers.RegexField(
        r"^((goal|action):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$", required=False, default="", allow_blank=True,
        help_text=PLAN_PART,
    )  # fmt: skip


class DeclineSpendingSerializer(serializers.Serializer):
    answer = serializers.CharField(max_length=LONGEST)


class CancelSpendingSerializer(serializers.Serializer):
    because = serializers.CharField(max_length=LONGEST)


class PaySpendingSerializer(serializers.Serializer):
    amount = serializers.DecimalField(9, 2)
    paid_on = serializers.DateField(default=today)
    method = serializers.ChoiceField([(method.value, name) for method, name in METHOD_NAMES.items()])
    reference = serializers.CharField(max_length=LONGEST_LINE, default="", allow_blank=True)
    is_last = serializers.BooleanField(default=True, help_text="Nothing more is to be paid: the rest is free again.")


class ReverseEntrySerializer(serializers.Serializer):
    reason = serializers.CharField(min_length=SHORTEST_REASON, max_length=LONGEST)


class BudgetAllowanceSerializer(serializers.Serializer):
    amount = serializers.DecimalField(9, 2, help_text="The whole allowance from today on.")
    reason = serializers.CharField(min_length=SHORTEST_REASON, max_length=LONGEST)


class AddReceiptSerializer(serializers.Serializer):
    file = serializers.FileField(required=False)
    no_receipt = serializers.CharField(max_length=500, default="", allow_blank=True, help_text="Why there is none.")


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def answered(request: Request, spending: Spending, what: str, *, status: int = 200) -> Response:
    log_view(request, what, family=spending.family)
    found = Spending.objects.visible_to(request.user).for_page().get(pk=spending.pk)
    return Response(SpendingSerializer(found).data, status=status)


def entered(request: Request, entry: BudgetEntry, what: str) -> Response:
    log_view(request, what, family=entry.family)
    found = BudgetEntry.objects.visible_to(request.user).for_ledger().get(pk=entry.pk)
    return Response(BudgetEntrySerializer(found).data, status=CREATED)


class Budget(APIView):
    """A family's budget on a day."""

    @extend_schema(
        operation_id="budget_read", responses=BudgetSerializer,
        parameters=[OpenApiParameter("on", OpenApiTypes.DATE, description="The end of which day; left out, today.")],
    )  # fmt: skip
    def get(self, request: Request, uid: UUID) -> Response:
        family = family_or_refuse(request.user, uid)
        on = serializers.DateField().run_validation(request.query_params.get("on") or today().isoformat())
        log_view(request, "The budget", family=family)
        return Response(BudgetSerializer(self.shown(family, on)).data)

    def shown(self, family: Family, on: Any) -> dict[str, Any]:
        found = ledgers(family, user=self.request.user, on=on)
        told = [
            {"family": one.family, "account": one.account, "balance": one.balance,
             "entries": [row.entry for row in one.rows]}
            for one in found
        ]  # fmt: skip
        return {"on": on, "ledgers": told}


class Ask(OnceMixin, APIView):
    @extend_schema(operation_id="spending_ask", request=AskSpendingSerializer, responses={201: SpendingSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Ask for money for a family. Nothing is held until somebody else has approved it."""
        family = family_or_refuse(request.user, uid, can=Can.ASK_SPENDING)
        said = read(request, AskSpendingSerializer)
        part = part_of_plan(named := said.pop("part"), family=family, user=request.user)
        if named and not any(part.values()):
            raise exceptions.ValidationError({"part": [NO_SUCH_PART]})
        made = services.ask_for_money(family, Asking(**said), by=request.user, on=today(), **part)
        return answered(request, made, "Ask for money", status=CREATED)


class ChangeAllowance(OnceMixin, APIView):
    @extend_schema(
        operation_id="allowance_change", request=BudgetAllowanceSerializer, responses={201: BudgetEntrySerializer}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Make one family's allowance another amount: an entry of the difference, with the reason."""
        family = family_or_refuse(request.user, uid, can=Can.CHANGE_ALLOWANCE)
        made = services.change_allowance(
            family, by=request.user, on=today(), **read(request, BudgetAllowanceSerializer)
        )
        return entered(request, made, "Change the allowance")


class Spendings(generics.ListAPIView):
    """Money asked for, the newest first."""

    serializer_class = SpendingSerializer
    queryset = Spending.objects.none()

    @extend_schema(
        operation_id="spendings_list",
        parameters=[
            OpenApiParameter("state", OpenApiTypes.STR, enum=[state.value for state in State]),
            OpenApiParameter("locality", OpenApiTypes.STR),
        ],
    )
    def get(self, request, *args, **kwargs):
        if not rights_of(request.user).may(Can.APPROVE_SPENDING):
            raise exceptions.PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        asked = self.request.query_params
        state = asked.get("state", "") if asked.get("state") in set(State) else ""
        return spendings_for(self.request.user, locality=asked.get("locality", ""), state=state)

    def paginate_queryset(self, queryset):
        rows = super().paginate_queryset(queryset)
        log_view(self.request, "Money asked for", families=[row.family_id for row in rows])
        return rows


class OneSpending(APIView):
    @extend_schema(operation_id="spending_read", responses=SpendingSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        """One request and what became of it."""
        return answered(request, spending_or_refuse(request.user, uid), "A request for money")


class Approve(OnceMixin, APIView):
    @extend_schema(operation_id="spending_approve", request=None, responses=SpendingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Approve a request within your limit: the amount is held, if the family's budget reaches."""
        found = spending_or_refuse(request.user, uid, can=Can.APPROVE_SPENDING)
        return answered(request, services.approve_spending(found, by=request.user, on=today()), "Approve money")


class Decline(OnceMixin, APIView):
    @extend_schema(operation_id="spending_decline", request=DeclineSpendingSerializer, responses=SpendingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Decline a request with a reason."""
        found = spending_or_refuse(request.user, uid, can=Can.APPROVE_SPENDING)
        said = read(request, DeclineSpendingSerializer)
        return answered(request, services.decline_spending(found, by=request.user, on=today(), **said), "Decline money")


class Cancel(OnceMixin, APIView):
    @extend_schema(operation_id="spending_cancel", request=CancelSpendingSerializer, responses=SpendingSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Cancel a request: what is held for it is free again."""
        found, said = own_or_decided_or_refuse(request.user, uid), read(request, CancelSpendingSerializer)
        return answered(
            request, services.cancel_spending(found, by=request.user, on=today(), **said), "Cancel a request for money"
        )


class Pay(OnceMixin, APIView):
    @extend_schema(operation_id="spending_pay", request=PaySpendingSerializer, responses={201: BudgetEntrySerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Write down what was paid of an approved request."""
        found = spending_or_refuse(request.user, uid, can=Can.RECORD_SPENDING)
        made = services.record_payment(found, by=request.user, on=today(), **read(request, PaySpendingSerializer))
        return entered(request, made, "Record a payment")


class Reverse(OnceMixin, APIView):
    @extend_schema(
        operation_id="budget_entry_reverse", request=ReverseEntrySerializer, responses={201: BudgetEntrySerializer}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Enter the opposite of a payment or of a changed allowance."""
        entry = entry_or_refuse(request.user, uid)
        made = services.reverse_entry(entry, by=request.user, on=today(), **read(request, ReverseEntrySerializer))
        return entered(request, made, "Reverse an entry")


class AddReceipt(OnceMixin, APIView):
    parser_classes = (parsers.MultiPartParser, parsers.JSONParser)

    @extend_schema(operation_id="receipt_add", request=AddReceiptSerializer, responses={201: SpendingReceiptSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Attach the receipt of a payment, or say why there is none."""
        entry, said = entry_or_refuse(request.user, uid), read(request, AddReceiptSerializer)
        file, why = said.get("file"), said["no_receipt"]
        name = file.name if file else ""
        made = services.add_receipt(entry, file=file, name=name, no_receipt=why, by=request.user, on=today())
        log_view(request, "The receipt of a payment", family=entry.family)
        return Response(SpendingReceiptSerializer(made).data, status=CREATED)


class Receipt(APIView):
    @extend_schema(operation_id="receipt_content", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, uid: UUID) -> Any:
        """The content of a receipt."""
        return handed_out(request, receipt_or_refuse(request.user, uid))


urlpatterns = [
    path("families/<uuid:uid>/budget/", Budget.as_view(), name="api-budget"),
    path("families/<uuid:uid>/budget/ask/", Ask.as_view(), name="api-ask-spending"),
    path("families/<uuid:uid>/budget/allowance/", ChangeAllowance.as_view(), name="api-change-allowance"),
    path("spending/", Spendings.as_view(), name="api-spendings"),
    path("spending/<uuid:uid>/", OneSpending.as_view(), name="api-spending"),
    path("spending/<uuid:uid>/approve/", Approve.as_view(), name="api-approve-spending"),
    path("spending/<uuid:uid>/decline/", Decline.as_view(), name="api-decline-spending"),
    path("spending/<uuid:uid>/cancel/", Cancel.as_view(), name="api-cancel-spending"),
    path("spending/<uuid:uid>/payments/", Pay.as_view(), name="api-pay-spending"),
    path("budget-entries/<uuid:uid>/reverse/", Reverse.as_view(), name="api-reverse-entry"),
    path("budget-entries/<uuid:uid>/receipts/", AddReceipt.as_view(), name="api-add-receipt"),
    path("spending-receipts/<uuid:uid>/", Receipt.as_view(), name="api-spending-receipt"),
]

"""Referring for programs: drafts, sending them, and the receipts that are kept."""

from typing import Any

from django.db import transaction
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, generics, serializers
from rest_framework.response import Response

from families.identifiers.rules import NI_NUMBER, UPN, Kind
from families.localities.rules import written
from families.localities.services import find_place
from referrals.intake import rules, services
from referrals.intake.models import Receipt, Referral, ReferralNeed, ReferralPerson
from referrals.intake.rules import PersonAnswer
from referrals.intake.services import PersonRow
from slf.access.doors import get_or_refuse, log_view
from slf.access.models import Locality
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.clock import today
from slf.web.api import answer, body_of_refusal
from slf.web.errors import Conflict, Incomplete
from slf.web.forms import whole_number
from slf.web.revisions import ANY, IF_MATCH, LostRace, NotSeen, seen
from slf.work.once import OnceMixin


class ForThoseWho:
    """Answers 403 to people whose posts do not allow the act (``needs``), whatever the address says."""

    needs: Can

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not rights_of(request.user).may(self.needs):
            raise exceptions.PermissionDenied


class PersonSerializer(serializers.ModelSerializer):
    """Somebody in the family. With a ``uid`` it is the same person as before; without, somebody new."""

    uid = serializers.UUIDField(required=False)

    class Meta:
        model = ReferralPerson
        fields = [
            "uid",
            "part",
            "given_names",
            "family_name",
            "born_on",
            "born_estimated",
            "school",
            "upn",
            "ni_number",
            "responsible",
        ]

    def validate_upn(self, typed: str) -> str:
        return number(typed, UPN)

    def validate_ni_number(self, typed: str) -> str:
        return number(typed, NI_NUMBER)

    def validate_born_on(self, day):
        if day and day > today():
            raise serializers.ValidationError("Nobody is born on a day that is still to come.")
        return day

    def validate(self, said):
        if said.get("born_estimated") and not said.get("born_on"):
            raise serializers.ValidationError({"born_on": "Give the estimated date of birth."})
        return said


class NeedSerializer(serializers.ModelSerializer):
    """One of the common issues, and what was seen of it."""

    class Meta:
        model = ReferralNeed
        fields = ["kind", "evidence"]


class ReferralDraftSerializer(serializers.ModelSerializer):
    """A referral before it is sent. Whatever is left out of a change stays as it was; lists are replaced as a whole."""

    people = PersonSerializer(many=True, required=False)
    needs = NeedSerializer(many=True, required=False)
    name = serializers.CharField(read_only=True)
    district = serializers.SlugRelatedField(
        source="locality", slug_field="slug", queryset=Locality.objects.all(), required=False, allow_null=True,
        help_text="Counts only where the postcode is not known.",
    )  # fmt: skip
    agreed_by = serializers.UUIDField(
        source="agreed_by.uid", required=False, allow_null=True, help_text="The uid of one of the people."
    )
    missing = serializers.SerializerMethodField(help_text="What is to be answered before it can be sent.")

    class Meta:
        model = Referral
        fields = [
            "uid", "state", "revision", "agency", "name", "started_at", "changed_at", "in_danger", "spoke_to",
            "people", "address", "postcode", "district", "phone", "safe_contact", "needs", "whole_family",
            "whole_family_why", "family_knows", "agreement", "refused_why", "agreed_on", "agreed_by", "missing",
        ]  # fmt: skip
        read_only_fields = ["uid", "state", "revision", "agency", "started_at", "changed_at"]

    def get_missing(self, draft: Referral) -> list[str]:
        return [lacking.text for lacking in rules.missing(draft.answers())]

    def validate_people(self, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len(given) > rules.MOST_PEOPLE:
            raise serializers.ValidationError(rules.TOO_MANY)
        return given

    def validate_postcode(self, typed: str) -> str:
        code = read(typed, written, "Enter a full postcode, like LE11 2AB.")
        if code and find_place(code).outside:
            raise serializers.ValidationError(f"{rules.not_in_county(code)}.")
        return code

    def validate_needs(self, given: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({need["kind"] for need in given}) < len(given):
            raise serializers.ValidationError("Name each need once.")
        return given


def read(typed: str, reader, sentence: str) -> str:
    if typed and not reader(typed):
        raise serializers.ValidationError(sentence)
    return reader(typed) or ""


def number(typed: str, kind: Kind) -> str:
    if problem := kind.wrong(typed):
        raise serializers.ValidationError(f"The {kind.in_sentence} {problem}.")
    return kind.read(typed) or ""


def fill_in(draft: Referral, given: dict[str, Any], *, by) -> None:
    """Change what was given, through the verbs of the pages."""
    if {"in_danger", "spoke_to"} & given.keys():
        services.say_danger(draft, by=by, **held(draft, given, "in_danger", "spoke_to"))
    if "people" in given:
        services.list_people(draft, by=by, people=[person_row(said) for said in given["people"]])
    if {"address", "postcode", "phone", "safe_contact", "locality"} & given.keys():
        home = held(draft, given, "address", "postcode", "phone", "safe_contact")
        services.say_home(draft, by=by, **home, district=given.get("locality", still_there(draft, home["postcode"])))
    if {"needs", "whole_family", "whole_family_why"} & given.keys():
        services.say_needs(
            draft, by=by, needs=needs_given(draft, given), **held(draft, given, "whole_family", "whole_family_why")
        )
    if {"family_knows", "agreement", "agreed_on", "agreed_by", "refused_why"} & given.keys():
        said = held(draft, given, "family_knows", "agreement", "agreed_on", "refused_why")
        rules.check_agreed_on(said["agreed_on"], on=today())
        before = services.adults_of(draft).filter(pk=draft.agreed_by_id).values_list("uid", flat=True).first()
        services.say_agreement(draft, by=by, **said, agreed_by=(given.get("agreed_by") or {"uid": before})["uid"])


def needs_given(draft: Referral, given: dict[str, Any]) -> dict[str, str]:
    if "needs" in given:
        return {need["kind"]: need.get("evidence", "") for need in given["needs"]}
    return {need.kind: need.evidence for need in draft.needs.all()}


def still_there(draft: Referral, postcode: str) -> Locality | None:
    """Return the district as it stands; another postcode may be in another district."""
    return draft.locality if postcode == draft.postcode else None


def held(draft: Referral, given: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: given.get(name, getattr(draft, name)) for name in names}


def person_row(said: dict[str, Any]) -> PersonRow:
    return PersonRow(said.get("uid"), PersonAnswer(**{name: value for name, value in said.items() if name != "uid"}))


class Drafts(ForThoseWho, OnceMixin, generics.ListCreateAPIView):
    """Your drafts, and a way to start one."""

    serializer_class = ReferralDraftSerializer
    queryset = Referral.objects.none()
    needs = Can.REFER

    def list(self, request, *args, **kwargs):
        answer = super().list(request, *args, **kwargs)
        log_view(request, "My drafts")
        return answer

    def get_queryset(self):
        return Referral.objects.visible_to(self.request.user, can=Can.REFER).drafts_of(self.request.user).for_page()

    @transaction.atomic
    def create(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        draft = services.start_referral(by=request.user)
        fill_in(draft, serializer.validated_data, by=request.user)
        return draft_answer(self, draft, status=201)


class Draft(ForThoseWho, generics.RetrieveUpdateAPIView):
    """One of your drafts. Its ETag is its revision; a change sends it back as ``If-Match``, so that none is lost."""

    serializer_class = ReferralDraftSerializer
    queryset = Referral.objects.none()
    http_method_names = ["get", "patch", "head", "options"]
    needs = Can.REFER

    def get_object(self):
        rows = Referral.objects.drafts_of(self.request.user).for_page()
        draft = get_or_refuse(rows, self.request.user, can=Can.REFER, uid=self.kwargs["uid"])
        log_view(self.request, "Draft referral")
        return draft

    def retrieve(self, request, *args, **kwargs):
        return draft_answer(self, self.get_object())

    @extend_schema(parameters=[IF_MATCH])
    @transaction.atomic
    def patch(self, request, *args, **kwargs):
        draft = self.get_object()
        serializer = self.get_serializer(draft, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        lock_as_seen(draft, request)
        fill_in(draft, serializer.validated_data, by=request.user)
        return draft_answer(self, draft)


def lock_as_seen(draft: Referral, request) -> None:
    """Refuse with 412 a change made from another revision than ``If-Match`` names, with 428 one that names none."""
    if (tag := seen(request)) is None:
        raise NotSeen
    try:
        services.open_draft(draft, by=request.user, revision=None if tag == ANY else whole_number(tag, other=-1))
    except Conflict as lost:
        raise LostRace(lost.message) from lost


def draft_answer(view, draft: Referral, *, status: int = 200) -> Response:
    fresh = Referral.objects.visible_to(view.request.user).for_page().get(pk=draft.pk)
    answer = Response(view.get_serializer(fresh).data, status=status, headers={"ETag": f'"{fresh.revision}"'})
    if status == 201:
        answer["Location"] = view.request.build_absolute_uri(f"{fresh.uid}/")
    return answer


class ReceiptSerializer(serializers.ModelSerializer):
    """What you sent, in words, and what became of it."""

    state_name = serializers.CharField(source="get_state_display", read_only=True)

    class Meta:
        model = Receipt
        fields = [
            "uid", "reference", "name", "agency", "team", "state", "state_name", "sent_on", "due_on", "decided_on",
            "message", "enquiries", "content",
        ]  # fmt: skip
        read_only_fields = fields


class Receipts(ForThoseWho, generics.ListAPIView):
    """What you have sent, the latest first."""

    serializer_class = ReceiptSerializer
    queryset = Receipt.objects.none()
    needs = Can.REFER

    def list(self, request, *args, **kwargs):
        answer = super().list(request, *args, **kwargs)
        log_view(request, "My referrals")
        return answer

    def get_queryset(self):
        return Receipt.objects.visible_to(self.request.user, can=Can.REFER).kept_by(self.request.user)


class ReceiptOf(ForThoseWho, generics.RetrieveAPIView):
    """One referral you have sent."""

    serializer_class = ReceiptSerializer
    queryset = Receipt.objects.none()
    needs = Can.REFER

    def get_object(self):
        rows = Receipt.objects.kept_by(self.request.user)
        receipt = get_or_refuse(rows, self.request.user, can=Can.REFER, uid=self.kwargs["uid"])
        log_view(self.request, "Receipt of a referral")
        return receipt


class Send(ForThoseWho, OnceMixin, generics.GenericAPIView):
    """Send a draft to its district. What is missing comes back as 422; sent twice, it is the same receipt."""

    serializer_class = ReceiptSerializer
    queryset = Referral.objects.none()
    needs = Can.REFER

    @extend_schema(request=None, responses=ReceiptSerializer)
    def post(self, request, *args, **kwargs):
        kept = Receipt.objects.visible_to(request.user, can=Can.REFER).kept_by(request.user)
        if (receipt := kept.filter(uid=kwargs["uid"]).first()) is None:
            rows = Referral.objects.drafts_of(request.user).for_page()
            draft = get_or_refuse(rows, request.user, can=Can.REFER, uid=kwargs["uid"])
            services.note_first_try(draft, by=request.user, on=today())
            try:
                receipt = services.send_referral(draft, by=request.user, on=today())
            except Incomplete as refusal:  # answered here, so that what was missing at first stays kept
                return answer(body_of_refusal(refusal))
        return Response(self.get_serializer(receipt).data)


urlpatterns = [
    path("referrals/", Drafts.as_view(), name="api-referrals"),
    path("referrals/<uuid:uid>/", Draft.as_view(), name="api-referral"),
    path("referrals/<uuid:uid>/send/", Send.as_view(), name="api-referral-send"),
    path("receipts/", Receipts.as_view(), name="api-receipts"),
    path("receipts/<uuid:uid>/", ReceiptOf.as_view(), name="api-receipt"),
]

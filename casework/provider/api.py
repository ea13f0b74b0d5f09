"""The ESF provider's work with people of families, for programs."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.provider import services
from casework.provider.doors import family_or_refuse, provision_or_refuse, refuse_unless_of_the_provider
from casework.provider.evidence import begin_and_attach
from casework.provider.models import CONTACT_KINDS, EVIDENCE, STATES, ProviderContact, Provision, WorkProgress
from casework.provider.rules import LONGEST
from casework.provider.sharing import stop_sharing
from casework.provider.shown import with_us
from families.people.models import Family, Person
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201
NOBODY = "There is no adult of that identifier in the family."


class ProviderContactSerializer(serializers.ModelSerializer):
    recorded_by = serializers.StringRelatedField()

    class Meta:
        model = ProviderContact
        fields = ["uid", "happened_on", "kind", "words", "recorded_by", "recorded_on"]
        read_only_fields = fields


class WorkProgressSerializer(serializers.ModelSerializer):
    """A step toward work; ``shows``: what was seen is evidence of it. ``supersedes``: the row it corrects."""

    evidence = serializers.ChoiceField(EVIDENCE)
    shows = serializers.BooleanField()
    supersedes = serializers.UUIDField(source="supersedes.uid", default=None)
    recorded_by = serializers.StringRelatedField()

    class Meta:
        model = WorkProgress
        fields = [
            "uid", "step", "happened_on", "began_on", "evidence", "shows", "seen_by", "seen_on", "words",
            "recorded_by", "recorded_on", "supersedes", "is_withdrawn",
        ]  # fmt: skip
        read_only_fields = fields


class ProvisionSerializer(serializers.ModelSerializer):
    """Somebody with the provider, as far as it came; ``contacts`` are the provider's own, the latest first."""

    family = serializers.UUIDField(source="family.shown.uid")
    person = serializers.UUIDField(source="person.shown.uid")
    state = serializers.ChoiceField(STATES)
    refused_because = serializers.CharField(help_text="Why not, in words.")
    ended_because = serializers.CharField(help_text="Why it ended, in words.")
    sent_by = serializers.StringRelatedField()
    answered_by = serializers.StringRelatedField(allow_null=True)
    begun_by = serializers.StringRelatedField(allow_null=True)
    ended_by = serializers.StringRelatedField(allow_null=True)
    contacts = ProviderContactSerializer(many=True)
    progress = WorkProgressSerializer(many=True)

    class Meta:
        model = Provision
        fields = [
            "uid", "family", "person", "state", "why", "agreed_on", "sent_on", "sent_by", "answered_on", "answered_by",
            "refusal", "refused_because", "answer", "begun_on", "begun_by", "ended_on", "ended_by", "ending",
            "ended_because", "ended_words", "contacts", "progress",
        ]  # fmt: skip
        read_only_fields = fields


class DueSerializer(serializers.Serializer):
    """What the provider is to do next, and by when."""

    words = serializers.CharField()
    by = serializers.DateField()


class WithProviderSerializer(serializers.Serializer):
    """Somebody who was sent to the provider or is with it."""

    uid = serializers.UUIDField(source="provision.uid")
    family = serializers.UUIDField(source="provision.family.shown.uid")
    person = serializers.UUIDField(source="provision.person.shown.uid")
    state = serializers.ChoiceField(STATES, source="provision.state")
    due = DueSerializer(allow_null=True)
    is_late = serializers.BooleanField()


class SendToProviderSerializer(serializers.Serializer):
    person = serializers.UUIDField(help_text="An adult of the family.")
    why = serializers.CharField(max_length=LONGEST)
    agreed_on = serializers.DateField(help_text="When they agreed to it.")
    sent_on = serializers.DateField(default=today)


class TakeOnSerializer(serializers.Serializer):
    answered_on = serializers.DateField(default=today)


class TurnDownSerializer(serializers.Serializer):
    refusal = serializers.CharField(max_length=12, help_text="A code of the setting ``esf_refusals``.")
    answer = serializers.CharField(max_length=LONGEST)
    answered_on = serializers.DateField(default=today)


class BeginProvisionSerializer(serializers.Serializer):
    begun_on = serializers.DateField(default=today)


class RecordContactSerializer(serializers.Serializer):
    happened_on = serializers.DateField(default=today)
    kind = serializers.ChoiceField(CONTACT_KINDS)
    words = serializers.CharField(max_length=LONGEST)


class StopSharingSerializer(serializers.Serializer):
    words = serializers.CharField(max_length=LONGEST, help_text="Why it is not shared any more.")


class EndProvisionSerializer(serializers.Serializer):
    ended_on = serializers.DateField(default=today)
    ending = serializers.CharField(max_length=12, help_text="A code of the setting ``esf_endings``.")
    ended_words = serializers.CharField(max_length=LONGEST)


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def answered(request: Request, provision: Provision, what: str, *, status: int = 200) -> Response:
    log_view(request, what, family=provision.family)
    found = of_page(request).get(pk=provision.pk)
    return Response(ProvisionSerializer(found).data, status=status)


def of_page(request: Request):
    return (
        Provision.objects.visible_to(request.user)
        .for_page()
        .prefetch_related("contacts__recorded_by", "progress__recorded_by", "progress__supersedes")
    )


class WithProvider(APIView):
    @extend_schema(operation_id="with_provider", responses=WithProviderSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Who is with the provider, each with what is due, the most overdue first."""
        refuse_unless_of_the_provider(request.user)
        rows = with_us(request.user, on=today())
        log_view(request, "With the provider", families={row.provision.family_id for row in rows})
        return Response(WithProviderSerializer(rows, many=True).data)


class ProvisionsOfFamily(OnceMixin, APIView):
    @extend_schema(operation_id="provision_list", responses=ProvisionSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """Who of the family is or was with the provider."""
        family = family_or_refuse(request.user, uid)
        log_view(request, "Work and training", family=family)
        return Response(ProvisionSerializer(of_page(request).filter(family=family), many=True).data)

    @extend_schema(
        operation_id="provision_send", request=SendToProviderSerializer, responses={201: ProvisionSerializer}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Send one adult of a family that is shared to the provider."""
        family = family_or_refuse(request.user, uid, can=Can.SEND_TO_PROVIDER)
        said = read(request, SendToProviderSerializer)
        said["person"] = self.adult(family, said["person"])
        made = services.send_to_provider(family, by=request.user, on=today(), **said)
        return answered(request, made, "Send to the provider", status=CREATED)

    def adult(self, family: Family, uid: UUID) -> Person:
        for member in services.adults_of(family, by=self.request.user, on=today()):
            if member.person.uid == uid:
                return member.entry
        raise exceptions.ValidationError({"person": [NOBODY]})


class OneStep(OnceMixin, APIView):
    """One step of the provider with somebody."""

    def take(self, request: Request, uid: UUID, verb: Any, said: type[serializers.Serializer], **more: Any) -> Response:
        found = provision_or_refuse(request.user, uid, can=Can.PROVIDE)
        verb(found, by=request.user, on=today(), **read(request, said))
        return answered(request, found, "Step of the provider", **more)


class TakeOn(OneStep):
    @extend_schema(operation_id="provision_take_on", request=TakeOnSerializer, responses=ProvisionSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that the provider takes somebody on."""
        return self.take(request, uid, services.take_on, TakeOnSerializer)


class TurnDown(OneStep):
    @extend_schema(operation_id="provision_turn_down", request=TurnDownSerializer, responses=ProvisionSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that the provider does not take somebody on, and why."""
        return self.take(request, uid, services.turn_down, TurnDownSerializer)


class BeginProvision(OneStep):
    @extend_schema(operation_id="provision_begin", request=BeginProvisionSerializer, responses=ProvisionSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Write down that the provision began."""
        return self.take(request, uid, begin_and_attach, BeginProvisionSerializer)


class RecordContact(OneStep):
    @extend_schema(
        operation_id="provision_contact", request=RecordContactSerializer, responses={201: ProvisionSerializer}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Write down one contact of the provider."""
        return self.take(request, uid, services.record_contact, RecordContactSerializer, status=CREATED)


class EndProvision(OneStep):
    @extend_schema(operation_id="provision_end", request=EndProvisionSerializer, responses=ProvisionSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Write down that the provider's work with somebody ended."""
        return self.take(request, uid, services.end_provision, EndProvisionSerializer)


class StopSharing(OnceMixin, APIView):
    @extend_schema(operation_id="provider_stop_sharing", request=StopSharingSerializer, responses={204: None})
    def post(self, request: Request, uid: UUID) -> Response:
        """End that a family is shared with the provider: what it wrote stays."""
        family = family_or_refuse(request.user, uid, can=Can.SHARE_FAMILY)
        log_view(request, "Stop sharing with the provider", family=family)
        stop_sharing(family, by=request.user, on=today(), **read(request, StopSharingSerializer))
        return Response(status=204)


urlpatterns = [
    path("with-provider/", WithProvider.as_view(), name="api-with-provider"),
    path("families/<uuid:uid>/provisions/", ProvisionsOfFamily.as_view(), name="api-provisions"),
    path("provisions/<uuid:uid>/take-on/", TakeOn.as_view(), name="api-take-on"),
    path("provisions/<uuid:uid>/turn-down/", TurnDown.as_view(), name="api-turn-down"),
    path("provisions/<uuid:uid>/begin/", BeginProvision.as_view(), name="api-begin-provision"),
    path("provisions/<uuid:uid>/contacts/", RecordContact.as_view(), name="api-provider-contact"),
    path("provisions/<uuid:uid>/end/", EndProvision.as_view(), name="api-end-provision"),
    path("families/<uuid:uid>/provisions/stop-sharing/", StopSharing.as_view(), name="api-stop-sharing-provider"),
]

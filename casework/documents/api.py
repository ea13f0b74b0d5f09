"""Documents of a family, for programs. A file comes as multipart; its content is at its own address."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import parsers, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.documents import services
from casework.documents.choosing import things_of
from casework.documents.doors import document_or_refuse, documents_of, family_or_refuse, version_or_refuse
from casework.documents.models import Document, DocumentVersion
from casework.documents.rules import LONGEST, LONGEST_LINE, MASKED
from casework.documents.services import Told
from families.households.services import household_on
from families.people.models import Family
from slf.access.doors import log_view
from slf.access.rules import SHORTEST_REASON, Can
from slf.clock import today
from slf.files.handing import handed_out
from slf.files.services import held_among
from slf.work.once import OnceMixin

CREATED = 201
HIDDEN = {"title": MASKED, "source": "", "person": None, "about": ""}
"""What is said of a document that was entered in error: as little as its page says."""
NOBODY = "There is nobody of this family behind it."
NOTHING = "There is nothing of this family's record behind it."


class VersionSerializer(serializers.ModelSerializer):
    """A version. ``waits``: in words, why its file cannot be opened; empty where it can be."""

    added_by = serializers.StringRelatedField()
    waits = serializers.SerializerMethodField()

    class Meta:
        model = DocumentVersion
        fields = [
            "uid", "number", "why", "name", "content_type", "size", "digest", "added_by", "added_on", "waits",
        ]  # fmt: skip
        read_only_fields = fields

    def get_waits(self, version: DocumentVersion) -> str:
        return self.context.get("held", {}).get(version.content.name, "")


class DocumentSerializer(serializers.ModelSerializer):
    """A document with its versions, the newest first. ``mistake``: why it was entered in error."""

    family = serializers.UUIDField(source="family.shown.uid")
    title = serializers.CharField(source="__str__")
    kind_name = serializers.CharField()
    person = serializers.UUIDField(source="person.uid", allow_null=True)
    about = serializers.SerializerMethodField()
    kept_by = serializers.StringRelatedField()
    mistake = serializers.SerializerMethodField()
    versions = VersionSerializer(many=True)

    class Meta:
        model = Document
        fields = [
            "uid", "family", "kind", "kind_name", "title", "dated_on", "source", "person", "about", "kept_by",
            "kept_on", "mistake", "versions",
        ]  # fmt: skip
        read_only_fields = fields

    def get_about(self, document: Document) -> str:
        return f"{document.about._meta.model_name}:{document.about.uid}" if document.about else ""

    def get_mistake(self, document: Document) -> str:
        return document.mistake.because if document.is_mistaken else ""

    def to_representation(self, document: Document) -> dict[str, Any]:
        shown = super().to_representation(document)
        return shown | (HIDDEN if document.is_mistaken else {})


class FileSerializer(serializers.Serializer):
    file = serializers.FileField()


class KeepSerializer(FileSerializer):
    kind = serializers.CharField(max_length=12, help_text="A code of the setting ``document_kinds``.")
    title = serializers.CharField(max_length=LONGEST_LINE)
    dated_on = serializers.DateField(help_text="The date that is on it.")
    source = serializers.CharField(max_length=LONGEST_LINE, default="", allow_blank=True)
    person = serializers.UUIDField(default=None, allow_null=True, help_text="Somebody of the family.")
    about = serializers.CharField(
        default="", allow_blank=True, max_length=60, help_text="``visit:`` and its uid; or ``plan``, ``assessment``, "
        "``concern``.",
    )  # fmt: skip


class NewVersionSerializer(FileSerializer):
    why = serializers.CharField(max_length=LONGEST)


class DocumentMistakeSerializer(serializers.Serializer):
    because = serializers.CharField(min_length=SHORTEST_REASON, max_length=LONGEST)


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def shown(rows: list[Document]) -> Any:
    held = held_among([version.content.name for row in rows for version in row.all_versions])
    return DocumentSerializer(rows, many=True, context={"held": held}).data


def answered(request: Request, uid: UUID, what: str, *, status: int = 200) -> Response:
    found = document_or_refuse(request.user, uid)
    log_view(request, what, family=found.family)
    return Response(shown([found])[0], status=status)


def told_of(request: Request, family: Family, said: dict[str, Any]) -> Told:
    person, about = said.pop("person"), said.pop("about")
    members = {member.person.uid: member.entry for member in household_on(family, today(), by=request.user)}
    things = {thing.key: thing for thing in things_of(family, by=request.user)}
    if person and person not in members:
        raise serializers.ValidationError({"person": [NOBODY]})
    if about and about not in things:
        raise serializers.ValidationError({"about": [NOTHING]})
    belongs = {str(things[about].about): things[about].row} if about else {}
    return Told(**said, person=members.get(person), **belongs)


class OfFamily(OnceMixin, APIView):
    parser_classes = (parsers.MultiPartParser,)

    @extend_schema(operation_id="documents_list", responses=DocumentSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """The documents of a family, the newest date first."""
        family = family_or_refuse(request.user, uid)
        log_view(request, "Documents", family=family)
        return Response(shown(documents_of(family, user=request.user)))

    @extend_schema(operation_id="document_keep", request=KeepSerializer, responses={201: DocumentSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Keep a document and its first version."""
        family = family_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, KeepSerializer)
        file = said.pop("file")
        told = told_of(request, family, said)
        made = services.keep_document(family, told, file=file, name=file.name, by=request.user, on=today())
        return answered(request, made.uid, "Keep a document", status=CREATED)


class OneDocument(APIView):
    @extend_schema(operation_id="document_read", responses=DocumentSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        """One document with its versions."""
        return answered(request, uid, "A document")


class Versions(OnceMixin, APIView):
    parser_classes = (parsers.MultiPartParser,)

    @extend_schema(
        operation_id="document_version_add", request=NewVersionSerializer, responses={201: DocumentSerializer}
    )
    def post(self, request: Request, uid: UUID) -> Response:
        """Keep a new version beside those before."""
        found = document_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, NewVersionSerializer)
        file = said.pop("file")
        services.add_version(found, file=file, name=file.name, by=request.user, on=today(), **said)
        return answered(request, uid, "New version of a document", status=CREATED)


class Mistake(OnceMixin, APIView):
    @extend_schema(operation_id="document_mistake", request=DocumentMistakeSerializer, responses=DocumentSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that a document was entered in error: it is masked, not deleted."""
        found = document_or_refuse(request.user, uid, can=Can.WORK_FAMILY)
        said = read(request, DocumentMistakeSerializer)
        services.say_mistake(found, by=request.user, on=today(), **said)
        return answered(request, uid, "A document entered in error")


class Content(APIView):
    @extend_schema(operation_id="document_file", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, uid: UUID) -> Any:
        """The content of a version, once the virus scanner has looked at it."""
        found = version_or_refuse(request.user, uid)
        log_view(request, f"{found.document.logged}, version {found.number}", family=found.family)
        return handed_out(found)


urlpatterns = [
    path("families/<uuid:uid>/documents/", OfFamily.as_view(), name="api-documents"),
    path("documents/<uuid:uid>/", OneDocument.as_view(), name="api-document"),
    path("documents/<uuid:uid>/versions/", Versions.as_view(), name="api-document-versions"),
    path("documents/<uuid:uid>/mistake/", Mistake.as_view(), name="api-document-mistake"),
    path("documents/versions/<uuid:uid>/file/", Content.as_view(), name="api-document-file"),
]

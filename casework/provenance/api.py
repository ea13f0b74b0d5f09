"""The marks of an entry, for programs."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.provenance.models import Provenance
from casework.provenance.rules import AGENCY_NAMES, GRADE_NAMES, LONGEST_OTHER, Marks
from casework.provenance.services import mark_entry
from casework.provenance.views import entry_or_refuse, marks_of
from families.households.services import household_on
from slf.access.doors import log_view
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin

AGENCIES = [(agency.value, name) for agency, name in AGENCY_NAMES.items()]
NOBODY = "There is nobody of this family behind it."


class MarksSerializer(serializers.Serializer):
    """What is said of an entry; empty where nothing is. People by their ``uid``."""

    grade = serializers.ChoiceField([("", ""), *GRADE_NAMES.items()], default="", allow_blank=True)
    told_by = serializers.UUIDField(default=None, allow_null=True)
    told_by_other = serializers.CharField(default="", allow_blank=True, max_length=LONGEST_OTHER)
    kept_from = serializers.ListField(child=serializers.UUIDField(), default=list)
    kept_from_agencies = serializers.MultipleChoiceField(choices=AGENCIES, default=list)


def shown(row: Provenance | None) -> dict[str, Any]:
    if row is None:
        return {"grade": "", "told_by": None, "told_by_other": "", "kept_from": [], "kept_from_agencies": []}
    kept = list(row.kept.all())
    return {
        "grade": row.grade, "told_by": row.told_by.uid if row.told_by else None, "told_by_other": row.told_by_other,
        "kept_from": [one.person.uid for one in kept if one.person],
        "kept_from_agencies": sorted(one.agency for one in kept if one.agency),
    }  # fmt: skip


class MarksOfEntry(OnceMixin, APIView):
    @extend_schema(operation_id="marks_read", responses=MarksSerializer)
    def get(self, request: Request, about: str, uid: UUID) -> Response:
        """What is said of an entry: ``visit``, ``need``, ``reading`` or ``document`` and its uid."""
        kind, entry = entry_or_refuse(request.user, about, uid, can=Can.WORK_FAMILY)
        log_view(request, "The marks of an entry", family=entry.family)
        return Response(shown(marks_of(kind, entry, request.user)))

    @extend_schema(operation_id="marks_write", request=MarksSerializer, responses=MarksSerializer)
    def post(self, request: Request, about: str, uid: UUID) -> Response:
        """Say all that there is to say of an entry; what is left out is said of it no longer."""
        kind, entry = entry_or_refuse(request.user, about, uid, can=Can.WORK_FAMILY)
        body = MarksSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        household = household_on(entry.family.shown, today(), by=request.user, known=True)
        people = {member.person.uid: member.person_id for member in household}
        named = {*said["kept_from"], *([said["told_by"]] if said["told_by"] else [])}
        if not named <= people.keys():
            raise serializers.ValidationError({"kept_from": [NOBODY]})
        kept, told = frozenset(people[uid] for uid in said["kept_from"]), people.get(said["told_by"])
        marks = Marks(said["grade"], told, said["told_by_other"], kept, frozenset(said["kept_from_agencies"]))
        mark_entry(kind, entry, marks, by=request.user, on=today())
        log_view(request, "Mark an entry", family=entry.family)
        return Response(shown(marks_of(kind, entry, request.user)))


urlpatterns = [path("marks/<slug:about>/<uuid:uid>/", MarksOfEntry.as_view(), name="api-marks")]

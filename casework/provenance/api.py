"""The marks of an entry, for programs."""

from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.provenance.models import Provenance, lines_in
from casework.provenance.rules import AGENCY_NAMES, GRADE_NAMES, LONGEST_OTHER, About, Marks
from casework.provenance.services import mark_entry, seen_as
from casework.provenance.views import entry_or_refuse, marks_of, needs_of
from families.households.services import household_on
from families.needs.models import Need, Statement
from families.people.models import Family
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.accounts.models import User
from slf.clock import today
from slf.web.errors import Conflict
from slf.web.revisions import ANY, IF_MATCH, LostRace, NotSeen, seen
from slf.work.once import OnceMixin

AGENCIES = [(agency.value, name) for agency, name in AGENCY_NAMES.items()]
UNMARKED = "unmarked"
"""The ETag of an entry that nobody has marked."""
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
        """What is said of an entry (``visit``, ``need``, ``reading`` or ``document``, and its uid), with its ETag."""
        kind, entry = entry_or_refuse(request.user, about, uid, can=Can.WORK_FAMILY)
        log_view(request, "The marks of an entry", family=entry.family)
        return answer(marks_of(kind, entry, request.user))

    @extend_schema(
        operation_id="marks_write", parameters=[IF_MATCH], request=MarksSerializer, responses=MarksSerializer
    )
    def post(self, request: Request, about: str, uid: UUID) -> Response:
        """Say all that there is to say of an entry; what is left out is said of it no longer.

        ``If-Match`` names the marks that were read. It is needed where there are some already.
        """
        kind, entry = entry_or_refuse(request.user, about, uid, can=Can.WORK_FAMILY)
        body = MarksSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        before = marks_of(kind, entry, request.user)
        marks = marks_said(body.validated_data, entry, request.user, before=before)
        known = self.seen(before)
        try:
            mark_entry(kind, entry, marks, by=request.user, on=today(), seen=known)
        except Conflict as lost:
            raise LostRace(lost.message) from lost
        log_view(request, "Mark an entry", family=entry.family)
        return answer(marks_of(kind, entry, request.user))

    def seen(self, now: Provenance | None) -> str:
        """Return the marks that ``If-Match`` names; 428 without one where there are some, 412 when there are others."""
        tag = seen(self.request)
        if tag is None and now is not None:
            raise NotSeen
        if tag not in {None, ANY, tag_of(now)}:
            raise LostRace
        return seen_as(now)


def marks_said(said: dict[str, Any], entry: Any, user: User, *, before: Provenance | None) -> Marks:
    """Return what is said. Whoever is named already can be named again: who left still must not learn of it."""
    household = household_on(entry.family.shown, today(), by=user, known=True)
    people = {member.person.uid: member.person_id for member in household}
    if before is not None:
        people |= {row.person.uid: row.person_id for row in before.kept.all() if row.person}
        people |= {before.told_by.uid: before.told_by_id} if before.told_by else {}
    named = {*said["kept_from"], *([said["told_by"]] if said["told_by"] else [])}
    if not named <= people.keys():
        raise serializers.ValidationError({"kept_from": [NOBODY]})
    kept, told = frozenset(people[uid] for uid in said["kept_from"]), people.get(said["told_by"])
    return Marks(said["grade"], told, said["told_by_other"], kept, frozenset(said["kept_from_agencies"]))


def tag_of(row: Provenance | None) -> str:
    return seen_as(row) or UNMARKED


def answer(row: Provenance | None) -> Response:
    return Response(shown(row), headers={"ETag": f'"{tag_of(row)}"'})


class NeedStatementSerializer(serializers.ModelSerializer):
    """What was said of a need again."""

    class Meta:
        model = Statement
        fields = ["words", "source", "said_on"]


class FamilyNeedSerializer(serializers.ModelSerializer):
    """A need as it was found. ``marked``: whose information it is and who must not learn of it, in words."""

    person = serializers.UUIDField(source="person.uid", allow_null=True)
    statements = NeedStatementSerializer(many=True)
    marked = serializers.SerializerMethodField()

    class Meta:
        model = Need
        fields = ["uid", "kind", "person", "started_on", "ended_on", "evidence", "source", "statements", "marked"]
        read_only_fields = fields

    def get_marked(self, need: Need) -> list[str]:
        return self.context["lines"].get(f"{About.NEED}:{need.uid}", [])


class NeedsOfFamily(APIView):
    @extend_schema(operation_id="needs_of_family", responses=FamilyNeedSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """The needs of a family, those that are open first."""
        family = get_or_refuse(Family.objects.open_to(request.user), request.user, uid=uid)
        log_view(request, "Needs", family=family)
        context = {"lines": lines_in(family, user=request.user)}
        return Response(FamilyNeedSerializer(needs_of(family, request.user), many=True, context=context).data)


urlpatterns = [
    path("families/<uuid:uid>/needs/", NeedsOfFamily.as_view(), name="api-needs-of-family"),
    path("marks/<slug:about>/<uuid:uid>/", MarksOfEntry.as_view(), name="api-marks"),
]

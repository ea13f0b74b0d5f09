"""A person for programs, as one family knows them."""

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView

from families.identifiers.rules import KINDS, Kind
from families.names.models import PersonName
from families.names.rules import FORMER, KIND_NAMES, SHOWN_NAMES, WORD_CHOICES, Called
from families.names.services import Told, add_name, change_name, correct_name, remove_name
from families.people.models import Membership, Person
from families.profile import services
from families.profile.members import is_open, member_or_refuse
from slf.access.doors import get_or_refuse, log_view
from slf.access.rules import Can
from slf.clock import today
from slf.web.errors import Conflict
from slf.web.revisions import ANY, IF_MATCH, LostRace, NotSeen, seen
from slf.work.once import OnceMixin

CREATED, GONE = 201, 204


class OtherNameSerializer(serializers.ModelSerializer):
    """Another name. Where it is from is told only in the family in which it was told."""

    source = serializers.CharField(max_length=200, help_text="Empty for a name told in another family.")
    shown = serializers.ChoiceField(choices=list(SHOWN_NAMES.items()), write_only=True, help_text="Who may see it.")

    class Meta:
        model = PersonName
        fields = [
            "uid", "kind", "given_names", "family_name", "began_on", "ended_on", "source", "told_by", "protected",
            "called_here", "shown",
        ]  # fmt: skip
        read_only_fields = ["uid", "protected", "called_here"]

    def to_representation(self, name: PersonName) -> dict[str, Any]:
        said = super().to_representation(name)
        return said if name.family_id == self.context["family"].pk else said | {"source": "", "told_by": ""}

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if not said.get("given_names") and not said.get("family_name"):
            raise serializers.ValidationError({"given_names": "Give a given name or a family name."})
        began, ended = said.get("began_on"), said.get("ended_on")
        if began and ended and ended < began:
            raise serializers.ValidationError({"ended_on": "The last day must be on or after the first."})
        if ended and said["shown"] == "called_here":
            raise serializers.ValidationError({"ended_on": "A name they are called here has no end."})
        return said


class NameInUseSerializer(serializers.Serializer):
    """The name somebody goes by from now on; what the one before ``was``, or nothing when it was a slip of the pen."""

    given_names = serializers.CharField(max_length=120)
    family_name = serializers.CharField(max_length=120)
    known_as = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    was = serializers.ChoiceField(
        choices=[(str(kind), KIND_NAMES[kind]) for kind in FORMER], required=False, help_text="Left out: a slip."
    )
    changed_on = serializers.DateField(required=False, allow_null=True, default=None)
    source = serializers.CharField(max_length=200)
    told_by = serializers.ChoiceField(choices=WORD_CHOICES)


class PersonOfFamilySerializer(serializers.ModelSerializer):
    """A person: the card's part to everybody who sees the card, numbers where the record is open."""

    name = serializers.SerializerMethodField(help_text="What they are called in this family.")
    names = serializers.SerializerMethodField()
    source = serializers.CharField(max_length=200, write_only=True, required=False, help_text="Of the numbers.")

    class Meta:
        model = Person
        fields = [
            "uid", "name", "given_names", "family_name", "known_as", "born_on", "born_estimated", "gender", "died_on",
            *KINDS, "names", "source",
        ]  # fmt: skip
        read_only_fields = ["uid", "given_names", "family_name", "known_as"]
        # Two people of one number are told apart by the service, which says nothing of those out of sight.
        extra_kwargs = {field: {"validators": [], "max_length": 20} for field in KINDS}

    def get_name(self, person: Person) -> str:
        return str(self.context["member"].name)

    def get_names(self, person: Person) -> list[dict[str, Any]]:
        member, user = self.context["member"], self.context["user"]
        rows = PersonName.objects.visible_to(user).filter(person=person).told_in(member.family)
        return list(OtherNameSerializer(rows, many=True, context={"family": member.family}).data)

    def to_representation(self, person: Person) -> dict[str, Any]:
        said = super().to_representation(person)
        return said if self.context["opened"] else said | dict.fromkeys(KINDS)

    def validate_upn(self, typed: str | None) -> str:
        return number(typed, KINDS["upn"])

    def validate_nhs_number(self, typed: str | None) -> str:
        return number(typed, KINDS["nhs_number"])

    def validate_ni_number(self, typed: str | None) -> str:
        return number(typed, KINDS["ni_number"])

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        born, died = (said.get(name, getattr(self.instance, name)) for name in ("born_on", "died_on"))
        for name, day in (("born_on", born), ("died_on", died)):
            if day and day > today():
                raise serializers.ValidationError({name: "The day cannot be still to come."})
        if born and died and died < born:
            raise serializers.ValidationError({"died_on": "The day of death must be after the date of birth."})
        if said.get("born_estimated", self.instance.born_estimated) and born is None:
            raise serializers.ValidationError({"born_on": "Give the estimated date of birth."})
        if KINDS.keys() & said.keys() and not said.get("source"):
            raise serializers.ValidationError({"source": "Say where the numbers are from."})
        return said


def number(typed: str | None, kind: Kind) -> str:
    if typed and (problem := kind.wrong(typed)):
        raise serializers.ValidationError(f"The {kind.in_sentence} {problem}.")
    return (typed and kind.read(typed)) or ""


class OfAPerson(OnceMixin, APIView):
    """A view of one person in one family, who is asked for before anything in the body is looked at."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        can = Can.READ if request.method in SAFE_METHODS else Can.WORK_FAMILY
        self.member: Membership = member_or_refuse(request.user, kwargs["uid"], kwargs["person"], can=can)

    def finalize_response(self, request, response, *args, **kwargs):
        """Log what is shown, in whatever answer."""
        if response.status_code < 300 and response.data:
            log_view(request, "Person", family=self.member.family)
        return super().finalize_response(request, response, *args, **kwargs)

    def answer(self) -> Response:
        """Return the person as they are now, with their ETag."""
        person = self.member.person
        person.refresh_from_db()
        self.member.refresh_from_db(fields=["called"])
        data = PersonOfFamilySerializer(person, context=self.context()).data
        return Response(data, headers={"ETag": f'"{person.revision}"'})

    def context(self) -> dict[str, Any]:
        user = self.request.user
        return {"member": self.member, "family": self.member.family, "user": user, "opened": is_open(self.member, user)}

    def revision(self) -> int:
        """Return the state that ``If-Match`` names; one is needed, and another than the last is a lost race."""
        now, tag = self.member.person.revision, seen(self.request)
        if tag is None:
            raise NotSeen
        if tag not in {ANY, str(now)}:
            raise LostRace
        return now

    def read(self, serializer: type[serializers.Serializer], **more: Any) -> dict[str, Any]:
        body = serializer(data=self.request.data, context=self.context(), **more)
        body.is_valid(raise_exception=True)
        return dict(body.validated_data)


class PersonOfFamily(OfAPerson):
    """A person as one family knows them."""

    @extend_schema(operation_id="person_read", responses=PersonOfFamilySerializer)
    def get(self, request, uid, person):
        return self.answer()

    @extend_schema(
        operation_id="person_change",
        parameters=[IF_MATCH],
        request=PersonOfFamilySerializer,
        responses=PersonOfFamilySerializer,
    )
    def patch(self, request, uid, person):
        """Change birth, gender, death and numbers; what is left out stays. Numbers need a ``source``.

        A number that has to be checked first is not kept, and stays on the record as it was told.
        """
        revision, who = self.revision(), self.member.person
        given = self.read(PersonOfFamilySerializer, instance=who, partial=True)
        numbers = {field: given[field] for field in KINDS if field in given}
        if numbers:
            self._say_numbers(numbers, revision=revision, source=given["source"])
            revision += 1
        said = {
            name: given.get(name, getattr(who, name)) for name in ("born_on", "born_estimated", "gender", "died_on")
        }
        if said["born_on"] is None:
            said["born_estimated"] = False
        if given.keys() & said.keys():
            services.say_birth(self.member, **said, revision=revision, by=request.user)
        return self.answer()

    def _say_numbers(self, numbers: dict[str, str], *, revision: int, source: str) -> None:
        by = self.request.user
        if taken := services.taken_in_sight(self.member.person, numbers, by=by):
            raise serializers.ValidationError({field: f"{sentence}." for field, sentence in taken.items()})
        services.say_identifiers(self.member, numbers, revision=revision, source=source, by=by, on=today())


class NameInUse(OfAPerson):
    """The name somebody goes by."""

    @extend_schema(
        operation_id="person_call",
        parameters=[IF_MATCH],
        request=NameInUseSerializer,
        responses=PersonOfFamilySerializer,
    )
    def post(self, request, uid, person):
        """Change the name in use, or put right how it was written."""
        revision, given = self.revision(), self.read(NameInUseSerializer)
        called = Called(given["given_names"], given["family_name"], given["known_as"])
        told, by = Told(given["source"], given["told_by"]), request.user
        try:
            if was := given.get("was"):
                change_name(
                    self.member, called, was=was, changed_on=given["changed_on"], told=told, revision=revision, by=by
                )
            else:
                correct_name(self.member, called, revision=revision, by=by)
        except Conflict as lost:
            raise LostRace(lost.message) from lost
        return self.answer()


class OtherNames(OfAPerson):
    """The other names of a person."""

    @extend_schema(operation_id="person_add_name", request=OtherNameSerializer, responses={201: OtherNameSerializer})
    def post(self, request, uid, person):
        """Keep another name. ``shown`` says who may see it: ``all``, ``household`` or ``called_here``."""
        given = self.read(OtherNameSerializer)
        told = Told(given.pop("source"), given.pop("told_by"))
        row = add_name(self.member, **given, told=told, by=request.user)
        return Response(OtherNameSerializer(row, context=self.context()).data, status=CREATED)


class OtherName(OfAPerson):
    @extend_schema(operation_id="person_remove_name", request=None, responses={GONE: None})
    def delete(self, request, uid, person, name):
        """Take a name away that was told in error. It stays in the history."""
        rows = PersonName.objects.filter(family=self.member.family, person=self.member.person)
        remove_name(get_or_refuse(rows, request.user, can=Can.WORK_FAMILY, uid=name), by=request.user)
        return Response(status=GONE)


PERSON = "families/<uuid:uid>/people/<uuid:person>/"
urlpatterns = [
    path(PERSON, PersonOfFamily.as_view(), name="api-person"),
    path(f"{PERSON}name/", NameInUse.as_view(), name="api-person-name"),
    path(f"{PERSON}names/", OtherNames.as_view(), name="api-person-names"),
    path(f"{PERSON}names/<uuid:name>/", OtherName.as_view(), name="api-person-other-name"),
]

"""Families as cards, for programs."""

from django.urls import path
from rest_framework import generics, serializers

from families.people.models import Family, Membership
from slf.access.doors import get_or_refuse, log_view
from slf.clock import today


class MemberSerializer(serializers.ModelSerializer):
    """One of the household today."""

    person = serializers.UUIDField(source="person.uid")
    name = serializers.CharField()
    born_on = serializers.DateField(source="person.born_on", allow_null=True)

    class Meta:
        model = Membership
        fields = ["person", "name", "born_on", "part", "school"]
        read_only_fields = fields


class FamilySerializer(serializers.ModelSerializer):
    """The card: that the family is known, and where."""

    locality = serializers.CharField(source="scope.locality.name", default=None, allow_null=True)

    class Meta:
        model = Family
        fields = ["uid", "reference", "name", "locality", "known_since"]
        read_only_fields = fields


class FamilyDetailSerializer(FamilySerializer):
    """The card with the household as it is today."""

    household = serializers.SerializerMethodField()

    class Meta(FamilySerializer.Meta):
        fields = [*FamilySerializer.Meta.fields, "household"]
        read_only_fields = fields

    def get_household(self, family: Family) -> list[dict]:
        rows = Membership.objects.visible_to(self.context["request"].user).filter(family=family).on(today()).in_order()
        return MemberSerializer(rows.select_related("person__merged_into"), many=True).data


class Families(generics.ListAPIView):
    """The families of your localities, as cards."""

    serializer_class = FamilySerializer
    queryset = Family.objects.none()

    def get_queryset(self):
        return Family.objects.visible_to(self.request.user).standing().select_related("scope__locality")

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        log_view(self.request, "Families", families=[family.pk for family in page])
        return page


class FamilyDetail(generics.RetrieveAPIView):
    """One family's card."""

    serializer_class = FamilyDetailSerializer
    queryset = Family.objects.none()
    lookup_field = "uid"

    def get_queryset(self):
        return Family.objects.visible_to(self.request.user).select_related("scope__locality")

    def get_object(self):
        family = get_or_refuse(self.get_queryset(), self.request.user, uid=self.kwargs["uid"])
        log_view(self.request, "Family card", family=family)
        return family


urlpatterns = [
    path("families/", Families.as_view(), name="api-families"),
    path("families/<uuid:uid>/", FamilyDetail.as_view(), name="api-family"),
]

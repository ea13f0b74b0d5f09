"""The directory of services for programs: everybody reads it, administrators keep it."""

from django.urls import path
from rest_framework import exceptions, generics, serializers

from referrals.directory.forms import FIRST, NO_WAY
from referrals.directory.models import Service
from slf.access.models import Locality
from slf.access.rights import rights_of
from slf.access.rules import Can
from slf.clock import today
from slf.work.once import OnceMixin


class ServiceSerializer(serializers.ModelSerializer):
    """A service to signpost to; without a locality it is one of the whole county."""

    locality = serializers.SlugRelatedField(
        slug_field="slug", queryset=Locality.objects.all(), required=False, allow_null=True
    )

    class Meta:
        model = Service
        fields = [
            "uid", "name", "offers", "locality", "phone", "web", "level", "youngest", "oldest", "sender", "goes_first",
            "agreed", "first_from", "first_until", "starts_on", "ends_on", "source",
        ]  # fmt: skip
        read_only_fields = ["uid"]

    def validate(self, given):
        said = {name: given.get(name, getattr(self.instance, name, None)) for name in self.fields}
        if not said["phone"] and not said["web"]:
            raise serializers.ValidationError({"phone": f"{NO_WAY}."})
        if said["ends_on"] and said["ends_on"] < said["starts_on"]:
            raise serializers.ValidationError({"ends_on": "The last day must be after the first, or the same."})
        first = [said[name] for name in ("goes_first", "agreed", "first_from")]
        if (any(first) or said["first_until"]) and not all(first):
            raise serializers.ValidationError({"goes_first": f"{FIRST}."})
        if said["first_until"] and said["first_until"] < said["first_from"]:
            raise serializers.ValidationError({"first_until": "The last day must be after the first, or the same."})
        if None not in (said["youngest"], said["oldest"]) and said["oldest"] < said["youngest"]:
            raise serializers.ValidationError({"oldest": "The oldest cannot be younger than the youngest."})
        return given


class KeptByAdministrators:
    """Answers 403 to a change by anybody whose posts do not let them keep lists."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        changes = request.method in set(self.allowed_methods) - {"GET", "HEAD", "OPTIONS"}
        if changes and not rights_of(request.user).may(Can.KEEP_LISTS):
            raise exceptions.PermissionDenied


class Services(KeptByAdministrators, OnceMixin, generics.ListCreateAPIView):
    """What is offered today, by locality."""

    serializer_class = ServiceSerializer
    queryset = Service.objects.none()

    def get_queryset(self):
        return Service.objects.offered_on(today()).for_list()


class OneService(KeptByAdministrators, generics.RetrieveUpdateAPIView):
    """One service, also when it is over."""

    serializer_class = ServiceSerializer
    queryset = Service.objects.for_list()
    lookup_field = "uid"
    http_method_names = ["get", "patch", "head", "options"]


urlpatterns = [
    path("services/", Services.as_view(), name="api-services"),
    path("services/<uuid:uid>/", OneService.as_view(), name="api-service"),
]

"""Addresses that go wrong on purpose, beside the real ones of slf.web."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.urls import include, path
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from slf.access.models import Locality
from slf.web.errors import Conflict, Incomplete, NotAllowed, NotForYou

REFUSALS = {
    "not-allowed": NotAllowed("The referral is closed, so it cannot be accepted."),
    "not-for-you": NotForYou("You prepared this claim, so somebody else has to sign it."),
    "conflict": Conflict("Tom Allsop changed the plan at 14:02."),
    "incomplete": Incomplete(
        [("When the family agreed", "/families/"), ("Who agreed", None)], "The plan is not whole."
    ),
}


def refuse(request, kind):
    raise REFUSALS[kind]


def write_then_refuse(request):
    Locality.objects.create(name="Half done", slug="half-done")
    raise REFUSALS["conflict"]


def break_then_refuse(request):
    """A database error inside the view, answered as a conflict, leaves the transaction broken."""
    try:
        Locality.objects.create(name="Charnwood", slug="charnwood")
    except IntegrityError as error:
        raise REFUSALS["conflict"] from error


def write(request):
    Locality.objects.create(name="Whole", slug="whole")
    return HttpResponse("done")


def missing(request, name):
    raise Http404(f"no {name} here")


def forbidden(request):
    raise PermissionDenied


@login_not_required
def broken(request):
    raise RuntimeError("something inside")


class PersonSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=5)


class FamilySerializer(serializers.Serializer):
    surname = serializers.CharField()
    people = PersonSerializer(many=True)

    def validate(self, attrs):
        raise serializers.ValidationError("Somebody has to be over 18.")


@api_view(["POST"])
def check_family(request):
    FamilySerializer(data=request.data).is_valid(raise_exception=True)
    return Response({})


@api_view(["GET", "POST"])
def refuse_program(request, kind):
    if request.method == "POST":
        Locality.objects.create(name="Half done", slug="half-done")
    raise REFUSALS[kind]


@api_view(["GET"])
def missing_to_program(request, name):
    raise Http404(f"no {name} here")


urlpatterns = [
    path("", include("slf.web.urls")),
    path("", include("slf.drafts.urls")),
    path("", include("families.notice.urls")),
    path("families/", include("families.urls")),
    path("referrals/", include("referrals.urls")),
    path("accounts/", include("slf.accounts.urls")),
    path("access/", include("families.access_urls")),
    path("settings/", include("slf.policy.urls")),
    path("refuse/<str:kind>/", refuse),
    path("write-then-refuse/", write_then_refuse),
    path("break-then-refuse/", break_then_refuse),
    path("write/", write),
    path("missing/<str:name>/", missing),
    path("forbidden/", forbidden),
    path("broken/", broken),
    path("api/v1/check/", check_family),
    path("api/v1/refuse/<str:kind>/", refuse_program),
    path("api/v1/missing/<str:name>/", missing_to_program),
]

handler400 = "slf.web.views.bad_request"
handler403 = "slf.web.views.not_your_job"
handler404 = "slf.web.views.not_found"
handler500 = "slf.web.views.broken"

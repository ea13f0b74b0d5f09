"""Putting a name to a run, for programs: the review of a locality, signing, certifying, submitting."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from performance.claims.api import ClaimRunSerializer, VerbOfARun, verb_view
from performance.claims.models import ClaimRun
from performance.claims.names_pages import locality_or_refuse
from performance.claims.putting_names import certify_run, sign_run, submit_run
from performance.claims.reviewing import localities_of, review_claims
from performance.claims.reviews import LocalityReview
from slf.access.doors import get_or_refuse
from slf.access.rules import Can
from slf.work.once import OnceMixin


class DeclarationSerializer(serializers.Serializer):
    """True: the declaration that stands on the page, to the best of the person's knowledge."""

    declared = serializers.ChoiceField(choices=[True], error_messages={"invalid_choice": "Nobody signs without it."})


class WordSerializer(serializers.ModelSerializer):
    """The last word of a locality on a run."""

    reviewed_by = serializers.StringRelatedField()

    class Meta:
        model = LocalityReview
        fields = ["agreed", "word", "reviewed_by", "reviewed_at"]


class LocalityOfARunSerializer(serializers.Serializer):
    """What a run asks for in one locality. ``review`` is null where nobody has spoken, or to whom it is not for."""

    locality = serializers.SlugField(source="locality.slug")
    lines = serializers.IntegerField()
    amount = serializers.DecimalField(max_digits=12, decimal_places=2)
    review = WordSerializer(allow_null=True)


class ReviewSerializer(serializers.Serializer):
    locality = serializers.SlugField(write_only=True)
    agreed = serializers.BooleanField(write_only=True)
    word = serializers.CharField(max_length=500, required=False, allow_blank=True, write_only=True)


class LocalitiesOfARun(generics.GenericAPIView):
    """The localities with lines in a run, and what each says of them."""

    serializer_class = LocalityOfARunSerializer
    queryset = ClaimRun.objects.none()

    @extend_schema(responses=LocalityOfARunSerializer(many=True))
    def get(self, request, uid):
        run = get_or_refuse(ClaimRun, request.user, uid=uid)
        return Response(LocalityOfARunSerializer(localities_of(run, by=request.user), many=True).data)


class ReviewRun(OnceMixin, generics.GenericAPIView):
    """Agree with what a run claims in one's own locality, or send it back and say why."""

    serializer_class = ReviewSerializer
    queryset = ClaimRun.objects.none()

    @extend_schema(responses=ClaimRunSerializer)
    def post(self, request, uid):
        run = get_or_refuse(ClaimRun.objects.for_list(), request.user, can=Can.REVIEW_CLAIM, uid=uid)
        sent = self.get_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        of = locality_or_refuse(run, said["locality"], by=request.user)
        word = said.get("word", "")
        run = review_claims(run, locality=of.locality, agreed=said["agreed"], word=word, by=request.user)
        return Response(ClaimRunSerializer(run, context={"request": request}).data)


class Declared(VerbOfARun):
    """A verb that takes a declaration."""

    def answers(self, request) -> dict:
        sent = DeclarationSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return {}

    @extend_schema(request=DeclarationSerializer)
    def post(self, request, uid):
        return super().post(request, uid)


class SignRun(Declared):
    """Sign a run that others prepared, reviewed and audited, with the declaration."""

    can, verb = Can.SIGN_CLAIM, staticmethod(sign_run)


class CertifyRun(Declared):
    """Certify a signed run as the senior responsible officer, with the declaration."""

    can, verb = Can.CERTIFY_CLAIM, staticmethod(certify_run)


VERBS = {
    "sign": SignRun,
    "certify": CertifyRun,
    "submit": verb_view("SubmitRun", Can.PREPARE_CLAIM, submit_run),
}
urlpatterns = [
    path("claim-runs/<uuid:uid>/localities/", LocalitiesOfARun.as_view(), name="api-run-localities"),
    path("claim-runs/<uuid:uid>/review/", ReviewRun.as_view(), name="api-run-review"),
    *(path(f"claim-runs/<uuid:uid>/{name}/", view.as_view(), name=f"api-run-{name}") for name, view in VERBS.items()),
]

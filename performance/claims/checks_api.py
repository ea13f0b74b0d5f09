"""The 27 checks for programs: of each result of a family, and of a run as a whole."""

from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.response import Response

from performance.claims.checking import Places, checks_of, told_of_run
from performance.claims.checks import Level, State
from performance.claims.models import ClaimRun, Judged
from performance.claims.office import in_office
from performance.claims.rules import CALLED
from slf.access.doors import get_or_refuse


class ClaimCheckSerializer(serializers.Serializer):
    """One of the 27 checks: what it asks, what it answers, what that rests on and where it is put right."""

    number = serializers.IntegerField()
    level = serializers.ChoiceField(choices=[each.value for each in Level])
    state = serializers.ChoiceField(choices=[each.value for each in State])
    asks = serializers.CharField()
    sentence = serializers.CharField()
    basis = serializers.CharField()
    place = serializers.CharField()
    href = serializers.CharField(allow_blank=True, help_text="The page where it is put right; empty without access.")


class ClaimChecksSerializer(serializers.Serializer):
    """The checks of one result of a family; ``keeps_out`` tells whether it may not be claimed because of them."""

    component = serializers.ChoiceField(choices=list(CALLED))
    met = serializers.BooleanField()
    keeps_out = serializers.BooleanField()
    checks = ClaimCheckSerializer(many=True)


def checks_of_a_row(row: Judged, places: Places) -> list[dict]:
    """Return the checks of each result of a family as a program reads them."""
    rows = [
        {"component": code, "met": each.met, "keeps_out": each.keeps_out, "checks": each.told}
        for code, each in checks_of(row, row.run, places).items()
    ]
    return list(ClaimChecksSerializer(rows, many=True).data)


class ChecksOfARun(generics.GenericAPIView):
    """The checks of a run as a whole, for the claims office; those of each line stand with its judgement."""

    serializer_class = ClaimCheckSerializer
    queryset = ClaimRun.objects.none()

    @extend_schema(responses=ClaimCheckSerializer(many=True))
    def get(self, request, uid):
        run = get_or_refuse(ClaimRun, request.user, uid=uid)
        told = told_of_run(run, by=request.user) if in_office(request.user) else []
        return Response(ClaimCheckSerializer(told, many=True).data)

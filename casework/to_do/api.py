"""All that one has to do, for programs."""

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.tasks.views import need_to_set_some
from casework.to_do.listing import SOURCES, to_do
from slf.access.doors import log_view


class ToDoSerializer(serializers.Serializer):
    """One thing to do. ``source``: where it comes from, and where it is settled. ``uid``: of the record there."""

    uid = serializers.UUIDField()
    source = serializers.ChoiceField([(source, words[0]) for source, words in SOURCES.items()])
    what = serializers.CharField()
    due_on = serializers.DateField()
    family = serializers.UUIDField(source="family.uid")


class MyToDo(APIView):
    @extend_schema(operation_id="my_to_do_list", responses=ToDoSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List all that one has to do, each once, the first due first."""
        need_to_set_some(request.user)
        found = to_do(request.user)
        log_view(request, "My tasks", families=[one.family.pk for one in found])
        return Response(ToDoSerializer(found, many=True).data)


urlpatterns = [path("to-do/", MyToDo.as_view(), name="api-to-do")]

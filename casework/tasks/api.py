"""Tasks for programs: one's own, those of a family, and what becomes of each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.tasks import services
from casework.tasks.about import PAGES, about_of, link_of
from casework.tasks.models import STATES, STEP_CHOICES, Task, TaskStep
from casework.tasks.rules import LONGEST_WHAT, LONGEST_WORDS, OUT_OF_SIGHT
from casework.tasks.views import family_or_refuse, need_to_set_some, task_or_refuse
from slf.access.doors import log_view
from slf.accounts.models import User
from slf.clock import today
from slf.work.once import OnceMixin

CREATED = 201


class TaskStepSerializer(serializers.ModelSerializer):
    step = serializers.ChoiceField(STEP_CHOICES)
    by = serializers.StringRelatedField()
    owner = serializers.StringRelatedField(allow_null=True)

    class Meta:
        model = TaskStep
        fields = ["step", "words", "owner", "due_on", "by", "on"]
        read_only_fields = fields


class TaskSerializer(serializers.ModelSerializer):
    """A task. ``about``: the page it was set from, to whoever may open it; ``about_uid``: the record there."""

    family = serializers.UUIDField(source="family.shown.uid")
    owner = serializers.UUIDField(source="owner.uid")
    owner_name = serializers.StringRelatedField(source="owner")
    set_by = serializers.StringRelatedField()
    state = serializers.ChoiceField(STATES)
    on_plan = serializers.BooleanField(help_text="It is an action of the plan, and settled there.")
    about = serializers.SerializerMethodField()
    about_uid = serializers.SerializerMethodField()

    class Meta:
        model = Task
        fields = [
            "uid", "family", "what", "due_on", "owner", "owner_name", "about", "about_uid", "set_by", "set_on", "state",
            "on_plan", "settled_on",
        ]  # fmt: skip
        read_only_fields = fields

    def is_open_to_reader(self, task: Task) -> bool:
        by = self.context["user"]
        return link_of(task.family.shown, kind=task.about_kind, uid=task.about_uid, by=by) is not None

    def get_about(self, task: Task) -> str:
        return task.about_kind if self.is_open_to_reader(task) else ""

    def get_about_uid(self, task: Task) -> UUID | None:
        return task.about_uid if self.is_open_to_reader(task) else None


class OneTaskSerializer(TaskSerializer):
    steps = TaskStepSerializer(many=True)

    class Meta(TaskSerializer.Meta):
        fields = [*TaskSerializer.Meta.fields, "steps"]
        read_only_fields = fields


class SetTaskSerializer(serializers.Serializer):
    """``owner``: whose it is; left out, your own."""

    what = serializers.CharField(max_length=LONGEST_WHAT)
    due_on = serializers.DateField()
    owner = serializers.UUIDField(default=None, allow_null=True)
    about = serializers.ChoiceField([(kind, page.label) for kind, page in PAGES.items()], default="", allow_blank=True)
    about_uid = serializers.UUIDField(default=None, allow_null=True)


class WordsSerializer(serializers.Serializer):
    words = serializers.CharField(max_length=LONGEST_WORDS)


class PutOffTaskSerializer(WordsSerializer):
    due_on = serializers.DateField()


class HandOnTaskSerializer(WordsSerializer):
    owner = serializers.UUIDField()


def read(request: Request, serializer: type[serializers.Serializer]) -> dict[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def listed(request: Request, rows: Any, what: str, **more: Any) -> Response:
    found = list(rows)
    log_view(request, what, **(more or {"families": [row.family_id for row in found]}))
    return Response(TaskSerializer(found, many=True, context={"user": request.user}).data)


def answered(request: Request, task: Task, what: str, *, status: int = 200) -> Response:
    log_view(request, what, family=task.family)
    rows = Task.objects.visible_to(request.user).for_list().prefetch_related("steps__by", "steps__owner")
    found = rows.get(pk=task.pk)
    return Response(OneTaskSerializer(found, context={"user": request.user}).data, status=status)


def colleague(family: Any, uid: UUID | None, user: User) -> User:
    """Return whoever sees the family under this number; a stranger and nobody are the same."""
    if uid is None:
        return user
    found = next((one for one in services.colleagues(family) if one.uid == uid), None)
    if found is None:
        raise ValidationError({"owner": [OUT_OF_SIGHT]})
    return found


class MyTasks(APIView):
    @extend_schema(operation_id="my_tasks_list", responses=TaskSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List one's own tasks to do, the first due first."""
        need_to_set_some(request.user)
        rows = Task.objects.visible_to(request.user).open().of(request.user).for_list().soonest_first()
        return listed(request, rows, "My tasks")


class TasksOfFamily(OnceMixin, APIView):
    @extend_schema(operation_id="tasks_list", responses=TaskSerializer(many=True))
    def get(self, request: Request, uid: UUID) -> Response:
        """List the tasks of a family, those to do and those that are settled."""
        family = family_or_refuse(request.user, uid)
        rows = Task.objects.visible_to(request.user).filter(family=family).for_list().soonest_first()
        return listed(request, rows, "Tasks", family=family)

    @extend_schema(operation_id="task_set", request=SetTaskSerializer, responses={201: OneTaskSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Set a task for oneself or a colleague who sees the family. The same again is the same."""
        family = family_or_refuse(request.user, uid, to_set=True)
        said = read(request, SetTaskSerializer)
        about = about_of(family, kind=said.pop("about"), uid=said.pop("about_uid"), by=request.user)
        said["owner"] = colleague(family, said["owner"], request.user)
        made = services.set_task(family, by=request.user, on=today(), about=about, **said)
        return answered(request, made, "Set a task", status=CREATED)


class OneTask(APIView):
    @extend_schema(operation_id="task_read", responses=OneTaskSerializer)
    def get(self, request: Request, uid: UUID) -> Response:
        return answered(request, task_or_refuse(request.user, uid), "A task")


def take(request: Request, uid: UUID, body: type[serializers.Serializer], verb: Callable[..., Task]) -> Response:
    found = task_or_refuse(request.user, uid, to_change=True)
    said = read(request, body)
    if "owner" in said:
        said["owner"] = colleague(found.family.shown, said["owner"], request.user)
    return answered(request, verb(found, by=request.user, on=today(), **said), "A task")


class FinishTask(OnceMixin, APIView):
    @extend_schema(operation_id="task_finish", request=WordsSerializer, responses=OneTaskSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that it is done, and how it went."""
        return take(request, uid, WordsSerializer, services.finish_task)


class DropTask(OnceMixin, APIView):
    @extend_schema(operation_id="task_drop", request=WordsSerializer, responses=OneTaskSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Say that it is not to be done any more, and why."""
        return take(request, uid, WordsSerializer, services.drop_task)


class PutOffTask(OnceMixin, APIView):
    @extend_schema(operation_id="task_put_off", request=PutOffTaskSerializer, responses=OneTaskSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Give it a later day, and say why."""
        return take(request, uid, PutOffTaskSerializer, services.put_off_task)


class HandOnTask(OnceMixin, APIView):
    @extend_schema(operation_id="task_hand_on", request=HandOnTaskSerializer, responses=OneTaskSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Give it to a colleague who sees the family."""
        return take(request, uid, HandOnTaskSerializer, services.hand_on_task)


urlpatterns = [
    path("tasks/", MyTasks.as_view(), name="api-my-tasks"),
    path("families/<uuid:uid>/tasks/", TasksOfFamily.as_view(), name="api-tasks"),
    path("tasks/<uuid:uid>/", OneTask.as_view(), name="api-task"),
    path("tasks/<uuid:uid>/done/", FinishTask.as_view(), name="api-finish-task"),
    path("tasks/<uuid:uid>/drop/", DropTask.as_view(), name="api-drop-task"),
    path("tasks/<uuid:uid>/put-off/", PutOffTask.as_view(), name="api-put-off-task"),
    path("tasks/<uuid:uid>/hand-on/", HandOnTask.as_view(), name="api-hand-on-task"),
]

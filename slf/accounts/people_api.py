"""People and their posts, for programs that an administrator's account signs in to."""

from typing import Any
from uuid import UUID

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import generics, serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from slf.access.api import may
from slf.access.models import POST_CHOICES, Locality, Post
from slf.access.rules import Can, Role
from slf.accounts import making, services
from slf.accounts.api import SignedInRecently
from slf.accounts.models import LONGEST_ADDRESS, User
from slf.work.once import OnceMixin

MayManagePosts = may(Can.MANAGE_POSTS)


class PostSerializer(serializers.Serializer):
    """A post. ``locality`` is null for the whole county."""

    role = serializers.ChoiceField(POST_CHOICES)
    locality = serializers.SlugRelatedField(slug_field="slug", queryset=Locality.objects.all(), allow_null=True)
    first_day = serializers.DateField(source="period.lower", read_only=True)
    last_day = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_last_day(self, post: Post) -> Any:
        return services.last_day(post)


class AccountSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="__str__", read_only=True)
    posts = PostSerializer(source="posts_now", many=True, read_only=True)

    class Meta:
        model = User
        fields = ["uid", "username", "name", "is_active", "posts"]


class GiveSerializer(serializers.Serializer):
    role = serializers.ChoiceField(POST_CHOICES)
    locality = serializers.SlugRelatedField(slug_field="slug", queryset=Locality.objects.all(), allow_null=True)
    starts_on = serializers.DateField()
    last_day = serializers.DateField(required=False, allow_null=True)


class EndSerializer(serializers.Serializer):
    """Which post, and the first day without it."""

    role = serializers.ChoiceField(POST_CHOICES)
    locality = serializers.SlugRelatedField(slug_field="slug", queryset=Locality.objects.all(), allow_null=True)
    on = serializers.DateField()


class MakeSerializer(serializers.Serializer):
    """Who starts; ``with_link``: they are sent a link to choose a password."""

    username = serializers.CharField(max_length=150, validators=[UnicodeUsernameValidator()])
    first_name = serializers.CharField(max_length=150)
    last_name = serializers.CharField(max_length=150)
    email = serializers.EmailField(max_length=LONGEST_ADDRESS)
    job_title = serializers.CharField(max_length=120, default="", allow_blank=True)
    with_link = serializers.BooleanField(default=True)


class AddressSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=LONGEST_ADDRESS)


class Accounts(OnceMixin, generics.ListAPIView):
    """Everybody with an account, and the posts they hold. ``?q=`` looks for words of a name."""

    permission_classes = [MayManagePosts]
    serializer_class = AccountSerializer
    queryset = User.objects.none()

    def get_queryset(self):
        return services.people(self.request.GET.get("q", "")[:80])

    def get_permissions(self):
        recent = [SignedInRecently()] if self.request.method == "POST" else []
        return [*super().get_permissions(), *recent]

    @extend_schema(request=MakeSerializer, responses={status.HTTP_201_CREATED: AccountSerializer})
    def post(self, request: Request) -> Response:
        """Make an account. It opens nothing until it holds a post."""
        sent = MakeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        site = request.build_absolute_uri("/")
        made = making.make_account(**sent.validated_data, by=request.user, site=site)
        return Response(AccountSerializer(services.people().get(pk=made.pk)).data, status=status.HTTP_201_CREATED)


class OfAPerson(OnceMixin, APIView):
    permission_classes = [MayManagePosts, SignedInRecently]

    def person(self) -> User:
        return get_object_or_404(User, uid=self.kwargs["uid"], is_service=False)

    def answers(self, serializer: type[serializers.Serializer]) -> dict[str, Any]:
        sent = serializer(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return sent.validated_data


class Address(OfAPerson):
    @extend_schema(request=AddressSerializer, responses=AccountSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """Change somebody else's mail address; both addresses and the heads of service are told."""
        person = making.change_address(self.person(), **self.answers(AddressSerializer), by=request.user)
        return Response(AccountSerializer(services.people().get(pk=person.pk)).data)


class GivePost(OfAPerson):
    @extend_schema(request=GiveSerializer, responses={status.HTTP_201_CREATED: PostSerializer})
    def post(self, request: Request, uid: UUID) -> Response:
        """Give somebody else a post."""
        person, asked = self.person(), self.answers(GiveSerializer)
        given = services.appoint(person, **asked | {"role": Role(asked["role"])}, by=request.user)
        given.refresh_from_db()
        return Response(PostSerializer(given).data, status=status.HTTP_201_CREATED)


class EndPost(OfAPerson):
    @extend_schema(request=EndSerializer, responses=PostSerializer)
    def post(self, request: Request, uid: UUID) -> Response:
        """End somebody else's post with a day."""
        person, asked = self.person(), self.answers(EndSerializer)
        held = services.posts_to_come(person, on=timezone.localdate())
        post = get_object_or_404(held.filter(role=asked["role"], locality=asked["locality"])[:1])
        ended = services.dismiss(post, by=request.user, on=asked["on"])
        ended.refresh_from_db()
        return Response(PostSerializer(ended).data)

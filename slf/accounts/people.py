"""People and their posts: the administrator's pages."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from slf.access.doors import requires
from slf.access.models import Post
from slf.access.rules import Can, Role
from slf.accounts import services
from slf.accounts.models import User
from slf.accounts.post_forms import EndForm, PostForm
from slf.accounts.reauth import recent_sign_in_required
from slf.web.errors import NotAllowed
from slf.web.forms import OnceForm
from slf.work.once import once_only

PAGE = 50


def person_or_404(uid: UUID) -> User:
    return get_object_or_404(User, uid=uid, is_service=False)


@requires(Can.MANAGE_POSTS)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List everybody with an account and the posts they hold."""
    asked = request.GET.get("q", "").strip()[:80]
    page = Paginator(services.people(asked), PAGE).get_page(request.GET.get("page"))
    return render(request, "account/people.html", {"page": page, "asked": asked})


@requires(Can.MANAGE_POSTS)
@require_safe
def person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one person's posts, those that are over too, with who gave and who ended them."""
    found = person_or_404(uid)
    to_end = set(services.posts_to_come(found, on=timezone.localdate()).values_list("pk", flat=True))
    posts = [(post, services.last_day(post), post.pk in to_end) for post in services.all_posts(found)]
    context = {
        "person": found,
        "posts": posts,
        "is_me": found == request.user,
        "by_directory": services.by_directory_only(found),
        "changes": found.changes.select_related("by"),
        "resets": found.resets.select_related("by").order_by("-at", "-pk"),
    }
    return render(request, "account/person.html", context)


@requires(Can.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def give(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give somebody a post."""
    found, form = person_or_404(uid), PostForm(request.POST or None)

    def act(role: str, **answers: Any) -> None:
        services.appoint(found, role=Role(role), by=request.user, **answers)

    if done(request, form, act, "The post is given."):
        return redirect("account_person", uid)
    return render(request, "account/give_post.html", {"person": found, "form": form})


@requires(Can.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def end(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """End one post of somebody with a day."""
    found, form = person_or_404(uid), EndForm(request.POST or None)
    post = get_object_or_404(Post.objects.select_related("locality", "user"), pk=pk, user=found)
    if done(request, form, lambda on: services.dismiss(post, by=request.user, on=on), "The post has an end."):
        return redirect("account_person", uid)
    return render(request, "account/end_post.html", {"person": found, "post": post, "form": form})


@requires(Can.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
@recent_sign_in_required
@once_only
def reset(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take away somebody's password and second steps; they get a link to choose a new password."""
    found, form = person_or_404(uid), OnceForm(request.POST or None)

    def act() -> None:
        services.reset_anothers_sign_in(found, by=request.user, site=request.build_absolute_uri("/"))

    if done(request, form, act, "Their sign-in is reset, and a link to choose a new password is on its way to them."):
        return redirect("account_person", uid)
    return render(request, "account/reset_sign_in.html", {"person": found, "form": form})


def done(request: HttpRequest, form: forms.Form, act: Callable[..., object], sentence: str) -> bool:
    """Do what the form asks for if it is right; a rule's refusal stands in the form."""
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except NotAllowed as refusal:
        form.add_error(None, refusal.message)
        return False
    messages.success(request, sentence)
    return True

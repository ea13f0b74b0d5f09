"""The pages of whoever opens their own page of the plan: no account, and nothing else of the service."""

from django.urls import path

from casework.own_page import public

app_name = "own_page"
urlpatterns = [
    path("", public.plan, name="plan"),
    path("open/<str:token>/", public.enter, name="open"),
    path("say/", public.say, name="say"),
    path("actions/<uuid:uid>/", public.tick, name="tick"),
    path("leave/", public.leave, name="leave"),
]

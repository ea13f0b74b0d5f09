from django.urls import path

from referrals.intake.rules import State
from referrals.triage import views

urlpatterns = [
    path("", views.queue, name="queue"),
    path("assign/", views.assign, name="assign"),
    path("known/<uuid:uid>/", views.known, name="known"),
    path("missing/", views.missing, name="missing"),
    path("questions/", views.questions, name="questions"),
    path("questions/<uuid:uid>/", views.answer, name="answer"),
    path("<uuid:uid>/", views.triage, name="triage"),
    path("<uuid:uid>/accept/", views.accept, name="accept"),
    path("<uuid:uid>/accept/<uuid:family>/", views.join, name="join"),
    path("<uuid:uid>/esf/", views.accept, {"outcome": State.ESF}, name="esf"),
    path("<uuid:uid>/esf/<uuid:family>/", views.join, {"outcome": State.ESF}, name="esf_join"),
    path("<uuid:uid>/ask/", views.ask, name="ask"),
    path("<uuid:uid>/signpost/", views.signpost, name="signpost"),
    path("<uuid:uid>/pass-on/", views.pass_on, name="pass_on"),
    path("<uuid:uid>/decline/", views.decline, name="decline"),
]

from django.urls import path

from referrals.intake.rules import State
from referrals.triage.views import accepting, deciding, matches, queue, showing

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("assign/", queue.assign, name="assign"),
    path("known/<uuid:uid>/", showing.known, name="known"),
    path("missing/", queue.missing, name="missing"),
    path("questions/", matches.questions, name="questions"),
    path("questions/<uuid:uid>/", matches.answer, name="answer"),
    path("<uuid:uid>/", showing.triage, name="triage"),
    path("<uuid:uid>/accept/", accepting.accept, name="accept"),
    path("<uuid:uid>/accept/<uuid:family>/", accepting.join, name="join"),
    path("<uuid:uid>/esf/", accepting.accept, {"outcome": State.ESF}, name="esf"),
    path("<uuid:uid>/esf/<uuid:family>/", accepting.join, {"outcome": State.ESF}, name="esf_join"),
    path("<uuid:uid>/ask/", deciding.ask, name="ask"),
    path("<uuid:uid>/signpost/", deciding.signpost, name="signpost"),
    path("<uuid:uid>/pass-on/", deciding.pass_on, name="pass_on"),
    path("<uuid:uid>/decline/", deciding.decline, name="decline"),
]

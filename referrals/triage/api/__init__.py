"""Triage for programs: the queue, one referral, and every decision."""

from django.urls import path

from referrals.triage.api.accepting import Accept, SendToEsf
from referrals.triage.api.deciding import Ask, Decline, PassOn, Signpost
from referrals.triage.api.matches import AnswerQuestion, Questions
from referrals.triage.api.queue import Assign, Missing, Queue
from referrals.triage.api.showing import OneReferral

urlpatterns = [
    path("match-questions/", Questions.as_view(), name="api-match-questions"),
    path("match-questions/<uuid:uid>/answer/", AnswerQuestion.as_view(), name="api-match-question-answer"),
    path("triage/assign/", Assign.as_view(), name="api-triage-assign"),
    path("triage/missing/", Missing.as_view(), name="api-triage-missing"),
    path("triage/", Queue.as_view(), name="api-triage"),
    path("triage/<uuid:uid>/", OneReferral.as_view(), name="api-triage-referral"),
    path("triage/<uuid:uid>/accept/", Accept.as_view(), name="api-triage-accept"),
    path("triage/<uuid:uid>/esf/", SendToEsf.as_view(), name="api-triage-esf"),
    path("triage/<uuid:uid>/signpost/", Signpost.as_view(), name="api-triage-signpost"),
    path("triage/<uuid:uid>/pass-on/", PassOn.as_view(), name="api-triage-pass-on"),
    path("triage/<uuid:uid>/ask/", Ask.as_view(), name="api-triage-ask"),
    path("triage/<uuid:uid>/decline/", Decline.as_view(), name="api-triage-decline"),
]

from django.urls import path

from referrals.triage import views

urlpatterns = [
    path("", views.queue, name="queue"),
    path("questions/", views.questions, name="questions"),
    path("questions/<uuid:uid>/", views.answer, name="answer"),
    path("<uuid:uid>/", views.triage, name="triage"),
    path("<uuid:uid>/accept/", views.accept, name="accept"),
    path("<uuid:uid>/accept/<uuid:family>/", views.join, name="join"),
    path("<uuid:uid>/ask/", views.ask, name="ask"),
    path("<uuid:uid>/decline/", views.decline, name="decline"),
]

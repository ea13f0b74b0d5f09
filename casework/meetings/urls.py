from django.urls import path

from casework.meetings import asking, views, writing

urlpatterns = [
    path("families/<uuid:uid>/meetings/", views.meetings, name="meetings"),
    path("families/<uuid:uid>/meetings/plan/", views.plan, name="plan_meeting"),
    path("meetings/<uuid:uid>/", views.meeting, name="meeting"),
    path("meetings/<uuid:uid>/change/", views.change, name="change_meeting"),
    path("meetings/<uuid:uid>/cancel/", views.cancel, name="cancel_meeting"),
    path("meetings/<uuid:uid>/minutes/", writing.write, name="write_minutes"),
    path("families/<uuid:uid>/meetings/ask/", asking.ask, name="ask_for_meeting"),
    path("wanted-meetings/<uuid:uid>/drop/", asking.drop, name="drop_wanted_meeting"),
    path("meetings/<uuid:uid>/typed/", views.typed, name="minutes_typed"),
    path("meetings/<uuid:uid>/finish/", views.finish, name="finish_minutes"),
    path("meetings/<uuid:uid>/add/", views.add, name="add_to_minutes"),
    path("meetings/<uuid:uid>/action/", views.action, name="meeting_action"),
    path("meetings/<uuid:uid>/give/", views.give, name="give_copy"),
    path("meetings/<uuid:uid>/print/", views.print_minutes, name="print_minutes"),
    path("meeting-actions/<uuid:uid>/settle/", views.settle, name="settle_meeting_action"),
    path("meeting-copies/<uuid:uid>/", views.copy, name="meeting_copy"),
    path("minutes-drafts/<uuid:uid>/", writing.draft, name="minutes_draft"),
]

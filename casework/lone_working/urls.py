from django.urls import path

from casework.lone_working import views

urlpatterns = [
    path("lone-working/", views.lone_working, name="lone_working"),
    path("lone-working/word/", views.word, name="safe_word"),
    path("lone-working/roster/", views.roster, name="roster"),
    path("lone-working/roster/<uuid:uid>/end/", views.end_turn, name="end_turn"),
    path("lone-working/alarms/", views.alarms, name="alarms"),
    path("lone-working/alarms/<uuid:uid>/", views.alarm, name="answer_alarm"),
    path("lone-working/alarms/<uuid:uid>/close/", views.close, name="close_alarm"),
    path("lone-working/<uuid:uid>/back/", views.back, name="back_from_outing"),
    path("lone-working/<uuid:uid>/longer/", views.longer, name="stay_out"),
    path("lone-working/<uuid:uid>/help/", views.call_for_help, name="call_for_help"),
]

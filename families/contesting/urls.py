from django.urls import path

from families.contesting import views

urlpatterns = [
    path("contested/", views.waiting, name="contests_waiting"),
    path("<uuid:uid>/contested/", views.contests, name="contests"),
    path("<uuid:uid>/contested/add/", views.add, name="add_contest"),
    path("<uuid:uid>/contested/<uuid:contest>/decide/", views.decide, name="decide_contest"),
    path("<uuid:uid>/contested/<uuid:contest>/told/", views.told, name="contest_told"),
]

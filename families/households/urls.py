from django.urls import path

from families.households import views

HOUSEHOLD, MEMBER = "<uuid:uid>/household/", "household/<uuid:uid>/"
urlpatterns = [
    path(HOUSEHOLD, views.household, name="household"),
    path(f"{HOUSEHOLD}join/", views.join, name="household_join"),
    path(f"{HOUSEHOLD}known/", views.join_known, name="household_known"),
    path(f"{HOUSEHOLD}expect/", views.expect, name="household_expect"),
    path(f"{HOUSEHOLD}split/", views.split, name="household_split"),
    path(f"{MEMBER}leave/", views.leave, name="member_leave"),
    path(f"{MEMBER}part/", views.change_part, name="member_part"),
    path(f"{MEMBER}born/", views.born, name="member_born"),
    path(f"{MEMBER}correct/", views.correct, name="member_correct"),
]

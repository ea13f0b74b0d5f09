from django.urls import path

from families.kin import views

FAMILY, RELATIONSHIP, RESPONSIBILITY = "<uuid:uid>/", "relationships/<uuid:uid>/", "responsibility/<uuid:uid>/"
urlpatterns = [
    path(f"{FAMILY}genogram/", views.genogram, name="genogram"),
    path(f"{FAMILY}relationships/", views.relate, name="relate"),
    path(f"{FAMILY}responsibility/", views.state_responsibility, name="state_responsibility"),
    path(f"{RELATIONSHIP}correct/", views.correct, name="correct_relationship"),
    path(f"{RELATIONSHIP}end/", views.end, name="end_relationship"),
    path(f"{RELATIONSHIP}take-back/", views.take_back, name="take_back_relationship"),
    path(f"{RESPONSIBILITY}end/", views.end_responsibility, name="end_responsibility"),
]
